"""The coded text view through its public methods and the keyboard, with real widgets."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from annotator.gui.textview import CodedTextView, Mark
from annotator.gui.theme import Theme
from annotator.text import Span

Key, Mod = Qt.Key, Qt.KeyboardModifier
CODES = {"denial": ("Denial", "#6f42c1", "#b197fc"), "offer": ("Offer of dialogue", "#2a9134", "#69db7c")}
TEXT = (
    "Velmar does not seek a quarrel. We are prepared to meet at any time, without an agenda.\n"
    "\n"
    "The claim 👩‍👩‍👧 is false. Cafe\u0301s stay open.\n"
    "정부는 책임을 인정했다. 대화의 문은 열려 있다.\n"
    "قال المتحدث إن الباب مفتوح. نحن مستعدون للحوار."
)


def span(words: str, text: str = TEXT) -> Span:
    """Where these words stand."""
    start = text.index(words)
    return Span(start, start + len(words))


def mark(words: str, annotation: str, code: str = "denial", coder: str = "me", text: str = TEXT) -> Mark:
    return Mark(annotation, code, coder, *span(words, text))


def shown(qtbot, text=TEXT, marks=(), size=(900, 500), dark=False, *, refined=True) -> CodedTextView:
    """A view in a window, painted, with the keyboard; on wish without a paragraph that is measured before it is seen."""
    view = CodedTextView(Theme(dark))
    qtbot.addWidget(view)
    view.resize(*size)
    view.set_codes(CODES)
    view.set_people({"me": "AK", "other": "MS"}, "me")
    view.show_text(text, language="en")
    view.set_marks(list(marks))
    view.show()
    view.activateWindow()
    view.setFocus()
    if not refined:
        view.page._idle.stop()
    qtbot.waitExposed(view)
    settled(qtbot)
    return view


def settled(qtbot) -> None:
    """Let timers and paints that are due go by."""
    for _ in range(10):
        QApplication.processEvents()


def selected(view: CodedTextView) -> str:
    there = view.selection()
    return TEXT[slice(*there)] if there else ""


# Offsets and selecting ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["quarrel", "👩‍👩‍👧", "Cafe\u0301s", "책임을", "الباب مفتوح", "👩‍👩‍👧 is false. Cafe\u0301s"]
)
def test_a_selected_span_comes_back_and_is_what_qt_selected(qtbot, words):
    view = shown(qtbot)
    view.select(span(words))
    assert view.selection() == span(words)
    assert view.textCursor().selectedText() == words
    assert view.caret() == span(words).end


def test_selecting_half_a_character_selects_all_of_it(qtbot):
    view = shown(qtbot)
    family = span("👩‍👩‍👧")
    view.select(Span(family.start + 2, family.start + 3))
    assert view.selection() == family
    accent = TEXT.index("e\u0301")
    view.select(Span(accent + 1, accent + 2))
    assert view.selection() == Span(accent, accent + 2)


def test_copied_words_are_those_of_the_document(qtbot):
    text = "one\u00a0two\nthree"
    view = shown(qtbot, text)
    qtbot.keyClick(view, Key.Key_A, Mod.ControlModifier)
    qtbot.keyClick(view, Key.Key_C, Mod.ControlModifier)
    assert QGuiApplication.clipboard().text() == text


def test_the_caret_announces_every_move_once(qtbot):
    view = shown(qtbot)
    moves = []
    view.caret_moved.connect(lambda: moves.append((view.caret(), view.selection())))
    view.put_caret(7)
    view.select(Span(7, 11))
    view.put_caret(11)
    view.put_caret(11)
    assert moves == [(7, None), (11, Span(7, 11)), (11, None)]


# Keys -----------------------------------------------------------------------------------------------------------------


def test_right_goes_from_word_to_word(qtbot):
    view = shown(qtbot)
    places = []
    for _ in range(4):
        qtbot.keyClick(view, Key.Key_Right)
        places.append(TEXT[view.caret() :].split()[0])
    assert places == ["does", "not", "seek", "a"]
    qtbot.keyClick(view, Key.Key_Left)
    assert TEXT[view.caret() :].startswith("seek")


def test_shift_extends_by_whole_words_and_shrinks_again(qtbot):
    view = shown(qtbot)
    view.put_caret(TEXT.index("seek") + 2)
    found = []
    for key in (Key.Key_Right,) * 3 + (Key.Key_Left,) * 5:
        qtbot.keyClick(view, key, Mod.ShiftModifier)
        found.append(selected(view))
    assert found == ["seek", "seek a", "seek a quarrel", "seek a", "seek", "", "not", "does not"]


def test_control_moves_by_sentence_and_by_paragraph(qtbot):
    view = shown(qtbot)
    qtbot.keyClick(view, Key.Key_Right, Mod.ControlModifier)
    assert view.caret() == TEXT.index("We are")
    qtbot.keyClick(view, Key.Key_Right, Mod.ControlModifier | Mod.ShiftModifier)
    assert selected(view) == "We are prepared to meet at any time, without an agenda."
    qtbot.keyClick(view, Key.Key_Down, Mod.ControlModifier)
    assert view.caret() == TEXT.index("The claim")
    qtbot.keyClick(view, Key.Key_Up, Mod.ControlModifier)
    assert view.caret() == 0


def test_exact_moves_by_whole_characters(qtbot):
    view = shown(qtbot)
    heard = []
    view.exact_changed.connect(heard.append)
    qtbot.keyClick(view, Key.Key_F8)
    family = span("👩‍👩‍👧")
    view.put_caret(family.start)
    qtbot.keyClick(view, Key.Key_Right, Mod.ShiftModifier)
    assert view.selection() == family
    view.put_caret(TEXT.index("e\u0301"))
    qtbot.keyClick(view, Key.Key_Right)
    assert view.caret() == TEXT.index("e\u0301") + 2
    qtbot.keyClick(view, Key.Key_F8)
    assert heard == [True, False]


def test_left_goes_on_in_text_from_right_to_left(qtbot):
    view = shown(qtbot)
    start = TEXT.index("قال")
    view.put_caret(start)
    qtbot.keyClick(view, Key.Key_Left)
    assert view.caret() == TEXT.index("المتحدث")
    qtbot.keyClick(view, Key.Key_Right)
    assert view.caret() == start


def test_down_keeps_its_column_and_end_stays_on_its_line(qtbot):
    text = ("many short words that fill some lines of the column " * 20).strip()
    view = shown(qtbot, text)
    view.put_caret(30)
    x = view.cursorRect().x()
    for _ in range(3):
        qtbot.keyClick(view, Key.Key_Down)
    assert abs(view.cursorRect().x() - x) < 12
    line = view.cursorRect().y()
    qtbot.keyClick(view, Key.Key_End)
    assert view.cursorRect().y() == line
    qtbot.keyClick(view, Key.Key_Home)
    assert view.cursorRect().y() == line
    for _ in range(3):
        qtbot.keyClick(view, Key.Key_Up)
    qtbot.keyClick(view, Key.Key_End, Mod.ControlModifier)
    assert view.caret() == len(text)


def test_paging_reaches_the_end_and_comes_back(qtbot):
    text = "\n".join(f"Paragraph {n} says little, but it says so in some words." for n in range(60))
    view = shown(qtbot, text)
    seen = set()
    while view.caret() < len(text):
        qtbot.keyClick(view, Key.Key_PageDown)
        assert view.viewport().rect().intersects(view.cursorRect())
        assert view.caret() not in seen
        seen.add(view.caret())
    assert 3 < len(seen) < 12
    while view.caret() > 0:
        qtbot.keyClick(view, Key.Key_PageUp)
    assert view.verticalScrollBar().value() == 0


def test_control_e_takes_the_clause_then_the_sentence_then_the_paragraph_and_escape_lets_go(qtbot):
    view = shown(qtbot)
    view.put_caret(TEXT.index("prepared"))
    qtbot.keyClick(view, Key.Key_E, Mod.ControlModifier)
    assert selected(view) == "We are prepared to meet at any time"
    qtbot.keyClick(view, Key.Key_E, Mod.ControlModifier)
    assert selected(view) == "We are prepared to meet at any time, without an agenda."
    qtbot.keyClick(view, Key.Key_E, Mod.ControlModifier)
    assert selected(view) == TEXT.split("\n")[0]
    qtbot.keyClick(view, Key.Key_Escape)
    assert view.selection() is None


class Window(QWidget):
    """Writes down every key that its text did not take."""

    def __init__(self, view: CodedTextView):
        super().__init__()
        self.keys: list[int] = []
        self.resize(800, 500)
        view.setParent(self)
        view.resize(self.size())

    def keyPressEvent(self, event):  # noqa: N802
        if event.key() not in (Key.Key_Control, Key.Key_Shift, Key.Key_Alt):
            self.keys.append(event.key())


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Key.Key_D, Mod.NoModifier),
        (Key.Key_D, Mod.ShiftModifier),
        (Key.Key_Space, Mod.NoModifier),
        (Key.Key_Period, Mod.NoModifier),
        (Key.Key_Delete, Mod.NoModifier),
        (Key.Key_Return, Mod.NoModifier),
        (Key.Key_Right, Mod.AltModifier),
        (Key.Key_Left, Mod.AltModifier | Mod.ShiftModifier),
        (Key.Key_PageDown, Mod.ControlModifier),
        (Key.Key_Z, Mod.ControlModifier),
        (Key.Key_Escape, Mod.NoModifier),
    ],
)
def test_all_other_keys_reach_the_window(qtbot, key, modifier):
    view = CodedTextView(Theme(False))
    window = Window(view)
    qtbot.addWidget(window)
    view.show_text(TEXT)
    window.show()
    view.setFocus()
    view.put_caret(20)
    before = view.ends()
    qtbot.keyClick(view, key, modifier)
    assert window.keys == [key]
    assert view.ends() == before
    assert not view.focusNextPrevChild(True)


@pytest.mark.parametrize(("key", "taken"), [(Key.Key_Right, True), (Key.Key_D, False), (Key.Key_Escape, False)])
def test_only_its_own_keys_are_kept_from_the_shortcuts_of_the_window(qtbot, key, taken):
    view = shown(qtbot)
    event = QKeyEvent(QEvent.Type.ShortcutOverride, key, Mod.NoModifier)
    event.ignore()
    QApplication.sendEvent(view, event)
    assert event.isAccepted() == taken


# Marks ----------------------------------------------------------------------------------------------------------------


def pixels(view: CodedTextView, colour: QColor) -> int:
    """How many pixels of the page have exactly this colour."""
    image = view.viewport().grab().toImage()
    wanted = colour.rgb()
    return sum(image.pixel(x, y) == wanted for x in range(image.width()) for y in range(image.height()))


def test_a_mark_is_tinted_and_underlined_and_a_dropped_one_is_not(qtbot):
    view = shown(qtbot, marks=[mark("a quarrel", "1")], size=(760, 120))
    assert pixels(view, view.styles.tint("denial")) > 300
    assert pixels(view, QColor("#6f42c1")) > 60
    view.put_annotation("2", [mark("We are", "2", "offer")])
    assert pixels(view, view.styles.tint("offer")) > 100
    view.drop_annotation("1")
    assert pixels(view, view.styles.tint("denial")) == 0
    assert view.annotations_at(TEXT.index("quarrel")) == []
    assert view.annotations_at(TEXT.index("We are")) == ["2"]


def test_the_innermost_span_gives_the_tint_and_comes_first(qtbot):
    view = shown(
        qtbot, marks=[mark("Velmar does not seek a quarrel.", "1"), mark("seek", "2", "offer")], size=(760, 120)
    )
    assert view.annotations_at(TEXT.index("seek")) == ["2", "1"]
    assert view.annotations_at(TEXT.index("quarrel")) == ["1"]
    assert pixels(view, view.styles.tint("offer")) > 50


def test_put_replaces_all_spans_of_an_annotation(qtbot):
    view = shown(qtbot, marks=[mark("a quarrel", "1"), mark("false", "1")])
    view.put_annotation("1", [mark("claim", "1", "offer")])
    assert view.annotations_at(TEXT.index("quarrel")) == view.annotations_at(TEXT.index("false")) == []
    assert view.annotations_at(TEXT.index("claim")) == ["1"]


def test_hidden_coders_and_codes_are_not_drawn_nor_found(qtbot):
    marks = [mark("quarrel", "1"), mark("quarrel", "2", "offer", "other")]
    view = shown(qtbot, marks=marks, size=(760, 120))
    at = TEXT.index("quarrel")
    view.set_hidden(coders={"other"})
    assert view.annotations_at(at) == ["1"]
    assert pixels(view, view.styles.tint("offer")) == 0
    view.set_hidden(codes={"denial"})
    assert view.annotations_at(at) == ["2"]
    view.set_marks([*marks, mark("seek", "3")])
    assert view.annotations_at(TEXT.index("seek")) == []
    view.set_hidden()
    assert set(view.annotations_at(at)) == {"1", "2"}


def test_current_is_strong_hovering_fades_the_others_and_quiet_has_no_tint(qtbot):
    view = shown(qtbot, marks=[mark("quarrel", "1"), mark("prepared", "2", "offer")], size=(760, 120))
    strong, tint = view.styles.strong, view.styles.tint
    view.set_current("1")
    assert pixels(view, strong("denial")) > 100
    assert pixels(view, tint("offer")) > 100
    heard = []
    view.hovered.connect(heard.append)
    view.hover("2")
    assert pixels(view, strong("offer")) > 100
    assert pixels(view, tint("denial")) == pixels(view, strong("denial")) == 0
    assert pixels(view, view.styles.faded("denial")) > 30
    view.hover(None)
    view.set_quiet(True)
    assert pixels(view, tint("offer")) == 0
    assert pixels(view, strong("denial")) > 100
    assert heard == ["2", None]


def test_another_theme_paints_the_other_colours(qtbot):
    view = shown(qtbot, marks=[mark("quarrel", "1")], size=(760, 120))
    view.set_theme(Theme(True))
    assert pixels(view, QColor("#b197fc")) > 30
    assert pixels(view, QColor("#6f42c1")) == 0
    assert pixels(view, Theme(True).canvas) > 10_000


def test_more_spans_than_lanes_are_counted_at_the_line(qtbot):
    text = "Seven spans lie on these words."
    view = shown(qtbot, text, [mark("spans lie", str(n), text=text) for n in range(7)])
    paragraph = view.page.paragraph(0)
    drawing = view.spans.build(paragraph, range(1))
    assert [more.number for more in drawing.more] == [3]
    assert len({bar.rect.top() for bar in drawing.bars}) == 4


def test_a_span_in_two_writing_directions_is_drawn_where_its_words_are(qtbot):
    text = "The delegate quoted الحكومة مسؤولة عن التغير (the government) before"
    words = "مسؤولة عن التغير (the"
    view = shown(qtbot, text, [mark(words, "1", text=text)])
    drawing = view.spans.build(view.page.paragraph(0), range(1))
    covered = sum(tint.rect.width() for tint in drawing.tints)
    view.select(span(words, text))
    whole = view.page.paragraph(0).layout.lineAt(0).naturalTextWidth()
    assert len(drawing.tints) == 2
    assert 0.2 * whole < covered < 0.5 * whole
    assert sum(bar.left + bar.right for bar in drawing.bars) == 2


def test_text_from_right_to_left_begins_right_and_ends_left(qtbot):
    view = shown(qtbot)
    paragraph = view.page.paragraph(4)
    first, end = paragraph.edge(0, end=False), paragraph.edge(paragraph.length, end=True)
    assert first.x() == pytest.approx(view.page.width, abs=1)
    assert end.x() == pytest.approx(paragraph.lines[0].naturalTextRect().left(), abs=1)
    assert view.page.paragraph(0).caret(0).x() == 0


def test_a_blank_that_hangs_over_the_wrap_is_not_tinted(qtbot):
    text = ("word " * 200).strip()
    view = shown(qtbot, text, [Mark("1", "denial", "me", 0, len(text))])
    drawing = view.spans.build(view.page.paragraph(0), range(3))
    widths = [view.page.paragraph(0).lines[n].naturalTextWidth() for n in range(3)]
    assert [tint.rect.width() for tint in drawing.tints] == pytest.approx(widths)


def test_hits_are_framed_and_the_one_one_stands_at_has_the_accent(qtbot):
    view = shown(qtbot, size=(760, 120))
    view.set_hits([span("seek"), span("agenda")], 1)
    assert pixels(view, view.theme.accent) > 40
    view.set_hits([])
    assert pixels(view, view.theme.accent) == 0


def test_a_paragraph_of_a_megabyte_is_drawn_by_what_is_seen_of_it(qtbot):
    text = "a very long paragraph without an end " * 28_000
    view = shown(qtbot, text, [Mark(str(n), "denial", "me", n * 50, n * 50 + 30) for n in range(2_000)])
    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    settled(qtbot)
    lines = sum(len(drawing.bars) for drawing in view.page._drawn.values())
    assert 0 < lines < 1_000
    assert view.position_at(view.viewport().rect().center()) == pytest.approx(len(text) / 2, rel=0.1)


def test_a_new_text_begins_at_its_top_without_marks(qtbot):
    view = shown(
        qtbot, "\n".join(["Words of a first text, in many paragraphs."] * 90), [Mark("1", "denial", "me", 0, 9)]
    )
    view.verticalScrollBar().setValue(900)
    view.show_text(TEXT)
    settled(qtbot)
    assert view.verticalScrollBar().value() == 0
    assert view.annotations_at(3) == []
    assert view.caret() == 0
    view.show_text("")
    assert view.sentence() is None
    qtbot.keyClick(view, Key.Key_Right)
    qtbot.keyClick(view, Key.Key_PageDown)
    assert view.caret() == 0


# Drawing otherwise ----------------------------------------------------------------------------------------------------


class Frames:
    """Draws a frame round one span, in paragraphs that it touches."""

    def __init__(self, view):
        self.view, self.built = view, []

    def build(self, paragraph, lines):
        self.built.append(paragraph.number)
        unit = self.view.text.unit
        start, end = (unit(point) - paragraph.start for point in self.view.framed)
        return [piece.rect for piece in paragraph.pieces(start, end, lines)]

    def under(self, painter, drawing, paragraph):
        for rect in drawing:
            painter.fillRect(rect, QColor("#123456"))

    def over(self, painter, drawing, paragraph):
        pass


class Counting(QWidget):
    def __init__(self, view):
        super().__init__(view)
        self.resets, self.paints, self.told = 0, 0, []

    def reset(self):
        self.resets += 1

    def put(self, annotation):
        self.told.append(annotation)

    def moved(self, dy):
        self.update()

    def paintEvent(self, event):  # noqa: N802
        self.paints += 1


class Framing(CodedTextView):
    painter_kind, margin_kind = Frames, Counting
    framed = span("quarrel. We")

    def gap(self, metrics):
        return 16


def test_a_view_may_draw_otherwise(qtbot):
    view = Framing(Theme(False))
    qtbot.addWidget(view)
    view.resize(760, 200)
    view.show_text("\n".join([TEXT] * 9))
    view.show()
    settled(qtbot)
    assert pixels(view, QColor("#123456")) > 500
    assert view.page.gap == 16
    view.put_annotation("1", [mark("seek", "1")])
    paints = view.margin.paints
    view.verticalScrollBar().setValue(30)
    settled(qtbot)
    assert view.margin.paints > paints
    assert view.margin.told == ["1"]
    resets, built = view.margin.resets, len(view.spans.built)
    view.framed = span("claim")
    view.redraw()
    settled(qtbot)
    assert len(view.spans.built) > built
    view.set_marks([])
    assert view.margin.resets == resets + 1


def test_alt_and_up_or_down_go_by_clause_and_with_shift_extend(qtbot):
    view = shown(qtbot)
    start, second = TEXT.index("We are"), TEXT.index("without")
    view.put_caret(start)
    qtbot.keyClick(view, Key.Key_Down, Mod.AltModifier)
    assert view.caret() == second
    qtbot.keyClick(view, Key.Key_Up, Mod.AltModifier)
    assert view.caret() == start
    both = Mod.AltModifier | Mod.ShiftModifier
    qtbot.keyClick(view, Key.Key_Down, both)
    assert selected(view) == "We are prepared to meet at any time"
    qtbot.keyClick(view, Key.Key_Down, both)
    assert selected(view) == "We are prepared to meet at any time, without an agenda."
    qtbot.keyClick(view, Key.Key_Up, both)
    assert selected(view) == "We are prepared to meet at any time"


def test_a_clause_is_taken_and_then_the_next_one(qtbot):
    view = shown(qtbot)
    view.put_caret(TEXT.index("prepared"))
    found = []
    for _ in range(2):
        view.keyboard.take_clause()
        found.append(selected(view))
    assert found == ["We are prepared to meet at any time", "without an agenda."]
    view.put_caret(TEXT.index(", without"))  # where the caret stands when the clause before was coded
    view.keyboard.take_clause()
    assert selected(view) == "without an agenda."


def test_clauses_that_touch_are_taken_one_by_one(qtbot):
    text = "我们反对制裁。这些指责毫无根据，不值一驳。"
    view = shown(qtbot, text)
    found = []
    for _ in range(4):
        view.keyboard.take_clause()
        found.append(text[slice(*view.selection() or ())])
    assert found == ["我们反对制裁。", "这些指责毫无根据", "不值一驳。", "不值一驳。"]


def test_control_e_takes_the_paragraph_also_where_sentences_touch(qtbot):
    text = "我们反对制裁。这些指责毫无根据。"
    view = shown(qtbot, text)
    view.put_caret(2)
    found = []
    for _ in range(2):
        qtbot.keyClick(view, Key.Key_E, Mod.ControlModifier)
        found.append(text[slice(*view.selection() or ())])
    assert found == ["我们反对制裁。", text]


def test_the_ground_turns_with_the_theme(qapp, qtbot):
    theme = Theme(False)
    theme.apply(qapp, dark=False)
    view = CodedTextView(theme)
    qtbot.addWidget(view)
    view.resize(600, 300)
    view.show_text("The republic denies it.")
    view.show()
    qtbot.waitExposed(view)
    grounds = []
    for dark in (True, False):
        theme.apply(qapp, dark=dark)
        view.set_theme(theme)
        grounds.append((view.grab().toImage().pixelColor(20, 250).name(), theme.canvas.name()))
    assert [seen for seen, _ in grounds] == [wanted for _, wanted in grounds]


def test_what_is_on_the_screen_is_what_would_be_painted_anew(qapp, qtbot):
    """Qt moves old pixels when it scrolls: none may stay when heights have changed meanwhile."""
    view = CodedTextView(Theme(False))
    qtbot.addWidget(view)
    view.resize(700, 400)
    view.show_text("\n".join("The ministry denies that it ever said so. " * (n % 9) for n in range(200)))
    view.show()
    qtbot.waitExposed(view)
    area = view.viewport().geometry()
    spots = [(x, y) for x in range(0, area.width(), 3) for y in range(0, area.height(), 3)]

    def differing() -> int:
        shown = qapp.primaryScreen().grabWindow(view.winId()).toImage()
        painted = view.grab().toImage()
        return sum(shown.pixel(*spot) != painted.pixel(*spot) for spot in spots)

    bar = view.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    for points in (13, 15, 12):
        qapp.processEvents()
        view.zoom(points)
        qtbot.waitUntil(lambda: differing() < len(spots) / 1000, timeout=3000)
