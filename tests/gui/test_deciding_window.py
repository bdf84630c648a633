"""The window of what waits for a person's word: versions side by side, orphans, steps that count nowhere; all by keys."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from annotator import editing, settings
from annotator.gui.deciding.pages import VersionCard
from annotator.gui.deciding.window import DecidingWindow
from annotator.gui.dialogs.receive import ReceiveDialog
from annotator.model import Annotation, Change, Edit
from tests.fieldwork.conftest import Field
from tests.fieldwork.test_deciding import orphaned, torn
from tests.gui.conftest import Key, Modifier, Seat
from tests.gui.test_fieldwork_windows import assigned, dialog, handed_in, opened, to_text


@pytest.fixture
def field(tmp_path):
    made = Field(tmp_path)
    yield made
    made.close()


def sit_down(seat: Seat, path: Path, name: str = "Sue") -> None:
    seat.window.open_path(path, name)
    seat.window.activateWindow()
    seat.work.to_text()
    QApplication.processEvents()


def window(seat: Seat) -> DecidingWindow:
    """The window, opened by its key and filled."""
    seat.press(Key.Key_E, Modifier.ControlModifier | Modifier.ShiftModifier)
    (made,) = [one for one in seat.window.desk._windows if isinstance(one, DecidingWindow)]
    settled(seat, made)
    return made


def settled(seat: Seat, made: DecidingWindow) -> None:
    """Until the window shows what waits now."""
    from annotator.gui.deciding_desk import Following

    (following,) = made.findChildren(Following)
    seat.qtbot.waitUntil(lambda: following._task is None and not following._soon.isActive(), timeout=20_000)
    QApplication.processEvents()


def waiting(made: DecidingWindow) -> list[str]:
    return [line.id.split()[0] for line in made.list.lines() if line.id]


def contested(seat: Seat, field: Field, **more) -> tuple[DecidingWindow, Annotation]:
    _, _, one = torn(field, **more)
    field.close()
    sit_down(seat, field.team.sue.path)
    return window(seat), one


def memos(seat: Seat) -> list[str]:
    return sorted(one.memo for one in seat.annotations())


def labels(made: DecidingWindow) -> list[str]:
    return [one.text() for one in made.sheet.findChildren(QLabel) if one.isVisible()]


# Contested ------------------------------------------------------------------------------------------------------------


def test_versions_stand_side_by_side_with_what_differs(seat, field):
    made, _ = contested(seat, field)
    assert waiting(made) == ["contested"]
    assert made.sheet.title.text() == "Denial: “republic”"
    assert made.sheet.where.text() == "Ada · A statement · Reliability"
    cards = made.sheet.findChildren(VersionCard)
    assert [card.push.text() for card in cards] == ["Version 1 holds", "Version 2 holds"]
    assert cards[0].y() == cards[1].y()
    words = labels(made)
    assert "≠ Memo: at the desk" in words
    assert "≠ Memo: on the way" in words
    assert any("The <b><u>republic</u></b> denies it." in one for one in words)
    assert words.count("Ada") == 2
    machines = [one for one in words if ", on the machine " in one]
    assert len({*machines}) == 2
    assert words.count("read so far") == 1


@pytest.mark.parametrize(("key", "memo"), [(Key.Key_1, "at the desk"), (Key.Key_2, "on the way")])
def test_a_digit_decides_and_is_a_change_of_the_session(seat, field, key, memo):
    made, _ = contested(seat, field)
    heard = []
    seat.work.session.changed.connect(heard.append)
    seat.qtbot.keyClick(made.list, key)
    assert memos(seat) == [memo]
    assert [change.settles for change in heard] == [True]
    settled(seat, made)
    assert waiting(made) == []
    assert made.sheet.question.text() == "Nothing waits for a decision."
    assert made.said.text().startswith("Decided: version")


def test_a_decision_is_taken_back_by_undo(seat, field):
    made, one = contested(seat, field)
    before = memos(seat)
    other = next(n for n, each in enumerate(made.items[f"contested {one.id}"].versions) if not each.is_shown)
    seat.qtbot.keyClick(made.list, str(other + 1))
    settled(seat, made)
    assert memos(seat) != before
    assert made.undo.isEnabled()
    seat.qtbot.keyClick(made.list, Key.Key_Z, Modifier.ControlModifier)
    assert memos(seat) == before


def test_undo_there_takes_back_no_other_work(seat, field):
    _, _, one = torn(field)
    field.team.code(field.sue, 30, 34)
    field.close()
    sit_down(seat, field.team.sue.path)
    made = window(seat)
    shown = next(n for n, each in enumerate(made.items[f"contested {one.id}"].versions) if each.is_shown)
    seat.qtbot.keyClick(made.list, str(shown + 1))
    settled(seat, made)
    assert "as it was read before" in made.said.text()
    assert not made.undo.isEnabled()
    seat.qtbot.keyClick(made.list, Key.Key_Z, Modifier.ControlModifier)
    assert len(seat.annotations()) == 2


def test_both_are_kept_by_one_key_and_taken_back(seat, field):
    made, _ = contested(seat, field)
    seat.qtbot.keyClick(made.list, "b")
    assert memos(seat) == ["at the desk", "on the way"]
    settled(seat, made)
    made.undo.click()
    assert len(memos(seat)) == 1


def test_what_was_taken_back_is_a_version_and_both_are_not_offered(seat, field):
    made, _ = contested(seat, field, retracts=True)
    assert "Taken back" in labels(made)
    assert not made.sheet.both.isVisible()
    seat.qtbot.keyClick(made.list, "b")
    assert memos(seat) == ["at the desk"]
    assert made.sheet.item is not None
    gone = next(n for n, one in enumerate(made.sheet.item.versions, start=1) if one.is_gone)
    seat.qtbot.keyClick(made.list, str(gone))
    assert memos(seat) == []


def test_codes_and_places_that_differ_are_marked_by_a_sign(seat, field):
    _, one = field.team.code(desk := field.laptop("Ada"), 4, 12)
    field.receive(field.hand_in(desk))
    lap = field.laptop("Ada")
    desk.apply(editing.recode(desk, [one], field.team.codes["offer"].id))
    actor = field.team.attributes["stance"].id
    lap.apply(editing.set_attribute(lap, field.annotation(lap, one.id), actor, "1"))
    now = field.annotation(lap, one.id)
    lap.apply(editing.resize(lap, now, [replace_end(now)]))
    field.receive(field.hand_in(desk), field.hand_in(lap))
    field.close()
    sit_down(seat, field.team.sue.path)
    words = labels(window(seat))
    assert words.count("≠") == 2
    assert words.count("≠ The places differ") == 2
    assert "≠ Stance: Warm" in words
    assert "≠ Stance: not said" in words


def replace_end(one: Annotation):
    from annotator.text import Span

    return Span(one.spans[0].start, one.spans[0].end + 7)


def test_enter_leads_to_the_place_in_the_text(seat, field):
    made, one = contested(seat, field)
    seat.work.text.put_caret(0)
    seat.qtbot.keyClick(made.list, Key.Key_Return)
    assert seat.work.coding.current == one.id
    assert made.isVisible()


def test_a_coder_decides_on_their_own_and_others_find_nothing(seat, field):
    desk, lap, _ = torn(field)
    field.receive(field.hand_in(lap), into=desk)
    path = desk.path
    field.close()
    sit_down(seat, path, "Ada")
    made = window(seat)
    assert waiting(made) == ["contested"]
    seat.qtbot.keyClick(made.list, Key.Key_1)
    assert memos(seat) == ["at the desk"]
    sit_down(seat, field.team.sue.path, "Ben")
    assert waiting(window(seat)) == []


def test_in_an_open_round_a_coder_is_not_asked_about_what_is_of_others(seat, tmp_path):
    field = Field(tmp_path, blind=False)
    torn(field)
    field.close()
    sit_down(seat, field.team.sue.path, "Ben")
    assert not seat.work.notice.isVisible()
    assert len(seat.work.project.contested()) == 1
    assert waiting(window(seat)) == []


def test_a_calm_notice_says_that_something_waits(seat, field):
    torn(field)
    field.close()
    sit_down(seat, field.team.sue.path)
    notice = seat.work.notice
    assert notice.words.text() == "1 thing was changed in two places and waits for a decision."
    assert notice.waiting[0].calm
    notice.button.click()
    assert [one for one in seat.window.desk._windows if isinstance(one, DecidingWindow)]
    sit_down(seat, field.team.sue.path, "Ben")
    assert not seat.work.notice.isVisible()


def test_what_is_no_annotation_is_decided_too(seat, field):
    ada = field.laptop("Ada")
    place = field.team.document.id, field.team.round.id
    ada.apply(editing.mark_done(ada, document=place[0], round=place[1]))
    other = field.laptop("Ada")
    other.apply(editing.mark_done(other, document=place[0], round=place[1]))
    other.apply(editing.mark_done(other, document=place[0], round=place[1], done=False))
    field.receive(field.hand_in(ada), field.hand_in(other))
    field.close()
    sit_down(seat, field.team.sue.path)
    made = window(seat)
    assert made.sheet.title.text() == "Assignment"
    assert {"≠ Done: yes", "≠ Done: no"} <= {*labels(made)}
    assert not made.sheet.both.isVisible()
    seat.qtbot.keyClick(made.list, Key.Key_1)
    settled(seat, made)
    assert waiting(made) == []


def test_reading_only_nothing_is_decided(seat, field):
    torn(field)
    with_lock = field.sue
    sit_down(seat, with_lock.path)
    made = window(seat)
    assert waiting(made) == ["contested"]
    assert not any(card.push.isEnabled() for card in made.sheet.findChildren(VersionCard))
    seat.qtbot.keyClick(made.list, Key.Key_1)
    settled(seat, made)
    assert waiting(made) == ["contested"]


# Orphans --------------------------------------------------------------------------------------------------------------


def test_an_orphan_goes_where_a_person_says_and_comes_back_by_undo(seat, field):
    ada, one = orphaned(field)
    field.receive(field.hand_in(ada))
    field.close()
    sit_down(seat, field.team.sue.path)
    made = window(seat)
    assert waiting(made) == ["orphan"]
    words = labels(made)
    assert "Its words are not at their place. Where do they belong?" in words
    assert any("The <b><u>republic</u></b> denies it." in each for each in words)
    assert seat.annotations() == []
    seat.qtbot.keyClick(made.list, Key.Key_1)
    assert [each.id for each in seat.annotations()] == [one.id]
    settled(seat, made)
    assert waiting(made) == []
    seat.qtbot.keyClick(made.list, Key.Key_Z, Modifier.ControlModifier)
    assert seat.annotations() == []
    settled(seat, made)
    assert waiting(made) == ["orphan"]


def test_an_orphan_without_a_place_says_so_and_stays(seat, field):
    ada, one = orphaned(field)
    field.receive(field.hand_in(ada))
    lost = replace(one, quotes=("something else",))
    field.close()
    from annotator.project import Project

    with Project(field.team.sue.path, actor="Ada", device="x") as project:
        project.apply(Change("import annotations", (Edit(project.noun("annotation", one.id), lost),)))
    sit_down(seat, field.team.sue.path)
    made = window(seat)
    assert "stand nowhere else in the text" in made.sheet.question.text()
    seat.qtbot.keyClick(made.list, Key.Key_1)
    settled(seat, made)
    assert waiting(made) == ["orphan"]


# Barred ---------------------------------------------------------------------------------------------------------------


def test_a_step_that_nobody_may_make_is_told_with_its_reason_to_supervisors(seat, field):
    barred_step(field)
    field.close()
    sit_down(seat, field.team.sue.path)
    made = window(seat)
    assert waiting(made) == ["barred"]
    (reason,) = [words for words in labels(made) if "counts nowhere" in words and "altered" in words]
    assert reason.startswith("Ben altered the annotation")
    sit_down(seat, field.team.sue.path, "Ada")
    assert waiting(window(seat)) == []


def barred_step(field: Field) -> None:
    """Ben alters an annotation of Ada's with a program of his own."""
    from annotator.model import new_id
    from annotator.packages import Package
    from annotator.revisions import Author, Standing, revise

    _, one = field.team.code(ada := field.laptop("Ada"), 4, 12)
    field.receive(field.hand_in(ada))
    heads = tuple(field.sue.history(one.id))
    author = Author(field.sue.id, field.team.coders["Ben"].id, new_id())
    made = revise(Change("memo", (Edit(one, replace(one, memo="mine")),)), {one.id: Standing(heads)}, author)
    field.sue.receive([Package(field.sue.id, tuple(made), coder=field.team.coders["Ben"].id, name="ben.coded")])


# The whole loop -------------------------------------------------------------------------------------------------------


def test_from_the_receipt_to_the_decision(seat, field):
    _, one = field.team.code(desk := field.laptop("Ada"), 4, 12)
    field.receive(field.hand_in(desk))
    lap = field.laptop("Ada")
    field.memo(desk, one.id, "at the desk")
    field.memo(lap, one.id, "on the way")
    paths = [field.hand_in(desk), field.hand_in(lap)]
    field.close()
    sit_down(seat, field.team.sue.path)
    seat.window.desk.field.receive(paths)
    asked = dialog(seat, ReceiveDialog)
    assert "changed in two places" in " ".join(words for words, _ in asked.about.sentences)
    seat.qtbot.keyClick(asked.table, Key.Key_Return)
    asked = dialog(seat, ReceiveDialog)
    assert asked.decide_button.isVisible()
    asked.decide_button.click()
    (made,) = [each for each in seat.window.desk._windows if isinstance(each, DecidingWindow)]
    settled(seat, made)
    seat.qtbot.keyClick(made.list, Key.Key_2)
    assert memos(seat) == ["on the way"]
    assert seat.work.project.check(rebuild=True) == []
    seat.qtbot.keyClick(made.list, Key.Key_Escape)
    assert not seat.window.desk._windows


def test_the_whole_loop_by_keys(seat, team):
    """Sue hands out, Ada opens it on two laptops, codes, goes on at one of them and at the other, and hands in twice; Sue
    looks, receives and decides."""
    path, word = assigned(seat, team)
    seat.window.desk.close_project()
    assert opened(seat, path) == word
    to_text(seat)
    seat.put_caret("denies")
    seat.press(Key.Key_D)
    first = seat.work.project.path
    seat.window.desk.close_project()
    second = first.with_name("second laptop.annotator")
    second.write_bytes(first.read_bytes())
    machine = settings.load()
    back = []
    for laptop, key in ((first, Key.Key_1), (second, Key.Key_3)):
        seat.window.open_path(laptop, "Ada")
        to_text(seat)
        seat.work.coding.go_to(seat.annotations()[0].id)
        seat.press(key)
        back.append(handed_in(seat))
        seat.window.desk.close_project()
        machine.renew()
        seat.window.settings.machine = machine.machine
    seat.window.open_path(team.sue.path, "Sue")
    to_text(seat)
    seat.window.desk.field.receive([laptop for laptop, _ in back])
    asked = dialog(seat, ReceiveDialog)
    assert [one.word for one in asked.arrivals] == [said for _, said in back]
    assert seat.annotations() == []
    seat.qtbot.keyClick(asked.table, Key.Key_Return)
    asked = dialog(seat, ReceiveDialog)
    seat.qtbot.keyClick(asked, Key.Key_Escape)
    to_text(seat)
    made = window(seat)
    assert waiting(made) == ["contested"]
    certainties = [one.certainty for one in seat.annotations()]
    number = next(n for n, one in enumerate(made.items.popitem()[1].versions, start=1) if not one.is_shown)
    seat.qtbot.keyClick(made.list, str(number))
    assert [one.certainty for one in seat.annotations()] != certainties
    settled(seat, made)
    assert waiting(made) == []
    assert seat.work.project.check(rebuild=True) == []
