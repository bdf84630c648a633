"""What one sees after scrolling is what would be painted anew, pixel by pixel: most of it has only been moved."""

import random
from collections.abc import Iterable
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QObject, QRect
from PySide6.QtGui import QImage, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from annotator.gui.textview import Mark
from annotator.gui.textview.arrangement import Arrangement, Laned, changed
from annotator.gui.textview.names import Place
from annotator.gui.textview.stripe import Stripe
from tests.gui.test_textview import settled, shown
from tests.gui.test_textview_sight import wait_until_exact

WORDS = [
    "the",
    "ministry",
    "rejects",
    "every",
    "claim",
    "قال",
    "المتحدث",
    "إن",
    "الباب",
    "정부는",
    "대화의",
    "문은",
    "résumé",
    "👩\u200d👩\u200d👧",
    "and",
    "calls",
    "on",
    "all",
    "sides",
    "to",
    "return",
]


def a_text(dice: random.Random) -> str:
    return "\n".join(" ".join(dice.choices(WORDS, k=dice.choice((0, 3, 60, 90)))) for _ in range(60))


def many_marks(dice: random.Random, text: str) -> list[Mark]:
    """Short and long ones, some of several spans, of two coders."""
    made = []
    for n in range(240):
        code, coder = dice.choice(("denial", "offer")), dice.choice(("me", "other"))
        for _ in range(dice.choice((1, 1, 1, 3))):
            start = dice.randrange(len(text) - 1)
            made.append(Mark(str(n), code, coder, start, min(len(text), start + dice.choice((5, 80, 2_000)))))
    return made


class Painted(QObject):
    """How high the parts of a widget are that are painted."""

    def __init__(self, widget: QWidget):
        super().__init__(widget)
        self.heights: list[int] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent, /) -> bool:  # noqa: N802
        if isinstance(event, QPaintEvent):
            self.heights += [rect.height() for rect in cast(Iterable[QRect], event.region())]
        return False


def on_screen(view) -> QImage:
    return view.screen().grabWindow(view.winId()).toImage()


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("by_coder", [False, True])
def test_what_was_moved_looks_as_if_it_were_painted_anew(qtbot, seed, by_coder):
    dice = random.Random(seed)
    text = a_text(dice)
    view = shown(qtbot, text, many_marks(dice, text), size=(1000, 500))
    view.options.set_overview(True)
    view.options.set_by_coder(by_coder)
    view.set_current("7")
    wait_until_exact(qtbot, view)
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    settled(qtbot)
    for _ in range(30):
        for _ in range(dice.choice((1, 1, 2))):  # now and then two steps come before a paint
            bar.setValue(bar.value() + dice.choice((-300, -60, -17, -1, 1, 23, 60, 60, 300, 700)))
        settled(qtbot)
        moved = on_screen(view)
        view.viewport().update()
        view.margin.update()
        settled(qtbot)
        assert moved == on_screen(view)


def test_of_a_page_that_was_moved_only_the_strip_that_comes_into_sight_is_painted(qtbot):
    text = a_text(random.Random(5))
    view = shown(qtbot, text, many_marks(random.Random(5), text)[:60], size=(1000, 500))
    wait_until_exact(qtbot, view)
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    settled(qtbot)
    page, margin = Painted(view.viewport()), Painted(view.margin)
    bar.setValue(bar.value() + 60)
    settled(qtbot)
    assert page.heights == [60]
    assert 60 <= sum(margin.heights) < view.margin.height()


def test_scrolling_up_into_what_was_never_laid_out_fits_together(qtbot):
    """A paragraph above turns out lower than guessed: what stands below it is not where it was painted."""
    text = a_text(random.Random(2)) * 20
    view = shown(qtbot, text, size=(1000, 500))
    view.page._idle.stop()
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() * 2 // 3)
    QApplication.sendPostedEvents()
    for _ in range(12):
        bar.setValue(bar.value() - 60)
        settled(qtbot)
        view.page._idle.stop()
        seen = on_screen(view)
        view.viewport().update()
        settled(qtbot)
        assert seen == on_screen(view)
    assert not all(view.page.heights.exact)


def stripe(top: float, bottom: float, annotation="1") -> Stripe:
    return Stripe(Mark(annotation, "denial", "me", 0, 9), top, bottom, True, True)


def arranged(*stripes: Stripe, names: tuple[Place, ...] = ()) -> Arrangement:
    return Arrangement([Laned(one, 6.0) for one in stripes], list(names), [], [])


def test_nothing_but_what_comes_into_sight_is_painted_of_a_margin_that_only_moved():
    assert changed(arranged(stripe(100, 150)), arranged(stripe(40, 90)), -60, 500) == [(440, 500)]
    assert changed(arranged(stripe(100, 150)), arranged(stripe(160, 210)), 60, 500) == [(0, 60)]


def test_ends_out_of_sight_change_nothing():
    """Of a stripe over many paragraphs, only those in sight are known."""
    assert changed(arranged(stripe(-900, 150)), arranged(stripe(-300, 90)), -60, 500) == [(440, 500)]


def test_a_name_that_was_pushed_elsewhere_is_painted_at_both_places():
    here, there = (Place(stripe(100, 150), y, []) for y in (102.0, 118.0))
    bands = changed(arranged(names=(here,)), arranged(names=(there,)), 0, 500)
    assert any(top <= 102 and bottom >= 118 for top, bottom in bands)
    assert any(top <= 118 and bottom >= 134 for top, bottom in bands)
