"""The sheet in which one ticks among many, and the field that opens it."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QPushButton, QStyle, QWidget

from annotator.gui.dialogs.fields import button
from annotator.gui.floating import Floating
from annotator.gui.icons import paint_icon
from annotator.gui.parts import column, label, row, rule, search_field
from annotator.gui.theme import Theme

from .ticks import ROW, TickList


class SheetField(QPushButton):
    """A field that says what is chosen, and opens a sheet."""

    def __init__(self, name: str, theme: Theme):
        super().__init__()
        self.name, self.theme = name, theme
        self.setFixedHeight(28)
        self.setAutoDefault(False)
        self.setStyleSheet(
            "QPushButton { text-align: right; padding: 0 8px 0 24px; min-height: 26px; } "
            "QPushButton:focus { padding: 0 7px 0 23px; min-height: 24px; }"
            if QGuiApplication.isRightToLeft()
            else "QPushButton { text-align: left; padding: 0 24px 0 8px; min-height: 26px; } "
            "QPushButton:focus { padding: 0 23px 0 7px; min-height: 24px; }"
        )

    def say(self, words: str) -> None:
        self.setText(words)
        self.setAccessibleName(f"{self.name}: {words}")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = 6 if self.isRightToLeft() else self.width() - 22
        paint_icon(painter, "down", QRectF(x, (self.height() - 14) / 2, 14, 14), self.theme.muted)
        painter.end()


class Sheet(Floating):
    """A filter, the rows, and all or none of them. Closes at Esc, at a press elsewhere, and when the focus leaves."""

    WIDTH, HEIGHT, GAP = 440, 480, 8

    closed = Signal()

    def __init__(self, parent: QWidget, theme: Theme, *, name: str, filter: str, hint: str = ""):
        """`hint` says in small what else can be done with a row."""
        super().__init__(parent, theme)
        self.around = parent
        self.filter = search_field(filter, theme)
        self.list = TickList(name, theme)
        self.nothing = label("", "small", "muted", wrap=True)
        self.nothing.setContentsMargins(16, 4, 16, 4)
        self.every = button(self.tr("Tick all"), lambda: self.list.entries.tick_shown(True))
        self.none = button(self.tr("Tick none"), lambda: self.list.entries.tick_shown(False))
        self.hint = label(hint, "small", "muted", wrap=True)
        foot = row(self.every, self.none, self.hint, gap=8, margins=(8, 8, 16, 8))
        foot.setStretch(2, 1)
        self.body = column(self.list, gap=0, margins=(8, 0, 8, 0))
        sheet = column(column(self.filter, margins=(8, 8, 8, 8)), self.nothing, self.body, rule(), foot, gap=0)
        sheet.setStretch(2, 1)
        self.inside.addLayout(sheet)
        self.filter.textChanged.connect(self._show_only)
        self.hide()

    def open_beside(self, field: QWidget) -> None:
        """Opens at the right of a field of the window, as high as its rows need and the window allows."""
        self.filter.clear()
        self._show_only("")
        corner = field.mapTo(self.around, QPoint(field.width() + self.GAP, 0))
        if self.isRightToLeft():
            corner.setX(self.around.width() - field.mapTo(self.around, QPoint(0, 0)).x() + self.GAP)
        room = self.around.rect().adjusted(self.GAP, self.GAP, -self.GAP, -self.GAP)
        needed = self.list.entries.rowCount() * ROW + 48 + 52 + 8
        height = min(self.HEIGHT, needed, room.height())
        width = min(self.WIDTH, room.right() - corner.x())
        y = max(room.top(), min(corner.y() - 8, room.bottom() - height))
        place = QRect(corner.x(), y, width, height)
        self.setGeometry(QStyle.visualRect(self.layoutDirection(), self.around.rect(), place))
        self.setGeometry(self.geometry().adjusted(-self.EDGE, -self.EDGE, self.EDGE, self.EDGE))
        self.show()
        self.raise_()
        self.filter.setFocus(Qt.FocusReason.PopupFocusReason)
        self._watch(True)

    def close_up(self) -> None:
        if self.isVisibleTo(self.around):
            self._watch(False)
            self.hide()
            self.closed.emit()

    def _show_only(self, typed: str) -> None:
        self.list.entries.show_only(typed)
        found = self.list.entries.rowCount() > 0
        self.nothing.setText(self.tr("Nothing here holds “{typed}”.").format(typed=typed.strip()))
        self.nothing.setVisible(not found)

    def _watch(self, on: bool) -> None:
        """While it is open, and only then, it sees every press of the mouse and every turn of the focus."""
        if app := QApplication.instance():
            (app.installEventFilter if on else app.removeEventFilter)(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_up()
        elif event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.filter.hasFocus():
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            sheet = self.rect().adjusted(self.EDGE, self.EDGE, -self.EDGE, -self.EDGE)
            if isinstance(watched, QWidget) and not sheet.contains(
                self.mapFromGlobal(event.globalPosition().toPoint())
            ):
                self.close_up()
        elif event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            if watched is not self and not self.isAncestorOf(watched):
                self.close_up()
        elif event.type() == QEvent.Type.Resize and watched is self.around:
            self.close_up()
        return False
