"""A codebook that is being written is not lost when the project locks itself and the program ends before anybody comes back,
and none of it is readable meanwhile."""

import pytest
from PySide6.QtWidgets import QApplication

from annotator import drafts, editing, protecting, purging, secrecy, settings
from annotator.gui.dialogs.codebook_editor import CodebookEditor
from annotator.gui.main_window import MainWindow
from annotator.gui.places import Places
from annotator.project import Project
from tests.gui.conftest import Key, Seat
from tests.gui.test_protecting import locked
from tests.secret import PASSPHRASE, holders

MARK = "Zyxomorphic Quandaries"
pytestmark = [
    pytest.mark.usefixtures("cheap_locks"),
    pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise"),
]


@pytest.fixture
def at_work(seat, team):
    """Sue writes the codebook of an encrypted project, and has saved nothing of it."""
    team.close()
    protecting.encrypt(team.sue.path, PASSPHRASE)
    seat.sit_down(team, "Sue")
    seat.window.desk.codebook.edit()
    write(seat)
    return seat


def editors() -> list[CodebookEditor]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, CodebookEditor) and one.isVisible()]


def write(seat: Seat) -> None:
    (editor,) = editors()
    editor._add_code(codable=True)
    seat.qtbot.keyClicks(editor.code_form.name, MARK)
    assert editor.changed


def names(editor: CodebookEditor) -> list[str]:
    return [one.name for one in editor.draft.ordered()[0]]


@pytest.fixture
def again(qtbot, theme):
    """The program, started once more."""
    made = []

    def start() -> Seat:
        window = MainWindow(theme, settings.load(), Places())
        qtbot.addWidget(window)
        window.show()
        made.append(window)
        return Seat(qtbot, window)

    yield start
    for window in made:
        for one in window.desk.windows:
            if isinstance(one, CodebookEditor):
                one.saved()
        window.close()


def test_locked_and_ended_it_is_kept_where_nobody_can_read_it(at_work, team, again, machine, tmp_path):
    at_work.window.locking.lock_now()
    locked(at_work)
    assert at_work.window.close()
    assert holders([MARK], tmp_path, machine) == set()
    assert secrecy.is_locked(team.sue.path)
    later = again()
    secrecy.unlock(team.sue.path, PASSPHRASE)
    later.window.open_path(team.sue.path, "Sue")
    told = later.work.notice
    assert "not saved what you last wrote in the codebook" in told.words.text()
    told.button.click()
    (editor,) = editors()
    assert MARK in " ".join(names(editor))
    assert editor.changed
    assert not any(MARK in one.name for one in later.work.project.nouns("code"))
    editor.save()
    assert not editor.changed
    assert any(MARK in one.name for one in later.work.project.nouns("code"))
    assert drafts.kept(later.work.project) is None
    editor.close()
    assert holders([MARK], tmp_path, machine) == set()


def test_only_who_wrote_it_is_told(at_work, team, again):
    at_work.window.locking.lock_now()
    at_work.window.close()
    secrecy.unlock(team.sue.path, PASSPHRASE)
    with Project(team.sue.path, actor="Ada", device="x") as ada:
        assert drafts.kept(ada) is None
    with Project(team.sue.path, actor="Sue", device="x") as sue:
        found = drafts.kept(sue)
        assert found is not None
        assert not found.is_behind
        codes = [one for one in sue.nouns("code") if one.name != "Denial"]
        sue.apply(editing.revise_codebook(sue, codes, sue.nouns("attribute")))
        found = drafts.kept(sue)
        assert found is not None
        assert found.is_behind  # as another wrote in it since


def test_who_unlocks_finds_it_as_it_was_and_it_is_forgotten_when_it_is_left(at_work, monkeypatch):
    monkeypatch.setattr("annotator.gui.dialogs.codebook_editor.ask", lambda *words, **more: True)
    (before,) = editors()
    at_work.window.locking.lock_now()
    locked(at_work)
    assert not editors()
    at_work.type(PASSPHRASE)
    at_work.press(Key.Key_Return)
    assert editors() == [before]
    assert not at_work.work.notice.isVisible()
    assert drafts.kept(at_work.work.project) is not None
    before.close()
    assert drafts.kept(at_work.work.project) is None


def test_a_purge_takes_drafts_along(team):
    """It may quote what has to go."""
    drafts.keep(team.sue, team.sue.nouns("code"), team.sue.nouns("attribute"))
    found = drafts.kept(team.sue)
    assert found is not None
    assert (found.codes, found.attributes) == (team.sue.nouns("code"), team.sue.nouns("attribute"))
    team.sue.apply(purging.change(team.sue, team.document.id))
    assert drafts.kept(team.sue) is None


def test_what_cannot_be_understood_is_no_draft(team):
    for words in ("{", "[1]", '{"nouns": [{"kind": "code"}], "pins": {}}'):
        team.sue.keep_draft(words)
        assert drafts.kept(team.sue) is None
    assert team.sue.check(rebuild=True) == []
