"""Documents in: files are chosen or dropped, read beside the window, looked through and corrected, and handed back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from annotator.errors import AnnotatorError
from annotator.gui.dialogs.columns import ColumnsDialog
from annotator.gui.dialogs.dialog import Dialog, Problem
from annotator.gui.dialogs.fields import Choice, button
from annotator.gui.dialogs.incoming_form import IncomingForm
from annotator.gui.dialogs.lists import Line, Lines
from annotator.gui.dialogs.reading import ReadFile, read_file, read_files
from annotator.gui.marks import Progress
from annotator.gui.messages import words_of
from annotator.gui.parts import Scroll, box, column, elided, label, row
from annotator.gui.tasks import Task, run_in_background
from annotator.gui.theme import Theme
from annotator.gui.words import length_words
from annotator.interchange import BY_EXTENSION
from annotator.interchange.importing import Twin, columns_of
from annotator.interchange.incoming import Columns, Incoming
from annotator.model import Coder, Round

CHOOSE, READ, REVIEW = range(3)


@dataclass(frozen=True, slots=True)
class Import:
    """What shall come in, twins that were ticked on purpose among it; who gets each of them, in which round."""

    documents: tuple[Incoming, ...]
    assign_to: tuple[str, ...] = ()
    round: str | None = None


class ImportDialog(Dialog):
    """`decided` carries an Import. Files that fail are listed with why, and the rest goes in."""

    def __init__(
        self,
        parent: QWidget | None,
        theme: Theme,
        *,
        paths: Sequence[Path] = (),
        twins: Callable[[Sequence[Incoming]], list[Twin]] = lambda documents: [],
        coders: Sequence[Coder] = (),
        me: str = "",
        rounds: Sequence[Round] = (),
    ):
        """`paths` are read at once. `twins` finds the documents whose text is there already (`importing.duplicates`)."""
        super().__init__(parent, theme, self.tr("Import documents"), accept=self.tr("Import"))
        self.find_twins = twins
        self.files: list[ReadFile] = []
        self.unticked: set[tuple[Path, int]] = set()
        self.seen: set[tuple[Path, int]] = set()
        self.task: Task | None = None
        self.pages = QStackedWidget()
        self.listing = Lines(self.tr("Documents"), theme, ticks=True)
        self.form_of_one = IncomingForm(theme)
        for page in (self._choose_page(), self._read_page(theme), self._review_page(theme)):
            self.pages.addWidget(page)
        self.body.addWidget(self.pages)
        self._hand_out_part(theme, coders, me, rounds)
        self.listing.currentRowChanged.connect(lambda place: self._show_current())
        self.listing.ticked.connect(self._ticks_changed)
        self.form_of_one.edited.connect(self._edited)
        self.form_of_one.encoding_wanted.connect(self._read_in)
        self.form_of_one.columns_wanted.connect(self._choose_columns)
        self.setAcceptDrops(True)
        self.resize(960, 640)
        self._show_page(CHOOSE)
        self.first.setFocus()
        if paths:
            self.add(paths)

    def add(self, paths: Sequence[Path]) -> None:
        """Reads these files, and all in these folders, beside what is here already."""
        there = {file.path for file in self.files}

        def work(progress, cancelled):
            return [file for file in read_files(paths, progress, cancelled) if file.path not in there]

        self._show_page(READ)
        self.bar.set_share(0)
        self.reading.setText(self.tr("Looking for files"))
        self.task = run_in_background(work, done=self._have_read, failed=self._failed, progress=self._show_progress)

    def value(self) -> Import:
        chosen = [self._find(id) for id in self.listing.ticked_ids()]
        documents = tuple(file.documents[place] for file, place in chosen)
        return Import(documents, self.to.chosen() or (), self.round.chosen())

    def problem(self) -> Problem | None:
        if self.pages.currentIndex() != REVIEW:
            return self.tr("Choose files first."), None
        if not self.listing.ticked_ids():
            return self.tr("Tick a document at least."), self.listing
        if untitled := next((id for id in self.listing.ticked_ids() if not self._document(id).title), None):
            self.listing.choose(untitled)
            return self.tr("A document needs a title."), self.form_of_one.title
        return None

    def reject(self) -> None:
        """Cancel while files are read stops the reading; what was here before stays."""
        if self.task and self.pages.currentIndex() == READ:
            self._stop()
        else:
            super().reject()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if paths := [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]:
            event.acceptProposedAction()
            self.add(paths)

    # Pages ------------------------------------------------------------------------------------------------------------

    def _choose_page(self) -> QWidget:
        files, folder = self._choosers()
        self.first = files
        words = label(self.tr("Drop files or folders here, or choose them."), "body")
        kinds = " ".join(sorted(extension.removeprefix(".") for extension in BY_EXTENSION))
        about = label(self.tr("Texts, tables and pages: {kinds}").format(kinds=kinds), "small", "muted", wrap=True)
        for one in (words, about):
            one.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside = column(None, words, row(None, files, folder, None), about, None, gap=16, margins=(48, 24, 48, 24))
        return box(inside, card="empty")

    def _choosers(self) -> tuple[QWidget, QWidget]:
        files = button(self.tr("Choose files …"), self._choose_files)
        return files, button(self.tr("Choose a folder …"), self._choose_folder)

    def _read_page(self, theme: Theme) -> QWidget:
        self.reading = elided("", "small", "muted")
        self.bar = Progress(0, theme, 416)
        return box(
            row(None, column(None, label(self.tr("Reading files"), "heading"), self.bar, self.reading, None), None)
        )

    def _review_page(self, theme: Theme) -> QWidget:
        files, folder = self._choosers()
        self.failures = column(gap=4)
        self.failed_head = label("", "small_strong", "danger")
        self.failed_area = Scroll(box(self.failures, ground="panel"))
        self.failed_area.setMaximumHeight(112)
        card = box(column(self.listing, margins=(4, 4, 4, 4)), card="true")
        left = column(card, self.failed_head, self.failed_area, row(files, folder, None))
        left.setStretch(0, 1)
        left_side = box(left)
        left_side.setMaximumWidth(400)
        whole = row(left_side, self.form_of_one, gap=24)
        whole.setStretch(0, 2)
        whole.setStretch(1, 3)
        return box(whole)

    def _hand_out_part(self, theme: Theme, coders: Sequence[Coder], me: str, rounds: Sequence[Round]) -> None:
        everyone = tuple(coder.id for coder in coders)
        choices: list[tuple[str, tuple[str, ...]]] = [(self.tr("Hand out to nobody yet"), ())]
        if me:
            choices.append((self.tr("Hand out to me"), (me,)))
        if len(everyone) > 1:
            choices.append((self.tr("Hand out to everybody"), everyone))
        self.to = Choice(theme, choices)
        self.to.setAccessibleName(self.tr("Hand out"))
        self.to.setCurrentIndex(1 if me and len(everyone) < 2 else 0)
        words = self.tr("in {round}")
        self.round = Choice(theme, [(words.format(round=one.name), one.id) for one in reversed(rounds)])
        self.round.setAccessibleName(self.tr("Round"))
        for field in (self.to, self.round):
            self.aside.addWidget(field)
        self.to.currentIndexChanged.connect(lambda place: self._show_hand_out())

    def _show_page(self, page: int) -> None:
        self.pages.setCurrentIndex(page)
        self.primary.setEnabled(page == REVIEW)
        words = {READ: self.tr("Stop")}
        self.cancel_button.setText(words.get(page, self.tr("Cancel")))
        self._show_hand_out()

    def _show_hand_out(self) -> None:
        review = self.pages.currentIndex() == REVIEW
        self.to.setVisible(review and self.to.count() > 1)
        self.round.setVisible(review and bool(self.to.chosen()) and self.round.count() > 1)

    # Reading ----------------------------------------------------------------------------------------------------------

    def _choose_files(self) -> None:
        patterns = " ".join(f"*{extension}" for extension in sorted(BY_EXTENSION))
        kinds = self.tr("Documents ({patterns});;All files (*)").format(patterns=patterns)
        chosen, _ = QFileDialog.getOpenFileNames(self, self.tr("Files to import"), "", kinds)
        if chosen:
            self.add([Path(path) for path in chosen])

    def _choose_folder(self) -> None:
        if chosen := QFileDialog.getExistingDirectory(self, self.tr("Folder to import")):
            self.add([Path(chosen)])

    def _show_progress(self, done: int, total: int, name: str) -> None:
        self.bar.set_share(done / total if total else 1)
        words = self.tr("{done} of {total}").format(done=done, total=total)
        self.reading.setText(f"{words}  ·  {name}" if name else words)

    def _have_read(self, files: list[ReadFile]) -> None:
        self.task = None
        self.files += files
        if self.files:
            self._list()
            self._show_page(REVIEW)
            self.listing.setFocus()
        else:
            self._show_page(CHOOSE)
            self.show_problem((self.tr("There are no files in there."), None))

    def _failed(self, error: Exception) -> None:
        self._stop()
        self.show_problem((words_of(error), None))

    def _stop(self) -> None:
        if self.task:
            self.task.cancel()
        self.task = None
        self._show_page(REVIEW if self.files else CHOOSE)

    def _read_in(self, encoding: str) -> None:
        self._read_again(lambda path, now: read_file(path, encoding=encoding, columns=now))

    def _read_with(self, columns: Columns) -> None:
        file, _ = self._find(self.listing.current())
        self._read_again(lambda path, now: read_file(path, encoding=file.encoding, columns=columns))

    def _read_again(self, read: Callable[[Path, Columns | None], ReadFile]) -> None:
        """Reads the file of the current document in another way; when that fails it stays as it was."""
        file, place = self._find(self.listing.current())
        again = read(file.path, file.columns)
        if again.failure:
            self.show_problem((words_of(again.failure), None))
            self._show_current()
            return
        self.show_problem(None)
        self.files[self.files.index(file)] = again
        self._list(f"{min(place, len(again.documents) - 1)} {file.path}")

    def _choose_columns(self) -> None:
        file, _ = self._find(self.listing.current())
        dialog = ColumnsDialog(
            self,
            self.theme,
            file.path.name,
            lambda sheet: columns_of(file.path, encoding=file.encoding, sheet=sheet),
            now=file.columns,
        )
        dialog.decided.connect(self._read_with)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    # Reviewing --------------------------------------------------------------------------------------------------------

    def _list(self, current: str = "") -> None:
        """Shows all documents anew: one that is there already is not ticked, unless a person did it."""
        documents = [document for file in self.files for document in file.documents]
        twins = {twin.place: twin for twin in self.find_twins(documents)}
        places = [(file, place) for file in self.files for place in range(len(file.documents))]
        lines = [self._line(file, place, twins.get(number)) for number, (file, place) in enumerate(places)]
        for number, (file, place) in enumerate(places):
            key = (file.path, place)
            if key not in self.seen and number in twins:
                self.unticked.add(key)
            self.seen.add(key)
        ticked = [
            line.id
            for line, (file, place) in zip(lines, places, strict=True)
            if (file.path, place) not in self.unticked
        ]
        self.listing.blockSignals(True)
        self.listing.set_lines(lines)
        self.listing.tick(ticked)
        self.listing.choose(current)
        self.listing.blockSignals(False)
        self._show_failures([file.failure for file in self.files if file.failure])
        self._show_current()
        self._show_count()

    def _line(self, file: ReadFile, place: int, twin: Twin | None) -> Line:
        document = file.documents[place]
        id, title = f"{place} {file.path}", document.title or "–"
        if twin:
            more = (
                self.tr("there already") if twin.in_project else self.tr("the same as {title}").format(title=twin.title)
            )
            return Line(title, id, more, "warning")
        if document.guessed:
            return Line(title, id, self.tr("{encoding}, a guess").format(encoding=document.encoding), "warning")
        if document.warnings:
            return Line(title, id, self.tr("look at it"), "warning")
        return Line(title, id, length_words(document.text))

    def _show_failures(self, failures: Sequence[AnnotatorError]) -> None:
        while item := self.failures.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        for failure in failures:
            self.failures.addWidget(label(words_of(failure), "small", wrap=True))
        self.failures.addStretch(1)
        words = (
            self.tr("1 file could not be read") if len(failures) == 1 else self.tr("{count} files could not be read")
        )
        self.failed_head.setText(words.format(count=len(failures)))
        self.failed_head.setVisible(bool(failures))
        self.failed_area.setVisible(bool(failures))
        self.failed_area.updateGeometry()

    def _show_current(self) -> None:
        id = self.listing.current()
        self.form_of_one.setVisible(bool(id))
        if id:
            file, place = self._find(id)
            self.form_of_one.show_document(file.documents[place], file)

    def _show_count(self) -> None:
        count = len(self.listing.ticked_ids())
        words = self.tr("Import 1 document") if count == 1 else self.tr("Import {count} documents")
        self.primary.setText(words.format(count=count))

    def _ticks_changed(self) -> None:
        ticked = set(self.listing.ticked_ids())
        for file in self.files:
            for place in range(len(file.documents)):
                key = (file.path, place)
                (self.unticked.discard if f"{place} {file.path}" in ticked else self.unticked.add)(key)
        self._show_count()

    def _edited(self, document: Incoming) -> None:
        id = self.listing.current()
        file, place = self._find(id)
        file.documents[place] = document
        now = next(line for line in self.listing.lines() if line.id == id)
        self.listing.change(Line(document.title or "–", id, now.more, now.tone))

    def _find(self, id: str) -> tuple[ReadFile, int]:
        place, path = id.split(" ", 1)
        return next(file for file in self.files if str(file.path) == path), int(place)

    def _document(self, id: str) -> Incoming:
        file, place = self._find(id)
        return file.documents[place]
