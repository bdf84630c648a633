"""The palette at the selection: what is found, how it is walked, where it opens."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from annotator.gui.panels.palette import Hit, Palette, by_letters, by_words, found, paths_of
from annotator.gui.parts import row
from annotator.gui.theme import Theme
from annotator.model import Code

Key = Qt.Key
FAMILY = Code("f", "Moves", codable=False)
DENIAL = Code("denial", "Denial", parent="f", key="d", definition="Something is said not to be so.")
OFFER = Code("offer", "Offer of dialogue", parent="f", key="o", definition="Talks are proposed.")
CONDITION = Code("condition", "Conditional offer", parent="f", key="i", definition="A step that depends on another.")
WARNING = Code("warning", "Warning", parent="f", key="w", definition="A harm is announced; no offer is made.")
OLD = Code("old", "Old offer", parent="f", retired=True)
CODES = [FAMILY, DENIAL, OFFER, CONDITION, WARNING, OLD]
pytestmark = pytest.mark.qt_log_ignore("plugin does not support")


class Window(QWidget):
    """A window with a text in it."""

    def __init__(self):
        super().__init__()
        self.text = QPlainTextEdit("Some words to code.")
        self.setLayout(row(self.text, gap=0))
        self.resize(1024, 700)
        self.palette_ = Palette(self, Theme())
        self.told: list[tuple[str, bool]] = []
        self.palette_.chosen.connect(lambda *args: self.told.append(args))
        self.palette_.closed.connect(self.text.setFocus)

    def open_it(self, rect: QRect | None = None, **more) -> Palette:
        self.palette_.open_at(rect or QRect(200, 100, 300, 24), "3 words selected", codes=CODES, **more)
        QApplication.processEvents()
        return self.palette_


@pytest.fixture
def window(qtbot):
    made = Window()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made)
    made.text.setFocus()
    return made


def shown(palette: Palette) -> list[str]:
    return [line.code.name if isinstance(line, Hit) else f"({line})" for line in palette.hits.lines]


def current(palette: Palette) -> str:
    return palette.list.currentIndex().data()


@pytest.mark.parametrize(
    ("name", "typed", "letters"),
    [
        ("Offer of dialogue", "of", "Of"),
        ("Offer of dialogue", "dia", "dia"),
        ("Offer of dialogue", "of dia", "Ofdia"),
        ("Offer of dialogue", "o d", "Od"),
        ("Offer of dialogue", "ffer", None),
        ("Offer of dialogue", "dia of", None),
        ("Défense", "def", "Déf"),
        ("Offer", "", ""),
    ],
)
def test_beginnings_of_words_in_order(name, typed, letters):
    places = by_words(name, typed)
    assert (None if places is None else "".join(name[n] for n in sorted(places))) == letters


@pytest.mark.parametrize(
    ("name", "typed", "letters"),
    [
        ("Offer of dialogue", "ofdg", "Ofdg"),
        ("Blame shift", "bsh", "Bsh"),
        ("Warning", "wng", "Wng"),
        ("Warning", "arn", None),
        ("Denial", "dz", None),
    ],
)
def test_letters_in_order_from_the_beginning_of_a_word(name, typed, letters):
    places = by_letters(name, typed)
    assert (None if places is None else "".join(name[n] for n in sorted(places))) == letters


def names(hits: list[Hit]) -> list[str]:
    return [hit.code.name for hit in hits]


def test_words_come_before_letters_and_names_before_definitions():
    codes = CODES[1:5]
    named, told = found(codes, "off", [])
    assert (names(named), names(told)) == (["Offer of dialogue", "Conditional offer"], ["Warning"])
    named, told = found(codes, "of", [])
    assert told == []
    named, _ = found([Code("1", "Daily news"), *codes], "dn", [])
    assert names(named) == ["Daily news", "Denial"]


def test_families_and_keys_come_after_names_and_before_definitions():
    deep = Code("deep", "Refusal", parent="g", key="x", definition="Nothing is given.")
    group = Code("g", "Closing moves", parent="f", codable=False)
    paths = paths_of([*CODES, group, deep])
    assert (paths["deep"], paths["denial"], paths["f"]) == ("Moves / Closing moves", "Moves", "")
    named, _ = found([DENIAL, deep], "clos", [], paths)
    assert [(hit.code.name, hit.family) for hit in named] == [("Refusal", "Moves / Closing moves")]
    named, _ = found([Code("m", "Movement"), DENIAL, deep], "mov", [], paths)
    assert names(named) == ["Movement", "Denial", "Refusal"]
    named, _ = found([Code("x", "Xenophobia"), DENIAL, deep], "x", [], paths)
    assert names(named) == ["Xenophobia", "Refusal"]
    assert names(found([DENIAL, deep], "x", [], paths)[0]) == ["Refusal"]


def test_recent_ones_come_first_among_their_like_the_newest_at_the_top():
    named, _ = found(CODES[1:5], "", ["warning", "condition"])
    assert names(named) == ["Warning", "Conditional offer", "Denial", "Offer of dialogue"]
    assert [hit.recent for hit in named] == [True, True, False, False]
    named, _ = found(CODES[1:5], "of", ["condition"])
    assert names(named) == ["Conditional offer", "Offer of dialogue"]


def test_it_opens_with_the_focus_and_all_codes_that_can_be_used(window):
    palette = window.open_it(recent=["warning"], title="Another code")
    assert palette.isVisible()
    assert palette.field.hasFocus()
    assert shown(palette) == ["Warning", "Denial", "Offer of dialogue", "Conditional offer"]
    assert palette.note.text() == "3 words selected"
    assert palette.field.placeholderText() == "Another code"
    assert palette.definition.code == WARNING


def test_typing_filters_and_enter_codes(window, qtbot):
    palette = window.open_it()
    qtbot.keyClicks(palette.field, "of")
    assert shown(palette) == ["Offer of dialogue", "Conditional offer"]
    qtbot.keyClick(palette.field, Key.Key_Return)
    assert window.told == [("offer", False)]
    assert not palette.isVisible()
    assert window.text.hasFocus()


def test_shift_enter_codes_and_fills_in(window, qtbot):
    palette = window.open_it()
    qtbot.keyClick(palette.field, Key.Key_Down)
    qtbot.keyClick(palette.field, Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert window.told == [("offer", True)]


def test_arrows_pass_over_the_head_of_the_definitions(window, qtbot):
    palette = window.open_it()
    qtbot.keyClicks(palette.field, "offer")
    assert shown(palette) == ["Offer of dialogue", "Conditional offer", "(In the definition)", "Warning"]
    for _ in range(4):
        qtbot.keyClick(palette.field, Key.Key_Down)
    assert current(palette) == "Warning"
    assert palette.definition.code == WARNING
    qtbot.keyClick(palette.field, Key.Key_Up)
    assert current(palette) == "Conditional offer"
    qtbot.keyClick(palette.field, Key.Key_PageDown)
    assert current(palette) == "Warning"
    qtbot.keyClick(palette.field, Key.Key_PageUp)
    assert current(palette) == "Offer of dialogue"
    qtbot.keyClick(palette.field, Key.Key_Up)
    assert current(palette) == "Offer of dialogue"


def test_no_match_says_so_and_enter_does_nothing(window, qtbot):
    palette = window.open_it()
    qtbot.keyClicks(palette.field, "zzz")
    assert shown(palette) == []
    assert palette.nothing.isVisible()
    assert palette.nothing.text() == "No code begins with “zzz”."
    assert palette.definition.code is None
    qtbot.keyClick(palette.field, Key.Key_Return)
    assert palette.isVisible()
    assert window.told == []


def test_escape_closes_without_a_choice(window, qtbot):
    palette = window.open_it()
    with qtbot.waitSignal(palette.closed):
        qtbot.keyClick(palette.field, Key.Key_Escape)
    assert not palette.isVisible()
    assert window.told == []
    assert window.text.hasFocus()


def test_tab_stays_in_the_palette(window, qtbot):
    palette = window.open_it()
    qtbot.keyClick(palette.field, Key.Key_Tab)
    qtbot.keyClick(palette.field, Key.Key_Backtab)
    assert palette.field.hasFocus()


def test_a_click_on_a_code_takes_it_and_on_the_sheet_does_nothing(window, qtbot):
    palette = window.open_it()
    qtbot.mouseClick(palette.definition, Qt.MouseButton.LeftButton)
    assert palette.isVisible()
    at = palette.list.visualRect(palette.hits.index(2)).center()
    qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert window.told == [("condition", False)]
    assert not palette.isVisible()


def test_the_pointer_walks_the_list_too(window, qtbot):
    palette = window.open_it()
    for line in (1, 2):
        at = palette.list.visualRect(palette.hits.index(line)).center()
        qtbot.mouseMove(palette.list.viewport(), at)
    assert palette.definition.code == CONDITION


def test_a_press_elsewhere_closes_and_does_there_what_it_does(window, qtbot):
    palette = window.open_it()
    window.text.moveCursor(window.text.textCursor().MoveOperation.End)
    qtbot.mouseClick(window.text.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(8, 12))
    assert not palette.isVisible()
    assert window.text.textCursor().position() < 3


def test_another_size_of_the_window_closes_it(window):
    palette = window.open_it()
    window.resize(900, 600)
    QApplication.processEvents()
    assert not palette.isVisible()


def sheet(palette: Palette) -> QRect:
    """The palette without its shadow."""
    edge = palette.EDGE
    return palette.geometry().adjusted(edge, edge, -edge, -edge)


@pytest.mark.parametrize("size", [(1440, 900), (1024, 700), (640, 480)])
@pytest.mark.parametrize("place", [(0.2, 0.1), (0.5, 0.5), (0.9, 0.9), (0.0, 0.95), (0.6, 0.6)])
def test_it_stays_in_the_window_and_off_the_words(window, size, place):
    window.resize(*size)
    QApplication.processEvents()
    rect = QRect(round(size[0] * place[0]), round(size[1] * place[1]), 180, 28)
    palette = window.open_it(rect)
    assert window.rect().contains(sheet(palette))
    if size != (640, 480):
        assert not sheet(palette).intersects(rect)
    assert sheet(palette).height() >= Palette.LEAST


def test_opening_again_begins_anew(window, qtbot):
    palette = window.open_it()
    qtbot.keyClicks(palette.field, "war")
    qtbot.keyClick(palette.field, Key.Key_Escape)
    window.open_it()
    assert palette.field.text() == ""
    assert len(shown(palette)) == 4
    window.open_it()
    qtbot.keyClick(palette.field, Key.Key_Escape)
    assert not palette.isVisible()


def test_very_long_names_keep_the_sheet_as_it_is(window):
    long = Code("x", "An extraordinarily long name of a code " * 5, key="x", definition="word " * 200)
    window.palette_.open_at(QRect(100, 100, 50, 20), "9 words", codes=[long], recent=["x"])
    QApplication.processEvents()
    assert sheet(window.palette_).width() == Palette.WIDTH
    assert window.palette_.list.horizontalScrollBar().maximum() == 0
    assert not window.grab().isNull()


def test_every_control_has_a_name(window):
    palette = window.open_it()
    assert palette.field.accessibleName() == "Choose a code"
    assert palette.field.accessibleDescription() == "Denial"
    assert palette.list.accessibleName() == "Codes"
