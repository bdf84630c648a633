"""The main job, from an empty folder to exported agreement, through the real window: keys, mouse, a restart."""

import json
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

from annotator import settings
from annotator.gui.agreement.window import AgreementWindow
from annotator.gui.dialogs.hand_out import HandOutDialog
from annotator.gui.dialogs.import_documents import ImportDialog
from annotator.gui.dialogs.new_project import NewProjectDialog
from annotator.gui.dialogs.people import PeopleDialog
from annotator.gui.dialogs.who import WhoDialog
from annotator.gui.main_window import MainWindow
from annotator.gui.places import Places
from annotator.gui.theme import Theme
from annotator.gui.work import Work
from annotator.model import Document

Key, Modifier = Qt.Key, Qt.KeyboardModifier
D = TypeVar("D", bound=QDialog)

STATEMENTS = {
    "one.txt": "On the strait\n\nBy a spokesperson of the Ministry of Velmar\n\n"
    "The claim is false. Kestria has fired on our boats. We are ready to talk at any time.\n\n"
    "(Source: Velmar Press Bureau - March 14, 2031)\n",
    "two.txt": "On the bridge\n\nBy the Foreign Ministry\n\n"
    "No such order was given. Those who say so spread lies. Let them come to the table.\n",
    "three.txt": "Nothing to report\n\nThe minister left at noon. The weather was fair.\n",
}


class Story:
    """One desk, one machine, three people who sit down in turn."""

    def __init__(self, qtbot, theme: Theme):
        self.qtbot, self.theme = qtbot, theme
        self.window = self.start()

    def start(self) -> MainWindow:
        """The program is started (again): what it knows is what is on the disk."""
        window = MainWindow(self.theme, settings.load(), Places())
        self.qtbot.addWidget(window)
        window.resize(780, 700)
        window.show()
        self.qtbot.waitExposed(window)
        window.activateWindow()
        self.qtbot.waitUntil(window.isActiveWindow)
        return window

    def restart(self) -> None:
        self.window.close()
        self.window = self.start()

    @property
    def work(self) -> Work:
        assert self.window.work is not None
        return self.window.work

    def press(self, key, modifiers=Modifier.NoModifier) -> None:
        if not QApplication.activeWindow():
            self.window.activateWindow()
            self.qtbot.waitUntil(self.window.isActiveWindow)
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, modifiers)

    def write(self, words: str) -> None:
        self.qtbot.keyClicks(QApplication.focusWidget(), words)

    def dialog(self, kind: type[D]) -> D:
        """The dialog of this kind that is open now."""

        def found() -> list[D]:
            return [one for one in self.window.findChildren(kind) if one.isVisible()]

        self.qtbot.waitUntil(lambda: bool(found()))
        return found()[0]

    def sit_down(self, name: str) -> None:
        """File > Who is working: the next person types the first letters of their name."""
        self.press(Key.Key_U, Modifier.ControlModifier)
        dialog = self.dialog(WhoDialog)
        person = next(one for one in self.work.project.nouns("coder") if one.name == name)
        dialog.people.choose(person.id)
        self.qtbot.keyClick(dialog.people, Key.Key_Return)
        self.qtbot.waitUntil(lambda: self.work.project.actor.name == name)
        self.work.to_text()

    @property
    def document(self) -> Document:
        assert self.work.coding.document is not None
        return self.work.coding.document

    def current(self) -> tuple[str, ...]:
        """The words of the current annotation."""
        annotation = self.work.coding.annotation()
        assert annotation is not None
        return annotation.quotes

    def open(self, title: str) -> None:
        while self.document.title != title:
            before = self.document
            self.press(Key.Key_PageDown, Modifier.ControlModifier)
            if self.document == before:
                self.work.open_document(*self.work.groups()[0].rows[0].place)

    def code(self, words: str, key: str, *, exact: bool = False) -> None:
        """Puts the caret at these words and presses the key of a code: the sentence, or just these words, is coded."""
        start = self.work.coding.text.index(words)
        self.work.text.put_caret(start)
        if exact:
            for _ in words.split():
                self.press(Key.Key_Right, Modifier.ShiftModifier)
        self.write(key)

    def quotes(self) -> list[str]:
        return [one.quotes[0] for one in self.work.project.annotations(self.document.id)]


def write_statements(folder: Path) -> Path:
    statements = folder / "statements"
    statements.mkdir()
    for name, words in STATEMENTS.items():
        (statements / name).write_text(words, encoding="utf-8")
    return statements


def test_two_coders_a_supervisor_and_a_restart(qtbot, qapp, tmp_path):
    theme = Theme()
    theme.apply(qapp, dark=False)
    story = Story(qtbot, theme)
    make_the_project(story, tmp_path)
    bring_documents_in(story, write_statements(tmp_path))
    hand_out(story)
    code_as_the_first(story)
    story.restart()
    go_on_where_one_was(story, tmp_path)
    code_as_the_second(story)
    compare(story)
    export(story, tmp_path)
    story.window.close()
    ask_the_command_line(tmp_path)


def make_the_project(story: Story, folder: Path) -> None:
    story.press(Key.Key_N, Modifier.ControlModifier)
    dialog = story.dialog(NewProjectDialog)
    dialog.name.setText("Strait")
    dialog.folder.setText(str(folder))
    dialog.person.setText("Sue")
    story.qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    assert (folder / "Strait.annotator").exists()
    assert story.work.project.actor.name == "Sue"
    assert len([code for code in story.work.coding.codes.values() if code.codable]) == 30


def bring_documents_in(story: Story, statements: Path) -> None:
    story.work.documents.files_dropped.emit([statements])
    dialog = story.dialog(ImportDialog)
    story.qtbot.waitUntil(dialog.primary.isEnabled)
    story.qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    documents = {one.title: one for one in story.work.project.nouns("document")}
    assert {"On the strait", "On the bridge"} <= {*documents}
    assert documents["On the strait"].details["source"] == "Velmar Press Bureau"
    assert story.work.session.undo_words() == "import of documents"


def hand_out(story: Story) -> None:
    story.window.desk.people()
    people = story.dialog(PeopleDialog)
    for name in ("Coder A", "Coder B"):
        story.qtbot.mouseClick(people.add_button, Qt.MouseButton.LeftButton)
        people.rows[-1][1].setText(name)
    story.qtbot.mouseClick(people.primary, Qt.MouseButton.LeftButton)
    story.press(Key.Key_H, Modifier.ControlModifier)
    dialog = story.dialog(HandOutDialog)
    story.qtbot.mouseClick(dialog.primary, Qt.MouseButton.LeftButton)
    assert len(story.work.project.nouns("assignment")) == 9  # three of them are Sue's, who was alone at first


def code_as_the_first(story: Story) -> None:
    story.sit_down("Coder A")
    story.open("On the strait")
    story.code("The claim", "d")
    story.code("Kestria has", "a")
    story.press(Key.Key_Return)
    story.write("Kestria")
    story.press(Key.Key_Escape)
    story.code("We are ready", "o")
    assert story.quotes() == [
        "The claim is false.",
        "Kestria has fired on our boats.",
        "We are ready to talk at any time.",
    ]
    assert story.window.left.text() == "Saved"


def go_on_where_one_was(story: Story, folder: Path) -> None:
    """The laptop was closed in the middle of a document; undo still reaches back."""
    story.window.open_path(folder / "Strait.annotator", "Coder A")
    story.work.to_text()
    assert story.document.title == "On the strait"
    assert story.current() == ("We are ready to talk at any time.",)
    story.press(Key.Key_Z, Modifier.ControlModifier)
    assert len(story.quotes()) == 2
    story.press(Key.Key_Z, Modifier.ControlModifier | Modifier.ShiftModifier)
    assert len(story.quotes()) == 3
    story.press(Key.Key_Return, Modifier.ControlModifier)
    story.open("On the bridge")
    story.code("No such order", "d")
    story.code("Those who", "a")
    story.code("Let them come", "o")
    story.press(Key.Key_Return, Modifier.ControlModifier)
    story.open("Nothing to report")
    story.press(Key.Key_Return, Modifier.ControlModifier)
    assert {row.state for group in story.work.groups() for row in group.rows} == {"done"}


def code_as_the_second(story: Story) -> None:
    story.sit_down("Coder B")
    story.open("On the strait")
    assert story.quotes() == []
    story.code("The claim", "d")
    story.code("Kestria has fired", "c", exact=True)
    story.press(Key.Key_Return, Modifier.ControlModifier)
    story.open("On the bridge")
    story.code("No such order", "d")
    story.code("Those who", "a")
    story.press(Key.Key_Return, Modifier.ControlModifier)
    story.open("Nothing to report")
    story.press(Key.Key_Return, Modifier.ControlModifier)
    story.press(Key.Key_L, Modifier.ControlModifier)
    assert "Only a supervisor" in story.work.notice.words.text()


def compare(story: Story) -> None:
    story.sit_down("Sue")
    document = next(one for one in story.work.project.nouns("document") if one.title == "On the strait")
    story.work.open_document(document.id)
    story.work.to_text()
    story.press(Key.Key_L, Modifier.ControlModifier)
    page = story.window.page
    assert page is not None
    story.qtbot.waitUntil(page.isVisible)
    story.press(Key.Key_J)
    story.press(Key.Key_Escape)
    assert story.window.page is None
    assert story.work.text.hasFocus()


def export(story: Story, folder: Path) -> None:
    out = folder / "agreement.html"
    story.press(Key.Key_G, Modifier.ControlModifier)
    [window] = [one for one in QApplication.topLevelWidgets() if isinstance(one, AgreementWindow) and one.isVisible()]
    story.qtbot.waitUntil(lambda: window.numbers is not None, timeout=15_000)
    assert window.numbers is not None
    window.write(window.numbers, out, "html")
    story.qtbot.waitUntil(out.exists)
    page = out.read_text(encoding="utf-8")
    assert "Coder A" in page
    assert "Coder B" in page


def ask_the_command_line(folder: Path) -> None:
    """The same file, the same numbers, without a window."""
    import contextlib
    import io

    from annotator.cli import main

    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        code = main(["--as", "Sue", "agreement", str(folder / "Strait.annotator"), "--format", "json"])
    assert code == 0
    answer = json.loads(said.getvalue())
    assert answer["schema"] == "annotator-agreement/1"
    rows = {(row["code"], row["measure"], row["variant"]): row for row in answer["rows"] if len(row["coders"]) == 2}
    denial = next(row for (code, measure, _), row in rows.items() if (code, measure) == ("Denial", "alpha"))
    assert denial["value"] == 1.0
    assert denial["documents"] == 3
