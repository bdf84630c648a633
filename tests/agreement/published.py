"""Published and recomputed values of coefficients, and how their inputs become codings."""

import json
from pathlib import Path

import numpy as np

from annotator.agreement.sums import Coding, Units

FILE = Path(__file__).parent.parent / "data" / "agreement" / "cases.json"
SHORT = {"krippendorff_alpha": "alpha", "krippendorff_alpha_masi": "masi", "cohen_kappa": "kappa", "percent": "percent"}


def _told(case: dict) -> dict:
    """What is expected, by the names of `words.MEASURES`; of alphas of other levels than the nominal one by the level."""
    expected, name = case["expected"], SHORT.get(case["coefficient"])
    level = case["params"].get("metric", "nominal")
    if name is None or _is_weighted(case):
        return expected
    found = {"percent": expected["pa"]} if name == "kappa" and "pa" in expected else {}
    value = expected["coef"] if "coef" in expected else expected["value"]
    return found | {name if level == "nominal" else level: value}


def _is_weighted(case: dict) -> bool:
    return bool({"weights", "disagreement_weights"} & {*case["params"]})


CASES = {
    case["id"]: {**case, "expected": _told(case)} for case in json.loads(FILE.read_text(encoding="utf-8"))["cases"]
}


def values(expected: str) -> list[str]:
    """The cases of ratings or tables, without weights, that tell this coefficient."""
    return [
        name
        for name, case in CASES.items()
        if expected in case["expected"] and {"ratings", "table"} & {*case["input"]} and not _is_weighted(case)
    ]


def ratings(case: dict) -> list[list]:
    """Units x coders, None where missing; a table of two coders is spread out into its units."""
    table = case["input"].get("table")
    if table is None:
        return case["input"]["ratings"]
    return [[a, b] for a, row in enumerate(table) for b, count in enumerate(row) for _ in range(count)]


def as_coding(rows: list[list]) -> tuple[Coding, Units]:
    """Every unit is a document of one character, so that a coder may be missing from any of them."""
    names = sorted({value for row in rows for value in row if value is not None}, key=str)
    coded = np.array([[value is not None for value in row] for row in rows])
    spans = [(u, g, names.index(row[g]), 0, 1) for u, row in enumerate(rows) for g in np.flatnonzero(coded[u])]
    coding = Coding.of(np.array(spans), coded=coded, lengths=np.ones(len(rows), int), codes=len(names))
    return coding, whole(coding)


def whole(coding: Coding) -> Units:
    """Documents as units."""
    count = len(coding.lengths)
    return Units(np.arange(count), np.zeros(count, int), coding.lengths, np.ones(count))


def suite() -> tuple[Coding, Units, dict]:
    """Three documents with free, overlapping spans, their sentences, and what is expected of them."""
    case = CASES["span-sample-02"]
    codes, documents = case["input"]["codes"], case["input"]["docs"]
    coded = np.array([[spans is not None for spans in document["coders"]] for document in documents])
    spans = [
        (d, g, codes.index(code), start, end)
        for d, document in enumerate(documents)
        for g, marked in enumerate(document["coders"])
        for start, end, code in marked or []
    ]
    lengths = np.array([document["length"] for document in documents])
    rows = [(d, start, end) for d, document in enumerate(documents) for start, end in document["sentences"]]
    document, start, end = np.array(rows).T
    units = Units(document, start, end, np.ones(len(rows)))
    return Coding.of(np.array(spans), coded=coded, lengths=lengths, codes=len(codes)), units, case
