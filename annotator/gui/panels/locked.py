"""What stands in the place of a project that was locked: nothing of it but the name of its file."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from annotator.gui.dialogs.fields import button
from annotator.gui.panels.passphrase import Attempt, ByMachine, EnterPresses, Passphrase
from annotator.gui.parts import box, column, label, row

WIDTH = 440  # px of the form


class LockedPage(QWidget):
    """Asks for the passphrase, in the middle of the window."""

    left = Signal()  # another project is wanted

    def __init__(self, name: str, reason: str, attempt: Attempt, by_machine: ByMachine | None = None):
        """`name`: of the file; `reason`: why it is locked, in words."""
        super().__init__()
        self.form = Passphrase(attempt, by_machine)
        self.unlock = QPushButton(self.tr("Unlock"))
        self.unlock.setProperty("primary", "true")
        self.unlock.clicked.connect(self.form.try_it)
        self.leave = button(self.tr("Start page"), self.left.emit)
        EnterPresses(self.form.field, self.unlock)
        title = self.tr("{name} is locked").format(name=name)
        head = column(label(title, "title", wrap=True), label(reason, "body", "muted", wrap=True), gap=4)
        foot = row(self.form.other, None, self.leave, self.unlock)
        page = box(column(head, self.form, foot, gap=16, margins=(24, 24, 24, 24)))
        page.setFixedWidth(WIDTH + 48)
        self.setLayout(column(box(column(None, row(None, page, None), None, None, gap=0), ground="canvas"), gap=0))
        self.setFocusProxy(self.form.field)
        self.setProperty("help", "encrypted")
