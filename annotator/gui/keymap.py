"""Which keys an action has and which action a key: the defaults of the table, and over them what a person chose.

A key is written as Qt writes it portably ("Ctrl+Shift+Z", "PgDown", "?"), with its modifiers in one order: see `spelled`.
"""

import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from .actions import Action

MODIFIERS = ("Meta", "Ctrl", "Alt", "Shift")  # in the order in which Qt writes them
SHORT = {
    "Delete": "Del",
    "Insert": "Ins",
    "Escape": "Esc",
    "PageUp": "PgUp",
    "PageDown": "PgDown",
    "Enter": "Return",
    "Backtab": "Tab",
}
CAPS = {
    "Return": "Enter",
    "Del": "Delete",
    "Ins": "Insert",
    "PgUp": "PgUp",
    "PgDown": "PgDn",
    "Left": "←",
    "Right": "→",
    "Up": "↑",
    "Down": "↓",
    "-": "−",
}
MAC = {"Meta": "⌃", "Ctrl": "⌘", "Alt": "⌥", "Shift": "⇧"}
Why = Literal["", "fixed", "letter", "esc", "menu", "typed"]


def parts(key: str) -> tuple[tuple[str, ...], str]:
    """The modifiers of a key, in order, and the key itself; that may be “+”."""
    *held, last = key.split("+") if not key.endswith("+") else [*key[:-1].rstrip("+").split("+"), "+"]
    return tuple(name for name in MODIFIERS if name in held), SHORT.get(last, last)


def spelled(key: str) -> str:
    """A key in the one spelling that keys are compared in. The Enter of the number pad is Return."""
    held, last = parts(key)
    return "+".join((*held, last))


def cap(key: str) -> str:
    """A key as it is printed on the keyboard."""
    held, last = parts(key)
    last = CAPS.get(last, last)
    if sys.platform == "darwin":
        return "".join(MAC[name] for name in held) + last
    return "+".join((*held, last))


class Keymap:
    """The keys of a table of actions. `chosen` says by the id of an action which keys a person gave it, perhaps none;
    what it says of actions that are not in the table is kept. Keys of menus are `reserved`."""

    def __init__(
        self,
        actions: Iterable["Action"],
        chosen: Mapping[str, Sequence[str]] | None = None,
        reserved: Iterable[str] = (),
    ):
        self.actions = {action.id: action for action in actions if action.id}
        self.reserved = {spelled(key) for key in reserved}
        self.chosen: dict[str, tuple[str, ...]] = {
            id: tuple(spelled(key) for key in keys) for id, keys in (chosen or {}).items()
        }
        self._settle()

    def _settle(self) -> None:
        """Chosen keys come first: a default that somebody gave to another action is lost to its own."""
        self._keys: dict[str, tuple[str, ...]] = {}
        self._owners: dict[str, list[Action]] = {}  # key -> the actions that take it
        for id in sorted(self.actions, key=lambda id: id not in self.chosen or self.actions[id].fixed):
            action = self.actions[id]
            if id in self.chosen and not action.fixed:
                wanted = tuple(key for key in self.chosen[id] if not self.why_not(id, key))
            else:
                wanted = self.usual(id)
            self._keys[id] = tuple(key for key in wanted if action.fixed or not self.others(id, key))
            for claim in _claims(action, self._keys[id]):
                self._owners.setdefault(claim, []).append(action)

    def keys(self, id: str) -> tuple[str, ...]:
        """The keys of an action, the one to show first; none if there is no such action."""
        return self._keys.get(id, ())

    def is_changed(self, id: str) -> bool:
        """Whether an action has other keys than by default."""
        return self.keys(id) != self.usual(id)

    def usual(self, id: str) -> tuple[str, ...]:
        """The default keys of an action."""
        return tuple(dict.fromkeys(map(spelled, self.actions[id].keys)))

    def action(self, names: Iterable[str], scope: str) -> tuple["Action", bool] | None:
        """The action of a scope that a key press means, and whether it is to extend. `names` are what the key may be
        called, the likeliest first."""
        for name in map(spelled, names):
            for action in self._owners.get(name, ()):
                if action.scope == scope:
                    return action, name not in self._keys[action.id]
        return None

    def others(self, id: str, key: str) -> list["Action"]:
        """The other actions that a key would mean as well."""
        mine = self.actions[id]
        owners = [other for claim in _claims(mine, (spelled(key),)) for other in self._owners.get(claim, ())]
        return [other for other in dict.fromkeys(owners) if other.id != id and _meet(mine, other)]

    def why_not(self, id: str, key: str) -> Why:
        """Why an action can never have a key: it is a bare letter, which codes have; Esc, which leads back; that of a
        menu; or one that is typed with wherever else the focus is. "" when it can."""
        action, (held, last) = self.actions[id], parts(spelled(key))
        is_bare = not {"Ctrl", "Alt", "Meta"} & set(held)
        if action.fixed:
            return "fixed"
        if last == "Esc":
            return "esc"
        if spelled(key) in self.reserved:
            return "menu"
        if is_bare and len(last) == 1 and last.isalpha() and action.scope in ("text", "window", "field"):
            return "letter"
        is_function = last[:1] == "F" and last[1:].isdecimal()
        return "typed" if action.scope in ("window", "field") and is_bare and not is_function else ""

    def give(self, id: str, *keys: str) -> None:
        """Gives an action these keys and no others, taking them from whoever has them."""
        for other in {other.id for key in keys for other in self.others(id, key)}:
            claims = _claims(self.actions[id], tuple(map(spelled, keys)))
            kept = [key for key in self.keys(other) if not _claims(self.actions[other], (key,)) & claims]
            self.chosen[other] = tuple(kept)
        self.chosen[id] = tuple(map(spelled, keys))
        self._settle()
        self._forget_usual()

    def reset(self, id: str) -> None:
        """Gives an action its default keys again, taking them from whoever has them."""
        self.give(id, *self.usual(id))

    def reset_all(self) -> None:
        """Every action has its default keys again."""
        self.chosen.clear()
        self._settle()

    def _forget_usual(self) -> None:
        """What is as by default need not be remembered."""
        for id in [id for id in self.chosen if id in self.actions and self.chosen[id] == self.usual(id)]:
            del self.chosen[id]
        self._settle()


def _claims(action: "Action", keys: Iterable[str]) -> set[str]:
    """The keys that an action takes by having these: with Shift too, if it extends."""
    return {claim for key in keys for claim in ((key, _with_shift(key)) if action.extends else (key,))}


def _with_shift(key: str) -> str:
    held, last = parts(key)
    return spelled("+".join((*held, "Shift", last)))


def _meet(one: "Action", other: "Action") -> bool:
    """Whether a key can be meant for either: both are of one place, or one of them is of every place."""
    return one.scope == other.scope or "window" in (one.scope, other.scope)
