"""The answer: one number with its interval, what it means by convention, what was counted and what was left out."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from annotator.agreement.intervals import FEW
from annotator.agreement.prevalence import warning
from annotator.agreement.words import FLOOR, between, number
from annotator.gui.parts import column, label, row
from annotator.gui.theme import font

from .saying import count, of_sets, said, things, verdict

if TYPE_CHECKING:
    from annotator.agreement.result import Result, Row

POINTS = 32  # of the number: the one thing read from across the room


def _tr(text: str) -> str:
    return QCoreApplication.translate("agreement", text)


def sentences(result: "Result") -> list[str]:
    """Two sentences: the lower end by convention, and what the disagreement is made of."""
    row = result.headline.row
    if row.value is None:
        judged = _tr("The value is undefined: {reason}.").format(reason=said(row.reason))
    elif row.measure in ("alpha", "unitizing"):
        judged = verdict(row.low, result.headline.below.get(str(FLOOR)))
    else:
        judged = _tr("No convention says how high this measure has to be.")
    return list(filter(None, (judged, made_of(result.settings["places"]))))


def made_of(kinds: dict[str, int]) -> str:
    """What the places where the coders differ are made of: "" when they differ nowhere."""
    where, what, alike = kinds["missed"] + kinds["boundary"], kinds["label"], kinds["match"]
    apart = where + what
    if not apart:
        return (
            _tr("All {total} that somebody coded are coded alike.").format(total=count(alike, "place")) if alike else ""
        )
    total = count(apart + alike, "place")
    first = _tr("Of {total} that somebody coded, all agree on {alike}.").format(total=total, alike=f"{alike:,}")
    rest = _tr(
        "Of the others, {where} differ in where (missed, or bounded otherwise) and {what} in what (other codes)."
    )
    return f"{first} {rest.format(where=f'{100 * where / apart:.0f}%', what=f'{100 * what / apart:.0f}%')}"


def facts(result: "Result") -> list[tuple[str, str]]:
    """What was counted, and what was left out and why: numbers and words."""
    settings = result.settings
    counts, unit = settings["counts"], settings["unit"]
    shown = [(len(settings["coders"]), "coder"), (counts["documents"], "document"), (settings["q"], "code")]
    parts = counts["with_codes"] if unit in ("sentence", "paragraph") else 0
    shown += [(counts["units"], unit)] if unit not in ("document", "span") and not parts else []
    shown += [(counts["spans"], "span")]
    found = [(f"{amount:,}", things(amount, what)) for amount, what in shown]
    if marked := counts.get("marked"):
        words = _tr("of {total} coded").format(total=count(counts["characters"], "character"))
        found.append((f"{100 * marked:.0f}%", words))
    if parts:
        words = _tr("{units}, {coded} with a code").format(units=things(counts["units"], unit), coded=f"{parts:,}")
        found.insert(3, (f"{counts['units']:,}", words))
    for one in settings["exclusions"]:
        what = things(one["number"], one["what"])
        found.append((f"{one['number']:,}", _tr("left out: {what} {why}").format(what=what, why=said(one["reason"]))))
    return found


class Head(QWidget):
    """Above everything, always in sight."""

    cautions_wanted = Signal()

    def __init__(self):
        super().__init__()
        self.result: Result | None = None
        self.measure = label("", "small", "muted")
        self.value, self.interval, self.few = label("", "display"), label(""), label("", "small", "muted")
        big = font("display")
        big.setPointSizeF(POINTS)
        self.value.setFont(big)
        self.first, self.second = label("", wrap=True), label("", wrap=True)
        self.cautions = QPushButton()
        self.cautions.setAutoDefault(False)
        self.cautions.setProperty("link", "true")
        self.cautions.clicked.connect(self.cautions_wanted)
        self.grid = QWidget()
        left = column(self.measure, self.value, self.interval, self.few, None, gap=0)
        middle = column(self.first, self.second, row(self.cautions, None), None, gap=8)
        self.inside = row(gap=32)
        self.inside.addLayout(left)
        self.inside.addLayout(middle, 1)
        self.inside.addWidget(self.grid, 0, Qt.AlignmentFlag.AlignTop)
        self.setLayout(self.inside)

    def show_result(self, result: "Result") -> None:
        self.result, one = result, result.headline.row
        self.measure.setText(of_sets(one.measure, one.variant))
        self.value.setText(number(one.value))
        has = one.low is not None
        words = self.tr("95% interval {words}").format(words=between(one.low, one.high)) if has else ""
        self.interval.setText(words or self.tr("no interval"))
        self.few.setText("\n".join(self._few(one)))
        self.few.setVisible(bool(self.few.text()))
        told = sentences(result)
        self.first.setText(told[0])
        self.second.setText(told[1] if len(told) > 1 else "")
        warned = len(result.settings["advice"]["warnings"]) + bool(warning(result.prevalence))
        self.cautions.setText(self.tr("{count} to be careful about").format(count=count(warned, "thing")))
        self.cautions.setVisible(bool(warned))
        made = _grid(facts(result))
        self.inside.replaceWidget(self.grid, made)
        made.show()  # at once: a layout shows it one turn later
        self.inside.setAlignment(made, Qt.AlignmentFlag.AlignTop)
        self.grid.hide()
        self.grid.deleteLater()
        self.grid = made

    def _few(self, one: "Row") -> Iterator[str]:
        """What there is to know where documents are few."""
        if one.documents < FEW:
            yield self.tr("few documents")
        if one.lowest is not None:
            yield self.tr("{range} with one left out").format(range=between(one.lowest, one.highest))

    def show_live(self, value: float | None) -> None:
        """Another value of the same coefficient; what its interval was is not true of it any more."""
        self.value.setText(number(value))
        self.set_stale(True)

    def set_stale(self, stale: bool) -> None:
        """Whether interval and sentences are being computed anew."""
        result = self.result
        if result is None:
            return
        row = result.headline.row
        if stale:
            self.interval.setText(self.tr("interval being computed …"))
        elif row.low is not None:
            self.interval.setText(self.tr("95% interval {words}").format(words=between(row.low, row.high)))
        else:
            self.interval.setText(self.tr("no interval"))
        for part in (self.interval, self.first, self.second):
            part.setProperty("tone", "muted" if stale else "")
            part.style().polish(part)


def _grid(found: list[tuple[str, str]]) -> QWidget:
    made, grid = QWidget(), QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(1)
    for n, (amount, what) in enumerate(found):
        grid.addWidget(label(amount, "small"), n, 0, Qt.AlignmentFlag.AlignRight)
        grid.addWidget(label(what, "small", "muted"), n, 1)
    made.setLayout(grid)
    return made
