"""The three columns of one open project: documents, the text, the codebook with the inspector."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QWidget

from annotator.gui.coding import Coding
from annotator.gui.header import Header
from annotator.gui.panels.codebook import CodebookPanel
from annotator.gui.panels.documents import DocumentGroup, DocumentRow, DocumentsPanel
from annotator.gui.panels.find_bar import FindBar
from annotator.gui.panels.inspector import Inspector
from annotator.gui.panels.notice import Notice
from annotator.gui.panels.palette import Palette
from annotator.gui.panels.side import Side
from annotator.gui.parts import box, column, label, rule
from annotator.gui.places import Places
from annotator.gui.session import Session
from annotator.gui.textview.view import CodedTextView
from annotator.gui.theme import Theme
from annotator.model import Annotation, Assignment, Change, Code, Document, Round, State
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
    menu_wanted = Signal(str, QPoint)  # which menu ("text", "document" or "code"), place on the screen

    def __init__(self, project: Project, theme: Theme, places: Places, *, points: float = USUAL):
        super().__init__()
        self.project, self.theme, self.places = project, theme, places
        self.memory = places.of(project.id, project.actor.id)
        self.session = Session(project, self)
        self._shares: dict[tuple[str, str], float] = {}
        self._recoding, self._span = False, Span(0, 0)
        self._build(points)
        self.coding = Coding(self.session, self.text, self.inspector)
        self._connect()
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
        reading = column(self.header, rule(), self.notice, self.find_bar, self.text, gap=0)
        self.nothing = label(self._nothing_words(), "body", "muted", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.centre = QStackedWidget()
        self.centre.addWidget(box(column(None, self.nothing, None, margins=(48, 0, 48, 0)), ground="canvas"))
        self.centre.addWidget(box(reading, ground="canvas"))
        self.columns = QSplitter(Qt.Orientation.Horizontal)
        self.columns.setHandleWidth(1)
        self.columns.setChildrenCollapsible(False)
        for part in (self.documents, self.centre, self.side):
            self.columns.addWidget(part)
        self.columns.setStretchFactor(1, 1)
        self.spread(1440)
        self.palette_ = Palette(self, theme)
        self.setLayout(column(self.columns, gap=0))
        self._folding = QTimer(self, singleShot=True, interval=QUIET_AFTER)
        self._listing = QTimer(self, singleShot=True, interval=LIST_AFTER)

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
        self.codebook.menu_wanted.connect(lambda _, where: self.menu_wanted.emit("code", where))
        self.text.menu_wanted.connect(self._text_menu)
        self.find_bar.found.connect(self._show_hits)
        self.find_bar.closed.connect(lambda: self.text.set_hits([]))
        self.header.done_wanted.connect(self.coding.toggle_done)
        self.header.person_wanted.connect(self.person_wanted)
        self.header.show_wanted.connect(lambda: self.show_wanted.emit(self._below(self.header.round)))
        self.palette_.chosen.connect(self._palette_chosen)
        for back in (
            self.documents.done,
            self.codebook.done,
            self.inspector.done,
            self.find_bar.closed,
            self.palette_.closed,
            self.notice.dismissed,
        ):
            back.connect(self.to_text)
        self.session.refused.connect(lambda words: self.notice.tell(words, passing=True))
        self.session.changed.connect(self._hear)
        self.session.returned.connect(self._follow)
        self.coding.marked.connect(self._show_marks)
        self.coding.opened.connect(self._show_opened)
        self.coding.codes_changed.connect(self._show_codes)
        self.coding.palette_wanted.connect(self.open_palette)
        self.coding.gaps_found.connect(self._tell_of_gaps)
        self.text.caret_moved.connect(self.status_changed)
        self.text.zoomed.connect(lambda _: self.status_changed.emit())
        self.text.installEventFilter(self)
        self._folding.timeout.connect(self.project.fold)
        self._listing.timeout.connect(self._catch_up)

    # Documents --------------------------------------------------------------------------------------------------------

    def show_documents(self) -> None:
        """Brings the list of documents to what is handed out, and how far each is."""
        self.documents.show_rows(self.groups(), empty="" if self._is_supervisor() else self._nothing_words())
        if self.coding.document and self.coding.round:
            self.documents.set_current(self.coding.document.id, self._listed_round())

    def _catch_up(self) -> None:
        """A moment after a step: the list shows how far the document is, and the place is kept."""
        self.show_documents()
        self._remember_place()
        self.places.save()

    def groups(self) -> list[DocumentGroup]:
        """What is handed out to this person by round, newest round first, and to a supervisor the rest."""
        documents = {one.id: one for one in self.project.nouns("document")}
        states, me = self.project.assignment_states(), self.project.actor.id
        mine = [one for one in self.project.nouns("assignment") if one.coder == me and one.document in documents]
        groups, listed = [], set()
        for round in reversed(self.project.nouns("round")):
            own = sorted((one for one in mine if one.round == round.id), key=lambda one: one.position)
            listed |= {one.document for one in own}
            rows = tuple(self._row(documents[one.document], round, states[one.document, me, round.id]) for one in own)
            if rows:
                groups.append(DocumentGroup(round.name, rows, round))
        rest = tuple(DocumentRow(one) for one in documents.values() if one.id not in listed)
        if self._is_supervisor() and rest:
            groups.append(DocumentGroup(self.tr("Not handed out to you"), rest))
        return groups

    def open_document(self, document_id: str, round_id: str | None = None) -> None:
        """Opens a document where it was left; without a round, in the newest one."""
        self._remember_place()
        document = self.project.noun("document", document_id)
        round = self.project.noun("round", round_id) if round_id else self.project.nouns("round")[-1]
        self.coding.open(document, round)
        self.find_bar.set_text(self.coding.text)
        self._restore_place()
        self.centre.setCurrentIndex(1)

    def step_document(self, way: int) -> None:
        """To the document after or before the open one in the list."""
        rows = [row for group in self.groups() for row in group.rows]
        places = [(row.document.id, row.round.id if row.round else None) for row in rows]
        if not places:
            return
        here = self.coding.document and (self.coding.document.id, self._listed_round())
        at = places.index(here) + way if here in places else 0
        if 0 <= at < len(places):
            self.open_document(*places[at])

    def _listed_round(self) -> str | None:
        """The round under which the open document is listed; None under “not handed out”."""
        document, round = self.coding.document, self.coding.round
        assert document is not None
        assert round is not None
        here = (document.id, self.project.actor.id, round.id)
        assigned = {(one.document, one.coder, one.round) for one in self.project.nouns("assignment")}
        return round.id if here in assigned else None

    def _row(self, document: Document, round: Round, state: State) -> DocumentRow:
        return DocumentRow(document, round, state, self._share(document.id, round.id, state))

    def _share(self, document: str, round: str, state: State) -> float:
        """How far into a document its coder has come, 0 to 1; looked up once for those that are not open."""
        if state != "in progress":
            return 0.0
        if self._is_at(document, round):
            self._shares[document, round] = self.coding.share
        elif (document, round) not in self._shares:
            rows = self.project.coded_spans(documents=[document], coders=[self.project.actor.id], round=round)
            length = max(1, len(self.project.text(document)))
            self._shares[document, round] = max((row.end for row in rows), default=0) / length
        return self._shares[document, round]

    def _document_chosen(self, document: str, round: str | None) -> None:
        self.open_document(document, round)
        self.to_text()

    def _document_menu(self, document: str, round: str | None, where: QPoint) -> None:
        self._document_chosen(document, round)
        self.menu_wanted.emit("document", where)

    def _text_menu(self, where: QPoint, position: int, annotation: str) -> None:
        selection = self.text.selection()
        if annotation and not (selection and selection.start <= position <= selection.end):
            self.coding.make_current(annotation)
        self.menu_wanted.emit("text", where)

    def _go_on(self) -> None:
        """Opens what was open the last time, else the first document that is not done."""
        there = {(row.document.id, row.round.id if row.round else None): row for g in self.groups() for row in g.rows}
        last = (self.memory.get("document"), self.memory.get("round"))
        waiting = [place for place, row in there.items() if row.state != "done"]
        place = last if last in there else next(iter([*waiting, *there]), None)
        if place and place[0]:
            self.open_document(place[0], place[1])
        else:
            self.coding.load_codebook()

    def _remember_place(self) -> None:
        if self.coding.document and self.coding.round:
            document = self.coding.document.id
            self.memory.update(document=document, round=self._listed_round())
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
        """Back to the text, from wherever."""
        self.text.setFocus()

    def open_find(self) -> None:
        selection = self.text.selection()
        words = self.coding.text[selection.start : selection.end] if selection else ""
        self.find_bar.open(words, self.text.caret())

    def larger(self) -> None:
        self.text.zoom(self.text.points() + STEP)

    def smaller(self) -> None:
        self.text.zoom(self.text.points() - STEP)

    def normal_size(self) -> None:
        self.text.zoom(USUAL)

    def toggle_quiet(self) -> None:
        self.text.set_quiet(not self.text.quiet)

    def toggle_text_only(self) -> None:
        """Puts the panels away, or brings them back."""
        show = not self.documents.isVisible()
        self.documents.setVisible(show)
        self.side.setVisible(show)
        self.to_text()

    def next_panel(self) -> None:
        """The focus goes round: text, codebook, annotation, documents."""
        ring = [self.text, self.codebook.tree, self.inspector, self.documents.list]
        ring = [one for one in ring if one.isVisible()]
        focus = QApplication.focusWidget()
        at = next((n for n, one in enumerate(ring) if focus is one or (focus and one.isAncestorOf(focus))), -1)
        going = ring[(at + 1) % len(ring)]
        if going is self.inspector and self.coding.current:
            self.inspector.focus_first()
        elif going is self.inspector:
            self.documents.list.setFocus()
        else:
            going.setFocus()

    def open_palette(self, recode: bool) -> None:
        """At the words to be coded, or at the current annotation to give it another code."""
        span, words = self._palette_span(recode)
        if span is None:
            return
        self.text.reveal(span.start, span.end)
        self._recoding, self._span = recode, span
        title = self.tr("Another code") if recode else self.tr("Code")
        codes = list(self.coding.codes.values())
        self.palette_.open_at(self._rect_of(span), words, codes=codes, recent=self.coding.recent, title=title)

    def _palette_span(self, recode: bool) -> tuple[Span | None, str]:
        annotation = self.coding.annotation() if recode else None
        span = Span(annotation.spans[0].start, annotation.spans[-1].end) if annotation else self.coding.target()
        if span is None:
            return None, ""
        count = self.text.motion.count_words(span)
        words = self.tr("{count} words") if recode else self.tr("{count} words selected")
        return span, words.format(count=count)

    def _palette_chosen(self, code: str, fill_in: bool) -> None:
        if self._recoding:
            self.coding.recode_with(code)
            if fill_in:
                self.coding.fill_in()
        else:
            self.coding.code_with(code, span=self._span, fill_in=fill_in)

    def _rect_of(self, span: Span) -> QRect:
        """The lines of a span, in this widget's pixels."""
        area = self.text.rect_of(span)
        return QRect(self.text.viewport().mapTo(self, area.topLeft()), area.size())

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
            words = self.tr("{count} words").format(count=len(text.split()))
            where = self.tr("Paragraph {paragraph}, word {word}").format(
                paragraph=paragraph, word=len(text[:caret].split())
            )
        count = len(self.coding.shown)
        annotations = self.tr("1 annotation") if count == 1 else self.tr("{count} annotations").format(count=count)
        zoom = self.tr("{percent} %").format(percent=round(100 * self.text.points() / USUAL))
        return words, where, annotations, zoom

    # Keys -------------------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tab walks the annotations instead of the panels while the text has the focus."""
        if watched is self.text and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Tab and event.modifiers() == Qt.KeyboardModifier.NoModifier:
                self.coding.next_annotation()
                return True
            if event.key() == Qt.Key.Key_Backtab:
                self.coding.previous_annotation()
                return True
        return super().eventFilter(watched, event)

    # Showing ----------------------------------------------------------------------------------------------------------

    def _hear(self, change: Change) -> None:
        self._folding.start()
        self.notice.go_on()
        kinds = {edit.kind for edit in change.edits}
        if kinds & {"document", "assignment", "round", "coder"}:
            self.show_documents()
        elif "annotation" in kinds:
            self._listing.start()
        document = self.coding.document
        if document and "document" in kinds:
            if found := self.project.nouns_of("document", [document.id]):
                self.coding.document = found[0]
                self._show_head()
            else:
                self.coding.leave()
                self.centre.setCurrentIndex(0)
        elif document is None and "document" in kinds:
            self._go_on()
            self.to_text()
        self.status_changed.emit()

    def _follow(self, change: Change) -> None:
        """After undo or redo, goes to where it happened, on another document if need be."""
        places = [edit.noun for edit in change.edits if isinstance(edit.noun, Annotation | Assignment)]
        if places and places[0].coder == self.project.actor.id:
            document, round = places[0].document, places[0].round
            if not self._is_at(document, round):
                self.open_document(document, round)
        self.coding.go_to_change(change)

    def _is_at(self, document: str, round: str) -> bool:
        here = self.coding.document and self.coding.round and (self.coding.document.id, self.coding.round.id)
        return here == (document, round)

    def _show_opened(self) -> None:
        self.notice.go_on()
        self._show_head()
        self.show_documents()
        self.status_changed.emit()

    def _show_head(self) -> None:
        document, round = self.coding.document, self.coding.round
        if isinstance(document, Document) and isinstance(round, Round):
            self.header.show_document(document, self.project.actor, round)

    def _show_marks(self) -> None:
        if self.coding.document and self.coding.round:
            self.header.show_state(self.coding.state, self.coding.share)
        self._show_counts()
        self.status_changed.emit()

    def _show_codes(self) -> None:
        self._show_head()
        self._show_counts()

    def _show_counts(self) -> None:
        counts = self.coding.counts()
        self.codebook.show_codebook(self._offered(), counts)
        annotation = self.coding.current and self.coding.shown.marks[self.coding.current][0]
        self.codebook.set_current(self.coding.drawn[annotation.code].id if annotation else None)

    def _tell_of_gaps(self, count: int, first: str) -> None:
        one = self.tr("Done. 1 annotation lacks an attribute that its code requires.")
        more = self.tr("Done. {count} annotations lack an attribute that their code requires.").format(count=count)

        def show() -> None:
            self.coding.go_to(first)
            self.to_text()

        self.notice.tell(one if count == 1 else more, button=self.tr("Show the first"), action=show, passing=True)

    def _offered(self) -> list[Code]:
        """The codes of this round's version, called and coloured as today."""
        drawn = self.coding.drawn
        return [
            replace(drawn[id], parent=code.parent, position=code.position)
            if id in drawn and drawn[id].id == id
            else code
            for id, code in self.coding.codes.items()
        ]

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
        self.inspector.flush()
        self._remember_place()
        self.places.save()
        self.project.close()
