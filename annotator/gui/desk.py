"""What a supervisor does at a desk, and what opens and closes projects: each menu line that is not coding itself."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, SignalInstance
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator import backups, editing, opening, secrecy
from annotator.errors import AnnotatorError, Damaged, Refused
from annotator.gui.backing_up import BackingUp
from annotator.gui.codebook_desk import CodebookDesk
from annotator.gui.deciding_desk import DecidingDesk
from annotator.gui.entity_desk import open_entities
from annotator.gui.field_desk import ASSIGNMENT, CODED, FieldDesk
from annotator.gui.founding_desk import FoundingDesk
from annotator.gui.messages import tell, words_of
from annotator.gui.panels.start import RecentProject
from annotator.gui.paper_desk import PaperDesk
from annotator.gui.progress_desk import ProgressDesk
from annotator.gui.protecting_desk import ProtectingDesk
from annotator.gui.purge_desk import PurgeDesk
from annotator.gui.work import Work
from annotator.model import Change, Coder, Document, Edit, person_called
from annotator.project import Project

if TYPE_CHECKING:
    from annotator.gui.dialogs.dialog import Dialog
    from annotator.gui.dialogs.hand_out import HandOut
    from annotator.gui.dialogs.import_documents import Import
    from annotator.gui.main_window import MainWindow
    from annotator.gui.ratings.window import RatingsWindow

PROJECTS = "*.annotator"
READABLE = ("project.in_use", "project.folder", "project.not_writable", "project.no_locks")  # why one may still read


class Desk(QObject):
    """Opens, closes, imports, hands out: asks with a dialog, and writes through the session of the open project."""

    def __init__(self, window: "MainWindow"):
        super().__init__(window)
        self.window = window
        self.codebook, self.paper, self.progress = CodebookDesk(self), PaperDesk(self), ProgressDesk(self)
        self.backing_up, self.field, self.deciding = BackingUp(self), FieldDesk(self), DecidingDesk(self)
        self.purging, self.protecting, self.founding = PurgeDesk(self), ProtectingDesk(self), FoundingDesk(self)
        self._table: RatingsWindow | None = None
        self._windows: list[QWidget] = []  # of their own: editor of the codebook, agreement, progress

    @property
    def work(self) -> Work:
        """The open project: actions that need one are not offered without."""
        assert self.window.work is not None
        return self.window.work

    # Projects ---------------------------------------------------------------------------------------------------------

    def recent(self) -> list[RecentProject]:
        """What was open lately on this machine, as it then stood."""
        kept = self.window.places.of_window().get("recent", {})
        return [self._recent(Path(path), kept.get(path, {})) for path in self.window.settings.recent]

    def _recent(self, path: Path, kept: dict) -> RecentProject:
        opened = datetime.fromtimestamp(kept["opened"]) if "opened" in kept else None
        done, total = kept.get("done", 0), kept.get("total", 0)
        name, round = str(kept.get("name", path.stem)), str(kept.get("round", ""))
        return RecentProject(path, name, round, opened, done, total, path.exists())

    def forget_recent(self, path: Path) -> None:
        """Takes a project off the list; its file stays."""
        settings = self.window.settings
        settings.recent = tuple(other for other in settings.recent if other != str(path))
        settings.save()
        self.window.start.show_recent(self.recent())

    def new_project(self) -> None:
        """Asks for a name, a place and a codebook, and makes the project."""
        self.founding.ask()

    def choose_project(self) -> None:
        kinds = self.tr("Projects and assignments ({pattern})").format(pattern=f"{PROJECTS} *{ASSIGNMENT}")
        path, _ = QFileDialog.getOpenFileName(self.window, self.tr("Open a project"), "", kinds)
        if path:
            self.open(Path(path))

    def open_sample(self) -> None:
        """Opens the sample project, which is made where it is not there yet."""
        self.founding.open_sample()

    def open(self, path: Path, name: str = "") -> None:
        """Opens a project as this person or, without a name, as whoever it is: asked when it is not clear. Of an assignment
        a project is made first."""
        if path.suffix.casefold() in (ASSIGNMENT, CODED):
            self.field.take([path])
            return
        try:
            people = Project.people(path)
        except AnnotatorError as error:
            if error.key == "project.locked":
                self.window.locking.ask(path, lambda: self.open(path, name))
                return
            self._tell_unopened(path, name, error)
            self.window.start.show_recent(self.recent())
            return
        known = person_called(people, name or self.window.settings.name)
        if name and not known:
            self._say_nobody(path, name, people)
        elif known or len(people) == 1:
            self._open_as(path, known or people[0])
        else:
            self._ask_who(path, people)

    def _say_nobody(self, path: Path, name: str, people: Sequence[Coder]) -> None:
        """Nobody has the name that the program was started with: says who there is, and lets choose."""
        words = self.tr("Nobody called {name} is in this project. There are: {known}.")
        (self.window.work or self.window.start).notice.tell(
            words.format(name=name, known=", ".join(one.name for one in people)),
            button=self.tr("Who is working …"),
            action=lambda: self._ask_who(path, people),
        )

    def _ask_who(self, path: Path, people: Sequence[Coder], current: str = "") -> None:
        from annotator.gui.dialogs.who import WhoDialog

        last = current or str(self.window.places.of_window().get("last", {}).get(str(path.resolve()), ""))
        dialog = WhoDialog(self.window, self.window.theme, people, current=last)
        by_id = {coder.id: coder for coder in people}
        _ask(dialog, lambda id: self._open_as(path, by_id[id]))

    def _open_as(self, path: Path, person: Coder) -> None:
        """Closes what is open, and opens this; a project that is in use elsewhere is opened for reading."""
        window = self.window
        if not window.take_down():
            return
        notice, work, failure = "", None, None
        try:
            project, is_behind = opening.opened(path, person.id, window.settings, name=person.name)
            work = self._work(project)
            notice = words_of(AnnotatorError("project.behind", path=path)) if is_behind else ""
        except AnnotatorError as error:
            failure = error
            if error.key in READABLE:
                work = self._for_reading(path, person)
                notice = self.tr("{reason} It is shown for reading only.").format(reason=words_of(error))
        if work is None:
            window.show_start()
            if failure:
                self._tell_unopened(path, person.name, failure)
            return
        window.places.of_window().setdefault("last", {})[str(path.resolve())] = person.id
        window.settings.opened(path)
        window.show_work(work)
        self.remember(work)
        window.places.save()
        self.deciding.tell(work)
        self.codebook.tell(work)
        if notice:
            work.notice.tell(notice)

    def _tell_unopened(self, path: Path, person: str, error: AnnotatorError) -> None:
        """Why a project was not opened; of a damaged one its backups are offered."""
        if isinstance(error, Damaged) and backups.found(path):
            self.backing_up.offer(path, person, reason=words_of(error))
        else:
            self.window.say(words_of(error))

    def _work(self, project: Project) -> Work:
        """The columns of a project; one that cannot be shown is let go of. Raises what reading it raised."""
        try:
            return Work(project, self.window.theme, self.window.places, points=self.window.settings.points)
        except BaseException:
            project.close()
            raise

    def _for_reading(self, path: Path, person: Coder) -> Work | None:
        device = self.window.settings.device(person.name)
        try:
            return self._work(Project(path, actor=person.id, device=device, writing=False))
        except AnnotatorError:
            return None

    def switch_person(self) -> None:
        """Another person sits down at this project."""
        path = self.work.project.path
        self._ask_who(path, self.work.project.nouns("coder"), self.work.project.actor.id)

    def close_project(self) -> None:
        if self.window.take_down():
            secrecy.forget()
            self.window.show_start()

    def remember(self, work: Work) -> None:
        """Keeps how far a project is, for the start page."""
        rows = [row for group in work.groups() if group.round for row in group.rows]
        round = work.coding.round
        words = ""
        if round:
            words = self.tr("{round}, blind").format(round=round.name) if round.blind else round.name
        facts: dict = (
            {}
            if secrecy.is_encrypted(work.project.path)
            else {"name": work.project.nouns("project")[0].name, "round": words}
        )
        facts |= {
            "opened": datetime.now().timestamp(),
            "done": sum(row.state == "done" for row in rows),
            "total": len(rows),
        }
        self.window.places.of_window().setdefault("recent", {})[str(work.project.path.resolve())] = facts

    # Documents --------------------------------------------------------------------------------------------------------

    def import_documents(self, paths: Sequence[Path] = ()) -> None:
        """Lets choose files, shows what will come in, and adds it; a person alone in a project gets it handed out."""
        if self.work.project.actor.role != "supervisor":
            self.window.say(self.tr("Only a supervisor adds documents to a project."), passing=True)
            return
        if not self.work.project.is_writable:
            self.window.say(words_of(Refused("project.read_only")), passing=True)
            return
        from annotator.gui.dialogs.import_documents import ImportDialog
        from annotator.interchange.importing import duplicates

        project = self.work.project
        people = project.nouns("coder")
        dialog = ImportDialog(
            self.window,
            self.window.theme,
            paths=list(paths),
            twins=lambda documents: duplicates(project, documents),
            coders=people,
            me=project.actor.id,
            rounds=project.nouns("round"),
        )
        _ask(dialog, self._add_documents)

    def _add_documents(self, wanted: "Import") -> None:
        from annotator.interchange.importing import documents_change

        project, session = self.work.project, self.work.session

        def add() -> None:
            change, contents = documents_change(
                project, wanted.documents, assign_to=wanted.assign_to, round=wanted.round, twins=True
            )
            session.do(change, contents=contents)

        self.attempt(add)

    def import_annotations(self) -> None:
        """A table of annotations made elsewhere; all of it or, when a row is wrong, nothing."""
        kinds = self.tr("Tables ({pattern})").format(pattern="*.csv *.tsv *.txt")
        path, _ = QFileDialog.getOpenFileName(self.window, self.tr("Import annotations"), "", kinds)
        if path:
            self.attempt(lambda: self._take_table(Path(path)))

    def _take_table(self, path: Path) -> None:
        from annotator.interchange import annotation_table

        project = self.work.project
        plan = annotation_table.plan(
            project, path.read_bytes(), round=self.work.coding.round or project.nouns("round")[-1]
        )
        if plan.problems:
            lines = [
                self.tr("Line {line}: {words}").format(line=line, words=words_of(e)) for line, e in plan.problems[:12]
            ]
            words = self.tr("Nothing was imported: {count} rows are wrong.").format(count=len(plan.problems))
            tell(self.window, words, more="\n".join(lines))
        elif not plan.change.edits:
            tell(self.window, self.tr("Everything in this table is in the project already."))
        else:
            if plan.entities.edits:
                self.work.session.must_do(plan.entities)
            self.work.session.must_do(plan.change)

    def hand_out(self) -> None:
        """Documents to coders, in a round that is there or a new one."""
        from annotator.gui.dialogs.hand_out import HandOutDialog

        project = self.work.project
        dialog = HandOutDialog(
            self.window,
            self.window.theme,
            documents=project.nouns("document"),
            coders=project.nouns("coder"),
            rounds=project.nouns("round"),
            versions=project.nouns("codebook_version"),
            assignments=project.nouns("assignment"),
        )
        _ask(dialog, self._assign)

    def _assign(self, wanted: "HandOut") -> None:
        change = editing.assign(
            self.work.project, documents=wanted.documents, coders=wanted.coders, round=wanted.round.id, seed=wanted.seed
        )
        round = (Edit(None, wanted.round),) if wanted.new else ()
        if round or change.edits:
            self.work.session.do(Change(change.label, (*round, *change.edits)))

    def details(self) -> None:
        """Title, speaker, source, date and language of the open document."""
        from annotator.gui.dialogs.details import DetailsDialog

        document, project = self.work.coding.document, self.work.project
        if document is None:
            return
        known: dict[str, set[str]] = {}
        for other in project.nouns("document"):
            for name, value in other.details.items():
                known.setdefault(name, set()).add(str(value))
        dialog = DetailsDialog(self.window, self.window.theme, document, known=dict(known), more=sorted(known))
        _ask(dialog, lambda after: self._put("change document", document, after))

    def people(self) -> None:
        from annotator.gui.dialogs.people import PeopleDialog

        project = self.work.project
        dialog = PeopleDialog(self.window, self.window.theme, project.nouns("coder"), me=project.actor.id)
        _ask(dialog, self._save_people)

    def _save_people(self, people: Sequence[Coder]) -> None:
        before = {coder.id: coder for coder in self.work.project.nouns("coder")}
        edits = tuple(Edit(before.get(one.id), one) for one in people if before.get(one.id) != one)
        if edits:
            self.work.session.do(Change("change coder" if len(before) == len(people) else "add coder", edits))

    def entities(self) -> None:
        open_entities(self.window, self.window.theme, self.work.session)

    def reveal(self) -> None:
        """Lets the coders of the open round, else of the newest, see one another."""
        round = self.work.coding.round or self.work.project.nouns("round")[-1]
        if not round.blind:
            self.window.say(self.tr("This round is not blind: its coders see one another already."), passing=True)
            return
        from annotator.gui.messages import ask

        words = self.tr("Let all coders see one another’s annotations in the round {name}?").format(name=round.name)
        more = self.tr("What they code after that is no longer independent. The history keeps when it was revealed.")
        if ask(self.window, words, yes=self.tr("Reveal"), more=more):
            self.window.leave_page()
            self.work.session.do(editing.reveal(round))

    # Comparing --------------------------------------------------------------------------------------------------------

    def compare(self) -> None:
        """Coders side by side over the open document."""
        if not self._may_compare():
            return
        from annotator.gui.comparing import comparison_page

        self.window.show_page(comparison_page(self.window, self.work))

    def agreement(self) -> None:
        """The agreement of the project, in a window of its own."""
        if not self._may_compare():
            return
        from annotator.gui.agreement.window import AgreementWindow
        from annotator.gui.comparing import agreement_window

        if not self.bring_up(AgreementWindow):
            made = agreement_window(self.window, self.work)
            self.keep(made, made.closed)

    def ratings(self) -> None:
        """The agreement of a table of ratings, in a window of its own; no project is needed."""
        from annotator.gui.ratings.window import RatingsWindow

        if self._table is None:
            self._table = RatingsWindow(self.window.theme)
            self._table.closed.connect(self._forget_table)
            self._table.show()
        to_front(self._table)

    def _forget_table(self) -> None:
        if self._table:
            self._table.deleteLater()
            self._table = None

    def close_table(self) -> None:
        """Closes the window of ratings, which belongs to no project."""
        if self._table:
            self._table.close()

    def _may_compare(self) -> bool:
        """Says why not, and offers to let a supervisor sit down."""
        try:
            self.work.project.must_compare()
        except Refused as refusal:
            self.work.notice.tell(words_of(refusal), button=self.tr("Who is working …"), action=self.switch_person)
            return False
        return True

    # --------------------------------------------------------------------------------------------------------------------

    def _put(self, label: str, before: Document, after: Document) -> None:
        if before != after:
            self.work.session.do(Change(label, (Edit(before, after),)))

    def attempt(self, do: Callable[[], None]) -> bool:
        """Does something that may be refused; says why when it is."""
        try:
            do()
        except (AnnotatorError, OSError) as error:
            self.window.say(words_of(error))
            return False
        return True

    def keep(self, window: QWidget, closed: SignalInstance) -> None:
        """Shows a window of its own, and keeps it until it or the project is closed."""
        self._windows.append(window)
        closed.connect(lambda: self._let_go(window))
        frame = window.frameGeometry()
        frame.moveCenter(self.window.frameGeometry().center())
        window.move(max(0, frame.x()), max(0, frame.y()))
        window.show()
        to_front(window)

    def _let_go(self, window: QWidget) -> None:
        self._windows.remove(window)
        window.deleteLater()

    def bring_up(self, kind: type[QWidget]) -> bool:
        """Brings such a window to the front, if there is one."""
        found = [window for window in self._windows if isinstance(window, kind)]
        for window in found:
            to_front(window)
        return bool(found)

    @property
    def windows(self) -> list[QWidget]:
        """The windows of their own that belong to the project."""
        return self._windows

    def close_windows(self) -> bool:
        """Closes the windows that belong to the project. False when one stays, as there is something to save in it."""
        return all(window.close() for window in self._windows.copy())


def _ask(dialog: "Dialog", then: Callable[[Any], None]) -> None:
    """Opens a dialog; what is decided in it is done, and it is gone when it is closed."""
    dialog.decided.connect(then)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def to_front(window: QWidget) -> None:
    window.raise_()
    window.activateWindow()
