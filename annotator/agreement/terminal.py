"""Agreement as a table of words, for a terminal."""

import unicodedata

from annotator.agreement.advice import Advice
from annotator.agreement.estimates import HEADLINES
from annotator.agreement.prevalence import MEAN, NAMES, lines, of_everyone, warning
from annotator.agreement.result import Result, Row
from annotator.agreement.words import chance_of_gamma, count, listed, number, of_sets, short, title, within


def table(result: Result) -> str:
    """What was compared; every measure over all codes; the codes by their measures; a matrix; notes on what is n/a."""
    notes = _Notes()
    parts = [_about(result), _overall(result, notes), _by_code(result, notes), _coders(result, notes)]
    parts += [_prevalence(result), notes.told(), _advice(result), _left_out(result)]
    return "\n\n".join(part for part in parts if part) + "\n"


class _Notes:
    """Footnotes: each reason once, by number."""

    def __init__(self):
        self.reasons: list[str] = []

    def mark(self, row: Row | None, *, interval: bool = False) -> str:
        """The note that belongs to a row: why it is undefined, or what there is to know about its interval."""
        if row is None or not row.reason or (row.value is not None and not interval):
            return ""
        if row.reason not in self.reasons:
            self.reasons.append(row.reason)
        return f" [{self.reasons.index(row.reason) + 1}]"

    def told(self) -> str:
        return "\n".join(f"[{n}] {reason}" for n, reason in enumerate(self.reasons, 1))


def _about(result: Result) -> str:
    facts = result.settings
    counted = facts["counts"]
    shown = (("document", counted["documents"]), (facts["unit"], counted["units"]), ("span", counted["spans"]))
    lines = [
        f"Agreement of {listed(facts['coders'])}",
        ", ".join(count(number, what) for what, number in (*shown, ("code", facts["q"])) if number),
    ]
    if facts["replicates"]:
        lines.append(f"intervals: {facts['interval']}; {facts['replicates']:,} resamples, seed {facts['seed']}")
    return "\n".join(lines)


def _overall(result: Result, notes: _Notes) -> str:
    rows = [("All codes", "value", "95% interval", "n", "documents")]
    for row in result.rows:
        if row.code is None and list(row.coders) == result.settings["coders"]:
            name = f"{of_sets(row.measure, row.variant)} ({row.unit})"
            value, bounds = _cells(row, notes)
            rows.append((name, value, bounds, f"{row.n:,}", f"{row.documents:,}"))
    if len(rows) == 1:
        return ""
    facts = result.settings.get("gamma")
    return "\n".join([_aligned(rows), *([f"gamma: {chance_of_gamma(facts)}"] if facts else [])])


def _by_code(result: Result, notes: _Notes) -> str:
    kinds = [key for key in result.variants() if any(row.code is not None for row in _whole(result, key))]
    if not kinds:
        return ""
    main = next((key for key in (("alpha", "nominal"), *HEADLINES) if key in kinds), kinds[0])
    others = [key for key in kinds if key != main]
    rows = [("Code", "uses", short(*main), "95% interval", *(short(*key) for key in others))]
    for use in result.uses:
        cells = []
        for key in others:
            row = result.find(*key, code=use.code)
            cells.append(number(row.value if row else None) + notes.mark(row))
        value, bounds = _cells(result.find(*main, code=use.code), notes)
        rows.append((use.code, f"{use.spans:,}", value, bounds, *cells))
    return _aligned(rows)


def _whole(result: Result, key: tuple[str, str]) -> list[Row]:
    everyone = result.settings["coders"]
    return [row for row in result.rows if (row.measure, row.variant) == key and list(row.coders) == everyone]


def _coders(result: Result, notes: _Notes) -> str:
    if len(result.settings["coders"]) < 3:
        return ""
    kinds = [key for key in HEADLINES if key in result.variants()][:1] + [
        key for key in result.variants() if key[0] in ("kappa", "precision", "recall")
    ]
    parts = []
    for key in dict.fromkeys(kinds):
        matrix = result.matrix(*key)
        rows = [(f"{title(*key)}, all codes", *matrix.coders)]
        for name, cells in zip(matrix.coders, matrix.rows, strict=True):
            rows.append((name, *("" if row is None else number(row.value) + notes.mark(row) for row in cells)))
        parts.append(_aligned(rows))
    return "\n\n".join(parts)


def _prevalence(result: Result) -> str:
    """What stands beside kappa of each code, of all coders."""
    found = of_everyone(result.prevalence)
    if not found:
        return ""
    head = f"Beside kappa, {MEAN}" if found[0].is_mean else "Beside kappa"
    rows = [(head, *NAMES.values()), *((one.code, *map(number, values)) for one, values in lines(found))]
    told = warning(found)
    return "\n".join([_aligned(rows), *([f"! {told}"] if told else [])])


def _cells(row: Row | None, notes: _Notes) -> tuple[str, str]:
    if row is None:
        return "n/a", ""
    if row.value is None:
        return number(None) + notes.mark(row), ""
    return number(row.value), within(row) + notes.mark(row, interval=True)


def _advice(result: Result) -> str:
    advice = result.settings.get("advice")
    if not advice:
        return ""
    why = " ".join(Advice(**advice).sentences(with_gamma="gamma" in result.settings))
    return "\n".join([why, *(f"! {words}" for words in advice["warnings"])])


def _left_out(result: Result) -> str:
    told = [f"{count(one['number'], one['what'])} {one['reason']}" for one in result.settings["exclusions"]]
    return f"Left out: {'; '.join(told)}." if told else "Nothing was left out."


def _aligned(rows: list[tuple[str, ...]]) -> str:
    """Columns as wide as their widest cell, the first to the left and the others to the right; notes stand outside them."""
    bare = [[cell.partition(" [")[0] for cell in row] for row in rows]
    note = [[cell[len(b) :] for cell, b in zip(row, plain, strict=True)] for row, plain in zip(rows, bare, strict=True)]
    widths = [max(map(_width, column)) for column in zip(*bare, strict=True)]
    after = [max(map(len, column)) for column in zip(*note, strict=True)]
    lines = []
    for plain, notes in zip(bare, note, strict=True):
        cells = [plain[0] + " " * (widths[0] - _width(plain[0]))]
        cells += [
            " " * (width - _width(cell)) + cell + told.ljust(room)
            for cell, told, width, room in zip(plain[1:], notes[1:], widths[1:], after[1:], strict=True)
        ]
        lines.append("  ".join(cells).rstrip())
    rule = "-" * max(map(_width, lines))
    return "\n".join([lines[0], rule, *lines[1:]])


def _width(words: str) -> int:
    """How many columns words take: two for wide letters, none for marks that combine."""
    return sum(
        0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
        for letter in words
    )
