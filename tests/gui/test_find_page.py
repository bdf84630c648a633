"""The page that finds over the project: every condition by its field, and the words around a hit in either direction."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QLabel

from annotator import editing
from annotator.finding import Hit
from annotator.gui.panels.find_conditions import Offer
from annotator.gui.panels.find_page import FindPage
from annotator.gui.panels.hit_bar import HitBar
from annotator.gui.panels.kwic import Kwic, reads_from_right
from annotator.model import Change, Edit
from annotator.text import Span
from tests.conftest import document

from .conftest import Key
from .test_finding import look, settled


@pytest.fixture
def page(qtbot, theme):
    made = FindPage(theme)
    qtbot.addWidget(made)
    made.resize(900, 400)
    made.show()
    made.offer(
        Offer(
            codes=[("Denial", "d"), ("Offer", "o")],
            coders=[("Ada", "a"), ("Ben", "b")],
            rounds=[("Main", "m"), ("Pilot", "p")],
            attributes=[("stance", "s")],
            languages=[("English (en)", "en"), ("French (fr)", "fr")],
            speakers=[("The Consul", "The Consul")],
        )
    )
    made.more.setChecked(True)
    return made


def choose(choice, value):
    choice.choose(value)
    choice.activated.emit(choice.currentIndex())


def test_other_words_than_those_of_the_hits_say_how_to_go_on(page, qtbot):
    page.field.setText("strait")
    page.start()
    page.finish("3 hits in 1 document")
    qtbot.keyClicks(page.field, "s")
    assert page.count.text() == "Enter looks for “straits”."
    qtbot.keyClick(page.field, Key.Key_Backspace)
    assert page.count.text() == "3 hits in 1 document"


def test_every_condition_has_its_field(page):
    fields = page.conditions
    for choice, value in (
        (fields.where, "coded"),
        (fields.code, "d"),
        (fields.coder, "b"),
        (fields.round, "p"),
        (fields.attribute, "s"),
        (fields.language, "fr"),
        (fields.speaker, "The Consul"),
    ):
        choose(choice, value)
    fields.value.setText(" cool ")
    fields.memo.setText("odd")
    query = page.query()
    assert (query.where, query.codes, query.coders, query.round) == ("coded", {"d"}, {"b"}, "p")
    assert (query.attributes, query.memo) == ({"s": "cool"}, "odd")
    assert (query.languages, query.speakers) == ({"fr"}, {"The Consul"})
    page.more.setChecked(False)
    assert not page.query().of_annotations


@pytest.mark.parametrize(
    ("chosen", "inside", "outside"),
    [
        ("unsure", [0.0, 0.25], [0.6, 0.95]),
        ("at most fairly", [0.25, 0.6], [0.95]),
        ("fairly", [0.6], [0.25, 0.95]),
        ("at least fairly", [0.6, 0.95], [0.25]),
        ("sure", [0.95, 1.0], [0.25, 0.6]),
    ],
)
def test_certainty_is_asked_both_ways_as_the_inspector_shows_it(page, chosen, inside, outside):
    choose(page.conditions.certainty, chosen)
    query = page.query()
    low, high = query.least or 0.0, 1.0 if query.most is None else query.most
    assert all(low <= value <= high for value in inside)
    assert not any(low <= value <= high for value in outside)


def test_a_choice_asks_at_once_and_enter_in_a_field_too(page, qtbot):
    with qtbot.waitSignal(page.asked, check_params_cb=lambda query: query.codes == {"o"}):
        choose(page.conditions.code, "o")
    page.conditions.memo.setText("odd")
    with qtbot.waitSignal(page.asked, check_params_cb=lambda query: query.memo == "odd"):
        qtbot.keyClick(page.conditions.memo, Key.Key_Return)


def test_only_what_there_is_to_choose_from_is_in_sight(page):
    fields = page.conditions
    assert not fields.value.isVisible()
    choose(fields.attribute, "s")
    assert fields.value.isVisible()
    choose(fields.round, "p")
    page.offer(Offer(coders=[("Ada", "a")], rounds=[("Main", "m")], languages=[("English (en)", "en")]))
    hidden = (fields.code, fields.coder, fields.round, fields.attribute, fields.language, fields.speaker, fields.value)
    assert not any(one.isVisible() for one in hidden)
    assert page.query().round is None  # what is gone is no longer asked


def test_documents_are_found_by_round_language_and_speaker(seat, team, qtbot):
    noun, contents = document("Il nie. He denies.", title="Deux", language="fr", details={"speaker": "The Consul"})
    team.sue.apply(Change("import documents", (Edit(None, noun),)), contents=contents)
    ada = team.coders["Ada"].id
    team.sue.apply(editing.assign(team.sue, documents=[noun.id], coders=[ada], round=team.round.id))
    team.code(team.sit_down("Ada"), 0, 23)
    seat.sit_down(team, "Ada")
    look(seat, qtbot, "denies")
    finding = seat.work.finding
    fields = finding.page.conditions

    def titles():
        settled(finding, qtbot)
        return [one.title for one in finding.page.list.hits.rows]

    assert titles() == ["A statement", "Deux"]
    finding.page.more.click()
    choose(fields.speaker, "The Consul")
    assert titles() == ["Deux"]
    choose(fields.speaker, "")
    choose(fields.round, team.round.id)
    assert titles() == ["A statement"]
    choose(fields.round, next(one.id for one in seat.work.project.nouns("round") if one.id != team.round.id))
    assert titles() == []


# Words around -----------------------------------------------------------------------------------------------------------

ARABIC = Hit("d", Span(0, 5), "نفت الحكومة أن تكون قد ", "أعلنت", " عن موقف جديد في بيانها")
HEBREW = Hit("d", Span(0, 5), "דובר המשרד ", "הכחיש", " את הטענה")
ENGLISH = Hit("d", Span(0, 5), "The government ", "denies", " all of it")
AREA = QRect(10, 0, 500, 26)


def test_what_comes_before_stands_right_where_one_reads_from_the_right():
    before, hit, after = Kwic(ENGLISH).places(AREA, 60)
    assert before.right() < hit.left() <= hit.right() < after.left()
    for turned in (ARABIC, HEBREW):
        there = Kwic(turned).places(AREA, 60)
        assert [AREA.left() + AREA.right() - one.right() for one in there] == [before.left(), hit.left(), after.left()]
        assert [one.width() for one in there] == [before.width(), hit.width(), after.width()]


def test_the_way_is_that_of_the_line_and_not_of_one_name_in_it():
    assert reads_from_right("قالت Reuters أمس إن")
    assert not reads_from_right("The word بيان means statement")
    assert Kwic(Hit("d", Span(0, 7), "قالت ", "Reuters", " أمس إن الحكومة")).from_right
    assert not reads_from_right("12, 13")


def test_a_wide_hit_never_leaves_its_line():
    for hit in (ARABIC, ENGLISH):
        for wide in (10, 130, 490, 500):
            parts = Kwic(hit).places(AREA, wide)
            assert all(AREA.contains(one) for one in parts if one.width())
            assert sum(one.width() for one in parts) == AREA.width()


def ink(image: QImage, area: QRect) -> int:
    ground = QColor("white").rgb()
    columns = range(area.left(), area.right() + 1)
    return sum(any(image.pixel(x, y) != ground for y in range(image.height())) for x in columns)


def test_words_are_drawn_next_to_the_hit_on_their_own_side(theme):
    """The words before end at the hit, those after begin at it, in both directions."""
    for hit in (ENGLISH, HEBREW):
        for left, right in (("", hit.right), (hit.left, "")):
            image = QImage(520, 26, QImage.Format.Format_RGB32)
            image.fill(QColor("white"))
            painter = QPainter(image)
            line = Kwic(hit._replace(left=left, right=right))
            line.paint(painter, AREA, theme)
            painter.end()
            before, _, after = line.places(AREA, 40)
            full, empty = (before, after) if left else (after, before)
            at_left = full.right() < empty.left()
            near = QRect(full.right() - 59, 0, 60, 26) if at_left else QRect(full.left(), 0, 60, 26)
            far = QRect(full.left(), 0, 60, 26) if at_left else QRect(full.right() - 59, 0, 60, 26)
            assert ink(image, near) > 15
            assert ink(image, far) == 0


def test_letters_of_a_word_keep_their_shape_where_the_hit_begins_in_it():
    line = Kwic(Hit("d", Span(3, 7), "وال", "كتاب", "ة هنا"))
    assert line.before.endswith("\u200d")
    assert line.words == "\u200dكتاب\u200d"
    assert Kwic(ENGLISH).words == "denies"


def test_the_key_that_goes_on_is_the_one_that_the_bar_shows(qapp, qtbot, theme):
    for way, key, cap in (
        (Qt.LayoutDirection.RightToLeft, Key.Key_Left, "←"),
        (Qt.LayoutDirection.LeftToRight, Key.Key_Right, "→"),
    ):
        qapp.setLayoutDirection(way)
        try:
            bar = HitBar(theme)
            qtbot.addWidget(bar)
            assert cap in [one.text() for one in bar.findChildren(QLabel)]
            with qtbot.waitSignal(bar.stepped, check_params_cb=lambda by: by == 1):
                qtbot.keyClick(bar, key)
        finally:
            qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_the_list_lays_out_and_answers_in_either_direction(page, qtbot):
    from annotator.gui.panels.find_results import HitRow

    page.add([HitRow(hit, "Title", 1, n) for n, hit in enumerate((ARABIC, HEBREW, ENGLISH))])
    for way in (Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight):
        page.setLayoutDirection(way)
        page.list.viewport().grab()
    assert page.list.columnWidth(0) == page.list.viewport().width()
