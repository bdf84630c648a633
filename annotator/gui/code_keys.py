"""Which key was pressed, whatever the layout of the keyboard writes there: for the codes, and for the actions."""

import sys

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from .keymap import spelled

TOP_ROW = 9  # Linux numbers the keys of the top row 10 to 19: 1 to 9, then 0
NO_KEYS = (  # held together with another, or dead
    Qt.Key.Key_unknown,
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
)
HELD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
DIGITS, LETTERS = range(0x30, 0x3A), range(0x41, 0x5B)  # as Qt and Windows number keys, as ASCII does


def letters_of(event: QKeyEvent) -> list[tuple[str, bool]]:
    """What may be meant, the likeliest first, each with whether Shift with it asks for another code: the letter that was
    written; on a layout without Latin letters that of its key; with Shift the digit under a sign. A digit that is
    written with Shift, as in France, is plain."""
    words, key, virtual = event.text(), event.key(), event.nativeVirtualKey()
    found = [(words, words.isalpha())] if words.strip() else []
    if words.isalpha() and not words.isascii():
        found += [(chr(code), True) for code in (key, virtual) if code in LETTERS]
    elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier and words.strip() and not words.isalnum():
        found += [(digit, True) for digit in _digit(virtual, event.nativeScanCode())]
    return found


def names_of(event: QKeyEvent) -> list[str]:
    """What the key of an action may be called, the likeliest first: by key and modifiers, and by the sign it wrote, which
    needs Shift or AltGr on some layouts. [] for a modifier alone."""
    if event.key() in NO_KEYS:
        return []
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if event.key() == Qt.Key.Key_Backtab:
        modifiers |= Qt.KeyboardModifier.ShiftModifier
    pressed = QKeySequence(QKeyCombination(modifiers, Qt.Key(event.key()))).toString()
    sign = event.text() if not modifiers & HELD else ""
    is_sign = len(sign) == 1 and sign.isprintable() and not sign.isspace() and not sign.isalpha()
    names = [sign, pressed] if is_sign else [pressed]
    return list(dict.fromkeys(spelled(name) for name in names if name))


def _digit(virtual: int, scan: int) -> str:
    """The digit on a key of the top row, if it is one."""
    if virtual in DIGITS:
        return chr(virtual)
    is_top_row = sys.platform == "linux" and 1 <= scan - TOP_ROW <= 10
    return str((scan - TOP_ROW) % 10) if is_top_row else ""
