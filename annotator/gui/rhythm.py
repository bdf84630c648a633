"""The rhythm of coding: to the next sentence that is not coded yet, and from a document that is done to the next one."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.text import Span, sentences_of

if TYPE_CHECKING:
    from annotator.gui.work import Work


class Rhythm(QObject):
    """What leads a coder on. Nothing here is done without a key or a click."""

    def __init__(self, work: "Work"):
        super().__init__(work)
        self.work = work
        work.coding.finished.connect(self._offer_next)

    # Sentences --------------------------------------------------------------------------------------------------------

    def next_uncoded(self) -> None:
        """To the next sentence that none of one's own annotations touches."""
        self._go(1)

    def previous_uncoded(self) -> None:
        """To the last such sentence before the caret."""
        self._go(-1)

    def _go(self, way: int) -> None:
        work = self.work
        found, wrapped = self.uncoded(way)
        if found is None:
            work.notice.tell(self.tr("Every sentence of this document is coded."), passing=True, calm=True)
            return
        work.notice.go_on()
        work.text.put_caret(found.start)
        work.text.reveal(found.start, found.end)
        work.to_text()
        if wrapped:
            words = self.tr("Went on from the beginning.") if way > 0 else self.tr("Went on from the end.")
            work.notice.tell(words, passing=True, calm=True)

    def uncoded(self, way: int) -> tuple[Span | None, bool]:
        """The uncoded sentence after (1) or before (-1) the one at the caret, and whether it lies behind the end or the
        beginning of the text. Looks no further than it must."""
        text = self.work.text.text
        here = self.work.text.sentence() or Span(self.work.text.caret(), self.work.text.caret())
        number, count = text.number_at(here.start), len(text)
        for step in range(count + 1):
            at = (number + way * step) % count
            wrapped = step == count or (at - number) * way < 0
            found = list(self._uncoded_in(at))[::way]
            for sentence in found:
                beyond = (sentence.start - here.start) * way > 0
                if step in (0, count) and beyond == (step == count):
                    continue  # in the paragraph where one began only what lies ahead, and at last what lies behind
                return sentence, wrapped
        return None, False

    def _uncoded_in(self, number: int) -> Iterator[Span]:
        """The sentences of a paragraph that none of one's own annotations touches."""
        view, me = self.work.text, self.work.coding.me.id
        start, words = view.text.starts[number], view.text.paragraph(number)
        marks = [view.index[row] for row in view.index.in_paragraph(number)]
        taken = _joined(sorted((mark.start, mark.end) for mark in marks if mark.coder == me))
        if not any(_has_letters(words[low:high]) for low, high in _gaps(taken, start, len(words))):
            return
        ends = [end for _, end in taken]
        for sentence in sentences_of(view.text.text, Span(start, start + len(words)), view.text.language):
            n = bisect_right(ends, sentence.start)
            is_touched = n < len(taken) and taken[n][0] < sentence.end
            if not is_touched and _has_letters(view.text.text[sentence.start : sentence.end]):
                yield sentence

    # Documents --------------------------------------------------------------------------------------------------------

    def next_waiting(self) -> None:
        """Opens the next document in one's list that is not done."""
        work = self.work
        place = work.handed_out.waiting_after(work.open_place())
        if place is None:
            work.notice.tell(self.tr("No other document is waiting."), passing=True, calm=True)
            return
        work.open_document(*place)
        work.to_text()

    def done_words(self) -> str:
        """What marking the open document would say of it."""
        coding = self.work.coding
        if coding.document is None:
            return ""
        if coding.is_done:
            return self.tr("Reopen the document")
        return self.tr("Mark as done") if coding.shown.reach() else self.tr("Read, nothing found")

    def _offer_next(self) -> None:
        """After a document is done: the next one is a key away, and opened by nobody but the coder."""
        work = self.work
        place = work.handed_out.waiting_after(work.open_place())
        said = self.tr("Done.") if work.coding.shown.reach() else self.tr("Done: read, nothing found.")
        if place is None:
            words = self.tr("{said} No other document is waiting.").format(said=said)
            work.notice.tell(words, passing=True, calm=True)
            return
        title = work.project.noun("document", place[0]).title
        words = self.tr("{said} Next: {title} (Ctrl+Shift+Enter)").format(said=said, title=title)
        work.notice.tell(words, button=self.tr("Open it"), action=self.next_waiting, passing=True, calm=True)


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Sorted spans, those that overlap or meet as one."""
    found: list[tuple[int, int]] = []
    for start, end in spans:
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _gaps(taken: list[tuple[int, int]], start: int, length: int) -> Iterator[tuple[int, int]]:
    """What lies between spans in a paragraph, counted from its beginning."""
    at = 0
    for low, high in taken:
        if low - start > at:
            yield at, low - start
        at = max(at, high - start)
    if at < length:
        yield at, length


def _has_letters(words: str) -> bool:
    return any(letter.isalnum() for letter in words)
