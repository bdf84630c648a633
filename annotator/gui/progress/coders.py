"""The sums of all and of each coder, as a list in which one of them is chosen."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.gui.marks import words as draw_words
from annotator.gui.mirror import turn_over
from annotator.gui.progress.table import spent
from annotator.gui.theme import Theme
from annotator.progress import Sum

HEIGHT = 64  # px of a row
SUM = Qt.ItemDataRole.UserRole
RIGHT = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
Index = QModelIndex | QPersistentModelIndex


def _tr(words: str) -> str:
    return QCoreApplication.translate("progress", words)


def done_words(one: Sum) -> str:
    return _tr("{done} of {count} done").format(done=one.done, count=one.documents)


def annotation_words(count: int) -> str:
    return _tr("1 annotation") if count == 1 else _tr("{count} annotations").format(count=f"{count:,}")


def more_words(one: Sum) -> str:
    """What a sum comes to, in small: annotations, and time where it was measured."""
    return " · ".join(filter(None, (annotation_words(one.annotations), spent(one.seconds) if one.seconds else "")))


class Sums(QAbstractListModel):
    """All first, then each coder."""

    def __init__(self, parent: QObject):
        super().__init__(parent)
        self.sums: list[Sum] = []

    def put(self, sums: Sequence[Sum]) -> None:
        """The same people keep the place."""
        same = [one.coder for one in sums] == [one.coder for one in self.sums]
        if not same:
            self.beginResetModel()
        self.sums = list(sums)
        if not same:
            self.endResetModel()
        elif sums:
            self.dataChanged.emit(self.index(0), self.index(len(sums) - 1))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.sums)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        one = self.sums[index.row()]
        match role:
            case Qt.ItemDataRole.UserRole:
                return one
            case Qt.ItemDataRole.DisplayRole:
                return one.name
            case Qt.ItemDataRole.AccessibleTextRole | Qt.ItemDataRole.ToolTipRole:
                return ", ".join((one.name, done_words(one), more_words(one)))
        return None


class SumPainter(QStyledItemDelegate):
    """A name, how much is done in words and as a line, and what it comes to."""

    def __init__(self, theme: Theme, view: "CoderList"):
        super().__init__(view)
        self.theme, self.view = theme, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, one = self.theme, index.data(SUM)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        turn_over(painter, option.rect)
        chosen, over = index == self.view.currentIndex(), bool(option.state & QStyle.StateFlag.State_MouseOver)
        if chosen or over:
            focused = chosen and self.view.hasFocus()
            painter.setPen(QPen(theme.accent, 1) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(theme.accent_soft if focused else theme.selected if chosen else theme.hover)
            painter.drawRoundedRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        area = option.rect.adjusted(8, 8, -8, -8)
        used = draw_words(painter, area, done_words(one), role="small", colour=theme.muted, align=RIGHT)
        top = Qt.AlignmentFlag.AlignTop
        role = "body" if one.coder else "heading"
        name = area.adjusted(0, 0, -used - 8, 0)
        draw_words(painter, name, one.name, role=role, colour=theme.text, align=top)
        more = area.adjusted(0, 20, 0, 0)
        draw_words(painter, more, more_words(one), role="small", colour=theme.muted, align=top)
        line = QRectF(area.left(), area.bottom() - 2, area.width(), 3)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.edge)
        painter.drawRoundedRect(line, 1.5, 1.5)
        painter.setBrush(theme.good)
        painter.drawRoundedRect(QRectF(line.left(), line.top(), line.width() * one.share, 3), 1.5, 1.5)
        painter.restore()


class CoderList(QListView):
    """One is chosen, by the arrows or a click."""

    def __init__(self, theme: Theme):
        super().__init__()
        self.sums = Sums(self)
        self.setModel(self.sums)
        self.setItemDelegate(SumPainter(theme, self))
        self.setAccessibleName(_tr("Coders"))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setSpacing(0)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)

    def show_sums(self, sums: Sequence[Sum]) -> None:
        """Shows these, and keeps the one that is chosen; the first when it is gone."""
        chosen = self.chosen()
        blocked = self.selectionModel().blockSignals(True)
        self.sums.put(sums)
        place = next((n for n, one in enumerate(sums) if one.coder == chosen), 0)
        self.setCurrentIndex(self.sums.index(place))
        self.selectionModel().blockSignals(blocked)
        self.viewport().update()

    def chosen(self) -> str:
        """The coder that is chosen, "" for all; where there is but one, nobody chose."""
        sums, index = self.sums.sums, self.currentIndex()
        return sums[index.row()].coder if len(sums) > 1 and index.isValid() and index.row() < len(sums) else ""
