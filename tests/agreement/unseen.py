"""Cases that nobody published: every family, coefficient and form of input, drawn at random, the degenerate ones among them."""

import random
from typing import Any

Case = dict[str, Any]
LABELS = (
    [1, 2, 3, 4],
    [0, 1],
    ["1", "2", "10"],
    [1.5, 2.5, -3.0],
    ["Вина", "赞扬", "عتاب", "🙂", "e\u0301"],
    ["only"],
    [True, False],
    ["b", "a", "c"],
)
OF_RATINGS = {
    "alpha": ("krippendorff_alpha",),
    "percent": ("percent", "holsti_cr"),
    "gwet": ("gwet_ac1", "gwet_ac2", "gwet_ac1_ac2"),
    "fleiss": ("fleiss_kappa", "fleiss_kappa_per_category"),
    "conger": ("conger_kappa", "multi_rater_panel", "light_kappa"),
    "bp": ("brennan_prediger", "bennett_s", "randolph_kappa", "two_coder_panel", "multi_rater_panel"),
    "cohen": ("cohen_kappa", "two_coder_panel"),
    "scott": ("scott_pi", "two_coder_panel"),
    "weighted_kappa": ("cohen_weighted_kappa", "weighted"),
    "edge": ("panel",),
}
LEVELS, WEIGHTS = ("nominal", "ordinal", "interval", "ratio"), ("linear", "quadratic", "identity")
CODES = ("Вина", "赞扬", "claim", "🙂")
SCRIPTS = ("Он сказал. ", "他说了。", "قال. ", "👨‍👩‍👧 said. ", "Ça va. ")


def ratings(drawn: random.Random, labels: list, *, coders: int | None = None, units: int | None = None) -> list[list]:
    """Units by coders; some cells, and at times whole units or coders, are missing."""
    coders = coders or drawn.choice([1, 2, 2, 3, 4, 6])
    units = drawn.choice([0, 1, 2, 5, 12, 30]) if units is None else units
    missing, noise = drawn.choice([0.0, 0.0, 0.15, 0.5, 1.0]), drawn.choice([0.0, 0.3, 0.9])
    rows = []
    for _ in range(units):
        truth = drawn.choice(labels)
        row = [drawn.choice(labels) if drawn.random() < noise else truth for _ in range(coders)]
        rows.append([None if drawn.random() < missing else value for value in row])
    return rows


def table(drawn: random.Random) -> list[list[int]]:
    q = drawn.choice([1, 2, 3, 5])
    most = drawn.choice([0, 2, 9])
    return [[drawn.randint(0, most) + (6 * (a == b) if most else 0) for b in range(q)] for a in range(q)]


def counts(drawn: random.Random) -> list[list[int]]:
    q, most = drawn.choice([1, 2, 4]), drawn.choice([1, 2, 5])
    rows = [[0] * q for _ in range(drawn.choice([1, 3, 12]))]
    for row in rows:
        for _ in range(drawn.randint(0, most)):
            row[drawn.choice([0, drawn.randrange(q)])] += 1
    return rows


def rated(drawn: random.Random) -> Case:
    """A coefficient of ratings, in one of the three forms."""
    family = drawn.choice([*OF_RATINGS])
    name = drawn.choice(OF_RATINGS[family])
    labels = drawn.choice(LABELS)
    params: dict[str, Any] = {}
    form = drawn.choice(["ratings", "table", "counts"])
    given: dict[str, Any] = {"table": table(drawn)} if form == "table" else {"counts": counts(drawn)}
    if form == "ratings":
        given = {"ratings": ratings(drawn, labels)}
        if drawn.random() < 0.3:
            params["categories"] = [*labels, "never" if isinstance(labels[0], str) else 99]
        if drawn.random() < 0.2:
            mark = drawn.choice(["NA", -9])
            given["ratings"] = [[mark if one is None else one for one in row] for row in given["ratings"]]
            params["missing"] = drawn.choice([mark, [mark]])
    if name == "krippendorff_alpha":
        params["metric"] = drawn.choice(LEVELS)
    elif name in ("gwet_ac2", "cohen_weighted_kappa", "brennan_prediger", "fleiss_kappa", "conger_kappa"):
        params |= drawn.choice([{}, {"weights": drawn.choice(WEIGHTS)}])
    elif name == "weighted":
        q = len(given["table"]) if "table" in given else len(labels)
        params["disagreement_weights"] = [[abs(a - b) for b in range(q)] for a in range(q)]
        params.pop("categories", None)
        given = given if form == "table" else {"ratings": ratings(drawn, labels, coders=2, units=9)}
        params.pop("missing", None)
        params["categories"] = list(labels) if "ratings" in given else list(range(q))
    return {"family": family, "coefficient": name, "input": given, "params": params}


def sets(drawn: random.Random) -> Case:
    if drawn.random() < 0.3:
        a, b = ([code for code in CODES if drawn.random() < 0.5] for _ in "ab")
        return {"family": "sets", "coefficient": "set_distance", "input": {"a": a, "b": b}, "params": {}}
    missing = drawn.choice([0.0, 0.3, 1.0])
    rows = [
        [
            None if drawn.random() < missing else [code for code in CODES if drawn.random() < 0.4]
            for _ in range(drawn.choice([2, 3]))
        ]
        for _ in range(drawn.choice([0, 1, 8]))
    ]
    width = min((len(row) for row in rows), default=0)
    name = drawn.choice(["krippendorff_alpha_masi", "krippendorff_alpha_jaccard"])
    return {"family": "sets", "coefficient": name, "input": {"sets": [row[:width] for row in rows]}, "params": {}}


def layer(drawn: random.Random, length: int, codes: tuple[str, ...] = CODES, *, overlaps: bool = False) -> list[list]:
    """The units of one coder, in order; adjacent ones may touch."""
    found, at = [], drawn.randint(0, 4)
    while at < length - 1 and drawn.random() < 0.85:
        end = min(length, at + drawn.randint(1, 7))
        found.append([at, end, drawn.choice(codes)])
        at = max(0, end - 2) if overlaps and drawn.random() < 0.4 else end + drawn.choice([0, 0, 1, 5])
        at = at if at > found[-1][0] else end
    return found


def continuum(drawn: random.Random, *, coders: int, length: int = 40, overlaps: bool = False) -> dict:
    begin = drawn.choice([0, 0, 100])
    layers: list = [layer(drawn, length, overlaps=overlaps) for _ in range(coders)]
    layers = [None if drawn.random() < 0.1 else drawn.choice([mine, mine, mine, []]) for mine in layers]
    moved = [None if mine is None else [[s + begin, e + begin, code] for s, e, code in mine] for mine in layers]
    return {"coders": moved, "begin": begin, "length": length}


def of_continua(drawn: random.Random) -> Case:
    names = {"u_alpha_2016": "unitizing_alpha_family", "alpha_u_1995": "alpha_U", "span_f1": "span_f1"}
    family = drawn.choice([*names, "edge"])
    name = names.get(family) or drawn.choice(["span_f1", "unitizing_alpha_family"])
    coders = drawn.choice([1, 2, 2, 3, 5]) if name != "span_f1" else drawn.choice([2, 3])
    given = continuum(drawn, coders=coders, overlaps=drawn.random() < 0.3)
    if family != "alpha_u_1995" and drawn.random() < 0.3:
        given = {"docs": [continuum(drawn, coders=coders) for _ in range(3)]}
    return {"family": family, "coefficient": name, "input": given, "params": {}}


def of_gamma(drawn: random.Random) -> Case:
    params: dict[str, Any] = {"alpha": drawn.choice([1, 3]), "beta": drawn.choice([0.5, 1, 2]), "delta_empty": 1.0}
    name = drawn.choice(["gamma_observed_disorder", "gamma_from_given_samples", "gamma", "positional_dissimilarity"])
    if name == "positional_dissimilarity":
        a = drawn.randint(0, 9)
        given: dict[str, Any] = {"a": [a, a + drawn.randint(1, 9)], "b": [3, 9, "claim"]}
        return {"family": "gamma", "coefficient": name, "input": given, "params": {}}
    coders = drawn.choice([1, 2, 3])
    given = {"coders": continuum(drawn, coders=coders)["coders"]}
    if name == "gamma_from_given_samples":
        given["sampled_continua"] = [continuum(drawn, coders=coders)["coders"] for _ in range(drawn.randint(0, 3))]
    if name == "gamma":
        params |= {"sampler": drawn.choice(["shuffle", "statistical"]), "samples": 5}
    return {"family": "gamma", "coefficient": name, "input": given, "params": params}


def masses(drawn: random.Random, length: int) -> list[int]:
    cuts = sorted(drawn.sample(range(1, length), drawn.randint(0, min(4, length - 1)))) if length > 1 else []
    return [b - a for a, b in zip([0, *cuts], [*cuts, length], strict=True)]


def of_segments(drawn: random.Random) -> Case:
    length, coders = drawn.choice([1, 2, 8, 30]), drawn.choice([2, 3, 5])
    form = drawn.choice(["masses_a", "masses", "items", "reference"])
    given: dict[str, Any] = {"masses_a": masses(drawn, length), "masses_b": masses(drawn, length)}
    name = "boundary_similarity"
    if form == "masses":
        name = "mean_pairwise_boundary_similarity"
        by = {f"C{n}": masses(drawn, length) for n in range(coders)}
        given = {"masses": drawn.choice([by, [*by.values()]])}
    elif form == "items":
        name = drawn.choice(["mean_pairwise_boundary_similarity", "segmentation_fleiss_kappa_pi"])
        given = {"items": {f"t{n}": {f"C{g}": masses(drawn, 12) for g in range(coders)} for n in range(2)}}
    elif form == "reference":
        name, given = "boundary_similarity_windowdiff_pk", {
            "reference": masses(drawn, length), "hypothesis": masses(drawn, length)
        }  # fmt: skip
    return {"family": "boundary", "coefficient": name, "input": given, "params": {"n_t": drawn.choice([1, 2, 4])}}


def of_intervals(drawn: random.Random) -> Case:
    if drawn.random() < 0.4:
        given = {"ratings": ratings(drawn, [1, 2, 3])}
        params = {"metric": drawn.choice(LEVELS), "replicates": 200}
        return {"family": "ci", "coefficient": "krippendorff_bootstrap", "input": given, "params": params}
    documents = [ratings(drawn, [1, 2, 3], coders=3, units=drawn.randint(0, 5)) for _ in range(drawn.randint(1, 4))]
    times = [[drawn.randint(0, 2) for _ in documents] for _ in range(drawn.randint(1, 5))]
    given = {"documents": documents, "multiplicities": times}
    params = {"metric": drawn.choice(LEVELS)}
    return {"family": "ci", "coefficient": "document_cluster_bootstrap", "input": given, "params": params}


def suite(drawn: random.Random) -> Case:
    """Documents in any script with their sentences; code points, of which some take two of UTF-16."""
    coders, overlaps = drawn.choice([2, 3]), drawn.random() < 0.5
    docs = []
    for n in range(drawn.randint(1, 4)):
        parts = [drawn.choice(SCRIPTS) for _ in range(drawn.randint(1, 6))]
        ends = [sum(map(len, parts[: k + 1])) for k in range(len(parts))]
        length = ends[-1]
        layers: list = [layer(drawn, length, overlaps=overlaps) for _ in range(coders)]
        layers = [None if drawn.random() < 0.15 else drawn.choice([mine, mine, []]) for mine in layers]
        sentences = [[a, b] for a, b in zip([0, *ends[:-1]], ends, strict=True)]
        docs.append({"id": f"d{n}", "text": "".join(parts), "length": length, "sentences": sentences, "coders": layers})
    given = {"docs": docs, "codes": [*CODES, "never"], "coder_names": [f"C{n}" for n in range(coders)]}
    given["overlapping_spans"] = overlaps
    times = [[drawn.randint(0, 2) for _ in docs] for _ in range(3)]
    params = {"cluster_bootstrap_sentence_alpha_claim": {"multiplicities": times}}
    keys = ["char/claim/alpha", "sentence/claim/gwet/coef", "cluster_bootstrap_sentence_alpha_claim/alpha"]
    return {"family": "span_suite", "coefficient": "suite", "input": given, "params": params, "keys": keys}


KINDS = {
    "rated": rated,
    "sets": sets,
    "continua": of_continua,
    "gamma": of_gamma,
    "segments": of_segments,
    "intervals": of_intervals,
    "suite": suite,
}
