"""The whole interface goes through `tr`: in a language that nobody speaks no word is left over, and none is cut off."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QMenu,
    QMenuBar,
    QTabBar,
    QWidget,
)

from annotator import paths, settings
from annotator.agreement.ends import doubt
from annotator.agreement.estimates import NO_SETS, OVERLAP
from annotator.agreement.words import verdict
from annotator.gui.agreement.saying import count
from annotator.gui.agreement.saying import said as said_in_words
from annotator.gui.main_window import MainWindow
from annotator.gui.places import Places
from annotator.model import Change, Edit
from tests.gui.cut_off import cut, words_on
from tests.gui.pseudo import drawn, of_the_calendar, pseudo, spoken_here, strangers, with_parts, words_of
from tests.gui.surfaces import SIZES, Place, all_surfaces, visible

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", "does not support raise")

Role = Qt.ItemDataRole
ROWS = 60
KEYS = {
    "home",
    "end",
    "insert",
    "ctrl",
    "alt",
    "shift",
    "tab",
    "esc",
    "del",
    "delete",
    "return",
    "enter",
    "space",
    "pgdown",
    "pgup",
    "pgdn",
}
NAMES = {"sue", "su", "ad", "be", "annotator", "sqlite", "team", "csv", "json", "html", "xlsx", "rtf", "pdf", "md"}
NAMES |= {"doc", "docm", "docx", "dotx", "epub", "fodt", "htm", "markdown", "ods", "odt", "ott", "tsv", "txt", "xhtml"}
NAMES |= {"letter", "xls", "xlsm", "xlsb", "xltx", "xltm", "diplomatic", "statements", "empty", "table", "cu"}


def of_model(view: QAbstractItemView, parent: QModelIndex | None = None) -> Iterator[str]:
    """What a list shows and tells, row by row."""
    model, parent = view.model(), parent or QModelIndex()
    if model is None:
        return
    for n in range(min(model.rowCount(parent), ROWS)):
        index = model.index(n, 0, parent)
        for role in (Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole):
            yield str(index.data(role) or "")
        yield from of_model(view, index)


def of_menu(menu: QMenuBar | QMenu) -> Iterator[str]:
    for action in menu.actions():
        yield action.text().partition("\t")[0]
        if isinstance(below := action.menu(), QMenu):
            yield from of_menu(below)


def said(widget: QWidget) -> Iterator[str]:
    """All words of one widget: shown, told by its tip, read out."""
    yield from (widget.toolTip(), widget.accessibleName(), widget.accessibleDescription(), widget.statusTip())
    if widget.isWindow():
        yield widget.windowTitle()
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        yield widget.placeholderText() if isinstance(widget, QLineEdit) else widget.text()
    if isinstance(widget, QComboBox):
        yield from map(widget.itemText, range(widget.count()))
    if isinstance(widget, QTabBar):
        yield from map(widget.tabText, range(widget.count()))
    if isinstance(widget, QAbstractItemView):
        yield from of_model(widget)
    if isinstance(widget, QMenuBar | QMenu):
        yield from of_menu(widget)
    if spoken := getattr(widget, "spoken_value", None):
        yield spoken()


@pytest.fixture
def abroad(seat, theme):
    """A seat at a window in a language that nobody speaks."""
    with spoken_here():
        seat.window = MainWindow(theme, settings.load(), Places())
        seat.qtbot.addWidget(seat.window)
        seat.window.show()
        yield seat
        seat.window.close()


def test_no_word_is_left_untranslated(abroad, tmp_path):
    team = Place(tmp_path)
    pages = " ".join(page.read_text(encoding="utf-8") for page in (paths.resources() / "help").rglob("*.md"))
    known = words_of(team._open[-1]) | KEYS | NAMES | of_the_calendar()
    of_help = known | {word.casefold() for word in re.findall("[A-Za-z]+", pages)}  # whole pages are translated
    cut_up = with_parts(words_of(team._open[-1])) | known
    left: dict[str, None] = {}
    with drawn() as painted:
        for name, widget in all_surfaces(abroad, team):
            texts = [*(words for one in visible(widget) for words in said(one)), *painted]
            painted.clear()
            for words in texts:
                among = of_help if name.startswith("help") else cut_up if name.startswith("hits") else known
                if found := strangers(words, among):
                    left[f"{name}: {' '.join(found)!r} in {words[:100]!r}"] = None
    assert not left, "\n".join(left)


def test_no_word_is_cut_off_though_all_are_a_third_longer(abroad, tmp_path):
    team = Place(tmp_path)
    left: dict[str, None] = {}
    for name, widget in all_surfaces(abroad, team, SIZES):
        for one in visible(widget):
            for why in cut(one):
                left[f"{name}: {type(one).__name__} {words_on(one)[:60]!r} {why}"] = None
    assert not left, "\n".join(left)


def test_the_language_nobody_speaks_keeps_what_is_filled_in():
    assert pseudo("{count} words") == "[{count} ŵôŕđš··]"
    assert pseudo("") == ""
    assert strangers("[Šàṽé··] Save Denial", {"denial"}) == ["Save"]


def test_a_title_is_whole_though_nothing_is_known_of_the_document(seat, team):
    seat.sit_down(team, "Ada")
    title = seat.work.header.title
    assert title.width() >= title.fontMetrics().horizontalAdvance(title.text())


def test_a_title_is_not_kept_short_by_what_stands_below_it(seat, team, qtbot):
    seat.sit_down(team, "Sue")
    before = seat.work.coding.document
    title = "A statement with a title that is longer than who said it"
    after = replace(before, title=title, details={"speaker": "An envoy"})
    assert seat.work.session.do(Change("change document", (Edit(before, after),)))
    shown = seat.work.header.title
    assert shown.text() == title
    wanted = shown.fontMetrics().horizontalAdvance(title)
    qtbot.waitUntil(lambda: shown.width() >= min(wanted, seat.work.header.state.x() - shown.x() - 16))


def test_what_a_report_says_is_translated_and_names_stay(qapp):
    told = [
        *(verdict(low, 0.2) for low in (None, 0.9, 0.7, 0.4)),
        *(doubt(3, 1000, 0, bounded=True, what=what) for what in ("documents", "places")),
        doubt(3, 0, 0, bounded=True),
        doubt(8, 1000, 12, bounded=True),
        doubt(80, 1000, 12, bounded=True),
        doubt(80, 1000, 12, bounded=False),
        OVERLAP,
        NO_SETS,
        "Ada did not mark this code",
    ]
    with spoken_here():
        for words in told:
            assert strangers(said_in_words(words), {"ada"}) == [], words
        assert strangers(count(18, "use"), set()) == []
    assert said_in_words("Ada did not mark this code") == "Ada did not mark this code"
