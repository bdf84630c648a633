"""What every figure is drawn on: one axes over the whole of it, in pixels from the top left, and the scale of coefficients."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from math import floor
from typing import TYPE_CHECKING, Any, Literal

from annotator.agreement.words import FLOOR, RELIABLE, number, told_apart

from .ink import Ink
from .values import Point

if TYPE_CHECKING:
    from matplotlib.figure import Figure

PIXELS = 96  # an inch
POINTS = 72 / PIXELS  # a pixel
FAMILIES = ("Noto Sans", "DejaVu Sans")
TICKS = (0.0, 0.2, 0.4, 0.6, 1.0)
CAPITALS = 0.357  # half their height, as a share of the size: words are centred on it
SETTINGS = {"axes.unicode_minus": True, "svg.hashsalt": "annotator", "pdf.fonttype": 42}
To = Callable[[float], float]  # from a value to its place
Areas = dict[Any, tuple[float, float, float, float]]  # what stands where: left, top, right, bottom


@cache
def families() -> list[str]:
    """Of the families of the window those that there are, the first one leading."""
    from matplotlib.font_manager import fontManager

    known = {font.name for font in fontManager.ttflist}
    return [name for name in FAMILIES if name in known]


@contextmanager
def settings(letters: Literal["path", "none"] = "path") -> Iterator[None]:
    """Everything that is drawn or written is so under the same settings, whatever the machine has."""
    import matplotlib

    chosen: dict[Any, Any] = {"font.family": families(), **SETTINGS, "svg.fonttype": letters}
    with matplotlib.rc_context(chosen):
        yield


class Sheet:
    def __init__(self, figure: "Figure", ink: Ink):
        self.ink, self.figure = ink, figure
        self.width, self.height = (float(side) * PIXELS for side in figure.get_size_inches())
        figure.set_facecolor(ink.canvas)
        self.ax = figure.add_axes((0.0, 0.0, 1.0, 1.0))
        self.ax.set_xlim(0, self.width)
        self.ax.set_ylim(self.height, 0)
        self.ax.axis("off")
        self._lines, self._boxes = dict[float, list](), dict[float, list]()

    def colour(self, name: str) -> str:
        """By its role, or itself."""
        return name if name.startswith("#") else self.ink.parts.get(name) or getattr(self.ink, name)

    def text(
        self, x: float, y: float, words: str, size: float = 9.5, colour: str = "text", ha: str = "left", **more: Any
    ):
        """Words whose capitals and figures are centred on y."""
        y += 0 if "va" in more else CAPITALS * size * PIXELS / 72
        made = self.ax.text(x, y, plain(words), fontsize=size, color=self.colour(colour), ha=ha, **more)
        made.set_parse_math(False)
        return made

    def fitted(self, x: float, y: float, words: str, room: float, size: float = 9.5, **more: Any):
        """Words that end in an ellipsis where room ends."""
        return self.text(x, y, self.elided(words, room, size, bold=more.get("weight") == "bold"), size, **more)

    def on_ground(self, x: float, y: float, words: str, size: float, colour: str = "text", ha: str = "left") -> None:
        """Words over lines, on a patch of the canvas."""
        made = self.text(x, y, words, size, colour, ha, zorder=6)
        made.set_bbox({"fc": self.ink.canvas, "ec": "none", "pad": 1.2})

    def line(
        self, x0: float, y0: float, x1: float, y1: float, colour: str = "rule", width: float = 1.0, *, zorder: float = 2
    ) -> None:
        self._lines.setdefault(zorder, []).append((((x0, y0), (x1, y1)), self.colour(colour), width * POINTS))

    def box(self, x: float, y: float, w: float, h: float, colour: str, *, zorder: float = 1.5) -> None:
        corners = ((x, y), (x + w, y), (x + w, y + h), (x, y + h))
        self._boxes.setdefault(zorder, []).append((corners, self.colour(colour)))

    def done(self) -> None:
        """Puts the lines and boxes on the axes, all of a height at once: one by one they would take ten times as long."""
        from matplotlib.collections import LineCollection, PolyCollection

        for zorder, lines in sorted(self._lines.items()):
            parts, colours, widths = zip(*lines, strict=True)
            self.ax.add_collection(
                LineCollection(parts, colors=colours, linewidths=widths, capstyle="butt", zorder=zorder), autolim=False
            )
        for zorder, boxes in sorted(self._boxes.items()):
            corners, colours = zip(*boxes, strict=True)
            self.ax.add_collection(
                PolyCollection(corners, facecolors=colours, linewidths=0, zorder=zorder), autolim=False
            )

    def frame(self, x: float, y: float, w: float, h: float, colour: str = "text", width: float = 2.0) -> None:
        """An edge around something that is chosen."""
        from matplotlib.patches import Rectangle

        self.ax.add_patch(Rectangle((x, y), w, h, fc="none", ec=self.colour(colour), lw=width * POINTS, zorder=8))

    def dot(
        self, x: float, y: float, size: float = 7.0, colour: str = "text", *, hollow: bool = False, marker: str = "o"
    ) -> None:
        c = self.colour(colour)
        face = self.ink.canvas if hollow else c
        self.ax.plot([x], [y], marker, ms=size * POINTS, mfc=face, mec=c, mew=1.1, zorder=5)

    def curve(self, x: Sequence[float], y: Sequence[float], colour: str, width: float, **more: Any) -> None:
        """A line through points; it breaks where there is none (NaN)."""
        self.ax.plot(x, y, color=self.colour(colour), lw=width * POINTS, solid_joinstyle="round", **more)

    def points(self, x: Sequence[float], y: Sequence[float], colour: str, size: float) -> None:
        self.ax.plot(x, y, "o", ms=size * POINTS, mfc=self.colour(colour), mec="none", zorder=3)

    def width_of(self, words: str, size: float, *, bold: bool = False) -> float:
        return width_of(words, size, bold)

    def elided(self, words: str, room: float, size: float, *, bold: bool = False) -> str:
        if width_of(words, size, bold) <= room:
            return words
        while words and width_of(words + "…", size, bold) > room:
            words = words[:-1].rstrip()
        return words + "…"

    def in_the_middle(self, words: str, room: float, size: float, *, bold: bool = False) -> str:
        """Words that lose their middle where room ends."""
        kept = len(words)
        while kept > 2 and width_of(_without_middle(words, kept), size, bold) > room:
            kept -= 1
        return _without_middle(words, kept) if kept < len(words) else words

    def shortened(self, names: Sequence[str], room: float, size: float) -> list[str]:
        """Names for so much room each, of which no two look alike that are not."""
        return told_apart(
            names, lambda name: self.elided(name, room, size), lambda name: self.in_the_middle(name, room, size)
        )


def _without_middle(words: str, kept: int) -> str:
    """The first and the last letters, so many in all."""
    return f"{words[: (kept + 1) // 2].rstrip()}…{words[len(words) - kept // 2 :].lstrip()}"


def plain(words: str) -> str:
    """On one line, unless it was broken on purpose."""
    return "\n".join(" ".join(line.split()) for line in words.split("\n"))


@cache
def _font(bold: bool):
    from matplotlib.font_manager import FontProperties, findfont, get_font

    weight = "bold" if bold else "normal"
    return get_font([findfont(FontProperties(family=[name], weight=weight)) for name in families()])  # as it is drawn


@cache
def width_of(words: str, size: float, bold: bool = False) -> float:
    """How wide words are, in pixels."""
    font = _font(bold)
    font.set_size(size, PIXELS)
    font.set_text(words, 0.0)
    return font.get_width_height()[0] / 64


# The scale of coefficients ----------------------------------------------------------------------------------------------


def lowest(points: Iterable[Point]) -> float:
    """Where the scale begins: at 0, or at the tenth below the lowest end."""
    ends = [end for point in points for end in (point.value, point.low) if end is not None]
    return min(0.0, floor(min(ends, default=0.0) * 10) / 10)


def scale(sheet: Sheet, x0: float, x1: float, low: float, top: float, bottom: float, *, lines: bool = True) -> To:
    """An axis of coefficients with the two conventional lines. Returns where a value stands."""

    def to(value: float) -> float:
        return x0 + (min(max(value, low), 1.0) - low) / (1 - low) * (x1 - x0)

    for value, side, shift in ((FLOOR, "right", 3), (RELIABLE, "left", -3)) if lines else ():
        sheet.line(to(value), top, to(value), bottom, sheet.ink.faint, 1, zorder=1)
        sheet.text(to(value) + shift, top - 9, number(value, 3), 8, "muted", side)
    for value in (*((low,) if low < 0 else ()), *TICKS):
        sheet.line(to(value), bottom, to(value), bottom + 4, "muted", 0.8)
        sheet.text(to(value), bottom + 13, tick(value), 8, "muted", "center")
    sheet.line(to(low), bottom, to(1), bottom, "muted", 0.8)
    return to


def tick(value: float) -> str:
    """0, .2, 1: a number on an axis."""
    return f"{value:.0f}" if value == round(value) else number(value, 1)


def interval(sheet: Sheet, to: To, y: float, point: Point, colour: str, *, strong: bool = False) -> None:
    """A line and a dot, and a tick only at the lower end: that end is the one that is judged. Of little data: grey and
    hollow; without an interval: the dot alone."""
    if point.value is None:
        return
    colour, width = "muted" if point.few else colour, 2.4 if strong else 1.5
    if point.low is not None and point.high is not None:
        sheet.line(to(point.low), y, to(point.high), y, colour, width, zorder=4)
        sheet.line(to(point.low), y - 4, to(point.low), y + 4, colour, width, zorder=4)
    sheet.dot(to(point.value), y, 6.5, colour, hollow=point.few)
