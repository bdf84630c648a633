"""Dates as statements write them, in several languages and scripts."""

import re
from datetime import date
from typing import NamedTuple

MONTHS = {
    1: "january jan janvier janv enero januar يناير كانون_الثاني",
    2: "february feb février fevrier févr febrero februar فبراير شباط",
    3: "march mar mars marzo märz مارس آذار",
    4: "april apr avril avr abril أبريل إبريل ابريل نيسان",
    5: "may mai mayo مايو أيار",
    6: "june jun juin junio juni يونيو حزيران",
    7: "july jul juillet juil julio juli يوليو تموز",
    8: "august aug août aout agosto أغسطس آب",
    9: "september sept sep septembre septiembre سبتمبر أيلول",
    10: "october oct octobre octubre oktober أكتوبر اكتوبر تشرين_الأول",
    11: "november nov novembre noviembre نوفمبر تشرين_الثاني",
    12: "december dec décembre decembre déc diciembre dezember ديسمبر كانون_الأول",
}
NUMBERS = {name.replace("_", " "): number for number, names in MONTHS.items() for name in names.split()}
HAN = {
    digit: value
    for value, digits in enumerate(("〇零○", "一", "二", "三", "四", "五", "六", "七", "八", "九"))
    for digit in digits
}

_MONTH = "(?P<month>" + "|".join(sorted(map(re.escape, NUMBERS), key=len, reverse=True)) + r")\.?(?:/\w+)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|\.)?"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_OF = r"\s+(?:of\s+|de\s+)?"
_HAN = "〇零○一二三四五六七八九十"
FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?<!\d){_YEAR}-(?P<month>\d\d?)-(?P<day>\d\d?)(?!\d)",
        rf"(?<!\d){_YEAR}(?P<dot>[./])\s?(?P<month>\d\d?)(?P=dot)\s?(?P<day>\d\d?)(?!\d)",
        rf"(?<!\w){_DAY}{_OF}{_MONTH},?{_OF}{_YEAR}",
        rf"(?<!\w){_MONTH}\s+{_DAY},?\s+{_YEAR}",
        r"(?:주체\s?\d{2,3}\s?\()?(?<!\d)(?P<year>\d{4})\)?\s?[年년]\s?(?P<month>\d\d?)\s?[月월]\s?(?P<day>\d\d?)\s?[日号일]",
        rf"(?P<year>[{_HAN[:-1]}]{{4}})年(?P<month>[{_HAN}]{{1,3}})月(?P<day>[{_HAN}]{{1,3}})[日号]",
        rf"(?<!\d)(?P<day>\d\d?)(?P<dot>[./])(?P<month>\d\d?)(?P=dot){_YEAR}",
    )
)


class Dated(NamedTuple):
    """A date as YYYY-MM-DD, and where in the line it stands."""

    iso: str
    start: int
    end: int


def dates(line: str) -> list[Dated]:
    """The dates in a line, in its order. 3/4/2014, which is in March or in April, is none."""
    found = [(match, _iso(match)) for form in FORMS for match in form.finditer(line)]
    return sorted((Dated(iso, *match.span()) for match, iso in found if iso), key=lambda one: one.start)


def _iso(found: re.Match) -> str:
    parts = found.groupdict()
    year, month, day = (_number(parts[name]) for name in ("year", "month", "day"))
    if parts.get("dot") == "/" and found["day"] == found[0][: len(found["day"])]:
        if month > 12:
            month, day = day, month
        elif day <= 12 and day != month:
            return ""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _number(words: str) -> int:
    """A number in digits of any script, as the name of a month, or in Han numerals up to 99 or digit by digit."""
    if words.isdecimal():
        return int(words)
    if (name := words.casefold()) in NUMBERS:
        return NUMBERS[name]
    if "十" in words:
        tens, _, ones = words.partition("十")
        return 10 * HAN.get(tens, 1) + HAN.get(ones, 0)
    return int("".join(str(HAN[digit]) for digit in words))
