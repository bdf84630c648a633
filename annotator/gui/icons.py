"""Icons: 16 px grid, 1.5 px round strokes, no fills, one colour. Our own drawings."""

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from annotator import paths

SHAPES = {
    "search": '<circle cx="7" cy="7" r="4.25"/><path d="M10.2 10.2 13.5 13.5"/>',
    "plus": '<path d="M8 3.5v9M3.5 8h9"/>',
    "folder": '<path d="M2.5 12V4.5a1 1 0 0 1 1-1h2.8l1.7 2h4.5a1 1 0 0 1 1 1V12a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1Z"/>',
    "table": '<path d="M2.5 3.5h11v9h-11ZM2.5 6.5h11M6.5 3.5v9M10 3.5v9"/>',
    "sample": '<path d="M4 2.5h5.5L12.5 5.5V13.5H4Z"/><path d="M6.2 7.5h4.1M6.2 10.3h4.1"/>',
    "inbox": '<path d="M2.5 9.5 4.3 3.5h7.4l1.8 6v3.5h-11Z"/><path d="M2.5 9.5h3l1 1.6h3l1-1.6h3"/>',
    "check": '<path d="M3.5 8.5 6.5 11.5 12.5 4.8"/>',
    "clock": '<circle cx="8" cy="8" r="5.25"/><path d="M8 5v3.2l2 1.3"/>',
    "pause": '<path d="M5.5 4v8M10.5 4v8"/>',
    "blind": '<path d="M2 8s2.3-3.7 6-3.7S14 8 14 8s-2.3 3.7-6 3.7S2 8 2 8Z"/><path d="M3 13 13 3"/>',
    "up": '<path d="M4 10 8 6l4 4"/>',
    "down": '<path d="M4 6l4 4 4-4"/>',
    "close": '<path d="M4 4l8 8M12 4l-8 8"/>',
    "right": '<path d="M6 4l4 4-4 4"/>',
    "pencil": '<path d="M3 13l.6-2.7 7-7 2.1 2.1-7 7Z"/><path d="M9.3 4.6l2.1 2.1"/>',
    "none": '<circle cx="8" cy="8" r="5.25"/><path d="M4.4 11.6 11.6 4.4"/>',
    "filter": '<path d="M2.5 4.5h11M4.5 8h7M6.5 11.5h3"/>',
}
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="none" stroke="{}" stroke-width="1.5" '
    'stroke-linecap="round" stroke-linejoin="round">{}</svg>'
)


SIZES = (16, 24, 32, 48, 64, 128)  # that systems show a program in


def of_program() -> QIcon:
    """The icon of the program itself: on its windows, and where the system shows who they belong to."""
    made, renderer = QIcon(), QSvgRenderer(str(paths.resources() / "icons" / "annotator.svg"))
    for size in SIZES:
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter)
        painter.end()
        made.addPixmap(pixmap)
    return made


def paint_icon(painter: QPainter, name: str, rect: QRectF, colour: QColor) -> None:
    """Paints a shape of SHAPES into a square of logical pixels."""
    QSvgRenderer(QByteArray(SVG.format(colour.name(), SHAPES[name]).encode())).render(painter, rect)


def icon(name: str, colour: QColor, size: int = 16) -> QIcon:
    """A shape as an icon, sharp up to a scale of three. It keeps its colour when the theme changes; `Sign` does not."""
    made = QIcon()
    for ratio in (1, 2, 3):
        pixmap = QPixmap(size * ratio, size * ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint_icon(painter, name, QRectF(0, 0, size * ratio, size * ratio), colour)
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        made.addPixmap(pixmap)
    return made
