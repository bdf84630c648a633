"""What is there is shown: at any depth, over gaps, by code or by coder, in any script, and never by colour alone."""

from itertools import combinations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QApplication

from annotator.colours import TEXTURES
from annotator.gui.marks import code_swatch
from annotator.gui.textures import brush
from annotator.gui.textview import CodedTextView, Mark
from annotator.gui.textview.gaps import gaps
from annotator.gui.textview.lines import Paragraph
from annotator.gui.textview.signs import number_font
from annotator.gui.theme import Theme, contrast, font
from annotator.model import Code
from annotator.text import Span
from tests.gui.test_textview import CODES, TEXT, mark, pixels, settled, shown, span

DEEP = "Seven spans lie on these words. One more sentence follows them here."
Key = Qt.Key


def deep(count: int = 7, coder: str = "me") -> list[Mark]:
    return [mark("spans lie on", str(n), ("denial", "offer")[n % 2], coder, DEEP) for n in range(count)]


def move(widget, point: QPointF) -> None:
    """The mouse moves to a point of a widget, no button down."""
    button = Qt.MouseButton.NoButton
    where = widget.mapToGlobal(point)
    event = QMouseEvent(QEvent.Type.MouseMove, point, where, button, button, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, event)


def sign_in_text(view: CodedTextView) -> QPointF:
    """Where the "+n" of the first line stands in the viewport."""
    more = view.spans.more_on(view.page.paragraph(0), 0)
    assert more is not None
    return more.rect.center() + QPointF(view.page.left, view.page.top - view.verticalScrollBar().value())


# Depth ----------------------------------------------------------------------------------------------------------------


def test_pointing_at_what_has_no_lane_lists_all_that_is_there(qtbot):
    view = shown(
        qtbot, DEEP, [*deep(6), mark("Seven", "first", text=DEEP), mark("lie", "other", "offer", "other", DEEP)]
    )
    move(view.viewport(), sign_in_text(view))
    assert view.crowd.isVisible()
    assert view.crowd.annotations() == ["first", "0", "1", "2", "3", "4", "5", "other"]
    assert view.crowd.item(7).text() == "Offer of dialogue · MS"
    assert view.rect().contains(view.crowd.geometry())


def test_pointing_at_one_of_the_list_fades_the_rest_and_a_click_makes_it_current(qtbot):
    view = shown(qtbot, DEEP, deep())
    clicked = []
    view.annotation_clicked.connect(clicked.append)
    move(view.viewport(), sign_in_text(view))
    row = view.crowd.visualItemRect(view.crowd.item(5)).center()
    move(view.crowd.viewport(), QPointF(row))
    assert view.hot == "5"
    assert pixels(view, view.styles.faded("denial")) > 30
    qtbot.mouseClick(view.crowd.viewport(), Qt.MouseButton.LeftButton, pos=row)
    assert clicked == ["5"]
    assert view.hot is None
    assert not view.crowd.isVisible()


def test_the_list_goes_when_the_pointer_has_left(qtbot):
    view = shown(qtbot, DEEP, deep())
    move(view.viewport(), sign_in_text(view))
    move(view.viewport(), QPointF(40, 300))
    qtbot.waitUntil(lambda: not view.crowd.isVisible(), timeout=3000)


@pytest.mark.parametrize(
    "change",
    [
        lambda view: view.drop_annotation("5"),
        lambda view: view.put_annotation("7", [mark("Seven", "7", text=DEEP)]),
        lambda view: view.set_marks([]),
        lambda view: view.show_text("Another text."),
    ],
    ids=["one goes", "one comes", "other marks", "another text"],
)
def test_the_list_goes_when_what_it_lists_has_changed(qtbot, change):
    view = shown(qtbot, DEEP, deep())
    move(view.viewport(), sign_in_text(view))
    change(view)
    QApplication.processEvents()
    assert not view.crowd.isVisible()
    assert view.hot is None


def test_no_list_opens_over_words_or_where_all_have_a_lane(qtbot):
    view = shown(qtbot, DEEP, deep(4))
    assert view.spans.more_on(view.page.paragraph(0), 0) is None
    for x in range(20, 800, 20):
        move(view.viewport(), QPointF(x, view.page.top + 8))
    assert not view.crowd.isVisible()


def test_the_keys_list_the_annotations_of_the_line_of_the_caret(qtbot):
    view = shown(qtbot, DEEP, deep())
    clicked = []
    view.annotation_clicked.connect(clicked.append)
    view.put_caret(8)
    view.set_current("2")
    view.crowd.open_at_caret()
    assert view.crowd.hasFocus()
    assert view.hot == "2"
    for _ in range(9):
        qtbot.keyClick(view.crowd, Key.Key_Down)
    assert view.hot == "6"
    qtbot.keyClick(view.crowd, Key.Key_Return)
    assert clicked == ["6"]
    assert view.hasFocus()
    view.crowd.open_at_caret()
    qtbot.keyClick(view.crowd, Key.Key_Escape)
    assert (view.crowd.isVisible(), view.hot, view.hasFocus()) == (False, None, True)
    assert clicked == ["6"]


def test_the_keys_open_no_list_where_nothing_is_coded(qtbot):
    view = shown(qtbot, marks=[mark("claim", "1")])
    view.put_caret(3)
    view.crowd.open_at_caret()
    assert not view.crowd.isVisible()


def test_stripes_without_a_lane_are_counted_beside_the_lanes(qtbot):
    view = shown(qtbot, DEEP, deep(12), size=(1100, 400))
    view.margin.grab()
    lanes = view.margin.lanes_shown()
    drawn = {annotation for _, annotation in view.margin._spots()}
    hidden = [str(n) for n in range(12) if view.margin._left(str(n)) is None]
    assert len(hidden) == 12 - lanes > 0
    sign, told = view.margin._signs()[0]
    assert told == hidden
    assert drawn | set(hidden) == {str(n) for n in range(12)}
    move(view.margin, sign.center())
    assert view.crowd.annotations() == hidden


@pytest.mark.parametrize(("at_once", "ready"), [(20, True), (19, False)])
def test_few_have_their_lanes_in_the_next_paint_and_many_between_events(qtbot, monkeypatch, at_once, ready):
    monkeypatch.setattr("annotator.gui.textview.margin.AT_ONCE", at_once)
    view = shown(qtbot, TEXT)
    view.set_marks([Mark(str(n), "denial", "me", n, n + 30) for n in range(20)])
    view.margin.grab()
    assert bool(view.margin.spoken_value()) is ready
    qtbot.waitUntil(lambda: bool(view.margin.spoken_value()), timeout=5_000)


def test_names_keep_their_room_beside_initials_however_long_these_are(qtbot):
    marks = [Mark(one.annotation, one.code, "other", one.start, one.end) for one in deep(12)]
    view = shown(qtbot, DEEP, marks, size=(900, 400))
    lanes = {}
    for initials in ("O", "OTHER ONE"):
        view.set_people({"me": "ME", "other": initials}, me="me")
        view.margin.reset()
        view.margin.grab()
        lanes[initials] = view.margin.lanes_shown()
        beside = QFontMetricsF(font("small")).horizontalAdvance(initials)
        least = view.margin.width() - view.margin.names_left() - beside
        assert least >= 50 or lanes[initials] == 4
    assert lanes["O"] > lanes["OTHER ONE"]


def test_names_without_room_are_told_of_at_the_name_above(qtbot):
    text = " ".join(f"word{n}" for n in range(30))
    marks = [Mark(str(n), "denial", "me", text.index(f"word{n}"), text.index(f"word{n}") + 5) for n in range(10, 30)]
    view = shown(qtbot, text, marks, size=(1300, 400))
    view.margin.grab()
    told = {one for _, annotations in view.margin._signs() for one in annotations}
    named = {annotation for rect, annotation in view.margin._spots() if rect.left() > 20}
    assert told
    assert told | named >= {str(n) for n in range(10, 30)}


@pytest.mark.parametrize("width", [480, 700, 1000, 1400])
def test_every_sign_of_the_margin_is_in_the_margin(qtbot, width):
    view = shown(qtbot, DEEP, deep(14), size=(width, 400))
    view.margin.grab()
    assert view.margin._signs()
    assert all(rect.left() >= 0 and rect.right() <= view.margin.width() + 3 for rect, _ in view.margin._signs())


# Several spans --------------------------------------------------------------------------------------------------------


def parted(*words: str, text: str = TEXT) -> list[Mark]:
    return [mark(part, "1", text=text) for part in words]


def test_dots_lead_from_span_to_span_on_one_line_while_the_annotation_is_current(qtbot):
    view = shown(qtbot, marks=parted("Velmar", "quarrel"), size=(760, 120))
    paragraph = view.page.paragraph(0)
    drawing = view.spans.build(paragraph, range(1))
    (dots,) = gaps(view, drawing, paragraph, "1")
    left, right = sorted(drawing.bars, key=lambda bar: bar.rect.left())
    assert dots.left() == pytest.approx(left.rect.right(), abs=2.5)
    assert dots.right() == pytest.approx(right.rect.left(), abs=2.5)
    assert dots.top() == left.rect.top()
    quiet = view.viewport().grab().toImage()
    view.set_current("1")
    lit = view.viewport().grab().toImage()
    y = round(view.page.top + dots.center().y())
    row = range(round(view.page.left + dots.left()) + 2, round(view.page.left + dots.right()) - 2)
    assert {quiet.pixel(x, y) for x in row} == {view.theme.canvas.rgb()}
    assert len({lit.pixel(x, y) for x in row}) > 1


def test_all_parts_of_the_current_annotation_are_strong(qtbot):
    view = shown(qtbot, marks=parted("Velmar", "claim"), size=(760, 300))
    view.set_current("1")
    image = view.viewport().grab().toImage()
    strong = view.styles.strong("denial").rgb()
    for words in ("Velmar", "claim"):
        rect = view.rect_of(span(words))
        assert image.pixel(rect.left() + 12, rect.top() + 1) == strong


def test_dots_end_with_the_line_and_begin_again_on_that_of_the_next_span(qtbot):
    text = ("word " * 124).strip() + " last"
    view = shown(qtbot, text, [Mark("1", "denial", "me", 0, 4), Mark("1", "denial", "me", len(text) - 4, len(text))])
    paragraph = view.page.paragraph(0)
    found = gaps(view, view.spans.build(paragraph, range(len(paragraph.lines))), paragraph, "1")
    assert {paragraph.line_at(rect.top()) for rect in found} == {0, len(paragraph.lines) - 1}
    assert len(paragraph.lines) > 3


def test_an_annotation_of_one_span_has_no_dots(qtbot):
    view = shown(qtbot, marks=parted("quarrel"))
    paragraph = view.page.paragraph(0)
    assert gaps(view, view.spans.build(paragraph, range(1)), paragraph, "1") == []


# By coder -------------------------------------------------------------------------------------------------------------


def test_by_coder_each_has_lanes_of_their_own_under_their_initials(qtbot):
    marks = [mark("Velmar does not seek", "1"), mark("seek a quarrel", "2"), mark("does not", "3", "offer", "other")]
    view = shown(qtbot, marks=marks, size=(1300, 400))
    view.margin.grab()
    mixed = {id: view.margin._left(id) for id in "123"}
    assert mixed["1"] < mixed["3"]
    view.options.set_by_coder(True)
    image = view.margin.grab().toImage()
    left = {id: view.margin._left(id) for id in "123"}
    assert max(left["1"], left["2"]) < left["3"]
    assert list(view.margin._shares.lefts) == ["me", "other"]
    head = {image.pixel(x, y) for x in range(round(left["3"]) - 3, round(left["3"]) + 12) for y in range(14)}
    assert len(head) > 1
    view.put_annotation("4", [mark("prepared", "4", "denial", "other")])
    view.margin.grab()
    assert view.margin._left("4") >= left["3"]
    view.options.set_by_coder(False)
    view.margin.grab()
    assert list(view.margin._shares.lefts) == [""]


def test_by_coder_none_is_left_without_a_lane(qtbot):
    people = [f"p{n}" for n in range(6)]
    marks = [mark("quarrel", f"{coder}-{n}", coder=coder) for coder in people for n in range(3)]
    view = shown(qtbot, marks=marks, size=(900, 400))
    view.options.set_by_coder(True)
    view.margin.grab()
    assert set(view.margin._shares.rooms) == set(people)
    assert min(view.margin._shares.rooms.values()) >= 1
    told = {one for _, annotations in view.margin._signs() for one in annotations}
    assert told | {annotation for _, annotation in view.margin._spots()} == {one.annotation for one in marks}


def test_by_coder_three_coders_leave_names_their_room(qtbot):
    people = [f"p{n}" for n in range(3)]
    marks = [mark("quarrel", f"{coder}-{n}", coder=coder) for coder in people for n in range(4)]
    view = shown(qtbot, marks=marks, size=(900, 400))
    view.options.set_by_coder(True)
    view.margin.resize(148, 400)
    view.margin.grab()
    assert list(view.margin._shares.rooms.values()) == [1, 1, 1]
    assert view.margin.width() - view.margin.names_left() >= 60


def test_by_coder_a_narrow_margin_keeps_the_count_of_what_has_no_lane_in_sight(qtbot):
    people = [f"p{n}" for n in range(3)]
    marks = [mark("quarrel", f"{coder}-{n}", coder=coder) for coder in people for n in range(3)]
    view = shown(qtbot, marks=marks, size=(900, 400))
    view.options.set_by_coder(True)
    view.margin.resize(40, 400)
    view.margin.grab()
    told = [(area.right(), annotations) for area, annotations in view.margin._signs()]
    assert told
    assert max(right for right, _ in told) <= 40


def test_by_coder_the_initials_of_who_codes_alone_are_written_whole(qtbot):
    view = shown(qtbot, marks=[mark("quarrel", "1")], size=(560, 500))
    view.set_people({"me": "AKW"}, "me")
    view.options.set_by_coder(True)
    settled(qtbot)
    ((coder, rule, sign),) = view.margin._heads()
    assert (coder, sign) == ("me", "AKW")
    assert rule.right() <= view.margin.names_left()


@pytest.mark.parametrize(("points", "number"), [(8, 6), (12, 7.92), (48, 14)])
def test_the_number_of_a_paragraph_is_never_as_loud_as_its_words(qtbot, points, number):
    view = shown(qtbot)
    view.zoom(points)
    assert number_font(view).pointSizeF() == pytest.approx(number)


def test_by_coder_a_text_without_annotations_has_nothing_beside_it(qtbot):
    view = shown(qtbot, size=(1100, 300))
    view.options.set_by_coder(True)
    image = view.margin.grab().toImage()
    assert image.pixelColor(8, 8) == image.pixelColor(100, 200) == view.theme.canvas


# Numbers --------------------------------------------------------------------------------------------------------------


def test_line_numbers_come_when_asked_and_move_nothing_at_the_top(qtbot):
    view = shown(qtbot, "\n".join([("word " * 200).strip()] * 9), size=(1100, 500))
    view.verticalScrollBar().setValue(700)
    place, width = view.place(), view.page.width

    def ink() -> int:
        """Pixels left of the column that are not ground."""
        image = view.viewport().grab().toImage()
        ground = view.theme.canvas.rgb()
        return sum(image.pixel(x, y) != ground for x in range(round(view.page.left) - 2) for y in range(image.height()))

    before = ink()
    view.options.set_line_numbers(True)
    settled(qtbot)
    assert ink() > before + 20
    assert (view.place(), view.page.width) == (place, width)
    view.options.set_line_numbers(False)
    settled(qtbot)
    assert (ink(), view.place()) == (before, place)


# Quiet ----------------------------------------------------------------------------------------------------------------


def test_quiet_text_keeps_lanes_stripes_and_the_current_tint(qtbot):
    view = shown(qtbot, marks=[mark("quarrel", "1"), mark("prepared", "2", "offer")], size=(900, 200))
    stripes = view.margin.grab().toImage()
    view.set_quiet(True)
    assert pixels(view, view.styles.tint("denial")) == pixels(view, view.styles.tint("offer")) == 0
    assert pixels(view, view.styles.colour("denial")) > 60
    assert view.margin.grab().toImage() == stripes
    view.set_current("1")
    assert pixels(view, view.styles.strong("denial")) > 100


# Never by colour alone ------------------------------------------------------------------------------------------------


def drawn(texture: int, size: int = 24) -> QImage:
    image = QPixmap(size, size)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.fillRect(0, 0, size, size, brush(painter, QPointF(0, 0), QColor("black"), texture, QColor("white")))
    painter.end()
    return image.toImage()


def test_textures_differ_clearly_and_keep_most_of_the_colour(qapp):
    images = [drawn(texture) for texture in range(TEXTURES)]
    dark = [[image.pixelColor(x, y).lightness() < 128 for x in range(24) for y in range(24)] for image in images]
    assert all(sum(one) / len(one) > 0.45 for one in dark)
    for (a, one), (b, other) in combinations(enumerate(dark), 2):
        assert sum(x != y for x, y in zip(one, other, strict=True)) / len(one) > 0.15, (a, b)


def test_a_stripe_of_six_pixels_shows_its_texture(qapp):
    """As narrow as a stripe is, no texture is taken for the plain one or for another."""
    columns = [tuple(drawn(n).pixel(x, y) for y in range(24) for x in range(6)) for n in range(TEXTURES)]
    assert len(set(columns)) == TEXTURES


def test_stripes_and_swatches_have_textures_only_when_wanted(qtbot):
    view = shown(qtbot, marks=[mark("Velmar does not seek a quarrel.", "1")], size=(1100, 300))
    view.theme.set_textures({"denial": 2, "offer": 0})

    def stripe() -> set[int]:
        image = view.margin.grab().toImage()
        x = round(view.margin._left("1")) + 2
        rect = view.rect_of(span("Velmar"))
        return {image.pixel(x, y) for y in range(rect.top() + 4, rect.bottom() - 4)}

    def swatch(id: str) -> set[int]:
        image = QPixmap(10, 10)
        painter = QPainter(image)
        code_swatch(painter, 0, 0, Code(id, "Denial", colour=("#6f42c1", "#b197fc")), view.theme)
        painter.end()
        return {image.toImage().pixel(5, y) for y in range(2, 8)}

    assert len(stripe()) == len(swatch("denial")) == 1
    view.theme.textured = True
    assert len(stripe()) > 1
    assert len(swatch("denial")) > 1
    assert len(swatch("offer")) == 1


def test_one_s_own_is_solid_and_another_s_is_dashed_in_every_mode(qtbot):
    for high in (False, True):
        view = shown(qtbot, marks=[mark("quarrel", "1"), mark("prepared", "2", coder="other")], size=(900, 200))
        view.set_theme(Theme(False, high))
        image = view.viewport().grab().toImage()
        colour = view.styles.colour("denial").rgb()
        runs = []
        for words in ("quarrel", "prepared"):
            rect = view.rect_of(span(words))
            row = [image.pixel(x, rect.bottom() + 2) == colour for x in range(rect.left() + 4, rect.right() - 4)]
            runs.append(all(row))
        assert runs == [True, False]


def test_with_high_contrast_bars_stand_out_and_the_selection_has_a_frame(qtbot):
    view = shown(qtbot, size=(760, 120))
    view.set_codes({"denial": ("Denial", "#ffe680", "#202010")})
    for dark in (False, True):
        view.set_theme(Theme(dark, True))
        assert contrast(view.styles.colour("denial"), view.theme.canvas) >= 4.5
        assert contrast(view.styles.ink("denial"), view.theme.canvas) >= 7
    view.select(span("quarrel"))
    rect = view.rect_of(span("quarrel"))
    image = view.viewport().grab().toImage()
    assert image.pixel(rect.center().x(), rect.top() - 1) == view.theme.text.rgb()


# Scripts --------------------------------------------------------------------------------------------------------------

MIXED = "The delegate quoted الحكومة مسؤولة عن التغير (the government) before\nقال المتحدث CNS-Lab إن 48 ساعة كافية"


def covered(paragraph: Paragraph, start: int, end: int) -> list[tuple[int, int]]:
    return [(round(piece.rect.left()), round(piece.rect.right())) for piece in paragraph.pieces(start, end)]


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("مسؤولة عن التغير (the", MIXED),
        ("المتحدث CNS", MIXED),
        ("48 ساعة", MIXED),
        ("책임을", TEXT),
        ("👩‍👩‍👧 is", TEXT),
        ("Cafe\u0301s", TEXT),
        ("الباب مفتوح", TEXT),
        ("制裁。这", "我们反对制裁。这些指责毫无根据。"),
    ],
)
def test_the_tint_lies_where_qt_itself_would_paint_the_selection(qtbot, words, text):
    """Qt paints the same range of the same layout with a ground; ours covers the same pixels of the line."""
    from PySide6.QtGui import QTextCharFormat, QTextLayout

    view = shown(qtbot, text, [mark(words, "1", text=text)])
    there = span(words, text)
    paragraph = view.page.around(view.text.unit(there.start))
    start = view.text.unit(there.start) - paragraph.start
    image = QImage(round(view.page.width) + 4, round(view.page.pitch * 2), QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    selection = QTextLayout.FormatRange()
    selection.start, selection.length = start, len(words.encode("utf-16-le")) // 2
    ground = QTextCharFormat()
    ground.setBackground(QColor("#123456"))
    ground.setForeground(QColor("#123456"))
    selection.format = ground
    painter.setPen(QColor("white"))
    paragraph.layout.draw(painter, QPointF(0, 0), [selection])
    painter.end()
    line = paragraph.lines[0]
    top = round(line.y()) + 2
    qts = {x for x in range(image.width()) if image.pixelColor(x, top).name() == "#123456"}
    drawing = view.spans.build(paragraph, range(1))
    ours = {x for tint in drawing.tints for x in range(round(tint.rect.left()), round(tint.rect.right()))}
    assert qts
    assert len(qts ^ ours) <= 2 * len(drawing.tints) + 2
    assert sum(bar.left + bar.right for bar in drawing.bars) == 2


def test_caps_of_a_bidi_span_stand_at_its_first_and_last_letter(qtbot):
    text = "قال المتحدث إن الباب مفتوح"
    view = shown(qtbot, text, [mark("الباب", "1", text=text)])
    paragraph = view.page.paragraph(0)
    (bar,) = view.spans.build(paragraph, range(1)).bars
    start, end = text.index("الباب"), text.index("الباب") + 5
    assert (bar.left, bar.right) == (True, True)
    assert paragraph.edge(start, end=False).x() == pytest.approx(bar.rect.right() + 1, abs=2)
    assert paragraph.edge(end, end=True).x() == pytest.approx(bar.rect.left() - 1, abs=2)


def test_a_span_over_a_wrap_has_its_caps_at_its_ends_only(qtbot):
    text = "قال المتحدث إن الباب مفتوح أمام جميع الأطراف دون شروط مسبقة " * 6
    view = shown(qtbot, text.strip(), [Mark("1", "denial", "me", 4, len(text) - 20)])
    paragraph = view.page.paragraph(0)
    bars = view.spans.build(paragraph, range(len(paragraph.lines))).bars
    assert len(paragraph.lines) > 2
    assert sum(bar.left + bar.right for bar in bars) == 2
    assert (bars[0].right, bars[0].left) == (True, False)
    assert sum(bar.left for bar in bars if bar.rect.top() == max(bar.rect.top() for bar in bars)) == 1


@pytest.mark.parametrize("whole", ["👩‍👩‍👧", "e\u0301", "🏳️‍🌈", "각"])
def test_a_character_of_several_code_points_is_tinted_as_a_whole(qtbot, whole):
    text = f"before {whole} after"
    view = shown(qtbot, text)
    view.select(Span(7, 7 + 1))
    assert view.selection() == Span(7, 7 + len(whole))
    view.set_marks([Mark("1", "denial", "me", *(view.selection() or (0, 0)))])
    (tint,) = view.spans.build(view.page.paragraph(0), range(1)).tints
    around = (view.page.caret(view.text.unit(end)).x() - view.page.left for end in (7, 7 + len(whole)))
    assert (tint.rect.left(), tint.rect.right()) == pytest.approx(tuple(around), abs=1)


def test_a_span_over_an_empty_paragraph_is_drawn_on_both_sides_of_it(qtbot):
    end = TEXT.index("The claim") + 9
    view = shown(qtbot, marks=[Mark("1", "denial", "me", TEXT.index("agenda"), end)])
    paragraphs = [view.page.paragraph(n) for n in range(3)]
    built = [view.spans.build(paragraph, range(len(paragraph.lines))) for paragraph in paragraphs]
    assert [len(drawing.tints) for drawing in built] == [1, 0, 1]
    assert [(bar.left, bar.right) for drawing in built for bar in drawing.bars] == [(True, False), (False, True)]
    view.margin.grab()
    (stripe,) = view.margin._stripes()
    assert (stripe.first, stripe.last) == (True, True)


def test_an_empty_paragraph_has_no_number_and_the_next_one_counts_on(qtbot):
    view = shown(qtbot)
    assert [view.text.numbers[n] for n in range(5)] == [1, 1, 2, 3, 4]


def test_codes_are_named_beside_the_text(qtbot):
    view = shown(qtbot, marks=[mark("quarrel", "1")], size=(1100, 300))
    before = view.margin.grab().toImage()
    view.set_codes({id: ("Another name", light, dark) for id, (_, light, dark) in CODES.items()})
    assert view.margin.grab().toImage() != before
    assert view.margin.annotation_at(QPoint(round(view.margin.names_left()) + 4, round(view.page.top) + 10)) == "1"
