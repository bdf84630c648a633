"""Finding over the project, in the drawer: what to look for, and every hit with the words around it (KWIC)."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolButton,
    QWidget,
)

from annotator.finding import Hit, Query
from annotator.gui.dialogs.fields import Choice
from annotator.gui.marks import swatch
from annotator.gui.marks import words as draw_words
from annotator.gui.parts import Flow, Segmented, box, column, label, row, search_field
from annotator.gui.textview.frozen import reads_right_to_left
from annotator.gui.theme import Theme, font

HEIGHT = 26  # px of a row
PLACE = 176  # px for the document and the paragraph
ROW = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex
Order = Literal["place", "left", "words", "right"]
ORDERS: tuple[Order, ...] = ("place", "left", "words", "right")


class HitRow(NamedTuple):
    """A hit as the list shows it. `colours` are those of the code of its annotation, or ()."""

    hit: Hit
    title: str
    paragraph: int
    number: int  # in the order of the documents
    colours: tuple[str, ...] = ()
    code: str = ""

    def key(self, order: Order) -> Any:
        """What it is sorted by; of the words before a hit from its end, word by word."""
        if order == "left":
            return [word.casefold() for word in reversed(self.hit.left.split())], self.number
        if order in ("words", "right"):
            return getattr(self.hit, order).strip().casefold(), self.number
        return self.number


class Hits(QAbstractListModel):
    """The hits in the order that was chosen."""

    def __init__(self):
        super().__init__()
        self.rows: list[HitRow] = []
        self.order: Order = "place"
        self.seen: dict[tuple, bool] = {}  # (document, span) -> whether it was coded, of those looked at

    def clear(self) -> None:
        self.beginResetModel()
        self.rows = []
        self.seen.clear()
        self.endResetModel()

    def add(self, rows: Sequence[HitRow]) -> None:
        """More hits, behind those that are there; `sort` brings them into order."""
        if rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()

    def sort_by(self, order: Order) -> None:
        self.beginResetModel()
        self.order = order
        self.rows.sort(key=lambda one: one.key(order))
        self.endResetModel()

    def look_at(self, hit: Hit, *, coded: bool) -> None:
        """Remembers that a hit was looked at, and whether it was coded."""
        self.seen[hit.document, hit.span] = coded
        self.dataChanged.emit(self.index(0), self.index(max(0, len(self.rows) - 1)))

    def forget(self, places: Iterable[tuple]) -> None:
        """What was coded there is taken back: these hits wait again."""
        for place in places:
            self.seen.pop(place, None)
        self.dataChanged.emit(self.index(0), self.index(max(0, len(self.rows) - 1)))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        one = self.rows[index.row()]
        if role == ROW:
            return one
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{one.hit.left}{one.hit.words}{one.hit.right}"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = (one.hit.words, one.code, one.title, f"{one.hit.left}{one.hit.words}{one.hit.right}")
            return ", ".join(filter(None, said))
        if role == Qt.ItemDataRole.ToolTipRole:
            return one.title
        return None


class _Delegate(QStyledItemDelegate):
    """Draws document and paragraph, the words before ending where the hit begins, the hit, the words after."""

    def __init__(self, view: "HitList", theme: Theme):
        super().__init__(view)
        self.theme, self.view = theme, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, max(HEIGHT, QFontMetrics(font("body")).height() + 6))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        one: HitRow | None = index.data(ROW)
        if one is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRect(option.rect)
        self._ground(painter, option, area)
        inner = area.adjusted(16, 0, -16, 0)
        place = QRect(inner.left(), inner.top(), PLACE, inner.height())
        text = inner.adjusted(PLACE + 12, 0, 0, 0)
        if option.direction == Qt.LayoutDirection.RightToLeft:
            place.moveRight(inner.right())
            text = inner.adjusted(0, 0, -PLACE - 12, 0)
        self._place(painter, place, one)
        self._context(painter, text, one.hit)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, area: QRect) -> None:
        theme, state = self.theme, option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(theme.accent, 1) if self.view.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(theme.accent_soft if self.view.hasFocus() else theme.selected)
            painter.drawRoundedRect(QRectF(area).adjusted(8.5, 0.5, -8.5, -0.5), 6, 6)

    def _place(self, painter: QPainter, area: QRect, one: HitRow) -> None:
        seen = self.view.hits.seen.get((one.hit.document, one.hit.span))
        muted = self.theme.muted
        number = str(one.paragraph) + {None: "", True: " ✓", False: " –"}[seen]
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        used = draw_words(painter, area, number, role="small", colour=muted, align=right)
        left = area.adjusted(0, 0, -used - 8, 0)
        if one.colours:
            swatch(painter, left.left(), left.center().y() - 4, self.theme.colour(one.colours))
            left.adjust(16, 0, 0, 0)
        draw_words(painter, left, one.title, role="small", colour=muted)

    def _context(self, painter: QPainter, area: QRect, hit: Hit) -> None:
        """The hit stands in one column; in a script from the right what comes before it stands to its right."""
        strong = QFont(font("body"))
        strong.setBold(True)
        metrics, bold = QFontMetrics(font("body")), QFontMetrics(strong)
        words = bold.elidedText(hit.words, Qt.TextElideMode.ElideMiddle, area.width() // 2)
        width = bold.horizontalAdvance(words)
        middle = area.left() + round(area.width() * 0.42)
        at = max(area.left(), min(middle - (width // 2 if width > 120 else 0), area.right() - width))
        from_right = reads_right_to_left(hit.words)
        sides = [
            (QRect(area.left(), area.top(), at - area.left(), area.height()), Qt.AlignmentFlag.AlignRight),
            (QRect(at + width, area.top(), area.right() - at - width, area.height()), Qt.AlignmentFlag.AlignLeft),
        ]
        before, after = (hit.right, hit.left) if from_right else (hit.left, hit.right)
        painter.setFont(strong)
        painter.setPen(self.theme.text)
        painter.drawText(QRect(at, area.top(), width, area.height()), Qt.AlignmentFlag.AlignVCenter, words)
        painter.setFont(font("body"))
        for (side, align), context, first in zip(sides, (before, after), (True, False), strict=True):
            near_end = first != from_right  # the end of the words before, the beginning of those after
            mode = Qt.TextElideMode.ElideLeft if near_end else Qt.TextElideMode.ElideRight
            elided = metrics.elidedText(context, mode, side.width())
            painter.drawText(side, align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, elided)


class HitList(QListView):
    """The hits. The keys walk them, Enter goes to the place."""

    entered_hit = Signal()
    left = Signal()

    def __init__(self, theme: Theme):
        super().__init__()
        self.hits = Hits()
        self.setModel(self.hits)
        self.setUniformItemSizes(True)
        self.setItemDelegate(_Delegate(self, theme))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(self.tr("Hits"))
        self.doubleClicked.connect(lambda _: self.entered_hit.emit())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_hit.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class FindPage(QWidget):
    """The field, options, conditions on annotations, and the list."""

    asked = Signal(object)  # Query; the words were changed and Enter was pressed, or an option was
    hit_wanted = Signal(object)  # Hit: its place wants to be shown
    code_wanted = Signal()  # look at each hit and code it
    done = Signal()

    def __init__(self, theme: Theme):
        super().__init__()
        self.theme = theme
        self._below: Mapping[str, Sequence[str]] = {}
        self._bounds: Mapping[str, tuple[float | None, float | None]] = {}
        self.list = HitList(theme)
        self._build_query()
        self._build_conditions()
        self.count = label("", "small", "muted")
        self.order = Segmented(
            (self.tr("Place"), self.tr("Before"), self.tr("Hit"), self.tr("After")), 0, name=self.tr("Sort by")
        )
        self.order.setFixedWidth(240)
        self.order.changed.connect(lambda place: self.sort(ORDERS[place]))
        self.code_button = QPushButton(self.tr("Code these …"))
        self.code_button.clicked.connect(self.code_wanted)
        told = row(self.count, None, self.order, self.code_button, gap=12, margins=(16, 4, 12, 4))
        self.list.setMinimumHeight(48)  # the fields above it are whole first
        self.setLayout(column(self.query_line, self.conditions, told, self.list, gap=0))
        self.list.entered_hit.connect(self._enter)
        self.list.left.connect(self.done)
        self.setFocusProxy(self.field)
        self.say("")

    def _build_query(self) -> None:
        self.field = search_field(self.tr("Find in all documents"), self.theme)
        self.field.returnPressed.connect(self._ask)
        self.field.setMinimumWidth(160)
        self.case = self._option(self.tr("Match case"))
        self.whole = self._option(self.tr("Whole words"))
        self.pattern = self._option(self.tr("Pattern"))
        self.pattern.setToolTip(self.tr("A regular expression"))
        self.more = self._option(self.tr("Conditions"))
        self.more.setToolTip(self.tr("By code, coder, attribute, memo and certainty"))
        for option in (self.case, self.whole, self.pattern):
            option.toggled.connect(self._ask_again)
        self.more.toggled.connect(self._show_conditions)
        line = row(self.field, Flow(self.case, self.whole, self.pattern, self.more), gap=8, margins=(12, 8, 12, 4))
        line.setStretch(0, 2)
        line.setStretch(1, 3)
        self.query_line = box(line)

    def _build_conditions(self) -> None:
        where = (
            (self.tr("Anywhere"), "anywhere"),
            (self.tr("In annotations"), "coded"),
            (self.tr("Not coded"), "uncoded"),
        )
        self.where = self._choice(self.tr("Where"), where)
        self.code = self._choice(self.tr("Code"), ())
        self.coder = self._choice(self.tr("Coder"), ())
        self.certainty = self._choice(self.tr("Certainty"), ())
        self.attribute = self._choice(self.tr("Attribute"), ())
        self.value, self.memo = QLineEdit(), QLineEdit()
        self.value.setPlaceholderText(self.tr("with this value"))
        self.memo.setPlaceholderText(self.tr("Words in the memo"))
        for edit in (self.value, self.memo):
            edit.setAccessibleName(edit.placeholderText())
            edit.setFixedWidth(160)
            edit.returnPressed.connect(self._ask)
        flow = Flow(self.where, self.code, self.coder, self.certainty, self.attribute, self.value, self.memo, gap=8)
        self.conditions = box(row(flow, margins=(12, 0, 12, 4)))
        self.conditions.hide()

    def _choice(self, name: str, choices: Iterable[tuple[str, Any]]) -> Choice:
        made = Choice(self.theme, choices)
        made.setAccessibleName(name)
        made.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToContents)
        made.activated.connect(lambda _: self._ask_again())
        return made

    def _option(self, words: str) -> QToolButton:
        made = QToolButton()
        made.setText(words)
        made.setFont(font("small"))
        made.setCheckable(True)
        made.setProperty("reason", "true")
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return made

    def offer(
        self,
        *,
        codes: Sequence[tuple[str, str]],
        coders: Sequence[tuple[str, str]],
        attributes: Sequence[tuple[str, str]],
        certainties: Sequence[tuple[str, str]],
        below: Mapping[str, Sequence[str]],
        bounds: Mapping[str, tuple[float | None, float | None]],
    ) -> None:
        """What there is to choose from: (words, id); by id what stands `below` a family, and the `bounds` of a certainty.
        What was chosen stays chosen if it is still there."""
        self._below, self._bounds = below, bounds
        offers = (
            (self.code, self.tr("Any code"), codes),
            (self.coder, self.tr("Any coder"), coders),
            (self.attribute, self.tr("Any attribute"), attributes),
            (self.certainty, self.tr("Any certainty"), certainties),
        )
        for choice, none, entries in offers:
            chosen = choice.chosen()
            choice.clear()
            for words, id in ((none, None), *entries):
                choice.addItem(words, id)
            choice.choose(chosen)
        self.coder.setVisible(len(coders) > 1)

    def query(self) -> Query:
        """What is asked for, as it stands in the fields."""
        plain = Query(self.field.text(), self.pattern.isChecked(), self.whole.isChecked(), self.case.isChecked())
        if not self.more.isChecked():
            return plain
        code, coder, value = self.code.chosen(), self.coder.chosen(), self.value.text().strip()
        least, most = self._bounds.get(self.certainty.chosen(), (None, None))
        attribute = self.attribute.chosen()
        return Query(
            plain.words,
            plain.pattern,
            plain.whole,
            plain.case,
            self.where.chosen(),
            codes=frozenset([code, *self._below.get(code, ())]) if code else None,
            coders=frozenset([coder]) if coder else None,
            attributes={attribute: value} if attribute and value else {},
            memo=self.memo.text().strip() or None,
            least=least,
            most=most,
        )

    def ask_for(self, words: str) -> None:
        """Looks for these words, as if they had been typed."""
        self.field.setText(words)
        self._ask()

    def start(self) -> None:
        """A new search: nothing is there yet."""
        self.list.hits.clear()
        self.say(self.tr("Looking …"))

    def add(self, rows: Sequence[HitRow]) -> None:
        """More hits; the first one becomes current."""
        self.list.hits.add(rows)
        if rows and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self.list.hits.index(0))

    def finish(self, words: str) -> None:
        """The search is over: what it found is sorted as wanted."""
        if self.list.hits.order != "place":
            self.sort(self.list.hits.order)
        self.say(words)

    def say(self, words: str) -> None:
        """How many hits there are, or why there are none."""
        self.count.setText(words)
        self.code_button.setEnabled(bool(self.list.hits.rows))

    def sort(self, order: Order) -> None:
        """Another order; one stays at the hit that one was at."""
        current = self.current()
        self.list.hits.sort_by(order)
        if current is not None:
            self.go_to(current)

    def current(self) -> HitRow | None:
        """The hit one stands at."""
        return self.list.currentIndex().data(ROW)

    def go_to(self, one: HitRow) -> None:
        if one in self.list.hits.rows:
            self.list.setCurrentIndex(self.list.hits.index(self.list.hits.rows.index(one)))

    def step(self, way: int) -> None:
        """To the hit after (1) or before (-1) the current one, round the end, and to its place."""
        count = len(self.list.hits.rows)
        if count:
            self.list.setCurrentIndex(self.list.hits.index((self.list.currentIndex().row() + way) % count))
            self._enter()

    def _enter(self) -> None:
        if one := self.current():
            self.hit_wanted.emit(one.hit)

    def _ask(self) -> None:
        self.asked.emit(self.query())

    def _ask_again(self) -> None:
        """An option was changed: what is in the fields is looked for anew."""
        query = self.query()
        if query.words or query.of_annotations:
            self.asked.emit(query)

    def _show_conditions(self, shown: bool) -> None:
        self.conditions.setVisible(shown)
        self._ask_again()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What wraps takes the lines it needs; the list has the rest."""
        super().resizeEvent(event)
        for part in (self.query_line, self.conditions):
            if layout := part.layout():
                part.setFixedHeight(layout.heightForWidth(self.width()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.done.emit()
        elif event.key() == Qt.Key.Key_Down and self.field.hasFocus() and self.list.hits.rows:
            self.list.setFocus()
        else:
            super().keyPressEvent(event)
