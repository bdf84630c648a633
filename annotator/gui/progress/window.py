"""The window of progress: the round and the sums of coders at the left, their documents at the right."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QSizePolicy, QStackedWidget, QWidget

from annotator.gui.dialogs.fields import Choice, button
from annotator.gui.parts import box, column, label, row, rule
from annotator.gui.progress.coders import CoderList, annotation_words
from annotator.gui.progress.table import ANNOTATIONS, CODER, DOCUMENT, LAST, ORDERS, STATE, TIME, ProgressTable, spent
from annotator.gui.theme import Theme
from annotator.model import Round
from annotator.progress import Row, by_coder, total

SIZE, LEAST, SIDE = (1200, 760), (800, 480), 264
AS_HANDED_OUT = -1


class ProgressWindow(QWidget):
    """Shows plain values, and emits what was wanted."""

    open_wanted = Signal(str, str)  # document and round
    export_wanted = Signal(str)  # a format
    closed = Signal()

    def __init__(self, theme: Theme, *, project: str):
        super().__init__()
        self.theme = theme
        self._rows: tuple[Row, ...] = ()
        self.setWindowTitle(self.tr("Progress – {project}").format(project=project))
        self.setProperty("ground", "canvas")
        self.setProperty("help", "progress")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._build()
        self._listen()
        self.setMinimumSize(*LEAST)
        self.resize(*SIZE)

    def _build(self) -> None:
        self.round = Choice(self.theme)
        self.round.setAccessibleName(self.tr("Round"))
        self.coders, self.table = CoderList(self.theme), ProgressTable(self.theme)
        self.said = label("", "small", "muted", wrap=True)
        self.export, self.copy = QPushButton(self.tr("Export")), button(self.tr("Copy table"), self.copy_table)
        self.export.setAutoDefault(False)
        self.export.setMenu(self._formats())
        self.export.setStyleSheet("QPushButton::menu-indicator { image: none; width: 0; }")
        for push in (self.export, self.copy):
            push.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        which = column(label(self.tr("Round"), "small", "muted"), self.round, gap=4, margins=(16, 16, 16, 12))
        foot = column(self.said, row(self.export, self.copy), gap=8, margins=(16, 12, 16, 16))
        people = row(self.coders, margins=(8, 0, 8, 8))
        side = column(which, people, rule(), foot, gap=0)
        side.setStretch(1, 1)
        self.side = box(side, ground="panel")
        self.side.setFixedWidth(SIDE)
        self.summary = label("", "small", "muted", wrap=True)
        self.order = Choice(self.theme, self._orders())
        self.order.setAccessibleName(self.tr("Order of the documents"))
        self.order.setMinimumWidth(160)
        head = row(self.summary, label(self.tr("Order"), "small", "muted"), self.order, margins=(24, 16, 24, 8))
        head.setStretch(0, 1)
        self.nothing = label("", "body", "muted", wrap=True)
        self.pages = QStackedWidget()
        self.pages.addWidget(box(column(self.nothing, None, margins=(24, 24, 24, 24))))
        sheet = column(head, row(self.table, margins=(16, 0, 16, 16)), gap=0)
        sheet.setStretch(1, 1)
        self.pages.addWidget(box(sheet))
        whole = row(self.side, rule("v"), self.pages, gap=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def _orders(self) -> list[tuple[str, int]]:
        return [
            (self.tr("As handed out"), AS_HANDED_OUT),
            (self.tr("By document"), DOCUMENT),
            (self.tr("By coder"), CODER),
            (self.tr("By state"), STATE),
            (self.tr("Most annotations first"), ANNOTATIONS),
            (self.tr("Longest time first"), TIME),
            (self.tr("Last worked on first"), LAST),
        ]

    def _formats(self) -> QMenu:
        made = QMenu(self)
        for words, format in ((self.tr("Table (CSV) …"), "csv"), (self.tr("Excel workbook (XLSX) …"), "xlsx")):
            made.addAction(words).triggered.connect(lambda checked, format=format: self.export_wanted.emit(format))
        return made

    def _listen(self) -> None:
        self.round.currentIndexChanged.connect(self._show)
        self.order.currentIndexChanged.connect(self._show_table)
        self.coders.selectionModel().currentChanged.connect(self._show_table)
        self.table.header().sectionClicked.connect(self._order_by)
        self.table.open_wanted.connect(lambda row: self.open_wanted.emit(row.document, row.round))
        self.table.copy_wanted.connect(self.copy_table)
        QShortcut(QKeySequence.StandardKey.Close, self).activated.connect(self.close)

    def show_progress(self, rows: Sequence[Row], rounds: Sequence[Round], *, empty: str) -> None:
        """Shows these rows of all rounds; what was chosen stays chosen, at first the newest round. `empty` says what is so
        when there are none."""
        self._rows = tuple(rows)
        self.nothing.setText(empty)
        wanted = [(self.tr("All rounds"), ""), *((one.name, one.id) for one in reversed(rounds))]
        begun = [one.id for one in reversed(rounds) if any(row.round == one.id for row in rows)]
        kept = self.round.chosen() if self.round.count() else next(iter(begun), "")
        if wanted != [(self.round.itemText(n), self.round.itemData(n)) for n in range(self.round.count())]:
            blocked = self.round.blockSignals(True)
            self.round.clear()
            for words, id in wanted:
                self.round.addItem(words, id)
            self.round.choose(kept)
            self.round.blockSignals(blocked)
        self._show()

    def rows(self) -> list[Row]:
        """Those of the round that is chosen, of all coders."""
        round = self.round.chosen()
        return [one for one in self._rows if round in ("", one.round)]

    def _show(self) -> None:
        rows = self.rows()
        sums = by_coder(rows)
        self.coders.show_sums([total(rows, name=self.tr("All coders")), *sums] if len(sums) != 1 else sums)
        self.pages.setCurrentIndex(int(bool(rows)))
        for push in (self.export, self.copy):
            push.setEnabled(bool(rows))
        self._show_table()

    def _show_table(self, *_: object) -> None:
        coder, order = self.coders.chosen(), self.order.chosen()
        shown = [one for one in self.rows() if coder in ("", one.coder)]
        if order in ORDERS:
            key, largest_first = ORDERS[order]
            shown.sort(key=key, reverse=largest_first)
        several = len({one.coder for one in shown}) > 1
        self.table.show_rows(shown, coders=several, rounds=len({one.round for one in shown}) > 1)
        self.summary.setText(self._summary(shown))

    def _summary(self, rows: Sequence[Row]) -> str:
        """What is in sight, in one line."""
        whole = total(rows)
        parts = [self.tr("{done} of {count} done").format(done=whole.done, count=whole.documents)]
        parts += [self.tr("{count} with nothing found").format(count=whole.nothing)] if whole.nothing else []
        parts += [self.tr("{count} in progress").format(count=whole.in_progress)] if whole.in_progress else []
        parts += [self.tr("{count} to do").format(count=whole.to_do)] if whole.to_do else []
        parts.append(annotation_words(whole.annotations))
        parts += [spent(whole.seconds)] if whole.seconds else []
        return " · ".join(parts)

    def _order_by(self, column: int) -> None:
        if column in ORDERS:
            self.order.choose(column)

    # Out of the window --------------------------------------------------------------------------------------------------

    def copy_table(self) -> None:
        """The table as it is shown, to the clipboard."""
        QGuiApplication.clipboard().setText(self.table.as_text())
        self.say(self.tr("The table is on the clipboard."))

    def ask_where(self, folder: Path, format: str) -> Path | None:
        """A file to write to, with the ending of the format; None when nobody wants it."""
        suggested = str(folder / f"progress.{format}")
        dialog = QFileDialog(self, self.tr("Export progress"), suggested, f"{format.upper()} (*.{format})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(format)
        dialog.selectFile(suggested)
        return Path(dialog.selectedFiles()[0]) if dialog.exec() else None

    def say(self, words: str, *, tone: str = "muted") -> None:
        """One sentence above the buttons, until something else is done."""
        self.said.setText(words)
        self.said.setProperty("tone", tone)
        self.said.style().polish(self.said)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nothing inside had a use for closes the window."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        super().closeEvent(event)
