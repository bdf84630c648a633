"""What a screen reader is told: what was coded, what undo took back, what is under the caret; and what it can read."""

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QToolTip

from annotator import editing
from annotator.gui.announcing import RESTS_AFTER
from annotator.gui.telling import quote
from annotator.gui.textview.view import CodedTextView
from annotator.text import Span
from tests.conftest import Team
from tests.gui.conftest import Key, Modifier


@pytest.fixture
def reader():
    """A screen reader is running."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


class Ear:
    """Hears what is told, one utterance a turn."""

    def __init__(self, seat):
        self.heard: list[str] = []
        self.qtbot, self.announcer = seat.qtbot, seat.work.announcer
        self.announcer.told.connect(self.heard.append)

    def next(self, do) -> str:
        """What is told when something is done."""
        self.qtbot.wait(1)  # what was told before is heard first
        self.heard.clear()
        with self.qtbot.waitSignal(self.announcer.told):
            do()
        [words] = self.heard
        return words


@pytest.fixture
def ear(seat, team, reader):
    seat.sit_down(team, "Ada")
    return Ear(seat)


def test_coding_says_the_code_and_the_words_and_how_many_lie_there(seat, ear):
    seat.put_caret("ministry")
    assert ear.next(lambda: seat.type("d")) == "Denial on “The ministry accuses its neighbour.”"
    seat.put_caret("ministry")
    said = ear.next(lambda: seat.type("o"))
    assert said == "Offer of dialogue on “The ministry accuses its neighbour.”, 2 annotations here"


def test_every_step_on_an_annotation_is_told(seat, ear):
    seat.put_caret("ministry")
    seat.type("d")
    said = ear.next(lambda: seat.press(Key.Key_O, Modifier.ShiftModifier))
    assert said == "Now Offer of dialogue: “The ministry accuses its neighbour.”"
    assert ear.next(lambda: seat.type("[")) == "Offer of dialogue now on “The ministry accuses its neighbour”"
    assert ear.next(lambda: seat.type("1")) == "Offer of dialogue: unsure"
    assert (
        ear.next(lambda: seat.press(Key.Key_Delete))
        == "Retracted: Offer of dialogue on “The ministry accuses its neighbour”"
    )


def test_undo_and_redo_say_what_they_took_back_and_did_again(seat, ear):
    seat.put_caret("ministry")
    seat.type("d")
    said = ear.next(lambda: seat.press(Key.Key_Z, Modifier.ControlModifier))
    assert said == "Took back: annotation. Denial on “The ministry accuses its neighbour.”"
    said = ear.next(lambda: seat.press(Key.Key_Y, Modifier.ControlModifier))
    assert said == "Done again: annotation. Denial on “The ministry accuses its neighbour.”"


def test_done_and_what_is_refused_are_told(seat, ear):
    said = ear.next(lambda: seat.press(Key.Key_Return, Modifier.ControlModifier))
    assert said == "Done: read, nothing found. No other document is waiting."
    seat.put_caret("ministry")
    assert ear.next(lambda: seat.type("d")).startswith("This document is marked done")
    assert ear.next(lambda: seat.press(Key.Key_Return, Modifier.ControlModifier)) == "Open again"


def test_walking_tells_an_annotation_whole(seat, ear, team):
    seat.put_caret("ministry")
    seat.type("d")
    work = seat.work
    entity = editing.add_entity(work.project, "Velmar")
    work.session.do(entity)
    for name, value in (("actor", entity.edits[0].object), ("stance", -1)):
        attribute = team.attributes[name].id
        work.session.attempt(
            lambda a=attribute, v=value: editing.set_attribute(work.project, seat.annotations()[0], a, v)
        )
    work.session.attempt(lambda: editing.set_certainty(seat.annotations()[0], 0.95))
    work.session.attempt(lambda: editing.set_memo(seat.annotations()[0], "A quoted voice."))
    seat.put_caret("Talks")
    said = ear.next(lambda: seat.press(Key.Key_Tab))
    words = "“The ministry accuses its neighbour.”"
    assert said == f"Denial, {words}, Actor: Velmar, Stance: Cool, sure, memo: A quoted voice."
    seat.put_caret("ministry")
    seat.type("o")
    assert ear.next(lambda: seat.press(Key.Key_Tab)).endswith("of 2 here")


def test_a_caret_that_rests_tells_what_is_under_it_once(seat, ear):
    work = seat.work
    seat.put_caret("ministry")
    seat.type("d")
    work.text.select(Span(work.coding.text.index("accuses"), work.coding.text.index("its")))
    seat.type("o")
    seat.put_caret("Talks")
    ear.qtbot.wait(RESTS_AFTER + 100)
    assert ear.next(lambda: seat.put_caret("accuses")) == "Offer of dialogue, inside Denial"
    assert ear.next(lambda: seat.put_caret("ministry")) == "Denial"
    assert ear.next(lambda: seat.put_caret("Talks")) == "No code here"
    ear.heard.clear()
    seat.put_caret("may")
    ear.qtbot.wait(RESTS_AFTER + 100)
    assert ear.heard == []


def test_whose_an_annotation_is_is_told_when_others_are_in_sight(seat, tmp_path, reader):
    team = Team(tmp_path, blind=False)
    ben = team.sit_down("Ben")
    start = ben.text(team.document.id).index("The ministry")
    team.code(ben, start, start + 12, "offer")
    seat.sit_down(team, "Ada")
    seat.put_caret("ministry")
    ear = Ear(seat)
    seat.type("d")
    seat.put_caret("Talks")
    ear.qtbot.wait(RESTS_AFTER + 100)
    said = ear.next(lambda: seat.put_caret("The ministry"))
    assert said == "Offer of dialogue, by Ben, inside Denial, by you"
    team.close()


def test_a_key_says_and_shows_what_is_here(seat, ear):
    seat.put_caret("ministry")
    seat.type("d")
    seat.put_caret("ministry")
    assert ear.next(lambda: seat.press(Key.Key_F7)) == "Denial, “The ministry accuses its neighbour.”"
    assert QToolTip.text() == "Denial, “The ministry accuses its neighbour.”"
    seat.put_caret("Talks")
    assert ear.next(lambda: seat.press(Key.Key_F7)) == "No code here"
    QToolTip.hideText()


def test_nothing_is_put_into_words_while_nobody_listens(seat, team, qtbot):
    seat.sit_down(team, "Ada")
    assert not QAccessible.isActive()
    heard = []
    seat.work.announcer.told.connect(heard.append)
    seat.put_caret("ministry")
    seat.type("d")
    seat.press(Key.Key_Tab)
    qtbot.wait(RESTS_AFTER + 100)
    assert heard == []


def test_a_long_quote_is_told_by_its_ends():
    assert quote("one two three") == "one two three"
    assert quote(" ".join(map(str, range(20)))) == "0 1 2 3 … 16 17 18 19"


TEXT = "Der Sprecher 👨‍👩‍👧 sagt: نفى الوزير ذلك אמר.\n\nZweiter Absatz."


def test_a_screen_reader_finds_text_caret_and_selection(qtbot, theme):
    view = CodedTextView(theme)
    qtbot.addWidget(view)
    view.resize(800, 400)
    view.show_text(TEXT)
    view.show()
    found = QAccessible.queryAccessibleInterface(view)
    assert found.role() == QAccessible.Role.EditableText
    assert found.text(QAccessible.Text.Name) == "Text of the document"
    said = found.textInterface()
    units = view.text.unit
    assert said.characterCount() == units(len(TEXT))
    assert said.text(0, said.characterCount()).replace("\u2029", "\n") == TEXT
    for words in ("sagt", "نفى", "אמר", "Zweiter"):
        at = TEXT.index(words)
        view.put_caret(at)
        assert said.cursorPosition() == units(at)
        view.select(Span(at, at + len(words)))
        assert said.selectionCount() == 1
        view.put_caret(0)
        said.setSelection(0, units(at), units(at + len(words)))
        assert view.selection() == Span(at, at + len(words))
        view.put_caret(at)
        rect, caret = said.characterRect(units(at)), view.viewport().mapToGlobal(view.cursorRect().center())
        assert abs(rect.left() - caret.x()) <= 2
        assert rect.top() < caret.y() < rect.bottom()
        if words.isascii():  # Qt takes the letters of other scripts for written to the right, too
            assert said.offsetAtPoint(rect.center()) == units(at)
