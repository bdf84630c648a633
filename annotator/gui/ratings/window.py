"""The window of a table of ratings: the table and its columns at the left, the answer at the right."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QStackedWidget, QWidget

from annotator.agreement.rating_table import Grid, chosen, doubts
from annotator.errors import AnnotatorError
from annotator.gui.agreement.report_out import ReportOut
from annotator.gui.dialogs.fields import button
from annotator.gui.messages import words_of
from annotator.gui.parts import box, column, label, row, rule
from annotator.gui.tasks import Task, run_in_background
from annotator.gui.theme import Theme

from .answer import Answer
from .choices import Choices

if TYPE_CHECKING:
    from annotator.agreement.ratings import Ratings
    from annotator.agreement.result import Result
    from annotator.reporting.folder import Source

SIZE, LEAST = (1080, 720), (860, 520)
CALM = 200  # ms from a choice to the work
FORMATS = ("report", "html", "xlsx", "csv")
TABLES = "*.csv *.tsv *.tab *.txt *.xlsx *.xlsm *.xls *.ods"


class RatingsWindow(QWidget):
    """Knows no project. The numbers follow the table and the choices."""

    closed = Signal()
    settled = Signal()  # what is shown is what the choices ask for

    def __init__(self, theme: Theme):
        super().__init__()
        self.theme = theme
        self.grid: Grid | None = None
        self.result: Result | None = None
        self.path: Path | None = None
        self._task: Task | None = None
        self._rated: Callable[..., Source] | None = None  # makes what a report of the choices is made from
        self.setProperty("ground", "canvas")
        self.setProperty("help", "ratings")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setWindowTitle(self.tr("Agreement of a table"))
        self._timer = QTimer(self, singleShot=True, interval=CALM)
        self._timer.timeout.connect(self.compute)
        self._build()
        self._listen()
        self.setMinimumSize(*LEAST)
        self.resize(*SIZE)
        self.show_empty()

    def _build(self) -> None:
        self.choices, self.answer = Choices(self.theme), Answer(self.theme)
        self.words = label("", "body", "muted", wrap=True)
        self.said = label("", "small", "muted", wrap=True)
        self.report = ReportOut(self)
        self.stop = button(self.tr("Stop"), self.report.stop)
        self.copy = button(self.tr("Copy table"), self.copy_table)
        self.save = QPushButton(self.tr("Save as"))
        self.save.setAutoDefault(False)
        self.save.setMenu(self._menu())
        self.save.setStyleSheet("QPushButton::menu-indicator { image: none; width: 0; }")
        foot = row(self.said, self.stop, self.copy, self.save, gap=8)
        self.stop.hide()
        foot.setStretch(0, 1)
        self.pages = QStackedWidget()
        self.pages.addWidget(box(column(self.words, None, margins=(0, 4, 0, 0))))
        self.pages.addWidget(self.answer)
        right = column(self.pages, 12, foot, gap=0, margins=(24, 20, 24, 16))
        right.setStretch(0, 1)
        whole = row(self.choices, rule("v"), gap=0)
        whole.addLayout(right, 1)
        self.setLayout(whole)

    def _menu(self) -> QMenu:
        made = QMenu(self)
        names = {
            "report": self.tr("Report for a paper (folder) …"),
            "html": self.tr("Page (HTML) …"),
            "xlsx": self.tr("Excel workbook (XLSX) …"),
            "csv": self.tr("Table (CSV) …"),
        }
        for format in FORMATS:
            made.addAction(names[format]).triggered.connect(lambda checked, format=format: self._ask_where(format))
        return made

    def _listen(self) -> None:
        choices = self.choices
        choices.open_wanted.connect(self.choose_file)
        choices.paste_wanted.connect(self.paste)
        choices.sheet_wanted.connect(self._read_sheet)
        choices.changed.connect(self._follow)
        self.answer.group_changed.connect(self._show_group)
        keys: list[tuple[QKeySequence, Callable[[], None]]] = [
            (QKeySequence(QKeySequence.StandardKey.Open), self.choose_file),
            (QKeySequence(QKeySequence.StandardKey.Paste), self.paste),
            (QKeySequence(QKeySequence.StandardKey.Copy), self.copy_table),
            (QKeySequence(QKeySequence.StandardKey.Save), self.save.showMenu),
            (QKeySequence(QKeySequence.StandardKey.Close), self.close_now),
        ]
        for key, act in keys:
            QShortcut(key, self).activated.connect(act)

    # The table --------------------------------------------------------------------------------------------------------

    def choose_file(self) -> None:
        """Asks for a file, and reads it."""
        folder = str(self.path.parent) if self.path else str(Path.home())
        words = self.tr("Tables ({endings})").format(endings=TABLES)
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Open a table of ratings"), folder, words)
        if path:
            self.read_file(Path(path))

    def read_file(self, path: Path, sheet: str = "") -> None:
        """Reads a file, or says why not."""
        self.path = path
        self._read(lambda: Grid.of_file(path, sheet), sheet)

    def _read_sheet(self, sheet: str) -> None:
        if self.path:
            self.read_file(self.path, sheet)

    def paste(self) -> None:
        """Reads what is on the clipboard, or says why not."""
        words = QGuiApplication.clipboard().text()
        if not words.strip():
            self._show_problem(self.tr("There is no table on the clipboard. Copy cells in a spreadsheet first."))
            return
        self.path = None
        self._read(lambda: Grid.of_words(words), "")

    def _read(self, read: Callable[[], Grid], sheet: str) -> None:
        try:
            self.grid = read()
        except AnnotatorError as error:
            self.grid = None
            self.choices.show_grid(None)
            self._show_problem(words_of(error))
            return
        self.choices.show_grid(self.grid)
        self.choices.show_sheets(self.grid.sheets, sheet)
        self.compute()
        self.choices.coders.setFocus()

    # Computing --------------------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        if self.grid:
            self.choices.show_marks(self.grid)
        self._cancel()
        self._timer.start()

    def compute(self) -> None:
        """Computes what the choices ask for, beside the window."""
        self._cancel()
        grid, choices = self.grid, self.choices
        if grid is None:
            return
        if problem := choices.problem():
            self._show_problem(problem)
            return
        missing = choices.chosen_missing()
        try:
            ratings = chosen(grid, choices.chosen_coders(), document=choices.document.chosen(), missing=missing)
        except AnnotatorError as error:
            self._show_problem(words_of(error))
            return
        told = [words_of(one) for one in doubts(grid, ratings, missing)]
        asked = {
            "level": choices.level.chosen(),
            "replicates": int(choices.replicates.text()),
            "seed": int(choices.seed.text()),
        }

        def work(progress: Callable[..., None], cancelled: Callable[[], bool]) -> "Result":
            from annotator.agreement import ratings as computing

            return computing.compute(ratings, **asked, cancelled=cancelled)

        self._rated = partial(_rated, ratings, asked)
        self._task = run_in_background(work, done=partial(self._show, told), failed=self._fail)

    def _cancel(self) -> None:
        self._timer.stop()
        if self._task:
            self._task.cancel()
            self._task = None

    def _show(self, told: list[str], result: "Result") -> None:
        self._task, self.result = None, result
        self.answer.show_result(result, told)
        if not self.stop.isVisible():
            self.say("")
        self._turn_to(1)

    def _show_group(self) -> None:
        if self.result:
            self.answer.show_group(self.result)

    def _fail(self, error: Exception) -> None:
        self._task = None
        self._show_problem(words_of(error))

    def show_empty(self) -> None:
        """What to do when there is nothing yet."""
        self._show_problem(
            self.tr(
                "Open a table, or paste one (Ctrl+V): a line of names, one row a unit, one column a coder, and an empty cell "
                "where a coder did not rate. A column called document says which rows stay together."
            )
        )

    def _show_problem(self, words: str) -> None:
        self._cancel()
        self.result = None
        self.words.setText(words)
        self._turn_to(0)

    def _turn_to(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        for push in (self.copy, self.save):
            push.setEnabled(page == 1)
        self.settled.emit()

    # Out of the window ------------------------------------------------------------------------------------------------

    def copy_table(self) -> None:
        """The coefficients as they are shown, to the clipboard."""
        if self.result:
            QGuiApplication.clipboard().setText(self.answer.as_text(self.result))
            self.say(self.tr("The table is on the clipboard."))

    def say(self, words: str, *, tone: str = "muted") -> None:
        """One sentence below the answer, until something else is done."""
        self.said.setText(words)
        self.said.setProperty("tone", tone)
        self.said.style().polish(self.said)
        self.stop.hide()

    def work(self, done: int, total: int, *, words: str = "") -> None:
        """A report is under way."""
        self.say(words.format(done=done, total=total))
        self.stop.show()

    def _ask_where(self, format: str) -> None:
        result = self.result
        folder = self.path.parent if self.path else Path.home()
        if format == "report":
            if result and self._rated:
                self.report.ask(self, folder, self._rated)
            return
        suggested = str(folder / f"agreement.{format}")
        filter = f"{format.upper()} (*.{format})"
        path, _ = QFileDialog.getSaveFileName(self, self.tr("Save the agreement"), suggested, filter)
        if path and result:
            self.write(result, Path(path), format)

    def write(self, result: "Result", path: Path, format: str) -> None:
        """Writes a file, and says so or why not."""
        from annotator.agreement import export

        path = path if path.suffix else path.with_suffix(f".{format}")
        try:
            export.write(result, path, format)
        except AnnotatorError as error:
            self.say(words_of(error), tone="danger")
            return
        self.say(self.tr("Written: {path}").format(path=path))

    # The window itself ------------------------------------------------------------------------------------------------

    def close_now(self) -> None:
        self.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the window."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._cancel()
        self.report.stop()
        self.closed.emit()
        super().closeEvent(event)


def _rated(ratings: "Ratings", asked: dict, progress: Callable[..., None], cancelled: Callable[[], bool]) -> "Source":
    from annotator.reporting.rated import Rated

    return Rated.computed(ratings, **asked, progress=progress, cancelled=cancelled)
