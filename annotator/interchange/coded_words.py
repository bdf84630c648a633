"""Some words of a document with their codes, to be pasted elsewhere: plain, or with tints and names."""

from bisect import bisect_right
from collections.abc import Sequence
from html import escape

from annotator.interchange.coded_document import Coded, CodedDocument
from annotator.interchange.coded_page import TINT, mixed
from annotator.spans import segments
from annotator.text import Span, paragraphs

BETWEEN = " … "  # words that do not follow one another
MUTED = "#5d666f"


def plain(coded: CodedDocument, spans: Sequence[Span]) -> str:
    """The words; behind them in brackets the codes of all of them, below them each code of only some; then where they
    stand."""
    words = BETWEEN.join(coded.text[start:end] for start, end in spans)
    inside = [(one, _inside(one, spans)) for one in coded.annotations]
    whole = [_label(coded, one) for one, parts in inside if parts == list(spans)]
    lines = [f"{words} [{'; '.join(dict.fromkeys(whole))}]" if whole else words]
    lines += [
        f"[{_label(coded, one)}] {BETWEEN.join(coded.text[start:end] for start, end in parts)}"
        for one, parts in inside
        if parts and parts != list(spans)
    ]
    return "\n".join([*lines, _source(coded, spans)])


def rich(coded: CodedDocument, spans: Sequence[Span]) -> str:
    """The same as HTML that word processors take: the tint of the innermost code under the words, and the name of each code
    where its words end."""
    parts = []
    for number, span in enumerate(spans):
        parts += [f'<p dir="auto">{_tinted(coded, piece)}</p>' for piece in _paragraphs_of(coded.text, span)]
        if number + 1 < len(spans):
            parts.append(f"<p>{BETWEEN.strip()}</p>")
    language = f' lang="{escape(coded.document.language)}"' if coded.document.language else ""
    source = f'<p dir="auto" style="color: {MUTED}">{escape(_source(coded, spans))}</p>'
    return f'<html><head><meta charset="utf-8"></head><body{language}>{"".join(parts)}{source}</body></html>'


def _inside(one: Coded, spans: Sequence[Span]) -> list[Span]:
    """What of an annotation lies inside these spans."""
    return [
        Span(max(mine.start, start), min(mine.end, end))
        for start, end in spans
        for mine in one.spans
        if max(mine.start, start) < min(mine.end, end)
    ]


def _label(coded: CodedDocument, one: Coded) -> str:
    name, person = coded.codes[one.code].name, coded.people[one.coder]
    return f"{name}, {person.name}" if person.initials else name


def _source(coded: CodedDocument, spans: Sequence[Span]) -> str:
    """Title, date and paragraphs, as a reader counts them."""
    starts = [one.start for one in paragraphs(coded.text) if coded.text[one.start : one.end].strip()]
    first = bisect_right(starts, spans[0].start)
    last = bisect_right(starts, max(spans[-1].end - 1, spans[-1].start))
    where = f"paragraph {first}" if first == last else f"paragraphs {first}\N{EN DASH}{last}"
    date = str(coded.document.details.get("date", "")).strip()
    return f"\N{EM DASH} {', '.join(filter(None, (coded.document.title, date, where)))}"


def _paragraphs_of(text: str, span: Span) -> list[Span]:
    found = [Span(max(one.start, span.start), min(one.end, span.end)) for one in paragraphs(text)]
    return [one for one in found if one.start < one.end]


def _tinted(coded: CodedDocument, span: Span) -> str:
    """One paragraph in segments."""
    ranges = [
        (start, end, n) for n, one in enumerate(coded.annotations) for start, end in one.spans if end > span.start
    ]
    found = []
    for start, end, over in segments(ranges, span.start, span.end):
        words = escape(coded.text[start:end])
        if over:
            colour = coded.codes[coded.annotations[over[0]].code].colours[0]
            words = f'<span style="background-color: {mixed(*next(iter(TINT.items())), colour)}">{words}</span>'
        ended = [coded.annotations[n] for n in over if any(row[1] == end and row[2] == n for row in ranges)]
        if end == span.end:
            ended += [coded.annotations[n] for n in over if coded.annotations[n] not in ended]
        names = "; ".join(escape(_label(coded, one)) for one in dict.fromkeys(ended))
        found.append(words + (f' <span style="color: {MUTED}; font-size: small">[{names}]</span>' if names else ""))
    return "".join(found)
