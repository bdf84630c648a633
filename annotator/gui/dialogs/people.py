"""The people of a project: who they are, and what they may do."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtWidgets import QLineEdit, QWidget

from annotator.gui.dialogs.dialog import Dialog, Problem
from annotator.gui.dialogs.fields import button, line
from annotator.gui.parts import Scroll, Segmented, box, column, label, row
from annotator.gui.theme import Theme
from annotator.model import Coder, Role, new_id

ROLES: tuple[Role, Role] = ("coder", "supervisor")


class PeopleDialog(Dialog):
    """`decided` carries every Coder as they now are, new ones last, as a list. Nobody is removed: their work names them."""

    def __init__(self, parent: QWidget | None, theme: Theme, coders: Sequence[Coder], *, me: str = ""):
        """`me`: the id of the person at the window."""
        words = self.tr(
            "Coders see only their own annotations while a round is blind. Supervisors hand out documents and compare."
        )
        super().__init__(parent, theme, self.tr("People"), accept=self.tr("Save"), words=words)
        self.me = me
        self.rows: list[tuple[Coder, QLineEdit, Segmented]] = []
        self.lines = column(gap=8)
        whole = column(self.lines, None, gap=0)
        self.area = Scroll(box(whole, ground="panel"))
        self.add_button = button(self.tr("Add a person"), self._add_new)
        self.body.addWidget(self.area)
        self.body.addLayout(row(self.add_button, None))
        self.body.addStretch(1)
        for coder in coders:
            self._add(coder)
        if coders:
            self.add_button.setFocus()
        else:
            self._add_new()
        self.setMinimumSize(560, 360)

    def value(self) -> list[Coder]:
        return [
            replace(coder, name=name.text().strip(), role=ROLES[role.chosen()])
            for coder, name, role in self.rows
            if name.text().strip()
        ]

    def problem(self) -> Problem | None:
        seen: set[str] = set()
        for coder, name, _ in self.rows:
            words = " ".join(name.text().split()).casefold()
            if not words and coder.name:
                return self.tr("{name} needs a name; a person cannot be removed.").format(name=coder.name), name
            if words and words in seen:
                return self.tr("Two people are called {name}. Tell them apart.").format(name=name.text().strip()), name
            seen.add(words)
        if not any(coder.role == "supervisor" for coder in self.value()):
            return self.tr("A project needs a supervisor."), self.rows[0][2]
        return None

    def _add_new(self) -> None:
        name = self._add(Coder(new_id(), ""))
        name.show()  # what is not in sight yet takes no focus
        name.setFocus()

    def _add(self, coder: Coder) -> QLineEdit:
        name = line(coder.name, self.tr("Name, or a letter or number that stands for one"))
        number = len(self.rows) + 1
        name.setAccessibleName(self.tr("Name of person {number}").format(number=number))
        role = Segmented(
            [self.tr("Coder"), self.tr("Supervisor")],
            ROLES.index(coder.role),
            name=self.tr("Role of person {number}").format(number=number),
        )
        role.setFixedWidth(176)
        you = label(self.tr("you") if coder.id == self.me else "", "small", "muted")
        you.setFixedWidth(32)
        made = row(name, role, you, gap=8)
        made.setStretch(0, 1)
        before = self.rows[-1][2] if self.rows else self.area
        self.rows.append((coder, name, role))
        self.lines.addLayout(made)
        for one, other in ((before, name), (name, role), (role, self.add_button)):
            QWidget.setTabOrder(one, other)
        self.area.updateGeometry()
        return name
