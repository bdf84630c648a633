"""What a statement says of itself: its title, who speaks, where it was published and when. Proposals; the text is never
altered. Only lines set apart are believed (title, byline, source line, dateline): a date in a sentence is of something else.
"""

import re
from typing import NamedTuple

from .dates import Dated, dates

HEAD, FOOT = 8, 5  # lines with words that are looked at, at the beginning and at the end
LOOKED_AT = 20_000  # characters in which those are looked for
LONGEST_TITLE, LONGEST_BYLINE, LONGEST_PLACE = 250, 160, 60  # characters
LONGEST_LINE = 300  # characters of a line that is searched for a source or a date
LONGEST_SENTENCE = 6  # words of a title that ends in a full stop

LABELS = re.compile(
    r"(for immediate release|(press|news|media) (release|statement)|(official )?statement|communiqu[ée]( de presse)?|"
    r"comunicado( de prensa)?|pressemitteilung|보도자료|新闻稿|新聞稿|بيان صحفي)[:.]?",
    re.I,
)
SOURCE = re.compile(
    r"[\s(\[（【〔*_]*(?:sources?|quelle|fuente|fonte|источник|출처|来源|來源|出典|المصدر)\s*[:：]\s*(?P<words>.+?)[\s)\]）】〕*_.]*",
    re.I,
)
BRACKETED = re.compile(r"[(\[（【](?P<words>[^()（）]{4,120}|.*\(\d{4}\).{4,60})[)\]）】]")
DATELINE = re.compile(r"\s*(?:[(（](?P<agency>[^()（）]{2,40})[)）]\s*)?(?:[-\u2013\u2014]{1,2}|:)\s")
EDGES = " \t-\u2013\u2014,;:،、，|/·()[]（）"
SENTENCE_END = (".", "。", "!", "?", "؟", "！", "？", "…")

_WHEREOF = "on|at|regarding|concerning|about|following|in response|before|sur|à|au|aux|concernant|lors|suite|devant"
_ABOUT = rf"(?=\s+(?:{_WHEREOF})\s|\s*[:,،]|$)"
BYLINES = tuple(
    re.compile(form, re.I)
    for form in (
        r"(?:by|par|por|von)\s+(?P<who>.+)$",
        r"(?:speaker|author|orateur|auteur|발언자|글|作者|发言者|بقلم|المتحدث)\s*[:：]\s*(?P<who>.+)$",
        r"(?:\w+\s+)?(?:statement|remarks|address|speech|declaration|message|comments?|answers?|commentary)\s+"
        r"(?:made\s+|given\s+|delivered\s+|issued\s+)?(?:by|of|from)\s+(?P<who>.+?)" + _ABOUT,
        r"(?:déclaration|communiqué|discours|allocution|message|intervention)\s+(?:conjointe?\s+)?"
        r"(?:du|de la|de l[’']|des|de|d[’'])\s*(?P<who>.+?)" + _ABOUT,
        r"(?P<who>.{2,60}?)\s*(?:담화|성명|논평|론평|발표문|담화문|대답)$",
        r"(?P<who>.{0,60}대변인)$",
        r"(?P<who>.{0,30}?[发發]言人[^\s，：:就的谈談答发發表]{0,8})(?:[就的谈談答发發表，：:].*|$)",
        r"(?P<who>.{2,30}?部)(?:声明|聲明)$",
        r"(?:(?:بيان|تصريح|كلمة)\s+(?:(?:صادر\s+)?عن\s+|من\s+)?|صادر\s+عن\s+)"
        r"(?P<who>(?:ال)?(?:متحدث|ناطق|وزارة|وزير|حكومة).+?)(?=\s+(?:بشأن|حول|إزاء)\s|$)",
        r"(?P<who>(?:ال)?(?:متحدث|ناطق)\S*\s.*باسم\s.+)$",
    )
)
ARTICLE = re.compile(r"\A(?:(?:[Aa]n?|[Tt]he|une?|le|la|les|el|der|die|das)\s+|l['’])")


class Proposal(NamedTuple):
    """What a statement seems to say of itself; "" for what it does not. The date is YYYY-MM-DD."""

    title: str = ""
    speaker: str = ""
    source: str = ""
    date: str = ""


def propose(text: str) -> Proposal:
    """The metadata that the first and last lines of a text offer."""
    head = [line.strip() for line in text[:LOOKED_AT].split("\n") if line.strip()][:HEAD]
    foot = [line.strip() for line in text[-LOOKED_AT:].split("\n") if line.strip()][-FOOT:]
    around = list(dict.fromkeys([*reversed(foot), *head]))
    source, date = _source(around, foot)
    if not date:
        date = next((iso for line in around if (iso := _date_alone(line))), "")
    if not (source and date):
        agency, day = next(filter(any, map(_dateline, head)), ("", ""))
        source, date = source or agency, date or day
    speaker = next((who for line in head if (who := _speaker(line))), "")
    return Proposal(_title(head), speaker, source, date)


def _title(head: list[str]) -> str:
    """The first line that is one: not a label, a date, a byline or a source, nor so long as to be a paragraph."""
    if len(head) < 2:
        return ""
    bare = (line.strip("#*_ \t") for line in head)
    first = next((line for line in bare if line and not _is_aside(line)), "")
    is_prose = len(first) > LONGEST_TITLE or (first.endswith((".", "。")) and len(first.split()) > LONGEST_SENTENCE)
    return "" if is_prose or any(_dateline(first)) else " ".join(first.split())


def _is_aside(line: str) -> bool:
    if len(line) > LONGEST_LINE:
        return False
    byline = not line.endswith(SENTENCE_END) and (BYLINES[0].match(line) or BYLINES[1].match(line))
    return bool(byline or LABELS.fullmatch(line) or SOURCE.fullmatch(line) or _date_alone(line))


def _speaker(line: str) -> str:
    """Who speaks, by a byline or a title that says whose statement it is."""
    line = line.strip("#*_() \t")
    if len(line) > LONGEST_BYLINE or line.endswith(SENTENCE_END):
        return ""
    found = next(filter(None, (form.match(line) for form in BYLINES)), None)
    who = ARTICLE.sub("", found["who"].strip(EDGES), count=1) if found else ""
    return who[:1].upper() + who[1:]


def _source(around: list[str], foot: list[str]) -> tuple[str, str]:
    """(source, date) of a line that names its source, or of one at the end in brackets that holds a date."""
    for line in around:
        if len(line) <= LONGEST_LINE and (found := SOURCE.fullmatch(line)):
            return _parted(found["words"])
    for line in reversed(foot):
        if found := BRACKETED.fullmatch(line):
            source, date = _parted(found["words"])
            if date:
                return source, date
    return "", ""


def _parted(words: str) -> tuple[str, str]:
    """ "KCNA - October 30, 2014" -> ("KCNA", "2014-10-30")."""
    found = next(iter(dates(words)), None)
    if found is None:
        return words.strip(EDGES), ""
    return (words[: found.start].strip(EDGES) or words[found.end :].strip(EDGES)), found.iso


def _date_alone(line: str) -> str:
    """The date of a line that holds nothing else, but perhaps a place before it: "Geneva, 3 March 2020"."""
    found = _date_in(line)
    if found is None:
        return ""
    before, after = line[: found.start].strip(EDGES + "*_#"), line[found.end :].strip(EDGES + "*_#.")
    is_place = len(before) <= LONGEST_PLACE and len(before.split()) <= 4 and not any(map(str.isdigit, before))
    return found.iso if is_place and not after else ""


def _dateline(line: str) -> tuple[str, str]:
    """(agency, date) of "SELDONIA, 3 March 2020 (SNA) -- The ministry ..."."""
    found = _date_in(line[: 2 * LONGEST_PLACE])
    opened = DATELINE.match(line, found.end) if found and found.start <= LONGEST_PLACE else None
    return (opened["agency"] or "", found.iso) if found and opened else ("", "")


def _date_in(line: str) -> Dated | None:
    return next(iter(dates(line[:LONGEST_LINE])), None)
