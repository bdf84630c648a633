"""The agreement window: choices at the left, the answer on top, the reasons below."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from annotator.agreement.words import SHORT
from annotator.errors import AnnotatorError
from annotator.gui.dialogs.fields import Choice
from annotator.gui.messages import words_of
from annotator.gui.parts import Scroll, Segmented, box, column, label, row, rule
from annotator.gui.tasks import Task, run_in_background
from annotator.gui.theme import Theme
from annotator.model import Change
from annotator.project import Project

from . import pictures, taking_out
from .canvas import Picture
from .choices import Choices
from .computing import Key, Numbers, Reader
from .foot import Foot
from .head import Head
from .lines import Line, lines
from .living import follow
from .matrix import CoderMatrix
from .offer import Offer
from .places import Only
from .report_out import ReportOut
from .saying import in_words, short
from .table import CodeTable
from .tabs import EVERY, Tabs
from .where import WhereOrWhat
from .why import Documents, concerned

SIZE, LEAST = (1280, 800), (960, 560)
CALM, LIVE, LONG = 200, 600, 500  # ms: from a choice to the work, from an edit elsewhere, until work is called long
TOUCHING = {"annotation", "assignment", "code", "coder", "document", "round", "project"}  # kinds that change numbers


class AgreementWindow(QWidget):
    """Reads only. The numbers follow the choices, and what is coded meanwhile (`project_changed`)."""

    open_wanted = Signal(str)  # the id of a document
    place_wanted = Signal(str, int, int)  # the same, and from where to where
    closed = Signal()
    settled = Signal()  # what is shown is what the choices ask for, be it numbers or why there are none

    def __init__(self, theme: Theme, project: Project):
        """Shows at once what there is to choose from, and begins to compute when it is shown."""
        super().__init__()
        self.theme, self.reader, self.path = theme, Reader(project), project.path
        self.numbers: Numbers | None = None
        self.key: Key | None = None  # the measure that was chosen
        self.pair: tuple[str, ...] | None = None  # the names of the coders that were chosen
        self._task: Task | None = None
        self._writing: Task | None = None
        self._then: Callable[[], None] | None = None  # what waits for the numbers
        self._is_stale, self._offer_is_old = True, False
        self.setProperty("ground", "canvas")
        self.setProperty("help", "agreement")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._timer, self._long = QTimer(self), QTimer(self)
        for timer, act in ((self._timer, self.refresh), (self._long, lambda: self._progress(0, 0))):
            timer.setSingleShot(True)
            timer.timeout.connect(act)
        self._build()
        self._show_offer(Offer.of(project))
        self.setMinimumSize(*LEAST)
        self.resize(*SIZE)

    # What it is made of -------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.choices, self.foot = Choices(self.theme, self), Foot(self.theme)
        self.choices.foot.addWidget(self.foot)
        self.report = ReportOut(self.foot)
        self.head, self.table, self.matrix = Head(), CodeTable(self.theme), CoderMatrix(self.theme)
        self.measures = Segmented([""])
        self.order = Choice(self.theme, self._orders())
        self.order.setAccessibleName(self.tr("Order of the codes"))
        self.toolbar = row(self.measures, None, label(self.tr("Order"), "small", "muted"), self.order, gap=8)
        self.family = WhereOrWhat(self.theme)
        self.side = Scroll(box(column(self.matrix, 8, self.family, None, gap=0), ground="canvas"))
        self.below = row(self.table, self.side, gap=28)
        self.below.setStretch(0, 1)
        first = column(self.toolbar, 4, self.below, gap=0)
        first.setStretch(2, 1)
        self.tabs = Tabs(self.theme, box(first))
        self.answer = column(self.head, 8, self.tabs, gap=0)
        self.answer.setStretch(2, 1)
        self.problem = label(self.tr("Comparing …"), "body", "muted", wrap=True)
        self.pages = QStackedWidget()
        self.pages.addWidget(box(column(self.problem, None, margins=(24, 24, 24, 24))))
        self.pages.addWidget(box(self.answer))
        whole = row(self.choices, rule("v"), self.pages, gap=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self._listen()

    def _orders(self) -> list[tuple[str, str]]:
        return [
            (self.tr("By value"), "value"),
            (self.tr("As in the codebook"), "codebook"),
            (self.tr("By uses"), "uses"),
        ]

    def _listen(self) -> None:
        self.choices.changed.connect(lambda: self._wait(CALM))
        self.choices.open_wanted.connect(self.open_wanted)
        self.order.currentIndexChanged.connect(self._show_table)
        self.matrix.chosen.connect(self._choose_pair)
        self.table.chosen.connect(self._choose_code)
        self.table.documents_of = self._documents_of
        self.matrix.documents_of = lambda coders: concerned(self.numbers, None, coders) if self.numbers else []
        for part in (self.table, self.matrix, self.family):
            part.open_wanted.connect(self.open_wanted)
        self.head.cautions_wanted.connect(lambda: self.tabs.bar.setCurrentIndex(EVERY))
        self._listen_to_figures()
        self.foot.stop_wanted.connect(self._stop)
        self.foot.again_wanted.connect(self.refresh)
        self.foot.export_wanted.connect(lambda format: self._soon(partial(self._export, format)))
        self.foot.copy_wanted.connect(lambda: self._soon(self.copy_table))
        QShortcut(QKeySequence.StandardKey.Close, self).activated.connect(self.close)

    def _listen_to_figures(self) -> None:
        self.tabs.watch(self.family.figure)
        self.tabs.place_wanted.connect(self.place_wanted)
        self.tabs.open_wanted.connect(self.open_wanted)
        self.tabs.freed.connect(self._free)
        self.tabs.menu_wanted.connect(self._offer_figure)
        self.table.menu_wanted.connect(lambda at: self._offer_figure(self._pictures()[0], at))
        self.matrix.menu_wanted.connect(lambda at: self._offer_figure(self._pictures()[1], at))
        self.foot.figures_wanted.connect(lambda menu: taking_out.fill(menu, self._pictures(), self.save_figure))

    def _show_offer(self, offer: Offer) -> None:
        self.setWindowTitle(self.tr("Agreement – {project}").format(project=offer.project))
        self.choices.show_offer(offer)
        self.book = {code.id: code for code, _ in offer.codes}

    # Computing ----------------------------------------------------------------------------------------------------------

    def project_changed(self, change: Change) -> None:
        """Something was changed elsewhere: the numbers follow, a little later."""
        if TOUCHING & {edit.kind for edit in change.edits}:
            self._offer_is_old = True
            self._wait(LIVE)
            self._follow(change)

    def _follow(self, change: Change) -> None:
        """The values in sight at once, those of the document's sums; what takes longer is marked until it is there."""
        if self.numbers is None or self.key is None or not self.isVisible():
            return
        made = follow(self.numbers, self.reader.project, change, self.key)
        if made is not None:
            self.numbers = made
            self._show_table()
            if made.first_key() == self.key and (row := made.row(self.key, None, made.coders)):
                self.head.show_live(row.value)

    def refresh(self) -> None:
        """Computes what the choices ask for, in place of what is under way. A window nobody sees waits until it is shown."""
        self._wait(None)
        if not self.isVisible():
            return
        if self._offer_is_old:
            self._run(self.reader.offer, self._renewed)
        elif problem := self.choices.problem():
            self._show_problem(problem)
        else:
            self._run(partial(self.reader.numbers, self.choices.asked(), self.numbers), self._show_numbers)

    def _wait(self, delay: int | None) -> None:
        """What is shown is no longer what is asked for, and the work for it is given up; other work begins after a delay."""
        self._is_stale = True
        if self.numbers is not None:
            self._mark_stale(True)
        self._long.stop()
        if self._task:
            self._task.cancel()
            self._task = None
        if delay is not None:
            self._timer.start(delay)
        else:
            self._timer.stop()

    def _run(self, work, done) -> None:
        self._long.start(LONG)
        self._task = run_in_background(work, done=done, failed=self._failed, progress=self._progress)

    def _renewed(self, offer: Offer | None) -> None:
        if offer is not None:
            self._offer_is_old = False
            self._show_offer(offer)
            self.refresh()

    def _progress(self, done: int, total: int) -> None:
        if not self._long.isActive():
            self.foot.enable(False)
            self.foot.work(done, total)

    def _stop(self) -> None:
        if self.report.stop():
            return
        self._wait(None)
        self._then = None
        self.foot.enable(False)
        self.foot.say_stopped(earlier=self.numbers is not None)

    def _failed(self, error: Exception) -> None:
        self._show_problem(words_of(error))

    # What came of it ----------------------------------------------------------------------------------------------------

    def _show_problem(self, words: str) -> None:
        self._ended()
        self.foot.enable(False)
        self.numbers = self._then = None
        self.problem.setText(words)
        self.problem.setProperty("tone", "")
        self.problem.style().polish(self.problem)
        self.pages.setCurrentIndex(0)
        self.settled.emit()

    def _show_numbers(self, numbers: Numbers) -> None:
        self._ended()
        if numbers is not self.numbers:
            self.numbers = numbers
            if self.pair and not set(self.pair) <= set(numbers.coders):
                self.pair = None
            self.head.show_result(numbers.result)
            self._offer_measures(numbers)
            self._show_table()
            self.family.show_numbers(numbers)
            self.tabs.show_numbers(numbers, self._shorts(numbers), self.book)
        self._mark_stale(False)
        self.foot.enable(True)
        self.pages.setCurrentIndex(1)
        self.settled.emit()
        then, self._then = self._then, None
        if then:
            then()

    def _ended(self) -> None:
        self._task, self._is_stale = None, False
        self._long.stop()
        self.foot.rest()

    def _offer_measures(self, numbers: Numbers) -> None:
        """The measures that this unit has; another unit may have others."""
        if self.key not in numbers.keys:
            self.key = numbers.first_key()
        variants = {"nominal": "", "exact": self.tr("exact"), "overlap": self.tr("overlap"), "u": "u", "k": "(k)u"}
        names = [
            _capital(f"{in_words(SHORT[measure])} {variants[variant]}".strip()) for measure, variant in numbers.keys
        ]
        place = numbers.keys.index(self.key)
        if [button.text() for button in self.measures.group.buttons()] == names:
            self.measures.choose(place)
            return
        made = Segmented(names, place, name=self.tr("Measure"))
        made.changed.connect(self._choose_measure)
        had_focus = self.measures.hasFocus()
        self.toolbar.replaceWidget(self.measures, made)
        made.show()  # at once: a layout shows it one turn later
        self.measures.hide()
        self.measures.deleteLater()
        self.measures = made
        self.setTabOrder(made, self.order)
        if had_focus:
            made.setFocus()

    def _choose_measure(self, place: int) -> None:
        if self.numbers:
            self.key = self.numbers.keys[place]
            self._show_table()

    def _choose_pair(self, pair: tuple[str, ...] | None) -> None:
        self.pair, numbers = pair, self.numbers
        self._show_table()
        if numbers is not None:
            places = tuple(numbers.coders.index(name) for name in pair or ())
            self.tabs.choose(Only(coders=(places[0], places[1])) if pair else Only())
            if pair:
                self.tabs.confusion.choose_pair((places[0], places[1]))

    def _choose_code(self, code: str | None) -> None:
        """The places of a code; of the one that was chosen already, everything's again."""
        numbers = self.numbers
        if numbers is not None:
            only = Only() if code is None else Only(code=numbers.study.codes.index(code))
            self.tabs.choose(Only() if only == self.tabs.only else only)

    def _free(self) -> None:
        """The places of everything: no pair is chosen any more."""
        if self.pair is not None:
            self.pair = None
            self._show_table()

    def _documents_of(self, line: Line) -> Documents:
        """The documents that a line of the table is of."""
        return [] if self.numbers is None else concerned(self.numbers, line.code, line.row.coders)

    def _shorts(self, numbers: Numbers) -> list[str]:
        ids = zip(numbers.study.coder_ids, numbers.coders, strict=True)
        return [self.choices.shorts.get(id, name) for id, name in ids]

    def _mark_stale(self, stale: bool) -> None:
        """Whether what is shown belongs to what was, while it is computed anew."""
        for part in (self.head, self.table, self.matrix, self.family.figure, self.tabs):
            part.set_stale(stale)

    def _show_table(self) -> None:
        """Table and matrix by the measure, the pair and the order that are chosen."""
        numbers, key = self.numbers, self.key
        if numbers is None or key is None:
            return
        group = numbers.group(key, self.pair)
        shown = lines(numbers, key, group=group, order=self.order.chosen())
        self.table.show_lines(shown, key, what=self._what(numbers, key, group))
        pair = group if len(group) == 2 and len(numbers.coders) > 2 else None
        self.matrix.show_numbers(numbers, key, name=short(*key), shorts=self._shorts(numbers), pair=pair)
        self._fit()

    def _what(self, numbers: Numbers, key: Key, group: tuple[str, ...]) -> str:
        """The head of the scale: the measure, and whose when it is not everybody's."""
        name = _capital(short(*key))
        if key[0] in ("precision", "recall"):
            return self.tr("{measure}, {one} is the reference").format(measure=name, one=group[0])
        if len(group) < len(numbers.coders):
            return self.tr("{measure}, {one} and {two}").format(measure=name, one=group[0], two=group[1])
        if key[0] == "f1":
            return self.tr("{measure} of spans").format(measure=name)
        return self.tr("{measure} of the code against the rest").format(measure=name)

    # Out of the window --------------------------------------------------------------------------------------------------

    def _soon(self, act: Callable[[], None]) -> None:
        """Does it with the numbers of what is chosen, though it was chosen just now."""
        if self._is_stale:
            self._then = act
        else:
            act()

    def copy_table(self) -> None:
        """The table as it is shown, to the clipboard."""
        here = self.tabs.table
        words = taking_out.as_text(self.table.rows.lines, self.table.heads()) if here is None else here.as_text()
        QGuiApplication.clipboard().setText(words)
        self.foot.say(self.tr("The table is on the clipboard."))

    def _export(self, format: str) -> None:
        numbers = self.numbers  # as they are now, whatever happens while the dialog is open
        if numbers and format == "report":
            self.report.ask(self, self.path.parent, partial(self.reader.material, numbers.asked))
        elif numbers and (path := taking_out.ask_where(self, self.path.parent, format)):
            self.write(numbers, path, format)

    def write(self, numbers: Numbers, path: Path, format: str) -> None:
        """Writes a file beside the window, and says so or why not."""
        from annotator.agreement import export

        self._writing = run_in_background(
            lambda progress, cancelled: export.write(numbers.result, path, format),
            done=lambda nothing: self.foot.say(self.tr("Written: {path}").format(path=path)),
            failed=lambda error: self.foot.say(words_of(error), tone="danger"),
        )

    # Figures ------------------------------------------------------------------------------------------------------------

    def _pictures(self) -> list[Picture]:
        """Every figure of what is shown, whether it is in sight or not."""
        numbers, key = self.numbers, self.key
        if numbers is None or key is None:
            return []
        shorts = self._shorts(numbers)
        return pictures.everything(numbers, key, self.order.chosen(), shorts, self.tabs.confusion.pair)

    def _offer_figure(self, picture: Picture | None, at: QPoint) -> None:
        if picture is not None:
            taking_out.figure_menu(self, picture, self.save_figure).popup(at)

    def save_figure(self, picture: Picture, path: Path | None = None) -> None:
        """Asks where to, and writes it; says so or why not."""
        path = path or taking_out.ask_where_figure(self, self.path.parent, picture)
        if path is None:
            return
        try:
            taking_out.write_figure(picture, path)
        except AnnotatorError as error:
            self.foot.say(words_of(error), tone="danger")
        else:
            self.foot.say(self.tr("Written: {path}").format(path=path))

    # The window itself --------------------------------------------------------------------------------------------------

    def _fit(self) -> None:
        edge = 24 if self.width() >= 1180 else 16
        self.answer.setContentsMargins(edge, 20, edge, 12)
        room = self.width() - Choices.WIDTH - 1 - 2 * edge
        self.below.setSpacing(28 if room >= 960 else 16)
        self.side.setFixedWidth(self.matrix.wanted_width(room))
        self.tabs.fit(self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale and not self._timer.isActive() and self._task is None:
            self._timer.start(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nothing inside had a use for closes the window."""
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Whoever still reads is waited for: the project may be closed next."""
        self._wait(None)
        self.report.stop()
        if self._writing:
            self._writing.cancel()  # it is written, and nobody is told
        self.reader.close()
        self.closed.emit()
        super().closeEvent(event)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
