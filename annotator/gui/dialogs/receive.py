"""What came back from coders: looked at before anything is written, then taken in all together, then what came of it."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget

from annotator.fieldwork.bringing import Arrival
from annotator.gui.dialogs.dialog import Dialog, Problem
from annotator.gui.dialogs.fields import button
from annotator.gui.dialogs.package_table import PackageTable, told, waits
from annotator.gui.dialogs.package_words import steps_words
from annotator.gui.dialogs.tasks import Progress, TaskDialog
from annotator.gui.dialogs.unseal import is_shut, unseal_button
from annotator.gui.parts import Scroll, box, column, label, row
from annotator.gui.theme import Theme

Cancelled = Callable[[], bool]
Bring = Callable[[Sequence[Path], Sequence[str], Progress, Cancelled], list[Arrival]]  # files, trusted keys
FILES = "*.coded *.assignment *.annotator"
SIZE = 1040, 560


class Told(QWidget):
    """What is to be said of the file that one stands at."""

    def __init__(self, titles: Mapping[str, str], newest: int | None):
        super().__init__()
        self.titles, self.newest = titles, newest
        self.sentences: list[tuple[str, str]] = []  # with their tones
        self.lines = column(gap=6, margins=(8, 8, 8, 8))
        self.setLayout(self.lines)

    def show_arrival(self, one: Arrival | None) -> None:
        self.sentences = told(one, self.titles, self.newest) if one else []
        while item := self.lines.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for words, tone in self.sentences:
            made = label(words, "small", tone or None, wrap=True)
            made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self.lines.addWidget(made)
        self.lines.addStretch(1)


def _listed(table: PackageTable, about: Told, *above: QWidget) -> QWidget:
    card = box(column(table, margins=(4, 4, 4, 4)), card="true")
    below = Scroll(about)
    below.setFixedHeight(168)
    page = column(*above, card, below, gap=8)
    page.setStretch(len(above), 1)
    return box(page)


class ReceiveDialog(TaskDialog):
    """Looks at files with `preview`, and takes them in with `take_in`. `decided` carries what came in."""

    decide_wanted = Signal()  # somebody wants to look at what waits for a decision

    def __init__(
        self,
        parent: QWidget | None,
        theme: Theme,
        paths: Sequence[Path],
        *,
        titles: Mapping[str, str],
        newest: int | None,
        preview: Bring,
        take_in: Bring,
        before: Callable[[], bool] = lambda: True,
    ):
        """`before` is asked in the window's thread whether it may begin."""
        super().__init__(parent, theme, self.tr("Receive"), accept=self.tr("Receive"))
        self.preview, self.take_in, self.before = preview, take_in, before
        self.paths, self.trusted = list(paths), list[str]()
        self.arrivals: list[Arrival] = []
        self.table, self.about = PackageTable(theme), Told(titles, newest)
        self.summary = label("", "body", "muted", wrap=True)
        self.list_page = _listed(self.table, self.about, self.summary)
        self.add_page(self.list_page)
        self.add_button = button(self.tr("Add files …"), self._choose)
        self.trust_button = button(self.tr("Trust this key"), self._trust)
        self.decide_button = QPushButton(self.tr("Decide …"))
        self.decide_button.clicked.connect(self._decide)
        self.unseal = unseal_button(self, theme, self._current_name, self._look)
        for one in (self.add_button, self.trust_button, self.unseal, self.decide_button):
            self.aside.addWidget(one)
        self.decide_button.hide()
        self.trust_button.hide()
        self.table.selectionModel().currentChanged.connect(lambda *_: self._show_current())
        self.setAcceptDrops(True)
        self.setMinimumWidth(760)
        self.resize(*SIZE)
        self._look()

    def value(self) -> list[Arrival]:
        return self.arrivals

    def problem(self) -> Problem | None:
        if any(one.receipt for one in self.arrivals):
            return None
        return self.tr("None of these files can be taken in."), self.table

    def accept(self) -> None:
        problem = self.problem()
        self.show_problem(problem)
        if problem is None and self.before():
            paths = [one.path for one in self.arrivals if one.receipt]
            self.work(
                self.tr("Taking in what came …"),
                lambda progress, cancelled: self.take_in(paths, self.trusted, progress, cancelled),
                self._show_taken,
            )

    def failed(self, error: Exception) -> None:
        super().failed(error)
        self.table.setFocus()

    # Looking ----------------------------------------------------------------------------------------------------------

    def _look(self) -> None:
        paths, trusted = tuple(self.paths), tuple(self.trusted)
        self.work(
            self.tr("Looking at what came. Nothing is written yet …"),
            lambda progress, cancelled: self.preview(paths, trusted, progress, cancelled),
            self._show_preview,
        )

    def _show_preview(self, found: list[Arrival]) -> None:
        self.arrivals = found
        self.show_page(self.list_page)
        self._show_rows(self.tr("{new} would come in from {count} of {total} files. Nothing is written yet."))
        self.table.setFocus()

    def _show_rows(self, words: str) -> None:
        self.table.show_rows(self.arrivals)
        self._show_current()
        come = [one.receipt for one in self.arrivals if one.receipt]
        new = steps_words(sum(one.new for one in come))
        self.summary.setText(words.format(new=new, count=len(come), total=len(self.arrivals)))
        self.primary.setEnabled(bool(come))

    def _show_current(self) -> None:
        one = self.table.current()
        self.about.show_arrival(one)
        self.trust_button.setVisible(bool(one and one.is_waiting_for_trust))
        self.unseal.setVisible(bool(one and is_shut(one.failure)) and not self.table.taken)

    def _current_name(self) -> str:
        one = self.table.current()
        return one.path.name if one else ""

    def _trust(self) -> None:
        """The words of the key were read out by the one whose it is: looks at the files anew."""
        if one := self.table.current():
            self.trusted.append(one.key)
            self._look()

    def _choose(self) -> None:
        kinds = self.tr("Packages and copies ({pattern})").format(pattern=FILES)
        found, _ = QFileDialog.getOpenFileNames(self, self.tr("Receive"), "", kinds)
        if found:
            self.paths += [Path(path) for path in found]
            self._look()

    # Taking in --------------------------------------------------------------------------------------------------------

    def _show_taken(self, found: list[Arrival]) -> None:
        left = [one for one in self.arrivals if one.receipt is None]
        self.arrivals, self.table.taken = [*found, *left], True
        self._show_rows(self.tr("{new} came in from {count} of {total} files."))
        self.show_result(self.list_page)
        self.add_button.hide()
        self.trust_button.hide()
        self.decide_button.setVisible(any(one.receipt and waits(one.receipt) for one in self.arrivals))
        self.decided.emit(found)

    def _decide(self) -> None:
        self.reject()
        self.decide_wanted.emit()


class ReceiptsDialog(Dialog):
    """What came in before. There is nothing to decide but to close it."""

    def __init__(self, parent: QWidget | None, theme: Theme, arrivals: Sequence[Arrival], titles: Mapping[str, str]):
        words = self.tr("What was taken in, the newest first, as it was counted then.")
        super().__init__(parent, theme, self.tr("Received so far"), accept=self.tr("Close"), words=words)
        self.table, self.about = PackageTable(theme, receipts=True), Told(titles, None)
        self.cancel_button.hide()
        if arrivals:
            self.body.addWidget(_listed(self.table, self.about))
            self.table.selectionModel().currentChanged.connect(lambda *_: self.about.show_arrival(self.table.current()))
            self.table.show_rows(arrivals)
        else:
            nothing = self.tr("Nothing was received yet. File > Receive takes in what coders send.")
            self.body.addLayout(row(label(nothing, "body", wrap=True)))
        self.setMinimumWidth(760)
        self.resize(SIZE[0], SIZE[1] if arrivals else 200)
        self.table.setFocus()

    def value(self) -> None:
        return None
