"""Below the choices: what is being done or went wrong, and the ways out of the window."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from annotator.gui.dialogs.fields import button
from annotator.gui.marks import Progress
from annotator.gui.parts import column, label, row
from annotator.gui.theme import Theme

from . import taking_out


class Foot(QWidget):
    """One sentence, the progress of long work with a way to stop it, Export and Copy table."""

    export_wanted = Signal(str)  # a format
    copy_wanted = Signal()
    figures_wanted = Signal(object)  # the menu to be filled with the figures there are
    stop_wanted = Signal()
    again_wanted = Signal()  # to compute what was stopped

    def __init__(self, theme: Theme):
        super().__init__()
        self.theme = theme
        self.words = label("", "small", "muted", wrap=True)
        self.bar = Progress(0, theme)
        self.stop = button(self.tr("Stop"), self.stop_wanted.emit)
        self.again = button(self.tr("Compute"), self.again_wanted.emit)
        self.export, self.copy = QPushButton(self.tr("Export")), button(self.tr("Copy table"), self.copy_wanted.emit)
        self.export.setAutoDefault(False)
        menu = taking_out.menu(self, self.export_wanted.emit)
        self.figures = menu.addMenu(self.tr("Figure"))
        self.figures.aboutToShow.connect(lambda: self.figures_wanted.emit(self.figures))
        self.export.setMenu(menu)
        self.export.setStyleSheet("QPushButton::menu-indicator { image: none; width: 0; }")
        for push in (self.export, self.copy):
            push.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setLayout(column(self.words, self.bar, self.stop, self.again, row(self.export, self.copy), gap=8))
        self.rest()
        self.enable(False)

    def enable(self, on: bool) -> None:
        """Whether there are numbers of what is chosen, to be taken out."""
        self.export.setEnabled(on)
        self.copy.setEnabled(on)

    def rest(self) -> None:
        """Nothing is being done, and nothing has to be said."""
        self._show("", working=False, stopped=False)

    def work(self, done: int, total: int, *, words: str = "") -> None:
        """Long work is under way: comparing, unless `words` say what."""
        words = words or (self.tr("Comparing: {done} of {total}") if total else self.tr("Comparing …"))
        self.bar.set_share(done / total if total else 0)
        self._show(words.format(done=done, total=total), working=True, stopped=False)

    def say_stopped(self, *, earlier: bool) -> None:
        """Somebody stopped the work; `earlier` numbers are still shown."""
        words = self.tr("Stopped. What is shown belongs to earlier choices.") if earlier else self.tr("Stopped.")
        self._show(words, working=False, stopped=True)

    def say(self, words: str, *, tone: str = "muted") -> None:
        """One sentence, until something else is done."""
        self._show(words, working=False, stopped=False, tone=tone)

    def _show(self, words: str, *, working: bool, stopped: bool, tone: str = "muted") -> None:
        self.words.setText(words)
        self.words.setToolTip(words)
        self.words.setProperty("tone", tone)
        self.words.style().polish(self.words)
        self.words.setVisible(bool(words))
        had_focus = self.stop.hasFocus() or self.again.hasFocus()
        self.bar.setVisible(working)
        self.stop.setVisible(working)
        self.again.setVisible(stopped)
        if had_focus and not working:
            (self.again if stopped else self.export).setFocus(Qt.FocusReason.OtherFocusReason)
