"""What the keys do while the text has the focus: those it does not use itself are of actions, then of codes."""

import contextlib
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from .actions import Action
from .code_keys import HELD, letters_of, names_of
from .own_keys import KEYS
from .work import Work


class TextKeys(QObject):
    """Hears every key before the text of a project does, so that Tab, too, is a key like any other."""

    def __init__(self, work: Work, run: Callable[[Action], None]):
        super().__init__(work)
        self.work, self.run = work, run
        work.text.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.work.text and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._press(event)
        return super().eventFilter(watched, event)

    def _press(self, event: QKeyEvent) -> bool:
        if self.work.text.keyboard.wants(event):
            return False
        self.work.text.hover(None)
        return self._run_key(event) or (not event.modifiers() & HELD and self._code_key(event))

    def _run_key(self, event: QKeyEvent) -> bool:
        """Does what a key of the text says. False when the table does not have it. With Ctrl beside Alt an edge moves by
        characters."""
        names = names_of(event)
        found = KEYS.keymap.action(names, "text")
        by_character = contextlib.nullcontext()
        if found is None and any("Ctrl+Alt+" in name for name in names):
            found = KEYS.keymap.action([name.replace("Ctrl+", "") for name in names], "text")
            by_character = self.work.by_character()
        if found is None:
            return False
        with by_character:
            self.run(found[0])
        return True

    def _code_key(self, event: QKeyEvent) -> bool:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        return any(self.work.coding.press(letter, recode=shift and recodes) for letter, recodes in letters_of(event))
