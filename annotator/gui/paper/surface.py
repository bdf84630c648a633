"""What the drawing code of the view needs to draw marks, here for paper: all of them, in ink, with nothing under a pointer."""

import unicodedata
from collections import defaultdict
from typing import Literal, NamedTuple

from PySide6.QtGui import QFontMetricsF

from annotator.gui.textview.frozen import RIGHT_TO_LEFT, FrozenText
from annotator.gui.textview.index import Mark, SpanIndex
from annotator.gui.textview.painter import SpanPainter
from annotator.gui.textview.stripes import Threads
from annotator.gui.textview.styles import Styles
from annotator.gui.theme import Face
from annotator.interchange.coded_document import Coded, CodedDocument

from .paper import BLACK, Paper, ink

SIGN = 0.62  # size of "+n", as a share of the reading size
MARKS = ("Pe", "Pf", "Pi", "Po")  # categories of what closes words
Room = Literal[
    "blank", "letter", "none"
]  # what is made wider for the number of a note: no joined letters are torn apart


class NoteEnd(NamedTuple):
    """Where a number stands in its paragraph, in UTF-16, and what it says."""

    at: int
    said: str
    room: Room


class Column:
    """The column of the text."""

    def __init__(self, width: float):
        self.width = width


class Surface:
    """One coded document for one kind of paper. Positions in `index` are code points."""

    hot: str | None = None
    quiet = False

    def __init__(self, coded: CodedDocument, paper: Paper):
        self.coded, self.paper, self.theme = coded, paper, ink()
        self.page, self.text = Column(paper.body.width()), FrozenText(coded.text, coded.document.language)
        self.noted = coded.noted(memos=paper.notes, attributes=paper.attributes)
        self.by_id = {one.id: one for one in coded.annotations}
        self.index, self.threads = SpanIndex(self.text.starts), Threads(len(self.text))
        self.index.put([Mark(one.id, one.code, one.coder, *span) for one in coded.annotations for span in one.spans])
        for one in coded.annotations:
            if len(one.spans) > 1:
                self.threads.put(one.id, *self._paragraphs(one))
        self.styles = self._styles()
        small = paper.font(SIGN)
        self.sign = Face(
            small, QFontMetricsF(small)
        )  # in units of the paper: one in points would be one for the screen
        self.spans = SpanPainter(self, in_column=True)  # the numbers of notes stand behind the words
        self._note_ends: defaultdict[int, defaultdict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for n, one in enumerate(self.noted, 1):
            end = max(one.end, one.start + 1)
            self._note_ends[self.text.number_at(end - 1)][after_marks(coded.text, end)].append(n)

    def _paragraphs(self, one: Coded) -> tuple[int, int]:
        return self.text.number_at(one.start), self.text.number_at(max(one.end - 1, one.start))

    def _styles(self) -> Styles:
        made, coded = Styles(self.theme), self.coded
        pairs = {id: used.colours if self.paper.colours else (BLACK, BLACK) for id, used in coded.codes.items()}
        made.set_codes({id: (coded.codes[id].name, *pair) for id, pair in pairs.items()})
        people = {id: used.initials for id, used in coded.people.items()}
        made.set_people(people, next((id for id, said in people.items() if not said), ""))
        return made

    def strong(self) -> list[tuple[int, int, str]]:
        """Nothing is current on paper."""
        return []

    def note_ends(self, number: int) -> list[NoteEnd]:
        """Where in a paragraph the numbers of notes stand; several at one place stand together."""
        text, unit = self.coded.text, self.text.unit
        start = unit(self.text.starts[number])
        found = sorted(self._note_ends.get(number, {}).items())
        return [NoteEnd(unit(at) - start, _together(numbers), _room_behind(text, at)) for at, numbers in found]


def after_marks(text: str, end: int) -> int:
    """Behind the full stop, comma, bracket or quotation mark that follows, if words are over there: else the end itself."""
    at = end
    while at < len(text) and unicodedata.category(text[at]) in MARKS:
        at += 1
    return at if at == len(text) or text[at].isspace() else end


def _room_behind(text: str, at: int) -> Room:
    if at == len(text) or text[at] == "\n":
        return "none"
    if text[at] == " ":
        return "blank"
    return "none" if RIGHT_TO_LEFT.match(text[at - 1]) else "letter"


def _together(numbers: list[int]) -> str:
    """1, 2, 3 and 5 as “1–3, 5”."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}\N{EN DASH}{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
