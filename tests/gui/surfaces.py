"""Every window, panel, page and dialog of the program, opened one after the other on a real project.

Whoever adds a surface adds a line to SURFACES; `test_everyone_names` fails for a class of widgets that none of them shows.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QRect, Qt, QThreadPool
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from annotator import editing
from annotator.gui.dialogs.dialog import Dialog
from annotator.gui.keys_sheet import ShortcutsSheet
from annotator.gui.main_window import MainWindow
from annotator.model import Attribute, Change, Code, Edit, new_id
from annotator.text import Span
from tests.conftest import Team, document
from tests.gui.conftest import Key, Seat
from tests.gui.field_surfaces import FIELD_SURFACES
from tests.gui.secret_surfaces import SECRET_SURFACES

if TYPE_CHECKING:
    from annotator.gui.agreement.window import AgreementWindow
    from annotator.gui.dialogs.codebook_editor import CodebookEditor

SIZES = ((1440, 900), (1024, 700))
TEXTS = (
    "The republic denies it. The ministry accuses its neighbour. Talks may begin.\n\nNobody wants a quarrel.",
    "We reject the claim. Our patience has an end.\n\nThe council thanks its friends for their help.",
    "No vessel crossed the line. The envoy offers to meet.",
)


class Place(Team):
    """A team whose round is open: three documents, coded by all, done by Ada and Ben; attributes of every kind; a memo,
    a certainty, overlaps, and places where the coders differ."""

    def __init__(self, folder: Path):
        super().__init__(folder, blind=False, words=TEXTS[0])
        self.documents = [self.document, *map(self._another, TEXTS[1:])]
        everyone = [one.id for one in self.sue.nouns("coder")]
        ids = [one.id for one in self.documents]
        self.sue.apply(editing.assign(self.sue, documents=ids, coders=everyone, round=self.round.id))
        self._ask_for_everything()
        for name in ("Ada", "Ben"):
            self._code_all(self.sit_down(name), shift=name == "Ben")
        self._code_all(self.sit_down("Sue"), shift=False, done=False)

    def _another(self, words: str):
        made, contents = document(words, title=f"Statement of {words.split()[1]}", details={"speaker": "An envoy"})
        self.sue.apply(Change("import documents", (Edit(None, made),)), contents=contents)
        return made

    def _ask_for_everything(self) -> None:
        more = [
            Attribute(new_id(), "reason", "text", definition="Why it is said."),
            Attribute(new_id(), "weight", "number"),
            Attribute(new_id(), "issue", "one of", choices=tuple(f"issue number {n}" for n in range(9))),
            Attribute(new_id(), "means", "several of", choices=("words", "money", "force")),
        ]
        self.attributes |= {one.name: one for one in more}
        codes = {one.id: one for one in self.sue.nouns("code")}
        denial = codes[self.codes["denial"].id]
        asked = (*denial.attributes, *(one.id for one in more))
        told = {"definition": "A claim is said to be false.", "use_when": "It is denied.", "boundary": "Take it all."}
        codes[denial.id] = self.codes["denial"] = replace(denial, attributes=asked, examples=("We reject it.",), **told)
        label = Code(new_id(), "Loaded label", parent=self.family.id, position=2, key="l", not_when="It is quoted.")
        self.codes["label"] = label
        attributes = [*self.sue.nouns("attribute"), *more]
        self.sue.apply(editing.revise_codebook(self.sue, [*codes.values(), label], attributes))
        self.sue.apply(editing.publish(self.sue))

    def _code_all(self, project, *, shift: bool, done: bool = True) -> None:
        for one in self.documents:
            self.document = one
            text = project.text(one.id)
            first, second = text.index("."), text.index(".", text.index(".") + 1)
            self.code(project, 4 if shift else 0, first + 1)
            self.code(project, first + 2, second, "offer" if shift else "denial", certainty=0.6, memo="Look again.")
            self.code(project, first + 2, first + 12, "label")
            if done:
                made = editing.mark_done(project, document=one.id, round=self.round.id, done=True)
                project.apply(made)
        self.document = self.documents[0]


def at_work(seat: Seat, team: Place) -> QWidget:
    """The supervisor's window with the text, an annotation in the inspector and a definition."""
    work = seat.work
    work.coding.go_to(next(one.id for one in seat.annotations() if one.coder == work.coding.me.id and not one.memo))
    work.to_text()
    return seat.window


def notice(seat: Seat, team: Place) -> QWidget:
    """What went wrong, with something to do about it and another one behind."""
    work = seat.work
    work.notice.tell(seat.window.tr("This round is not blind: its coders see one another already."))
    work._tell_of_gaps(2, seat.annotations()[0].id)
    return work.notice


def find_bar(seat: Seat, team: Place) -> QWidget:
    seat.work.open_find()
    seat.type("the")
    return seat.work.find_bar


def hits(seat: Seat, team: Place) -> QWidget:
    """What was found in all documents, the conditions, and the bar that codes it."""
    finding = seat.work.finding
    finding.open()
    finding.page.more.setChecked(True)
    seat.type("the")
    seat.press(Key.Key_Return)
    seat.qtbot.waitUntil(lambda: finding.is_settled and bool(finding.page.list.hits.rows), timeout=10_000)
    finding.hits.begin()
    return seat.window


def suggestions(seat: Seat, team: Place) -> QWidget:
    """The list that completes a choice."""
    from annotator.gui.panels.fields import ChoiceField

    at_work(seat, team)
    field = seat.work.inspector.findChildren(ChoiceField)[0]
    field.setFocus()
    field.show_all()
    return field.completions


def nothing_here(seat: Seat, team: Place) -> QWidget:
    """The inspector without an annotation."""
    seat.work.coding.make_current(None)
    return seat.work.side


def narrow(seat: Seat, team: Place) -> QWidget:
    at_work(seat, team)
    seat.window.resize(*SIZES[1])
    return seat.window


def palette(seat: Seat, team: Place) -> QWidget:
    seat.put_caret("Talks")
    seat.press(Key.Key_Space)
    return seat.work.palette_


def crowd(seat: Seat, team: Place) -> QWidget:
    """The list of what has no room on a line."""
    at_work(seat, team)
    text = seat.work.text
    text.crowd.offer(text.index.annotations()[:3], QRect(40, 40, 20, 16))
    return text.crowd


def keys(seat: Seat, team: Place) -> QWidget:
    seat.window.show_keys()
    return seat.window.findChildren(ShortcutsSheet)[-1]


def help_window(seat: Seat, team: Place) -> QWidget:
    seat.window.show_help()
    assert seat.window.help
    return seat.window.help


def compare(seat: Seat, team: Place) -> QWidget:
    seat.window.desk.compare()
    assert seat.window.page
    return seat.window.page


def agreement(seat: Seat, team: Place) -> "AgreementWindow":
    from annotator.gui.agreement.window import AgreementWindow

    seat.window.desk.agreement()
    [made] = [one for one in seat.window.desk._windows if isinstance(one, AgreementWindow)]
    seat.qtbot.waitUntil(lambda: not made._is_stale, timeout=10_000)
    return made


def ratings(seat: Seat, team: Place) -> QWidget:
    """A table of three coders, with a word for missing."""
    rows = "".join(f"{n % 2}\t{n % 3 % 2}\t{'–' if n % 5 == 0 else n % 2}\n" for n in range(20))
    seat.window.desk.ratings()
    made = seat.window.desk._table
    assert made is not None
    QGuiApplication.clipboard().setText(f"Ada\tBen\tSue\n{rows}")
    made.paste()
    seat.qtbot.waitUntil(lambda: made.result is not None, timeout=10_000)
    return made


def progress(seat: Seat, team: Place) -> QWidget:
    from annotator.gui.progress.window import ProgressWindow

    seat.window.desk.progress.show()
    [made] = [one for one in seat.window.desk._windows if isinstance(one, ProgressWindow)]
    return made


def agreement_tab(tab: int) -> Callable[[Seat, Place], QWidget]:
    def turned(seat: Seat, team: Place) -> QWidget:
        made = agreement(seat, team)
        made.tabs.bar.setCurrentIndex(tab)
        return made

    return turned


def beside_kappa(seat: Seat, team: Place) -> QWidget:
    """Prevalence and bias of each code, on the last tab."""
    made = agreement(seat, team)
    made.tabs.bar.setCurrentIndex(5)
    made.tabs.every.kinds.group.buttons()[1].click()
    return made


def agreement_sheet(seat: Seat, team: Place) -> QWidget:
    made = agreement(seat, team)
    made.choices.documents.click()
    return made.choices.document_sheet


def codebook_editor(seat: Seat, team: Place) -> "CodebookEditor":
    from annotator.gui.dialogs.codebook_editor import CodebookEditor

    seat.window.desk.codebook.edit()
    [made] = [one for one in seat.window.desk._windows if isinstance(one, CodebookEditor)]
    seat.qtbot.keyClick(made.tree, Key.Key_Down)
    return made


def codebook_attributes(seat: Seat, team: Place) -> QWidget:
    made = codebook_editor(seat, team)
    made.tabs.setCurrentIndex(1)
    return made


def dialog(seat: Seat) -> Dialog:
    """The dialog that is open."""
    return [one for one in seat.window.findChildren(Dialog) if one.isVisible()][-1]


def opened(run: str) -> Callable[[Seat, Place], QWidget]:
    """A dialog that an action of the table opens."""

    def open_it(seat: Seat, team: Place) -> QWidget:
        from annotator.gui.actions import ACTIONS

        seat.window.run(next(one for one in ACTIONS if one.run == run))
        return dialog(seat)

    return open_it


def importing(seat: Seat, team: Place) -> QWidget:
    """The import of a text, a table and a file that cannot be read."""
    from annotator.gui.dialogs.import_documents import REVIEW, ImportDialog

    folder = team.sue.path.parent / "in"
    folder.mkdir(exist_ok=True)
    (folder / "a statement.txt").write_text("A statement\n\nNobody wants a quarrel.\n", encoding="utf-8")
    (folder / "b table.csv").write_text("claim,statement\nA statement,The republic denies it.\n", encoding="utf-8")
    (folder / "c empty.txt").touch()
    seat.window.desk.import_documents([folder])
    made = dialog(seat)
    assert isinstance(made, ImportDialog)
    seat.qtbot.waitUntil(lambda: made.pages.currentIndex() == REVIEW, timeout=20_000)
    return made


def columns(seat: Seat, team: Place) -> QWidget:
    from annotator.gui.dialogs.columns import ColumnsDialog
    from annotator.gui.dialogs.import_documents import ImportDialog

    made = importing(seat, team)
    assert isinstance(made, ImportDialog)
    made.listing.setCurrentRow(1)
    made._choose_columns()
    return made.findChildren(ColumnsDialog)[-1]


def memo(seat: Seat, team: Place) -> QWidget:
    """A memo that is being written beside the list, with signs in the text: of a place, of the document, a bookmark."""
    at_work(seat, team)
    work = seat.work
    work.text.put_caret(0)
    if not work.memos.here:
        work.bookmarks.toggle()
        document = team.documents[0].id
        work.session.do(editing.write_memo(work.project, about=document, words="Look again."))
        work.session.do(
            editing.write_memo(work.project, about=document, words="Nobody wants a quarrel.", place=Span(4, 12))
        )
    work.memos.on_document()
    return seat.window


def making(seat: Seat, team: Place) -> QWidget:
    """Pages that take long to make."""
    from annotator.gui.paper.making import Making

    made = Making(seat.window, seat.window.tr("Print"))
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    made.show()
    return made


def question(seat: Seat, team: Place) -> QWidget:
    """A box that asks one question, as `messages.ask` makes it."""
    from annotator.gui import messages

    box = messages._box(seat.window, "Nobody wants a quarrel.", "Talks may begin.")
    box.addButton(QMessageBox.StandardButton.Ok)
    box.setModal(False)
    box.show()
    return box


def start(seat: Seat, team: Place) -> QWidget:
    seat.window.desk.close_project()
    return seat.window


SURFACES: dict[str, Callable[[Seat, Place], QWidget]] = {
    "the window": at_work,
    "a notice": notice,
    "find": find_bar,
    "hits": hits,
    "suggestions": suggestions,
    "no annotation": nothing_here,
    "the window at its least": narrow,
    "palette": palette,
    "crowd": crowd,
    "shortcuts": keys,
    "help": help_window,
    "comparison": compare,
    "agreement": agreement,
    "agreement, confusion": agreement_tab(1),
    "agreement, disagreement": agreement_tab(2),
    "agreement, over time": agreement_tab(3),
    "agreement, attributes": agreement_tab(4),
    "agreement, every number": agreement_tab(5),
    "agreement, prevalence and bias": beside_kappa,
    "agreement, a sheet": agreement_sheet,
    "ratings": ratings,
    "progress": progress,
    "time on task": opened("time.ask"),
    "codebook editor": codebook_editor,
    "codebook editor, attributes": codebook_attributes,
    "new project": opened("desk.new_project"),
    "import": opened("desk.import_documents"),
    "import, files": importing,
    "import, columns": columns,
    "hand out": opened("desk.hand_out"),
    **FIELD_SURFACES,
    "people": opened("desk.people"),
    "details": opened("desk.details"),
    "entities": opened("desk.entities"),
    "paper": opened("desk.paper.save_pdf"),
    "memo": memo,
    "pages being made": making,
    "web page": opened("desk.paper.save_page"),
    "who is working": opened("desk.switch_person"),
    "backups": opened("desk.backing_up.show"),
    "purge": opened("desk.purging.ask"),
    **SECRET_SURFACES,
    "a question": question,
    "start": start,
}


def drawer_pages(seat: Seat) -> dict[str, Callable[[Seat, Place], QWidget]]:
    """Every list that the drawer has, found out from the drawer itself."""

    def page(name: str) -> Callable[[Seat, Place], QWidget]:
        def open_it(seat: Seat, team: Place) -> QWidget:
            at_work(seat, team)
            seat.work.drawer.open(name)
            return seat.work.drawer

        return open_it

    return {f"drawer, {name}": page(name) for name in seat.work.drawer.names}


def all_surfaces(seat: Seat, team: Place, sizes=(SIZES[0],)) -> Iterator[tuple[str, QWidget]]:
    """Opens each on the project as the supervisor finds it, and closes it again. The name says the size, too."""
    seat.sit_down(team, "Sue")
    pages = drawer_pages(seat)
    for size in sizes:
        for name, open_it in {**SURFACES, **pages}.items():
            with shown(seat, team, open_it, size) as widget:
                yield f"{name}, {size[0]} px", widget


@contextmanager
def shown(seat: Seat, team: Place, open_it: Callable[[Seat, Place], QWidget], size: tuple[int, int]):
    """One surface, laid out and painted, in a window of this size."""
    window = seat.window
    window.resize(*size)
    if window.work is None:
        seat.sit_down(team, "Sue")
    widget = open_it(seat, team)
    if widget.isWindow() and widget is not window and not isinstance(widget, Dialog | QMessageBox):
        widget.resize(*(min(a, b) for a, b in zip(size, (widget.width(), widget.height()), strict=True)))
    settle()
    widget.grab()
    yield widget
    put_away(window)


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()
    for kind in (QEvent.Type.DeferredDelete, QEvent.Type.LayoutRequest):
        QCoreApplication.sendPostedEvents(None, kind)


def put_away(window: MainWindow) -> None:
    """Closes all that was opened over the text, and beside the window."""
    work = window.work
    for one in reversed(window.findChildren(Dialog) + window.findChildren(QMessageBox)):
        if one.isVisible():
            one.done(0)
    QThreadPool.globalInstance().waitForDone()
    for one in window.findChildren(QWidget):
        if one.windowType() == Qt.WindowType.Dialog and not isinstance(one, Dialog | QMessageBox):
            one.close()
    window.leave_page()
    for sheet in window.findChildren(ShortcutsSheet):
        sheet.close_sheet()
    window.desk.close_windows()
    window.desk.close_table()
    if window.help:
        window.help.close()
    if work:
        work.palette_.close_up()
        work.text.crowd.shut()
        work.find_bar.close_bar()
        work.finding.hits.stop()
        work.finding.page.more.setChecked(False)
        work.notice.clear()
        work.drawer.close_drawer()
        work.to_text()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    settle()


def visible(widget: QWidget) -> list[QWidget]:
    """The widget and all in it that can be seen."""
    return [one for one in (widget, *widget.findChildren(QWidget)) if one.isVisible()]
