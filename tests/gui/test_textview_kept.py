"""What is prepared of a paragraph is kept, and made anew when its marks, its lines or what is shown of them change."""

import gc
import random
import weakref

import pytest
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from annotator.gui.textview import CodedTextView, Mark
from annotator.gui.textview.margin import StripeMargin
from annotator.gui.theme import Theme
from annotator.text import Span

from .test_textview import TEXT, mark, settled, shown, span

CODERS, CODES = ("me", "other"), ("denial", "offer")


def drawn(view: CodedTextView) -> QImage:
    view.viewport().repaint()
    return view.grab().toImage()


def some_marks(dice: random.Random, annotation: str) -> list[Mark]:
    coder, code, made = dice.choice(CODERS), dice.choice(CODES), []
    for _ in range(dice.randint(1, 2)):
        start = dice.randrange(len(TEXT) - 1)
        made.append(Mark(annotation, code, coder, start, dice.randint(start + 1, min(len(TEXT), start + 120))))
    return made


@pytest.mark.parametrize("seed", range(4))
def test_a_view_that_has_changed_looks_as_if_all_were_made_anew(qtbot, seed):
    dice = random.Random(seed)
    there = {str(n): some_marks(dice, str(n)) for n in range(6)}
    view = shown(qtbot, marks=[one for marks in there.values() for one in marks])
    hidden: tuple[str, ...] = ()
    for _ in range(6):
        drawn(view)
        annotation = str(dice.randrange(9))
        there[annotation] = some_marks(dice, annotation) if dice.random() < 0.7 else []
        view.put_annotation(annotation, there[annotation])
        hidden = dice.choice(((), ("other",)))
        view.set_hidden(coders=hidden)
        view.zoom(dice.choice((12.0, 14.0)))
    settled(qtbot)
    kept, stripes = drawn(view), view.margin._stripes()
    view.page.forget()
    assert view.margin._stripes() == stripes
    assert drawn(view) == kept


def test_a_frame_round_a_hit_is_not_filled(qtbot):
    """A bar is painted with a brush, and the frame of a hit after it with a pen only."""
    view = shown(qtbot, marks=[mark("quarrel", "1"), mark("prepared", "2")])
    before = drawn(view)
    view.set_hits([span("claim"), span("책임을")])
    for words in ("claim", "책임을"):
        place = view.rect_of(span(words)).center()
        colours = {drawn(view).pixel(place.x() + dx, place.y() + dy) for dx in range(-8, 8) for dy in range(-6, 6)}
        assert {before.pixel(place.x() + dx, place.y() + dy) for dx in range(-8, 8) for dy in range(-6, 6)} == colours


def test_no_bar_lies_on_the_cap_of_another(qtbot):
    """The cap of a second lane stands where the first lane passes: where a span begins is seen at any order of marks."""
    start, end = span("does not seek a quarrel")
    inner = Span(*span("seek"))
    for marks in (
        [Mark("1", "denial", "me", start, end), Mark("2", "offer", "me", *inner)],
        [Mark("2", "offer", "me", *inner), Mark("1", "denial", "me", start, end)],
    ):
        view = shown(qtbot, marks=marks)
        drawing = view.spans.build(view.page.paragraph(0), range(1))
        bar = next(bar for bar in drawing.bars if view.index[bar.row].annotation == "2")
        image = QImage(700, 80, QImage.Format.Format_RGB32)
        image.fill(QColor("white"))
        painter = QPainter(image)
        view.spans.over(painter, drawing, view.page.paragraph(0))
        assert painter.brush().style() == Qt.BrushStyle.NoBrush
        painter.end()
        cap = QRectF(bar.rect.left(), bar.rect.top() - 3, 1, 3)
        place = QPointF(cap.center()).toPoint()
        assert image.pixelColor(place) == view.styles.colour("offer")


def test_hovering_shows_one_in_its_colour_and_the_rest_faded(qtbot):
    view = shown(qtbot, marks=[mark("does not seek", "1"), mark("a quarrel", "2", "offer", "other")])
    paragraph = view.page.paragraph(0)
    drawing = view.spans.build(paragraph, range(1))
    first, second = (bar.rect for bar in sorted(drawing.bars, key=lambda bar: bar.rect.left()))
    view.hover("2")
    image = drawn(view)
    corner = QPointF(view.page.left, view.page.top_of(0) - view.verticalScrollBar().value())
    ours = view.viewport().mapTo(view, (corner + first.center()).toPoint())
    assert image.pixelColor(ours) == view.styles.faded("denial")
    theirs = view.viewport().mapTo(view, (corner + QPointF(second.left() + 2, second.center().y())).toPoint())
    assert image.pixelColor(theirs) == view.styles.colour("offer")


def test_margin_and_overview_are_painted_once_when_the_theme_turns(qtbot):
    """What leaves nothing of itself unpainted says so: else Qt paints it with the view behind it, and once more."""
    painted: list[str] = []

    class Counted(StripeMargin):
        def paintEvent(self, event, /) -> None:  # noqa: N802
            painted.append("margin")
            super().paintEvent(event)

    class Counting(CodedTextView):
        margin_kind = Counted

    view = Counting(Theme(False))
    qtbot.addWidget(view)
    view.options.set_overview(True)
    view.show_text(TEXT)
    view.show()
    qtbot.waitExposed(view)
    settled(qtbot)
    painted.clear()
    view.set_theme(Theme(True))
    settled(qtbot)
    assert painted == ["margin"]
    image = view.grab().toImage()
    for beside in (view.viewport(), view.margin, view.overview):
        place = beside.mapTo(view, beside.rect().bottomLeft())
        assert image.pixelColor(place) in (view.theme.canvas, view.theme.rule)


def test_a_text_that_is_replaced_goes_without_the_collector(qtbot):
    """What a big document holds is exempt from collecting (`collecting_later`): nothing of it may hold itself."""
    view = shown(qtbot, marks=[mark("quarrel", "1"), mark("claim", "2")])
    drawn(view)
    held = [weakref.ref(one) for one in (view.page, view.text, view.index, view.motion, view.page.paragraph(0))]
    gc.disable()
    try:
        view.show_text("Another.")
        view.set_marks([])
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        assert [one() for one in held] == [None] * 5
    finally:
        gc.enable()
