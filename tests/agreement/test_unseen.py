"""The evaluator holds for cases that nobody published: none makes it fail, and formulas and libraries say the same."""

import json
import random
from collections.abc import Sequence
from itertools import combinations

import pytest

from tests.agreement import naive, unseen
from tests.agreement.evaluate import evaluate

SEEDS = {"gamma": 40, "suite": 40}


def near(value: float):
    return pytest.approx(value, rel=1e-9, abs=1e-9)


def alike(found: float | None, wanted: float | None) -> bool:
    return found is None if wanted is None else found == near(wanted)


def asked(family: str, name: str, given: dict, **params) -> dict:
    return evaluate({"family": family, "coefficient": name, "input": given, "params": params, "keys": None})


def ordered(rows: Sequence[Sequence]) -> list:
    """Categories: numbers by size, others by the alphabet."""
    found = {one for row in rows for one in row if one is not None}
    try:
        return sorted(found, key=float)
    except (TypeError, ValueError):
        return sorted(found, key=str)


@pytest.mark.parametrize("kind", unseen.KINDS)
def test_no_case_makes_it_fail_and_what_is_undefined_is_none(kind):
    for seed in range(SEEDS.get(kind, 150)):
        case = unseen.KINDS[kind](random.Random(f"{kind} {seed}"))
        json.dumps(evaluate({"keys": None, **case}), allow_nan=False)


SHAPES = [(labels, seed) for labels in unseen.LABELS for seed in range(12)]


def rows_of(labels, seed: int, *, coders: int | None = None) -> list[list]:
    drawn = random.Random(f"{labels} {seed}")
    return unseen.ratings(drawn, labels, coders=coders, units=drawn.choice([1, 3, 8, 14]))


@pytest.mark.parametrize(("labels", "seed"), SHAPES)
def test_coefficients_of_ratings_are_their_formulas(labels, seed):
    rows = rows_of(labels, seed)
    units, values = naive.told(rows), ordered(rows)
    found = asked("edge", "panel", {"ratings": rows})
    wanted = {
        "percent": naive.percent(units, naive.same),
        "S": naive.free(units, values),
        "randolph": naive.free(units, values),
        "fleiss": naive.fleiss(units, values),
        "gwet": naive.gwet(units, values),
        "conger": naive.conger(rows, values),
        "alpha": naive.alpha(units, naive.apart("nominal", units)),
    }
    if len(rows[0]) > 1:
        wanted["light"] = naive.light(rows, values)
    if len(rows[0]) == 2:
        pairs = [(a, b) for a, b in rows if None not in (a, b)]
        wanted |= {"kappa": naive.cohen(pairs, values), "pi": naive.cohen(pairs, values, common=True)}
    assert {name for name, value in wanted.items() if not alike(found[name], value)} == set()


@pytest.mark.parametrize(("labels", "seed"), SHAPES)
@pytest.mark.parametrize("kind", ["linear", "quadratic"])
def test_weighted_coefficients_are_their_formulas(labels, seed, kind):
    rows = rows_of(labels, seed)
    units, values = naive.told(rows), ordered(rows)
    if not values:
        return
    close = naive.weighing(kind, values)
    wanted = {
        ("gwet", "gwet_ac2"): naive.gwet(units, values, close),
        ("bp", "brennan_prediger"): naive.free(units, values, close),
        ("fleiss", "fleiss_kappa"): naive.fleiss(units, values, close),
        ("conger", "conger_kappa"): naive.conger(rows, values, close),
    }
    if len(rows[0]) == 2:
        pairs = [(a, b) for a, b in rows if None not in (a, b)]
        wanted["weighted_kappa", "cohen_weighted_kappa"] = naive.cohen(pairs, values, close)
    found = {key: asked(*key, {"ratings": rows}, weights=kind)["value"] for key in wanted}
    assert {key for key, value in wanted.items() if not alike(found[key], value)} == set()


@pytest.mark.parametrize("level", unseen.LEVELS)
@pytest.mark.parametrize("seed", range(30))
def test_alpha_of_every_level_is_its_formula_in_every_form(level, seed):
    rows = rows_of([1, 2, 3, 7], seed)
    units, values = naive.told(rows), [1, 2, 3, 7]
    wanted = naive.alpha(units, naive.apart(level, units))
    counts = [[unit.count(value) for value in values] for unit in units]
    marked = [["NA" if one is None else one for one in row] for row in rows]
    spelt = [[None if one is None else str(one) for one in row] for row in rows]
    forms = [
        ({"ratings": rows}, {}),
        ({"counts": counts}, {"categories": values}),
        ({"ratings": marked}, {"missing": "NA"}),
        ({"ratings": spelt}, {}),
        ({"ratings": rows}, {"categories": [*values, 99]}),
    ]
    for given, more in forms:
        found = asked("alpha", "krippendorff_alpha", given, metric=level, **more)["value"]
        assert alike(found, wanted), (given, more)


@pytest.mark.parametrize("seed", range(40))
def test_a_table_is_the_ratings_of_its_two_coders(seed):
    table = unseen.table(random.Random(seed))
    pairs = [(a, b) for a, row in enumerate(table) for b, times in enumerate(row) for _ in range(times)]
    units, values = [list(pair) for pair in pairs], list(range(len(table)))
    found = asked("cohen", "two_coder_panel", {"table": table})
    wanted = {
        "kappa": naive.cohen(pairs, values),
        "pi": naive.cohen(pairs, values, common=True),
        "S": naive.free(units, values),
        "percent": naive.percent(units, naive.same),
        "alpha": naive.alpha(units, naive.apart("nominal", units)),
        "gwet": naive.gwet(units, values),
    }
    assert {name for name, value in wanted.items() if not alike(found[name], value)} == set()
    if pairs:
        counts = [[unit.count(value) for value in values] for unit in units]
        of_counts = asked("scott", "two_coder_panel", {"counts": counts})
        assert alike(of_counts["pi"], wanted["pi"])
        assert alike(asked("percent", "holsti_cr", {"table": table})["value"], wanted["percent"])


def test_holsti_counts_what_each_coder_decided():
    rows = [["a", "a"], ["a", "b"], ["b", None], [None, "b"], ["b", None]]
    assert asked("percent", "holsti_cr", {"ratings": rows})["value"] == pytest.approx(2 / (4 + 3))


@pytest.mark.parametrize("seed", range(25))
def test_libraries_say_the_same_of_complete_ratings(seed):
    from nltk.metrics.agreement import AnnotationTask
    from sklearn.metrics import cohen_kappa_score
    from statsmodels.stats.inter_rater import fleiss_kappa

    drawn = random.Random(seed)
    coders, units = drawn.choice([2, 3, 5]), drawn.choice([4, 20])
    rows = [[drawn.choice([1, 1, 2, 4]) for _ in range(coders)] for _ in range(units)]
    rows = [[1] * coders, [2] * coders, [4] * coders, *rows]
    found = asked("conger", "multi_rater_panel", {"ratings": rows})
    task = AnnotationTask([(f"c{g}", f"u{n}", one) for n, row in enumerate(rows) for g, one in enumerate(row)])
    counts = [[row.count(value) for value in (1, 2, 4)] for row in rows]
    assert found["fleiss"] == near(fleiss_kappa(counts))
    assert found["randolph"] == near(fleiss_kappa(counts, method="randolph"))
    assert found["alpha"] == near(task.alpha())
    assert found["conger"] == near(task.multi_kappa())
    pair = [row[:2] for row in rows]
    for weights in (None, "linear", "quadratic"):
        wanted = cohen_kappa_score(*zip(*pair, strict=True), weights=weights)
        given = {"ratings": [[{1: 0, 2: 1, 4: 2}[one] for one in row] for row in pair]}  # it weighs places, not values
        assert asked("cohen", "cohen_weighted_kappa", given, weights=weights)["value"] == near(wanted)


@pytest.mark.parametrize("seed", range(30))
def test_alphas_of_sets_are_their_formulas(seed):
    case = unseen.sets(random.Random(f"sets {seed}"))
    found = evaluate({**case, "keys": None})
    if "a" in case["input"]:
        a, b = frozenset(case["input"]["a"]), frozenset(case["input"]["b"])
        assert (found["masi"], found["jaccard"]) == pytest.approx((naive.masi(a, b), naive.jaccard(a, b)))
        return
    units = [[frozenset(one) for one in row if one is not None] for row in case["input"]["sets"]]
    for name, far in (("masi", naive.masi), ("jaccard", naive.jaccard)):
        assert alike(found[name], naive.alpha(units, far))


def documents_of(case: dict) -> list[tuple[list, int]]:
    """Layers of those who coded, from 0, and the length of each document."""
    made = []
    for one in case["input"].get("docs") or [case["input"]]:
        begin = one.get("begin", 0)
        layers = [[(s - begin, e - begin, c) for s, e, c in mine] for mine in one["coders"] if mine is not None]
        made.append((layers, one["length"]))
    return made


def continua(seed: int, *, coders: tuple[int, ...] = (1, 2, 3, 4), length: int = 40) -> dict:
    drawn = random.Random(f"continua {seed}")
    documents = [unseen.continuum(drawn, coders=coders[0] + seed % len(coders), length=length) for _ in range(2)]
    given = {"docs": documents} if seed % 2 else documents[0]
    return {"family": "u_alpha_2016", "coefficient": "unitizing_alpha_family", "input": given, "params": {}}


@pytest.mark.parametrize("seed", range(40))
def test_the_unitizing_family_is_what_a_loop_over_characters_says(seed):
    case = continua(seed)
    found = evaluate({**case, "keys": None})
    documents = documents_of(case)
    codes = sorted({code for layers, _ in documents for mine in layers for _, _, code in mine})
    wanted = naive.family(documents, codes)
    assert {name for name, value in wanted.items() if not alike(found[name], value)} == set()


@pytest.mark.parametrize("seed", range(30))
def test_the_superseded_alpha_is_its_formula(seed):
    drawn = random.Random(f"1995 {seed}")
    given = unseen.continuum(drawn, coders=2 + seed % 3)
    found = asked("alpha_u_1995", "alpha_U", given)
    layers, length = documents_of({"input": given})[0]
    codes = sorted({code for mine in layers for _, _, code in mine})
    parts = {code: naive.of_1995([[u for u in mine if u[2] == code] for mine in layers], length) for code in codes}
    if len(layers) < 2 or not codes:
        assert found["alpha"] is None
        return
    for code, (observed, expected) in parts.items():
        assert (found[f"Do_{code}"], found[f"De_{code}"]) == near_both(observed, expected)
    share = naive.over(sum(one for one, _ in parts.values()), sum(one for _, one in parts.values()))
    assert alike(found["alpha"], None if share is None else 1 - share)


def near_both(one: float, two: float):
    return pytest.approx((one, two), rel=1e-9, abs=1e-9)


def test_overlapping_codes_have_no_layer_but_what_is_coded_at_all():
    given = {"coders": [[[0, 6, "a"], [4, 10, "b"]], [[0, 9, "a"]]], "length": 20}
    found = asked("u_alpha_2016", "unitizing_alpha_family", given)
    whole = {"coders": [[[0, 10, "x"]], [[0, 9, "x"]]], "length": 20}
    assert (found["u"], found["cu_pairwise"], found["k_union:a"]) == (None, None, None)
    assert found["bar_u"] == pytest.approx(asked("u_alpha_2016", "unitizing_alpha_family", whole)["bar_u"])


@pytest.mark.parametrize("seed", range(30))
def test_span_measures_are_what_trying_and_counting_say(seed):
    drawn = random.Random(f"spans {seed}")
    given = unseen.continuum(drawn, coders=2, overlaps=seed % 2 == 0, length=30)
    given["coders"] = [(mine or [])[:6] for mine in given["coders"]]
    found = asked("span_f1", "span_f1", given)
    one, two = ([tuple(span) for span in mine] for mine in given["coders"])

    def touching(a: tuple, b: tuple) -> bool:
        return a[0] < b[1] and b[0] < a[1]

    tp = {
        "exact": len({*one} & {*two}),
        "overlap": naive.most_matches(one, two, lambda a, b: a[2] == b[2] and touching(a, b)),
        "overlap_any_code": naive.most_matches(one, two, touching),
    }
    n = len({*one}) + len({*two})
    for name, matched in tp.items():
        assert alike(found[f"{name}_f1"], naive.over(2 * matched, n)), name
    first, second = ({(x, c) for s, e, c in mine for x in range(s, e)} for mine in (one, two))
    assert alike(found["char_f1"], naive.over(2 * len(first & second), len(first) + len(second)))


@pytest.mark.parametrize("seed", range(24))
def test_the_least_disorder_is_what_trying_all_alignments_says(seed):
    drawn = random.Random(f"disorder {seed}")
    given = unseen.continuum(drawn, coders=2 + seed % 2, length=16)
    layers = [[tuple(unit) for unit in (mine or [])[:3]] for mine in given["coders"]]
    params = {"alpha": drawn.choice([1, 3]), "beta": drawn.choice([0.5, 1, 2]), "delta_empty": 1.0}
    found = asked(
        "gamma", "gamma_observed_disorder", {"coders": [[list(u) for u in mine] for mine in layers]}, **params
    )
    if not any(layers):
        assert found["value"] is None
        return
    assert found["value"] == pytest.approx(naive.disorder(layers, params["alpha"], params["beta"]), abs=1e-7)


@pytest.mark.parametrize("seed", range(40))
def test_segmentations_are_what_trying_and_nltk_say(seed):
    from nltk.metrics.segmentation import pk, windowdiff

    from annotator.agreement.boundaries import window

    drawn = random.Random(f"cuts {seed}")
    length, within = drawn.choice([2, 9, 25]), drawn.choice([1, 2, 3])
    one, two = unseen.masses(drawn, length), unseen.masses(drawn, length)
    given = {"hypothesis": one, "reference": two}
    found = asked("boundary", "boundary_similarity_windowdiff_pk", given, n_t=within)
    assert found["B"] == pytest.approx(naive.boundary(one, two, within))
    coders = [one, two, unseen.masses(drawn, length)]
    pairs = [naive.boundary(a, b, within) for a, b in combinations(coders, 2)]
    several = asked("boundary", "mean_pairwise_boundary_similarity", {"masses": coders}, n_t=within)
    assert several["value"] == pytest.approx(sum(pairs) / 3)
    size = window(two)
    if size < length:
        a, b = ("".join("01"[n + 1 in naive.cuts(masses)] for n in range(length - 1)) for masses in (two, one))
        assert found["window_diff"] == pytest.approx(windowdiff(a, b, size))
        assert found["pk"] == pytest.approx(pk(a, b, size))


@pytest.mark.parametrize("seed", range(25))
def test_given_resamples_are_documents_taken_so_often(seed):
    drawn = random.Random(f"drawn {seed}")
    documents = [unseen.ratings(drawn, [1, 2, 3], coders=3, units=drawn.randint(1, 5)) for _ in range(3)]
    times = [[drawn.randint(0, 3) for _ in documents] for _ in range(4)]
    level = drawn.choice(unseen.LEVELS)
    given = {"documents": documents, "multiplicities": times}
    found = asked("ci", "document_cluster_bootstrap", given, metric=level)
    wanted = []
    for counts in times:
        rows = [row for document, n in zip(documents, counts, strict=True) for _ in range(n) for row in document]
        wanted.append(naive.alpha(naive.told(rows), naive.apart(level, naive.told(rows))))
    assert all(map(alike, found["values"], wanted))
    known = [value for value in wanted if value is not None]
    assert alike(found["mean"], naive.mean(known))


@pytest.mark.parametrize("seed", range(30))
def test_a_suite_in_any_script_is_counted_character_by_character(seed):
    case = unseen.suite(random.Random(f"suite {seed}"))
    found = evaluate(case)
    sentences: dict[str, list[list]] = {code: [] for code in case["input"]["codes"]}
    characters: dict[str, list[list]] = {code: [] for code in case["input"]["codes"]}
    for document in case["input"]["docs"]:
        for code in sentences:
            spans = [None if mine is None else [(s, e) for s, e, c in mine if c == code] for mine in document["coders"]]
            for start, end in document["sentences"]:
                row = [None if mine is None else any(s < end and start < e for s, e in mine) for mine in spans]
                sentences[code].append(row)
            for x in range(document["length"]):
                row = [None if mine is None else any(s <= x < e for s, e in mine) for mine in spans]
                characters[code].append(row)
    far = naive.apart("nominal", [])
    for code, rows in sentences.items():
        units = naive.told(rows)
        of = found["sentence"][code]
        assert alike(of["alpha"], naive.alpha(units, far))
        assert alike(of["gwet"]["coef"], naive.gwet(units, [False, True]))
        assert alike(of["fleiss"]["coef"], naive.fleiss(units, [False, True]))
        assert alike(of["conger"]["coef"], naive.conger(rows, [False, True]))
        told = found["char"][code]
        assert alike(told["alpha"], naive.alpha(naive.told(characters[code]), far))
        pairs = [(row[0], row[1]) for row in characters[code] if None not in row[:2]]
        assert alike(told["cohen"]["1-2"], naive.cohen(pairs, [False, True]))
