"""Pages that are being made: a small window that says how far it is, and stops it. The work beside it goes on."""

from collections.abc import Callable
from threading import Lock
from time import perf_counter

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QProgressBar, QPushButton, QWidget

from annotator.gui.messages import words_of
from annotator.gui.parts import column, label, row
from annotator.gui.tasks import run_in_background
from annotator.interchange.coded_document import CodedDocument

from .sheets import Steps

SLICE = 0.012  # seconds of making between two events

Progress = Callable[[int, int], None]
Reading = Callable[[Progress, Callable[[], bool]], CodedDocument | None]


class Making(QWidget):
    """Reads in another thread, then takes step after step in this one. To close it is to stop it."""

    closed = Signal()

    def __init__(self, parent: QWidget, words: str):
        super().__init__(parent, Qt.WindowType.Dialog)
        self.setWindowTitle(self.tr("Annotator"))
        self.setProperty("ground", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.words, self.bar = label(words, "body", wrap=True), QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 0)
        self.bar.setAccessibleName(words)
        self.button = QPushButton(self.tr("Stop"))
        self.button.clicked.connect(self.close)
        self.setLayout(column(self.words, self.bar, row(None, self.button), gap=12, margins=(24, 20, 24, 16)))
        self.setMinimumWidth(400)
        self._reading, self._timer = Lock(), QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)
        self._steps: Steps | None = None
        self._task = None
        self._said = ""

    def run(self, read: Reading, steps: Callable[[CodedDocument], Steps] | None, *, said: str) -> None:
        """Begins. Without `steps`, reading is all there is. `said` stands there when all is done."""
        self._said = said

        def locked(progress: Progress, cancelled: Callable[[], bool]) -> CodedDocument | None:
            with self._reading:
                return None if cancelled() else read(progress, cancelled)

        def then(coded: CodedDocument | None) -> None:
            if steps is None or coded is None:
                self._finish(said)
            else:
                self._steps = steps(coded)
                self._timer.start()

        self._task = run_in_background(locked, done=then, failed=self._fail, progress=self._show)

    def _go_on(self) -> None:
        until = perf_counter() + SLICE
        told = None
        try:
            while perf_counter() < until:
                told = next(self._steps) if self._steps else None
        except StopIteration:
            self._finish(self._said)
            return
        except Exception as error:
            self._fail(error)
            return
        if told:
            self._show(*told)

    def _show(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def _finish(self, words: str) -> None:
        self._let_go()
        self.words.setText(words)
        self.bar.hide()
        self.button.setText(self.tr("Close"))

    def _fail(self, error: Exception) -> None:
        self._finish(words_of(error))

    def _let_go(self) -> None:
        """What is half-written is gone when its steps are let go of."""
        self._timer.stop()
        if self._task:
            self._task.cancel()
        steps, self._steps, self._task = self._steps, None, None
        if steps is not None:
            steps.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._let_go()
        with self._reading:  # the project may be closed when nobody reads it
            pass
        super().closeEvent(event)
        self.closed.emit()
