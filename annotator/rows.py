"""Annotations as rows, where there are too many to make nouns of them. The last column of a row holds its spans, as JSON."""

from collections.abc import Iterator, Sequence
from json import loads
from typing import NamedTuple

from sqlalchemy import Result, Row

TOGETHER = 5_000  # rows that are in memory at once


SpanWithin = tuple[str, str, str, int, int]  # annotation, code, coder, start, end


class CodedSpan(NamedTuple):
    """One span of one annotation, as a row: `start` and `end` in code points, everything else an id."""

    document: str
    coder: str
    round: str
    code: str
    annotation: str
    start: int
    end: int


def coded_spans(result: Result) -> Iterator[CodedSpan]:
    """Rows of document, coder, round, code, annotation, spans. The same id is one string in memory, however often it was
    read."""
    same: dict[str, str] = {}
    one = same.setdefault
    for rows in result.partitions(TOGETHER):
        for (document, coder, round, code, annotation, _), spans in zip(rows, _spans(rows), strict=True):
            for start, end in spans:
                ids = one(document, document), one(coder, coder), one(round, round), one(code, code)
                yield CodedSpan(*ids, annotation, start, end)


def spans_within(result: Result) -> Iterator[SpanWithin]:
    """Rows of annotation, code, coder, spans, all of one document in one round: what does not differ is not said."""
    same: dict[str, str] = {}
    one = same.setdefault
    for rows in result.partitions(TOGETHER):
        for (annotation, code, coder, _), spans in zip(rows, _spans(rows), strict=True):
            for start, end in spans:
                yield annotation, one(code, code), one(coder, coder), start, end


def last_ends(result: Result) -> dict[str, int]:
    """Rows of document, spans: where the last span of each document ends."""
    found: dict[str, int] = {}
    for rows in result.partitions(TOGETHER):
        for (document, _), spans in zip(rows, _spans(rows), strict=True):
            found[document] = max([found.get(document, 0), *(end for _, end in spans)])
    return found


def _spans(rows: Sequence[Row]) -> list[list[tuple[int, int]]]:
    """The spans of each row: all of them read in one go."""
    return loads(f"[{','.join([row[-1] for row in rows])}]")
