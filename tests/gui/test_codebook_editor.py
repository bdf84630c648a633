"""The codebook editor by keys and mouse: every verb, every check, and that nothing is saved that is wrong."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QMessageBox

from annotator.gui.dialogs.code_tree import CODE
from annotator.gui.dialogs.codebook_draft import Draft, choices_meant, choices_said, colour_pairs, wrong_colour
from annotator.gui.dialogs.codebook_editor import ATTRIBUTES, CodebookEditor
from annotator.gui.theme import Theme
from annotator.model import Attribute, Code, new_id

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # of the platform without a screen

Key, Modifier = Qt.Key, Qt.KeyboardModifier
RED, BLUE = colour_pairs()[0], colour_pairs()[5]
ACTOR = Attribute(new_id(), "actor", "entity")
STANCE = Attribute(new_id(), "stance", "scale", ("-1", "0", "1"), ("cool", "neutral", "warm"), position=1)
DEFENCE = Code(new_id(), "Denial and defence", codable=False)
OFFERS = Code(new_id(), "Offer", position=1, codable=False)
DENIAL = Code(new_id(), "Denial", DEFENCE.id, key="d", colour=RED, attributes=(ACTOR.id,), crosswalk={"cameo": "016"})
BLAME = Code(new_id(), "Blame shift", DEFENCE.id, 1, key="b", colour=BLUE)
TALKS = Code(new_id(), "Offer of dialogue", OFFERS.id, key="o", colour=BLUE)
CODES = [DEFENCE, DENIAL, BLAME, OFFERS, TALKS]


def hear(editor):
    """Keeps what the editor asks to be saved."""
    editor.heard = []
    editor.save_wanted.connect(lambda codes, attributes: editor.heard.append((codes, attributes)))


@pytest.fixture
def editor(qtbot):
    made = CodebookEditor(Theme(), CODES, [ACTOR, STANCE], used={DENIAL.id: 12})
    hear(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.saved()
    made.close()
    made.deleteLater()


def choose(editor, code):
    editor._rebuild(code.id)


def retype(qtbot, field, words):
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, Key.Key_Delete)
    qtbot.keyClicks(field, words)


def save(qtbot, editor):
    qtbot.mouseClick(editor.save_button, Qt.MouseButton.LeftButton)
    return editor.heard[-1] if editor.heard else ([], [])


def names(codes):
    return [code.name for code in codes]


def row_of(editor, name):
    items = editor.tree.findItems("", Qt.MatchFlag.MatchContains | Qt.MatchFlag.MatchRecursive)
    return next(item for item in items if item.data(0, CODE).name == name)


def test_it_begins_unchanged_with_the_first_code(editor):
    assert not editor.changed
    assert not editor.save_button.isEnabled()
    assert editor.code_form.name.text() == "Denial and defence"


def test_every_field_of_a_code_is_written_into_the_new_noun(editor, qtbot):
    choose(editor, DENIAL)
    form = editor.code_form
    retype(qtbot, form.name, "Flat denial")
    retype(qtbot, form.key, "n")
    for field in ("definition", "use_when", "not_when", "boundary"):
        qtbot.keyClicks(form.words[field], f"{field} words")
    form.examples.setPlainText("It is false.\n\nIt never was.")
    qtbot.keyClick(form.ticks[ACTOR.id][1], Key.Key_Space)
    qtbot.keyClick(form.ticks[STANCE.id][0], Key.Key_Space)
    qtbot.mouseClick(form.pairs[5], Qt.MouseButton.LeftButton)
    codes, attributes = save(qtbot, editor)
    after = next(code for code in codes if code.id == DENIAL.id)
    assert after == replace(
        DENIAL,
        name="Flat denial",
        key="n",
        colour=BLUE,
        definition="definition words",
        use_when="use_when words",
        not_when="not_when words",
        boundary="boundary words",
        examples=("It is false.", "It never was."),
        attributes=(ACTOR.id, STANCE.id),
        required=(ACTOR.id,),
    )
    assert attributes == [ACTOR, STANCE]
    editor.saved()
    assert not editor.changed


def test_the_tree_follows_while_one_types(editor, qtbot):
    choose(editor, DENIAL)
    retype(qtbot, editor.code_form.name, "Refutation")
    assert row_of(editor, "Refutation").data(0, CODE).id == DENIAL.id


def test_a_code_is_added_to_the_family_at_hand_in_an_unused_colour(editor, qtbot):
    choose(editor, BLAME)
    qtbot.mouseClick(editor.add_code_button, Qt.MouseButton.LeftButton)
    assert editor.code_form.name.hasFocus()
    qtbot.keyClicks(editor.code_form.name, "Minimisation")
    codes, _ = save(qtbot, editor)
    made = next(code for code in codes if code.name == "Minimisation")
    assert (made.parent, made.position, made.codable) == (DEFENCE.id, 2, True)
    assert made.colour in colour_pairs()
    assert made.colour not in (RED, BLUE)


def test_a_family_is_added_at_the_top(editor, qtbot):
    editor._add_code(codable=False)
    qtbot.keyClicks(editor.code_form.name, "Threat")
    codes, _ = save(qtbot, editor)
    made = next(code for code in codes if code.name == "Threat")
    assert (made.parent, made.codable, made.position) == (None, False, 2)
    assert not editor.code_form.key.isVisible()


def test_alt_and_arrows_move_a_code_among_its_siblings_and_into_the_next_family(editor, qtbot):
    choose(editor, DENIAL)
    qtbot.keyClick(editor.tree, Key.Key_Down, Modifier.AltModifier)
    assert names(editor.draft.children(DEFENCE.id)) == ["Blame shift", "Denial"]
    qtbot.keyClick(editor.tree, Key.Key_Down, Modifier.AltModifier)
    assert names(editor.draft.children(OFFERS.id)) == ["Denial", "Offer of dialogue"]
    assert editor.tree.current() == DENIAL.id
    qtbot.keyClick(editor.tree, Key.Key_Up, Modifier.AltModifier)
    assert names(editor.draft.children(DEFENCE.id)) == ["Blame shift", "Denial"]


def test_the_family_field_moves_a_code(editor, qtbot):
    choose(editor, DENIAL)
    family = editor.code_form.family
    assert [family.itemText(n) for n in range(family.count())] == ["None: at the top", "Denial and defence", "Offer"]
    family.setFocus()
    qtbot.keyClick(family, Key.Key_Down)
    codes, _ = save(qtbot, editor)
    moved = next(code for code in codes if code.id == DENIAL.id)
    assert (moved.parent, moved.position) == (OFFERS.id, 1)


def drop(editor, moved, target, share):
    """What the tree gets when a row is let go over another: `share` of its height from its upper edge."""
    editor.tree.setCurrentItem(row_of(editor, moved))
    area = editor.tree.visualItemRect(row_of(editor, target))
    place = QPointF(area.center().x(), area.top() + share * area.height())
    wanted = []
    editor.tree.move_wanted.connect(lambda id, parent, where: wanted.append((id, parent, where)))
    event = QDropEvent(place, Qt.DropAction.MoveAction, QMimeData(), Qt.MouseButton.LeftButton, Modifier.NoModifier)
    editor.tree.dropEvent(event)
    return wanted


def test_a_code_dropped_on_empty_ground_goes_to_the_top(editor):
    editor.tree.setCurrentItem(row_of(editor, "Denial"))
    place = QPointF(20, editor.tree.viewport().height() - 4)
    event = QDropEvent(place, Qt.DropAction.MoveAction, QMimeData(), Qt.MouseButton.LeftButton, Modifier.NoModifier)
    editor.tree.dropEvent(event)
    assert editor.draft.codes[DENIAL.id].parent is None


def test_a_code_dropped_on_a_family_goes_into_it_and_a_family_not_into_itself(editor):
    assert drop(editor, "Denial", "Offer", 0.5) == [(DENIAL.id, OFFERS.id, 1)]
    assert editor.draft.codes[DENIAL.id].parent == OFFERS.id
    assert not editor.draft.place(OFFERS.id, OFFERS.id, 0)
    assert names(editor.draft.children(OFFERS.id)) == ["Offer of dialogue", "Denial"]


def test_retiring_and_using_again(editor, qtbot):
    choose(editor, DENIAL)
    qtbot.mouseClick(editor.code_form.retire, Qt.MouseButton.LeftButton)
    assert editor.draft.codes[DENIAL.id].retired
    assert editor.code_form.retire.text() == "Use again"
    qtbot.mouseClick(editor.code_form.retire, Qt.MouseButton.LeftButton)
    assert not editor.changed


def test_only_what_nothing_uses_is_deleted(editor, qtbot):
    choose(editor, DENIAL)
    assert not editor.code_form.delete.isEnabled()
    assert "12 annotations" in editor.code_form.why.text()
    choose(editor, DEFENCE)
    assert not editor.code_form.delete.isEnabled()
    choose(editor, BLAME)
    qtbot.mouseClick(editor.code_form.delete, Qt.MouseButton.LeftButton)
    codes, _ = save(qtbot, editor)
    assert names(codes) == ["Denial and defence", "Denial", "Offer", "Offer of dialogue"]


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("name", "blame  SHIFT", "Another code is called Blame shift."),
        ("name", " ", "A code needs a name."),
        ("key", "B", "Blame shift has the key B already."),
        ("key", "xy", "A key is one character."),
    ],
)
def test_what_is_wrong_is_said_below_its_field_and_keeps_it_from_being_saved(editor, qtbot, field, typed, words):
    choose(editor, DENIAL)
    place = getattr(editor.code_form, field)
    retype(qtbot, place, typed)
    assert editor.code_form.form.errors[place].text() == words
    assert words in editor.wrong.text()
    choose(editor, TALKS)
    save(qtbot, editor)
    assert editor.heard == []
    assert editor.tree.current() in (DENIAL.id, BLAME.id)


def test_a_colour_below_3_to_1_is_refused_and_its_contrast_shown(editor, qtbot):
    choose(editor, DENIAL)
    retype(qtbot, editor.code_form.light.field, "#ffdd00")
    assert editor.code_form.light.ratio.text() == "1.3 : 1"
    assert "1.3 : 1 on the light page" in editor.wrong.text()
    retype(qtbot, editor.code_form.light.field, "#12")
    assert editor.code_form.light.ratio.text() == ""
    save(qtbot, editor)
    assert editor.heard == []
    assert editor.code_form.light.field.hasFocus()
    retype(qtbot, editor.code_form.light.field, "#0000ff")
    assert editor.wrong.text() == ""


def test_a_retired_code_keeps_nobody_from_its_key_and_name(editor):
    codes = [replace(DENIAL, retired=True), replace(BLAME, name="Denial", key="d", parent=None)]
    assert Draft([DEFENCE, *codes], []).wrongs() == []
    assert len(Draft([DEFENCE, DENIAL, codes[1]], []).wrongs()) == 4  # name and key, of both


def test_a_code_may_be_called_like_its_family():
    family = Code(new_id(), "Denial", codable=False)
    assert Draft([family, replace(DENIAL, parent=family.id)], []).wrongs() == []


def test_attributes_are_written_added_moved_and_deleted(editor, qtbot):
    editor.tabs.setCurrentIndex(ATTRIBUTES)
    qtbot.mouseClick(editor.add_attribute_button, Qt.MouseButton.LeftButton)
    form = editor.attribute_form
    assert form.name.hasFocus()
    qtbot.keyClicks(form.name, "issue")
    form.type.setFocus()
    for _ in range(3):
        qtbot.keyClick(form.type, Key.Key_Down)
    assert form.type.chosen() == "one of"
    assert form.form.errors[form.choices].text()
    qtbot.keyClicks(form.choices, "territory")
    qtbot.keyClick(form.choices, Key.Key_Return)
    qtbot.keyClicks(form.choices, "trade = Trade and tariffs")
    qtbot.keyClicks(form.definition, "What it is about.")
    qtbot.mouseClick(form.up, Qt.MouseButton.LeftButton)
    _, attributes = save(qtbot, editor)
    assert names(attributes) == ["actor", "issue", "stance"]
    issue = attributes[1]
    assert (issue.type, issue.choices) == ("one of", ("territory", "trade"))
    assert issue.labels == ("territory", "Trade and tariffs")
    assert (issue.definition, issue.position) == ("What it is about.", 1)
    qtbot.mouseClick(form.delete, Qt.MouseButton.LeftButton)
    assert names(save(qtbot, editor)[1]) == ["actor", "stance"]


def test_an_attribute_that_codes_ask_for_stays(editor):
    editor.tabs.setCurrentIndex(ATTRIBUTES)
    assert not editor.attribute_form.delete.isEnabled()
    assert editor.attribute_form.why.text() == "Codes ask for it: Denial."


def test_a_scale_takes_whole_numbers_once_each(editor):
    for choices, words in ((("-1", "cool"), "cool is no whole number"), (("1", "1"), "1 stands there twice")):
        (wrong,) = Draft([], [replace(STANCE, choices=choices, labels=())]).wrongs()
        assert words in wrong.words


@pytest.mark.parametrize(
    ("choices", "labels", "said"),
    [
        (("a", "b"), (), "a\nb"),
        (("-1", "0"), ("cool", "neutral"), "-1 = cool\n0 = neutral"),
        (("un", "eu"), ("United Nations", "eu"), "un = United Nations\neu"),
        ((), (), ""),
    ],
)
def test_choices_are_written_one_on_a_line(choices, labels, said):
    assert choices_said(Attribute("x", "x", "one of", choices, labels)) == said
    assert choices_meant(said) == (choices, labels)


def test_colours_must_be_colours():
    assert wrong_colour("red", dark=False)
    assert wrong_colour("#000000", dark=True)
    assert not wrong_colour("#000000", dark=False)


def test_export_page_and_import_carry_what_stands_in_the_editor(editor, qtbot):
    choose(editor, DENIAL)
    retype(qtbot, editor.code_form.name, "Refutation")
    for push, signal in ((editor.export_button, editor.export_wanted), (editor.page_button, editor.page_wanted)):
        with qtbot.waitSignal(signal) as sent:
            qtbot.mouseClick(push, Qt.MouseButton.LeftButton)
        assert "Refutation" in names(sent.args[0])
    with qtbot.waitSignal(editor.import_wanted):
        qtbot.mouseClick(editor.import_button, Qt.MouseButton.LeftButton)
    editor.take([TALKS], [])
    assert editor.changed
    assert names(save(qtbot, editor)[0]) == ["Offer of dialogue"]


def test_control_s_saves_and_escape_closes_what_is_saved(editor, qtbot):
    choose(editor, DENIAL)
    retype(qtbot, editor.code_form.name, "Refutation")
    qtbot.keyClick(editor.tree, Key.Key_S, Modifier.ControlModifier)
    assert len(editor.heard) == 1
    editor.saved()
    with qtbot.waitSignal(editor.closed):
        qtbot.keyClick(editor.tree, Key.Key_Escape)


@pytest.mark.parametrize(("answer", "closed"), [("Go on editing", False), ("Leave it", True)])
def test_closing_with_changes_asks_first(editor, qtbot, answer, closed):
    choose(editor, DENIAL)
    retype(qtbot, editor.code_form.name, "Refutation")

    def press():
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        doing = next(one for one in box.buttons() if one.text() == answer)
        qtbot.mouseClick(doing, Qt.MouseButton.LeftButton)

    QTimer.singleShot(50, press)
    qtbot.mouseClick(editor.cancel_button, Qt.MouseButton.LeftButton)
    assert editor.isVisible() is not closed
    assert editor.heard == []


def test_an_empty_codebook_says_what_to_do(qtbot):
    editor = CodebookEditor(Theme(), [], [])
    qtbot.addWidget(editor)
    editor.show()
    assert editor.no_code.isVisible()
    assert not editor.code_area.isVisible()
    editor._add_code(codable=True)
    assert editor.code_area.isVisible()
    editor.saved()
