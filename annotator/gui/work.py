"""The three columns of one open project: documents, the text, the codebook with the inspector."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QWidget

from annotator.errors import AnnotatorError
from annotator.gui.annotation_list import AnnotationList
from annotator.gui.announcing import Announcer
from annotator.gui.bookmarks import Bookmarks
from annotator.gui.choosing import Choosing
from annotator.gui.coding import Coding
from annotator.gui.copying import Copying
from annotator.gui.finding import Finding
from annotator.gui.fitting import Fitting
from annotator.gui.handed_out import HandedOut
from annotator.gui.header import Header
from annotator.gui.looking_back import LookingBack
from annotator.gui.memos import Memos
from annotator.gui.messages import words_of
from annotator.gui.panels.codebook import CodebookPanel
from annotator.gui.panels.documents import DocumentGroup, DocumentsPanel, Place
from annotator.gui.panels.drawer import Drawer
from annotator.gui.panels.find_bar import FindBar
from annotator.gui.panels.inspector import Inspector
from annotator.gui.panels.middle import TextAndDrawer
from annotator.gui.panels.notice import Notice
from annotator.gui.panels.palette import Palette
from annotator.gui.panels.side import Side
from annotator.gui.parts import box, column, label, row, rule
from annotator.gui.places import Places
from annotator.gui.rhythm import Rhythm
from annotator.gui.session import Session
from annotator.gui.textview.view import CodedTextView
from annotator.gui.theme import Theme
from annotator.gui.words import length_words, place_words
from annotator.model import Annotation, Assignment, Change, Document, Round
from annotator.project import Project
from annotator.text import Span

LEFT, RIGHT = 248, 312  # px of the panels
STEP, USUAL = 1.0, 12.0  # points of the reading text
LIST_AFTER = 400  # ms after an annotation until the list of documents shows how far it is
COUNTED = 200_000  # characters up to which the status bar counts words
QUIET_AFTER = 20_000  # ms without a change until the write-ahead log is folded into the file


class Work(QWidget):
    """One project as one person works on it. The main window shows it, and takes it down when the project is closed."""

    status_changed = Signal()
    person_wanted = Signal()
    show_wanted = Signal(QPoint)
    files_dropped = Signal(list)
    menu_wanted = Signal(
        str, QPoint, str
    )  # of "text", "document" or "code"; place on the screen; which code it is about

    def __init__(self, project: Project, theme: Theme, places: Places, *, points: float = USUAL):
        super().__init__()
        self.project, self.theme, self.places = project, theme, places
        self.memory = places.of(project.id, project.actor.id)
        self.session = Session(project, self)
        self.handed_out = HandedOut(project)
        self._build(points)
        self.coding = Coding(self.session, self.text, self.inspector)
        self.copying = Copying(self)
        self.finding = Finding(self)
        self.choosing = Choosing(self.coding, self.palette_, self.notice)
        self.annotations = AnnotationList(self.coding, self.choosing, self.drawer, theme)
        self._connect()
        self.announcer, self.fitting = Announcer(self), Fitting(self)
        self.rhythm, self.looking_back = Rhythm(self), LookingBack(self)
        self.memos, self.bookmarks = Memos(self), Bookmarks(self)
        self.show_documents()
        self._go_on()

    def _build(self, points: float) -> None:
        theme = self.theme
        self.documents, self.header, self.notice = DocumentsPanel(theme), Header(theme), Notice(theme)
        self.find_bar, self.text = FindBar(theme), CodedTextView(theme)
        self.codebook, self.inspector = CodebookPanel(theme), Inspector(theme)
        self.side = Side(self.codebook, self.inspector)
        self.text.zoom(points)
        self.text.setAccessibleName(self.tr("Text"))
        self.drawer = Drawer(theme)
        self.text_and_drawer = TextAndDrawer(self.text, self.drawer)
        self.reading = column(self.header, rule(), self.notice, self.find_bar, self.text_and_drawer, gap=0)
        self.nothing = label(self._nothing_words(), "body", "muted", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.centre = QStackedWidget()
        self.empty = column(None, row(self.nothing, margins=(48, 0, 48, 0)), None, gap=0)
        for page in (self.empty, self.reading):
            self.centre.addWidget(box(page, ground="canvas"))
        self.columns = QSplitter(Qt.Orientation.Horizontal)
        self.columns.setHandleWidth(1)
        self.columns.setChildrenCollapsible(False)
        for part in (self.documents, self.centre, self.side):
            self.columns.addWidget(part)
        self.columns.setStretchFactor(1, 1)
        self.spread(1440)
        self.palette_ = Palette(self, theme)
        self._name_help_pages()
        self.setLayout(column(self.columns, gap=0))
        self._folding = QTimer(self, singleShot=True, interval=QUIET_AFTER)
        self._listing = QTimer(self, singleShot=True, interval=LIST_AFTER)

    def _name_help_pages(self) -> None:
        pages = {
            "documents": self.documents,
            "text": self.text,
            "codebook": self.codebook,
            "annotation": self.inspector,
        }
        for name, part in {**pages, "palette": self.palette_, "find": self.find_bar}.items():
            part.setProperty("help", name)

    def spread(self, width: int) -> None:
        """Shares a width among the three columns, as long as a person has not."""
        self.columns.setSizes([LEFT, width - LEFT - RIGHT - 2, RIGHT])

    def _nothing_words(self) -> str:
        if self.project.actor.role == "supervisor":
            return self.tr("Drop documents here, or press Ctrl+I.")
        return self.tr("Nothing was handed out to you yet.")

    def _connect(self) -> None:
        self.documents.chosen.connect(self._document_chosen)
        self.documents.files_dropped.connect(self.files_dropped)
        self.documents.menu_wanted.connect(self._document_menu)
        self.codebook.chosen.connect(self._code_chosen)
        self.codebook.menu_wanted.connect(lambda code, where: self.menu_wanted.emit("code", where, code))
        self.text.menu_wanted.connect(self._text_menu)
        self.find_bar.found.connect(self._show_hits)
        self.find_bar.closed.connect(lambda: self.text.set_hits([]))
        self.header.done_wanted.connect(self.coding.toggle_done)
        self.header.person_wanted.connect(self.person_wanted)
        self.header.show_wanted.connect(self.ask_whom_to_show)
        for back in (
            self.documents.done,
            self.drawer.done,
            self.codebook.done,
            self.inspector.done,
            self.find_bar.closed,
            self.choosing.finished,
            self.notice.dismissed,
        ):
            back.connect(self.to_text)
        self.session.refused.connect(lambda words: self.notice.tell(words, passing=True))
        self.session.refused.connect(self.status_changed)
        self.session.reopened.connect(self.show_documents)
        self.annotations.entered.connect(self.to_text)
        self.session.changed.connect(self._hear)
        self.session.returned.connect(self._follow)
        self.coding.marked.connect(self._show_marks)
        self.coding.opened.connect(self._show_opened)
        self.coding.codes_changed.connect(self._show_codes)
        self.coding.gaps_found.connect(self._tell_of_gaps)
        self.coding.fields_wanted.connect(self._bring_panels_back)
        self.coding.orphans_found.connect(self.notice.tell)
        self.inspector.memo.textChanged.connect(self.status_changed)
        self.text.caret_moved.connect(self.status_changed)
        self.text.zoomed.connect(lambda _: self.status_changed.emit())
        self._folding.timeout.connect(self.project.fold)
        self._listing.timeout.connect(self._catch_up)

    # Documents --------------------------------------------------------------------------------------------------------

    def show_documents(self) -> None:
        """Brings the list of documents to what is handed out, and how far each is."""
        self.documents.show_rows(self.groups(), empty="" if self._is_supervisor() else self._nothing_words())
        self._show_place()

    def _show_place(self) -> None:
        self.documents.set_current(*(self.open_place() or (None,)))

    def _catch_up(self) -> None:
        """A moment after a step: the list shows how far the document is, and the place is kept."""
        self.show_documents()
        self._remember_place()
        self.places.save()

    def groups(self) -> list[DocumentGroup]:
        """What this person finds in the list, as it is now."""
        return self.handed_out.renew()

    def open_document(self, document_id: str, round_id: str | None = None) -> None:
        """Opens a document where it was left; without a round, in the newest one."""
        self._remember_place()
        try:
            document = self.project.noun("document", document_id)
            round = self.project.noun("round", round_id) if round_id else self.project.nouns("round")[-1]
            self.coding.open(document, round)
        except AnnotatorError as error:
            self.notice.tell(words_of(error))
            return
        self.find_bar.set_text(self.coding.text)
        self._restore_place()
        self._show_reading(True)

    def _show_reading(self, shown: bool) -> None:
        """The text, or that there is none; what went wrong is said above either."""
        self.centre.setCurrentIndex(int(shown))
        if shown:
            self.reading.insertWidget(2, self.notice)
        else:
            self.empty.insertWidget(0, self.notice)

    def next_document(self) -> None:
        self.step_document(1)

    def previous_document(self) -> None:
        self.step_document(-1)

    def step_document(self, way: int) -> None:
        """To the document after or before the open one in the list."""
        here = self.open_place()
        if there := self.handed_out.beside(here, way):
            self.open_document(*there)
            self.to_text()

    def open_place(self) -> Place | None:
        """Where the open document stands in the list: it and its round, or no round if it was not handed out."""
        document, round = self.coding.document, self.coding.round
        return self.handed_out.place_of(document.id, round.id) if document and round else None

    def _document_chosen(self, document: str, round: str | None) -> None:
        self.open_document(document, round)
        self.to_text()

    def _document_menu(self, document: str, round: str | None, where: QPoint) -> None:
        self._document_chosen(document, round)
        self.menu_wanted.emit("document", where, "")

    def _text_menu(self, where: QPoint, position: int, annotation: str) -> None:
        selection = self.text.selection()
        if annotation and not (selection and selection.start <= position <= selection.end):
            self.coding.make_current(annotation)
        self.menu_wanted.emit("text", where, "")

    def _go_on(self) -> None:
        """Opens what was open the last time, else the first document that is not done."""
        rows = {row.place: row for group in self.groups() for row in group.rows}
        last: Place = (str(self.memory.get("document")), self.memory.get("round"))
        waiting = [place for place, row in rows.items() if row.state != "done"]
        place = last if last in rows else next(iter([*waiting, *rows]), None)
        self._show_reading(False)
        if place:
            self.open_document(*place)
        if self.coding.document is None:
            self.coding.load_codebook()
            self.coding.refresh_inspector()

    def _remember_place(self) -> None:
        if place := self.open_place():
            document, round = place
            self.memory.update(document=document, round=round)
            kept = {"place": list(self.text.place()), "caret": self.text.caret(), "current": self.coding.current}
            self.memory.setdefault("places", {})[document] = kept

    def _restore_place(self) -> None:
        document = self.coding.document
        kept = self.memory.get("places", {}).get(document.id if document else "", {})
        if kept:
            self.text.put_caret(min(int(kept.get("caret", 0)), len(self.coding.text)))
            point, fraction = kept.get("place", (0, 0.0))
            self.text.restore((min(int(point), len(self.coding.text)), float(fraction)))
            self.coding.make_current(kept.get("current"))

    # What the window asks for -----------------------------------------------------------------------------------------

    def to_text(self) -> None:
        """Back to the text, from wherever; to the list of documents while none is open."""
        (self.text if self.coding.document else self.documents.list).setFocus()

    def let_go(self) -> None:
        """Gives up what is dragged or selected; when that is nothing, closes what was said."""
        if not self.text.keyboard.let_go() and self.notice.isVisible():
            self.notice.close_button.click()

    def open_find(self) -> None:
        selection = self.text.selection()
        words = self.coding.text[selection.start : selection.end] if selection else ""
        self.find_bar.open(words, self.text.caret())

    def find_next(self) -> None:
        self._find(self.find_bar.next, 1)

    def find_previous(self) -> None:
        self._find(self.find_bar.previous, -1)

    def _find(self, step: Callable[[], None], way: int) -> None:
        """In the bar or, where hits of all documents are in sight, over them. Without either the bar opens."""
        if self.find_bar.isVisible():
            step()
        elif self.finding.is_open:
            self.finding.step(way)
        elif self.find_bar.field.text():
            self.find_bar.open_again(self.text.caret())
        else:
            self.open_find()

    def ask_whom_to_show(self) -> None:
        self.show_wanted.emit(self._below(self.header.round))

    def larger(self) -> None:
        self.text.zoom(self.text.points() + STEP)

    def smaller(self) -> None:
        self.text.zoom(self.text.points() - STEP)

    def normal_size(self) -> None:
        self.text.zoom(USUAL)

    def toggle_text_only(self) -> None:
        """Puts the panels away, or brings them back."""
        self._show_panels(not self.documents.isVisible())
        self.to_text()

    def _bring_panels_back(self) -> None:
        if not self.side.isVisible():
            self._show_panels(True)

    def _show_panels(self, shown: bool) -> None:
        self.documents.setVisible(shown)
        self.side.setVisible(shown)
        self.text.options.set_centred(not shown)

    @property
    def is_saved(self) -> bool:
        """Whether all there is to see is on disk: a memo is, a moment after its last letter."""
        annotation, memo = self.inspector.annotation, self.inspector.memo
        if self.session.is_failing or not self.memos.is_saved:
            return False
        return annotation is None or not memo.isVisible() or memo.toPlainText() == annotation.memo

    def next_panel(self) -> None:
        """The focus goes round: text, what was said, codebook, annotation, documents."""
        said = self.notice.button if self.notice.button.isVisible() else self.notice.close_button
        ring = [self.text, said, self.drawer, self.codebook.tree, self.inspector.form, self.documents.list]
        ring = [one for one in ring if one.isVisible()]
        focus = QApplication.focusWidget()
        at = next((n for n, one in enumerate(ring) if focus is one or (focus and one.isAncestorOf(focus))), -1)
        going = ring[(at + 1) % len(ring)]
        if going is self.inspector.form:
            self.inspector.focus_first()
        elif going is self.drawer:
            self.drawer.open(self.drawer.name)
        else:
            going.setFocus(Qt.FocusReason.TabFocusReason)

    def _below(self, widget: QWidget) -> QPoint:
        return widget.mapToGlobal(QPoint(0, widget.height()))

    @contextmanager
    def by_character(self) -> Iterator[None]:
        """Edges move by characters meanwhile, whatever the mode."""
        before = self.text.exact
        self.text.exact = True
        try:
            yield
        finally:
            self.text.exact = before

    def status_words(self) -> tuple[str, str, str, str]:
        """Words in the document, where the caret is, how many annotations one sees, the size of the text."""
        if self.coding.document is None:
            return "", "", "", ""
        text, caret = self.coding.text, self.text.caret()
        paragraph = self.text.text.numbers[self.text.text.number_at(caret)]
        where = self.tr("Paragraph {paragraph}").format(paragraph=paragraph)
        words = ""
        if len(text) <= COUNTED:
            words = length_words(text)
            where = place_words(text, paragraph, caret)
        count = len(self.coding.shown)
        annotations = self.tr("1 annotation") if count == 1 else self.tr("{count} annotations").format(count=count)
        zoom = self.tr("{percent} %").format(percent=round(100 * self.text.points() / USUAL))
        return words, where, annotations, zoom

    # Showing ----------------------------------------------------------------------------------------------------------

    def _hear(self, change: Change) -> None:
        self._folding.start()
        kinds = {edit.kind for edit in change.edits}
        if kinds == {"sitting"}:
            return  # nobody did anything: what stands above the text goes on standing there
        self.notice.go_on()
        for edit in change.edits:
            if isinstance(edit.noun, Annotation):
                self.handed_out.forget(edit.noun.document, edit.noun.round)
        if kinds & {"document", "assignment", "round", "coder"}:
            self.show_documents()
        elif "annotation" in kinds:
            self._listing.start()
        if "document" in kinds:
            self._show_head()
        if self.coding.document is None and kinds & {"document", "round", "assignment"}:
            self._go_on()  # what was open is gone, or the first document has come
            self._show_place()
            self.to_text()
        self.status_changed.emit()

    def _follow(self, change: Change) -> None:
        """After undo or redo, goes to where it happened, on another document if need be."""
        nouns = [edit.noun for edit in change.edits if isinstance(edit.noun, Annotation | Assignment)]
        if nouns and nouns[0].coder == self.project.actor.id:
            document, round = nouns[0].document, nouns[0].round
            is_there = self.project.nouns_of("document", [document]) and self.project.nouns_of("round", [round])
            if is_there and not self._is_at(document, round):
                self.open_document(document, round)
        self.coding.go_to_change(change)

    def _is_at(self, document: str, round: str) -> bool:
        here = self.coding.document and self.coding.round and (self.coding.document.id, self.coding.round.id)
        return here == (document, round)

    def _show_opened(self) -> None:
        self.notice.go_on()
        self.palette_.close_up()  # it was about words of another document
        self._show_head()
        self._show_place()
        self.status_changed.emit()

    def _show_head(self) -> None:
        document, round = self.coding.document, self.coding.round
        if isinstance(document, Document) and isinstance(round, Round):
            self.header.show_document(document, self.project.actor, round)

    def _show_marks(self) -> None:
        if self.coding.document and self.coding.round:
            self.header.show_state(self.coding.state, self.coding.share, nothing=not self.coding.shown.reach())
        self._show_counts()
        self.status_changed.emit()

    def _show_codes(self) -> None:
        self._show_head()
        self._show_counts()

    def _show_counts(self) -> None:
        counts = self.coding.counts()
        self.codebook.show_codebook(self.coding.book.offered(), counts)
        annotation = self.coding.current and self.coding.shown.marks[self.coding.current][0]
        self.codebook.set_current(self.coding.drawn[annotation.code].id if annotation else None)

    def _tell_of_gaps(self, count: int, first: str) -> None:
        one = self.tr("Done. 1 annotation lacks an attribute that its code requires.")
        more = self.tr("Done. {count} annotations lack an attribute that their code requires.").format(count=count)

        def show() -> None:
            self.coding.go_to(first)
            self.to_text()

        self.notice.tell(one if count == 1 else more, button=self.tr("Show the first"), action=show, passing=True)

    def _show_hits(self, hits: list[Span], current: int) -> None:
        self.text.set_hits(hits, current if current >= 0 else None)
        if 0 <= current < len(hits):
            self.text.put_caret(hits[current].end)
            self.text.reveal(hits[current].start, hits[current].end)

    def _code_chosen(self, code: str) -> None:
        self.coding.code_with(code)
        self.to_text()

    def _is_supervisor(self) -> bool:
        return self.project.actor.role == "supervisor"

    def close_down(self) -> None:
        """Saves what is being typed, remembers where one was, and lets go of the project."""
        self._folding.stop()
        self._listing.stop()
        self.finding.close_down()
        self.inspector.flush()
        self.memos.flush()
        self._remember_place()
        self.places.save()
        self.project.close()
        gc.unfreeze()  # what `collecting_later` kept from the collector can go with the project
