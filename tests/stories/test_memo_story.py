"""From an empty folder to memos on everything and a bookmark, by keys: over a restart, undone and done again, and printed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from annotator.gui.theme import Theme
from annotator.interchange import coded_page
from annotator.interchange.coded_document import gather
from tests.stories.test_main_story import Key, Modifier, Story, bring_documents_in, make_the_project, write_statements

CTRL, SHIFT, ALT = Modifier.ControlModifier, Modifier.ShiftModifier, Modifier.AltModifier


def listed(story: Story) -> list[tuple[str, str]]:
    """What each row of the list is on, and its words."""
    QApplication.processEvents()
    items = story.work.memos.page.list
    rows = (items.item(n).data(Qt.ItemDataRole.UserRole) for n in range(items.count()))
    return [(row.on, row.words) for row in rows]


def at(story: Story, words: str) -> None:
    story.work.text.put_caret(story.work.coding.text.index(words))


def note(story: Story, key: Qt.Key, words: str) -> None:
    """Writes a memo with its key."""
    story.press(key, CTRL | SHIFT)
    story.write(words)
    story.press(Key.Key_Return, CTRL)
    assert story.work.text.hasFocus()


def test_memos_and_bookmarks_from_an_empty_folder(qtbot, qapp, tmp_path):
    theme = Theme()
    theme.apply(qapp, dark=False)
    story = Story(qtbot, theme)
    make_the_project(story, tmp_path)
    bring_documents_in(story, write_statements(tmp_path))
    story.open("On the strait")
    story.work.to_text()
    story.press(Key.Key_Home, CTRL)
    write_on_everything(story)
    everything = listed(story)
    assert everything == [
        ("Document", "A late one"),
        ("Denial", "of what"),
        ("Paragraph 3", "who counts them"),
        ("Paragraph 3", ""),
        ("Code Denial", "ask Ben"),
        ("Project", "meet on Friday"),
    ]
    story.restart()
    story.window.open_path(tmp_path / "Strait.annotator", "Sue")
    story.work.to_text()
    go_back_to_the_bookmark(story)
    take_all_back_and_do_it_again(story, everything)
    delete_the_first(story)
    print_it(story)
    story.window.close()


def write_on_everything(story: Story) -> None:
    story.code("The claim", "d")
    story.press(Key.Key_M, CTRL)
    story.write("of what")
    story.press(Key.Key_Escape)
    note(story, Key.Key_K, "ask Ben")
    at(story, "our boats")
    story.press(Key.Key_Right, SHIFT)
    note(story, Key.Key_M, "who counts them")
    at(story, "We are ready")
    story.press(Key.Key_F2, CTRL)
    note(story, Key.Key_T, "A late one")
    note(story, Key.Key_P, "meet on Friday")
    assert {sign.kind for sign in story.work.text.gutter.shown()} == {"memo", "bookmark"}


def go_back_to_the_bookmark(story: Story) -> None:
    story.work.text.put_caret(0)
    story.press(Key.Key_F2)
    assert story.work.text.caret() == story.work.coding.text.index("We are ready")
    assert len(story.work.text.overview.bookmark_rows()) == 1


def take_all_back_and_do_it_again(story: Story, everything: list[tuple[str, str]]) -> None:
    story.press(Key.Key_M, CTRL | ALT)
    assert listed(story) == everything
    for left in range(5, -1, -1):
        story.press(Key.Key_Z, CTRL)
        assert len(listed(story)) == left
    for _ in range(6):
        story.press(Key.Key_Z, CTRL | SHIFT)
    assert listed(story) == everything


def delete_the_first(story: Story) -> None:
    story.work.memos.page.list.setFocus()
    story.press(Key.Key_Home)
    story.press(Key.Key_Delete)
    assert ("Document", "A late one") not in listed(story)
    story.press(Key.Key_Z, CTRL)
    assert ("Document", "A late one") in listed(story)


def print_it(story: Story) -> None:
    coding = story.work.coding
    assert coding.document is not None
    assert coding.round is not None
    page = "".join(coded_page.page(gather(story.work.project, coding.document, coding.round)))
    notes = page[page.index(">Notes<") :]
    assert notes.index("of what") < notes.index("who counts them")
    assert "A late one" not in page
