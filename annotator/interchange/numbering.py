"""The labels of numbered paragraphs in Word: they are seen on the page, but are no text in the file."""

from .untrusted import attribute, local

ROMAN = (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x")
ROMAN += (9, "ix"), (5, "v"), (4, "iv"), (1, "i")


class Numbering:
    """Counts numbered paragraphs in the order in which they are asked for."""

    def __init__(self, parts: list):
        """`parts` are the roots of styles.xml and numbering.xml, either of which a document may lack."""
        elements = [child for part in parts for child in part]
        self._styles = {attribute(one, "styleId"): one for one in elements if local(one) == "style"}
        self._abstract = {
            attribute(one, "abstractNumId"): _levels(one) for one in elements if local(one) == "abstractNum"
        }
        self._lists = {attribute(one, "numId"): one for one in elements if local(one) == "num"}
        self._counts: dict[str, list[int]] = {}

    def label(self, paragraph) -> str:
        """The label of a paragraph with the blank after it: "2. ", "b) ", "• "; "" when it has none."""
        number, level = self._place(paragraph)
        found = self._lists.get(number)
        if found is None:
            return ""
        abstract = _value(found, "abstractNumId")
        levels = self._abstract.get(abstract, {})
        if level not in levels:
            return ""
        counts = self._counts.setdefault(abstract, [])
        counts += [levels[place][0] - 1 if place in levels else 0 for place in range(len(counts), level + 1)]
        counts[level] += 1
        del counts[level + 1 :]
        return _written(levels, level, counts)

    def _place(self, paragraph) -> tuple[str, int]:
        """The list and the level of a paragraph, from itself or from its style."""
        bearer, style = paragraph, _value(paragraph.find("{*}pPr"), "pStyle")
        for _ in range(10):  # styles are based on styles
            found = bearer.find("{*}pPr/{*}numPr")
            if found is not None and (number := _value(found, "numId")):
                return number, min(int(_value(found, "ilvl") or 0), 8)
            if style not in self._styles:
                break
            bearer = self._styles[style]
            style = _value(bearer, "basedOn")
        return "", 0


def _levels(abstract) -> dict[int, tuple[int, str, str]]:
    """Level -> (first number, its format, its text)."""
    return {
        int(attribute(one, "ilvl")): (
            int(_value(one, "start") or 1),
            _value(one, "numFmt") or "decimal",
            _value(one, "lvlText"),
        )
        for one in abstract.iterfind("{*}lvl")
    }


def _value(parent, name: str) -> str:
    found = None if parent is None else parent.find("{*}" + name)
    return "" if found is None else attribute(found, "val")


def _written(levels: dict[int, tuple[int, str, str]], level: int, counts: list[int]) -> str:
    _, style, words = levels[level]
    if style in ("none", "bullet"):
        return "\u2022 " if style == "bullet" else ""
    for place, count in enumerate(counts):
        words = words.replace(f"%{place + 1}", _number(count, levels[place][1] if place in levels else "decimal"))
    return words + " " if words else ""


def _number(count: int, style: str) -> str:
    if style in ("lowerLetter", "upperLetter") and count > 0:
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters if style == "lowerLetter" else letters.upper()
    if style in ("lowerRoman", "upperRoman") and 0 < count < 4000:
        return _roman(count) if style == "lowerRoman" else _roman(count).upper()
    return f"{count:02}" if style == "decimalZero" else str(count)


def _roman(count: int) -> str:
    written = ""
    for value, letters in ROMAN:
        written += letters * (count // value)
        count %= value
    return written
