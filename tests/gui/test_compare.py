"""The page of the comparison, by keys and by mouse: what is listed, where one stands, who is laid under which name."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAction, QColor, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow

from annotator.gui.compare.page import ComparePage
from annotator.gui.compare.stretches import Stretch
from annotator.gui.words import date_words
from annotator.model import Coder
from annotator.text import Span

from .side_by_side import ACCUSATION, ANNA, BO, CY, DENIAL, LABEL, OFFER, PRAISE, Desk, differing_desk

Key = Qt.Key
KINDS = ["match", "boundary", "label", "attribute", "missed"]


class Reader:
    """A person at the page: keys go to where the focus is."""

    def __init__(self, qtbot, page: ComparePage):
        self.qtbot, self.page = qtbot, page

    def show(self, desk: Desk, *, seed: str = "seed", blind: bool = True, may_show_names: bool = True) -> None:
        self.page.show_document(
            desk.document, desk.text, **desk.given(), shuffle_seed=seed, blind=blind, may_show_names=may_show_names
        )
        self.settle()

    def settle(self) -> None:
        for _ in range(3):
            QApplication.processEvents()

    def press(self, *keys) -> None:
        for key in keys:
            self.qtbot.keyClick(QApplication.focusWidget(), key)
            self.settle()

    def click(self, widget, point: QPoint | None = None) -> None:
        self.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton, pos=point or widget.rect().center())
        self.settle()

    def filter(self, words: str) -> None:
        self.page.differences.filter.setText(words)

    @property
    def comparison(self):
        assert self.page.comparison is not None
        return self.page.comparison

    def listed(self) -> list[str]:
        """The kinds of the places in the list."""
        return [self.comparison.places[n].kind for n in self.page.differences.listed()]

    def kind(self) -> str | None:
        """The kind of the place one stands at."""
        return None if self.page.current is None else self.comparison.places[self.page.current].kind

    def words(self, stretches: list[Stretch]) -> list[str]:
        return [self.comparison.text[start:end] for start, end in stretches]

    def cards(self) -> list[tuple[str, ...]]:
        return [card.reading.coders for card in self.page.readings.cards]

    def colours_of(self, span: Span) -> set[str]:
        """All colours painted from the top of a span to its bottom, staves included."""
        rect: QRect = self.page.text.rect_of(span)
        image = self.page.text.viewport().grab().toImage()
        area = rect.adjusted(0, 0, 0, 18).intersected(image.rect())
        return {
            image.pixelColor(x, y).name()
            for x in range(area.left(), area.right())
            for y in range(area.top(), area.bottom())
        }


@pytest.fixture
def reader(qtbot, theme):
    page = ComparePage(theme)
    page.resize(1280, 800)
    page.show()
    qtbot.waitExposed(page)
    page.activateWindow()
    yield Reader(qtbot, page)
    page.close()
    page.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # else each test dresses all pages before it


@pytest.fixture
def at_differences(reader):
    """All kinds of places, names not blind, so that the order of coders is that of the desk."""
    reader.show(differing_desk(), blind=False)
    return reader


# the list -------------------------------------------------------------------------------------------------------------


def test_differences_are_listed_and_matches_only_counted(at_differences):
    panel = at_differences.page.differences
    assert at_differences.listed() == ["boundary", "label", "attribute", "missed"]
    assert panel.counted.text() == "1 match"
    assert [button.text() for button in panel.kinds.group.buttons()] == [
        "All\n4",
        "Boundary\n1",
        "Label\n1",
        "Missed\n1",
        "Attribute\n1",
    ]
    at_differences.click(panel.with_matches, QPoint(8, 14))
    assert at_differences.listed() == KINDS


def test_there_is_no_kind_attribute_where_no_attribute_differs(reader):
    desk = Desk(coders=(ANNA, BO))
    desk.put(ANNA, DENIAL, "Kestria fired first")
    reader.show(desk)
    assert len(reader.page.differences.kinds.group.buttons()) == 4


def test_rows_say_codes_kind_and_words(at_differences):
    rows = at_differences.page.differences.rows
    assert rows.index(0).data() == "Accusation. Boundary: Kestria fired first, and its friends kept silent."
    assert rows.index(1).data().startswith("Offer of dialogue or Praise. Label: Talks may begin")


def test_a_kind_is_chosen_by_a_click(at_differences):
    panel = at_differences.page.differences
    at_differences.click(panel.kinds.group.buttons()[3])
    assert at_differences.listed() == ["missed"]
    at_differences.click(panel.kinds.group.buttons()[0])
    assert len(at_differences.listed()) == 4


@pytest.mark.parametrize(
    ("typed", "kinds"),
    [
        ("accus", ["boundary"]),
        ("friends SILENT", ["boundary"]),
        ("cy", ["boundary", "label", "attribute"]),
        ("bo", ["missed"]),
        ("praise", ["label", "missed"]),
        ("zeppelin", []),
    ],
)
def test_the_filter_takes_codes_words_and_coders_who_stand_apart(at_differences, typed, kinds):
    at_differences.filter(typed)
    assert at_differences.listed() == kinds
    assert at_differences.page.differences.nothing.isVisible() == (not kinds)


def test_what_is_typed_is_named_when_nothing_has_it(at_differences):
    at_differences.filter("Zeppelin")
    assert "“Zeppelin”" in at_differences.page.differences.nothing.text()


def test_coders_are_filtered_by_number_while_blind(reader):
    reader.show(differing_desk())
    apart = reader.comparison.number("cy")
    reader.filter(f"coder {apart}")
    assert reader.listed() == ["boundary", "label", "attribute"]
    reader.filter(str(apart))
    assert reader.listed() == ["boundary", "label", "attribute"]
    reader.filter("cy")
    assert reader.listed() == []


# walking --------------------------------------------------------------------------------------------------------------


def test_the_text_has_the_focus_and_the_first_difference_is_current(at_differences):
    assert QApplication.focusWidget() is at_differences.page.text
    assert at_differences.kind() == "boundary"
    assert at_differences.page.readings.where.text() == "Difference 1 of 4"


def test_keys_walk_the_differences_and_stop_at_the_ends(at_differences):
    walked = []
    for key in (Key.Key_J, Key.Key_J, Key.Key_J, Key.Key_J, Key.Key_K, Key.Key_Home, Key.Key_K, Key.Key_End):
        at_differences.press(key)
        walked.append(at_differences.kind())
    assert walked == ["label", "attribute", "missed", "missed", "attribute", "boundary", "boundary", "missed"]
    assert at_differences.page.readings.where.text() == "Difference 4 of 4"
    assert not at_differences.page.readings.after.isEnabled()


def test_keys_walk_only_what_is_listed(at_differences):
    at_differences.filter("praise")
    at_differences.page.text.setFocus()
    at_differences.press(Key.Key_J)
    assert at_differences.kind() == "label"
    at_differences.press(Key.Key_J)
    assert at_differences.kind() == "missed"


def test_buttons_walk_too(at_differences):
    at_differences.click(at_differences.page.readings.after)
    assert at_differences.kind() == "label"
    at_differences.click(at_differences.page.readings.before)
    assert at_differences.kind() == "boundary"


def test_arrows_walk_in_the_list_and_letters_act_there_as_in_the_text(at_differences):
    panel = at_differences.page.differences
    panel.list.setFocus()
    at_differences.press(Key.Key_Down)
    assert at_differences.kind() == "label"
    at_differences.press(Key.Key_J)
    assert at_differences.kind() == "attribute"
    at_differences.press(Key.Key_Escape)
    assert QApplication.focusWidget() is at_differences.page.text


def test_a_click_on_a_row_leaves_the_focus_in_the_text(at_differences):
    panel = at_differences.page.differences
    at_differences.click(panel.list.viewport(), panel.list.visualRect(panel.rows.index(2)).center())
    assert at_differences.kind() == "attribute"
    assert QApplication.focusWidget() is at_differences.page.text


def test_what_is_far_is_brought_into_sight(reader):
    desk = Desk("\n".join(f"Paragraph {n} says nothing of weight." for n in range(300)), coders=(ANNA, BO))
    for n in (2, 150, 298):
        desk.put(ANNA, DENIAL, f"Paragraph {n} says nothing")
    reader.show(desk)
    for place in reader.comparison.places:
        rect = reader.page.text.rect_of(Span(place.start, place.end))
        assert reader.page.text.viewport().rect().contains(rect)
        reader.press(Key.Key_J)


def test_f_leads_to_the_filter_and_esc_back_and_out(at_differences, qtbot):
    at_differences.press(Key.Key_F)
    assert QApplication.focusWidget() is at_differences.page.differences.filter
    qtbot.keyClicks(QApplication.focusWidget(), "kf")
    assert at_differences.page.differences.filter.text() == "kf"
    at_differences.press(Key.Key_Escape)
    assert at_differences.page.differences.filter.text() == ""
    at_differences.press(Key.Key_Escape)
    assert QApplication.focusWidget() is at_differences.page.text
    with qtbot.waitSignal(at_differences.page.closed):
        at_differences.press(Key.Key_Escape)


def test_enter_in_the_filter_goes_to_the_first_found(at_differences, qtbot):
    at_differences.press(Key.Key_F)
    qtbot.keyClicks(QApplication.focusWidget(), "patience")
    at_differences.press(Key.Key_Return)
    assert at_differences.kind() == "missed"


def test_esc_gives_up_a_selection_first(at_differences):
    closed = []
    at_differences.page.closed.connect(lambda: closed.append(1))
    at_differences.page.text.select(Span(0, 12))
    at_differences.press(Key.Key_Escape)
    assert (closed, at_differences.page.text.selection()) == ([], None)
    at_differences.press(Key.Key_Escape)
    assert closed == [1]


def test_f6_goes_round(at_differences):
    page = at_differences.page
    at_differences.press(Key.Key_F6)
    assert QApplication.focusWidget() is page.readings.cards[0]
    at_differences.press(Key.Key_F6)
    assert QApplication.focusWidget() is page.differences.list
    at_differences.press(Key.Key_F6)
    assert QApplication.focusWidget() is page.text


# with the mouse in text and margin ------------------------------------------------------------------------------------


def test_a_click_on_the_words_or_on_their_stave_makes_them_current(at_differences):
    text, desk = at_differences.page.text, at_differences.comparison.text
    start = desk.index("Nobody")
    rect = text.rect_of(Span(start, start + 6))
    at_differences.click(text.viewport(), rect.center())
    assert at_differences.kind() == "attribute"
    start = desk.index("We thank")
    rect = text.rect_of(Span(start, start + 8))
    at_differences.click(text.viewport(), QPoint(rect.center().x(), rect.bottom() + 9))
    assert at_differences.kind() == "missed"


def test_a_click_on_words_that_nobody_coded_changes_nothing(reader):
    desk = Desk(coders=(ANNA, BO))
    desk.put(ANNA, DENIAL, "Kestria fired first")
    reader.show(desk)
    start = desk.text.index("Talks")
    reader.click(reader.page.text.viewport(), reader.page.text.rect_of(Span(start, start + 5)).center())
    assert reader.page.current == 0


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_click_in_the_margin_makes_a_place_current(at_differences, number):
    margin = at_differences.page.text.margin
    point = margin.spot_of(number)
    assert point is not None
    at_differences.click(margin, point)
    assert at_differences.page.current == number


def test_brackets_stand_beside_their_lines_in_order(at_differences):
    page = at_differences.page
    for bracket in page.text.margin.brackets():
        place = at_differences.comparison.places[bracket.place]
        rect = page.text.rect_of(Span(place.start, place.end))
        assert rect.top() - 1 <= bracket.top < bracket.bottom <= rect.bottom() + page.text.page.gap + 1
    places = [bracket.place for bracket in page.text.margin.brackets()]
    assert places == sorted(places)


def test_a_match_is_current_after_a_click_though_it_is_not_listed(at_differences):
    at_differences.click(at_differences.page.text.margin, at_differences.page.text.margin.spot_of(0))
    assert at_differences.kind() == "match"
    assert at_differences.page.readings.where.text() == "Match"
    assert at_differences.cards() == [("anna", "bo", "cy")]
    at_differences.press(Key.Key_J)
    assert at_differences.kind() == "boundary"


# readings -------------------------------------------------------------------------------------------------------------


def test_coders_who_agree_share_a_card(at_differences):
    assert at_differences.cards() == [("anna", "bo"), ("cy",)]
    at_differences.press(Key.Key_End)
    assert at_differences.cards() == [("anna", "cy"), ("bo",)]


def test_the_words_in_dispute_are_marked(at_differences):
    text = at_differences.page.text
    assert at_differences.words(text.strong_words()) == [", and its friends kept silent."]


def test_a_number_marks_the_words_of_that_coder_and_the_same_number_ends_it(at_differences):
    text = at_differences.page.text
    at_differences.press(Key.Key_3)
    assert at_differences.words(text.strong_words()) == ["Kestria fired first"]
    assert [card.chosen for card in at_differences.page.readings.cards] == [False, True]
    at_differences.press(Key.Key_1)
    assert at_differences.words(text.strong_words()) == ["Kestria fired first, and its friends kept silent."]
    at_differences.press(Key.Key_1)
    assert text.reader is None
    assert not any(card.chosen for card in at_differences.page.readings.cards)


def test_a_number_nobody_has_does_nothing(at_differences):
    at_differences.press(Key.Key_7)
    assert at_differences.page.text.reader is None


def test_a_card_marks_its_words_by_click_and_by_key(at_differences):
    cards = at_differences.page.readings.cards
    at_differences.click(cards[1])
    assert at_differences.page.text.reader == "cy"
    cards[0].setFocus()
    at_differences.press(Key.Key_Space)
    assert at_differences.page.text.reader == "anna"


def test_the_document_is_opened_for_coding_at_the_place(at_differences, qtbot):
    page, text = at_differences.page, at_differences.comparison.text
    whole = Span(text.index("Kestria"), text.index("silent.") + 7)
    with qtbot.waitSignal(page.open_wanted) as caught:
        at_differences.press(Key.Key_Return)
    assert caught.args == ["document", whole]
    at_differences.press(Key.Key_3)
    with qtbot.waitSignal(page.open_wanted) as caught:
        at_differences.click(page.readings.open_button)
    assert caught.args == ["document", Span(whole.start, whole.start + len("Kestria fired first"))]


# how it is painted ----------------------------------------------------------------------------------------------------


def test_lines_have_the_colour_of_the_code_and_matches_fade(at_differences):
    start = at_differences.comparison.text.index("We thank")
    assert PRAISE.colour[0] in at_differences.colours_of(Span(start, start + 20))
    match = at_differences.colours_of(Span(0, 30))
    assert DENIAL.colour[0] not in match
    at_differences.page.go_to(0)
    at_differences.settle()
    assert DENIAL.colour[0] in at_differences.colours_of(Span(0, 30))


def test_the_current_place_has_the_accent_and_others_a_neutral_ground(at_differences, theme):
    current, text = at_differences.colours_of(Span(40, 50)), at_differences.comparison.text
    assert theme.accent_soft.name() in current
    other = at_differences.colours_of(Span(text.index("Nobody"), text.index("Nobody") + 10))
    assert theme.accent_soft.name() not in other
    assert at_differences.page.text.ground_colour(3).name() in other


def test_a_theme_that_turns_dark_turns_the_page(at_differences, theme):
    theme.apply(QApplication.instance(), dark=True)
    at_differences.settle()
    image = at_differences.page.text.viewport().grab().toImage()
    assert image.pixelColor(image.width() - 3, image.height() - 3) == QColor("#1d1f23")
    theme.apply(QApplication.instance(), dark=False)


def test_annotations_of_one_coder_that_overlap_are_all_there(reader):
    desk = Desk(coders=(ANNA, BO))
    sentence = "Kestria fired first, and its friends kept silent."
    desk.put(ANNA, ACCUSATION, sentence)
    desk.put(ANNA, LABEL, "its friends")
    desk.put(BO, ACCUSATION, sentence)
    reader.show(desk, blind=False)
    assert [place.kind for place in reader.comparison.places] == ["match", "missed"]
    start = desk.text.index("its friends")
    colours = reader.colours_of(Span(start, start + 11))
    assert LABEL.colour[0] in colours  # the label of Anna, which is the current place
    rect = reader.page.text.rect_of(Span(start, start + 11))
    reader.click(reader.page.text.viewport(), rect.center())
    assert reader.kind() == "missed"
    reader.click(reader.page.text.margin, reader.page.text.margin.spot_of(0))
    assert reader.kind() == "match"


# who is laid, and under which name ------------------------------------------------------------------------------------


def test_blind_coders_are_numbers_shuffled_by_document(reader):
    orders = set()
    for seed in range(12):
        reader.show(differing_desk(), seed=str(seed))
        orders.add(tuple(reader.page.laid()))
        reader.show(differing_desk(), seed=str(seed))
        assert tuple(reader.page.laid()) in orders
        assert [chip.text() for chip in reader.page.head.coders] == ["1", "2", "3"]
    assert len(orders) > 2


def test_no_name_is_told_while_blind(reader):
    desk = differing_desk()
    names = ("Anastasia", "Boleslaw", "Cyprian")
    desk.coders = [replace(coder, name=name) for coder, name in zip(desk.coders, names, strict=True)]
    reader.show(desk)
    page = reader.page
    told = [page.text.describe(str(n)) for n in range(5)]
    told += [f"{chip.text()} {chip.toolTip()} {chip.accessibleName()}" for chip in page.head.coders]
    told += [card.accessibleName() for card in page.readings.cards]
    told += [label.text() for label in page.findChildren(type(page.differences.counted))]
    assert not [words for words in told if any(name in words for name in names)]


def test_names_are_shown_on_wish_and_lines_stay_in_place(reader):
    reader.show(differing_desk())
    page = reader.page
    order, current = page.laid(), page.current
    assert page.head.names.text().strip() == "Blind"
    reader.click(page.head.names)
    assert page.head.names.text() == "Names shown"
    assert page.laid() == order
    assert page.current == current
    assert {chip.text() for chip in page.head.coders} == {"AN", "BO", "CY"}
    assert "Cy" in page.text.describe("1")
    reader.click(page.head.names)
    assert [chip.text() for chip in page.head.coders] == ["1", "2", "3"]


def test_who_may_not_see_names_cannot_show_them(reader):
    reader.show(differing_desk(), may_show_names=False)
    reader.click(reader.page.head.names)
    assert not reader.comparison.names_shown


def test_a_chip_leaves_a_coder_out_and_numbers_stay(reader, qtbot):
    reader.show(differing_desk())
    page = reader.page
    chip = next(chip for chip in page.head.coders if chip.person.id == "cy")
    with qtbot.waitSignal(page.coders_changed) as caught:
        reader.click(chip)
    assert caught.args == [page.laid()]
    assert set(page.laid()) == {"anna", "bo"}
    assert reader.listed() == ["missed"]
    assert page.readings.where.text() == "Difference 1 of 1"
    numbers = [reader.comparison.number(coder) for coder in page.laid()]
    assert numbers == sorted(set(range(1, 4)) - {chip.person.number})
    reader.click(chip)
    assert len(reader.listed()) == 4


def test_two_coders_are_the_fewest(reader):
    reader.show(differing_desk())
    reader.click(reader.page.head.coders[0])
    reader.click(reader.page.head.coders[1])
    assert len(reader.page.laid()) == 2


def test_eight_coders_are_the_most(reader):
    people = [Coder(f"c{n}", f"Coder {n}") for n in range(9)]
    desk = Desk(coders=people)
    desk.put_all(DENIAL, "Kestria fired first")
    reader.show(desk, blind=False)
    assert reader.page.laid() == [f"c{n}" for n in range(8)]
    reader.click(reader.page.head.coders[8])
    assert len(reader.page.laid()) == 8
    reader.click(reader.page.head.coders[0])
    reader.click(reader.page.head.coders[8])
    assert reader.page.laid() == [f"c{n}" for n in range(1, 9)]
    assert reader.page.text.rect_of(Span(0, 5)).isValid()


def test_missing_is_not_empty(reader):
    desk = Desk(coders=(ANNA, BO, CY, Coder("dora", "Dora")), states={"dora": "to do", "cy": "in progress"})
    desk.put(ANNA, DENIAL, "Kestria fired first")
    desk.put(CY, OFFER, "Nobody wants a war.")
    reader.show(desk, blind=False)
    page = reader.page
    assert page.laid() == ["anna", "bo"]
    assert page.head.said.text() == ("Dora has not done this document. Cy is still coding it. Bo found nothing here.")
    (place,) = reader.comparison.places
    assert place.missing == ("bo",)
    reader.click(page.head.coders[2])
    assert page.laid() == ["anna", "bo", "cy"]
    assert [place.kind for place in reader.comparison.places] == ["missed", "missed"]


def test_one_coder_is_nothing_to_compare(reader):
    desk = Desk(coders=(ANNA, BO), states={"bo": "to do"})
    desk.put(ANNA, DENIAL, "Kestria fired first")
    reader.show(desk)
    page = reader.page
    assert reader.comparison.places == []
    assert "nothing to lay side by side" in page.head.said.text()
    assert not page.readings.foot.isVisible()
    opened = []
    page.open_wanted.connect(lambda *args: opened.append(args))
    reader.press(Key.Key_J, Key.Key_K, Key.Key_End, Key.Key_Return, Key.Key_1)
    assert (page.current, opened) == (None, [])


def test_all_agree(reader):
    desk = Desk()
    desk.put_all(DENIAL, "Kestria fired first")
    reader.show(desk)
    assert reader.listed() == []
    assert reader.page.differences.nothing.text() == "No difference."
    reader.click(reader.page.differences.with_matches, QPoint(8, 14))
    assert reader.kind() == "match"
    assert reader.page.readings.where.text() == "Match 1 of 1"


# scripts and sizes ----------------------------------------------------------------------------------------------------


def test_words_beyond_the_basic_plane_and_from_right_to_left(reader):
    text = "🧵 1/2 Šo̊l 👩‍👩‍👧 said no. 🏴‍☠️\nقالت الوزارة إن 12 سفينة CNS غادرت الميناء.\nEnd 👏🏽."
    desk = Desk(text, coders=(ANNA, BO), language="ar")
    desk.put(ANNA, DENIAL, "👩‍👩‍👧 said no. 🏴‍☠️")
    desk.put(BO, DENIAL, "👩‍👩‍👧 said no.")
    desk.put(ANNA, ACCUSATION, "قالت الوزارة إن 12 سفينة CNS")
    desk.put(BO, ACCUSATION, "12 سفينة CNS غادرت الميناء.")
    desk.put(BO, PRAISE, "👏🏽")
    reader.show(desk, blind=False)
    assert [place.kind for place in reader.comparison.places] == ["boundary", "boundary", "missed"]
    assert reader.words(reader.page.text.strong_words()) == [" 🏴‍☠️"]
    reader.press(Key.Key_J)
    assert reader.words(reader.page.text.strong_words()) == ["قالت الوزارة إن ", " غادرت الميناء."]
    for n, place in enumerate(reader.comparison.places):
        reader.page.go_to(n)
        reader.settle()
        colour = next(code.colour[0] for code in desk.codes if code.id == place.codes[0])
        assert colour in reader.colours_of(Span(place.start, place.end))
        found = [reader.page.text.annotations_at(position) for position in range(place.start, place.end)]
        assert all(names == [str(n)] for names in found)
    start = text.index("سفينة")
    reader.click(reader.page.text.viewport(), reader.page.text.rect_of(Span(start, start + 5)).center())
    assert reader.page.current == 1


def test_zoom_and_a_small_window_keep_everything_in_reach(at_differences):
    page = at_differences.page
    page.resize(1024, 640)
    at_differences.settle()
    widths = [page.differences.width(), page.readings.width()]
    assert widths[0] >= 232
    assert widths[1] >= 240
    assert page.text.width() > 440
    page.text.zoom(24)
    at_differences.settle()
    at_differences.press(Key.Key_End)
    assert page.text.viewport().rect().intersects(page.text.rect_of(Span(150, 188)))


def test_keys_of_the_window_mean_the_page_while_it_is_shown(at_differences, qtbot):
    window = QMainWindow()
    behind = []
    for keys in ("F6", "Ctrl+F", "Ctrl++", "Ctrl+-", "Ctrl+0"):
        action = QAction(window, shortcut=QKeySequence(keys))
        action.triggered.connect(lambda _=False, keys=keys: behind.append(keys))
        window.addAction(action)
    page = at_differences.page
    window.setCentralWidget(page)
    window.show()
    qtbot.waitExposed(window)
    window.activateWindow()
    page.text.setFocus()
    at_differences.settle()
    ctrl = Qt.KeyboardModifier.ControlModifier
    sizes = []
    for key in (Key.Key_Plus, Key.Key_Equal, Key.Key_Minus, Key.Key_0):
        qtbot.keyClick(page.text, key, ctrl)
        sizes.append(page.text.points())
    assert sizes == [13, 14, 13, 12]
    qtbot.keyClick(page.text, Key.Key_F6)
    assert window.focusWidget() is page.readings.cards[0]
    qtbot.keyClick(page.readings.cards[0], Key.Key_F, ctrl)
    assert window.focusWidget() is page.differences.filter
    assert behind == []
    page.setParent(None)
    window.close()
    window.deleteLater()


def test_the_lines_make_room_for_as_many_coders(reader):
    reader.show(differing_desk())
    page = reader.page
    three = page.text.page.pitch
    reader.click(page.head.coders[0])
    assert page.text.page.pitch < three
    reader.click(page.head.coders[0])
    assert page.text.page.pitch == three


def test_long_names_do_not_push_the_title_away(reader):
    people = [Coder(f"c{n}", f"Alexandra Maria Papadopoulou-Konstantinidis of Group {n}") for n in range(8)]
    desk = Desk(coders=people)
    desk.put_all(DENIAL, "Kestria fired first")
    desk.document = replace(desk.document, title="On the incident in the strait, and on what was said of it")
    reader.show(desk, blind=False)
    reader.page.resize(1024, 700)
    reader.settle()
    head = reader.page.head
    assert head.title.width() >= 200
    assert all(head.rect().contains(chip.geometry().translated(head.chips.pos())) for chip in head.coders)


def test_another_document_takes_the_place_of_the_first(at_differences):
    at_differences.press(Key.Key_End)
    desk = Desk("Something else entirely.", coders=(ANNA, BO))
    desk.put(BO, DENIAL, "else")
    at_differences.show(desk)
    assert at_differences.page.current == 0
    assert at_differences.page.text.toPlainText() == "Something else entirely."
    assert at_differences.listed() == ["missed"]


def test_the_head_says_the_date_as_the_window_does(reader):
    desk = differing_desk()
    document = replace(desk.document, details={"date": "2031-03-14", "speaker": "Spokesperson"})
    reader.page.show_document(document, desk.text, **desk.given(), shuffle_seed="seed", blind=True, may_show_names=True)
    assert reader.page.head.second.text() == f"{date_words('2031-03-14')}  ·  Spokesperson"
