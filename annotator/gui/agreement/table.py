"""The table of codes: uses, value with interval on a scale, n. Rows are walked by the keys."""

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAccessible, QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QListView, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from annotator.agreement.figures.values import PARTS
from annotator.agreement.intervals import FEW
from annotator.agreement.words import number, told_apart
from annotator.gui.marks import words
from annotator.gui.mirror import turn_over
from annotator.gui.parts import column
from annotator.gui.theme import FontRole, Theme, font, mix

from .canvas import PALE
from .computing import Key
from .forest import (
    CONVENTIONAL,
    MIDDLE,
    RIGHT,
    Columns,
    Scale,
    paint_axis,
    paint_axis_of_bars,
    paint_bar,
    paint_legend,
    paint_line_names,
    paint_lines,
    paint_value,
)
from .lines import Line, least, longest
from .saying import count, in_words, title
from .why import Documents, Why

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole
ROW, HEAD, NAMES, AXIS = 28, 28, 18, 20  # heights; the names of the lines stand in the head
NOTE = 24  # the height of what there is to know of a row
BAR = 12  # always kept free for the scroll bar, so that nothing moves when it comes


def _tr(text: str) -> str:
    return QCoreApplication.translate("agreement", text)


def code_words(line: Line) -> str:
    return _tr("All codes") if line.code is None else line.code


def remark(line: Line) -> str:
    """What there is to know about a value or its interval."""
    return line.reason


class Rows(QAbstractListModel):
    """The lines that the table shows."""

    def __init__(self, parent: QObject):
        super().__init__(parent)
        self.lines: list[Line] = []
        self.key: Key = ("alpha", "nominal")

    def put(self, lines: list[Line], key: Key) -> None:
        """The same codes with other numbers keep the place; others begin anew."""
        same = [line.code for line in lines] == [line.code for line in self.lines]
        if not same:
            self.beginResetModel()
        self.lines, self.key = lines, key
        if not same:
            self.endResetModel()
        elif lines:
            self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return code_words(line)
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return spoken(line, self.key)
        return line if role == LINE else None


def spoken(line: Line, key: Key) -> str:
    """A line as one sentence."""
    parts = [f"{code_words(line)}: {count(line.uses, 'use')}"]
    value = f"{title(line.row.measure, line.row.variant)} {line.value}"
    parts += [_tr("{share} of the text").format(share=line.share_words)]
    if line.prevalence is not None:
        parts.append(_tr("{share} of the units").format(share=line.units_words))
    if line.is_defined and line.row.low is not None:
        value += ", " + _tr("95% interval {words}").format(words=line.interval)
    parts += [value, f"n {line.row.n:,}", count(line.row.documents, "document")]
    return "; ".join(filter(None, (*parts, made_of(line), remark(line))))


def made_of(line: Line) -> str:
    """What the disagreement on a code is made of."""
    made = line.made
    if made is None or not made.total:
        return ""
    parts = [f"{in_words(part)} {100 * n / made.total:.0f}%" for part, n in zip(PARTS, made.apart, strict=True) if n]
    return (
        _tr("of {total} comparisons: {parts}").format(total=f"{made.total:,}", parts=", ".join(parts)) if parts else ""
    )


def needed(lines: list[Line]) -> dict[str, int]:
    """The width of the longest words in the columns whose words differ in length."""
    strong, plain = QFontMetrics(font("heading")), QFontMetrics(font("body"))
    longest = {"code": 0, "uses": 0, "n": 0}
    for line in lines:
        metrics = strong if line.code is None else plain
        cells = {"code": code_words(line), "uses": f"{line.uses:,}", "n": f"{line.row.n:,}"}
        for name, text in cells.items():
            longest[name] = max(longest[name], metrics.horizontalAdvance(text) + 2)
    return longest


class CodeTable(QWidget):
    """Head, rows, scale, and below them what there is to know about the current row. A click or Enter chooses a code."""

    chosen = Signal(object)  # the name of a code; None: all codes
    open_wanted = Signal(str)  # the id of a document
    menu_wanted = Signal(object)  # where, on the screen

    def __init__(self, theme: Theme):
        super().__init__()
        self.documents_of: Callable[[Line], Documents] = lambda line: []  # those that a value is of
        self.theme, self.rows = theme, Rows(self)
        self.what, self.least, self.longest, self._needed = "", 0.0, 1.0, needed([])
        self._named: tuple[int, list[Line]] = (0, [])  # for which room and lines there are names
        self._names: dict[str | None, str] = {}
        self.is_stale = False  # intervals and make-up belong to earlier numbers
        self.list = QListView()
        self.list.setModel(self.rows)
        self.list.setItemDelegate(LinePainter(self))
        self.list.setAccessibleName(self.tr("Codes"))
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.clicked.connect(self._choose)
        self.list.activated.connect(self._choose)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(lambda at: self.menu_wanted.emit(self.list.mapToGlobal(at)))
        self.list.selectionModel().currentChanged.connect(self._tell)
        self.rows.dataChanged.connect(self._tell)
        self.rows.modelReset.connect(self._tell)
        self.head = Strip(HEAD + NAMES, self._paint_head, name=self.tr("Heads of the columns"))
        self.axis = Strip(AXIS, self._paint_axis, name=self.tr("Scale"))
        self.note = Why(theme)
        self.note.open_wanted.connect(self.open_wanted)
        self.note.setMinimumHeight(NOTE)
        self.setLayout(column(self.head, self.list, self.axis, self.note, None, gap=0))
        self.setMinimumHeight(HEAD + NAMES + 3 * ROW + AXIS)
        self.setFocusProxy(self.list)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_lines(self, lines: list[Line], key: Key, *, what: str) -> None:
        """`what` heads the scale: the measure, and of whom."""
        self.what, self.least, self.longest = what, least(lines), longest(lines)
        self._needed = needed(lines)
        self.rows.put(lines, key)
        self._tell()
        self._fit()
        self.head.setAccessibleDescription(", ".join(filter(None, self.heads().values())))
        for part in (self.head, self.axis, self.list.viewport()):
            part.update()

    def set_stale(self, stale: bool) -> None:
        """Intervals and what disagreement is made of are being computed anew."""
        self.is_stale = stale
        self.list.viewport().update()

    def heads(self) -> dict[str, str]:
        """The columns in sight and their names."""
        names = {
            "code": self.tr("Code"),
            "uses": self.tr("Uses"),
            "share": self.tr("Of text"),
            "units": self.tr("Of units"),
            "percent": self.tr("Percent"),
            "scale": self.what,
            "value": "",
            "interval": self.tr("95% interval"),
            "bars": self.tr("Disagreement, %"),
            "n": "n",
            "documents": self.tr("Documents"),
        }
        return {name: names[name] for name in self.columns().at}

    def columns(self) -> Columns:
        """The columns in the present width; those that would say nothing new are left out."""
        lines, key = self.rows.lines, self.rows.key
        without = set[str]()
        if key[0] == "percent" or not any(line.percent for line in lines):
            without.add("percent")
        if all(line.prevalence is None for line in lines):
            without.add("units")
        if not any(line.made and line.made.total for line in lines):
            without.add("bars")
        return Columns(self.width() - BAR, needed=self._needed, without=without)

    def names(self) -> dict[str | None, str]:
        """The codes as their column has room for them."""
        room, metrics = self.columns().at["code"][1], QFontMetrics(font("body"))
        if room != self._named[0] or self.rows.lines is not self._named[1]:
            self._named = room, self.rows.lines
            told = [code_words(line) for line in self.rows.lines]
            cut, mode = metrics.elidedText, Qt.TextElideMode
            short = told_apart(
                told, lambda name: cut(name, mode.ElideRight, room), lambda name: cut(name, mode.ElideMiddle, room)
            )
            self._names = {line.code: name for line, name in zip(self.rows.lines, short, strict=True)}
        return self._names

    def scale(self) -> Scale:
        return Scale.of(self.columns(), self.least)

    def has_lines(self) -> bool:
        """Whether the conventional lines mean anything for the measure."""
        return self.rows.key[0] in CONVENTIONAL

    def _tell(self, *_: object) -> None:
        """What there is to know about the current row, and else what hollow dots mean."""
        index, lines = self.list.currentIndex(), self.rows.lines
        line = lines[index.row()] if index.isValid() and index.row() < len(lines) else None
        words, found = "", list[tuple[str, str]]()
        if line and remark(line):
            words = self.tr("{code}: {note}.").format(code=code_words(line), note=remark(line))
            found = [] if line.is_defined and line.row.low is not None else self.documents_of(line)
        elif any(line.few == "documents" for line in lines):
            words = self.tr("Few documents: fewer than {most}, so the dots are hollow.").format(most=FEW)
            if any(line.row.lowest is not None for line in lines):
                words += " " + self.tr("In brackets: the range of values with one document left out.")
        self.note.say(words, found, keep=True)

    def _choose(self, index: QModelIndex) -> None:
        if index.row() < len(self.rows.lines):
            self.chosen.emit(self.rows.lines[index.row()].code)

    def _fit(self) -> None:
        """The list shows whole rows, and no more than there are; the scale follows the last."""
        room = self.height() - HEAD - NAMES - AXIS - max(NOTE, self.note.heightForWidth(self.width()))
        self.list.setFixedHeight(ROW * max(1, min(len(self.rows.lines), room // ROW)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _paint_head(self, painter: QPainter, rect: QRect) -> None:
        columns, theme, heads = self.columns(), self.theme, self.heads()
        line = QRect(0, 0, rect.width(), HEAD)
        for name, text in heads.items():
            area = columns.area(name, line, "value" if name == "scale" else "")
            align = MIDDLE if name in ("code", "scale", "bars") else RIGHT
            words(painter, area, text, role="small", colour=theme.muted, align=align)
        painter.setPen(QPen(theme.rule, 1))
        painter.drawLine(0, HEAD - 1, rect.width(), HEAD - 1)
        if self.has_lines():
            paint_line_names(painter, self.scale(), QRect(0, HEAD, rect.width(), NAMES), theme)
        if "bars" in columns.at:
            paint_legend(painter, columns.area("bars", QRect(0, HEAD, rect.width(), NAMES)), theme)

    def _paint_axis(self, painter: QPainter, rect: QRect) -> None:
        if self.rows.lines:
            paint_axis(painter, self.scale(), self.theme)
            if "bars" in self.columns().at:
                paint_axis_of_bars(painter, self.columns().area("bars", rect), self.longest, self.theme)


class Strip(QWidget):
    """A fixed height across the table, painted by a function."""

    SPOKEN_AS = QAccessible.Role.Graphic

    def __init__(self, height: int, paint: Callable[[QPainter, QRect], None], *, name: str):
        super().__init__()
        self.setAccessibleName(name)
        self.setFixedHeight(height)
        self._paint = paint

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        turn_over(painter, self.rect())
        self._paint(painter, self.rect())
        painter.end()


class LinePainter(QStyledItemDelegate):
    """A row of the table."""

    def __init__(self, table: CodeTable):
        super().__init__(table.list)
        self.table = table

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line, theme = index.data(LINE), self.table.theme
        turn_over(painter, option.rect)
        self._ground(painter, option, index)
        columns = self.table.columns()
        rect = QRect(0, option.rect.top(), self.table.width() - BAR, option.rect.height())
        self._figures(painter, columns, rect, line)
        if line.is_defined:
            area, scale = columns.area("scale", rect), Scale.of(columns, self.table.least)
            if self.table.has_lines():
                paint_lines(painter, scale, rect.top(), rect.bottom() + 1, theme)
            painter.setOpacity(PALE if self.table.is_stale else 1.0)
            paint_value(painter, scale, line, area, theme)
            painter.setOpacity(1.0)
        if "bars" in columns.at:
            painter.setOpacity(PALE if self.table.is_stale else 1.0)
            paint_bar(painter, line, columns.area("bars", rect), self.table.longest, theme)
            painter.setOpacity(1.0)
        if line.code is None:
            painter.setPen(QPen(theme.rule, 1))
            painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, state = self.table.theme, option.state
        walked = self.table.list.hasFocus() and index == self.table.list.currentIndex()
        chosen = walked or bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            over = theme.hover_of(theme.canvas)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush((theme.accent_soft if self.table.list.hasFocus() else over) if chosen else over)
            painter.drawRoundedRect(option.rect, 6, 6)

    def _figures(self, painter: QPainter, columns: Columns, rect: QRect, line: Line) -> None:
        theme = self.table.theme
        strong: FontRole = "heading" if line.code is None else "body"
        cells: dict[str, tuple[str, FontRole, QColor]] = {
            "uses": (f"{line.uses:,}", strong, theme.text),
            "share": (line.share_words, strong, theme.text),
            "units": (line.units_words, strong, theme.text),
            "percent": (number(line.percent.value) if line.percent else "", strong, theme.text),
            "n": (f"{line.row.n:,}", "body", theme.muted),
            "documents": (f"{line.row.documents:,}", "body", theme.muted),
        }
        if line.is_defined:
            cells["value"] = (line.value, strong, theme.text)
            fading = mix(theme.canvas, theme.muted, PALE)
            cells["interval"] = (line.interval, "body", fading if self.table.is_stale else theme.muted)
        words(painter, columns.area("code", rect), self.table.names()[line.code], role=strong, colour=theme.text)
        for name, (text, role, colour) in cells.items():
            if name in columns.at:
                words(painter, columns.area(name, rect), text, role=role, colour=colour, align=RIGHT)
        if not line.is_defined:
            self._reason(painter, columns.area("scale", rect, "interval"), line)

    def _reason(self, painter: QPainter, area: QRect, line: Line) -> None:
        """n/a, and why, in the place of the value."""
        theme = self.table.theme
        used = words(painter, area, line.value, role="small", colour=theme.text)
        words(painter, area.adjusted(used + 8, 0, 0, 0), line.reason, role="small", colour=theme.muted)
