"""The window: menus, the start page or the project that is open, and the status bar. No logic of coding lives here."""

import base64
import contextlib
from operator import attrgetter
from pathlib import Path

from PySide6.QtCore import QByteArray, QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QStackedWidget, QWidget

from annotator import __version__
from annotator.errors import AnnotatorError
from annotator.gui import accessible
from annotator.gui.actions import ACTIONS, MENU_KEYS, MENUS, Action
from annotator.gui.corner import Corner
from annotator.gui.desk import Desk
from annotator.gui.dropping import Dropping
from annotator.gui.help import HelpWindow, topic_of
from annotator.gui.interface_size import InterfaceSize
from annotator.gui.keys_sheet import ShortcutsSheet
from annotator.gui.locking import Locking
from annotator.gui.looks import Looks
from annotator.gui.marks import Mark
from annotator.gui.messages import tell
from annotator.gui.own_keys import KEYS
from annotator.gui.panels.start import StartPage
from annotator.gui.parts import label, row
from annotator.gui.places import Places
from annotator.gui.text_keys import TextKeys
from annotator.gui.theme import Theme
from annotator.gui.time_on_task import TimeOnTask, TimeSign
from annotator.gui.work import Work
from annotator.settings import Settings

LEAST = 1024, 700
TITLE = 40  # px that a title bar may take
COPIES = ("work.text.copy", "work.copying.with_codes")


class MainWindow(QMainWindow):
    """One window, one project at a time."""

    def __init__(self, theme: Theme, settings: Settings, places: Places):
        super().__init__()
        accessible.install()
        self.theme, self.settings, self.places = theme, settings, places
        self.work: Work | None = None
        self.page: QWidget | None = None
        self.time: TimeOnTask | None = None
        self.help: HelpWindow | None = None
        self.desk, self.interface, self.looks = Desk(self), InterfaceSize(self), Looks(self)
        self.locking = Locking(self)
        self.start = StartPage(theme)
        self.start.new_wanted.connect(self.desk.new_project)
        self.start.open_wanted.connect(self.desk.choose_project)
        self.start.sample_wanted.connect(self.desk.open_sample)
        self.start.table_wanted.connect(self.desk.ratings)
        self.start.recent_wanted.connect(self.desk.open)
        self.start.removal_wanted.connect(self.desk.forget_recent)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.start)
        self.setCentralWidget(self.stack)
        self.actions_: dict[Action, QAction] = {}
        self._build_menus()
        KEYS.changed.connect(self._show_keys_in_menus)
        KEYS.load(settings)
        self._build_status()
        self.setMinimumSize(*(side // 2 for side in LEAST))
        room = self.screen().availableGeometry()
        self.resize(min(1440, room.width()), min(900, room.height() - TITLE))
        self._restore_geometry()
        self.dropping = Dropping(self)
        self.show_start()

    # Menus ------------------------------------------------------------------------------------------------------------

    def _build_menus(self) -> None:
        self.menuBar().setFixedHeight(32)
        self.menuBar().setAccessibleName(self.tr("Menus"))
        menus = {name: self.menuBar().addMenu(self._word(name)) for name in MENUS}
        for menu in menus.values():
            menu.aboutToShow.connect(self._refresh_actions)
        for key, menu in zip((*MENU_KEYS, "F10"), (*menus.values(), menus[MENUS[0]]), strict=True):
            opened = QShortcut(QKeySequence(key), self)
            opened.activated.connect(lambda menu=menu: self._open_menu(menu))
        for action in ACTIONS:
            if action.menu:
                self._add(action, menus[action.menu])
        self.project_name = Corner(self)

    def _open_menu(self, menu: QMenu) -> None:
        self.menuBar().setFocus()
        self.menuBar().setActiveAction(menu.menuAction())

    def _add(self, action: Action, menu: QMenu) -> None:
        if action.parted:
            menu.addSeparator()
        made = QAction(self._word(action.words), self)
        made.setCheckable(bool(action.on))
        made.triggered.connect(lambda _=False, action=action: self.run(action))
        self.actions_[action] = made
        menu.addAction(made)

    def _show_keys_in_menus(self) -> None:
        """Keys of the text are shown in the menu, but pressed only there: see `TextKeys`."""
        for action, made in self.actions_.items():
            if action.scope == "text":
                key = KEYS.cap(action.id)
                made.setText(f"{self._word(action.words)}\t{key}" if key else self._word(action.words))
            else:
                made.setShortcuts(KEYS.sequences(action.id))

    def _refresh_actions(self) -> None:
        """What can be done now, and what undo and redo would do."""
        for action, made in self.actions_.items():
            made.setEnabled(self._is_possible(action))
            if action.on:
                made.setChecked(attrgetter(action.on)(self))
        undo, redo = (self.actions_[one] for one in ACTIONS if one.run in ("work.session.undo", "work.session.redo"))
        session = self.work.session if self.work else None
        for made, words, plain in (
            (undo, session.undo_words() if session else "", self.tr("Undo")),
            (redo, session.redo_words() if session else "", self.tr("Redo")),
        ):
            made.setText(f"{plain}: {words}" if words else plain)
            made.setEnabled(bool(words))
        if self.work and (words := self.work.rhythm.done_words()):
            next(made for one, made in self.actions_.items() if one.run == "work.coding.toggle_done").setText(words)

    def _is_possible(self, action: Action) -> bool:
        work = self.work
        if self.page and (action.run.startswith("work.") or (action.needs == "document" and action.on)):
            return False  # what a page in front of it hides is not acted on
        if not action.needs:
            return True
        if work is None:
            return False
        supervisor = work.project.actor.role == "supervisor"
        return {
            "project": True,
            "document": work.coding.document is not None,
            "annotation": work.coding.current is not None,
            "supervisor": supervisor and work.project.is_writable,
        }[action.needs]

    def run(self, action: Action) -> None:
        """Does what an action says, if it can be done now."""
        if action.run and self._is_possible(action):
            attrgetter(action.run)(self)()
            self._refresh_actions()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that nobody took: Esc leads back to the text. What the text does not take itself, `TextKeys` does."""
        if self.work and not self.page and event.key() == Qt.Key.Key_Escape and not self.work.text.hasFocus():
            self.work.to_text()
        else:
            super().keyPressEvent(event)

    def _word(self, words: str) -> str:
        return QCoreApplication.translate("actions", words)

    # What is shown ----------------------------------------------------------------------------------------------------

    def show_start(self) -> None:
        """The start page, with what was open lately."""
        self.start.show_recent(self.desk.recent())
        self.stack.setCurrentWidget(self.start)
        self.setWindowTitle(self.tr("Annotator"))
        self.project_name.show_name("")
        self.statusBar().show()
        self._show_status()
        self._refresh_actions()
        self.start.focus_first()

    def show_work(self, work: Work) -> None:
        """A project that was just opened."""
        self.work = work
        TextKeys(work, self.run)
        self.time = TimeOnTask(self, work, self.time_sign)
        self.stack.addWidget(work)
        self.stack.setCurrentWidget(work)
        self.looks.dress(work.text)
        work.status_changed.connect(self._show_status)
        work.session.changed.connect(self._refresh_actions)
        work.session.refused.connect(self._say_over_page)
        work.coding.marked.connect(self._refresh_actions)
        work.person_wanted.connect(self.desk.switch_person)
        work.show_wanted.connect(self.show_coders_menu)
        work.menu_wanted.connect(self.show_menu)
        work.files_dropped.connect(self.desk.field.take)
        self._restore_columns(work)
        self.show_name()
        self._show_status()
        self._refresh_actions()
        self.start.notice.clear()
        work.to_text()
        self.desk.backing_up.begin(work)
        self.locking.begin()

    def show_name(self) -> None:
        """The project's name, in the title and in the corner."""
        if self.work:
            name = self.work.project.nouns("project")[0].name
            title = self.tr("{name} — Annotator").format(name=name)
            self.setWindowTitle(
                title if self.work.project.is_writable else self.tr("{title} (reading only)").format(title=title)
            )
            self.project_name.show_name(name)

    def show_page(self, page: QWidget) -> None:
        """A page in place of the three columns, until `leave_page`."""
        self.leave_page()
        self.page = page
        self.stack.addWidget(page)
        self.stack.setCurrentWidget(page)
        page.setFocus()
        self._show_status()
        self._refresh_actions()

    def leave_page(self) -> None:
        """Back from such a page to the text."""
        if self.page is None or self.work is None:
            return
        self.stack.removeWidget(self.page)
        self.page.deleteLater()
        self.page = None
        self.stack.setCurrentWidget(self.work)
        self.work.to_text()
        self._show_status()
        self._refresh_actions()

    def take_down(self) -> bool:
        """Closes the project that is open: everything is saved already but what is being typed. False when a window of
        its own has something that a person does not want to lose."""
        if not self.desk.close_windows():
            return False
        self.leave_page()
        if self.work:
            work, self.work = self.work, None
            with contextlib.suppress(AnnotatorError):  # a file that can no longer be read is closed all the same
                self.desk.remember(work)
            self._remember_columns(work)
            if self.time:
                self.time.end()
                self.time = None
            self.desk.backing_up.end()
            self.locking.end()
            work.close_down()
            self.stack.removeWidget(work)
            work.deleteLater()
        return True

    def show_coders_menu(self, where: QPoint) -> None:
        """Whose annotations are shown: those one may see."""
        work = self.work
        if work is None:
            return
        menu = QMenu(self)
        shown, me = work.coding.shown, work.project.actor.id
        others = {shown.coder(annotation) for annotation in shown.marks} - {me}
        people = [coder for coder in work.project.nouns("coder") if coder.id in others]
        if not people:
            menu.addAction(self.tr("Only your own annotations are here")).setEnabled(False)
        group = QActionGroup(menu)
        group.setExclusive(False)
        for coder in people:
            made = menu.addAction(self.tr("Show {name}").format(name=coder.name))
            made.setCheckable(True)
            made.setChecked(coder.id not in shown.hidden)
            group.addAction(made)
            made.toggled.connect(
                lambda on, id=coder.id: work.coding.hide(shown.hidden - {id} if on else {*shown.hidden, id})
            )
        menu.exec(where)
        menu.deleteLater()

    def show_menu(self, about: str, where: QPoint, code: str = "") -> None:
        """What can be done with what was clicked: the same actions as in the menus above; a code can also be used."""
        self._refresh_actions()
        runs = {
            "text": [one.run for one in ACTIONS if one.menu == "Annotation" or one.run in COPIES],
            "document": [
                "work.coding.toggle_done",
                "work.memos.on_document",
                "desk.details",
                "desk.hand_out",
                "desk.compare",
            ],
            "code": [one.run for one in ACTIONS if one.menu == "Codebook"],
        }[about]
        menu = QMenu(self)
        if self.work and code:
            self._offer_code(menu, self.work, code)
        if self.work and about == "text":
            self.work.choosing.offer_recent(menu)
        for action, made in self.actions_.items():
            if action.run in runs and made.isEnabled():
                menu.addAction(made)
        if not menu.isEmpty():
            menu.exec(where)
        menu.deleteLater()

    def _offer_code(self, menu: QMenu, work: Work, code: str) -> None:
        coding = work.coding
        if coding.document is None or code not in coding.codes or not coding.codes[code].codable:
            return
        name = coding.drawn[code].name.replace("&", "&&")
        menu.addAction(self.tr("Code with {name}").format(name=name), lambda: coding.code_with(code))
        if coding.current:
            words = self.tr("Give the annotation the code {name}")
            menu.addAction(words.format(name=name), lambda: coding.recode_with(code))
        menu.addSeparator()

    def show_keys(self) -> None:
        """The sheet of shortcuts over the window."""
        book = self.work.coding.book if self.work else None
        sheet = ShortcutsSheet(self, self.theme, [book.drawn[id] for id in book.keys.values()] if book else ())
        if self.work and not self.page:
            sheet.closed.connect(self.work.to_text)
        sheet.show()

    def show_help_here(self) -> None:
        """The help on the part of the window that has the focus."""
        self.show_help(topic_of(QApplication.focusWidget()))

    def show_help(self, topic: str = "") -> None:
        """The help, in a window of its own, at a page if one is named."""
        if self.help is None:
            self.help = HelpWindow(self.theme)
        self.help.renew()
        self.help.show_page(topic)
        self.help.show()
        self.help.raise_()
        self.help.activateWindow()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and getattr(self, "work", None):
            assert self.work is not None
            self.work.text.set_theme(self.theme)

    # Status bar -------------------------------------------------------------------------------------------------------

    def _build_status(self) -> None:
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        self.dot = Mark(8, 8, self._paint_dot)
        self.left = label("", "small", "muted")
        self.right = [label("", "small", "muted") for _ in range(4)]
        self.time_sign = TimeSign(self.theme)
        items: list = [self.dot, 6, self.left, None, self.time_sign]
        for part in self.right:
            items += [20, part]
        holder = QWidget()
        holder.setLayout(row(*items, gap=0, margins=(16, 0, 16, 0)))
        bar.addWidget(holder, 1)

    def _paint_dot(self, painter) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        is_saved = self.work and self.work.is_saved and self.work.project.is_writable
        painter.setBrush(self.theme.good if is_saved else self.theme.muted)
        painter.drawEllipse(1, 1, 6, 6)

    def _show_status(self) -> None:
        work = self.work
        self.dot.setVisible(work is not None)
        self.dot.update()
        if work is None:
            words = (
                "",
                "",
                self.tr("Everything stays on this machine"),
                self.tr("Version {number}").format(number=__version__),
            )
            self.left.setText("")
        elif self.page:
            words = ("", "", "", "")
        else:
            self.left.setText(self._saved_words(work))
            self.left.setAccessibleName(self.tr("State of saving: {state}").format(state=self.left.text()))
            words = work.status_words()
        for part, said in zip(self.right, words, strict=True):
            part.setText(said)
            part.setVisible(bool(said))
        if self.time:
            self.time.follow()

    def _saved_words(self, work: Work) -> str:
        if not work.project.is_writable:
            return self.tr("Reading only")
        if work.session.is_failing:
            return self.tr("Nothing can be saved now")
        return self.tr("Saved") if work.is_saved else self.tr("Not saved yet")

    # Coming and going -------------------------------------------------------------------------------------------------

    def say(self, words: str, *, passing: bool = False) -> None:
        """Says what went wrong: above the text or the start page when that is in sight, else in a box of its own."""
        if not self.page:
            (self.work or self.start).notice.tell(words, passing=passing)
        else:
            tell(self, words)

    def _say_over_page(self, words: str) -> None:
        """Why a step was not done, while the place where that is said is behind a page."""
        if self.page:
            self.say(words)

    def show_off(self) -> None:
        """Puts an annotation in the middle of the document in sight: for a picture."""
        if self.work and (shown := self.work.coding.shown.ids()):
            self.work.coding.go_to(shown[len(shown) * 3 // 5])

    def open_path(self, path: Path, name: str = "") -> None:
        """Opens a project, as this person if a name is given."""
        self.desk.open(path, name)

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.take_down():
            event.ignore()
            return
        self.desk.close_table()
        if self.help:
            self.help.close()
        self.places.of_window()["geometry"] = base64.b64encode(self.saveGeometry().data()).decode()
        self.places.save()
        super().closeEvent(event)

    def _restore_geometry(self) -> None:
        if isinstance(kept := self.places.of_window().get("geometry"), str):
            self.restoreGeometry(_bytes(kept))

    def _remember_columns(self, work: Work) -> None:
        memory = self.places.of_window()
        memory["columns"] = base64.b64encode(work.columns.saveState().data()).decode()
        memory["tree"] = base64.b64encode(work.side.saveState().data()).decode()
        memory["drawer"] = base64.b64encode(work.text_and_drawer.saveState().data()).decode()
        self.settings.points = work.text.points()
        self.settings.save()

    def _restore_columns(self, work: Work) -> None:
        work.spread(self.width())
        for name, splitter in (("columns", work.columns), ("tree", work.side), ("drawer", work.text_and_drawer)):
            if isinstance(kept := self.places.of_window().get(name), str):
                splitter.restoreState(_bytes(kept))


def _bytes(kept: str) -> QByteArray:
    """What was kept as letters; nothing when it is not that."""
    with contextlib.suppress(ValueError):
        return QByteArray(base64.b64decode(kept))
    return QByteArray()
