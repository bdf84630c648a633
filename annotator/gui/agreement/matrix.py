"""Coder by coder: the value below the diagonal, its interval above it. A pair can be chosen."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLayout, QScrollArea, QSizePolicy, QToolTip, QWidget

from annotator.agreement.words import DASH, between, number, within
from annotator.gui.marks import words
from annotator.gui.mirror import back_key, forward_key, turn_over, turned
from annotator.gui.parts import box, column, label, row
from annotator.gui.theme import Theme, contrast, mix

from .computing import Key, Numbers
from .saying import count, said
from .why import Documents, Why

if TYPE_CHECKING:
    from annotator.agreement.result import Row

WIDE, NARROW, LEAST, HIGH = (
    56,
    42,
    35,
    36,
)  # of a cell; the least where the numbers of coders stand below and not beside
ON_ONE_LINE = 54  # from which width on an interval is
BAR = 12  # of a scroll bar
MARGIN_HEAD = 30  # over the numbers beside the rows
MOST_TINT = 0.5  # the share of accent in the ground of 1.00
FADED = 0.45  # of the words of an interval that is being computed anew
CENTRE = Qt.AlignmentFlag.AlignCenter
Pair = tuple[int, int]  # numbers of coders, the smaller first


def _tr(text: str) -> str:
    return QCoreApplication.translate("agreement", text)


def tint(theme: Theme, value: float) -> QColor:
    """The ground of a cell: the same for the same value in every project, and never so strong that words on it fade."""
    share = MOST_TINT
    while contrast(theme.text, mix(theme.canvas, theme.accent, share)) < 4.5:
        share -= 0.02
    return mix(theme.canvas, theme.accent, share * min(1.0, max(0.0, value)))


class Grid(QWidget):
    """The matrix itself. Arrows walk the pairs; Enter, Space or a click choose one, and give it up when it is the chosen."""

    SPOKEN_AS = QAccessible.Role.Table

    chosen = Signal(object)  # Pair or None
    walked = Signal()  # the keys stand elsewhere, or the numbers are others

    def __init__(self, theme: Theme):
        super().__init__()
        self.theme, self.cell = theme, WIDE
        self.names: tuple[str, ...] = ()
        self.shorts: list[str] = []
        self.pairs: dict[Pair, Row | None] = {}
        self.pair: Pair | None = None  # the chosen one
        self.at: Pair = (0, 1)  # where the keys are
        self.is_stale = False  # its intervals belong to earlier numbers
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_tr("Coder by coder"))

    def put(
        self, names: tuple[str, ...], shorts: list[str], pairs: "dict[Pair, Row | None]", pair: Pair | None
    ) -> None:
        if names != self.names:
            self.at = (0, 1)
        self.names, self.shorts, self.pairs, self.pair = names, shorts, pairs, pair
        self.setFixedSize(self.sizeHint())
        self._speak()
        self.update()

    def set_cell(self, width: int) -> None:
        self.cell = width
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        return QSize(self.cell * len(self.names) + 1, HIGH * len(self.names) + 1)

    def pair_at(self, place: QPoint) -> Pair | None:
        """The pair of a cell, on either side of the diagonal."""
        place = turned(self, place)
        column_, line = place.x() // self.cell, place.y() // HIGH
        inside = 0 <= column_ < len(self.names) and 0 <= line < len(self.names)
        return (min(column_, line), max(column_, line)) if inside and column_ != line else None

    def told(self, pair: Pair) -> str:
        """A pair as one sentence."""
        one, two = (self.names[n] for n in pair)
        who, row = _tr("{one} and {two}").format(one=one, two=two), self.pairs.get(pair)
        if row is None or row.value is None:
            return _tr("{who}: n/a, {reason}").format(who=who, reason=said(row.reason) if row else _tr("not computed"))
        bounds = "" if row.low is None else _tr(", 95% interval {words}").format(words=between(row.low, row.high))
        bounds = f" {within(row)}" if row.low is None and row.lowest is not None else bounds
        documents = count(row.documents, "document")
        parts = [f"{who}: {number(row.value)}{bounds}", f"n {row.n:,}", documents, said(row.reason)]
        return "; ".join(filter(None, parts))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        turn_over(painter, self.rect())
        for line in range(len(self.names)):
            for place in range(len(self.names)):
                area = QRect(place * self.cell, line * HIGH, self.cell, HIGH)
                if place == line:
                    words(painter, area, self.shorts[line], role="heading", colour=self.theme.text, align=CENTRE)
                else:
                    self._cell(painter, area, self.pairs.get((min(place, line), max(place, line))), below=place < line)
        for pair, is_current in ((self.pair, False), (self.at, True)):
            if pair is not None and (self.hasFocus() or not is_current) and pair[1] < len(self.names):
                area = QRectF(pair[0] * self.cell, pair[1] * HIGH, self.cell, HIGH).adjusted(1, 1, -1, -1)
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(self.theme.text if not is_current else self.theme.accent, 2))
                painter.drawRect(area)
        painter.end()

    def _cell(self, painter: QPainter, area: QRect, row: "Row | None", *, below: bool) -> None:
        theme, value = self.theme, row.value if row else None
        if below:
            painter.fillRect(area.adjusted(1, 1, -1, -1), theme.canvas if value is None else tint(theme, value))
            colour = theme.muted if value is None else theme.text
            words(painter, area, number(value), role="body", colour=colour, align=CENTRE)
        elif row is not None:
            self._ends(painter, area, row)
        else:
            words(painter, area, DASH, role="tiny", colour=theme.muted, align=CENTRE)

    def _ends(self, painter: QPainter, area: QRect, row: "Row") -> None:
        """An interval, or in brackets the range with one document left out; on two lines where a cell is narrow."""
        theme = self.theme
        colour = mix(theme.canvas, theme.muted, FADED) if self.is_stale else theme.muted
        low, high = (number(row.low), number(row.high)) if row.low is not None else ("", "")
        if row.low is None and row.lowest is not None:
            low, high = f"({number(row.lowest)}", f"{number(row.highest)})"
        if not low or self.cell >= ON_ONE_LINE:
            told = f"{low}{DASH}{high}"
            words(painter, area.adjusted(-4, 0, 4, 0), told, role="tiny", colour=colour, align=CENTRE)
            return
        above, below = area.adjusted(0, 4, 0, -HIGH // 2), area.adjusted(0, HIGH // 2, 0, -4)
        words(painter, above, low, role="tiny", colour=colour, align=CENTRE)
        words(painter, below, high, role="tiny", colour=colour, align=CENTRE)

    def _choose(self, pair: Pair | None) -> None:
        self.at = pair or self.at
        self.chosen.emit(None if pair == self.pair else pair)

    def _speak(self) -> None:
        if len(self.names) > 1:
            self.setAccessibleDescription(self.told(self.at))
        self.walked.emit()

    def unexplained(self) -> Pair | None:
        """The pair to give a reason for: where the keys are, else the first, of those that lack a value or an interval."""
        lacking = [pair for pair, row in self.pairs.items() if row is None or row.low is None]
        return self.at if self.at in lacking else next(iter(lacking), None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and (pair := self.pair_at(event.position().toPoint())):
            self._choose(pair)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        one, two = self.at
        last = len(self.names) - 1
        match event.key():
            case key if key == back_key(self):
                self.at = max(0, one - 1), two
            case key if key == forward_key(self):
                self.at = min(two - 1, one + 1), two
            case Qt.Key.Key_Up:
                self.at = one, max(one + 1, two - 1)
            case Qt.Key.Key_Down:
                self.at = one, min(last, two + 1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self._choose(self.at)
            case Qt.Key.Key_Escape if self.pair is not None:
                self._choose(self.pair)
            case _:
                super().keyPressEvent(event)
                return
        self._speak()
        self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            pair = self.pair_at(event.pos())
            QToolTip.showText(event.globalPos(), self.told(pair) if pair else "", self)
            return True
        return super().event(event)

    def focusInEvent(self, event) -> None:
        super().focusInEvent(event)
        self.update()


class CoderMatrix(QWidget):
    """The matrix under its title, and below it each coder: how much they mark, and the others without them."""

    chosen = Signal(object)  # the names of a pair, or None
    menu_wanted = Signal(object)  # where, on the screen
    open_wanted = Signal(str)  # the id of a document

    def __init__(self, theme: Theme):
        super().__init__()
        self.theme = theme
        self.documents_of: Callable[[Sequence[str]], Documents] = lambda coders: []  # that a number of coders is of
        self.is_narrow = False  # the numbers of coders stand below the matrix
        self.why = Why(theme)
        self.why.setContentsMargins(0, 0, 0, 0)
        self.why.open_wanted.connect(self.open_wanted)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda at: self.menu_wanted.emit(self.mapToGlobal(at)))
        self.setProperty("ground", "canvas")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.caption = label("", "small", "muted", wrap=True)
        self.hint = label("", "small", "muted", wrap=True)
        self.grid = Grid(theme)
        self.grid.walked.connect(self._tell)
        self.grid.chosen.connect(lambda pair: self.chosen.emit(pair and tuple(self.grid.names[n] for n in pair)))
        self.beside, self.under = QWidget(), QWidget()
        self.around = QScrollArea()
        self.below = column(self.grid, self.under, gap=0)
        self.around.setWidget(box(self.below, ground="canvas"))
        self.around.setWidgetResizable(True)
        self.grid.setAutoFillBackground(False)
        self.around.setFrameShape(QFrame.Shape.NoFrame)
        self.around.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.around.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.around.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.left = column(self.around, None, gap=0)
        self.inside = row(self.left, self.beside, gap=4)
        self.inside.setStretch(0, 1)
        head = label(self.tr("Coder by coder"), "heading")
        whole = column(head, self.caption, self.inside, 4, self.hint, self.why, None, gap=4, margins=(0, 5, 0, 0))
        self.setLayout(whole)

    def show_numbers(
        self, numbers: Numbers, key: Key, *, name: str, shorts: Sequence[str], pair: tuple[str, ...] | None
    ) -> None:
        """`name` is the measure in the middle of a sentence; `pair` are the names of the pair that the codes show."""
        coders = numbers.coders
        places = [(g, h) for h in range(len(coders)) for g in range(h)]
        pairs = {(g, h): numbers.row(key, None, (coders[g], coders[h])) for g, h in places}
        chosen = (coders.index(pair[0]), coders.index(pair[1])) if pair else None
        self.grid.put(coders, list(shorts), pairs, chosen)
        self._captions(key, name, pair)
        self.beside = _replaced(self.inside, self.beside, self._people(numbers, key))
        self.under = _replaced(self.below, self.under, self._people(numbers, key, lying=True))
        self.fit(self.width())

    def _tell(self) -> None:
        """Why a pair has no value or no interval; where the keys are is in sight."""
        if self.grid.hasFocus():
            g, h = self.grid.at
            self.around.ensureVisible(g * self.grid.cell + self.grid.cell // 2, h * HIGH + HIGH // 2, self.grid.cell, 0)
        pair = self.grid.unexplained()
        if pair is None:
            self.why.say("", [])
        else:
            self.why.say(f"{self.grid.told(pair)}.", self.documents_of([self.grid.names[n] for n in pair]))

    def _tell_without(self, group: Sequence[str], row: "Row | None") -> None:
        """The same of all coders but one."""
        words = self.tr("{names}: n/a, {reason}.")
        reason = said(row.reason) if row else self.tr("not computed")
        self.why.say(words.format(names=", ".join(group), reason=reason), self.documents_of(group))

    @property
    def _margin(self) -> int:
        """What stands beside the cells."""
        return self.beside.sizeHint().width() + 4

    @property
    def people(self) -> QWidget:
        """The numbers of each coder, where they stand now."""
        return self.under if self.is_narrow else self.beside

    def set_stale(self, stale: bool) -> None:
        """The intervals are being computed anew."""
        self.grid.is_stale = stale
        self.grid.update()

    def fit(self, width: int) -> None:
        """Cells as wide as the width allows, the numbers of coders below where that makes room; where even the narrowest do
        not fit, the matrix scrolls."""
        people = max(1, len(self.grid.names))
        self.is_narrow = (width - self._margin - 1) // people < NARROW
        width -= 0 if self.is_narrow else self._margin
        self.grid.set_cell(max(LEAST if self.is_narrow else NARROW, min(WIDE, (width - 1) // people)))
        self.left.setContentsMargins(0, 0 if self.is_narrow else MARGIN_HEAD, 0, 0)
        self.beside.setVisible(not self.is_narrow)
        self.under.setVisible(self.is_narrow)
        self.under.setFixedWidth(self.grid.width())
        bar = BAR if self.grid.width() > width else 0
        under = self.under.sizeHint().height() if self.is_narrow else 0
        self.around.setFixedHeight(self.grid.height() + under + bar)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit(self.width())

    def wanted_width(self, room: int) -> int:
        """As wide as the matrix wants, between what its words need and what may be taken from the codes."""
        wide = room >= 960
        cells = len(self.grid.names) * (WIDE if wide else NARROW) + 1 + BAR + self._margin
        return max(288 if wide else 216, min(cells, round(room * (0.4 if wide else 0.36))))

    def _captions(self, key: Key, name: str, pair: tuple[str, ...] | None) -> None:
        words = self.tr("Below {measure} over all codes, above its 95% interval.").format(measure=name)
        if key[0] in ("precision", "recall"):
            words += " " + self.tr("The coder over the column is the reference.")
        self.caption.setText(words)
        many = len(self.grid.names) > 2
        hint = self.tr("Choose a pair to see its codes.") if pair is None else self.tr("The codes show this pair.")
        self.hint.setText(hint)
        self.hint.setVisible(many)

    def _people(self, numbers: Numbers, key: Key, *, lying: bool = False) -> QWidget:
        """Beside their rows, or `lying` below their columns: spans per document of each coder and, of four coders or more,
        all without them."""
        coders, coded = numbers.coders, numbers.result.settings["counts"]["coded"]
        rest = [tuple(other for other in coders if other != one) for one in coders]
        without = [numbers.row(key, None, group) for group in rest] if len(coders) > 3 else []
        uses = [sum(use.by_coder[g] for use in numbers.result.uses) for g in range(len(coders))]
        spans = [uses[g] / coded[name] if coded[name] else 0.0 for g, name in enumerate(coders)]
        lists = {self.tr("spans\nper doc."): [label(f"{amount:.1f}") for amount in spans]}
        if any(without):
            told = zip(rest, without, strict=True)
            lists[self.tr("all\nwithout")] = [self._without(group, row) for group, row in told]
        made = QWidget()
        made.setLayout(_lying(lists) if lying else _standing(lists))
        made.setToolTip(self.tr("Spans per document, and the agreement of all without this coder"))
        return made

    def _without(self, group: Sequence[str], row: "Row | None") -> QLabel:
        """The number of a group; where it has none, a link to why."""
        words = number(row.value if row else None)
        if row is not None and row.value is not None:
            return label(words)
        made = label("")
        made.setTextFormat(Qt.TextFormat.RichText)
        made.setText(f'<a href="why" style="color: {self.theme.accent_ink.name()}">{words}</a>')
        flags = Qt.TextInteractionFlag
        made.setTextInteractionFlags(flags.LinksAccessibleByMouse | flags.LinksAccessibleByKeyboard)
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.setAccessibleName(self.tr("Why {names} have no number").format(names=", ".join(group)))
        made.linkActivated.connect(lambda link: self._tell_without(group, row))
        return made


def _replaced(layout: QLayout, before: QWidget, after: QWidget) -> QWidget:
    layout.replaceWidget(before, after)
    after.show()  # at once: a layout shows it one turn later
    before.hide()
    before.deleteLater()
    return after


def _standing(lists: Mapping[str, Sequence[QLabel]]) -> QGridLayout:
    """A column a list, as high as the rows of the matrix."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(10)
    grid.setVerticalSpacing(0)
    grid.setRowMinimumHeight(0, MARGIN_HEAD)
    for n, (head, numbers) in enumerate(lists.items(), 1):
        _put(grid, label(head, "tiny", "muted"), 0, n)
        for g, made in enumerate(numbers, 1):
            grid.setRowMinimumHeight(g, HIGH)
            _put(grid, made, g, n)
        grid.setRowStretch(len(numbers) + 1, 1)
    return grid


def _lying(lists: Mapping[str, Sequence[QLabel]]) -> QGridLayout:
    """A row a list under its head, as wide as the columns of the matrix."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 4, 0, 0)
    grid.setSpacing(0)
    for n, (head, numbers) in enumerate(lists.items()):
        grid.addWidget(label(" ".join(head.split()), "tiny", "muted"), 2 * n, 0, 1, len(numbers))
        for g, made in enumerate(numbers):
            grid.setColumnStretch(g, 1)
            grid.addWidget(made, 2 * n + 1, g, CENTRE)
    return grid


def _put(grid: QGridLayout, words: QLabel, line: int, place: int) -> None:
    words.setAlignment(Qt.AlignmentFlag.AlignRight)
    side = Qt.AlignmentFlag.AlignBottom if line == 0 else Qt.AlignmentFlag.AlignVCenter
    grid.addWidget(words, line, place, Qt.AlignmentFlag.AlignRight | side)
