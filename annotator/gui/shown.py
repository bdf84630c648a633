"""The annotations of one document that are in sight, in the order of the text, and one's own counted."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Collection, Iterable

from annotator.gui.textview.index import Mark
from annotator.model import Annotation
from annotator.rows import SpanWithin

Place = tuple[int, int, str]  # start, end negated so that the longer one comes first, annotation


class Shown:
    """Marks by annotation, kept in step as annotations come and go; `me` is whose are counted."""

    def __init__(self, me: str):
        self.me = me
        self.marks: dict[str, tuple[Mark, ...]] = {}
        self.hidden: frozenset[str] = frozenset()  # coders whose annotations are there but not in sight
        self._order: list[Place] = []
        self._counts: Counter[str] = Counter()  # own annotations by code
        self._reach: int | None = 0  # where the last of them ends, if that is known

    def __contains__(self, annotation: object) -> bool:
        return annotation in self.marks

    def __len__(self) -> int:
        """How many annotations are in sight."""
        return len(self._order)

    def load(self, rows: Iterable[SpanWithin]) -> None:
        """Takes these in the place of all that were there."""
        marks: dict[str, tuple[Mark, ...]] = {}
        for mark in map(Mark._make, rows):
            annotation = mark[0]
            marks[annotation] = (*marks[annotation], mark) if annotation in marks else (mark,)
        own = [those for those in marks.values() if those[0].coder == self.me]
        self.marks = marks
        self._counts = Counter([those[0].code for those in own])
        self._reach = max([those[-1].end for those in own], default=0)
        self._sort()

    def put(self, annotation: Annotation) -> tuple[Mark, ...]:
        """Takes one annotation as it now stands, and returns its marks."""
        self.drop(annotation.id)
        marks = tuple(Mark(annotation.id, annotation.code, annotation.coder, *span) for span in annotation.spans)
        self.marks[annotation.id] = marks
        self._count(annotation.id, 1)
        if annotation.coder not in self.hidden:
            insort(self._order, self._place(annotation.id))
        return marks

    def drop(self, annotation: str) -> None:
        """Lets go of one annotation, if it is there."""
        if annotation not in self.marks:
            return
        at = bisect_left(self._order, self._place(annotation))
        if self._order[at : at + 1] == [self._place(annotation)]:
            del self._order[at]
        self._count(annotation, -1)
        del self.marks[annotation]

    def hide(self, coders: Collection[str]) -> None:
        """Puts the annotations of these coders out of sight."""
        if self.hidden != frozenset(coders):
            self.hidden = frozenset(coders)
            self._sort()

    def ids(self) -> list[str]:
        """What is in sight, in the order of the text."""
        return [annotation for _, _, annotation in self._order]

    def number(self, annotation: str) -> int:
        """Which one an annotation is among those in sight, from 0."""
        return bisect_left(self._order, self._place(annotation))

    def after(self, position: int) -> int:
        """The number of the first one in sight that begins at a position or behind it."""
        return bisect_left(self._order, position, key=lambda place: place[0])

    def at(self, number: int) -> str:
        """The annotation of a number; behind the last comes the first, before the first the last."""
        return self._order[number % len(self._order)][2]

    def coder(self, annotation: str) -> str:
        return self.marks[annotation][0].coder

    def counts(self) -> dict[str, int]:
        """Code -> how often one has used it."""
        return {code: count for code, count in self._counts.items() if count}

    def reach(self) -> int:
        """Where the last of one's own annotations ends; 0 without any."""
        if self._reach is None:
            self._reach = max([those[-1].end for those in self.marks.values() if those[0].coder == self.me], default=0)
        return self._reach

    def _place(self, annotation: str) -> Place:
        first = self.marks[annotation][0]
        return first.start, -first.end, annotation

    def _sort(self) -> None:
        firsts = [marks[0] for marks in self.marks.values()]
        self._order = sorted([(m.start, -m.end, m.annotation) for m in firsts if m.coder not in self.hidden])

    def _count(self, annotation: str, by: int) -> None:
        marks = self.marks[annotation]
        if marks[0].coder == self.me:
            self._counts[marks[0].code] += by
            if by < 0 and marks[-1].end == self._reach:
                self._reach = None
            elif by > 0 and self._reach is not None:
                self._reach = max(self._reach, marks[-1].end)
