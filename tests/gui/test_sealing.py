"""Packages that are sealed from the window: out, opened, coded, back and received, by what people type and nothing else."""

from pathlib import Path

import pytest

from annotator import protecting, settings
from annotator.errors import AnnotatorError
from annotator.fieldwork import incoming, keys, sealing
from annotator.gui.dialogs.accept import AcceptDialog
from annotator.gui.dialogs.assign_file import AssignFileDialog
from annotator.gui.dialogs.hand_in import HandInDialog
from annotator.gui.dialogs.receive import ReceiveDialog
from annotator.gui.dialogs.sealing import MACHINE, NOT, PASSPHRASE, SealLines
from annotator.gui.dialogs.unseal import UnsealDialog
from annotator.model import new_id
from annotator.project import Project
from tests.conftest import Team
from tests.gui.conftest import Key, Modifier, Seat
from tests.gui.test_fieldwork_windows import closed, dialog, to_text

SAID = "on the phone tonight"
CTRL, ALT, SHIFT = Modifier.ControlModifier, Modifier.AltModifier, Modifier.ShiftModifier
pytestmark = pytest.mark.usefixtures("cheap_locks")


@pytest.fixture
def at_ada(monkeypatch, tmp_path):
    """Goes to another machine, which has keys of its own, and back."""
    desk, laptop = settings.folder(), tmp_path / "laptop's own"

    def go(there: bool) -> None:
        sealing.forget()
        monkeypatch.setenv("ANNOTATOR_HOME", str(laptop if there else desk))

    return go


def type_twice(seat: Seat, lines: SealLines, words: str) -> None:
    """The passphrase, into both fields."""
    lines.twice.first.setFocus()
    seat.type(words)
    seat.press(Key.Key_Tab)
    assert lines.twice.again.hasFocus()
    seat.type(words)


def unseal(seat: Seat, asked: AcceptDialog | ReceiveDialog, words: str) -> None:
    asked.unseal.click()
    (typed,) = [one for one in asked.findChildren(UnsealDialog) if one.isVisible()]
    seat.qtbot.keyClicks(typed.field, words)
    seat.qtbot.keyClick(typed.field, Key.Key_Return)
    dialog(seat, type(asked))


def asked_out(seat: Seat, team: Team) -> AssignFileDialog:
    """Sue is about to hand out Ada's documents as a file."""
    seat.sit_down(team, "Sue")
    seat.press(Key.Key_O, CTRL | ALT)
    asked = dialog(seat, AssignFileDialog)
    asked.coder.setCurrentIndex(asked.coder.findText("Ada"))
    asked.round.setCurrentIndex(asked.round.findText("Reliability"))
    return asked


def opened(seat: Seat, path: Path, words: str = "") -> None:
    seat.window.desk.open(path)
    asked = dialog(seat, AcceptDialog)
    if words:
        assert "sealed" in asked.error.text()
        unseal(seat, asked, words)
    seat.qtbot.keyClick(asked, Key.Key_Return)
    closed(seat, AcceptDialog)


def coded(seat: Seat) -> HandInDialog:
    """Codes the open document, says that it is done, and asks to hand in."""
    to_text(seat)
    seat.put_caret("denies")
    seat.press(Key.Key_D)
    seat.press(Key.Key_Return, CTRL)
    seat.press(Key.Key_O, CTRL | SHIFT)
    return dialog(seat, HandInDialog)


def out_by_passphrase(seat: Seat, team: Team) -> tuple[Path, str]:
    """Sue writes Ada's file, all by keys; it, and the word that she saw."""
    asked = asked_out(seat, team)
    asked.sealing.way.setFocus()
    seat.press(Key.Key_Right)
    assert "Ada is asked for the passphrase" in asked.sealing.about.text()
    type_twice(seat, asked.sealing, SAID)
    path, place = asked.place.path(), asked.place
    seat.qtbot.keyClick(place, Key.Key_Return)
    asked = dialog(seat, AssignFileDialog)
    assert "Ada is asked for the passphrase" in asked.fact["seal"].text()
    word = asked.fact["word"].text()
    seat.qtbot.keyClick(asked, Key.Key_Escape)
    assert sealing.is_sealed(path.read_bytes())
    seat.window.desk.close_project()
    return path, word


def test_sealed_out_and_sealed_back_by_a_passphrase(seat, team, at_ada):
    path, word = out_by_passphrase(seat, team)
    assert word == incoming_word(path, SAID)

    at_ada(True)
    opened(seat, path, SAID)
    assert seat.work.project.actor.name == "Ada"
    made = coded(seat)
    made.sealing.way.setFocus()
    seat.press(Key.Key_Right)
    assert "Sue is asked for the passphrase" in made.sealing.about.text()
    type_twice(seat, made.sealing, f"{SAID} again")
    back, sent_word = made.place.path(), made.fact["word"].text()
    seat.press(Key.Key_Return)
    closed(seat, HandInDialog)
    assert "Sue is asked for the passphrase" in seat.work.notice.words.text()
    assert sealing.is_sealed(back.read_bytes())
    assert incoming_word(back, f"{SAID} again") in seat.work.notice.words.text()
    seat.window.desk.close_project()

    at_ada(False)
    seat.sit_down(team, "Sue")
    seat.window.desk.field.receive([back])
    received = dialog(seat, ReceiveDialog)
    unseal(seat, received, f"{SAID} again")
    assert received.arrivals[0].word == sent_word  # as the supervisor reads it out
    assert f"Check word: {sent_word}" in [words for words, _ in received.about.sentences]
    seat.qtbot.keyClick(received.table, Key.Key_Return)
    dialog(seat, ReceiveDialog).reject()
    assert len(seat.annotations()) == 1


def incoming_word(path: Path, words: str) -> str:
    sealing.give(words)
    try:
        return incoming.read(path).word
    finally:
        sealing.forget()


def out_unsealed(seat: Seat, team: Team) -> tuple[Path, str]:
    """Sue writes Ada's file, for whose machine it cannot be sealed yet; it, and the words of her own machine's key."""
    asked = asked_out(seat, team)
    path = asked.place.path()
    asked.sealing.way.group.button(MACHINE).click()
    assert "No machine of Ada is known here" in asked.sealing.about.text()
    asked.accept()
    assert "No machine of Ada is known here" in asked.form.errors[asked.sealing.way].text()
    assert not path.exists()
    asked.sealing.way.group.button(NOT).click()
    asked.accept()
    dialog(seat, AssignFileDialog).reject()
    desk = keys.fingerprint(keys.public_key(seat.work.project.device))
    seat.window.desk.close_project()
    return path, desk


def test_back_for_the_supervisors_machine_and_out_again_for_the_coders(seat, team, at_ada):
    path, desk = out_unsealed(seat, team)

    at_ada(True)
    opened(seat, path)
    made = coded(seat)
    made.sealing.way.group.button(MACHINE).click()
    assert "on the machine of Sue" in made.sealing.about.text()
    assert desk in made.sealing.about.text()
    back = made.place.path()
    made.accept()
    closed(seat, HandInDialog)
    with pytest.raises(AnnotatorError, match="another machine"):
        incoming.read(back)
    seat.window.desk.close_project()

    at_ada(False)
    seat.sit_down(team, "Sue")
    seat.window.desk.field.receive([back])
    received = dialog(seat, ReceiveDialog)
    assert not received.unseal.isVisible()
    received.accept()
    dialog(seat, ReceiveDialog).reject()
    assert len(seat.annotations()) == 1

    asked = asked_out(seat, team)
    asked.sealing.way.group.button(MACHINE).click()
    again = asked.place.path()
    asked.accept()
    dialog(seat, AssignFileDialog).reject()
    with pytest.raises(AnnotatorError, match="another machine"):
        incoming.read(again)
    at_ada(True)
    assert incoming.read(again).manifest.coder.name == "Ada"


def test_a_project_that_is_encrypted_sends_sealed_unless_somebody_wants_otherwise(seat, team, at_ada):
    team.close()
    protecting.encrypt(team.sue.path, "four words without sense")
    asked = asked_out(seat, team)
    assert asked.sealing.way.chosen() == PASSPHRASE
    assert asked.sealing.twice.first.isVisible()
    asked.accept()
    assert "too short" in asked.form.errors[asked.sealing.twice.first].text()
    asked.sealing.twice.first.setText(SAID)
    asked.sealing.twice.again.setText(SAID + "!")
    asked.accept()
    assert "not the same" in asked.form.errors[asked.sealing.twice.again].text()
    asked.sealing.way.group.button(NOT).click()
    assert not asked.sealing.twice.first.isVisible()
    assert "Whoever gets hold of the file can read it" in asked.sealing.about.text()
    asked.coder.setCurrentIndex(asked.coder.findText("Ben"))
    assert asked.sealing.way.chosen() == NOT
    asked.reject()
    seat.sit_down_again("Ada")
    made = coded(seat)
    assert made.sealing.way.chosen() == PASSPHRASE
    made.reject()


def test_it_is_sealed_for_a_machine_that_is_known_where_the_project_is_encrypted(seat, team):
    laptop = team.sue.path.with_name("ada.annotator")
    out, back = laptop.with_suffix(".assignment"), laptop.with_suffix(".coded")
    from annotator.fieldwork import outgoing

    outgoing.assign(team.sue, coder=team.coders["Ada"], round=team.round, documents=[team.document.id], out=out)
    incoming.accept(out, laptop)
    with Project(laptop, actor="Ada", device=new_id()) as ada:
        team.code(ada, 0, 3)
        outgoing.hand_in(ada, back)
    incoming.receive(team.sue, [back])
    team.close()
    protecting.encrypt(team.sue.path, "four words without sense")
    asked = asked_out(seat, team)
    assert asked.sealing.way.chosen() == MACHINE
    assert not asked.sealing.twice.first.isVisible()
    asked.coder.setCurrentIndex(asked.coder.findText("Ben"))
    assert asked.sealing.way.chosen() == PASSPHRASE
    asked.reject()
