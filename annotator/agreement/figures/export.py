"""A figure as a file: SVG, PNG or PDF. The same figure gives the same bytes, on any day."""

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal

from .sheet import PIXELS, settings

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Format = Literal["svg", "png", "pdf"]
FORMATS: tuple[Format, ...] = ("svg", "png", "pdf")
WIDE = 760  # of all figures of a paper: 166 mm in print, so that their words have one size
TWICE = 2  # the pixels of a PNG for one of the screen


def drawn(width: float, height: float, draw: Callable[["Figure"], Any]) -> "Figure":
    """A new figure of so many pixels, with what `draw` puts on it."""
    from matplotlib.figure import Figure

    with settings():
        figure = Figure((width / PIXELS, height / PIXELS), dpi=PIXELS)
        draw(figure)
    return figure


def svg(figure: "Figure", *, letters: Literal["path", "none"] = "path") -> bytes:
    """Letters as outlines, which need no font; or as text, for who embeds the fonts (none)."""
    data = _saved(figure, "svg", {"Date": None, "Creator": "Annotator"}, letters=letters)
    return b"\n".join(line.rstrip() for line in data.split(b"\n"))


def png(figure: "Figure") -> bytes:
    """Two pixels for one of the screen."""
    return _saved(figure, "png", {"Software": "Annotator"}, dpi=PIXELS * TWICE)


def pdf(figure: "Figure") -> bytes:
    """Letters as text, with their fonts."""
    return _saved(
        figure, "pdf", {"CreationDate": None, "ModDate": None, "Creator": "Annotator", "Producer": "Annotator"}
    )


def as_format(figure: "Figure", format: Format) -> bytes:
    return {"svg": svg, "png": png, "pdf": pdf}[format](figure)


def _saved(
    figure: "Figure", format: str, metadata: dict, *, dpi: float = PIXELS, letters: Literal["path", "none"] = "path"
) -> bytes:
    out = BytesIO()
    with settings(letters):
        figure.savefig(out, format=format, metadata=metadata, dpi=dpi, facecolor=figure.get_facecolor())
    return out.getvalue()
