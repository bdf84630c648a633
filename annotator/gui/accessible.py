"""What a screen reader takes our own widgets for: those that paint themselves would be bare frames to it.

A class says `SPOKEN_AS`, the role; its accessible name and description are used as of any widget. One with something like
a value has a method `spoken_value`.
"""

from functools import cache

from PySide6.QtCore import QCoreApplication, QObject, QPoint, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface, QAccessibleObject
from PySide6.QtWidgets import QAbstractButton, QWidget


class Drawn(QAccessibleObject):
    """A widget of ours as it is told: its role, its words, its state, and the widgets in it."""

    def __init__(self, widget: QWidget, role: QAccessible.Role):
        super().__init__(widget)
        self._role = role

    def _widget(self) -> QWidget:
        widget = self.object()
        assert isinstance(widget, QWidget)
        return widget

    def _children(self) -> list[QWidget]:
        return [one for one in self._widget().children() if isinstance(one, QWidget) and not one.isWindow()]

    def role(self) -> QAccessible.Role:
        return self._role

    def text(self, what: QAccessible.Text, /) -> str:
        widget = self._widget()
        match what:
            case QAccessible.Text.Name:
                return widget.accessibleName()
            case QAccessible.Text.Description:
                said = widget.accessibleDescription() or widget.toolTip()
                return "" if said == widget.accessibleName() else said
            case QAccessible.Text.Value:
                value = getattr(widget, "spoken_value", None)
                return value() if value else ""
        return ""

    def state(self) -> QAccessible.State:
        widget, state = self._widget(), QAccessible.State()
        focusable = widget.focusPolicy().value != 0
        state.focusable, state.focused = int(focusable and widget.isEnabled()), int(widget.hasFocus())
        state.disabled, state.invisible = int(not widget.isEnabled()), int(not widget.isVisible())
        state.selected = int(getattr(widget, "chosen", None) is True)
        if isinstance(widget, QAbstractButton):
            state.checkable, state.checked = int(widget.isCheckable()), int(widget.isChecked())
        return state

    def rect(self) -> QRect:
        widget = self._widget()
        return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())

    def parent(self) -> QAccessibleInterface:
        above = self._widget().parentWidget() or QCoreApplication.instance()
        assert above is not None
        return QAccessible.queryAccessibleInterface(above)

    def childCount(self) -> int:
        return len(self._children())

    def child(self, index: int, /) -> QAccessibleInterface | None:  # pyright: ignore[reportIncompatibleMethodOverride]: null in C++
        children = self._children()
        return QAccessible.queryAccessibleInterface(children[index]) if 0 <= index < len(children) else None

    def indexOfChild(self, child: QAccessibleInterface, /) -> int:
        found = child.object()
        return next((n for n, one in enumerate(self._children()) if one is found), -1)


def _made(key: str, about: QObject | None) -> QAccessibleInterface | None:
    role = getattr(type(about), "SPOKEN_AS", None)
    if role is None or key != type(about).__name__ or not isinstance(about, QWidget):
        return None
    return Drawn(about, role)


@cache
def install() -> None:
    """From now on widgets are told as they say."""
    QAccessible.installFactory(_made)
