"""The overview bar: the whole document in a column of pixels, true to the text, and it scrolls."""

import pytest
from PySide6.QtCore import QPoint, Qt

from annotator.gui.textview import CodedTextView, Mark
from annotator.gui.textview.overview import WIDTH
from annotator.text import Span
from tests.gui.test_textview import settled, shown

LINE = "The ministry denies that it ever said so, and says it again. "
TEXT = "\n".join(LINE * 4 for _ in range(100))


def overviewed(qtbot, text=TEXT, marks=()) -> CodedTextView:
    view = shown(qtbot, text, marks, size=(1000, 500))
    view.options.set_overview(True)
    qtbot.waitUntil(lambda: all(view.page.heights.exact), timeout=20_000)
    settled(qtbot)
    view.overview.grab()
    return view


def at(share: float) -> int:
    return TEXT.index("The", round(len(TEXT) * share))


def test_it_is_there_only_when_wanted_and_takes_no_words_away(qtbot):
    view = shown(qtbot, TEXT)
    width = view.page.width
    assert not view.overview.isVisible()
    view.options.set_overview(True)
    settled(qtbot)
    assert view.overview.width() == WIDTH
    assert view.page.width == width
    assert view.overview.geometry().left() == view.margin.geometry().right() + 1
    view.options.set_overview(False)
    assert not view.overview.isVisible()


def test_a_mark_stands_where_its_words_are_and_what_is_uncoded_is_empty(qtbot):
    marks = [Mark("1", "denial", "me", at(0.5), at(0.6)), Mark("2", "offer", "other", at(0.9), at(0.9) + 20)]
    view = overviewed(qtbot, marks=marks)
    height = view.overview.height()
    (one, other) = view.overview.runs
    assert (one.code, other.code) == ("denial", "offer")
    assert one.top / height == pytest.approx(0.5, abs=0.02)
    assert one.bottom / height == pytest.approx(0.6, abs=0.02)
    assert other.bottom - other.top >= 2
    image = view.overview.grab().toImage()
    middle = WIDTH // 2
    assert image.pixelColor(middle, (one.top + one.bottom) // 2) == view.styles.colour("denial")
    assert image.pixelColor(middle, (one.bottom + other.top) // 2) == view.theme.canvas


def test_the_innermost_gives_a_row_its_code(qtbot):
    view = overviewed(
        qtbot, marks=[Mark("1", "denial", "me", 0, len(TEXT)), Mark("2", "offer", "me", at(0.4), at(0.5))]
    )
    assert [run.code for run in view.overview.runs] == ["denial", "offer", "denial"]


def test_it_follows_what_comes_and_goes_and_is_hidden(qtbot):
    view = overviewed(qtbot, marks=[Mark("1", "denial", "me", 0, at(0.2))])
    view.put_annotation("2", [Mark("2", "offer", "other", at(0.5), at(0.6))])
    view.overview.grab()
    assert [run.code for run in view.overview.runs] == ["denial", "offer"]
    view.set_hidden(coders={"other"})
    view.overview.grab()
    assert [run.code for run in view.overview.runs] == ["denial"]
    view.drop_annotation("1")
    view.overview.grab()
    assert view.overview.runs == []
    view.show_text("Nothing yet.")
    settled(qtbot)
    assert view.overview.runs == []


def test_the_frame_shows_what_is_in_the_window(qtbot):
    view = overviewed(qtbot)
    bar = view.verticalScrollBar()
    frames = []
    for value in (0, bar.maximum() // 2, bar.maximum()):
        bar.setValue(value)
        frames.append(view.overview.frame())
    assert frames[0].top() == 0
    assert frames[1].center().y() == pytest.approx(view.overview.height() / 2, abs=1)
    assert frames[2].bottom() == pytest.approx(view.overview.height(), abs=1)
    assert len({frame.height() for frame in frames}) == 1


def test_clicking_and_dragging_scroll_there(qtbot):
    view = overviewed(qtbot, marks=[Mark("1", "denial", "me", at(0.7), at(0.71))])
    run, bar = view.overview.runs[0], view.overview
    qtbot.mousePress(bar, Qt.MouseButton.LeftButton, pos=QPoint(8, run.top))
    assert view.viewport().rect().intersects(view.rect_of(Span(at(0.7), at(0.71))))
    before = view.verticalScrollBar().value()
    qtbot.mouseMove(bar, QPoint(8, run.top - 100))
    from PySide6.QtCore import QEvent, QPointF
    from PySide6.QtGui import QMouseEvent
    from PySide6.QtWidgets import QApplication

    left, point = Qt.MouseButton.LeftButton, QPointF(8, run.top - 100)
    moved = QMouseEvent(
        QEvent.Type.MouseMove, point, bar.mapToGlobal(point), left, left, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(bar, moved)
    assert view.verticalScrollBar().value() < before
    assert view.caret() == 0


def test_current_and_hits_are_marked(qtbot):
    view = overviewed(qtbot, marks=[Mark("1", "denial", "me", at(0.3), at(0.31))])
    plain = view.overview.grab().toImage()
    view.set_current("1")
    current = view.overview.grab().toImage()
    assert current != plain
    view.set_hits([Span(at(0.8), at(0.8) + 3), Span(at(0.9), at(0.9) + 3)], 1)
    hits = view.overview.grab().toImage()
    rows = {y for y in range(hits.height()) if hits.pixel(2, y) != current.pixel(2, y)}
    height = view.overview.height()
    assert {round(y / height, 1) for y in rows} == {0.8, 0.9}
    assert any(hits.pixelColor(WIDTH // 2, y) == view.theme.accent for y in rows)
    view.set_hits([])
    assert view.overview.grab().toImage() == current


def test_it_names_the_place_and_itself(qtbot):
    view = overviewed(qtbot, marks=[Mark("1", "denial", "me", at(0.5), at(0.6))])
    height = view.overview.height()
    assert view.overview.name_of(height * 0.55) == "Paragraph 56 · Denial"
    assert view.overview.name_of(height * 0.1) == "Paragraph 11"
    assert view.overview.name_of(0) == "Paragraph 1"
    assert view.overview.accessibleName()


def test_many_marks_are_drawn_between_events_and_cost_no_more_to_paint(qtbot):
    marks = [Mark(str(n), "denial", "me", n, n + 40) for n in range(5_000)]
    view = overviewed(qtbot, marks=marks)
    qtbot.waitUntil(lambda: bool(view.overview.runs), timeout=5_000)
    assert len(view.overview.runs) <= view.overview.height()


def test_the_innermost_is_shown_however_many_are_sorted_together(qtbot, monkeypatch):
    marks = [
        Mark(str(n), ("denial", "offer")[n % 2], "me", len(TEXT) * n // 25, len(TEXT) * (25 - n) // 25)
        for n in (3, 0, 5, 1, 4, 2)
    ]
    whole = overviewed(qtbot, marks=marks)
    whole.overview.grab()
    monkeypatch.setattr("annotator.gui.textview.overview.PART", 2)
    parts = overviewed(qtbot, marks=marks)
    parts.overview.grab()
    assert parts.overview.runs == whole.overview.runs
    assert [run.code for run in whole.overview.runs][5] == "offer"
    assert len(whole.overview.runs) == 11
