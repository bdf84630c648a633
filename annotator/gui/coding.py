"""The hands of the coder: keys, clicks and panels, turned into changes of the document in front of them."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from annotator import editing
from annotator.gui.collecting import collecting_later
from annotator.gui.filling import Filling
from annotator.gui.marks import State
from annotator.gui.own_keys import KEYS
from annotator.gui.panels.inspector import CERTAINTY, Inspector
from annotator.gui.reshaping import Reshaping
from annotator.gui.round_codebook import RoundCodebook
from annotator.gui.session import Session
from annotator.gui.shown import Shown
from annotator.gui.textview.view import CodedTextView
from annotator.gui.words import initials
from annotator.model import Annotation, Change, Code, Document, Round, assignment_id
from annotator.text import Span

UNSURE, FAIRLY, SURE = CERTAINTY
CHECKED = 20_000  # annotations of a document up to which their quotes are compared when it opens
RECENT = 6  # codes that the palette offers first


class Coding(QObject):
    """One document in one round, as one person codes it: what is shown, what is current. Writes through the session."""

    opened = Signal()  # another document, or the same one anew
    marked = Signal()  # annotations, their number or the current one have changed
    codes_changed = Signal()
    finished = Signal()  # the document was marked as done
    gaps_found = Signal(int, str)  # so many annotations of a document now done lack what is required; the first of them
    orphans_found = Signal(str)  # what is not shown, in a sentence
    palette_wanted = Signal(bool)  # whether it is to recode the current annotation
    came_to = Signal(str)  # the annotation that keys or a list led to
    fields_wanted = Signal()  # the inspector is about to get the focus: it has to be in sight

    def __init__(self, session: Session, view: CodedTextView, inspector: Inspector):
        super().__init__(view)
        self.session, self.view, self.inspector = session, view, inspector
        self.project, self.me = session.project, session.project.actor
        self.document: Document | None = None
        self.round: Round | None = None
        self.text = ""
        self.current: str | None = None
        self.recent: list[str] = []
        self.shown = Shown(self.me.id)
        self.book = RoundCodebook(self.project)
        self.last: str | None = None  # the annotation that was current last: a further span goes to it
        self._orphans: set[str] = set()
        self._following = True
        self.shape, self.fill = Reshaping(self), Filling(self)
        self._connect()

    def _connect(self) -> None:
        self.session.changed.connect(self._hear)
        self.session.reopened.connect(self._load_marks)
        view, inspector = self.view, self.inspector
        view.annotation_clicked.connect(self.make_current)
        view.code_dropped.connect(lambda code, spans: self.code_with(code, spans=spans))
        view.caret_moved.connect(self._caret_moved)
        inspector.certainty_changed.connect(lambda id, value: self._alter(id, editing.set_certainty, value))
        inspector.memo_changed.connect(lambda id, words: self._alter(id, editing.set_memo, words))
        inspector.recode_wanted.connect(self.open_recode)

    # The document -----------------------------------------------------------------------------------------------------

    def open(self, document: Document, round: Round) -> None:
        """Shows a document as it is coded in a round."""
        self.inspector.flush()
        text = self.project.text(document.id)
        self.document, self.round, self.text = document, round, text
        self.current, self.last, self._orphans = None, None, set()
        self.shown.hide(self._unseen_while_coding())
        self.load_codebook()
        self.view.show_text(text, language=document.language)
        self._load_marks()
        self.opened.emit()
        self.refresh_inspector()
        if len(self.shown.marks) <= CHECKED:
            self._set_orphans_aside(document)

    def _set_orphans_aside(self, document: Document) -> None:
        """What quotes words that are not at its place is told of, and not drawn on others."""
        orphans = [one for one in self.project.orphans(document.id) if one.id in self.shown]
        if not orphans:
            return
        self._orphans = {one.id for one in orphans}
        self._load_marks()
        words = self.tr("Not shown, as what was quoted is not at its place: {count} annotations, as “{quote}”.")
        self.orphans_found.emit(words.format(count=len(orphans), quote=orphans[0].quotes[0]))

    def _unseen_while_coding(self) -> frozenset[str]:
        """In a blind round a supervisor who codes sees only their own annotations too, until they ask for the others."""
        if self.document is None or self.round is None or not self.round.blind:
            return frozenset()
        place = assignment_id(self.document.id, self.me.id, self.round.id)
        if not self.project.nouns_of("assignment", [place]):
            return frozenset()
        return frozenset(coder.id for coder in self.project.nouns("coder") if coder.id != self.me.id)

    def leave(self) -> None:
        """Lets go of the document: it is no longer there."""
        self.document = self.round = self.current = self.last = None
        self.text = ""
        self.shown.load(())
        self.view.show_text("")
        self.refresh_inspector()

    def load_codebook(self) -> None:
        """Takes the codes that the round offers, and how each code is called and drawn now."""
        self.book.load(self.round.codebook_version if self.round else None)
        self.recent = [code for code in self.recent if code in self.codes]
        self.view.theme.set_textures(self.book.textures())
        self.view.set_codes({id: (code.name, code.colour[0], code.colour[1]) for id, code in self.drawn.items()})
        people = {coder.id: initials(coder) for coder in self.project.nouns("coder")}
        self.view.set_people(people, me=self.me.id)
        self.codes_changed.emit()

    @property
    def codes(self) -> dict[str, Code]:
        """Id -> code, of those that the round offers."""
        return self.book.codes

    @property
    def drawn(self) -> dict[str, Code]:
        """Id -> code as it is called and coloured today, of all that there ever were."""
        return self.book.drawn

    def _load_marks(self) -> None:
        if self.document is None or self.round is None:
            return
        with collecting_later():
            rows = self.project.spans_of(self.document.id, self.round.id)
            self.shown.load((row for row in rows if row[0] not in self._orphans) if self._orphans else rows)
            self.view.set_hidden(coders=self.shown.hidden)
            self.view.set_marks([mark for marks in self.shown.marks.values() for mark in marks])
        self.marked.emit()

    def hide(self, coders: Collection[str]) -> None:
        """Leaves out the annotations of these coders."""
        self.shown.hide(coders)
        self.view.set_hidden(coders=self.shown.hidden)
        if self.current and self.shown.coder(self.current) in self.shown.hidden:
            self.make_current(None)
        self.marked.emit()

    @property
    def is_done(self) -> bool:
        return self.state == "done"

    @property
    def state(self) -> State:
        """Of the assignment: to do, in progress or done."""
        if not (self.document and self.round):
            return "to do"
        place = assignment_id(self.document.id, self.me.id, self.round.id)
        if any(one.done for one in self.project.nouns_of("assignment", [place])):
            return "done"
        return "in progress" if self.shown.reach() else "to do"

    @property
    def share(self) -> float:
        """How far one has come: the end of the last own annotation, 0 to 1 of the text."""
        return self.shown.reach() / max(1, len(self.text))

    def counts(self) -> dict[str, int]:
        """Code -> how often one has used it here, or one that was merged into it."""
        counts: Counter[str] = Counter()
        for code, count in self.shown.counts().items():
            counts[self.drawn[code].id] += count
        return counts

    # Coding -----------------------------------------------------------------------------------------------------------

    def target(self) -> Span | None:
        """What the next code would be put on: the selection or, with none, the sentence at the caret."""
        return self.view.selection() or self.view.sentence()

    def press(self, letter: str, *, recode: bool) -> bool:
        """The key of a code was pressed. False when no code has it."""
        code = self.book.keys.get(letter.casefold())
        if code is None or self.document is None:
            return False
        if recode:
            self.recode_with(code)
        else:
            self.code_with(code)
        return True

    def code_with(self, code: str, *, spans: Sequence[Span] = (), fill_in: bool = False) -> None:
        """Puts a code on the selection or, with none, on the sentence at the caret."""
        target = self.target()
        spans = spans or ([target] if target else [])
        if self.document and self.round and self.may_code() and self._has_words(spans):
            document, round = self.document.id, self.round.id
            made = self.put(
                lambda: editing.annotate(self.project, document=document, code=code, spans=spans, round=round), spans
            )
            if made and fill_in:
                self.fill_in()

    def put(self, make: Callable[[], Change], spans: Sequence[Span]) -> bool:
        """Makes an annotation on these spans; it is current then, and the caret stands at its end."""
        change = self.session.attempt(make)
        if change and isinstance(made := change.edits[0].after, Annotation):
            self.remember(made.code)
            self._put_caret(self.view.motion.last_within(spans[-1], "sentence"))
            self.make_current(made.id)
        return change is not None

    def recode_with(self, code: str) -> None:
        """Gives the current annotation another code."""
        annotation = self.annotation()
        if annotation and self.do(lambda: editing.recode(self.project, [annotation], code)):
            self.remember(code)

    def repeat(self) -> None:
        """Codes with the code used last."""
        if self.recent:
            self.code_with(self.recent[0])

    def open_palette(self) -> None:
        target = self.target()
        if self.may_code() and self._has_words([target] if target else []):
            self.palette_wanted.emit(False)

    def open_recode(self) -> None:
        if self.current and self.may_code():
            self.palette_wanted.emit(True)

    def may_code(self) -> bool:
        """Whether anything can be coded in the open document. Says why not, and how to go on."""
        reason = self._reason()
        if reason:
            self.session.refused.emit(reason)
        return not reason

    def _has_words(self, spans: Sequence[Span]) -> bool:
        """Whether there is anything to put a code on. Says so if not."""
        if not spans:
            self.session.refused.emit(self.tr("There are no words here to code."))
        return bool(spans)

    def unsure(self) -> None:
        self._alter(self.current, editing.set_certainty, UNSURE)

    def fairly_sure(self) -> None:
        self._alter(self.current, editing.set_certainty, FAIRLY)

    def sure(self) -> None:
        self._alter(self.current, editing.set_certainty, SURE)

    def fill_in(self) -> None:
        """Goes to the first attribute that is still asked for."""
        if self._is_editable():
            self.fields_wanted.emit()
            self.inspector.focus_first()

    def write_memo(self) -> None:
        if self._is_editable():
            self.fields_wanted.emit()
            self.inspector.memo.setFocus()

    def _is_editable(self) -> bool:
        """Whether the current annotation may be altered now: one's own, in a document that is not done."""
        own = self.current is not None and self.shown.coder(self.current) == self.me.id
        return own and not self.is_done and self.project.is_writable

    def toggle_done(self) -> None:
        """Says that the document is finished, or opens it again."""
        if self.document and self.round:
            document, round, done = self.document.id, self.round.id, not self.is_done
            self.inspector.flush()
            if self.do(lambda: editing.mark_done(self.project, document=document, round=round, done=done)) and done:
                self.finished.emit()
                self._tell_of_gaps(document)

    def _tell_of_gaps(self, document: str) -> None:
        """Says how many annotations lack what their code requires; done is done all the same."""
        own = [one for one in self.project.annotations(document) if one.id in self.shown and one.coder == self.me.id]
        gaps = [one for one in own if not {*self.book.asking(one).required} <= {*one.attributes}]
        if gaps:
            self.gaps_found.emit(len(gaps), min(gaps, key=lambda one: one.spans[0]).id)

    # The current annotation -------------------------------------------------------------------------------------------

    def annotation(self) -> Annotation | None:
        """The current annotation as it stands."""
        return self.project.noun("annotation", self.current) if self.current else None

    def make_current(self, id: str | None) -> None:
        """Makes an annotation the one that keys and inspector are about."""
        if id != self.current:
            self.inspector.flush()
        self.current = id if id in self.shown else None
        self.last = self.current or self.last
        self.view.set_current(self.current)
        self.refresh_inspector()
        self.marked.emit()

    def next_annotation(self) -> None:
        self._walk(1)

    def previous_annotation(self) -> None:
        self._walk(-1)

    def _walk(self, way: int) -> None:
        """To the annotation after or before the current one or, with none, the caret."""
        if len(self.shown):
            first = self.shown.after(self.view.caret()) - (way < 0)
            self.go_to(self.shown.at(self.shown.number(self.current) + way if self.current else first))

    def go_to(self, id: str) -> None:
        """Shows an annotation and makes it current."""
        if marks := self.shown.marks.get(id):
            self._put_caret(marks[-1].end)
            self.view.reveal(marks[0].start, marks[-1].end)
            self.make_current(id)
            self.came_to.emit(id)

    def _put_caret(self, position: int) -> None:
        """Puts the caret somewhere without taking what is there for the current annotation."""
        self._following = False
        self.view.put_caret(position)
        self._following = True

    def _caret_moved(self) -> None:
        """The innermost annotation under the caret is the current one, one's own first."""
        if not self._following or self.document is None:
            return
        if self.view.selection():
            found = None
        else:
            caret = self.view.caret()
            under = self.view.annotations_at(caret) or (self.view.annotations_at(caret - 1) if caret else [])
            if self.current in under:
                return
            own = [id for id in under if self.shown.coder(id) == self.me.id]
            found = next(iter(own or under), None)
        self.make_current(found)

    def refresh_inspector(self) -> None:
        """Shows the current annotation as it is stored."""
        annotation = self.annotation()
        self.view.set_may_reshape(self._is_editable())
        if annotation is None:
            last = self.drawn[self.recent[0]].name if self.recent else ""
            self.inspector.show_nothing(self._quote(), last, reason=self._reason())
            return
        code = self.book.asking(annotation)
        self.inspector.show_annotation(
            annotation,
            code,
            attributes=list(self.book.attributes.values()),
            registry=self.fill.registry,
            recent=self.fill.recent,
            number=self.shown.number(annotation.id) + 1,
            total=len(self.shown),
            editable=self._is_editable(),
            coder_name="" if annotation.coder == self.me.id else self.name_of(annotation.coder),
        )

    def _quote(self) -> str:
        span = self.target()
        return self.text[span.start : span.end] if span else ""

    def _reason(self) -> str:
        """Why nothing can be coded now, and how to go on."""
        if self.document is None:
            return self.tr("Open a document: what you say of its words stands here.")
        if not self.project.is_writable:
            return self.tr("This project is open for reading only.")
        key = KEYS.cap("work.coding.toggle_done")
        words = self.tr("This document is marked done. {key} opens it again.") if key else self.tr("It is marked done.")
        return words.format(key=key) if self.is_done else ""

    def name_of(self, coder: str) -> str:
        """How a person is called."""
        return next((one.name for one in self.project.nouns("coder") if one.id == coder), "")

    # Changes ----------------------------------------------------------------------------------------------------------

    def _alter(self, id: str | None, verb: Callable[[Annotation, Any], Change], value: Any) -> None:
        if id is not None and id in self.shown:
            annotation = self.project.noun("annotation", id)
            self.do(lambda: verb(annotation, value))

    def do(self, make: Callable[[], Change]) -> bool:
        """Makes a change and applies it. When that is refused, or changes nothing, the inspector shows what is stored."""
        done = self.session.attempt(make) is not None
        if not done:
            self.refresh_inspector()
        return done

    def remember(self, code: str) -> None:
        """The code used last is the one that is repeated, and stands first in the palette."""
        self.recent = [code, *(other for other in self.recent if other != code)][:RECENT]

    def _hear(self, change: Change) -> None:
        """Brings the view to what a change left, whoever made it."""
        kinds = {edit.kind for edit in change.edits}
        if kinds & {"document", "round"}:
            self._renew()
        if kinds & {"code", "attribute", "codebook_version", "round", "coder"}:
            self.load_codebook()
        touched = [edit.noun for edit in change.edits if isinstance(edit.noun, Annotation) and self._is_here(edit.noun)]
        if len(touched) > 50:
            self._load_marks()
        else:
            for annotation in touched:
                self._show_again(annotation.id)
        if touched or kinds & {"assignment", "entity", "code", "attribute", "codebook_version"}:
            if self.current and self.current not in self.shown:
                self.current = None
                self.view.set_current(None)
            self.refresh_inspector()
            self.marked.emit()

    def _renew(self) -> None:
        """Brings document and round to what they are now; when one of them is gone, nothing is open any more."""
        if self.document and self.round:
            documents = self.project.nouns_of("document", [self.document.id])
            rounds = self.project.nouns_of("round", [self.round.id])
            if documents and rounds:
                self.document, self.round = documents[0], rounds[0]
            else:
                self.leave()

    def _is_here(self, annotation: Annotation) -> bool:
        here = self.document and self.round and (self.document.id, self.round.id)
        return (annotation.document, annotation.round) == here

    def _show_again(self, id: str) -> None:
        """Shows one annotation as it now stands, or no longer."""
        found = self.project.nouns_of("annotation", [id])
        if found:
            self.view.put_annotation(id, self.shown.put(found[0]))
        else:
            self.shown.drop(id)
            self.view.drop_annotation(id)

    def go_to_change(self, change: Change) -> None:
        """After undo or redo: where it happened comes into view."""
        for edit in change.edits:
            if isinstance(edit.noun, Annotation) and self._is_here(edit.noun):
                if edit.after is not None:
                    self.go_to(edit.noun.id)
                else:
                    start, end = edit.noun.spans[0].start, edit.noun.spans[-1].end
                    self.view.put_caret(end)
                    self.view.reveal(start, end)
                    self._caret_moved()  # though it stands where it stood, something else is under it now
                return
