"""Words that have no room: what a person could not read, though it stands there."""

from collections.abc import Iterator

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QCheckBox, QComboBox, QLabel, QLineEdit, QWidget

from annotator.gui.parts import Elided, Segment

SLACK = 1  # px that rounding takes


def cut(widget: QWidget) -> list[str]:
    """Why words of this widget could not be read."""
    if isinstance(widget, Elided) or not widget.width() or not widget.height():
        return []
    if isinstance(widget, QLabel):
        found = list(_label(widget)) if widget.text() else []
    elif isinstance(widget, QAbstractButton):
        found = _button(widget)
    else:
        found = _field(widget)
    beyond = _beyond(widget)
    return [*found, beyond] if beyond else found


def _button(button: QAbstractButton) -> list[str]:
    if not button.text():
        return []
    if isinstance(button, Segment | QCheckBox):
        wide = max(map(button.fontMetrics().horizontalAdvance, button.text().split("\n")))
        room = button.width() - (24 if isinstance(button, QCheckBox) else 2)
        return [f"is wider than its {room} px"] if wide > room + SLACK else []
    needed, has = button.sizeHint(), button.size()
    of_qt = type(button).__module__.startswith("PySide6")  # ours elide what they paint, and say it in their tips
    small = needed.width() > has.width() + SLACK or needed.height() > has.height() + 6
    return [f"needs {needed.toTuple()} and has {has.toTuple()}"] if of_qt and small else []


def _field(field: QWidget) -> list[str]:
    wide, room = 0, field.contentsRect().width()
    if isinstance(field, QComboBox) and not field.isEditable():
        wide = field.fontMetrics().horizontalAdvance(field.currentText()) + 32
    elif isinstance(field, QLineEdit) and not field.text():
        wide = field.fontMetrics().horizontalAdvance(field.placeholderText()) + field.textMargins().left()
    return ["is wider than its field, which has no tip"] if wide > room + SLACK and not field.toolTip() else []


def _label(label: QLabel) -> Iterator[str]:
    room = label.contentsRect()
    margin = label.margin() + max(0, label.indent())
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        if needed > label.height() + SLACK:
            yield f"needs {needed} px of height and has {label.height()}"
        return
    metrics = label.fontMetrics()
    if max(map(metrics.horizontalAdvance, label.text().split("\n"))) > room.width() - margin + SLACK:
        yield f"is wider than its {room.width()} px"
    if metrics.ascent() + metrics.descent() * 0.5 > label.height():
        yield f"is higher than its {label.height()} px"


def _beyond(widget: QWidget) -> str:
    """A control that lies outside of what holds it, where nothing scrolls to it."""
    above = widget.parentWidget()
    if above is None or widget.isWindow():
        return ""
    holder = above.parentWidget()
    if isinstance(holder, QAbstractScrollArea) or isinstance(above, QAbstractScrollArea):
        return ""
    words = isinstance(widget, QLabel | QAbstractButton | QLineEdit | QComboBox)
    inside = above.rect().adjusted(-SLACK, -SLACK, SLACK, SLACK)
    place = QRect(widget.pos(), widget.size())
    return (
        f"lies at {place.getRect()}, outside of {above.size().toTuple()}"
        if words and not inside.contains(place)
        else ""
    )


def words_on(widget: QWidget) -> str:
    for name in ("text", "currentText", "placeholderText"):
        if hasattr(widget, name) and (words := getattr(widget, name)()):
            return words
    return ""
