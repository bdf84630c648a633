"""A coded document as one web page: it needs nothing else, reads in light and dark, and prints."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from annotator.interchange.coded_document import Coded, CodedDocument, OnPlace, degree, facts_of
from annotator.spans import Range, lanes, segments
from annotator.staging import staged
from annotator.text import paragraphs

TEMPLATE = Path(__file__).with_name("coded_page.html.j2")
LANES = 4  # below the words; what has none is told in the margin and under the pointer
TINT = {"#ffffff": 0.11, "#1d1f23": 0.18}  # of a code's colour in the ground of its words, on a light and a dark page
STEP = 50  # paragraphs between two words on progress


@dataclass(frozen=True, slots=True)
class Contents:
    """What stands on a page besides the text with its lanes and names."""

    notes: bool = True
    attributes: bool = False
    legend: bool = True


def write(
    coded: CodedDocument,
    path: Path,
    contents: Contents = Contents(),
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> bool:
    """Writes the page, whole or not at all. False when it was cancelled. Raises Refused."""
    try:
        with staged(path) as part, part.open("w", encoding="utf-8", newline="\n") as target:
            for words in page(coded, contents, progress=progress):
                target.write(words)
                if cancelled():
                    raise _CancelledError
    except _CancelledError:
        return False
    return True


def page(
    coded: CodedDocument,
    contents: Contents = Contents(),
    *,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Iterator[str]:
    """The page in pieces, in order. Whatever text, names and memos say is escaped."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    noted = coded.noted(memos=contents.notes, attributes=contents.attributes)
    writer = _Writer(coded, noted)
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    stream = template.stream(
        title=coded.document.title,
        language=coded.document.language,
        facts=facts_of(coded.document),
        about=writer.about(),
        people=[used for used in coded.people.values() if used.initials],
        colours=writer.colours(),
        paragraphs=writer.paragraphs(progress),
        notes=[writer.note(n, one, contents) for n, one in enumerate(noted, 1)],
        legend=list(enumerate(coded.codes.values())) if contents.legend else [],
    )
    stream.enable_buffering(64)
    return iter(stream)


class _CancelledError(Exception):
    """Nobody wants the page any more."""


class _Writer:
    """Makes plain values of one document for the template."""

    def __init__(self, coded: CodedDocument, noted: Sequence[Coded | OnPlace]):
        self.coded = coded
        self.notes = {one.number: n for n, one in enumerate(noted, 1) if isinstance(one, Coded)}
        self.ends: dict[int, list[int]] = {}  # where the place of a memo ends -> the numbers of its notes
        for n, one in enumerate(noted, 1):
            if isinstance(one, OnPlace):
                self.ends.setdefault(one.end, []).append(n)
        self.cuts = sorted(self.ends)
        self.place = {id: n for n, id in enumerate(coded.codes)}
        self.numbers: list[int] = []  # of paragraphs, as a reader counts them
        self.spans = paragraphs(coded.text)
        for span in self.spans:
            before = self.numbers[-1] if self.numbers else 0
            self.numbers.append(before + bool(coded.text[span.start : span.end].strip()))

    def about(self) -> list[tuple[str, str]]:
        """What the page is of, beside the document itself."""
        coded = self.coded
        blind = f"{coded.round} (blind)" if coded.is_blind else coded.round
        coders = ", ".join(f"{one.name} ({one.count:,})" for one in coded.people.values())
        facts = [("Project", coded.project), ("Round", blind), ("Coders", coders or "none")]
        return facts + ([("Codebook", f"version {coded.version}")] if coded.version is not None else [])

    def colours(self) -> list[dict[str, str]]:
        """Of each code: the lane and the tint, on a light and on a dark page."""
        grounds = list(TINT.items())
        return [
            {
                "light": used.colours[0],
                "dark": used.colours[1],
                "light_tint": mixed(*grounds[0], used.colours[0]),
                "dark_tint": mixed(*grounds[1], used.colours[1]),
            }
            for used in self.coded.codes.values()
        ]

    def paragraphs(self, progress: Callable[[int, int], None]) -> Iterator[dict[str, Any]]:
        """Every paragraph, empty ones too, cut into segments."""
        coded, total = self.coded, len(self.spans)
        waiting: list[Range] = [
            (span.start, span.end, n) for n, one in enumerate(coded.annotations) for span in one.spans
        ]
        waiting.sort(key=lambda row: -row[0])
        over: list[Range] = []
        for count, (start, end) in enumerate(self.spans):
            if count % STEP == 0:
                progress(count, total)
            over = [row for row in over if row[1] > start]
            while waiting and waiting[-1][0] < end:
                over.append(waiting.pop())
            blank = count > 0 and self.numbers[count] == self.numbers[count - 1]
            begun = sorted({row[2] for row in over if start <= coded.annotations[row[2]].start < end})
            yield {
                "number": self.numbers[count],
                "blank": blank or not self.numbers[count],
                "segments": self._segments(start, end, over),
                "names": [self._name(coded.annotations[n]) for n in begun],
            }

    def _segments(self, start: int, end: int, over: list[Range]) -> list[dict[str, Any]]:
        lane = _lanes(over)
        return [
            self._segment(over, lane, *piece, items)
            for low, high, items in segments(over, start, end)
            for piece in self._pieces(low, high)
        ]

    def _pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """A segment, cut where a memo on a place ends."""
        inside = self.cuts[bisect_right(self.cuts, start) : bisect_left(self.cuts, end)]
        return pairwise((start, *inside, end))

    def _segment(
        self, over: Iterable[Range], lane: dict[int, int], start: int, end: int, items: tuple[int, ...]
    ) -> dict[str, Any]:
        here = [row for row in over if row[2] in items and row[0] <= start and end <= row[1]]
        here.sort(key=lambda row: -lane[row[2]])
        annotations = self.coded.annotations
        ended = [row[2] for row in here if annotations[row[2]].end == end]
        return {
            "words": self.coded.text[start:end],
            "tint": self.place[annotations[items[0]].code] if items else None,
            "about": "\n".join(self._title(annotations[n]) for n in items),
            "marks": [self._mark(row, lane[row[2]], start) for row in here],
            "notes": sorted([*(self.notes[n + 1] for n in ended if n + 1 in self.notes), *self.ends.get(end, ())]),
        }

    def _mark(self, row: Range, lane: int, start: int) -> dict[str, Any]:
        one = self.coded.annotations[row[2]]
        return {
            "number": one.number,
            "code": self.place[one.code],
            "lane": lane,
            "other": bool(self.coded.people[one.coder].initials),
            "first": one.start == start,
        }

    def _name(self, one: Coded) -> dict[str, Any]:
        person = self.coded.people[one.coder]
        return {
            "number": one.number,
            "code": self.place[one.code],
            "name": self.coded.codes[one.code].name,
            "initials": person.initials,
            "person": person.name,
            "note": self.notes.get(one.number),
        }

    def _title(self, one: Coded) -> str:
        """What stands under the pointer: code, coder if it is another, memo."""
        person = self.coded.people[one.coder]
        said = [self.coded.codes[one.code].name, *([person.name] if person.initials else [])]
        return " · ".join(said) + (f": {one.memo.strip()}" if one.memo.strip() else "")

    def note(self, number: int, one: Coded | OnPlace, contents: Contents) -> dict[str, Any]:
        """A line of the notes."""
        paragraph = self.numbers[self._paragraph_at(one.start)]
        if isinstance(one, OnPlace):
            said = {"name": "Memo", "code": None, "initials": one.initials, "person": one.person, "said": []}
            return said | {"note": number, "quote": one.quote, "memo": one.memo.strip(), "paragraph": paragraph}
        said = [(name, value) for name, value in one.attributes] if contents.attributes else []
        if contents.attributes and one.certainty is not None:
            said.append(("Certainty", degree(one.certainty)))
        return self._name(one) | {
            "quote": " … ".join(one.quotes),
            "memo": one.memo.strip() if contents.notes else "",
            "said": said,
            "paragraph": paragraph,
        }

    def _paragraph_at(self, position: int) -> int:
        return bisect_right(self.spans, position, key=lambda span: span.start) - 1


def _lanes(over: list[Range]) -> dict[int, int]:
    """One lane for all the spans that an annotation has here."""
    ends: dict[int, list[int]] = {}
    for start, end, n in over:
        ends.setdefault(n, []).extend((start, end))
    return lanes(((min(found), max(found), n) for n, found in ends.items()), LANES)


def mixed(ground: str, share: float, colour: str) -> str:
    """A colour on a ground, opaque."""
    pairs = ((int(ground[n : n + 2], 16), int(colour[n : n + 2], 16)) for n in (1, 3, 5))
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)
