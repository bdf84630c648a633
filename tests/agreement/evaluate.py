"""Any case of agreement, computed by the program: what a case asks for goes in, a nested dict of values comes out.

A case has `family`, `coefficient`, `input`, `params` and `keys`, the wanted values as paths. Undefined is None.
"""

import math
import re
from collections.abc import Callable, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from annotator.agreement import boundaries, chance, coefficients, gamma, intervals, spans, sums, unitizing

Case = dict[str, Any]
MISSING = ("missing", "missing_value", "missing_values", "na")


def evaluate(case: Case) -> dict:
    """The values of a case. Raises KeyError for a family that is not known."""
    return _plain(FAMILIES[case["family"]](case))


def _plain(value: Any) -> Any:
    """Numbers as Python has them, None where undefined."""
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    if isinstance(value, np.ndarray):
        return _plain(value.tolist())
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _wants(case: Case, key: str) -> bool:
    return any(key in path.split("/") for path in case.get("keys") or [key])


# Ratings, counts, tables ----------------------------------------------------------------------------------------------


class Ratings:
    """One of the three forms, as counts and, where who rated what is known, as ratings."""

    def __init__(self, given: dict, params: dict):
        named = params.get("categories") or params.get("codes")
        self.ratings: np.ndarray | None = None
        self.coders = 0
        if "ratings" in given:
            marks = _marks(params)
            rows = [[None if _is_missing(one, marks) else one for one in row] for row in given["ratings"]]
            self.names = list(named or ())
            self.names += _ordered({one for row in rows for one in row if one is not None} - {*self.names})
            place = {name: n for n, name in enumerate(self.names)}
            coders = max((len(row) for row in rows), default=0)
            self.ratings = np.full((len(rows), coders), -1)
            for n, row in enumerate(rows):
                self.ratings[n, : len(row)] = [-1 if one is None else place[one] for one in row]
        elif "table" in given:
            table = np.array(given["table"], int).reshape(len(given["table"]), -1)
            self.names = list(named or range(len(table)))
            self.ratings = chance.ratings_of(table)
        else:
            self.names = list(named or range(max((len(row) for row in given["counts"]), default=0)))
        q = max(int(params.get("q", 0)), len(self.names))
        self.names += [f"unused {n}" for n in range(len(self.names), q)]
        if self.ratings is not None:
            self.counts, self.coders = chance.counts_of(self.ratings, q), self.ratings.shape[1]
        else:
            self.counts = np.zeros((len(given["counts"]), q))
            for n, row in enumerate(given["counts"]):
                self.counts[n, : len(row)] = row

    @property
    def q(self) -> int:
        return len(self.names)

    @property
    def scores(self) -> np.ndarray:
        """The categories as numbers where all are, else as they are ordered."""
        numbers = [_number(name) for name in self.names]
        known = [number for number in numbers if number is not None]
        return np.array(numbers, float) if len(known) == len(numbers) else np.arange(len(numbers), dtype=float)

    def table(self) -> np.ndarray:
        """(q, q) of the first two coders, over the units that both rated."""
        none = np.zeros((self.q, self.q))
        return none if self.ratings is None else next(chance.tables_of(self.ratings[:, :2], self.q), none)

    def alpha(self, level: str) -> float:
        table = sums.coincidences_of_counts(self.counts)
        return float(coefficients.alpha(table, coefficients.distances(self.scores, level, table.sum(1))))

    def weighted_alpha(self, apart: np.ndarray) -> float:
        return float(coefficients.alpha(sums.coincidences_of_counts(self.counts), apart))


def _marks(params: dict) -> list:
    """What stands for no rating besides null."""
    given = next((params[name] for name in MISSING if params.get(name) is not None), [])
    return list(given) if isinstance(given, list | tuple) else [given]


def _is_missing(value: Any, marks: Sequence = ()) -> bool:
    told = isinstance(value, float) and math.isnan(value)
    return value is None or value == "" or told or value in marks


def _number(value: Any) -> float | None:
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def _ordered(values: set) -> list:
    numbers = {value: _number(value) for value in values}
    if all(number is not None for number in numbers.values()):
        return sorted(values, key=lambda value: (numbers[value], str(value)))
    return sorted(values, key=str)


def _weights(params: dict, scores: np.ndarray) -> np.ndarray | None:
    """Agreement weights of a case; None where only equals agree."""
    if "disagreement_weights" in params:
        apart = np.array(params["disagreement_weights"], float)
        return 1 - apart / max(apart.max(), 1e-300)
    kind = params.get("weights")
    if kind is None or isinstance(kind, str):
        return None if kind in (None, "unweighted", "identity", "nominal") else chance.closeness(kind, scores)
    return np.array(kind, float)


def _told(found: chance.Estimate) -> dict:
    return {"value": found.value, "coef": found.value, "pa": found.observed, "pe": found.expected, "se": found.se}


def ratings_case(case: Case) -> dict:
    """Every coefficient that the form allows, and as `value` the one that is asked for."""
    params, name = case["params"] or {}, case["coefficient"]
    if name.startswith("holsti"):
        return _holsti(case["input"], params)
    data = Ratings(case["input"], params)
    weights = _weights(params, data.scores)
    found = {**_of_counts(data, params, weights), **_of_pairs(data, params, weights)}
    return {**_panel(data, found), **_asked(name, data, params, weights, found)}


def _of_counts(data: Ratings, params: dict, weights: np.ndarray | None) -> dict[str, chance.Estimate]:
    counts = data.counts
    return {
        "percent": chance.percent(counts),
        "percent weighted": chance.percent(counts, weights),
        "bp": chance.brennan_prediger(counts, weights),
        "fleiss": chance.fleiss(counts, weights),
        "gwet": chance.gwet(counts, weights),
        "ac1": chance.gwet(counts),
        "ac2": chance.gwet(counts, chance.closeness("quadratic", data.scores)),
        "alpha": chance.krippendorff(counts, weights),
    }


def _of_pairs(data: Ratings, params: dict, weights: np.ndarray | None) -> dict[str, chance.Estimate]:
    if data.ratings is None:
        two = bool(len(data.counts)) and set(data.counts.sum(1).tolist()) == {2.0}
        return {"pi": chance.fleiss(data.counts, weights)} if two else {}  # of two who rated everything it is the same
    found = {"conger": chance.conger(data.ratings, data.q, weights)}
    if data.coders == 2:
        table = data.table()
        found |= {"kappa": chance.cohen(table, weights), "pi": chance.scott(table, weights)}
    return found


def _panel(data: Ratings, found: dict[str, chance.Estimate]) -> dict:
    said = {
        "percent": found["percent"].value,
        "S": found["bp"].value,
        "bp": found["bp"].value,
        "randolph": found["bp"].value,
        "fleiss": found["fleiss"].value,
        "alpha": data.alpha("nominal"),
        "gwet": found["ac1"].value,
        "ac1": found["ac1"].value,
        "ac2_quadratic": found["ac2"].value,
    }
    if "conger" in found and data.ratings is not None:
        said |= {"conger": found["conger"].value, "light": chance.light(data.ratings, data.q)}
    if "kappa" in found:
        said["kappa"] = found["kappa"].value
    if "pi" in found:
        said |= {"pi": found["pi"].value, "pabak": 2 * found["percent"].value - 1}
    return said


NAMES = {
    "percent": "percent",
    "gwet_ac1": "gwet",
    "gwet_ac2": "gwet",
    "fleiss_kappa": "fleiss",
    "conger_kappa": "conger",
    "brennan_prediger": "bp",
    "bennett_s": "bp",
    "randolph_kappa": "bp",
    "cohen_kappa": "kappa",
    "cohen_weighted_kappa": "kappa",
    "scott_pi": "pi",
}


def _asked(
    name: str, data: Ratings, params: dict, weights: np.ndarray | None, found: dict[str, chance.Estimate]
) -> dict:
    if name == "krippendorff_alpha":
        level = params.get("metric") or params.get("level") or "nominal"
        value = data.alpha(level) if weights is None else data.weighted_alpha(1 - weights)
        return {**_told(found["alpha"]), "value": value, "coef": value}
    if name == "fleiss_kappa_per_category":
        by_category = chance.fleiss_by_category(data.counts)
        return {f"k{n + 1}": value for n, value in enumerate(by_category)} | {
            str(one): value for one, value in zip(data.names, by_category, strict=True)
        }
    if name == "weighted":
        apart = 1 - (np.eye(data.q) if weights is None else weights)
        return {"alpha": data.weighted_alpha(apart)} | ({"kappa_w": found["kappa"].value} if "kappa" in found else {})
    if name == "light_kappa" and data.ratings is not None:
        light = chance.light(data.ratings, data.q, weights)
        return {"value": light, "coef": light}
    known = NAMES.get(name)
    return _told(found[known]) if known in found else {}


def _holsti(given: dict, params: dict) -> dict:
    """Of ratings each coder's decisions are all that they rated, with the other or without."""
    if "agreements" in given:
        value = chance.holsti(given["agreements"], given["n1"], given["n2"])
    else:
        data = Ratings(given, params)
        rated = (data.ratings >= 0).sum(0) if data.ratings is not None else np.zeros(0)
        value = chance.holsti(float(np.trace(data.table())), *map(float, rated)) if len(rated) == 2 else math.nan
    return {"value": value, "coef": value}


# Sets -----------------------------------------------------------------------------------------------------------------

SET_DISTANCES = {"masi": coefficients.masi_distance, "jaccard": coefficients.jaccard_distance}


def sets_case(case: Case) -> dict:
    """Alphas of sets of codes, or the distances of two sets."""
    given = case["input"]
    if "a" in given:
        one, two = {*given["a"]}, {*given["b"]}
        sizes = (np.array(len(x)) for x in (one & two, one, two))
        sizes = tuple(sizes)
        return {name: float(far(*sizes)) for name, far in SET_DISTANCES.items()}
    marks = _marks(case["params"] or {})
    found = set_alphas([[None if one is None or one in marks else one for one in row] for row in given["sets"]])
    asked = next((name for name in found if name in case["coefficient"]), "masi")
    return {**found, **{f"alpha_{name}": value for name, value in found.items()}, "value": found[asked]}


def set_alphas(rows: Sequence[Sequence[Sequence[str] | None]]) -> dict[str, float]:
    """Krippendorff's alpha of units x coders of sets, with each distance."""
    kinds = sorted({tuple(sorted({*one})) for row in rows for one in row if one is not None})
    place = {kind: n for n, kind in enumerate(kinds)}
    ratings = np.full((len(rows), max(map(len, rows), default=0)), -1)
    for n, row in enumerate(rows):
        ratings[n, : len(row)] = [-1 if one is None else place[tuple(sorted({*one}))] for one in row]
    codes = sorted({code for kind in kinds for code in kind})
    members = np.array([[code in kind for code in codes] for kind in kinds], int).reshape(len(kinds), len(codes))
    size, shared = members.sum(1), members @ members.T
    table = sums.coincidences(ratings, len(kinds))
    return {
        name: float(coefficients.alpha(table, far(shared, size[:, None], size[None])))
        for name, far in SET_DISTANCES.items()
    } | {"nominal": float(coefficients.alpha(table, 1 - np.eye(len(kinds))))}


# Continua -------------------------------------------------------------------------------------------------------------


def _codes_of(coders: Sequence) -> list[str]:
    return sorted({unit[2] for units in coders for unit in units or []})


def merged(units: Sequence) -> list[tuple]:
    """Units of one coder and code that overlap are one; those that touch are two."""
    found: list[tuple] = []
    for unit in sorted(map(tuple, units), key=lambda unit: (unit[2], unit[0], unit[1])):
        if found and found[-1][2] == unit[2] and unit[0] < found[-1][1]:
            start, end, code = found.pop()
            found.append((start, max(end, unit[1]), code))
        else:
            found.append(unit)
    return found


def alpha_1995_case(case: Case) -> dict:
    """Disagreements and alpha by code, and of all codes: with several the sums of both."""
    given = case["input"]
    begin, length = given.get("begin", 0), given["length"]
    said, total = {}, {False: [0.0, 0.0], True: [0.0, 0.0]}
    coders = [merged(mine) for mine in given["coders"] if mine is not None]
    for code in _codes_of(coders):
        units = [[(s - begin, e - begin) for s, e, of in mine if of == code] for mine in coders]
        for fine in (False, True):
            found = unitizing.alpha_1995(units, length, fine=fine)
            total[fine][0] += found.observed
            total[fine][1] += found.expected
            if not fine:
                said |= {f"Do_{code}": found.observed, f"De_{code}": found.expected, f"alpha_{code}": found.alpha}
    alphas = {fine: 1 - Do / De if De > 0 else math.nan for fine, (Do, De) in total.items()}
    said |= {"Do": total[False][0], "De": total[False][1], "alpha": alphas[False], "alpha_limit": alphas[True]}
    return said | {"value": alphas[False]}


def coding_of(documents: Sequence[dict], codes: Sequence[str]) -> sums.Coding:
    """The spans of documents with `coders`, `length` and maybe `begin`; a coder that is None did not code."""
    rows = [
        (d, g, codes.index(code), start - document.get("begin", 0), end - document.get("begin", 0))
        for d, document in enumerate(documents)
        for g, units in enumerate(document["coders"])
        for start, end, code in units or []
    ]
    coded = np.array([[units is not None for units in document["coders"]] for document in documents])
    lengths = np.array([document["length"] for document in documents])
    return sums.Coding.of(np.array(rows, int).reshape(-1, 5), coded=coded, lengths=lengths, codes=len(codes))


def unitizing_family(documents: Sequence[dict], codes: Sequence[str]) -> dict:
    """The whole 2016 family over documents, both readings."""
    coding = coding_of(documents, codes)
    if not unitizing.is_exclusive(coding):
        return _overlapping(documents, codes)
    group = tuple(range(coding.coders))
    by_document = unitizing.tiles(coding, group)
    added = unitizing.Tiles(*(part.sum(0) for part in by_document))
    said: dict[str, Any] = {
        "u": unitizing.alpha_u(added),
        "bar_u": unitizing.alpha_bar_u(added),
        "coverage": unitizing.coverage(added),
    }
    for reading, union in (("pairwise", False), ("union", True)):
        said[f"cu_{reading}"] = unitizing.alpha_cu(added, union=union)
        by_code = dict(zip(codes, unitizing.alpha_k(added, union=union), strict=True))
        said[f"k_{reading}"] = by_code
        said |= {f"k_{reading}:{code}": value for code, value in by_code.items()}
    return said


def _overlapping(documents: Sequence[dict], codes: Sequence[str]) -> dict:
    """Where codes of one coder overlap there is no layer: only what is coded and what is not can be told."""
    coders = [
        [None if mine is None else [[*unit[:2], "any"] for unit in mine] for mine in one["coders"]] for one in documents
    ]
    whole = unitizing_family([{**one, "coders": mine} for one, mine in zip(documents, coders, strict=True)], ["any"])
    names = ("u", "coverage", "cu_pairwise", "cu_union")
    by_code = {f"k_{reading}": dict.fromkeys(codes) for reading in ("pairwise", "union")}
    said = {f"{name}:{code}": None for name, of in by_code.items() for code in of}
    return {**dict.fromkeys(names), **said, **by_code, "bar_u": whole["bar_u"]}


def unitizing_case(case: Case) -> dict:
    given = case["input"]
    documents = given.get("docs") or given.get("documents") or [given]
    codes = given.get("codes") or sorted({code for one in documents for code in _codes_of(one["coders"])})
    said = unitizing_family(documents, codes)
    return said | {"value": said["u"]}


def _measure(params: dict) -> gamma.Measure:
    return gamma.Measure(params.get("alpha", 1.0), params.get("beta", 1.0), params.get("delta_empty", 1.0))


def gamma_case(case: Case) -> dict:
    """Distances of place, disorders, gamma by given or drawn samples, and gamma-cat."""
    given, params = case["input"], case["params"] or {}
    if "a" in given:
        far = gamma.place_apart(tuple(given["a"][:2]), tuple(given["b"][:2]))
        return {"value": far}
    measure, continuum = _measure(params), _continuum(given["coders"])
    observed = _disorder(continuum, measure)
    said: dict[str, Any] = {"value": observed, "observed_disorder": observed, "disorder": observed}
    if "sampled_continua" in given:
        drawn = [_disorder(_continuum(one), measure) for one in given["sampled_continua"]]
        found = gamma.of_disorders(observed, drawn)
        said |= {"expected_disorder": found.expected, "gamma": found.value}
    elif "gamma" in case["coefficient"].split("_")[:1] and case["coefficient"] != "gamma_observed_disorder":
        defined = math.isfinite(observed)
        none = {"gamma": None, "gamma_cat": None, "gamma_cat_aligned": None, "gamma_k": {}}
        said |= _drawn(case, continuum, measure) if defined else none
    return said


def _continuum(coders: Sequence) -> gamma.Continuum:
    """Of the coders who coded; one who marked nothing is among them."""
    return gamma.Continuum([units for units in coders if units is not None])


def _disorder(continuum: gamma.Continuum, measure: gamma.Measure) -> float:
    """Of the best alignment; there is none of nothing, and none of one coder."""
    return gamma.align(continuum, measure).disorder if continuum.coders > 1 and len(continuum) else math.nan


def _drawn(case: Case, continuum: gamma.Continuum, measure: gamma.Measure) -> dict:
    params = case["params"] or {}
    sampler = gamma.statistical if params.get("sampler") == "statistical" else gamma.shuffled
    samples = int(params.get("samples", 300))
    said = {"gamma": gamma.gamma(continuum, measure, sampler=sampler, samples=samples).value}
    if _wants(case, "gamma_cat") or any("gamma_k" in path for path in case.get("keys") or []):
        found = gamma.gamma_cat(continuum, measure, sampler=sampler, samples=samples, unaligned=True)
        bare = gamma.gamma_cat(continuum, measure, sampler=sampler, samples=samples)
        said |= {"gamma_cat": found.value, "gamma_cat_aligned": bare.value, "gamma_k": bare.by_category}
    return said


# Segmentations --------------------------------------------------------------------------------------------------------


def boundary_case(case: Case) -> dict:
    """Boundary similarity of two or several segmentations, of one or several texts, and the older measures."""
    given, near = case["input"], (case["params"] or {}).get("n_t", 2)
    texts = _texts_of(given)
    pairs = [boundaries.similarity(a, b, near) for text in texts for a, b in combinations(text, 2)]
    found = boundaries.corrected(texts, near) if len({len(text) for text in texts}) == 1 else None
    mean = float(np.mean(pairs)) if pairs else math.nan
    said: dict[str, Any] = {"value": mean, "B": mean}
    if found:
        said |= {"pi": found.pi, "kappa": found.kappa, "observed": found.observed}
    if "reference" in given:
        hypothesis, reference = given["hypothesis"], given["reference"]
        said |= {
            "window_diff": boundaries.window_diff(hypothesis, reference),
            "pk": boundaries.p_k(hypothesis, reference),
        }
    return said


def _texts_of(given: dict) -> list[list[list[int]]]:
    if "masses_a" in given:
        return [[given["masses_a"], given["masses_b"]]]
    if "reference" in given:
        return [[given["hypothesis"], given["reference"]]]
    texts = given["items"].values() if "items" in given else [given["masses"]]
    return [[text[coder] for coder in sorted(text)] if isinstance(text, dict) else list(text) for text in texts]


# Spans ----------------------------------------------------------------------------------------------------------------


def span_case(case: Case) -> dict:
    """The matches of each pair of coders; of two at the top."""
    given = case["input"]
    documents = given.get("docs") or [given]
    coders = len(documents[0]["coders"])
    by_pair = {f"{g + 1}-{h + 1}": span_pair(documents, g, h) for g, h in combinations(range(coders), 2)}
    first = next(iter(by_pair.values()), {})
    return {**first, "pairs": by_pair, "value": first.get("exact_f1")}


def span_pair(documents: Sequence[dict], g: int, h: int) -> dict:
    """Matches of two coders added up over the documents that both coded."""
    both = [
        (one["coders"][g], one["coders"][h]) for one in documents if None not in (one["coders"][g], one["coders"][h])
    ]
    both = [tuple([tuple(span) for span in units] for units in pair) for pair in both]

    def added(measure: Callable[..., spans.Matches], **more) -> spans.Matches:
        found = [measure(a, b, **more) for a, b in both]
        return spans.Matches(*(sum(part) for part in zip(*found, strict=True))) if found else spans.Matches(0, 0, 0)

    exact, overlap = added(spans.exact), added(spans.overlap)
    any_code, characters = added(spans.overlap, any_code=True), added(spans.characters)
    said = {
        "exact_f1": exact.f1,
        "overlap_f1": overlap.f1,
        "overlap_any_code_f1": any_code.f1,
        "char_f1": characters.f1,
        "exact_tp": exact.matched,
        "overlap_tp": overlap.matched,
        "n": [int(exact.first), int(exact.second)],
    }
    for name in spans.MucMatches._fields:
        found = added(lambda a, b, name=name: getattr(spans.muc(a, b), name))
        said |= {
            f"muc_{name}_f1": found.f1,
            f"muc_{name}_precision": found.precision,
            f"muc_{name}_recall": found.recall,
        }
    for name, found in (("exact", exact), ("overlap", overlap), ("char", characters)):
        said |= {f"{name}_precision": found.precision, f"{name}_recall": found.recall}
    return said


# Intervals ------------------------------------------------------------------------------------------------------------


def interval_case(case: Case) -> dict:
    if "documents" in case["input"]:
        return _documents_drawn(case)
    data, params = Ratings(case["input"], case["params"] or {}), case["params"] or {}
    table = sums.coincidences_of_counts(data.counts)
    far = coefficients.distances(data.scores, params.get("metric", "nominal"), table.sum(1))
    rated = data.counts.sum(1)
    pairs = int((rated * (rated - 1) / 2).sum())
    drawn = intervals.pairs_drawn(table, far, pairs=pairs, replicates=params.get("replicates", 20_000))
    defined = drawn[np.isfinite(drawn)]
    low, high = np.percentile(defined, [2.5, 97.5]) if len(defined) else (math.nan, math.nan)
    said = {"lo": float(low), "hi": float(high), "value": data.alpha(params.get("metric", "nominal"))}
    for path in case.get("keys") or []:
        if found := re.fullmatch(r"p_below_(\.\d+)", path):
            said[path] = float(intervals.shortfall(drawn, float(found[1])))
    return said


def _documents_drawn(case: Case) -> dict:
    """Alpha of documents taken so often each, one value for every row of multiplicities."""
    params, documents = case["params"] or {}, case["input"]["documents"]
    whole = Ratings({"ratings": [row for document in documents for row in document]}, params)
    if whole.ratings is None or not whole.q:
        none = [None] * len(case["input"]["multiplicities"])
        return {"values": none, "alpha": none, **dict.fromkeys(("mean", "min", "max", "sd", *PERCENTILES))}
    ends = np.cumsum([len(document) for document in documents])[:-1]
    tables = [sums.coincidences(part, whole.q) for part in np.split(whole.ratings, ends)]
    level = params.get("metric", "nominal")
    drawn = []
    for times in case["input"]["multiplicities"]:
        table = np.tensordot(np.array(times, float), np.array(tables), 1)
        far = coefficients.distances(whole.scores, level, table.sum(1))
        drawn.append(float(coefficients.alpha(table, far)))
    return {"values": drawn, "alpha": drawn, **_spread(np.array(drawn), case.get("keys") or [])}


PERCENTILES = {"pct2.5": 2.5, "pct97.5": 97.5, "median": 50.0}


def _spread(drawn: np.ndarray, keys: Sequence[str]) -> dict:
    defined = drawn[np.isfinite(drawn)]
    shares = PERCENTILES | {path: float(path[3:]) for path in keys if re.fullmatch(r"pct\d+(\.\d+)?", path)}
    if not len(defined):
        return dict.fromkeys(("mean", "min", "max", "sd", *shares))
    spread = defined.std(ddof=1) if len(defined) > 1 else math.nan
    said = {"mean": defined.mean(), "min": defined.min(), "max": defined.max(), "sd": spread}
    return said | {name: np.percentile(defined, share) for name, share in shares.items()}


# Suites ---------------------------------------------------------------------------------------------------------------


def suite_case(case: Case) -> dict:
    """Documents with spans, counted every way: characters, sentences, unitizing, pairs, gamma, sets, given resamples."""
    given = case["input"]
    documents, codes = given["docs"], given["codes"]
    coding = coding_of(documents, codes)
    sentences = _sentences(documents)
    chosen = sums.project(coding, sentences)
    said = {
        "char": _by_characters(coding, codes),
        "sentence": _by_sentences(coding, sentences, chosen, codes),
        "unitizing_per_code": _by_code(coding, codes),
        "pairs": {f"{g + 1}-{h + 1}": span_pair(documents, g, h) for g, h in coding.pairs},
        "sentence_sets": {f"alpha_{name}": value for name, value in _sets(coding, sentences, chosen).items()},
    }
    if not given.get("overlapping_spans", True) or unitizing.is_exclusive(coding):
        said["unitizing_family"] = unitizing_family(documents, codes)
    if _wants(case, "gamma"):
        said["gamma"] = [_gamma_of(document, case) for document in documents]
    return {**said, **_resampled(case, coding, sentences, chosen)}


def _sentences(documents: Sequence[dict]) -> sums.Units:
    rows = [(d, start, end) for d, document in enumerate(documents) for start, end in document["sentences"]]
    document, start, end = np.array(rows, int).reshape(-1, 3).T
    return sums.Units(document, start, end, np.ones(len(rows)))


def _by_characters(coding: sums.Coding, codes: Sequence[str]) -> dict:
    units = sums.stretches(coding)
    counts = sums.code_counts(coding, units, sums.project(coding, units))
    everyone = sums.Binary(*(part.sum(0) for part in sums.binary(coding, counts, tuple(range(coding.coders)))))
    alphas = coefficients.alpha_binary(everyone)
    kappas = {
        f"{g + 1}-{h + 1}": coefficients.kappa(
            sums.Crossing(*(part.sum(0) for part in sums.crossing(coding, counts, (g, h))))
        )
        for g, h in coding.pairs
    }
    return {
        code: {"alpha": alphas[n], "cohen": {pair: values[n] for pair, values in kappas.items()}}
        for n, code in enumerate(codes)
    }


def _ratings_of_code(coding: sums.Coding, units: sums.Units, chosen: sums.Given, code: int) -> np.ndarray:
    """(U, G): whether a coder gave a unit a code, -1 where the coder did not code the document."""
    ratings = np.where(coding.coded[units.document], 0, -1)
    mine = chosen.code == code
    ratings[chosen.unit[mine], chosen.coder[mine]] = 1
    return ratings


def _by_sentences(coding: sums.Coding, units: sums.Units, chosen: sums.Given, codes: Sequence[str]) -> dict:
    said = {}
    for n, code in enumerate(codes):
        ratings = _ratings_of_code(coding, units, chosen, n)
        counts = chance.counts_of(ratings, 2)
        said[code] = {
            "alpha": float(coefficients.alpha(sums.coincidences(ratings, 2), 1 - np.eye(2))),
            "percent": chance.percent(counts).value,
            "gwet": _told(chance.gwet(counts)),
            "fleiss": _told(chance.fleiss(counts)),
            "conger": _told(chance.conger(ratings, 2)),
            "bp": _told(chance.brennan_prediger(counts)),
        }
    return said


def _by_code(coding: sums.Coding, codes: Sequence[str]) -> dict:
    by_document = unitizing.code_tiles(coding, tuple(range(coding.coders)))
    added = unitizing.Tiles(*(part.sum(0) for part in by_document))
    return {code: {"u": value, "bar_u": value} for code, value in zip(codes, unitizing.alpha_u(added), strict=True)}


def _sets(coding: sums.Coding, units: sums.Units, chosen: sums.Given) -> dict[str, float]:
    found = sums.code_sets(coding, units, chosen)
    ratings = np.where(coding.coded[units.document], found.number, -1)
    members = found.members.astype(int)
    size, shared = members.sum(1), members @ members.T
    table = sums.coincidences(ratings, len(members))
    return {
        name: float(coefficients.alpha(table, far(shared, size[:, None], size[None])))
        for name, far in SET_DISTANCES.items()
    }


def _gamma_of(document: dict, case: Case) -> dict:
    """Disorders and gammas of one document, by the coders who coded it, as the keys name their alpha and beta."""
    continuum = _continuum(document["coders"])
    said = {}
    names = {part for path in case.get("keys") or [] for part in path.split("/")}
    names |= {"disorder_a1b1", "disorder_a3b1"}
    for name in names:
        if found := re.fullmatch(r"(disorder|gamma)_a(\d+)b(\d+)", name):
            measure = gamma.Measure(float(found[2]), float(found[3]), 1.0)
            if found[1] == "disorder":
                said[name] = _disorder(continuum, measure)
            elif continuum.coders < 2 or not len(continuum):
                said[name] = None
            else:
                said[name] = gamma.gamma(continuum, measure, sampler=gamma.statistical, samples=300).value
    return said


def _resampled(case: Case, coding: sums.Coding, units: sums.Units, chosen: sums.Given) -> dict:
    """Sentence alphas of a code over documents taken so often each, where a case says how often."""
    said = {}
    for name, times in _multiplicities(case).items():
        code = case["input"]["codes"].index(name.removeprefix("cluster_bootstrap_sentence_alpha_"))
        ratings = _ratings_of_code(coding, units, chosen, code)
        tables = [sums.coincidences(ratings[units.document == d], 2) for d in range(len(case["input"]["docs"]))]
        stack = np.tensordot(np.array(times, float), np.array(tables), 1)
        said[name] = {"multiplicities": times, "alpha": coefficients.alpha(stack, 1 - np.eye(2))}
    return said


def _multiplicities(case: Case) -> dict[str, list]:
    found = {}
    for holder in (case["params"] or {}, case["input"], case):
        for name, value in holder.items():
            if name.startswith("cluster_bootstrap_sentence_alpha_") and isinstance(value, dict):
                found[name] = value["multiplicities"]
        if "multiplicities" in holder:
            names = {path.split("/")[0] for path in case.get("keys") or []}
            wanted = [name for name in names if name.startswith("cluster_bootstrap_sentence_alpha_")]
            found |= dict.fromkeys(wanted, holder["multiplicities"])
    return found


def edge_case(case: Case) -> dict:
    """Edges of any family, told by what goes in."""
    given = case["input"]
    if {"ratings", "table", "counts"} & {*given}:
        return ratings_case(case)
    if "sets" in given:
        return sets_case(case)
    if case["coefficient"].startswith("gamma"):
        return gamma_case(case)
    if case["coefficient"].startswith("unitizing"):
        return unitizing_case(case)
    return span_case(case)


FAMILIES: dict[str, Callable[[Case], dict]] = {
    **dict.fromkeys(
        ("alpha", "percent", "gwet", "fleiss", "conger", "bp", "cohen", "weighted_kappa", "scott"), ratings_case
    ),
    "sets": sets_case,
    "alpha_u_1995": alpha_1995_case,
    "u_alpha_2016": unitizing_case,
    "gamma": gamma_case,
    "boundary": boundary_case,
    "span_f1": span_case,
    "ci": interval_case,
    "edge": edge_case,
    "span_suite": suite_case,
}
