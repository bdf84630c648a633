"""Memos on anything: on the document and its places, on annotations, codes and the project; and one's bookmarks. Keeps the
list in the drawer and the signs beside the text in step, and writes through the session."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale, QObject, QTimer

from annotator import editing
from annotator.errors import AnnotatorError
from annotator.gui.own_keys import KEYS
from annotator.gui.panels.memos import MemoRow, MemosPage
from annotator.gui.textview.gutter import PlaceSign
from annotator.gui.words import initials
from annotator.model import Annotation, Change, Edit, Memo
from annotator.text import Span

if TYPE_CHECKING:
    from annotator.gui.work import Work

NAME = "memos"
LONG = 240  # characters of the words of a place that are shown
TIP = 160  # characters of a memo that a sign tells


@dataclass(frozen=True, slots=True)
class Target:
    """What a memo is on: the id of what it is about and, of a document, a place in it."""

    about: str
    place: Span | None = None


class Memos(QObject):
    """The memos that this person may read where they are, and what they write themselves."""

    def __init__(self, work: "Work"):
        super().__init__(work)
        self.work, self.project = work, work.project
        self.page = MemosPage(work.theme)
        self.here: list[Memo] = []  # on the open document and its places
        self._asked: set[str] = set()  # codes that a memo was wanted on, used here or not
        self._target: Target | None = None  # of the new memo that is being written
        self._hidden = frozenset[str]()
        self._soon = QTimer(self, singleShot=True, interval=0)
        work.drawer.add(NAME, self.tr("Memos"), self.page, shown=self._fill)
        self._connect()

    def _connect(self) -> None:
        work, page = self.work, self.page
        self._soon.timeout.connect(self._fill)
        work.session.changed.connect(self._hear)
        work.session.returned.connect(self._follow)
        work.coding.opened.connect(self._opened)
        work.coding.codes_changed.connect(self._fill_soon)
        work.coding.marked.connect(self._marked)
        work.text.gutter.wanted.connect(self.open_at)
        page.pointed.connect(self.show_place)
        page.entered.connect(self.go_to)
        page.delete_wanted.connect(self.delete)
        page.done.connect(work.to_text)
        page.editor.save_wanted.connect(self._save)
        page.editor.changed.connect(work.status_changed)

    # What the menus ask for -------------------------------------------------------------------------------------------

    def toggle(self) -> None:
        """Opens the list, or puts it away."""
        self.work.drawer.toggle(NAME)

    def open_at(self, id: str) -> None:
        """Opens the list at a memo or bookmark."""
        self.work.drawer.open(NAME)
        self.page.choose(id)

    def on_place(self) -> None:
        """Writes on what is selected or, with nothing selected, on the place of a memo under the caret, else the sentence."""
        document, target = self.work.coding.document, self.work.coding.target()
        if document is None:
            return
        if target is None:
            self.work.notice.tell(self.tr("There are no words here to write on."), passing=True)
            return
        own = [memo for memo in self.here if memo.coder == self.project.actor.id and memo.spans and memo.words]
        if self.work.text.selection() is None:
            caret = self.work.text.caret()
            over = [memo for memo in own if memo.spans[0].start <= caret <= memo.spans[-1].end]
            if over:
                target = min(over, key=lambda memo: memo.spans[-1].end - memo.spans[0].start).spans[0]
        there = next((memo for memo in own if memo.spans == (target,)), None)
        self._write(Target(document.id, target), self._heading_of_place(target), there)

    def on_document(self) -> None:
        """Writes on the open document."""
        if document := self.work.coding.document:
            self._write(Target(document.id), self.tr("On the document"), self._own(document.id))

    def on_code(self) -> None:
        """Writes on the code at which the codebook stands."""
        code = self.work.codebook.current()
        if code is None:
            self.work.notice.tell(self.tr("Choose a code in the codebook first."), passing=True)
            return
        self._asked.add(code.id)
        heading = self.tr("On the code {name}").format(name=code.name)
        self._write(Target(code.id), heading, self._own(code.id))

    def on_project(self) -> None:
        """Writes on the project as a whole."""
        self._write(Target(self.project.id), self.tr("On the project"), self._own(self.project.id))

    def _own(self, about: str) -> Memo | None:
        """One's own memo on something as a whole."""
        found = self.project.memos_about([about])
        return next((memo for memo in found if memo.coder == self.project.actor.id and not memo.spans), None)

    def _write(self, target: Target, heading: str, there: Memo | None) -> None:
        if not self.project.is_writable:
            self.work.notice.tell(self.tr("This project is open for reading only."), passing=True)
            return
        self.work.inspector.flush()
        self.page.editor.flush()
        self.work.drawer.open(NAME)
        if there:
            self.page.write(heading, there.words, id=there.id)
            return
        self._target = target
        self.page.write(heading)

    # Writing ----------------------------------------------------------------------------------------------------------

    @property
    def is_saved(self) -> bool:
        """Whether nothing that is written here is not on disk yet."""
        return self.page.editor.is_saved

    def flush(self) -> None:
        """Saves what is being written."""
        self.page.editor.flush()

    def _save(self, id: str, words: str) -> None:
        made = self.work.session.attempt(lambda: self._change(id, words))
        if made:
            after = made.edits[0].after
            said = after.memo if isinstance(after, Annotation) else after.words if isinstance(after, Memo) else ""
            self.page.editor.taken(after.id if after else "", said)

    def _change(self, id: str, words: str) -> Change:
        if not id and self._target:
            return editing.write_memo(self.project, about=self._target.about, words=words, place=self._target.place)
        noun = self._noun(id)
        return editing.rewrite_memo(noun, words) if isinstance(noun, Memo) else editing.set_memo(noun, words)

    def _noun(self, id: str) -> Memo | Annotation:
        """The memo, or the annotation that has it."""
        found = self.project.nouns_of("memo", [id])
        return found[0] if found else self.project.noun("annotation", id)

    def delete(self, id: str) -> None:
        """Takes a memo or bookmark away, as one step."""
        self.work.session.attempt(lambda: self._deleting(id))

    def _deleting(self, id: str) -> Change:
        noun = self._noun(id)
        if isinstance(noun, Memo) and noun.is_bookmark:
            return editing.clear_bookmarks([noun])
        return editing.delete_memo(noun)

    # Going there ------------------------------------------------------------------------------------------------------

    def show_place(self, id: str) -> None:
        """Shows where a memo stands; the focus stays."""
        coding, text = self.work.coding, self.work.text
        if id in coding.shown:
            coding.go_to(id)
        elif spans := next((memo.spans for memo in self.here if memo.id == id), ()):
            text.put_caret(spans[0].start)
            text.reveal(spans[0].start, spans[-1].end)

    def go_to(self, id: str) -> None:
        """Goes where a memo stands; what has no place in the text is gone into to read and write it."""
        has_place = id in self.work.coding.shown or any(memo.id == id and memo.spans for memo in self.here)
        if has_place:
            self.show_place(id)
            self.work.to_text()
        else:
            self.page.editor.take_focus()

    def _follow(self, change: Change) -> None:
        """After undo or redo of a memo: its place comes into view, on another document if need be."""
        memo = change.edits[0].noun
        if not isinstance(memo, Memo):
            return
        document = self.work.coding.document
        if document is None or document.id != memo.about:
            if not self.project.nouns_of("document", [memo.about]):
                return
            self.work.open_document(memo.about, self.work.handed_out.round_of(memo.about))
        if memo.spans:
            self.work.text.put_caret(memo.spans[0].start)
            self.work.text.reveal(memo.spans[0].start, memo.spans[-1].end)

    def said_at(self, position: int) -> list[str]:
        """What memos and bookmarks say that stand on a place of the text, for the ear."""
        said = (self.tr("Bookmark") if one.is_bookmark else self._named(one) for one in self._over(position))
        return list(said)

    def _over(self, position: int) -> Iterator[Memo]:
        return (one for one in self.visible() if any(span.start <= position < span.end for span in one.spans))

    def _named(self, memo: Memo) -> str:
        words = " ".join(memo.words.split())
        if memo.coder == self.project.actor.id:
            return self.tr("Memo: {words}").format(words=words)
        return self.tr("Memo of {who}: {words}").format(who=self.work.coding.name_of(memo.coder), words=words)

    # In step ----------------------------------------------------------------------------------------------------------

    def _opened(self) -> None:
        self.page.editor.flush()
        self.page.editor.show_nothing()
        self._asked.clear()
        self._load()
        self._fill()

    def _marked(self) -> None:
        if self.work.coding.shown.hidden != self._hidden:
            self._show_signs()
            self._fill_soon()

    def _hear(self, change: Change) -> None:
        if any(edit.kind == "document" or self._is_of_here(edit) for edit in change.edits):
            self._load()
        if any(_touches_memos(edit) for edit in change.edits):
            self._fill_soon()

    def _is_of_here(self, edit: Edit) -> bool:
        document = self.work.coding.document
        return isinstance(edit.noun, Memo) and document is not None and edit.noun.about == document.id

    def _load(self) -> None:
        document = self.work.coding.document
        self.here = self.project.memos_about([document.id]) if document else []
        self._show_signs()

    def visible(self) -> list[Memo]:
        """Those on the document but those of coders who are hidden; what a supervisor wrote is for everybody."""
        self._hidden = self.work.coding.shown.hidden
        if not self._hidden:
            return self.here
        supervisors = {one.id for one in self.project.nouns("coder") if one.role == "supervisor"}
        return [memo for memo in self.here if memo.coder not in self._hidden - supervisors]

    def _show_signs(self) -> None:
        self.work.text.gutter.put(map(self._sign, (memo for memo in self.visible() if memo.spans)))

    def _sign(self, memo: Memo) -> PlaceSign:
        start, end = memo.spans[0].start, memo.spans[-1].end
        words = self._quote(memo) if memo.is_bookmark else _short(memo.words, TIP)
        return PlaceSign(memo.id, "bookmark" if memo.is_bookmark else "memo", start, end, words)

    # The list ---------------------------------------------------------------------------------------------------------

    def _fill_soon(self) -> None:
        if self.work.drawer.name == NAME:
            self._soon.start()

    def _fill(self) -> None:
        """Makes the list anew, if it is in sight."""
        self._soon.stop()
        if self.work.drawer.name == NAME:
            with suppress(AnnotatorError):  # a file that can no longer be read is told of where it is worked on
                self.page.show_rows(self._rows(), empty=self._empty())

    def _empty(self) -> str:
        memo, bookmark = KEYS.cap("work.memos.on_place"), KEYS.cap("work.bookmarks.toggle")
        words = self.tr("No memos or bookmarks here yet.")
        if memo and bookmark:
            more = self.tr("{memo} writes on what is selected, {bookmark} marks a place.")
            words = f"{words} {more.format(memo=memo, bookmark=bookmark)}"
        return words

    def _rows(self) -> list[MemoRow]:
        """On the document, then in the order of the text what stands on places and annotations, then on codes and the
        project."""
        coding = self.work.coding
        codes = {id: coding.drawn[id].name for id in self._codes()}
        beyond = self.project.memos_about([*codes, self.project.id])
        beyond.sort(key=lambda memo: (memo.about == self.project.id, codes.get(memo.about, ""), memo.id))
        visible, annotations = self.visible(), self._on_annotations()
        written = self.project.written([*(one.id for one in (*visible, *beyond)), *annotations])
        people = {one.id: one for one in self.project.nouns("coder")}
        coders = {one.coder for one in (*visible, *beyond)} | {coder for coder, _ in annotations.values()}
        says_who = bool(coders - {self.project.actor.id})

        def by(coder: str, id: str) -> dict[str, str | bool]:
            who = initials(people[coder]) if says_who and coder in people else ""
            return {"who": who, "when": _when(written.get(id, "")), "editable": self._is_editable(coder, id)}

        placed = [((m.spans[0].start if m.spans else -1, m.id), self._row(m, by(m.coder, m.id))) for m in visible]
        for id, (coder, words) in annotations.items():
            start = coding.shown.marks[id][0].start
            placed.append(((start, id), self._row_of_annotation(id, words, by(coder, id))))
        placed.sort(key=lambda pair: pair[0])
        return [made for _, made in placed] + [self._row(memo, by(memo.coder, memo.id)) for memo in beyond]

    def _codes(self) -> set[str]:
        """The codes in use here, under the ids that they have had, and those asked for."""
        coding = self.work.coding
        used = {coding.shown.marks[id][0].code for id in coding.shown.ids()}
        return {id for id in used | {coding.drawn[id].id for id in used} | self._asked if id in coding.drawn}

    def _on_annotations(self) -> dict[str, tuple[str, str]]:
        """Annotation in sight -> its coder and its memo."""
        coding = self.work.coding
        if coding.document is None or coding.round is None:
            return {}
        found = self.project.memos_of_annotations(coding.document.id, coding.round.id)
        hidden = coding.shown.hidden
        return {id: said for id, said in found.items() if id in coding.shown and said[0] not in hidden}

    def _is_editable(self, coder: str, id: str) -> bool:
        mine = coder == self.project.actor.id and self.project.is_writable
        return mine and not (id in self.work.coding.shown and self.work.coding.is_done)

    def _row(self, memo: Memo, by: dict) -> MemoRow:
        coding = self.work.coding
        if memo.spans:
            quote = self._quote(memo)
            heading = self._heading_of_place(memo.spans[0], bookmark=memo.is_bookmark)
            on = self.tr("Paragraph {number}").format(number=self._number(memo.spans[0].start))
            return MemoRow(memo.id, "bookmark" if memo.is_bookmark else "memo", on, heading, memo.words, quote, **by)
        if memo.about == self.project.id:
            return MemoRow(memo.id, "memo", self.tr("Project"), self.tr("On the project"), memo.words, **by)
        if code := coding.drawn.get(memo.about):
            on, heading = self.tr("Code {name}"), self.tr("On the code {name}")
            name = code.name
            return MemoRow(memo.id, "memo", on.format(name=name), heading.format(name=name), memo.words, **by)
        return MemoRow(memo.id, "memo", self.tr("Document"), self.tr("On the document"), memo.words, **by)

    def _row_of_annotation(self, id: str, words: str, by: dict) -> MemoRow:
        coding = self.work.coding
        marks = coding.shown.marks[id]
        code, quote = coding.drawn[marks[0].code], _short(coding.text[marks[0].start : marks[-1].end], LONG)
        heading = self.tr("On {code}: “{quote}”").format(code=code.name, quote=quote)
        return MemoRow(id, "memo", code.name, heading, words, quote, code=code, **by)

    def _heading_of_place(self, place: Span, *, bookmark: bool = False) -> str:
        words = self.tr("Bookmark in paragraph {number}: “{quote}”") if bookmark else ""
        words = words or self.tr("On paragraph {number}: “{quote}”")
        quote = _short(self.work.coding.text[place.start : place.end], LONG)
        return words.format(number=self._number(place.start), quote=quote)

    def _quote(self, memo: Memo) -> str:
        return _short(self.work.coding.text[memo.spans[0].start : memo.spans[-1].end], LONG)

    def _number(self, position: int) -> int:
        text = self.work.text.text
        return text.numbers[text.number_at(position)]


def _touches_memos(edit: Edit) -> bool:
    """Whether an edit may change a row: one of a memo, of an annotation that has one, or of a name that is shown."""
    nouns = [noun for noun in (edit.before, edit.after) if isinstance(noun, Annotation)]
    return edit.kind in ("memo", "document", "code", "coder", "assignment") or any(one.memo for one in nouns)


def _when(at: str) -> str:
    """The day or, of today, the time."""
    if not at:
        return ""
    then = datetime.fromisoformat(at).astimezone()
    if then.date() == datetime.now().astimezone().date():
        return f"{then:%H:%M}"
    return QLocale().toString(QDate(then.year, then.month, then.day), "d MMM yyyy")


def _short(words: str, most: int) -> str:
    words = " ".join(words[: 2 * most].split())
    return words if len(words) <= most else f"{words[: most - 1].rstrip()}…"
