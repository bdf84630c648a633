"""The keys of this machine: those of the table, and what its person made of them. What shows a key follows at once."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence

from annotator.gui.actions import ACTIONS, MENU_KEYS
from annotator.gui.keymap import Keymap, cap
from annotator.gui.parts import KeyCap, dress_as_keycap
from annotator.settings import Settings

RESERVED = (*MENU_KEYS, "F10")


class OwnKeys(QObject):
    """The keymap in force. There is one keyboard, so there is one of these: `KEYS`."""

    changed = Signal()

    def __init__(self):
        super().__init__()
        self.settings: Settings | None = None
        self.keymap = Keymap(ACTIONS, reserved=RESERVED)

    def load(self, settings: Settings) -> None:
        """Takes the keys that a machine remembers, and has it remember what is changed from now on."""
        self.settings = settings
        self.keymap = Keymap(ACTIONS, settings.keys, RESERVED)
        self.changed.emit()

    def give(self, id: str, *keys: str) -> None:
        """Gives an action these keys; whoever had one of them loses it."""
        self._alter(lambda: self.keymap.give(id, *keys))

    def reset(self, id: str) -> None:
        """Gives an action its default keys again."""
        self._alter(lambda: self.keymap.reset(id))

    def reset_all(self) -> None:
        """All keys are as at first."""
        self._alter(self.keymap.reset_all)

    def _alter(self, change: Callable[[], None]) -> None:
        change()
        if self.settings:
            self.settings.keys = {id: list(keys) for id, keys in self.keymap.chosen.items()}
            self.settings.save()
        self.changed.emit()

    def cap(self, id: str) -> str:
        """The first key of an action as it is printed on the keyboard, "" if it has none."""
        return next(iter(self.caps(id)), "")

    def caps(self, id: str) -> list[str]:
        """All its keys, so."""
        return [cap(key) for key in self.keymap.keys(id)]

    def hint(self, words: str, id: str) -> str:
        """Words for a tooltip with the key behind them, if there is one."""
        key = self.cap(id)
        return f"{words} ({key})" if key else words

    def sequences(self, id: str) -> list[QKeySequence]:
        """The keys of an action for a shortcut of Qt, to which Enter on the number pad is another key."""
        keys = self.keymap.keys(id)
        pad = [key.removesuffix("Return") + "Enter" for key in keys if key.endswith("Return")]
        return [QKeySequence(key) for key in (*keys, *pad)]


KEYS = OwnKeys()


class KeycapOf(KeyCap):
    """The key of an action, drawn where it acts. It follows when the key is changed, and hides when there is none."""

    def __init__(self, id: str):
        super().__init__()
        self.id = id
        dress_as_keycap(self)
        KEYS.changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        self.setText(KEYS.cap(self.id))
        if self.parentWidget() or not self.text():
            self.setVisible(bool(self.text()))
