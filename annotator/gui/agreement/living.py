"""From an edit to the numbers in sight, at once: the sums of its document are done anew. Intervals follow from `report`."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from annotator.editing import final_code
from annotator.model import Annotation, Change, Code
from annotator.project import Project

from .computing import Key, Numbers

if TYPE_CHECKING:
    from annotator.agreement.live import Row


def follow(numbers: Numbers, project: Project, change: Change, key: Key) -> Numbers | None:
    """The numbers with the values of a measure as they are after the change; None when that has to wait for the report."""
    live, found = (
        numbers.live,
        [noun for edit in change.edits for noun in (edit.before, edit.after) if noun is not None],
    )
    documents = {noun.document for noun in found if isinstance(noun, Annotation)}
    places = {id: n for n, id in enumerate(numbers.study.document_ids) if id in documents}
    if live is None or not numbers.asked.by_search or not all(isinstance(noun, Annotation) for noun in found):
        return None
    book = project.codebook()
    for document, place in places.items():
        rows = _rows(numbers, project, document, place, book)
        if rows is None:
            return None
        live.replace(place, rows)
    return _with_values(numbers, key) if places else None


def _rows(numbers: Numbers, project: Project, document: str, place: int, book: dict[str, Code]) -> "list[Row] | None":
    """What counts in a document; None where coders are compared over rounds, or a code is new."""
    study, lost = numbers.study, project.lost([document])
    coders = {id: g for g, id in enumerate(study.coder_ids) if study.coding.coded[place, g]}
    codes = {id: c for c, id in enumerate(study.code_ids)}
    rows, rounds = [], set[str]()
    for one in project.coded_spans(documents=[document], coders=list(coders)):
        if one.annotation in lost:
            continue
        code = codes.get(final_code(book, one.code))
        if code is None:
            if numbers.asked.codes is None:
                return None
            continue
        rounds.add(one.round)
        rows.append((coders[one.coder], code, one.start, one.end))
    return rows if rounds <= {study.round_ids[place]} else None


def _with_values(numbers: Numbers, key: Key) -> Numbers:
    """The rows of a measure with their present values, of all coders and each pair."""
    live, study = numbers.live, numbers.study
    assert live is not None
    everyone, rows = tuple(range(len(study.coders))), dict(numbers.rows)
    for group in dict.fromkeys([everyone, *study.coding.pairs]):
        names = frozenset(study.coders[g] for g in group)
        values = live.by_code(key, group)
        by_code = zip(study.codes, values if values is not None else [], strict=False)
        found = [(key, None, live.overall(key, group)), *((key, code, float(value)) for code, value in by_code)]
        for (measure, variant), code, value in found:
            of_sets = code is None and (measure, variant) == ("alpha", "nominal")
            place = measure, "masi" if of_sets else variant, code, names
            if place in rows and value is not None and np.isfinite(value):
                rows[place] = replace(rows[place], value=value)
    return replace(numbers, rows=rows)
