"""With the keyboard alone: Tab goes the way one reads, every control is reached and shows that it has the focus."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QApplication, QComboBox, QWidget

from tests.gui.conftest import Key
from tests.gui.surfaces import SURFACES, Place, all_surfaces, settle, shown

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise")

TAB = Qt.FocusPolicy.TabFocus
MOST_LINKS = 60
SAME_LINE = 12  # px of height in which two controls stand on one line


def chain(surface: QWidget) -> list[QWidget]:
    """What Tab goes through in a surface, in its order."""
    found: list[QWidget] = []
    one = surface.nextInFocusChain()
    seen = {surface}
    if takes_tab(surface):
        found.append(surface)
    while one is not None and one not in seen:
        seen.add(one)
        if surface.isAncestorOf(one) and takes_tab(one):
            found.append(one)
        one = one.nextInFocusChain()
    return found


def takes_tab(widget: QWidget) -> bool:
    tabbed = widget.focusPolicy() & TAB == TAB
    return tabbed and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None


def place_of(widget: QWidget, surface: QWidget) -> QRect:
    return QRect(widget.mapTo(surface, QPoint(0, 0)), widget.size())


def backwards(surface: QWidget) -> Iterator[str]:
    """Steps of Tab that go up, or back on a line, within what stands in one column."""
    order = chain(surface)
    first = min(range(len(order)), key=lambda n: (place_of(order[n], surface).top() // SAME_LINE, n), default=0)
    for one, other in pairwise(order[first:] + order[:first]):  # it is a ring: it begins at the top
        if one.parentWidget() is not other.parentWidget() and not _close(one, other):
            continue  # to another part of the surface: these have an order of their own
        a, b = place_of(one, surface), place_of(other, surface)
        goes_up = b.top() < a.top() - SAME_LINE and b.left() <= a.right()
        goes_back = abs(b.top() - a.top()) <= SAME_LINE and b.left() < a.left()
        if goes_up or goes_back:
            yield f"{_said(one)} at {a.topLeft().toTuple()}, then {_said(other)} at {b.topLeft().toTuple()}"


def _close(one: QWidget, other: QWidget) -> bool:
    a, b = one.parentWidget(), other.parentWidget()
    return bool(a and b and a.parentWidget() is b.parentWidget())


def _said(widget: QWidget) -> str:
    return f"{type(widget).__name__} “{widget.accessibleName() or getattr(widget, 'text', lambda: '')()}”"


def test_tab_goes_the_way_one_reads(seat, tmp_path):
    team, wrong = Place(tmp_path), dict[str, None]()
    for name, widget in all_surfaces(seat, team):
        wrong |= {f"{name}: {words}": None for words in backwards(widget)}
    assert not wrong, "\n".join(wrong)


def marks_focus(widget: QWidget) -> bool:
    """Whether one sees it when a widget gets the focus."""
    about = widget if not isinstance(widget, QAbstractScrollArea) else widget.viewport()
    area = about.rect().adjusted(-3, -3, 3, 3)
    above = about.parentWidget() or about

    def picture():
        settle()
        return above.grab(QRect(about.mapTo(above, area.topLeft()), area.size())).toImage()

    if focused := QApplication.focusWidget():
        focused.clearFocus()
    if not widget.isVisible():
        return True  # it is there only as long as it has the keys
    before = picture()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    return picture() != before


def test_every_control_shows_that_it_has_the_focus(seat, tmp_path):
    team = Place(tmp_path)
    seen, wrong = set[type](), list[str]()
    for name, widget in all_surfaces(seat, team):
        widget.window().activateWindow()
        settle()
        for one in chain(widget):
            if type(one) in seen or not one.isVisible():
                continue
            seen.add(type(one))
            if isinstance(one, QAbstractItemView) and not one.model().rowCount():
                continue  # a list without lines has nothing to walk
            if not marks_focus(one):
                wrong.append(f"{name}: {_said(one)}")
    assert not wrong, "\n".join(wrong)


def test_esc_leads_from_every_part_of_the_window_back_to_the_text(seat, tmp_path):
    team = Place(tmp_path)
    seat.sit_down(team, "Sue")
    with shown(seat, team, SURFACES["the window"], (1440, 900)) as window:
        for one in chain(window):
            one.setFocus(Qt.FocusReason.TabFocusReason)
            for _ in range(2):  # a field may have something to give up first
                if not seat.work.text.hasFocus():
                    seat.press(Key.Key_Escape)
            assert seat.work.text.hasFocus(), _said(one)


def test_tab_leaves_every_control_of_every_dialog(seat, tmp_path):
    """No field keeps the keyboard for itself."""
    team = Place(tmp_path)
    for name, widget in all_surfaces(seat, team):
        if not widget.isWindow() or widget is seat.window:
            continue
        widget.activateWindow()
        settle()
        for one in chain(widget):
            if isinstance(one.parentWidget(), QComboBox) or not one.isVisible():
                continue
            one.setFocus(Qt.FocusReason.TabFocusReason)
            focused = QApplication.focusWidget()
            for _ in range(MOST_LINKS):  # of a page that is read, which Tab walks first
                if QApplication.focusWidget() is focused:
                    seat.press(Key.Key_Tab)
            assert QApplication.focusWidget() is not focused or len(chain(widget)) == 1, f"{name}: {_said(one)}"
