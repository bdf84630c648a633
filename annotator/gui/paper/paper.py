"""The paper: its size, its measures, and what a person wants on it. One unit is 1/96 inch, as pixels of the window are."""

from dataclasses import dataclass

from PySide6.QtCore import QLocale, QRectF
from PySide6.QtGui import QColor, QFont, QPageSize

from annotator.gui.theme import FAMILIES, Theme

MM = 96 / 25.4
SIZES = {"A4": QPageSize.PageSizeId.A4, "Letter": QPageSize.PageSizeId.Letter}
TEXT = {"small": 12, "normal": 14, "large": 16}  # units: 9, 10.5 and 12 points
COLUMN, GUTTER = 112 * MM, 6 * MM  # of the text, and from it to the stripes
LEFT, RIGHT, HEAD, TOP, FOOT = 22 * MM, 12 * MM, 12 * MM, 21 * MM, 16 * MM
BLACK = "#30353b"  # the one colour of codes where colours are not wanted


@dataclass(frozen=True, slots=True)
class Paper:
    """What is wanted."""

    size: str = "A4"
    text: str = "normal"
    notes: bool = True
    attributes: bool = False
    legend: bool = True
    colours: bool = True

    @property
    def sheet(self) -> QRectF:
        """The whole sheet."""
        points = QPageSize(SIZES[self.size]).sizePoints()
        return QRectF(0, 0, points.width() * 96 / 72, points.height() * 96 / 72)

    @property
    def body(self) -> QRectF:
        """Where the lines of the text stand."""
        sheet = self.sheet
        return QRectF(LEFT, TOP, COLUMN, sheet.height() - TOP - FOOT)

    @property
    def margin(self) -> QRectF:
        """Where stripes and names stand."""
        body, sheet = self.body, self.sheet
        left = body.right() + GUTTER
        return QRectF(left, body.top(), sheet.width() - RIGHT - left, body.height())

    def font(self, share: float = 1.0, *, bold: bool = False) -> QFont:
        """The reading font, or another size of it. Without hints, so that letters stand as on paper at any resolution."""
        made = QFont(FAMILIES)
        made.setPixelSize(round(TEXT[self.text] * share))
        made.setBold(bold)
        made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        made.setStyleStrategy(QFont.StyleStrategy.ForceOutline)
        return made


def usual_size() -> str:
    """The size of paper where the machine stands."""
    return "Letter" if QLocale().measurementSystem() == QLocale.MeasurementSystem.ImperialUSSystem else "A4"


def ink() -> Theme:
    """The light colours, on white paper."""
    theme = Theme(dark=False)
    theme.canvas, theme.text = QColor("#ffffff"), QColor("#000000")
    return theme
