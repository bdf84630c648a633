"""Which columns of a table become text, title and details of its documents."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from annotator.errors import AnnotatorError
from annotator.gui.dialogs.dialog import Dialog, Problem
from annotator.gui.dialogs.fields import Choice
from annotator.gui.dialogs.lists import Line, Lines
from annotator.gui.messages import words_of
from annotator.gui.parts import box, column
from annotator.gui.theme import Theme
from annotator.interchange.incoming import Columns
from annotator.interchange.table import Table

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
SHOWN = 80  # characters of a cell in the sample


class ColumnsDialog(Dialog):
    """`decided` carries Columns. The sample below shows what stands in them."""

    def __init__(
        self,
        parent: QWidget | None,
        theme: Theme,
        name: str,
        look: Callable[[str], Table],
        *,
        now: Columns | None = None,
    ):
        """`look`: a sheet's name, or "" for the first, to its Table; may raise AnnotatorError. `now`: the present choice."""
        super().__init__(parent, theme, self.tr("Columns of {name}").format(name=name), accept=self.tr("Use these"))
        self.look = look
        self.sheet, self.text, self.title = Choice(theme), Choice(theme), Choice(theme)
        self.details = Lines(self.tr("Details"), theme, ticks=True)
        self.details.setFixedHeight(136)
        self.form.add(self.tr("Sheet"), self.sheet)
        self.form.add(self.tr("Text"), self.text)
        self.form.add(self.tr("Title"), self.title)
        card = box(column(self.details, margins=(4, 4, 4, 4)), card="true")
        self.form.add(self.tr("Details"), self.details, beside=card)
        self.sample = QTableWidget()
        self.sample.setAccessibleName(self.tr("First rows"))
        self.sample.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.sample.setTabKeyNavigation(False)
        self.sample.verticalHeader().hide()
        self.sample.horizontalHeader().setDefaultAlignment(LEFT)
        self.sample.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.body.addLayout(self.form)
        self.body.addWidget(self.sample, 1)
        self._show(now.sheet if now else "", now)
        self.sheet.activated.connect(lambda place: self._show(self.sheet.chosen(), None))
        self.resize(760, 620)
        self.text.setFocus()

    def value(self) -> Columns:
        text, title = self.text.chosen(), self.title.chosen()
        details = tuple(name for name in self.details.ticked_ids() if name not in (text, title))
        return Columns(text, title, details, self.sheet.chosen() or "")

    def problem(self) -> Problem | None:
        if self.text.chosen() == self.title.chosen():
            return self.tr("One column cannot be both text and title."), self.title
        return None

    def _show(self, sheet: str, now: Columns | None) -> None:
        try:
            table = self.look(sheet)
        except AnnotatorError as error:
            self.show_problem((words_of(error), self.sheet))
            return
        self.show_problem(None)
        chosen = now or table.likely
        if not self.sheet.count():
            for name in table.sheets:
                self.sheet.addItem(name, name)
            self.sheet.choose(sheet)
        self.form.show_line(self.sheet, len(table.sheets) > 1)
        for field in (self.text, self.title):
            field.clear()
        self.title.addItem(self.tr("None: the file’s name and the row"), "")
        for name in table.headings:
            self.text.addItem(name, name)
            self.title.addItem(name, name)
        self.text.choose(chosen.text)
        self.title.choose(chosen.title)
        self.details.set_lines([Line(name, name) for name in table.headings])
        self.details.tick(chosen.details)
        self._show_sample(table)

    def _show_sample(self, table: Table) -> None:
        self.sample.setColumnCount(len(table.headings))
        self.sample.setRowCount(len(table.sample))
        self.sample.setHorizontalHeaderLabels(list(table.headings))
        for line, cells in enumerate(table.sample):
            for place, cell in enumerate(cells):
                words = " ".join(cell[: 2 * SHOWN].split())
                item = QTableWidgetItem(words if len(words) <= SHOWN else f"{words[:SHOWN]}…")
                item.setTextAlignment(LEFT)
                self.sample.setItem(line, place, item)
        self.sample.resizeColumnsToContents()
        for place in range(len(table.headings)):
            self.sample.setColumnWidth(place, min(280, self.sample.columnWidth(place) + 8))
