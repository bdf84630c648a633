"""A figure on the screen: drawn to the size, the pixels and the colours there are, and walked by the keys."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QContextMenuEvent,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from annotator.gui.theme import Theme

from .figure_words import say

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from annotator.agreement.figures.ink import Ink

CALM = 80  # ms without another size until it is drawn anew
PALE = 0.4  # of what is being computed anew
WAYS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}


@dataclass(frozen=True, eq=False)
class Picture:
    """A figure that can be shown, exported and told."""

    name: str
    file: str  # what a file of it is called, without its ending
    draw: "Callable[[Figure, Ink], Any]"  # returns what stands where, or None
    told: tuple[str, ...]  # the same in sentences
    height: int  # in a paper
    tips: dict[Any, str] = field(default_factory=dict)  # of what stands somewhere


def ink_of(theme: Theme) -> "Ink":
    from annotator.agreement.figures.ink import WHAT, WHERE, Ink

    where, what = theme.code_colours[WHERE], theme.code_colours[WHAT]
    colours = (theme.canvas, theme.text, theme.muted, theme.rule, theme.accent, where, what)
    canvas, text, muted, rule, accent, blue, orange = (colour.name() for colour in colours)
    return Ink(canvas, text, muted, rule, accent, blue, orange, theme.dark, say)


class FigureView(QWidget):
    """Arrows walk what can be chosen in it, Enter or a click chooses; the menu takes it out."""

    SPOKEN_AS = QAccessible.Role.Graphic

    chosen = Signal(object)  # what stands there: a row, a cell, a document
    menu_wanted = Signal(object)  # where, on the screen

    def __init__(self, theme: Theme):
        super().__init__()
        self.theme = theme
        self.picture: Picture | None = None
        self.areas: dict[Any, tuple[float, float, float, float]] = {}
        self.at: Any = None  # where the keys are
        self.is_stale = False
        self._image: QImage | None = None
        self._drawn_for: tuple = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.redraw)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)

    def show_picture(self, picture: Picture | None) -> None:
        """Another figure, or the same with other numbers."""
        self.picture, self._drawn_for, self._image, self.areas = picture, (), None, {}
        self.setAccessibleName(picture.name if picture else "")
        self._tell()
        self.update()

    def set_stale(self, stale: bool) -> None:
        """What it shows is being computed anew."""
        if stale != self.is_stale:
            self.is_stale = stale
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(320, 200)

    def redraw(self) -> None:
        """Draws it for the present size, pixels and colours."""
        wanted = self._wanted()
        if self.picture is None or self.width() < 40 or self.height() < 40 or wanted == self._drawn_for:
            return
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        from annotator.agreement.figures import export

        picture, ink, areas = self.picture, ink_of(self.theme), {}

        def draw(figure: "Figure") -> None:
            areas.update(picture.draw(figure, ink) or {})

        figure = export.drawn(self.width(), self.height(), draw)
        figure.set_dpi(export.PIXELS * self.devicePixelRatioF())
        canvas = FigureCanvasAgg(figure)
        with export.settings():
            canvas.draw()
        width, height = canvas.get_width_height(physical=True)
        image = QImage(canvas.buffer_rgba(), width, height, QImage.Format.Format_RGBA8888).copy()
        image.setDevicePixelRatio(self.devicePixelRatioF())
        self._image, self._drawn_for, self.areas = image, wanted, areas
        if self.at not in areas:
            self.at = next(iter(areas), None)
        self._tell()
        self.update()

    def _wanted(self) -> tuple:
        return self.size().toTuple(), self.devicePixelRatioF(), ink_of(self.theme)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.canvas)
        if self.picture is not None and self._image is None:
            self.redraw()
        elif self.picture is not None and self._wanted() != self._drawn_for:
            self._timer.start(CALM)
        if self._image is not None:
            painter.setOpacity(PALE if self.is_stale else 1.0)
            painter.drawImage(QPointF(0, 0), self._image)
            painter.setOpacity(1.0)
        if self.hasFocus():
            self._paint_focus(painter)
        painter.end()

    def _paint_focus(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.theme.accent, 2))
        area = self.areas.get(self.at)
        left, top, right, bottom = area or (0.0, 0.0, float(self.width()), float(self.height()))
        painter.drawRoundedRect(QRectF(left, top, right - left, bottom - top).adjusted(1, 1, -1, -1), 3, 3)

    def place_at(self, point: QPointF) -> Any:
        """What stands at a point, the smallest where several do."""
        hit = [
            (abs((x1 - x0) * (y1 - y0)), n, key)
            for n, (key, (x0, y0, x1, y1)) in enumerate(self.areas.items())
            if x0 <= point.x() <= x1 and y0 <= point.y() <= y1
        ]
        return min(hit)[2] if hit else None

    def _tell(self) -> None:
        picture = self.picture
        here = picture.tips.get(self.at, "") if picture and self.hasFocus() else ""
        self.setAccessibleDescription(here or ("\n".join(picture.told) if picture else ""))

    def _choose(self, place: Any) -> None:
        if place is not None:
            self.at = place
            self._tell()
            self.update()
            self.chosen.emit(place)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._choose(self.place_at(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self.place_at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in WAYS and self.areas:
            self._walk(*WAYS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.at in self.areas:
            self._choose(self.at)
        else:
            super().keyPressEvent(event)

    def _walk(self, across: int, down: int) -> None:
        """To the nearest place that way."""
        if self.at not in self.areas:
            self.at = next(iter(self.areas))
        here = _middle(self.areas[self.at])
        found = []
        for key, area in self.areas.items():
            x, y = (a - b for a, b in zip(_middle(area), here, strict=True))
            along, beside = (x * across, abs(y)) if across else (y * down, abs(x))
            if along > 2:
                found.append((along + 4 * beside, len(found), key))
        if found:
            self.at = min(found)[2]
        self._tell()
        self.update()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_wanted.emit(event.globalPos())

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self.place_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self.picture.tips.get(place, "") if self.picture else "", self)
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def focusInEvent(self, event) -> None:
        super().focusInEvent(event)
        self._tell()
        self.update()

    def focusOutEvent(self, event) -> None:
        super().focusOutEvent(event)
        self._tell()
        self.update()


def _middle(area: tuple[float, float, float, float]) -> tuple[float, float]:
    return (area[0] + area[2]) / 2, (area[1] + area[3]) / 2
