"""The mouse in the text and in its margin: caret, selection, edges, drops, menus, hovering."""

from itertools import pairwise

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDragEnterEvent, QDragMoveEvent, QDropEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.gui.textview import CODE_TYPE, CodedTextView, Mark, handles
from annotator.gui.textview.names import places
from annotator.text import Span
from tests.gui.test_textview import TEXT, mark, selected, settled, shown, span

Left, Alt, Shift = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


def place(view: CodedTextView, words: str, within: int = 0) -> QPoint:
    """The middle of a character of these words, in the viewport."""
    start = TEXT.index(words) + within
    first = view.page.caret(view.text.unit(start))
    last = view.page.edge(view.text.unit(start + 1), end=True)
    y = first.center().y() - view.verticalScrollBar().value()
    return QPointF((first.x() + last.x()) / 2, y).toPoint()


def edge(view: CodedTextView, position: int, *, end: bool) -> QPoint:
    rect = view.page.edge(view.text.unit(position), end=end)
    return QPointF(rect.x(), rect.center().y() - view.verticalScrollBar().value()).toPoint()


def move(view, point, buttons=Qt.MouseButton.NoButton, modifiers=Qt.KeyboardModifier.NoModifier, target=None):
    target = target or view.viewport()
    spot = QPointF(point)
    QApplication.sendEvent(
        target,
        QMouseEvent(QEvent.Type.MouseMove, spot, target.mapToGlobal(spot), Qt.MouseButton.NoButton, buttons, modifiers),
    )


def drag(view, start, end, modifiers=Qt.KeyboardModifier.NoModifier):
    QTest.mousePress(view.viewport(), Left, modifiers, start)
    for part in (0.3, 0.7, 1.0):
        move(view, start + (end - start) * part, Left, modifiers)
    QTest.mouseRelease(view.viewport(), Left, modifiers, end)


def test_a_click_puts_the_caret_and_tells_the_innermost_annotation(qtbot):
    view = shown(qtbot, marks=[mark("Velmar does not seek a quarrel.", "outer"), mark("seek", "inner", "offer")])
    heard = []
    view.annotation_clicked.connect(heard.append)
    QTest.mouseClick(view.viewport(), Left, Qt.KeyboardModifier.NoModifier, place(view, "seek", 1))
    assert abs(view.caret() - TEXT.index("seek") - 1) <= 1
    QTest.mouseClick(view.viewport(), Left, Qt.KeyboardModifier.NoModifier, place(view, "quarrel"))
    QTest.mouseClick(view.viewport(), Left, Qt.KeyboardModifier.NoModifier, place(view, "prepared"))
    assert heard == ["inner", "outer"]


def test_dragging_selects_whole_words_and_with_alt_characters(qtbot):
    view = shown(qtbot)
    drag(view, place(view, "seek", 2), place(view, "quarrel", 3))
    assert selected(view) == "seek a quarrel"
    drag(view, place(view, "quarrel", 3), place(view, "seek", 2))
    assert selected(view) == "seek a quarrel"
    assert view.caret() == TEXT.index("seek")
    drag(view, place(view, "seek", 2), place(view, "quarrel", 3), Alt)
    assert selected(view).startswith(("ek a", "k a", "eek a"))
    assert selected(view).endswith(("qua", "quar"))


def test_shift_and_click_extends_from_the_caret(qtbot):
    view = shown(qtbot)
    view.put_caret(TEXT.index("does"))
    QTest.mouseClick(view.viewport(), Left, Shift, place(view, "seek", 1))
    assert selected(view) == "does not seek"


def test_two_clicks_take_a_word_and_three_a_sentence(qtbot):
    view = shown(qtbot)
    point = place(view, "prepared", 3)
    QTest.mouseDClick(view.viewport(), Left, Qt.KeyboardModifier.NoModifier, point)
    assert selected(view) == "prepared"
    QTest.mousePress(view.viewport(), Left, Qt.KeyboardModifier.NoModifier, point)
    assert selected(view) == "We are prepared to meet at any time, without an agenda."
    QTest.mouseRelease(view.viewport(), Left, Qt.KeyboardModifier.NoModifier, point)


def test_dragging_on_after_two_clicks_goes_by_words(qtbot):
    view = shown(qtbot)
    QTest.mouseDClick(view.viewport(), Left, Qt.KeyboardModifier.NoModifier, place(view, "seek", 1))
    move(view, place(view, "quarrel", 2), Left)
    assert selected(view) == "seek a quarrel"
    move(view, place(view, "does", 1), Left)
    assert selected(view) == "does not seek"


def test_dragging_below_the_window_scrolls_and_goes_on_selecting(qtbot):
    text = "\n".join(f"Paragraph {n} of a text that is longer than its window." for n in range(80))
    view = shown(qtbot, text)
    start = QPoint(100, 60)
    QTest.mousePress(view.viewport(), Left, Qt.KeyboardModifier.NoModifier, start)
    move(view, QPoint(300, view.viewport().height() + 40), Left)
    there = view.selection()
    qtbot.waitUntil(lambda: view.verticalScrollBar().value() > 100)
    after = view.selection()
    assert there is not None
    assert after is not None
    assert after.end > there.end
    QTest.mouseRelease(view.viewport(), Left, Qt.KeyboardModifier.NoModifier, QPoint(300, 100))
    value = view.verticalScrollBar().value()
    qtbot.wait(80)
    assert view.verticalScrollBar().value() == value


# Edges ----------------------------------------------------------------------------------------------------------------


def resizable(qtbot, *marks: Mark):
    view = shown(qtbot, marks=marks or [mark("seek a quarrel", "1")])
    view.set_current("1")
    heard = []
    view.edge_dragged.connect(lambda *told: heard.append(told))
    return view, heard


def test_an_edge_of_the_current_annotation_is_dragged_by_words(qtbot):
    view, heard = resizable(qtbot)
    old = span("seek a quarrel")
    start = edge(view, old.end, end=True)
    move(view, start)
    assert view.viewport().cursor().shape() == Qt.CursorShape.SizeHorCursor
    drag(view, start, place(view, "prepared", 6))
    assert heard == [("1", old, Span(old.start, span("prepared").end))]
    drag(view, edge(view, old.start, end=False), place(view, "does", 0))
    assert heard[1] == ("1", old, Span(TEXT.index("does"), old.end))
    drag(view, start, place(view, "prepared", 3), Alt)
    assert heard[2][2].end - TEXT.index("prepared") in (3, 4)
    assert view.selection() is None


def test_the_new_extent_is_shown_before_it_is_told(qtbot):
    view, heard = resizable(qtbot)
    old = span("seek a quarrel")
    QTest.mousePress(view.viewport(), Left, Qt.KeyboardModifier.NoModifier, edge(view, old.end, end=True))
    move(view, place(view, "prepared", 6), Left)
    unit = view.text.unit
    assert view.strong() == [(unit(old.start), unit(span("prepared").end), "denial")]
    view.viewport().repaint()
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert view.strong() == [(unit(old.start), unit(old.end), "denial")]
    QTest.mouseRelease(view.viewport(), Left, Qt.KeyboardModifier.NoModifier, place(view, "prepared", 6))
    assert heard == []


def test_the_tag_says_which_words_come_in_or_go_out(qtbot):
    view, _ = resizable(qtbot)
    old = span("seek a quarrel")
    start, end = (edge for edge in handles.edges(view))
    prepared, quarrel = TEXT.index("prepared"), TEXT.index("quarrel")
    assert handles.tag_words(view, end, old) == "3 words"
    assert handles.tag_words(view, end, Span(old.start, prepared + 8)) == "+ . We are prepared  ·  6 words"
    assert handles.tag_words(view, end, Span(old.start, quarrel - 1)) == "− quarrel  ·  2 words"
    assert handles.tag_words(view, start, Span(quarrel, old.end)) == "− seek a  ·  1 word"
    assert handles.tag_words(view, start, Span(0, old.end)) == "+ Velmar does not  ·  6 words"
    assert handles.shortened("one two three four five six", 10) == "one t … e six"


def test_handles_are_there_for_ones_own_current_annotation_that_may_be_changed(qtbot):
    view, heard = resizable(qtbot)
    old = span("seek a quarrel")
    bottom = edge(view, old.end, end=True) + QPoint(0, view.fontMetrics().height() // 2 + 2)
    colour = view.styles.colour("denial")
    view.put_caret(0)
    assert view.viewport().grab().toImage().pixelColor(bottom) == colour
    view.set_may_reshape(False)
    assert list(handles.edges(view)) == []
    drag(view, edge(view, old.end, end=True), place(view, "agenda"))
    assert heard == []


def test_an_edge_keeps_a_word_and_stops_at_the_next_span_of_its_annotation(qtbot):
    view, heard = resizable(qtbot, mark("seek a quarrel", "1"), mark("prepared", "1"))
    old = span("seek a quarrel")
    drag(view, edge(view, old.end, end=True), place(view, "Velmar"))
    drag(view, edge(view, old.end, end=True), place(view, "agenda"))
    drag(view, edge(view, span("prepared").start, end=False), place(view, "Velmar"))
    assert [told[2] for told in heard] == [
        span("seek"),
        Span(old.start, TEXT.index("prepared")),
        Span(old.end, span("prepared").end),
    ]


def test_edges_of_others_and_of_what_is_not_current_stay(qtbot):
    view, heard = resizable(qtbot, mark("seek a quarrel", "1", coder="other"), mark("prepared", "2"))
    for words in ("seek a quarrel", "prepared"):
        drag(view, edge(view, span(words).end, end=True), place(view, "agenda"))
        assert view.selection() is not None
    assert heard == []


def test_an_edge_in_text_from_right_to_left_is_at_its_own_character(qtbot):
    view, heard = resizable(qtbot, mark("المتحدث إن", "1"))
    old = span("المتحدث إن")
    start, end = edge(view, old.start, end=False), edge(view, old.end, end=True)
    assert start.x() > end.x()
    drag(view, end, place(view, "مفتوح", 3))
    assert heard == [("1", old, Span(old.start, span("مفتوح").end))]


# Dropping -------------------------------------------------------------------------------------------------------------


def carried(code: str) -> QMimeData:
    data = QMimeData()
    data.setData(CODE_TYPE, code.encode())
    return data


def drop(view, data, point):
    copy, buttons, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(point, copy, data, buttons, none)
    QApplication.sendEvent(view.viewport(), enter)
    over = QDragMoveEvent(point, copy, data, buttons, none)
    QApplication.sendEvent(view.viewport(), over)
    shows = view.strong()
    if over.isAccepted():
        QApplication.sendEvent(view.viewport(), QDropEvent(QPointF(point), copy, data, buttons, none))
    return enter.isAccepted(), shows


def test_a_dropped_code_takes_the_sentence_or_the_selection(qtbot):
    view = shown(qtbot)
    heard = []
    view.code_dropped.connect(lambda *told: heard.append(told))
    sentence = span("We are prepared to meet at any time, without an agenda.")
    taken, shows = drop(view, carried("offer"), place(view, "agenda"))
    assert taken
    assert shows == [(*sentence, "offer")]
    view.select(span("any time"))
    drop(view, carried("offer"), place(view, "time"))
    drop(view, carried("offer"), place(view, "seek"))
    assert heard == [
        ("offer", (sentence,)),
        ("offer", (span("any time"),)),
        ("offer", (span("Velmar does not seek a quarrel."),)),
    ]
    assert view.strong() == []


def test_a_code_dropped_on_an_annotation_takes_its_words(qtbot):
    marks = [mark("seek a quarrel", "1"), mark("prepared", "1"), mark("quarrel", "2", "offer")]
    view = shown(qtbot, marks=marks)
    heard = []
    view.code_dropped.connect(lambda *told: heard.append(told))
    both = (span("seek a quarrel"), span("prepared"))
    _, shows = drop(view, carried("praise"), place(view, "seek"))
    assert shows == [(*one, "praise") for one in both]
    drop(view, carried("praise"), place(view, "quarrel", 2))
    drop(view, carried("offer"), place(view, "quarrel", 2))
    drop(view, carried("denial"), place(view, "prepared"))
    assert heard == [
        ("praise", both),
        ("praise", (span("quarrel"),)),
        ("offer", both),
        ("denial", (span("We are prepared to meet at any time, without an agenda."),)),
    ]


def test_files_are_left_to_the_window(qtbot):
    view = shown(qtbot)
    data = QMimeData()
    data.setText("some words")
    assert drop(view, data, place(view, "agenda")) == (False, [])


# Menu and hovering ----------------------------------------------------------------------------------------------------


def test_a_menu_is_asked_for_where_the_pointer_or_the_caret_is(qtbot):
    view = shown(qtbot, marks=[mark("seek", "1")])
    heard = []
    view.menu_wanted.connect(lambda *told: heard.append(told[1:]))
    view.select(span("a quarrel"))
    point = place(view, "seek", 1)
    QTest.mousePress(
        view.viewport(), Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, place(view, "quarrel")
    )
    assert selected(view) == "a quarrel"
    QTest.mousePress(view.viewport(), Qt.MouseButton.RightButton, Qt.KeyboardModifier.NoModifier, point)
    assert view.selection() is None
    everywhere = view.viewport().mapToGlobal(point)
    QApplication.sendEvent(
        view.viewport(),
        QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, everywhere, Qt.KeyboardModifier.NoModifier),
    )
    view.put_caret(TEXT.index("prepared"))
    QApplication.sendEvent(
        view.viewport(),
        QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, point, everywhere, Qt.KeyboardModifier.NoModifier),
    )
    assert [annotation for _, annotation in heard] == ["1", ""]
    assert heard[1][0] == TEXT.index("prepared")


def test_hovering_lights_up_until_a_key_is_pressed_or_the_pointer_leaves(qtbot):
    view = shown(qtbot, marks=[mark("seek", "1")])
    heard = []
    view.hovered.connect(heard.append)
    move(view, place(view, "seek", 1))
    move(view, place(view, "agenda"))
    move(view, place(view, "seek", 1))
    qtbot.keyClick(view, Qt.Key.Key_Right)
    move(view, place(view, "seek", 2))
    QApplication.sendEvent(view.viewport(), QEvent(QEvent.Type.Leave))
    assert heard == ["1", None, "1", None, "1", None]


def test_stripes_and_names_can_be_clicked_hovered_and_asked(qtbot):
    view = shown(qtbot, marks=[mark("seek", "1", "offer", "other"), mark("false", "2")])
    view.margin.repaint()
    spots = {annotation: rect.center().toPoint() for rect, annotation in view.margin._spots()}
    clicked, hovered, menus = [], [], []
    view.annotation_clicked.connect(clicked.append)
    view.hovered.connect(hovered.append)
    view.menu_wanted.connect(lambda *told: menus.append(told[1:]))
    for annotation, point in spots.items():
        QTest.mouseClick(view.margin, Left, Qt.KeyboardModifier.NoModifier, point)
        move(view, point, target=view.margin)
        assert view.hot == annotation
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spots["1"], QPoint(), Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(view.margin, event)
    assert view.describe("1") == "Offer of dialogue · MS"
    assert sorted(clicked) == ["1", "2"]
    assert menus == [(TEXT.index("seek"), "1")]


def test_names_never_lie_on_one_another(qtbot):
    words = TEXT.split("\n")[0].split()
    marks = [mark(word, str(n), ("denial", "offer")[n % 2]) for n, word in enumerate(words)]
    view = shown(qtbot, marks=marks, size=(1100, 700))
    view.set_current("7")
    view.hover("3")
    stripes = view.margin._stripes()
    found = places(stripes, {"7", "3"}, view.margin.height())
    heights = sorted(place.y for place in found)
    assert len(heights) >= 4
    assert all(below - above >= 16 for above, below in pairwise(heights))
    assert {"7", "3"} & {place.stripe.mark.annotation for place in found}
    told = [place.stripe.mark.annotation for place in found] + [one for place in found for one in place.more]
    assert sorted(told) == sorted(stripe.mark.annotation for stripe in stripes)


def test_spans_of_one_annotation_are_joined_by_a_thread_even_out_of_sight(qtbot):
    text = "\n".join(f"Paragraph {n} is between the two spans of one annotation." for n in range(80))
    far = text.index("Paragraph 79")
    view = shown(qtbot, text, [Mark("1", "denial", "me", 0, 9), Mark("1", "denial", "me", far, far + 9)])
    view.verticalScrollBar().setValue(1_000)
    settled(qtbot)
    image = view.margin.grab().toImage()
    x = round(view.margin._left("1")) + 1
    colours = {image.pixel(x + dx, 100) for dx in (0, 1)}
    assert colours != {view.theme.canvas.rgb()}
    view.put_annotation("1", [Mark("1", "denial", "me", 0, 9)])
    image = view.margin.grab().toImage()
    assert {image.pixel(x + dx, 100) for dx in (0, 1)} == {view.theme.canvas.rgb()}


def test_a_narrow_window_keeps_the_column_and_leaves_the_names_out(qtbot):
    view = shown(qtbot, marks=[mark("seek", "1")], size=(464, 500))
    assert view.page.width >= 320
    assert view.margin.width() < 112
    view.resize(1200, 500)
    settled(qtbot)
    assert view.page.width == 640
    assert view.margin.width() > 400
