"""The right side: the headline, every coefficient that fits with its interval or why there is none, what was read."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from annotator.agreement.words import FLOOR, between, number, within
from annotator.gui.agreement.head import POINTS
from annotator.gui.agreement.saying import of_sets, said, verdict
from annotator.gui.dialogs.fields import Choice
from annotator.gui.parts import Scroll, box, column, label, row, rule
from annotator.gui.theme import Theme, font

if TYPE_CHECKING:
    from annotator.agreement.result import Result, Row

LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
HEIGHT = 28


class Answer(QWidget):
    """Shows a result; `group_changed` when another group of coders was chosen."""

    group_changed = Signal()

    def __init__(self, theme: Theme):
        super().__init__()
        self.measure, self.value, self.interval = label("", "small", "muted"), label("", "display"), label("")
        big = font("display")
        big.setPointSizeF(POINTS)
        self.value.setFont(big)
        self.first, self.second = label("", wrap=True), label("", "body", "muted", wrap=True)
        self.group = Choice(theme)
        self._groups: list[tuple[str, ...]] = []
        self.group.setAccessibleName(self.tr("Whose agreement"))
        self.group.setMinimumWidth(220)
        self.group.activated.connect(lambda place: self.group_changed.emit())
        self.table = self._table()
        self.notes = column(gap=4)
        self.notes_head = label(self.tr("What was read"), "heading")
        left = column(self.measure, self.value, self.interval, None, gap=0)
        middle = column(self.first, self.second, None, gap=8)
        head = row(gap=32)
        head.addLayout(left)
        head.addLayout(middle, 1)
        toolbar = row(label(self.tr("Coefficients"), "heading"), None, self.group, gap=8)
        below = Scroll(box(column(self.notes, None, gap=0), ground="canvas"))
        below.setMaximumHeight(132)
        whole = column(head, 12, rule(), 12, toolbar, 6, self.table, 12, self.notes_head, 4, below, gap=0)
        whole.setStretch(6, 1)
        self.setLayout(whole)

    def _table(self) -> QTableWidget:
        made = QTableWidget(0, 5)
        made.setAccessibleName(self.tr("Coefficients"))
        made.setHorizontalHeaderLabels(self._heads())
        made.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        made.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        made.setTabKeyNavigation(False)
        made.setShowGrid(False)
        made.verticalHeader().hide()
        made.verticalHeader().setDefaultSectionSize(HEIGHT)
        made.horizontalHeader().setHighlightSections(False)
        made.setStyleSheet("QTableView::item { padding: 0 5px; }")
        for n, way in enumerate((LEFT, RIGHT, RIGHT, RIGHT, LEFT)):
            if head := made.horizontalHeaderItem(n):
                head.setTextAlignment(way)
        made.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        made.horizontalHeader().setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        return made

    def _heads(self) -> list[str]:
        return [self.tr("Coefficient"), self.tr("Value"), self.tr("95% interval"), self.tr("Units"), self.tr("Note")]

    def show_result(self, result: "Result", told: Sequence[str]) -> None:
        """A result, and sentences on what was read."""
        head = result.headline.row
        self.measure.setText(of_sets(head.measure, head.variant))
        self.value.setText(number(head.value))
        has = head.low is not None
        self.interval.setText(
            self.tr("95% interval {words}").format(words=between(head.low, head.high))
            if has
            else self.tr("no interval")
        )
        below = result.headline.below.get(str(FLOOR))
        judged = verdict(head.low, below) if has else self.tr("Why there is none: {reason}.")
        self.first.setText(judged.format(reason=said(head.reason)) if not has else judged)
        self.second.setText(self._counted(result))
        self._offer_groups(result)
        self.show_group(result)
        self._show_notes(told)

    def _counted(self, result: "Result") -> str:
        settings = result.settings
        counts = settings["counts"]
        words = self.tr("{units} units with two ratings or more, {coders} coders, {values} values.")
        if counts["documents"]:
            rest = self.tr("Resampled: {documents} documents, each as a whole.")
            rest = rest.format(documents=f"{counts['documents']:,}")
        else:
            rest = self.tr(
                "Resampled: units, as if they were independent. Name the column of documents if they are not."
            )
        units = f"{counts['units']:,}"
        return f"{words.format(units=units, coders=len(settings['coders']), values=settings['q'])} {rest}"

    def _offer_groups(self, result: "Result") -> None:
        """All coders and each pair; what was chosen stays chosen."""
        before, everyone = self.chosen_group(), tuple(result.settings["coders"])
        groups = list(dict.fromkeys([everyone, *(row.coders for row in result.rows if len(row.coders) == 2)]))
        self.group.clear()
        for group in groups:
            whole = self.tr("All {count} coders").format(count=len(group))
            words = self.tr("{one} and {two}").format(one=group[0], two=group[-1])
            self.group.addItem(words if len(group) == 2 else whole)
        self._groups = groups
        self.group.setCurrentIndex(groups.index(before) if before in groups else 0)
        self.group.setVisible(len(groups) > 1)

    def chosen_group(self) -> tuple[str, ...]:
        """The coders whose agreement is shown."""
        return self._groups[self.group.currentIndex()] if self._groups else ()

    def rows(self, result: "Result") -> list["Row"]:
        """The rows of the coders that are chosen."""
        return [row for row in result.rows if row.coders == self.chosen_group()]

    def show_group(self, result: "Result") -> None:
        """The coefficients of the coders that are chosen."""
        rows = self.rows(result)
        self.table.setRowCount(len(rows))
        for n, one in enumerate(rows):
            for k, words in enumerate(self._cells(one)):
                item = QTableWidgetItem(words)
                item.setTextAlignment(RIGHT if k in (1, 2, 3) else LEFT)
                item.setToolTip(words if k == 4 else "")
                item.setData(Qt.ItemDataRole.AccessibleTextRole, words or self.tr("none"))
                self.table.setItem(n, k, item)

    def _cells(self, one: "Row") -> list[str]:
        ends = "" if one.value is None else within(one)
        return [of_sets(one.measure, one.variant), number(one.value), ends, f"{one.n:,}", said(one.reason)]

    def as_text(self, result: "Result") -> str:
        """The table as lines of cells with tabs between them."""
        lines = [self._heads(), *(self._cells(one) for one in self.rows(result))]
        return "".join("\t".join(cells) + "\n" for cells in lines)

    def _show_notes(self, told: Sequence[str]) -> None:
        while item := self.notes.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for words in told or [self.tr("Every cell holds a rating.")]:
            self.notes.addWidget(label(words, "small", wrap=True))
