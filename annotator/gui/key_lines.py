"""The lines of the sheet of keys: what each does, its keys, and in which words a key is refused."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.gui.actions import ACTIONS, GROUPS, Action
from annotator.gui.keymap import cap
from annotator.gui.marks import keycap, words
from annotator.gui.mirror import turn_over
from annotator.gui.own_keys import KEYS
from annotator.gui.theme import Theme
from annotator.model import Code

LINE = 30  # px


def _tr(text: str) -> str:
    return QCoreApplication.translate("ShortcutsSheet", text)


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One line of the sheet. Without an `id` it only tells of keys, and `why` says why they cannot be changed."""

    group: str
    words: str
    id: str = ""
    told: tuple[str, ...] = ()
    why: str = ""

    @property
    def caps(self) -> list[str]:
        """Its keys as they are printed; … between two reads “to”."""
        return KEYS.caps(self.id) if self.id else list(self.told)

    @property
    def is_changed(self) -> bool:
        return bool(self.id) and KEYS.keymap.is_changed(self.id)


def shortcuts(actions: Sequence[Action] = ACTIONS, codes: Iterable[Code] = ()) -> list[Shortcut]:
    """Every action in its group, then the keys of the codes."""
    order = {name: n for n, name in enumerate(GROUPS)}
    translate = QCoreApplication.translate
    found = []
    for one in sorted(actions, key=lambda one: order.get(one.heading, len(order))):
        why = "" if one.id and not one.fixed else _why_fixed(one)
        shown = tuple(one.shown.split()) if not one.id else ()
        found.append(Shortcut(translate("actions", one.heading), translate("actions", one.words), one.id, shown, why))
    why = _tr("Keys of codes belong to the codebook: a supervisor changes them with Codebook > Edit the codebook.")
    keyed = sorted((code for code in codes if code.key), key=lambda code: code.key.casefold())
    return found + [Shortcut(_tr("Keys of the codes"), one.name, "", (cap(one.key.upper()),), why) for one in keyed]


def _why_fixed(action: Action) -> str:
    if "Esc" in action.keys:
        return _tr("Esc always leads back to the text. It cannot be changed, so that nobody gets lost.")
    if action.group == "Code":
        return _tr("Bare letters code, and with Shift recode. Which letter a code has, the codebook says.")
    return _tr("This goes together with other keys and cannot be changed by itself.")


def why_not(id: str, key: str, codes: Iterable[Code] = ()) -> str:
    """Why an action can never have this key, in a sentence; "" when it can."""
    shown = cap(key)
    match KEYS.keymap.why_not(id, key):
        case "letter":
            words = _tr("{key} is a bare letter: those belong to the codes. Take it with Ctrl or Alt.")
        case "esc":
            words = _tr("Esc always leads back to the text and is never given away.")
        case "menu":
            words = _tr("{key} opens a menu.")
        case "typed":
            words = _tr("{key} is needed for typing and moving elsewhere. Take it with Ctrl or Alt, or a function key.")
        case "fixed":
            words = _tr("This key cannot be changed.")
        case _:
            coded = next((code.name for code in codes if code.key and code.key.casefold() == key.casefold()), "")
            words = _tr("{key} is the key of the code {code}. Another is given to it in the codebook.") if coded else ""
            return words.format(key=shown, code=coded)
    return words.format(key=shown)


class KeyLine(QWidget):
    """One shortcut: words at the left, caps at the right. `pressed` when it was clicked."""

    SPOKEN_AS = QAccessible.Role.ListItem

    pressed = Signal(object)

    def __init__(self, shortcut: Shortcut, theme: Theme):
        super().__init__()
        self.shortcut, self.theme = shortcut, theme
        self.is_current = self.is_asking = False
        self.setFixedHeight(LINE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setMinimumWidth(120)
        self.follow()

    def follow(self) -> None:
        """Its keys may be others now."""
        self.setAccessibleName(f"{self.shortcut.words}: {', '.join(self.shortcut.caps) or _tr('no key')}")
        self.setToolTip(self.shortcut.words)
        self.update()

    def mark(self, *, current: bool, asking: bool) -> None:
        """Shows whether it is the one that keys are about, and whether a new key is waited for."""
        if (current, asking) != (self.is_current, self.is_asking):
            self.is_current, self.is_asking = current, asking
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, LINE)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit(self.shortcut)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme, area = QPainter(self), self.theme, self.rect()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        turn_over(painter, area)
        if self.is_current or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.accent_soft if self.is_current else theme.hover)
            painter.drawRoundedRect(area, 6, 6)
        left = self._caps(painter, area.right() - 7.0)
        if self.shortcut.is_changed and not self.is_asking:
            said = _tr("changed")
            room = area.adjusted(8, 0, round(left) - area.right() - 8, 0)
            right = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            left -= words(painter, room, said, role="tiny", colour=theme.muted, align=right) + 8
        room = area.adjusted(8, 0, round(left) - area.right() - 8, 0)
        words(painter, room, self.shortcut.words, role="body", colour=theme.text)
        painter.end()

    def _caps(self, painter: QPainter, right: float) -> float:
        """Draws the keys from the right; answers where they begin."""
        middle, theme = self.height() / 2, self.theme
        if self.is_asking:
            said = _tr("press a key")
            width = painter.fontMetrics().horizontalAdvance(said) + 16
            painter.setPen(QPen(theme.accent, 2))
            painter.setBrush(theme.canvas)
            painter.drawRoundedRect(QRectF(right - width, middle - 10, width, 20), 4, 4)
            area = QRectF(right - width, middle - 10, width, 20).toRect()
            words(painter, area, said, role="tiny", colour=theme.text, align=Qt.AlignmentFlag.AlignCenter)
            return right - width
        if not self.shortcut.caps:
            area = self.rect().adjusted(0, 0, round(right) - self.rect().right() - 6, 0)
            words(painter, area, "–", role="small", colour=theme.muted, align=_RIGHT)
            return right - 20
        for key in reversed(self.shortcut.caps[:3]):
            if key == "…":
                area = self.rect().adjusted(0, 0, round(right) - self.rect().right(), 0)
                right -= words(painter, area, _tr("to"), role="small", colour=theme.muted, align=_RIGHT) + 4
            else:
                right -= keycap(painter, right, middle, key, theme) + 4
        return right


_RIGHT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
