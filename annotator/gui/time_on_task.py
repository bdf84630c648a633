"""Time on task: measures how long a coder works on the document in sight, shows it to them, and writes it down."""

import contextlib
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QToolButton

from annotator import editing
from annotator.clock import Clock, Moment, Place, Worked
from annotator.errors import AnnotatorError
from annotator.gui.icons import icon
from annotator.gui.theme import Theme, font
from annotator.gui.words import time_words
from annotator.model import Change, Sitting, assignment_id
from annotator.settings import Timing

if TYPE_CHECKING:
    from annotator.gui.main_window import MainWindow
    from annotator.gui.work import Work

LOOKED_AT = 15_000  # ms between two looks at the clock
ICON = 12
LIVES = {
    QEvent.Type.ShortcutOverride,  # also of keys that a shortcut takes before anybody is pressed
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TouchUpdate,
    QEvent.Type.TabletPress,
    QEvent.Type.TabletMove,
}


def now() -> Moment:
    """This moment, by both clocks."""
    return Moment(time.monotonic(), time.time())


class TimeSign(QToolButton):
    """A few quiet words by the document: how long one has worked on it, and a sign while that pauses. A press asks for the
    settings of it."""

    def __init__(self, theme: Theme):
        super().__init__()
        self.theme = theme
        self._is_paused = False
        self.setProperty("quiet", "true")
        self.setFont(font("small"))
        self.setFixedHeight(22)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the menu leads there, too
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.hide()

    def show_time(self, seconds: int, *, paused: bool, idle: int) -> None:
        """`idle` are the minutes after which it pauses."""
        self._is_paused = paused
        words = time_words(seconds)
        self.setText(words)
        said = self.tr("Time on this document: {time}").format(time=words)
        tips = [
            self.tr("Your time on this document in this round, pauses left out."),
            self.tr("You and the supervisors see it. A click changes how it is measured."),
        ]
        if paused:
            said = self.tr("{said}, paused").format(said=said)
            one = self.tr("Paused: no key and no mouse for a minute. It goes on with the next one.")
            more = self.tr("Paused: no key and no mouse for {count} minutes. It goes on with the next one.")
            tips.insert(0, one if idle == 1 else more.format(count=idle))
        self.setAccessibleName(said)
        self.setToolTip("\n".join(tips))
        self._draw()
        self.show()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._draw()

    def _draw(self) -> None:
        self.setIcon(icon("pause", self.theme.muted, ICON) if self._is_paused else QIcon())


class TimeOnTask(QObject):
    """Measures one open project: only what was handed out to the person at it, only while the text is in sight, and not
    at all when they do not want it. Writes seldom, and never as a step that undo would take back."""

    def __init__(self, window: "MainWindow", work: "Work", sign: TimeSign):
        super().__init__(work)
        self.window, self.work, self.sign = window, work, sign
        self.clock = Clock(60.0 * self.timing.idle)
        self._in_sight: Place | None = None
        self._earlier = 0  # seconds of the sittings before on this document
        self._sitting: Sitting | None = None  # the last that was written
        self._shown: tuple[int, bool] | None = None  # minutes, paused
        self._looking = QTimer(self, interval=LOOKED_AT)
        self._looking.timeout.connect(self._look)
        work.session.changed.connect(self._hear)
        sign.clicked.connect(self.ask)
        self._watch()
        self.follow()

    @property
    def timing(self) -> Timing:
        return self.window.settings.timing_of(self.work.project.actor.name)

    def follow(self) -> None:
        """Goes with the document that is open and in sight."""
        document, round = self.work.coding.document, self.work.coding.round
        here = (document.id, round.id) if document and round and not self.window.page else None
        if here != self._in_sight:
            self._in_sight = here
            self._turn_to(here if self._counts(here) else None)

    def end(self) -> None:
        """The project is about to be closed."""
        self._in_sight = None
        self._turn_to(None)

    def ask(self) -> None:
        """Lets the person at it say whether and how their time is measured."""
        from annotator.gui.dialogs.timing import TimingDialog

        name = self.work.project.actor.name
        dialog = TimingDialog(self.window, self.window.theme, self.timing, name=name)
        dialog.decided.connect(self._set)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _set(self, timing: Timing) -> None:
        self.window.settings.time(self.work.project.actor.name, timing)
        self.clock.idle = 60.0 * timing.idle
        if timing.on:
            self._hear_of_rights()
            self._show(anew=True)
        else:
            self.clock.open(None, now())  # from here on nothing more is written, not even what was counted by now
            self._turn_to(None)

    # What counts --------------------------------------------------------------------------------------------------------

    def _counts(self, place: Place | None) -> bool:
        """Whether this is work of the person at it, and they want it measured."""
        project = self.work.project
        if place is None or not (project.is_writable and self.timing.on and self.window.settings.kept):
            return False
        document, round = place
        return bool(project.nouns_of("assignment", [assignment_id(document, project.actor.id, round)]))

    def _hear(self, change: Change) -> None:
        if {"assignment", "document", "round"} & {edit.kind for edit in change.edits}:
            self._hear_of_rights()

    def _hear_of_rights(self) -> None:
        """The document may have been handed out just now, or taken back."""
        place = self._in_sight if self._counts(self._in_sight) else None
        if place != self.clock.place:
            self._turn_to(place)

    def _turn_to(self, place: Place | None) -> None:
        self._write(self.clock.open(place, now()))
        if place:
            document, round = place
            known = self.work.project.worked(document).get((document, self.work.project.actor.id, round))
            self._earlier = known.seconds if known else 0
            self._looking.start()
        else:
            self._looking.stop()
        self._show(anew=True)

    # Signs of life ------------------------------------------------------------------------------------------------------

    def _watch(self) -> None:
        """Hears what the system sends to the window, before anybody in it does: few events, and all keys and moves."""
        if handle := self.window.windowHandle():
            handle.installEventFilter(self)
        else:
            self.window.installEventFilter(self)  # until it is shown

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.window:
            if event.type() == QEvent.Type.Show and self.window.windowHandle():
                self.window.removeEventFilter(self)
                self._watch()
        elif event.type() in LIVES and self.clock.place:
            self._write(self.clock.act(now()))
            self._show()
        return False

    def _look(self) -> None:
        self._write(self.clock.tick(now()))
        self._show()

    # Showing and writing ------------------------------------------------------------------------------------------------

    def _show(self, *, anew: bool = False) -> None:
        seconds = self._earlier + int(self.clock.counted)
        shown = seconds // 60, self.clock.is_paused
        if self.clock.place is None:
            self.sign.hide()
        elif anew or shown != self._shown:
            self.sign.show_time(seconds, paused=self.clock.is_paused, idle=self.timing.idle)
        self._shown = shown

    def _write(self, worked: Worked | None) -> None:
        """Brings a sitting into the project. What cannot be written now is written with what comes next, if anything does."""
        if worked is None:
            return
        (document, round), began = worked.place, datetime.fromtimestamp(worked.began, UTC).isoformat(timespec="seconds")
        known = self._sitting
        goes_on = known and (known.document, known.round, known.began) == (document, round, began)
        with contextlib.suppress(AnnotatorError):
            change = editing.sit(
                self.work.project,
                document=document,
                round=round,
                began=began,
                seconds=worked.seconds,
                before=known if goes_on else None,
            )
            self.work.session.must_do(change)
            made = change.edits[0].after
            self._sitting = made if isinstance(made, Sitting) else None
        if worked.is_over and worked.place == self.clock.place:
            self._earlier += worked.seconds
