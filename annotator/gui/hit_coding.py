"""From hits to annotations in the window: one looks at each and codes it, or asks for all that remain at once."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from annotator.errors import AnnotatorError
from annotator.finding import Hit
from annotator.gui.messages import ask, words_of
from annotator.gui.panels.find_page import FindPage
from annotator.gui.panels.find_results import HitRow
from annotator.gui.panels.hit_bar import HitBar, Taken
from annotator.hit_coding import Coded, Plan, code_all
from annotator.model import Change, Round
from annotator.search import whole_words
from annotator.text import Span

if TYPE_CHECKING:
    from annotator.gui.work import Work

Show = Callable[[Hit, str | None], bool]  # brings a hit into sight, in a round


class HitCoding(QObject):
    """The bar above the text, and the marks in the list: which hits are coded with its code, which were passed over."""

    def __init__(self, work: "Work", page: FindPage, show: Show):
        super().__init__(work)
        self.work, self.project, self.page, self.list = work, work.project, page, page.list
        self.bar = HitBar(work.theme)
        self._show_hit = show
        self._rounds: dict[str, Round] = {}  # document -> in which its hits are coded
        self._coded: Coded | None = None  # with the code that is chosen
        work.reading.insertWidget(work.reading.indexOf(work.find_bar) + 1, self.bar)
        work.session.changed.connect(self._hear)
        page.code_wanted.connect(self.begin)
        bar = self.bar
        bar.accepted.connect(self._accept)
        bar.stepped.connect(self._step)
        bar.all_wanted.connect(self._accept_all)
        bar.closed.connect(self.stop)
        bar.code_chosen.connect(self._look_up)

    def begin(self) -> None:
        """Looks at the hits one by one from the current one, to code each or not."""
        coding = self.work.coding
        codes = [(code.name, id) for id, code in coding.codes.items() if code.codable and not code.retired]
        if not codes or not self.list.hits.rows:
            return
        if self.page.current() is None:
            self.list.go_to_line(0)
        self.bar.offer(codes, next(iter(coding.recent), None))
        self.bar.show()
        self.page.give_way(True)
        self._look_up()

    def stop(self) -> None:
        """Puts the bar away."""
        if self.bar.isVisible():
            self.bar.hide()
            self.page.give_way(False)
            self.work.to_text()

    def _stand(self) -> None:
        """The current hit in the text, and in the bar which one it is."""
        one, hits = self.page.current(), self.list.hits
        if one is None:
            self.stop()
            return
        self._show(one)
        line, coded = self.list.currentIndex().row() + 1, len(hits.coded)
        self.bar.show_place(line, len(hits.rows), coded, is_coded=one.number in hits.coded)
        self.bar.setFocus()

    def _show(self, one: HitRow) -> bool:
        round = self._rounds.get(one.hit.document)
        return self._show_hit(one.hit, round.id if round else None)

    # What is coded ----------------------------------------------------------------------------------------------------

    def _look_up(self) -> None:
        """Another code was chosen, or what a code or a round is has changed: all is looked up anew."""
        self._rounds = self._rounds_now()
        newest = self.project.nouns("round")[-1]
        everywhere = {one.id: newest for one in self.project.nouns("document")} | self._rounds
        self._coded = Coded(self.project, self.bar.code.chosen(), everywhere)
        self.list.hits.look_up(self._coded.holds)
        self.list.viewport().update()
        if self.bar.isVisible():
            self._stand()

    def _hear(self, change: Change) -> None:
        """Whatever was coded or taken back, by hand or by undo, counts."""
        if self._coded is None or not self.list.hits.rows:
            return
        if any(edit.kind in ("code", "round", "assignment", "document") for edit in change.edits):
            self._look_up()
        elif touched := self._coded.follow(change):
            self.list.hits.look_up_in(touched, self._coded.holds)
            self.list.viewport().update()

    def _rounds_now(self) -> dict[str, Round]:
        """Document -> the round in which one codes it: the newest that it was handed out in; a supervisor codes what was not
        handed to them in that of the others or, if nobody has it, in the newest."""
        rounds = {one.id: one for one in self.project.nouns("round")}
        me, mine, others = self.project.actor, dict[str, Round](), dict[str, Round]()
        order = [*rounds]
        for one in sorted(self.project.nouns("assignment"), key=lambda one: order.index(one.round)):
            (mine if one.coder == me.id else others)[one.document] = rounds[one.round]
        if me.role != "supervisor":
            return mine
        return {one.id: rounds[order[-1]] for one in self.project.nouns("document")} | others | mine

    # Coding -----------------------------------------------------------------------------------------------------------

    def _step(self, way: int) -> None:
        """To the next hit or the one before; what is not coded and left behind was passed over."""
        one = self.page.current()
        if one and way > 0 and self.list.hits.is_open(one):
            self.list.hits.passed.add(one.number)
        self._go_to_line(self.list.currentIndex().row() + way)

    def _go_to_line(self, line: int) -> None:
        if line >= len(self.list.hits.rows):
            self.work.notice.tell(self.tr("That was the last hit."), passing=True)
            self.stop()
        elif line >= 0:
            self.list.go_to_line(line)
            self._stand()

    def _accept(self, taken: Taken) -> None:
        """Codes the hit, its clause or its sentence, unless that is coded, and goes on to the next one that is open."""
        one, code = self.page.current(), self.bar.code.chosen()
        if one is None or self._coded is None or not self._show(one):
            return
        span, coding = self._span(one.hit.span, taken), self.work.coding
        if not self._coded.holds((one.hit.document, span)):
            before = coding.current
            coding.code_with(code, spans=[span])
            if coding.current is None or coding.current == before:
                self.bar.setFocus()  # why it was not done stands above the text
                return
        self._go_to_line(self.list.hits.next_open(self.list.currentIndex().row() + 1))

    def _span(self, hit: Span, taken: Taken) -> Span:
        """What is coded: whole words, unless characters count at this moment."""
        text, coding = self.work.text, self.work.coding
        words = hit if text.exact else whole_words(coding.text, hit)
        if taken == "hit":
            return words
        first, last = (text.motion.around(place, taken) for place in (hit.start, hit.end - 1))
        return Span(min(first.start, words.start), max(last.end, words.end)) if first and last else words

    def _accept_all(self) -> None:
        """Asks, and codes in one step what was not passed over; what is coded already is left out."""
        hits, code = self.list.hits, self.bar.code.chosen()
        places = [one.place for one in hits.rows if one.number not in hits.passed]
        try:
            plan = code_all(self.project, places, code=code, rounds=self._rounds)
        except AnnotatorError as error:
            self.work.notice.tell(words_of(error), passing=True)
            return
        if not self._agreed(plan, self.bar.code.currentText()):
            self.bar.setFocus()
        elif self.work.session.do(plan.change):
            self.stop()

    def _agreed(self, plan: Plan, code: str) -> bool:
        one = self.tr("Code 1 hit with {code} without looking at it?")
        more = self.tr("Code {count} hits with {code} without looking at each?")
        words = (one if plan.made == 1 else more).format(count=plan.made, code=code)
        told = [self.tr("They are marked as made by search and can be left out of agreement. One undo takes all back.")]
        if plan.left_out:
            left = self.tr("{count} are left out: coded so already, or in documents that are done or not yours.")
            told.append(left.format(count=plan.left_out))
        return ask(self.work, words, yes=self.tr("Code them"), more=" ".join(told))
