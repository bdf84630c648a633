"""How numbers and measures are written, the same on the screen, in print and in the terminal."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from annotator.agreement.intervals import FEWEST

MINUS, DASH = "\N{MINUS SIGN}", "\N{EN DASH}"
FLOOR, RELIABLE = 0.667, 0.8  # Krippendorff 2004: tentative conclusions only; to rely on. Conventions, not laws
USES = 10  # of a code, below which its coefficient says little

MEASURES = {
    "percent": "percent agreement",
    "alpha": "Krippendorff\N{RIGHT SINGLE QUOTATION MARK}s alpha",
    "kappa": "Cohen\N{RIGHT SINGLE QUOTATION MARK}s kappa",
    "pi": "Scott\N{RIGHT SINGLE QUOTATION MARK}s pi",
    "fleiss": "Fleiss\N{RIGHT SINGLE QUOTATION MARK} kappa",
    "conger": "Conger\N{RIGHT SINGLE QUOTATION MARK}s kappa",
    "ac1": "Gwet\N{RIGHT SINGLE QUOTATION MARK}s AC1",
    "ac2": "Gwet\N{RIGHT SINGLE QUOTATION MARK}s AC2",
    "s": "Brennan and Prediger\N{RIGHT SINGLE QUOTATION MARK}s S",
    "unitizing": "unitizing alpha",
    "precision": "span precision",
    "recall": "span recall",
    "f1": "span F1",
    "gamma": "gamma",
    "gamma_cat": "gamma-cat",
    "gamma_k": "gamma-k",
}
VARIANTS = {
    "nominal": "",
    "ordinal": "ordinal",
    "interval": "interval",
    "ratio": "ratio",
    "masi": "MASI",
    "u": "u: where and what",
    "bar_u": "|u: coded or not",
    "cu": "cu: which code, of what both coded",
    "k": "(k)u: this code among the others",
    "coverage": "share that both coded",
    "exact": "exact",
    "overlap": "overlapping",
    "linear": "linear weights",
    "quadratic": "quadratic weights",
    "pooled": "",
    "mean": "mean of documents",
}
SOURCES = {
    "percent": "mean over units of the share of pairs of coders who agree",
    "alpha": "Krippendorff 2004, 2011; of sets of codes with the distance MASI (Passonneau 2006) or as same or not (nominal)",
    "kappa": "Cohen 1960, with weights 1968; two coders",
    "pi": "Scott 1955; two coders",
    "fleiss": "Fleiss 1971; the pi of several coders",
    "conger": "Conger 1980, Davies & Fleiss 1982; the kappa of several coders",
    "ac1": "Gwet 2008; stays high where a code is rare, so it stands beside alpha and not in its place",
    "ac2": "Gwet 2014",
    "s": "Bennett, Alpert & Goldstein 1954, Brennan & Prediger 1981; every category equally likely by chance",
    "unitizing": "Krippendorff, Mathet, Bouvry & Widloecher 2016; of more than two coders cu and (k)u over pairs",
    "precision": "share of the second coder's spans that the first has too",
    "recall": "share of the first coder's spans that the second has too",
    "f1": "2 tp / (|A| + |B|), spans matched one to one, pairs of coders added up (Hripcsak & Rothschild 2005)",
    "gamma": "Mathet, Widlöcher & Métivier 2015; where and what together, by the best alignment of all coders' spans",
    "gamma_cat": "Mathet 2017; the codes of aligned spans alone",
    "gamma_k": "Mathet 2017; one code, of aligned spans",
}

REFERENCES = (  # of which measures each is
    (
        ("s",),
        "Bennett, E. M., Alpert, R., & Goldstein, A. C. (1954). Communications through limited-response questioning. "
        "Public Opinion Quarterly, 18, 303–308.",
    ),
    (
        ("s",),
        "Brennan, R. L., & Prediger, D. J. (1981). Coefficient kappa: Some uses, misuses, and alternatives. Educational "
        "and Psychological Measurement, 41, 687–699.",
    ),
    (
        ("kappa",),
        "Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement, "
        "20, 37–46.",
    ),
    (
        ("weighted kappa",),
        "Cohen, J. (1968). Weighted kappa: Nominal scale agreement with provision for scaled disagreement or partial credit. "
        "Psychological Bulletin, 70, 213–220.",
    ),
    (
        ("conger",),
        "Conger, A. J. (1980). Integration and generalization of kappas for multiple raters. Psychological Bulletin, "
        "88, 322–328.",
    ),
    (
        (),
        "Field, C. A., & Welsh, A. H. (2007). Bootstrapping clustered data. Journal of the Royal Statistical Society B, 69, "
        "369–390.",
    ),
    (
        ("fleiss",),
        "Fleiss, J. L. (1971). Measuring nominal scale agreement among many raters. Psychological Bulletin, 76, "
        "378–382.",
    ),
    (
        ("ac1",),
        "Gwet, K. L. (2008). Computing inter-rater reliability and its variance in the presence of high agreement. "
        "British Journal of Mathematical and Statistical Psychology, 61, 29–48.",
    ),
    (("ac2",), "Gwet, K. L. (2014). Handbook of inter-rater reliability (4th ed.). Advanced Analytics."),
    (
        ("kalpha",),
        "Hayes, A. F., & Krippendorff, K. (2007). Answering the call for a standard reliability measure for coding data. "
        "Communication Methods and Measures, 1, 77–89.",
    ),
    (
        ("f1", "precision", "recall"),
        "Hripcsak, G., & Rothschild, A. S. (2005). Agreement, the F-measure, and reliability in "
        "information retrieval. Journal of the American Medical Informatics Association, 12, 296–298.",
    ),
    (("alpha",), "Krippendorff, K. (2004). Content analysis: An introduction to its methodology (2nd ed.). Sage."),
    (("alpha",), "Krippendorff, K. (2011). Computing Krippendorff’s alpha-reliability. University of Pennsylvania."),
    (
        ("unitizing",),
        "Krippendorff, K., Mathet, Y., Bouvry, S., & Widlöcher, A. (2016). On the reliability of unitizing "
        "textual continua: Further developments. Quality & Quantity, 50, 2347–2364.",
    ),
    (
        ("gamma_cat", "gamma_k"),
        "Mathet, Y. (2017). The agreement measure gamma-cat: A complement to gamma focused on categorization of a continuum. "
        "Computational Linguistics, 43, 661–681.",
    ),
    (
        ("gamma",),
        "Mathet, Y., Widlöcher, A., & Métivier, J.-P. (2015). The unified and holistic method gamma for inter-annotator "
        "agreement measure and alignment. Computational Linguistics, 41, 437–479.",
    ),
    (
        ("alpha",),
        "Passonneau, R. J. (2006). Measuring agreement on set-valued items (MASI) for semantic and pragmatic "
        "annotation. LREC 2006.",
    ),
    (
        ("pi",),
        "Scott, W. A. (1955). Reliability of content analysis: The case of nominal scale coding. Public Opinion "
        "Quarterly, 19, 321–325.",
    ),
)


def references(measures: list[str]) -> list[str]:
    """What the measures and their intervals were taken from."""
    return [words for of, words in REFERENCES if not of or {*of} & {*measures}]


SHORT = {
    "percent": "percent",
    "alpha": "alpha",
    "kappa": "kappa",
    "pi": "pi",
    "fleiss": "Fleiss",
    "conger": "Conger",
    "ac1": "AC1",
    "ac2": "AC2",
    "s": "S",
    "unitizing": "unitizing",
    "precision": "precision",
    "recall": "recall",
    "f1": "F1",
    "gamma": "gamma",
    "gamma_cat": "gamma-cat",
    "gamma_k": "gamma-k",
}


BRIEF = {"u": "u", "bar_u": "|u", "cu": "cu", "k": "(k)u"}  # variants as a narrow column names them


def short(measure: str, variant: str) -> str:
    """A measure as a narrow column names it: "alpha", "F1 exact"."""
    return f"{SHORT[measure]} {BRIEF.get(variant, VARIANTS[variant])}".strip()


def title(measure: str, variant: str) -> str:
    """A measure as a heading names it: "Krippendorff's alpha, MASI"."""
    words = MEASURES[measure][0].upper() + MEASURES[measure][1:]
    return f"{words}, {VARIANTS[variant]}" if VARIANTS.get(variant) else words


def of_sets(measure: str, variant: str) -> str:
    """The title of a measure over all codes, where alpha has two kinds."""
    return f"{title(measure, '')}, nominal" if (measure, variant) == ("alpha", "nominal") else title(measure, variant)


def number(value: float | None, digits: int = 2) -> str:
    """Two decimals, without a zero before the point of what cannot exceed 1: .67, 1.00; "n/a" for what is undefined."""
    if value is None:
        return "n/a"
    words = f"{abs(value):.{digits}f}"
    words = words[1:] if words.startswith("0.") else words
    return MINUS + words if round(value, digits) < 0 else words


def between(low: float | None, high: float | None) -> str:
    """An interval: ".65 – .70", or a dash when there is none."""
    return DASH if low is None or high is None else f"{number(low)} {DASH} {number(high)}"


class HasEnds(Protocol):
    """An interval, or the range of values with each document left out in turn, or neither."""

    @property
    def low(self) -> float | None: ...
    @property
    def high(self) -> float | None: ...
    @property
    def lowest(self) -> float | None: ...
    @property
    def highest(self) -> float | None: ...


def within(one: HasEnds) -> str:
    """An interval; in brackets the range where there is none: "(.65 – .70)"."""
    if one.low is None and one.lowest is not None:
        return f"({between(one.lowest, one.highest)})"
    return between(one.low, one.high)


def share(value: float) -> str:
    """A share of resamples: .243, <.001, >.999; never none or all, which resamples cannot show."""
    if value < 0.001:
        return "<.001"
    return ">.999" if value > 0.999 else number(value, 3)


def count(number: float, one: str, many: str = "") -> str:
    """ "1 document", "1,200 documents"."""
    return f"{number:,.0f} {one if number == 1 else many or one + 's'}"


def listed(names: list[str]) -> str:
    """ "A, B and C"."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def some(names: list[str], most: int = 5) -> str:
    """ "A, B and C"; of more than so many the first and how many more."""
    return listed(names if len(names) <= most + 1 else [*names[:most], f"{len(names) - most} more"])


def chance_of_gamma(facts: Mapping) -> str:
    """What gamma's chance was taken from, and how sure it is."""
    if not facts["samples"]:
        return "nothing was aligned"
    errors = facts["errors"]
    return (
        f"chance from {facts['samples']} random continua a document ({facts['sampler']}, seed {facts['seed']}), place and "
        f"category weigh {facts['place']:g} and {facts['category']:g}; Monte Carlo error {number(errors['gamma'], 4)}, of "
        f"gamma-cat {number(errors['gamma_cat'], 4)}"
    )


def told_apart(names: Sequence[str], end: Callable[[str], str], middle: Callable[[str], str]) -> list[str]:
    """Names as there is room for them: cut at the end, and those that would look alike then, in the middle."""
    cut = [end(name) for name in names]
    times = Counter(cut)
    return [middle(name) if times[short] > 1 else short for name, short in zip(names, cut, strict=True)]


def verdict(low: float | None, below: float | None) -> str:
    """Where the lower end of alpha's interval lies among the conventional values, in a sentence without praise or blame."""
    if low is None or below is None:
        return f"There is no interval to judge: documents are resampled, and at least {FEWEST} are needed."
    end = f"The lower end of the interval, {number(low)},"
    if low >= RELIABLE:
        return f"{end} is not below .800: by convention these codings can be relied on."
    if low >= FLOOR:
        return f"{end} lies between .667 and .800: by convention enough for tentative conclusions."
    return (
        f"{end} is under .667, the conventional floor even for tentative conclusions "
        f"({share(below)} of the resamples fell below it)."
    )
