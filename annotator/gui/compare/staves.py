"""The text with a stave under every line: place says coder, colour says code, caps say boundary, dots say nothing here."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, cast

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QToolTip

from annotator.agreement.comparison import Place
from annotator.gui.textview.index import Mark
from annotator.gui.textview.lines import Paragraph
from annotator.gui.textview.painter import caps, ground
from annotator.gui.textview.view import CodedTextView
from annotator.gui.theme import Theme, mix

from .brackets import BracketMargin
from .comparison import Comparison, contested, cover, covered
from .stretches import Part, Run, Stretch, runs, united, without

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

FIRST, PITCH, BAR, BELOW = 3.0, 5.0, 2.0, 1.0  # of the lanes: distance from the words, lane to lane, two thicknesses
LAST = 4.0  # the room that the last of them takes
TIGHT, MANY = 4.0, 4  # the pitch where more than so many coders are laid
CAP, CAP_WIDTH = 4.0, 2.0
QUIET = 0.45  # what is left of a colour where all agree
PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
PAGE_KEYS = frozenset(
    (Qt.Key.Key_J, Qt.Key.Key_K, Qt.Key.Key_F, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Return, Qt.Key.Key_Enter)
) | {Qt.Key(Qt.Key.Key_1 + n) for n in range(9)}


class Ground(NamedTuple):
    rect: QRectF
    place: int
    strong: bool


class Bar(NamedTuple):
    """A piece of a coder's line; a thin one is that of an annotation which lies below another of the same coder."""

    rect: QRectF
    part: Part
    left: bool
    right: bool
    thin: bool


class Drawing(NamedTuple):
    """What is prepared of some lines of a paragraph; colours are chosen when it is painted."""

    grounds: list[Ground]
    bars: list[Bar]
    dots: list[tuple[QPointF, QPointF]]


class StavePainter:
    """Draws the places of one StaveView."""

    def __init__(self, view: CodedTextView):
        self.view = cast("StaveView", view)

    def build(self, paragraph: Paragraph, lines: range) -> Drawing:
        """Where everything lies on these lines, relative to the paragraph."""
        view = self.view
        numbers = sorted({int(view.index[row].annotation) for row in view.index.in_paragraph(paragraph.number)})
        drawing = Drawing([], [], [])
        if not numbers or view.comparison is None:
            return drawing
        differ = [n for n in numbers if view.places[n].kind != "match" or n == view.shown]
        for n in sorted(differ, key=lambda n: (n == view.shown, view.places[n].start - view.places[n].end)):
            drawing.grounds.extend(self._grounds(paragraph, lines, n))
        for lane, person in enumerate(view.comparison.laid):
            parts = [
                Part(start, end, n, mark.code)
                for n in numbers
                for mark in view.places[n].parts[person.id]
                for start, end in mark.spans
            ]
            line = runs(parts, view.shown)
            for run in line:
                drawing.bars.extend(self._bars(paragraph, lines, run, lane))
            silent = united(part for n in numbers if not view.places[n].parts[person.id] for part in view.covered(n))
            for start, end in without(silent, united((run.start, run.end) for run in line)):
                drawing.dots.extend(self._dots(paragraph, lines, (start, end), lane))
        return drawing

    def _grounds(self, paragraph: Paragraph, lines: range, n: int) -> list[Ground]:
        found = [(stretch, False) for stretch in self.view.covered(n)]
        if n == self.view.shown:
            found += [(stretch, True) for stretch in self.view.strong_words()]
        return [
            Ground(ground(piece), n, strong)
            for (start, end), strong in found
            for piece in paragraph.pieces(*self._inside(paragraph, start, end), lines)
        ]

    def _bars(self, paragraph: Paragraph, lines: range, run: Run, lane: int) -> list[Bar]:
        start, end = self._inside(paragraph, run.start, run.end)
        first = start if run.start == run.top.start else None
        last = end if run.end == run.top.end else None
        bars = []
        for piece in paragraph.pieces(start, end, lines):
            left, right = caps(paragraph, piece, first, last)
            y = piece.rect.bottom() + self.view.lane_top(lane)
            width = max(BAR, piece.rect.width() - left - right)
            bars.append(Bar(QRectF(piece.rect.left() + left, y, width, BAR), run.top, left, right, thin=False))
            if run.below:
                under = QRectF(piece.rect.left(), y + BAR, piece.rect.width(), BELOW)
                bars.append(Bar(under, run.below, left=False, right=False, thin=True))
        return bars

    def _dots(self, paragraph: Paragraph, lines: range, stretch: Stretch, lane: int) -> list[tuple[QPointF, QPointF]]:
        found = []
        for piece in paragraph.pieces(*self._inside(paragraph, *stretch), lines):
            y = round(piece.rect.bottom() + self.view.lane_top(lane)) + 0.5
            found.append((QPointF(piece.rect.left(), y), QPointF(piece.rect.right(), y)))
        return found

    def _inside(self, paragraph: Paragraph, start: int, end: int) -> tuple[int, int]:
        """Code points as Qt counts them in this paragraph; they may lie outside."""
        unit = self.view.text.unit
        return unit(start) - paragraph.start, unit(end) - paragraph.start

    def under(self, painter: QPainter, drawing: Drawing, paragraph: Paragraph) -> None:
        """Paint the grounds behind the words."""
        for rect, place, strong in drawing.grounds:
            painter.fillRect(rect, self.view.ground_colour(place, strong=strong))

    def over(self, painter: QPainter, drawing: Drawing, paragraph: Paragraph) -> None:
        """Paint the staves below the words."""
        for rect, part, left, right, _ in drawing.bars:
            colour = self.view.line_colour(part)
            painter.fillRect(rect, colour)
            if left:
                painter.fillRect(QRectF(rect.left(), rect.top() - 1, CAP_WIDTH, CAP), colour)
            if right:
                painter.fillRect(QRectF(rect.right() - CAP_WIDTH, rect.top() - 1, CAP_WIDTH, CAP), colour)
        pen = QPen(self.view.theme.muted, 1, Qt.PenStyle.CustomDashLine, Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([1, 3])
        painter.setPen(pen)
        for start, end in drawing.dots:
            painter.drawLine(start, end)


class StaveView(CodedTextView):
    """The text of a comparison. `annotation_clicked` and `hovered` carry the number of a place, as words."""

    painter_kind, margin_kind = StavePainter, BracketMargin

    def __init__(self, theme: Theme, parent: "QWidget | None" = None):
        self.comparison: Comparison | None = None
        self.shown: int | None = None  # the place one stands at
        self.reader: str | None = None  # the coder whose words are marked there
        self._covered: list[list[Stretch]] = []
        super().__init__(theme, parent)
        self.setAcceptDrops(False)

    @property
    def places(self) -> Sequence[Place]:
        return self.comparison.places if self.comparison else ()

    def show_comparison(self, comparison: Comparison) -> None:
        """Show the text and what is laid over it, from the beginning."""
        self.comparison, self.shown, self.reader = comparison, None, None
        self.set_codes({code.id: (code.name, code.colour[0], code.colour[1]) for code in comparison.codes.values()})
        self.show_text(comparison.text, language=comparison.document.language)
        self._mark()

    def lay_anew(self) -> None:
        """Other coders are laid: the text stays where it is, the lines make room for as many lanes."""
        self.shown = self.reader = None
        with self.sight.held():
            self.document().setDefaultFont(self.font())  # asks for `gap` again
        self.sight.settle()
        self._mark()

    def _mark(self) -> None:
        self._covered = [covered(place) for place in self.places]
        self.set_marks(Mark(str(n), "", "", *part) for n, parts in enumerate(self._covered) for part in parts)

    def stand_at(self, place: int | None, reader: str | None = None) -> None:
        """Make a place the current one; with a reader, mark the words of that coder instead of those in dispute."""
        if (place, reader) != (self.shown, self.reader):
            self.shown, self.reader = place, reader
            self.redraw()

    # how it looks -----------------------------------------------------------------------------------------------------

    @property
    def lane_pitch(self) -> float:
        return PITCH if self.comparison is None or len(self.comparison.laid) <= MANY else TIGHT

    def lane_top(self, lane: int) -> float:
        """From the bottom of the words to a coder's line."""
        return FIRST + lane * self.lane_pitch

    def gap(self, metrics: QFontMetricsF) -> float:
        count = len(self.comparison.laid) if self.comparison else 0
        return FIRST + max(0, count - 1) * self.lane_pitch + LAST

    def covered(self, place: int) -> list[Stretch]:
        """The words that any coder took at a place."""
        return self._covered[place]

    def strong_words(self) -> list[Stretch]:
        """The words of the current place that are darker."""
        place = self.places[self.shown] if self.shown is not None else None
        if place is None:
            return []
        return cover(place.parts[self.reader]) if self.reader else contested(place)

    def ground_colour(self, place: int, *, strong: bool = False) -> QColor:
        theme = self.theme
        if place == self.shown:
            return mix(theme.canvas, theme.accent, 0.34 if theme.dark else 0.24) if strong else theme.accent_soft
        return mix(theme.canvas, theme.text, 0.14 if self.hot == str(place) else 0.07)

    def line_colour(self, part: Part) -> QColor:
        colour = self.styles.colour(part.code)
        is_quiet = self.places[part.place].kind == "match" and part.place != self.shown and self.hot != str(part.place)
        return mix(self.theme.canvas, colour, QUIET) if is_quiet else colour

    def describe(self, annotation: str) -> str:
        """What the coders say at a place, for its tip."""
        comparison = self.comparison
        assert comparison is not None
        place = comparison.places[int(annotation)]
        lines = [
            f"{comparison.name(coder)}: {', '.join(map(comparison.code_name, dict.fromkeys(m.code for m in marks))) or '–'}"
            for coder, marks in place.parts.items()
        ]
        return "\n".join([f"{comparison.kind_name(place)}: {comparison.code_names(place)}", *lines])

    # events -----------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent, /) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and is_page_key(event):
            event.accept()
            return True
        return super().event(event)

    def viewportEvent(self, event: QEvent, /) -> bool:
        if isinstance(event, QHelpEvent):
            found = self.annotation_under(event.pos())
            QToolTip.showText(event.globalPos(), self.describe(found) if found else "", self)
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        if is_page_key(event):
            event.ignore()
        else:
            super().keyPressEvent(event)


def is_page_key(event: QKeyEvent) -> bool:
    """Whether a key acts on the comparison as a whole, not on the caret or a list."""
    return event.modifiers() in PLAIN and event.key() in PAGE_KEYS
