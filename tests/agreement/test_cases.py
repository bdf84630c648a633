"""Every published or recomputed case, at its stated tolerance, through the same function that computes any other."""

import json
from pathlib import Path
from typing import Any

import pytest

from .evaluate import evaluate

FILE = Path(__file__).parent.parent / "data" / "agreement" / "cases.json"
CASES = {case["id"]: case for case in json.loads(FILE.read_text(encoding="utf-8"))["cases"]}
TOLERANCES = "gamma_tol"  # stand beside the values they are for


@pytest.mark.parametrize("name", CASES)
def test_a_case_comes_out_as_published(name):
    case = CASES[name]
    wanted = dict(leaves(case["expected"]))
    given = {key: case[key] for key in ("family", "coefficient", "input", "params")}
    found = evaluate({**given, "keys": ["/".join(path) for path in wanted]})
    for path, value in wanted.items():
        if path[-1] != TOLERANCES:
            got = at(found, path)
            assert (got is None) == (value is None), f"{path}: {got}, not {value}"
            assert value is None or abs(got - value) <= tolerance(case, path), f"{path}: {got}, not {value}"


def leaves(value: Any, path: tuple[str, ...] = ()):
    """Every number of what is expected, with its path."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from leaves(one, (*path, key))
    elif isinstance(value, list):
        for n, one in enumerate(value):
            yield from leaves(one, (*path, str(n)))
    else:
        yield path, value


def at(value: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        value = value[int(key)] if isinstance(value, list) else value[key]
    return value


def tolerance(case: dict, path: tuple[str, ...]) -> float:
    stated, key = case["tolerance"], path[-1]
    if not isinstance(stated, dict):
        return stated
    if key in stated and isinstance(stated[key], float):
        return stated[key]
    if key.startswith("gamma_"):
        return at(case["expected"], (*path[:-1], TOLERANCES))
    return stated["disorder" if key.startswith("disorder") else "default"]


def test_all_cases_are_there_and_each_says_where_it_is_from():
    assert len(CASES) == 81
    assert all(case["source"] for case in CASES.values())
    assert len({case["family"] for case in CASES.values()}) == 18
