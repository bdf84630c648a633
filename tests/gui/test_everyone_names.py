"""Every control of every surface has a name and a role, and every class of widgets is shown by some surface."""

import importlib
import pkgutil
from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

import annotator.gui
from annotator.gui.marks import Mark
from annotator.gui.parts import Segmented
from annotator.gui.theme import Theme
from tests.gui.surfaces import Place, all_surfaces, visible

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise")  # of a platform without a screen

NAME, VALUE = QAccessible.Text.Name, QAccessible.Text.Value
ROLE = QAccessible.Role
BARE = {ROLE.Client, ROLE.Border, ROLE.Pane, ROLE.NoRole}  # say nothing of what a control is
ROWS = 40  # of a list that are looked at
BASES = {"Dialog", "Floating", "Line"}  # what is made is of a class below
NOT_SHOWN = {
    "Drawer",  # as long as it has no list
    "KeycapOf",  # as long as only the base of it is used
    "Scrim",  # the dimmed window under the sheet of shortcuts, which is shown
    "Strip",  # of the table of agreement
    "BeingWritten",  # one sentence while a project is written anew; it cannot be closed
    "StartPage",  # the whole of the window without a project
}


def told(interface: QAccessibleInterface | None) -> Iterator[QAccessibleInterface]:
    """All that a screen reader finds in it."""
    if interface is None or not interface.isValid() or interface.state().invisible:
        return
    yield interface
    for n in range(min(interface.childCount(), ROWS)):
        yield from told(interface.child(n))


def called(interface: QAccessibleInterface) -> str:
    return f"{type(interface.object()).__name__} {interface.role().name}"


def wrongs(widget: QWidget) -> Iterator[str]:
    """What a screen reader could not tell of a surface."""
    for one in told(QAccessible.queryAccessibleInterface(widget)):
        about, name = one.object(), one.text(NAME).strip()
        holder = isinstance(about, QWidget) and about.focusProxy() is not None
        if one.state().focusable:
            if not name:
                yield f"{called(one)} has no name"
            if one.role() in BARE and not holder:
                yield f"{called(one)} “{name}” has no role"
        elif isinstance(about, QWidget) and paints_itself(about) and not isinstance(about, Mark):
            if one.role() in BARE and not about.findChildren(QWidget):
                yield f"{called(one)} “{name}” paints itself and has no role"
            elif not name and one.role() not in BARE | {ROLE.StaticText}:
                yield f"{called(one)} paints itself and has no name"
        yield from doubled(one)


def doubled(one: QAccessibleInterface) -> Iterator[str]:
    """Names that two neighbours share though one can go to both."""
    children = [one.child(n) for n in range(min(one.childCount(), ROWS))]
    there = [child for child in children if child is not None and child.isValid()]
    names = Counter((a.role(), a.text(NAME)) for a in there if a.state().focusable and not a.state().invisible)
    for (role, name), count in names.items():
        if count > 1 and role not in (ROLE.ListItem, ROLE.TreeItem, ROLE.Cell):
            yield f"{count} of {role.name} called “{name}” stand side by side in {called(one)}"


def paints_itself(widget: QWidget) -> bool:
    painter = next(kind for kind in type(widget).__mro__ if "paintEvent" in vars(kind))
    return painter.__module__.startswith("annotator.")


def classes() -> set[str]:
    """Every class of widgets that the program has."""
    for module in pkgutil.walk_packages(annotator.gui.__path__, "annotator.gui."):
        importlib.import_module(module.name)
    found: set[type] = set()
    waiting: list[type] = [QWidget]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            if kind not in found:
                found.add(kind)
                waiting.append(kind)
    return {kind.__name__ for kind in found if kind.__module__.startswith("annotator.gui")}


def test_every_control_has_a_name_and_a_role_and_every_widget_is_shown(seat, tmp_path):
    team = Place(tmp_path)
    QAccessible.setActive(True)
    wrong: list[str] = []
    seen: set[str] = set()
    for name, widget in all_surfaces(seat, team):
        wrong += [f"{name}: {words}" for words in dict.fromkeys(wrongs(widget))]
        seen |= {kind.__name__ for one in visible(widget) for kind in type(one).__mro__}
    QAccessible.setActive(False)
    assert not wrong, "\n".join(wrong)
    assert classes() - seen - BASES - NOT_SHOWN == set()


def test_a_row_of_segments_is_told_as_a_group_of_which_one_is_chosen(qtbot, theme: Theme, window):
    made = Segmented(["Unsure", "Fairly\n2", "Sure"], 1, name="Certainty")
    qtbot.addWidget(made)
    made.show()
    found = QAccessible.queryAccessibleInterface(made)
    assert found.role() == ROLE.Grouping
    assert (found.text(NAME), found.text(VALUE)) == ("Certainty, Fairly 2", "Fairly 2")
    children = [found.child(n) for n in range(found.childCount())]
    assert [child.role() for child in children] == [ROLE.RadioButton] * 3
    assert [bool(child.state().checked) for child in children] == [False, True, False]
    assert found.indexOfChild(children[2]) == 2
    assert found.parent() is not None
