"""Finding over the project in the window: the search runs beside it, hits lead to their places, and can be coded."""

from bisect import bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator import finding
from annotator.errors import AnnotatorError
from annotator.finding import Found, Hit, Query
from annotator.gui.messages import ask, words_of
from annotator.gui.panels.find_results import FindPage, HitRow
from annotator.gui.panels.hit_bar import HitBar
from annotator.gui.panels.inspector import CERTAINTY
from annotator.gui.tasks import Task, run_in_background
from annotator.model import Annotation, Change, Code, Round

if TYPE_CHECKING:
    from annotator.gui.work import Work

MOST = 100_000  # hits that the list takes


class Finding(QObject):
    """The page “find” of the drawer and the bar that codes hits, for one open project."""

    NAME = "find"

    def __init__(self, work: "Work"):
        super().__init__(work)
        self.work, self.project = work, work.project
        self.page, self.bar = FindPage(work.theme), HitBar(work.theme)
        self.query: Query | None = None
        self._task: Task | None = None
        self._indexing: Task | None = None
        self._ends: dict[str, list[int]] = {}  # of paragraphs, for the numbers in the list
        self._documents = self._slow = 0
        work.session.changed.connect(self._hear)
        work.drawer.add(self.NAME, self.tr("Find"), self.page)
        work.reading.insertWidget(work.reading.indexOf(work.find_bar) + 1, self.bar)
        work.drawer.page_shown.connect(self._page_shown)
        page, bar = self.page, self.bar
        page.asked.connect(self.look_for)
        page.hit_wanted.connect(self.go_to)
        page.done.connect(work.to_text)
        page.code_wanted.connect(self.code_hits)
        bar.accepted.connect(self._accept)
        bar.stepped.connect(self._step)
        bar.all_wanted.connect(self._accept_all)
        bar.closed.connect(self.stop_coding)

    # Looking ----------------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """The page, with what is selected in the text."""
        work = self.work
        selected = work.text.selection() if work.text.hasFocus() else None
        work.drawer.toggle(self.NAME)
        if work.drawer.name == self.NAME:
            words = work.coding.text[selected.start : selected.end] if selected else ""
            if words and "\n" not in words and len(words) < 200:
                self.page.ask_for(words)
            self.page.field.selectAll()

    @property
    def is_open(self) -> bool:
        """Whether its hits are what F3 walks."""
        return self.work.drawer.name == self.NAME and bool(self.page.list.hits.rows)

    @property
    def is_settled(self) -> bool:
        """Whether nothing is being looked for."""
        return self._task is None

    def step(self, way: int) -> None:
        """To the next or the previous hit, on another document if need be."""
        self.page.step(way)

    def _page_shown(self, name: str) -> None:
        if name != self.NAME:
            return
        coding, project = self.work.coding, self.project
        codes = [(code.name, id) for id, code in coding.codes.items() if not code.retired]
        people = [(coder.name, coder.id) for coder in project.nouns("coder")]
        attributes = [(one.name, one.id) for one in coding.book.attributes.values()]
        unsure, fairly, sure = CERTAINTY
        certainties = [
            (self.tr("Unsure"), "unsure"),
            (self.tr("Fairly sure at most"), "fairly"),
            (self.tr("Sure"), "sure"),
        ]
        self.page.offer(
            codes=codes,
            coders=people,
            attributes=attributes,
            certainties=certainties,
            below={id: self._below(id) for id, code in coding.codes.items() if not code.codable},
            bounds={"unsure": (None, unsure), "fairly": (None, fairly), "sure": (sure, None)},
        )

    def _below(self, family: str) -> list[str]:
        """The codes of a family, and those of the families in it."""
        found, codes = list[str](), self.work.coding.codes
        for id, code in codes.items():
            if code.parent == family:
                found += [id, *self._below(id)]
        return found

    def look_for(self, query: Query) -> None:
        """Searches beside the window; hits appear as they are found."""
        self.stop()
        self.stop_coding()
        self.query, self._documents, self._slow = query, 0, 0
        self.page.start()
        project = self.project

        def search(progress: Callable[..., None], cancelled: Callable[[], bool]) -> None:
            for done, total, found in finding.find(project, query, cancelled=cancelled):
                if found or done % 50 == 0:
                    progress(done, total, found and (found, _line_ends(project.text(found.document.id))))

        self._task = run_in_background(search, done=self._ended, failed=self._failed, progress=self._progressed)

    def stop(self) -> None:
        """Gives up the search that is going on."""
        if self._task:
            self._task.cancel()
            self._task = None

    def close_down(self) -> None:
        """Gives up everything beside the window: the project is about to be closed."""
        self.stop()
        if self._indexing:
            self._indexing.cancel()
            self._indexing = None

    def _progressed(self, done: int, total: int, said: tuple[Found, list[int]] | None) -> None:
        rows = self.page.list.hits.rows
        if said and len(rows) < MOST:
            found, ends = said
            self._documents += bool(found.hits)
            self._slow += found.is_slow
            self.page.add([self._row(found, hit, ends, len(rows) + n) for n, hit in enumerate(found.hits)])
        if done < total:
            words = self.tr("{hits} so far, {done} of {total} documents looked at")
            self.page.say(words.format(hits=len(self.page.list.hits.rows), done=done, total=total))

    def _row(self, found: Found, hit: Hit, ends: list[int], number: int) -> HitRow:
        code = self._code_of(hit)
        paragraph = bisect_right(ends, hit.span.start) + 1
        return HitRow(
            hit, found.document.title, paragraph, number, code.colour if code else (), code.name if code else ""
        )

    def _code_of(self, hit: Hit) -> Code | None:
        return self.work.coding.drawn.get(hit.code) if hit.code else None

    def _hear(self, change: Change) -> None:
        """Hits whose annotation was taken back, by undo say, wait again."""
        gone = [edit.noun for edit in change.edits if edit.after is None and isinstance(edit.noun, Annotation)]
        if gone and self.page.list.hits.seen:
            self.page.list.hits.forget((one.document, span) for one in gone for span in one.spans)

    def _index(self) -> None:
        """Makes the next search quicker, beside the window."""
        project = self.project

        def index(progress: Callable[..., None], cancelled: Callable[[], bool]) -> None:
            project.index_texts(cancelled)

        self._indexing = run_in_background(index, done=self._indexed, failed=self._not_indexed)

    def _indexed(self, _: object) -> None:
        self._indexing = None

    def _not_indexed(self, error: Exception) -> None:
        """A disk that is full, say: every text is looked at as before."""
        self._indexing = None
        if not isinstance(error, AnnotatorError):
            raise error

    def _ended(self, _: object) -> None:
        self._task = None
        if self._indexing is None:
            self._index()
        count = len(self.page.list.hits.rows)
        if not count:
            words = self.tr("Nothing was found.")
        elif count >= MOST:
            words = self.tr("The first {hits} hits. Say more precisely what to find.")
        elif self._documents == 1:
            words = self.tr("1 hit in 1 document") if count == 1 else self.tr("{hits} hits in 1 document")
        else:
            words = self.tr("{hits} hits in {documents} documents")
        words = words.format(hits=count, documents=self._documents)
        if self._slow:
            slow = self.tr("The pattern takes too long in {count} documents, which were passed over.")
            words = f"{words} {slow.format(count=self._slow)}"
        self.page.finish(words)

    def _failed(self, error: Exception) -> None:
        self._task = None
        if not isinstance(error, AnnotatorError):
            raise error
        self.page.finish(words_of(error))

    def go_to(self, hit: Hit) -> None:
        """Shows a hit at its place, selected, and leaves the focus in the text."""
        if self._show(hit):
            self.work.to_text()

    def _show(self, hit: Hit) -> bool:
        work = self.work
        if work.coding.document is None or work.coding.document.id != hit.document:
            work.open_document(hit.document, work.handed_out.round_of(hit.document))
        if work.coding.document is None or work.coding.document.id != hit.document:
            return False
        work.text.select(hit.span)
        work.text.reveal(hit.span.start, hit.span.end)
        if hit.annotation:
            work.coding.go_to(hit.annotation)
        return True

    # Coding -----------------------------------------------------------------------------------------------------------

    def code_hits(self) -> None:
        """Looks at the hits one by one from the current one, to code each or not."""
        codes = [(code.name, id) for id, code in self.work.coding.codes.items() if code.codable and not code.retired]
        if not codes or not self.page.list.hits.rows:
            return
        if self.page.current() is None:
            self.page.list.setCurrentIndex(self.page.list.hits.index(0))
        self.bar.offer(codes, next(iter(self.work.coding.recent), None))
        self.bar.show()
        self._stand()

    def stop_coding(self) -> None:
        if self.bar.isVisible():
            self.bar.hide()
            self.work.to_text()

    def _stand(self) -> None:
        """The current hit in the text, and in the bar which one it is."""
        one, hits = self.page.current(), self.page.list.hits
        if one is None:
            self.stop_coding()
            return
        self._show(one.hit)
        coded = sum(hits.seen.get((row.hit.document, row.hit.span), False) for row in hits.rows)
        self.bar.show_place(self.page.list.currentIndex().row() + 1, len(hits.rows), coded)
        self.bar.setFocus()

    def _step(self, way: int) -> None:
        """To the next hit or the one before; what is passed over counts as looked at."""
        list, one = self.page.list, self.page.current()
        if one and way > 0 and (one.hit.document, one.hit.span) not in list.hits.seen:
            list.hits.look_at(one.hit, coded=False)
        at = list.currentIndex().row() + way
        if at >= len(list.hits.rows):
            self.work.notice.tell(self.tr("That was the last hit."), passing=True)
            self.stop_coding()
        elif at >= 0:
            list.setCurrentIndex(list.hits.index(at))
            self._stand()

    def _accept(self, sentence: bool) -> None:
        one, code = self.page.current(), self.bar.code.chosen()
        if one is None or not self._show(one.hit):
            return
        work = self.work
        span = work.text.motion.around(one.hit.span.start, "sentence") if sentence else one.hit.span
        before = work.coding.current
        work.coding.code_with(code, spans=[span or one.hit.span])
        if work.coding.current != before and work.coding.current:
            self.page.list.hits.look_at(one.hit, coded=True)
            self._step(1)
        else:
            self.bar.setFocus()  # why it was not done stands above the text

    def _accept_all(self) -> None:
        """Asks, and codes in one step what was not passed over; what has the code already is left out."""
        hits, code = self.page.list.hits, self.bar.code.chosen()
        left = [row.hit for row in hits.rows if hits.seen.get((row.hit.document, row.hit.span)) is not False]
        try:
            plan = finding.code_all(
                self.project, [(hit.document, hit.span) for hit in left], code=code, rounds=self._rounds()
            )
        except AnnotatorError as error:
            self.work.notice.tell(words_of(error), passing=True)
            return
        if not self._agreed(plan, self.bar.code.currentText()):
            self.bar.setFocus()
            return
        if self.work.session.do(plan.change):
            hits.seen |= dict.fromkeys(plan.places, True)
            self.page.list.viewport().update()
            self.stop_coding()

    def _agreed(self, plan: finding.Plan, code: str) -> bool:
        one = self.tr("Code 1 hit with {code} without looking at it?")
        more = self.tr("Code {count} hits with {code} without looking at each?")
        words = (one if plan.made == 1 else more).format(count=plan.made, code=code)
        told = [self.tr("They are marked as made by search and can be left out of agreement. One undo takes all back.")]
        if plan.left_out:
            left = self.tr("{count} are left out: coded so already, or in documents that are done or not yours.")
            told.append(left.format(count=plan.left_out))
        return ask(self.work, words, yes=self.tr("Code them"), more=" ".join(told))

    def _rounds(self) -> dict[str, Round]:
        """Document -> the round in which this person codes it: the newest that it was handed out in; a supervisor to whom
        it was not codes it in the newest round."""
        rounds = {one.id: one for one in self.project.nouns("round")}
        newest = list(rounds.values())[-1:]
        found = dict[str, Round]()
        if self.project.actor.role == "supervisor" and newest:
            found = {one.id: newest[0] for one in self.project.nouns("document")}
        mine = [one for one in self.project.nouns("assignment") if one.coder == self.project.actor.id]
        order = {id: n for n, id in enumerate(rounds)}
        for one in sorted(mine, key=lambda one: order.get(one.round, -1)):
            if one.round in rounds:
                found[one.document] = rounds[one.round]
        return found


def _line_ends(text: str) -> list[int]:
    """Where the paragraphs with words end, so that a place is counted as the reader counts."""
    found, start = list[int](), 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            found.append(end)
        start = end + 1
    return found
