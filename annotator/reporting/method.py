"""The paragraphs that a paper can take over: what was done, with its sources, and what came of it."""

import re
from collections.abc import Sequence
from html import escape

from annotator.agreement.decomposition import Decomposition
from annotator.agreement.result import Headline, Result, Row
from annotator.agreement.words import (
    FLOOR,
    REFERENCES,
    RELIABLE,
    USES,
    HasEnds,
    count,
    listed,
    number,
    verdict,
)
from annotator.reporting.account import Account

SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
UNITIZED = "Krippendorff, Mathet, Bouvry, & Widlöcher, 2016"
SAYS = {  # how a measure is introduced as the headline
    (
        "alpha",
        "masi",
    ): "Krippendorff’s alpha (Krippendorff, 2004, 2011) of the set of codes that a coder gave a {unit}, "
    "with the distance MASI between two sets (Passonneau, 2006): it corrects for chance, gives part of the credit to sets "
    "that overlap, and accepts coders who did not code a document",
    (
        "alpha",
        "nominal",
    ): "Krippendorff’s alpha (Krippendorff, 2004, 2011) of the set of codes that a coder gave a {unit}, "
    "two sets being the same or not: it corrects for chance and accepts coders who did not code a document",
    (
        "unitizing",
        "u",
    ): f"the unitizing alpha u (u-alpha; {UNITIZED}), which counts both where coders placed a span and which "
    "code they gave it, corrects for chance, and accepts coders who did not code a document",
    (
        "unitizing",
        "bar_u",
    ): f"the unitizing alpha |u (|u-alpha; {UNITIZED}), which counts what is coded and what is not, "
    "whatever the code, corrects for chance, and accepts coders who did not code a document",
    (
        "percent",
        "nominal",
    ): "percent agreement, the share of pairs of coders who gave a {unit} the same codes, which is not "
    "corrected for chance",
    ("kappa", "nominal"): "Cohen’s kappa (Cohen, 1960) of two coders over the sets of codes of a {unit}",
    ("pi", "nominal"): "Scott’s pi (Scott, 1955) over the sets of codes of a {unit}",
    ("fleiss", "nominal"): "Fleiss’ kappa (Fleiss, 1971) over the sets of codes of a {unit}",
    ("conger", "nominal"): "Conger’s kappa (Conger, 1980) over the sets of codes of a {unit}",
}
OF_SPANS = (
    "the {name} of spans that have the same code and {match} (Hripcsak & Rothschild, 2005), which is not corrected for "
    "chance"
)
MATCH = {"exact": "the same ends", "overlap": "at least a character in common, matched one to one"}
BESIDE = {  # how the others are, beside it
    "percent": "percent agreement",
    "alpha": "Krippendorff’s alpha (Krippendorff, 2004, 2011)",
    "kappa": "Cohen’s kappa of each pair (Cohen, 1960)",
    "pi": "Scott’s pi of each pair (Scott, 1955)",
    "fleiss": "Fleiss’ kappa (Fleiss, 1971)",
    "conger": "Conger’s kappa (Conger, 1980)",
    "ac1": "Gwet’s AC1 (Gwet, 2008)",
    "s": "S (Bennett, Alpert, & Goldstein, 1954; Brennan & Prediger, 1981)",
    "unitizing": f"the unitizing alphas ({UNITIZED})",
    "precision": "precision and recall of spans",
    "recall": "precision and recall of spans",
    "f1": "F1 of spans with the same code, with the same ends or overlapping and matched one to one "
    "(Hripcsak & Rothschild, 2005)",
}
SHAPES = {"units": "whole {unit}s", "units with sets": "whole {unit}s"}


def method(result: Result, account: Account) -> str:
    """What was coded by whom, what is reported and why it is read as it is. As html."""
    sentences = [_coded(result, account), *_seen(account), _unit(result), _reported(result), *_beside(result)]
    sentences += [_counted(), _resampled(result), *_read(result.headline.row)]
    return escape(" ".join(sentences), quote=False)


def spelt(amount: int) -> str:
    """ "three", "14"."""
    return SMALL[amount] if amount < len(SMALL) else f"{amount:,}"


def _coded(result: Result, account: Account) -> str:
    settings = result.settings
    shape = (settings.get("advice") or {}).get("shape", "")
    what = SHAPES.get(shape, "spans of their own choice").format(unit=settings["advice"]["unit"] if shape else "")
    who = spelt(len(settings["coders"]))
    documents, codes = count(settings["counts"]["documents"], "document"), count(settings["q"], "code")
    version = ""
    if account.codebooks:
        kind = "version" if len(account.codebooks) == 1 else "versions"
        version = f" ({kind} {listed(list(account.codebooks))})"
    return f"{who.capitalize()} coders coded {what} in {documents} with a codebook of {codes}{version}."


def _seen(account: Account) -> list[str]:
    """Whether coders could see each other's work."""
    if all(phase.blind for phase in account.used):
        return ["They worked independently: none of them saw the work of another."]
    told = []
    for phase in account.used:
        if phase.revealed and not phase.blind:
            told.append(f"The round {phase.name} was blind until it was revealed to its coders on {phase.revealed}.")
        elif not phase.blind:
            told.append(f"In the round {phase.name} coders could see each other’s work.")
    return told


def _unit(result: Result) -> str:
    unit = result.headline.row.unit
    frozen = "Texts were frozen before coding"
    if unit == "span":
        return f"{frozen}; spans are intervals of their characters."
    how = result.settings["projection"][unit]
    return f"{frozen}. The unit of analysis is the {unit}: {how}; it may have several codes, or none."


def _reported(result: Result) -> str:
    row = result.headline.row
    said = SAYS.get((row.measure, row.variant))
    if said is None:
        name = "F1" if row.measure == "f1" else row.measure
        said = OF_SPANS.format(name=name, match=MATCH[row.variant])
    more = ""
    if any(one.code is not None and one.measure == row.measure for one in result.rows):
        more = "; for a single code it sets the code against its absence"
        more = "; for a single code the code is set against all other text" if row.measure == "unitizing" else more
        more = "; it is given for each code as well" if row.measure not in ("alpha", "unitizing") else more
    return f"We report {said.format(unit=row.unit)}{more}."


def _beside(result: Result) -> list[str]:
    row, everyone = result.headline.row, result.settings["coders"]
    there = {one.measure for one in result.rows if list(one.coders) == everyone}  # pairs stand in the workbook
    others = dict.fromkeys(
        BESIDE[one] for one in result.settings["measures"] if one != row.measure and one in there & {*BESIDE}
    )
    return [f"Beside it stand {listed(list(others))}."] if others else []


def _counted() -> str:
    return (
        "Sums were taken within documents and added over documents. A document that a coder did not finish is missing for "
        "that coder; one that was coded without finding anything counts."
    )


def _resampled(result: Result) -> str:
    times = result.settings["replicates"]
    if not times:
        return "No intervals were asked for."
    return (
        f"Intervals are 95% percentile intervals from {times:,} resamples of whole documents (Field & Welsh, 2007), because "
        "the units of one document are not independent."
    )


def _read(row: Row) -> list[str]:
    if row.measure not in ("alpha", "unitizing"):
        return []
    return [
        f"We read them at their lower end against the conventional values {number(FLOOR, 3)} and {number(RELIABLE, 3)} "
        f"(Krippendorff, 2004), and give no coefficient to codes used fewer than {USES} times."
    ]


def outcome(result: Result, name: str) -> str:
    """What came of it. As html; `name` is the headline's in a sentence."""
    head, counts = result.headline, result.settings["counts"]
    row = head.row
    over = f"Over {count(row.documents, 'document')}"
    if row.value is None:
        return escape(f"{over} {name} is not defined: {row.reason}.", quote=False)
    ends = "" if row.low is None else f", 95% interval {bracket(row.low, row.high)}"
    parts = [(counts["units"], row.unit), (counts["spans"], "annotated span")]
    told = ", ".join(count(amount, what) for amount, what in parts if amount and what != "span")
    sentences = [f"{over} ({told}), {name} was {number(row.value)}{ends}.", *_verdict(head)]
    if result.makeup:
        sentences += _made_of(result.makeup, result.settings["coders"])
    return escape(" ".join(sentences), quote=False)


def _verdict(head: Headline) -> list[str]:
    row = head.row
    if row.measure not in ("alpha", "unitizing"):
        return []
    return [verdict(row.low, head.below.get(str(FLOOR)))]


def _made_of(makeup: Decomposition, coders: Sequence[str]) -> list[str]:
    """What the disagreement mostly is."""
    made = makeup.of()
    apart = made.total - made.counts.get("match", 0)
    if not apart:
        return []
    where = round(100 * (made.counts.get("missed", 0) + made.counts.get("boundary", 0)) / apart)
    what = round(100 * made.counts.get("label", 0) / apart)
    rest = round(100 * made.counts.get("attribute", 0) / apart)
    first = (
        "Coders differ in where more than in what"
        if where > what
        else "Coders differ in what at least as much as in where"
    )
    pair = most_confused(makeup, coders)
    most = f", most often {pair[0]} against {pair[1]}" if pair and what else ""
    return [
        f"{first}: of the disagreement on annotations {where}% is a missed annotation or another boundary, {rest}% another "
        f"attribute, and {what}% another code for the same words{most}."
    ]


def most_confused(makeup: Decomposition, coders: Sequence[str]) -> tuple[str, str] | None:
    """The two codes that most often stand for each other, over all pairs of coders."""
    found: dict[tuple[str, str], int] = {}
    for n, one in enumerate(coders):
        for two in coders[n + 1 :]:
            for (a, b), times in makeup.confusion(one, two).items():
                if a and b and a != b:
                    pair = (a, b) if a < b else (b, a)
                    found[pair] = found.get(pair, 0) + times
    return max(sorted(found), key=lambda pair: found[pair], default=None)


def bracket(low: float | None, high: float | None) -> str:
    """ "[.65, .70]"."""
    return "–" if low is None or high is None else f"[{number(low)}, {number(high)}]"


def around(one: HasEnds) -> str:
    """An interval; in round brackets the range of values with each document left out in turn: "(.65 to .70)"."""
    if one.low is None and one.lowest is not None:
        return f"({number(one.lowest)} to {number(one.highest)})"
    return bracket(one.low, one.high)


def references(cited: str) -> list[str]:
    """What the words cite, as the list at the end; journals and books are set in italics. As html."""
    found = []
    for _, words in REFERENCES:
        author, year = words.partition(",")[0], words[words.index("(") + 1 :][:4]
        if re.search(rf"{re.escape(author)}[^;()]*\b{year}", cited):
            found.append(_italic(escape(words, quote=False)))
    return found


def _italic(words: str) -> str:
    """The journal with its volume, else the book: what stands between the title and the pages."""
    journal = re.fullmatch(r"(.*[.?:] )([A-Z][^.?]*?, \d+)(, [\d–]+\.)", words)
    if journal:
        return f"{journal[1]}<i>{journal[2]}</i>{journal[3]}"
    book = re.fullmatch(r"(.*?\(\d{4}\)\. )(.*?)( \(\d\w\w ed\.\).*|\. [^.]*\.)", words)
    return f"{book[1]}<i>{book[2]}</i>{book[3]}" if book else words
