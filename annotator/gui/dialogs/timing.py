"""Whether one's own time on task is measured, and when it pauses."""

from PySide6.QtWidgets import QWidget

from annotator.gui.dialogs.dialog import Dialog
from annotator.gui.dialogs.fields import Choice, Tick
from annotator.gui.parts import label, row
from annotator.gui.theme import Theme
from annotator.gui.words import time_words
from annotator.settings import IDLE, Timing

WIDTH = 460


class TimingDialog(Dialog):
    """`decided` carries a Timing."""

    def __init__(self, parent: QWidget | None, theme: Theme, timing: Timing, *, name: str):
        words = self.tr("How long {name} works on each document that was handed out, pauses left out.")
        title = self.tr("Time on task")
        super().__init__(parent, theme, title, accept=self.tr("Save"), words=words.format(name=name))
        self.on = Tick(self.tr("Measure my time"), theme, timing.on)
        self.idle = Choice(theme, [(time_words(60 * minutes), minutes) for minutes in IDLE])
        self.idle.choose(timing.idle)
        self.idle.setFixedWidth(96)
        self.idle.setEnabled(timing.on)
        self.on.toggled.connect(self.idle.setEnabled)
        self.body.addWidget(self.on)
        hint = self.tr("So long without a key and without the mouse; that stretch does not count.")
        self.form.add(self.tr("Pause after"), self.idle, beside=row(self.idle, None), hint=hint)
        self.body.addLayout(self.form)
        seen = self.tr(
            "You see your time in the line below the text, and in File > Progress. The supervisors of this project see it "
            "there too; other coders never do. Switched off, nothing is measured or written; what was written stays."
        )
        self.body.addWidget(label(seen, "small", "muted", wrap=True))
        self.body.addStretch(1)
        self.setMinimumWidth(WIDTH)
        self.resize(WIDTH, self.whole.totalHeightForWidth(WIDTH))
        self.on.setFocus()

    def value(self) -> Timing:
        return Timing(self.on.isChecked(), self.idle.chosen())
