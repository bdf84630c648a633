"""Finding over the project in the window: the search runs beside it, and hits lead to their places."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator import finding
from annotator.errors import AnnotatorError
from annotator.finding import Found, Hit, Query, speaker
from annotator.gui.dialogs.fields import language_name
from annotator.gui.hit_coding import HitCoding
from annotator.gui.messages import words_of
from annotator.gui.panels.find_conditions import Offer
from annotator.gui.panels.find_page import FindPage
from annotator.gui.panels.find_results import HitRow
from annotator.gui.tasks import Task, run_in_background
from annotator.text import folded

if TYPE_CHECKING:
    from annotator.gui.work import Work

MOST = 100_000  # hits that the list takes
PAUSE = 0.1  # seconds between two times that hits come into the list


class Finding(QObject):
    """The page “find” of the drawer, for one open project."""

    NAME = "find"

    def __init__(self, work: "Work"):
        super().__init__(work)
        self.work, self.project = work, work.project
        self.page = FindPage(work.theme)
        self.hits = HitCoding(work, self.page, self.show)
        self._task: Task | None = None
        self._indexing: Task | None = None
        self._documents = self._slow = 0
        work.drawer.add(self.NAME, self.tr("Find"), self.page, shown=self._offer)
        self.page.asked.connect(self.look_for)
        self.page.hit_wanted.connect(self.go_to)
        self.page.done.connect(work.to_text)

    # Looking ----------------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """The page, with what is selected in the text."""
        work = self.work
        selected = work.text.selection() if work.text.hasFocus() else None
        work.drawer.toggle(self.NAME)
        if work.drawer.name == self.NAME:
            self.page.give_way(False)
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

    def _offer(self) -> None:
        """What can be chosen from, as it is now."""
        coding, project = self.work.coding, self.project
        documents = project.nouns("document")
        spoken = {folded(name): name for one in documents if (name := speaker(one))}
        self.page.offer(
            Offer(
                codes=[(code.name, id) for id, code in coding.codes.items() if not code.retired],
                coders=[(one.name, one.id) for one in project.nouns("coder")],
                rounds=[(one.name, one.id) for one in project.nouns("round")],
                attributes=[(one.name, one.id) for one in coding.book.attributes.values()],
                languages=sorted((language_name(tag), tag) for tag in {one.language for one in documents} - {""}),
                speakers=[(name, name) for _, name in sorted(spoken.items())],
            )
        )

    def look_for(self, query: Query) -> None:
        """Searches beside the window; hits appear as they are found."""
        self.stop()
        self.hits.stop()
        self._documents = self._slow = 0
        self.page.start()
        project = self.project

        def search(progress: Callable[..., None], cancelled: Callable[[], bool]) -> None:
            waiting, told, done = list[tuple[Found, list[int]]](), 0.0, 0
            for done, total, found in finding.find(project, query, most=MOST, cancelled=cancelled):
                if found:
                    waiting.append((found, _line_ends(project.text(found.document.id))))
                if monotonic() - told > PAUSE:
                    progress(done, total, waiting)
                    waiting, told = [], monotonic()
            progress(done, done, waiting)

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

    def _progressed(self, done: int, total: int, said: Sequence[tuple[Found, list[int]]]) -> None:
        rows = list[HitRow]()
        first = len(self.page.list.hits.rows)
        for found, ends in said:
            self._documents += bool(found.hits)
            self._slow += found.is_slow
            rows += [self._row(found, hit, ends, first + n) for n, hit in enumerate(found.hits, len(rows))]
        self.page.add(rows)
        if done < total:
            words = self.tr("{hits} so far, {done} of {total} documents looked at")
            self.page.say(words.format(hits=first + len(rows), done=done, total=total))

    def _row(self, found: Found, hit: Hit, ends: list[int], number: int) -> HitRow:
        code = self.work.coding.drawn.get(hit.code) if hit.code else None
        paragraph = bisect_right(ends, hit.span.start) + 1
        return HitRow(
            hit, found.document.title, paragraph, number, code.colour if code else (), code.name if code else ""
        )

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
        coding = self.work.coding
        is_open = coding.document is not None and coding.document.id == hit.document
        round = coding.round.id if is_open and coding.round else self.work.handed_out.round_of(hit.document)
        if self.show(hit, round):
            self.work.to_text()

    def show(self, hit: Hit, round: str | None) -> bool:
        """Shows a hit at its place, selected, in a round. False when its document cannot be opened."""
        work = self.work
        if self._place() != (hit.document, round):
            work.open_document(hit.document, round)
        if self._place()[0] != hit.document:
            return False
        work.text.select(hit.span)
        work.text.reveal(hit.span.start, hit.span.end)
        if hit.annotation:
            work.coding.go_to(hit.annotation)
        return True

    def _place(self) -> tuple[str | None, str | None]:
        document, round = self.work.coding.document, self.work.coding.round
        return document.id if document else None, round.id if round else None


def _line_ends(text: str) -> list[int]:
    """Where the paragraphs with words end, so that a place is counted as the reader counts."""
    found, start = list[int](), 0
    for line in text.split("\n"):
        end = start + len(line)
        if line.strip():
            found.append(end)
        start = end + 1
    return found
