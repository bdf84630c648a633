"""A small list of all annotations at one place, for where there are more than can be drawn. Pointing at one lights it up
in the text, choosing it makes it current."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from annotator.gui.marks import words
from annotator.gui.theme import font

from .lines import Paragraph

if TYPE_CHECKING:
    from .view import CodedTextView

ROW, MOST_ROWS, WIDEST, LEAST = 24, 12, 360, 160  # pixels, rows, pixels
GONE_AFTER = 300  # milliseconds after the pointer has left both the sign and the list
ANNOTATION = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class Crowd(QListWidget):
    """The list of one view. It floats over the text, and only one place has it at a time."""

    def __init__(self, view: "CodedTextView"):
        super().__init__(view)
        self.view = view
        self._place = QRect()
        self._timer = QTimer(self, singleShot=True, interval=GONE_AFTER)
        self._timer.timeout.connect(self.shut)
        self.setProperty("popup", "true")
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(_Row(self))
        self.setAccessibleName(self.tr("Annotations here"))
        self.itemEntered.connect(self.setCurrentItem)
        self.currentItemChanged.connect(self._light_up)
        self.itemClicked.connect(self._choose)
        self.hide()

    def annotations(self) -> list[str]:
        """What is listed, from top to bottom."""
        return [self.item(n).data(ANNOTATION) for n in range(self.count())]

    # Opening ----------------------------------------------------------------------------------------------------------

    def under(self, point: QPoint) -> bool:
        """Open for the "+n" under a point of the viewport. Answers whether there is one."""
        view, spot = self.view, self.view.on_page(point)
        page = view.page
        paragraph = page.paragraph(page.number_at(spot.y())) if len(page.heights) else None
        if paragraph is None or not hasattr(view.spans, "more_on"):
            return False
        spot -= QPointF(page.left, page.top_of(paragraph.number))
        line = paragraph.line_at(spot.y())
        more = (
            view.spans.more_on(paragraph, line) if spot.x() > paragraph.lines[line].naturalTextRect().right() else None
        )
        if more is None or not more.rect.contains(spot):
            self.leave()
            return False
        corner = page.left, page.top_of(paragraph.number) - view.verticalScrollBar().value()
        self.offer(self._on_line(paragraph, line), more.rect.translated(*corner).toAlignedRect())
        return True

    def offer(self, annotations: Sequence[str], place: QRect) -> None:
        """Open below a place of the view, the pointer being there. Where it is open already, it stays."""
        self._timer.stop()
        if self.isHidden() or place != self._place:
            self._open(annotations, place)

    def open_at_caret(self) -> None:
        """Open for the line of the caret, with the keys."""
        view = self.view
        unit = view.text.unit(view.caret())
        paragraph = view.page.around(unit)
        line = paragraph.line_of(unit - paragraph.start)
        if found := self._on_line(paragraph, line):
            view.sight.keep_caret()
            self._open(found, view.cursorRect())
            self.setFocus()
            self.setCurrentRow(found.index(view.current) if view.current in found else 0)

    def leave(self) -> None:
        """The pointer is elsewhere: close in a moment, if it does not come here."""
        if not self.isHidden() and not self.hasFocus() and not self._timer.isActive():
            self._timer.start()

    def shut(self) -> None:
        """Close; nothing is lit up any more."""
        self._timer.stop()
        if not self.isHidden():
            if self.hasFocus():
                self.view.setFocus()
            self.hide()
            self.view.hover(None)

    def _on_line(self, paragraph: Paragraph, line: int) -> list[str]:
        view = self.view
        low, high = (view.text.point(paragraph.start + end) for end in paragraph.extent_of(range(line, line + 1)))
        marks = [view.index[row] for row in view.index.in_paragraph(paragraph.number)]
        marks = sorted(
            (mark for mark in marks if mark.start < high and mark.end > low), key=lambda m: (m.start, -m.end)
        )
        return list(dict.fromkeys(mark.annotation for mark in marks))

    def _open(self, annotations: Sequence[str], place: QRect) -> None:
        self._place = place
        self.blockSignals(True)
        self.clear()
        for annotation in annotations:
            item = QListWidgetItem(self.view.describe(annotation))
            item.setData(ANNOTATION, annotation)
            self.addItem(item)
        self.blockSignals(False)
        self.view.hover(None)
        widest = max(QFontMetrics(font()).horizontalAdvance(self.item(n).text()) for n in range(self.count()))
        scroll = self.verticalScrollBar().sizeHint().width() if self.count() > MOST_ROWS else 0
        width = min(max(LEAST, widest + 64 + scroll), WIDEST, self.view.width() - 16)
        height = ROW * min(self.count(), MOST_ROWS) + 10
        x = min(max(8, place.left() - 12), self.view.width() - width - 8)
        below = place.bottom() + 4
        y = below if below + height < self.view.height() else max(4, place.top() - height - 4)
        self.setGeometry(x, y, width, height)
        self.show()
        self.raise_()

    # Choosing ---------------------------------------------------------------------------------------------------------

    def _light_up(self, item: QListWidgetItem | None) -> None:
        if item is not None and not self.isHidden():
            self.view.hover(item.data(ANNOTATION))

    def _choose(self, item: QListWidgetItem) -> None:
        annotation = item.data(ANNOTATION)
        self.shut()
        self.view.annotation_clicked.emit(annotation)

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        item = self.currentItem()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and item is not None:
            self._choose(item)
        elif event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F4):
            self.shut()
        else:
            super().keyPressEvent(event)
            event.accept()  # at the last one, Down is not for the text behind

    def enterEvent(self, event: QEnterEvent, /) -> None:
        self._timer.stop()

    def leaveEvent(self, event: QEvent, /) -> None:
        self.leave()

    def focusInEvent(self, event: QFocusEvent, /) -> None:
        super().focusInEvent(event)
        self.setCurrentRow(max(0, self.currentRow()))

    def focusOutEvent(self, event: QFocusEvent, /) -> None:
        super().focusOutEvent(event)
        self.shut()


class _Row(QStyledItemDelegate):
    """Swatch with its texture, name of the code, initials of the coder."""

    def __init__(self, crowd: Crowd):
        super().__init__(crowd)
        self.crowd = crowd

    def sizeHint(self, option: QStyleOptionViewItem, index: Index, /) -> QSize:
        return QSize(80, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, /) -> None:
        view = self.crowd.view
        mark = view.index[view.index.of(index.data(ANNOTATION))[0]]
        theme, styles, area = view.theme, view.styles, QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setPen(QPen(theme.accent, 1) if self.crowd.hasFocus() else Qt.PenStyle.NoPen)
            painter.setBrush(theme.accent_soft)
            painter.drawRoundedRect(QRectF(area).adjusted(0.5, 1.5, -0.5, -1.5), 4, 4)
        shape = QRectF(area.left() + 8, area.center().y() - 4.5, 10, 10)
        hollow = not styles.own(mark.coder) and not theme.texture(mark.code)
        painter.setPen(Qt.PenStyle.NoPen if styles.own(mark.coder) else QPen(styles.colour(mark.code), 1.5))
        painter.setBrush(theme.raised if hollow else styles.brush(painter, shape.topLeft(), mark.code))
        painter.drawRoundedRect(shape, 3, 3)
        area.adjust(28, 0, -8, 0)
        sign = styles.initials(mark.coder)
        right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        used = words(painter, area, sign, role="small", colour=theme.muted, align=right) + 8 if sign else 0
        role = "heading" if mark.annotation == view.current else "body"
        words(painter, area.adjusted(0, 0, -used, 0), styles.name(mark.code), role=role, colour=theme.text)
        painter.restore()
