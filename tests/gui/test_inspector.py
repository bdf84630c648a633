"""The annotation under the caret: every kind of attribute by keys and mouse, and nothing written is lost or misplaced."""

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget

from annotator.entities import Registry
from annotator.gui.panels.fields import (
    ChoiceField,
    EntityField,
    LineField,
    SegmentsField,
    SeveralField,
    number_from,
    role_that_fits,
)
from annotator.gui.panels.form import at_words
from annotator.gui.panels.inspector import CERTAINTY, WIDTH, Inspector, nearest
from annotator.gui.parts import column
from annotator.gui.theme import Theme
from annotator.model import Annotation, Attribute, Code, Entity
from annotator.text import Span

Key = Qt.Key
ACTOR, TARGET = Attribute("actor", "actor", "entity"), Attribute("target", "target", "entity")
STANCE = Attribute(
    "stance", "stance", "scale", ("-2", "-1", "0", "1", "2"), ("hostile", "cool", "neutral", "warm", "friendly")
)
TONE = Attribute("tone", "tone", "one of", ("open", "hedged", "implied"))
ISSUE = Attribute("issue", "issue", "one of", ("territory", "security", "trade", "human rights", "other", "people"))
HURT = Attribute("hurt", "casualties", "number")
WORDING = Attribute("wording", "wording")
HEARD = Attribute("heard", "audience", "several of", ("home", "adversary", "allies"))
ALL = [WORDING, HEARD, HURT, ISSUE, TONE, STANCE, TARGET, ACTOR]
VELMAR, KESTRIA = Entity("e1", "Velmar", ("Republic of Velmar", "the Republic")), Entity("e2", "Kestria")
CODE = Code("c", "Denial", attributes=("actor", "target", "stance", "tone"), required=("target",))
FULL = replace(CODE, attributes=("actor", "issue", "stance", "hurt", "wording", "heard"), required=())
pytestmark = pytest.mark.qt_log_ignore("plugin does not support")  # of the platform without a screen


def annotation(id: str = "a1", **more) -> Annotation:
    return Annotation(id, "d", "me", "r", "c", (Span(0, 4),), ("Some words of it.",), **more)


class Watched(Inspector):
    """An inspector below a field that stands for the text; it remembers what it told."""

    def __init__(self):
        super().__init__(Theme())
        self.told_values: list[tuple] = []
        self.attribute_changed.connect(lambda *args: self.told_values.append(args))
        self.text, self.around = QLineEdit(), QWidget()
        self.around.setLayout(column(self.text, self))
        self.around.resize(WIDTH + 24, 700)


@pytest.fixture
def inspector(qtbot):
    made = Watched()
    qtbot.addWidget(made.around)
    made.around.show()
    made.around.activateWindow()
    qtbot.waitExposed(made.around)
    return made


def show(inspector: Inspector, one: Annotation | None = None, code: Code = CODE, **more) -> None:
    given = {"attributes": ALL, "registry": Registry([VELMAR, KESTRIA]), "number": 1, "total": 2, **more}
    inspector.show_annotation(one or annotation(), code, **given)
    QApplication.processEvents()


def field(inspector: Inspector, name: str) -> Any:
    return next(line.field for line in inspector._asked if line.attribute.name == name)


def focused() -> QWidget | None:
    return QApplication.focusWidget()


def leave(qtbot) -> None:
    """Tab, as the keyboard sends it: to the list of completions while that is open."""
    qtbot.keyClick(QApplication.activePopupWidget() or focused(), Key.Key_Tab)
    QApplication.processEvents()


def test_only_what_the_code_asks_for_is_shown_in_its_order(inspector):
    show(inspector)
    assert [line.attribute.name for line in inspector._asked] == ["actor", "target", "stance", "tone"]
    kinds = [type(line.field) for line in inspector._asked]
    assert kinds == [EntityField, EntityField, SegmentsField, SegmentsField]
    show(inspector, code=replace(CODE, attributes=("tone", "actor")))
    assert [line.attribute.name for line in inspector._asked if line.isVisible()] == ["tone", "actor"]
    assert len([line for line in inspector._lines.values() if line.isVisible()]) == 2


def test_values_are_shown(inspector):
    values = {
        "actor": "e1",
        "stance": 1,
        "hurt": 3.5,
        "wording": "as said",
        "heard": ["home", "allies"],
        "issue": "trade",
    }
    show(inspector, annotation(attributes=values, certainty=0.6, memo="why"), FULL)
    assert field(inspector, "actor").text() == "Velmar"
    assert field(inspector, "stance").chosen() == 3
    assert field(inspector, "casualties").text() == "3.5"
    assert field(inspector, "wording").text() == "as said"
    assert field(inspector, "audience").value() == ["home", "allies"]
    assert field(inspector, "issue").text() == "Trade"
    assert inspector.certainty.chosen() == 1
    assert inspector.memo.toPlainText() == "why"
    assert inspector.number.text() == "1 of 2"
    assert inspector.quote.text == "Some words of it."
    assert inspector.told_values == []


def test_nothing_here_says_what_to_press_and_shows_no_fields(inspector):
    inspector.show_nothing("Some words", "Denial")
    words = [one.text() for one in inspector.findChildren(QLabel) if one.isVisible()]
    assert "none here yet" in words
    assert "Press the key of a code, or" in words
    assert "Space" in words
    assert "Same as before, Denial:" in words
    assert not any(one.isVisible() for one in inspector.findChildren(QLineEdit))
    inspector.show_nothing()
    assert not inspector.again.isVisible()
    assert not inspector.quote.isVisible()
    inspector.show_nothing(reason="This document is done.")
    assert inspector.reason.isVisible()
    assert not inspector.press.isVisible()


def test_enter_in_the_text_goes_to_what_is_required_and_missing(inspector):
    show(inspector)
    inspector.focus_first()
    assert focused() is field(inspector, "target")
    show(inspector, annotation(attributes={"target": "e2"}))
    inspector.focus_first()
    assert focused() is field(inspector, "actor")
    show(inspector, annotation("a2"), replace(CODE, attributes=()))
    inspector.focus_first()
    assert focused() is inspector.certainty


def test_required_is_seen_and_heard(inspector):
    show(inspector)
    names = {line.attribute.name: line.name.text() for line in inspector._asked}
    assert names["target"] == "Target *"
    assert names["actor"] == "Actor"
    assert field(inspector, "target").accessibleName() == "Target, required"
    assert field(inspector, "target").placeholderText() == "required"
    assert field(inspector, "actor").placeholderText() == ""


def test_enter_takes_a_name_and_goes_on_to_what_is_required_then_to_what_is_empty_then_back(inspector, qtbot):
    show(inspector, annotation(attributes={"tone": "open"}))
    field(inspector, "actor").setFocus()
    qtbot.keyClicks(focused(), "Velm")
    qtbot.keyClick(focused(), Key.Key_Return)
    qtbot.waitUntil(lambda: focused() is field(inspector, "target"))
    qtbot.keyClicks(focused(), "Ilvera")
    qtbot.keyClick(focused(), Key.Key_Return)
    qtbot.waitUntil(lambda: focused() is field(inspector, "stance"))
    qtbot.keyClick(focused(), Key.Key_End)
    with qtbot.waitSignal(inspector.done):
        qtbot.keyClick(focused(), Key.Key_Return)
    assert inspector.told_values == [("a1", "actor", "Velmar"), ("a1", "target", "Ilvera"), ("a1", "stance", 2)]


def test_what_is_required_before_a_field_is_gone_to_as_well(inspector, qtbot):
    show(inspector, code=replace(CODE, attributes=("target", "actor", "stance")))
    field(inspector, "actor").setFocus()
    qtbot.keyClick(focused(), Key.Key_Return)
    qtbot.waitUntil(lambda: focused() is field(inspector, "target"))


def test_the_first_that_is_empty_is_gone_to_when_nothing_is_required_any_more(inspector):
    show(inspector, annotation(attributes={"target": "e1", "actor": "e2"}))
    inspector.focus_first()
    assert focused() is field(inspector, "stance")
    show(inspector, annotation(attributes={"target": "e1", "actor": "e2", "stance": 0, "tone": "open"}))
    inspector.text.setFocus()
    inspector.focus_first()
    assert focused() is field(inspector, "actor")


@pytest.mark.parametrize("name", ["actor", "issue", "stance", "casualties", "wording", "audience"])
def test_shift_enter_leads_back_from_every_kind_of_field_and_keeps_what_was_typed(inspector, qtbot, name):
    show(inspector, code=FULL)
    line = next(line for line in inspector._asked if line.attribute.name == name)
    line.take_focus()
    typed = {"actor": "kes", "issue": "tra", "casualties": "7", "wording": "so", "stance": "2", "audience": "3"}[name]
    value = {
        "actor": "Kestria",
        "issue": "trade",
        "casualties": 7,
        "wording": "so",
        "stance": -1,
        "audience": ["allies"],
    }
    qtbot.keyClicks(focused(), typed)
    with qtbot.waitSignal(inspector.done):
        qtbot.keyClick(focused(), Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert inspector.told_values == [("a1", line.attribute.id, value[name])]


def test_as_before_is_asked_for_from_every_kind_of_field(inspector, qtbot):
    show(inspector, code=FULL)
    for line in inspector._asked:
        line.take_focus()
        with qtbot.waitSignal(inspector.before_wanted) as asked:
            qtbot.keyClick(focused(), Key.Key_Down, Qt.KeyboardModifier.ControlModifier)
        assert asked.args == ["a1", line.attribute.id]


def test_tab_walks_the_fields_in_their_order(inspector, qtbot):
    show(inspector, code=replace(CODE, attributes=("tone", "actor")))
    show(inspector, code=replace(CODE, attributes=("target", "tone", "actor")))
    inspector.code.setFocus()
    walked = []
    for _ in range(5):
        qtbot.keyClick(focused(), Key.Key_Tab)
        walked.append(focused())
    named = [field(inspector, name) for name in ("target", "tone", "actor")]
    assert walked == [*named, inspector.certainty, inspector.memo]


def test_escape_takes_over_what_was_typed_and_leads_back(inspector, qtbot):
    show(inspector)
    field(inspector, "actor").setFocus()
    qtbot.keyClicks(focused(), "Kes")
    qtbot.keyClick(focused(), Key.Key_Escape)
    with qtbot.waitSignal(inspector.done):
        qtbot.keyClick(focused(), Key.Key_Escape)
    assert inspector.told_values == [("a1", "actor", "Kes")]


@pytest.mark.parametrize(
    ("typed", "value"),
    [("the republic", "Velmar"), ("  VELMAR ", "Velmar"), ("Ilvera", "Ilvera"), ("North  Sea", "North Sea")],
)
def test_an_entity_by_name_alias_or_new(inspector, qtbot, typed, value):
    show(inspector)
    actor = field(inspector, "actor")
    actor.setFocus()
    qtbot.keyClicks(actor, typed)
    assert actor.is_new() == (value != "Velmar")
    leave(qtbot)
    assert inspector.told_values == [("a1", "actor", value)]
    assert actor.text() == value


def test_an_alias_of_the_same_entity_changes_nothing(inspector, qtbot):
    show(inspector, annotation(attributes={"actor": "e1"}))
    actor = field(inspector, "actor")
    actor.setFocus()
    actor.selectAll()
    qtbot.keyClicks(actor, "the Republic")
    leave(qtbot)
    assert inspector.told_values == []
    assert actor.text() == "Velmar"


def test_an_emptied_field_takes_the_value_out(inspector, qtbot):
    show(inspector, annotation(attributes={"actor": "e1"}))
    actor = field(inspector, "actor")
    actor.setFocus()
    actor.selectAll()
    qtbot.keyClick(actor, Key.Key_Delete)
    leave(qtbot)
    assert inspector.told_values == [("a1", "actor", None)]


def completions(named) -> list[str]:
    return [row.words for row in named.completions.rows] if named.completions.isVisible() else []


def test_names_complete_from_any_part_of_them_and_by_alias(inspector, qtbot):
    show(inspector)
    actor = field(inspector, "actor")
    actor.setFocus()
    qtbot.keyClicks(actor, "publ")
    assert completions(actor) == ["Make “publ” a new entity", "Republic of Velmar → Velmar"]
    qtbot.keyClick(actor, Key.Key_Backspace)
    actor.clear()
    qtbot.keyClicks(actor, "repu")
    assert completions(actor) == ["Republic of Velmar → Velmar", "Make “repu” a new entity"]
    qtbot.keyClick(actor, Key.Key_Return)
    assert inspector.told_values == [("a1", "actor", "Velmar")]


def test_a_new_name_is_offered_after_what_it_begins_and_before_slips(inspector, qtbot):
    show(inspector)
    actor = field(inspector, "actor")
    actor.setFocus()
    qtbot.keyClicks(actor, "Kestira")
    assert completions(actor) == ["Make “Kestira” a new entity", "Kestria"]
    qtbot.keyClick(actor, Key.Key_Down)
    qtbot.keyClick(actor, Key.Key_Return)
    assert inspector.told_values == [("a1", "actor", "Kestria")]
    actor.setFocus()
    actor.selectAll()
    qtbot.keyClicks(actor, "Kes")
    qtbot.keyClick(actor, Key.Key_Up)
    qtbot.keyClick(actor, Key.Key_Return)
    assert inspector.told_values[1:] == [("a1", "actor", "Kes")]


def test_an_empty_field_offers_what_was_used_last_first(inspector, qtbot):
    show(inspector)
    actor = field(inspector, "actor")
    actor.setFocus()
    qtbot.keyClick(actor, Key.Key_Down)
    assert completions(actor) == ["Kestria", "Velmar"]
    qtbot.keyClick(actor, Key.Key_Escape)
    assert completions(actor) == []
    assert focused() is actor
    show(inspector, recent=["e1"])
    qtbot.keyClick(actor, Key.Key_Down)
    assert completions(actor) == ["Velmar", "Kestria"]


def test_a_click_on_a_completion_takes_it(inspector, qtbot):
    show(inspector)
    actor = field(inspector, "actor")
    actor.setFocus()
    qtbot.keyClicks(actor, "kes")
    listed = actor.completions
    at = listed.visualRect(listed.model().index(0, 0)).center()
    qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert inspector.told_values == [("a1", "actor", "Kestria")]
    assert focused() is actor


def test_many_choices_complete_and_take_nothing_else(inspector, qtbot):
    show(inspector, code=FULL)
    issue = field(inspector, "issue")
    assert isinstance(issue, ChoiceField)
    line = next(line for line in inspector._asked if line.field is issue)
    issue.setFocus()
    qtbot.keyClicks(issue, "xyz")
    leave(qtbot)
    assert inspector.told_values == []
    assert line.error.isVisible()
    assert line.error.text() == "“xyz” is not one of the choices."
    issue.setFocus()
    issue.selectAll()
    qtbot.keyClicks(issue, "hum")
    assert not line.error.isVisible()
    leave(qtbot)
    assert inspector.told_values == [("a1", "issue", "human rights")]
    assert issue.text() == "Human rights"


def test_the_arrow_of_a_choice_opens_all_choices(inspector, qtbot):
    show(inspector, annotation(attributes={"issue": "trade"}), FULL)
    issue = field(inspector, "issue")
    qtbot.mouseClick(issue, Qt.MouseButton.LeftButton, pos=QPoint(issue.width() - 10, 14))
    assert len(completions(issue)) == len(ISSUE.choices)


@pytest.mark.parametrize(("typed", "value"), [("12", 12), ("3,5", 3.5), ("-2.25", -2.25)])
def test_numbers(inspector, qtbot, typed, value):
    show(inspector, code=FULL)
    hurt = field(inspector, "casualties")
    hurt.setFocus()
    qtbot.keyClicks(hurt, typed)
    inspector.text.setFocus()
    assert inspector.told_values == [("a1", "hurt", value)]


def test_what_is_no_number_is_said_and_kept_and_gone_with_the_next_annotation(inspector, qtbot):
    show(inspector, code=FULL)
    hurt = field(inspector, "casualties")
    hurt.setFocus()
    qtbot.keyClicks(hurt, "many")
    inspector.text.setFocus()
    assert hurt.text() == "many"
    assert hurt.error == "“many” is not a number."
    show(inspector, annotation("a2", attributes={"hurt": 2}), FULL)
    assert hurt.text() == "2"
    assert hurt.error == ""
    assert inspector.told_values == []


def test_a_number_with_a_minus_as_it_is_printed():
    assert number_from("−4") == -4


@pytest.mark.parametrize("words", ["nan", "inf", "1e999", "x", "1.2.3"])
def test_no_numbers(words):
    with pytest.raises(ValueError):  # noqa: PT011 - the words of float differ between versions
        number_from(words)


def test_segments_by_mouse_and_back_to_none(inspector, qtbot):
    show(inspector)
    tone = field(inspector, "tone")
    for _ in range(2):
        qtbot.mouseClick(tone.group.button(1), Qt.MouseButton.LeftButton)
    assert inspector.told_values == [("a1", "tone", "hedged"), ("a1", "tone", None)]


def test_a_scale_by_keys(inspector, qtbot):
    show(inspector, annotation(attributes={"stance": 0}))
    stance = field(inspector, "stance")
    stance.setFocus()
    for key in (Key.Key_Right, Key.Key_Right, Key.Key_Right, Key.Key_Home, Key.Key_Delete):
        qtbot.keyClick(stance, key)
    assert [value for _, _, value in inspector.told_values] == [1, 2, -2, None]
    assert stance.accessibleName() == "Stance"


def test_several_choices(inspector, qtbot):
    show(inspector, annotation(attributes={"heard": ["allies"]}), FULL)
    heard = field(inspector, "audience")
    assert isinstance(heard, SeveralField)
    qtbot.mouseClick(heard.buttons[0], Qt.MouseButton.LeftButton)
    heard.setFocus()
    qtbot.keyClick(focused(), Key.Key_Space)
    qtbot.mouseClick(heard.buttons[2], Qt.MouseButton.LeftButton)
    assert [value for _, _, value in inspector.told_values] == [["home", "allies"], ["allies"], None]


def test_certainty(inspector, qtbot):
    told = []
    inspector.certainty_changed.connect(lambda *args: told.append(args))
    show(inspector, annotation(certainty=0.95))
    assert inspector.certainty.chosen() == 2
    qtbot.mouseClick(inspector.certainty.group.button(0), Qt.MouseButton.LeftButton)
    qtbot.mouseClick(inspector.certainty.group.button(0), Qt.MouseButton.LeftButton)
    assert told == [("a1", 0.25), ("a1", None)]


def test_a_certainty_from_elsewhere_is_shown_as_the_nearest_degree():
    assert [nearest(value) for value in (None, 0, 0.4, 0.5, 0.8, 1)] == [None, 0, 0, 1, 2, 2]
    assert all(CERTAINTY[n] == value for n, value in enumerate(CERTAINTY) if nearest(value) == n)


def test_a_memo_is_taken_over_after_a_pause_by_ctrl_enter_and_when_the_focus_leaves(inspector, qtbot):
    told = []
    inspector.memo_changed.connect(lambda *args: told.append(args))
    show(inspector)
    inspector.memo.timer.setInterval(20)
    inspector.memo.setFocus()
    qtbot.keyClicks(inspector.memo, "one")
    qtbot.waitUntil(lambda: told == [("a1", "one")])
    inspector.memo.timer.setInterval(60_000)
    qtbot.keyClicks(inspector.memo, " two")
    qtbot.keyClick(inspector.memo, Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(inspector.memo, " three")
    inspector.text.setFocus()
    assert told == [("a1", "one"), ("a1", "one two"), ("a1", "one two three")]


def test_shift_enter_leads_from_the_memo_back_to_the_text_and_enter_begins_a_line(inspector, qtbot):
    told, done = [], []
    inspector.memo_changed.connect(lambda *args: told.append(args))
    inspector.done.connect(lambda: done.append(True))
    show(inspector)
    inspector.memo.setFocus()
    qtbot.keyClicks(inspector.memo, "one")
    qtbot.keyClick(inspector.memo, Key.Key_Return)
    qtbot.keyClicks(inspector.memo, "two")
    assert not done
    qtbot.keyClick(inspector.memo, Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert done == [True]
    assert told == [("a1", "one\ntwo")]


def test_a_memo_that_is_still_pending_goes_to_the_annotation_it_was_written_for(inspector, qtbot):
    told = []
    inspector.memo_changed.connect(lambda *args: told.append(args))
    show(inspector)
    inspector.memo.setFocus()
    qtbot.keyClicks(inspector.memo, "about the first")
    show(inspector, annotation("a2", memo="the second"))
    assert told == [("a1", "about the first")]
    assert inspector.memo.toPlainText() == "the second"
    qtbot.keyClicks(inspector.memo, "!")
    inspector.show_nothing()
    assert told[1][0] == "a2"


def test_a_name_that_is_still_pending_goes_to_its_annotation_too(inspector, qtbot):
    show(inspector)
    field(inspector, "actor").setFocus()
    qtbot.keyClicks(focused(), "Ilvera")
    show(inspector, annotation("a2", attributes={"actor": "e2"}))
    assert inspector.told_values == [("a1", "actor", "Ilvera")]
    assert field(inspector, "actor").text() == "Kestria"


def test_a_refresh_while_a_person_types_takes_neither_focus_nor_caret_nor_words(inspector, qtbot):
    show(inspector, annotation(memo="first line"))
    inspector.memo.setFocus()
    qtbot.keyClicks(inspector.memo, "ab")
    qtbot.keyClick(inspector.memo, Key.Key_Left)
    show(inspector, annotation(memo="first line", certainty=0.6), registry=Registry([KESTRIA, VELMAR]))
    qtbot.keyClicks(inspector.memo, "X")
    assert inspector.memo.toPlainText() == "aXbfirst line"
    assert inspector.certainty.chosen() == 1
    actor = field(inspector, "actor")
    actor.setFocus()
    qtbot.keyClicks(actor, "Ilv")
    qtbot.keyClick(actor, Key.Key_Escape)
    qtbot.keyClick(actor, Key.Key_Left)
    show(inspector, annotation(attributes={"target": "e2"}))
    assert focused() is actor
    qtbot.keyClicks(actor, "x")
    assert actor.text() == "Ilxv"
    assert field(inspector, "target").text() == "Kestria"


def test_the_code_is_a_button_that_asks_for_another_one(inspector, qtbot):
    show(inspector)
    with qtbot.waitSignal(inspector.recode_wanted):
        qtbot.mouseClick(inspector.code, Qt.MouseButton.LeftButton)
    inspector.code.setFocus()
    for key in (Key.Key_Return, Key.Key_Space):
        with qtbot.waitSignal(inspector.recode_wanted):
            qtbot.keyClick(inspector.code, key)
    assert inspector.code.accessibleName() == "Code: Denial"


def test_another_coders_annotation_is_told_and_not_editable(inspector):
    values = {"actor": "e1", "stance": -2}
    show(inspector, annotation(attributes=values, certainty=0.95, memo="so"), editable=False, coder_name="Milo")
    words = [one.text() for one in inspector.findChildren(QLabel) if one.isVisible()]
    for said in ("Milo", "Velmar", "Hostile", "Sure", "so", "Denial"):
        assert said in words
    assert not any(one.isVisible() for one in inspector.findChildren(QLineEdit))
    show(inspector, annotation("a2"), editable=False, coder_name="Milo")
    words = [one.text() for one in inspector.findChildren(QLabel) if one.isVisible()]
    assert "Velmar" not in words


def test_when_the_annotation_goes_the_focus_is_given_back(inspector, qtbot):
    show(inspector)
    inspector.memo.setFocus()
    with qtbot.waitSignal(inspector.done):
        inspector.show_nothing()


def test_five_words_of_a_scale_lie_open_in_the_least_width(inspector):
    show(inspector, code=replace(CODE, attributes=("stance",), required=("stance",)))
    stance = field(inspector, "stance")
    assert isinstance(stance, SegmentsField)
    assert inspector.minimumSizeHint().width() <= WIDTH
    assert role_that_fits(["word"] * 40, 200) is None


def test_fields_begin_in_one_column_and_what_needs_all_the_width_stands_below_its_name(inspector):
    wide = replace(STANCE, id="wide", name="mood", labels=("very hostile", "cool", "neutral", "warm", "friendly"))
    code = replace(CODE, attributes=("stance", "actor", "wide"))
    show(inspector, code=code, attributes=[*ALL, wide])
    inspector.resize(WIDTH, 800)
    QApplication.processEvents()
    lefts = {line.attribute.id: line.field.mapTo(inspector, QPoint(0, 0)).x() for line in inspector._asked}
    assert {lefts["stance"], lefts["wide"]} <= {lefts["actor"], 16}


def test_the_list_of_suggestions_is_as_high_as_its_lines(inspector, qtbot):
    show(inspector)
    actor = field(inspector, "actor")
    actor.setFocus()
    qtbot.keyClicks(actor, "Kes")
    lines = actor.completions
    last = lines.visualRect(lines.model().index(len(lines.rows) - 1, 0))
    assert lines.viewport().height() - 1 == last.bottom()


def test_long_names_and_long_quotes_do_not_widen_it(inspector):
    code = replace(CODE, name="A code with a very long name " * 4)
    long = Entity("e9", "The Extraordinary Commission for the Northern Seas " * 3)
    one = replace(annotation(attributes={"actor": "e9"}), quotes=("word " * 200,))
    show(inspector, one, code, registry=Registry([long]))
    assert inspector.minimumSizeHint().width() <= WIDTH


def test_the_middle_of_a_quote_is_left_out_at_words():
    assert at_words("If the side withdr…wo coast guards.") == "If the side … coast guards."
    assert at_words("很长…文字") == "很长…文字"
    assert at_words("short") == "short"


def test_every_control_has_a_name(inspector):
    show(inspector, code=FULL)
    controls = [line.field for line in inspector._asked] + [inspector.memo, inspector.certainty, inspector.code]
    assert all(control.accessibleName() for control in controls)
    assert all(isinstance(line.field, LineField | SegmentsField | SeveralField) for line in inspector._asked)
