"""What a report is made of, from top to bottom. One list of blocks is written twice: as a web page and on paper.

Words that may carry <i> and <b> are called `html`; whoever puts names into them escapes them. Knows plain values only.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, NamedTuple


class Cell(NamedTuple):
    """What is printed, and the numbers behind it in full: none, one, or the two ends of an interval."""

    shown: str
    full: tuple[float | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    words: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    html: str


@dataclass(frozen=True, slots=True)
class Table:
    """`align` has a letter a column, l or r. The last column of a `wrapped` table takes several lines. Rows in `strong`
    are bold, with a hairline towards the others."""

    name: str  # of its file
    caption: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    align: str
    note: str = ""
    strong: Sequence[int] = ()
    wrapped: bool = False
    number: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing of vectors; `width` and `height` in units of 1/96 inch. `alt` says what is to be seen. In `lettered` words
    are words and not outlines, for who has the fonts."""

    name: str
    caption: str
    alt: str
    svg: str
    lettered: str
    width: float
    height: float
    pdf: bytes = b""
    number: int = 0


@dataclass(frozen=True, slots=True)
class References:
    rows: Sequence[str]  # html


Block = Heading | Paragraph | Table | Figure | References
KINDS: dict[str, Callable[..., Block]] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "table": Table,
    "figure": Figure,
    "references": References,
}


@dataclass(frozen=True, slots=True)
class Report:
    """The whole: its title, what stands above each page, a line below the title, and the blocks."""

    title: str
    running: str
    lede: str
    blocks: Sequence[Block]


def kind(block: Block) -> str:
    """ "heading", "table" ..., as `KINDS` names it."""
    return type(block).__name__.lower()


def dumped(report: Report) -> str:
    """A report as words, for another process. Of the drawings only what paper needs goes along."""
    blocks = [
        {"kind": kind(one), **asdict(replace(one, svg="") if isinstance(one, Figure) else one)} for one in report.blocks
    ]
    for one in blocks:
        one.pop("pdf", None)
    return json.dumps({"title": report.title, "running": report.running, "lede": report.lede, "blocks": blocks})


def loaded(words: str) -> Report:
    """A report from such words."""
    told = json.loads(words)
    return Report(told["title"], told["running"], told["lede"], [_block(**one) for one in told["blocks"]])


def _block(kind: str, **fields: Any) -> Block:
    if kind == "table":
        fields["rows"] = [[Cell(shown, tuple(full)) for shown, full in row] for row in fields["rows"]]
    return KINDS[kind](**fields)


def cells(values: Iterable[str | Cell]) -> list[Cell]:
    """A row of a table; bare words are cells without a number behind them."""
    return [one if isinstance(one, Cell) else Cell(one) for one in values]
