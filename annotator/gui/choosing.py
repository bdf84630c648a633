"""Choosing a code in the palette: for the words to code, for the current annotation, or for many at once."""

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, Signal

from annotator.text import Span

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from .coding import Coding
    from .panels.notice import Notice
    from .panels.palette import Palette

OFFERED = 4  # codes used last, in the menu of an annotation


class Choosing(QObject):
    """Opens the palette where it is wanted, and does with the code what it was opened for."""

    finished = Signal()  # nobody in particular wants the focus back: it goes to the text

    def __init__(self, coding: "Coding", palette: "Palette", notice: "Notice"):
        super().__init__(palette)
        self.coding, self.palette, self.notice = coding, palette, notice
        self._use: Callable[[str, bool], None] | None = None
        self._back: Callable[[], object] = self.finished.emit
        coding.palette_wanted.connect(self.for_words)
        palette.chosen.connect(self._chosen)
        palette.closed.connect(self._closed)

    def for_words(self, recode: bool) -> None:
        """At the words to be coded, or at the current annotation to give it another code."""
        span = self._span(recode)
        if span is None:
            return
        view = self.coding.view
        if not self._has_codes():
            return
        view.reveal(*span)
        count = view.motion.count_words(span)
        if recode:
            words = self.tr("1 word") if count == 1 else self.tr("{count} words")
            self._open(view.rect_in(self.palette.around, span), words.format(count=count), self.tr("Another code"))
            self._use = self._recode
        else:
            words = self.tr("1 word selected") if count == 1 else self.tr("{count} words selected")
            self._open(view.rect_in(self.palette.around, span), words.format(count=count), self.tr("Code"))
            self._use = lambda code, fill_in: self.coding.code_with(code, spans=[span], fill_in=fill_in)

    def for_many(self, ids: Collection[str], rect: QRect, back: Callable[[], object]) -> None:
        """At a rectangle of the window, for annotations that are marked in a list; `back` gives the list the focus."""
        if not ids or not self.coding.may_code() or not self._has_codes():
            return
        words = self.tr("1 annotation") if len(ids) == 1 else self.tr("{count} annotations").format(count=len(ids))
        self._open(rect, words, self.tr("Another code"))
        self._use, self._back = lambda code, _: self.coding.shape.recode_all(ids, code), back

    def offer_recent(self, menu: "QMenu") -> None:
        """Puts into a menu the codes used last, for the current annotation if it is one's own."""
        if self.coding.current:
            self._offer(menu, [self.coding.current], self.tr("Give the annotation the code {name}"))

    def offer_recent_for(self, menu: "QMenu", ids: Collection[str]) -> None:
        """The same for annotations that are marked in a list, when all are one's own."""
        one, more = self.tr("Give the annotation the code {name}"), self.tr("Give them the code {name}")
        self._offer(menu, ids, one if len(ids) == 1 else more)

    def _offer(self, menu: "QMenu", ids: Collection[str], words: str) -> None:
        coding, shown = self.coding, self.coding.shown
        if coding.is_done or any(id not in shown or shown.coder(id) != coding.me.id for id in ids):
            return
        there = {shown.marks[id][0].code for id in ids}
        others = [code for code in coding.recent if code in coding.codes and there != {code}][:OFFERED]
        for code in others:
            name = coding.drawn[code].name.replace("&", "&&")
            menu.addAction(words.format(name=name), lambda code=code: coding.shape.recode_all(ids, code))
        if others:
            menu.addSeparator()

    def _open(self, rect: QRect, words: str, title: str) -> None:
        self._back = self.finished.emit
        codes = list(self.coding.codes.values())
        self.palette.open_at(rect, words, codes=codes, recent=self.coding.recent, title=title)

    def _has_codes(self) -> bool:
        found = any(code.codable and not code.retired for code in self.coding.codes.values())
        if not found:
            self.notice.tell(self.tr("There are no codes in this codebook yet."), passing=True)
        return found

    def _span(self, recode: bool) -> Span | None:
        annotation = self.coding.annotation() if recode else None
        return Span(annotation.spans[0].start, annotation.spans[-1].end) if annotation else self.coding.target()

    def _recode(self, code: str, fill_in: bool) -> None:
        self.coding.recode_with(code)
        if fill_in:
            self.coding.fill_in()

    def _chosen(self, code: str, fill_in: bool) -> None:
        if self._use:
            self._use(code, fill_in)

    def _closed(self) -> None:
        self._back()
