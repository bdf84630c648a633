"""What a supervisor does at a desk, and what opens and closes projects: each menu line that is not coding itself."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from annotator import codebook, editing, founding
from annotator.errors import AnnotatorError, Refused
from annotator.gui.messages import tell, words_of
from annotator.gui.panels.start import RecentProject
from annotator.gui.work import Work
from annotator.model import Attribute, Change, Code, Coder, Document, Edit
from annotator.project import Project

if TYPE_CHECKING:
    from annotator.gui.dialogs.hand_out import HandOut
    from annotator.gui.dialogs.import_documents import Import
    from annotator.gui.dialogs.new_project import NewProject
    from annotator.gui.main_window import MainWindow

PROJECTS = "*.annotator"


class Desk(QObject):
    """Opens, closes, imports, hands out: asks with a dialog, and writes through the session of the open project."""

    def __init__(self, window: "MainWindow"):
        super().__init__(window)
        self.window = window
        self._windows: list[QWidget] = []  # of their own: editor of the codebook, agreement

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
        done, total = int(kept.get("done", 0)), int(kept.get("total", 0))
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
        from annotator.gui.dialogs.new_project import NewProjectDialog

        shipped = founding.shipped_codebook()
        codes = sum(code.codable for code in shipped.codes)
        words = self.tr("{name}: {count} codes in {families} families, with definitions and examples.")
        about = words.format(name=shipped.name, count=codes, families=len(shipped.codes) - codes)
        lately = [Path(path).parent for path in self.window.settings.recent]
        folder = next((place for place in [*lately, Path.home() / "Documents"] if place.is_dir()), Path.home())
        dialog = NewProjectDialog(
            self.window,
            self.window.theme,
            folder=folder,
            person=self.window.settings.name,
            shipped=about,
        )
        dialog.decided.connect(self._make_project)
        dialog.open()

    def _make_project(self, wanted: "NewProject") -> None:
        settings = self.window.settings

        def make() -> None:
            book = None
            if wanted.codebook == "shipped":
                book = founding.shipped_codebook()
            elif isinstance(wanted.codebook, Path):
                book = codebook.read(wanted.codebook)
            device = settings.device(wanted.person)
            founding.found(wanted.path, name=wanted.name, supervisor=wanted.person, device=device, book=book)

        if self._try(make):
            settings.name = wanted.person
            self.open(wanted.path, wanted.person)

    def choose_project(self) -> None:
        kinds = self.tr("Projects ({pattern})").format(pattern=PROJECTS)
        path, _ = QFileDialog.getOpenFileName(self.window, self.tr("Open a project"), "", kinds)
        if path:
            self.open(Path(path))

    def open_sample(self) -> None:
        """Makes the sample project, coded by three, among the settings of this machine, and opens it as Coder A."""
        from annotator import sample
        from annotator import settings as machine

        path = machine.folder() / "sample.annotator"
        mine = self.window.settings

        def make() -> None:
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                sample.make(path, name=mine.name, device=mine.device(mine.name))

        if self._try(make):
            self.open(path, "Coder A")

    def open(self, path: Path, name: str = "") -> None:
        """Opens a project as this person or, without a name, as whoever it is: asked when it is not clear."""
        try:
            people = Project.people(path)
        except AnnotatorError as error:
            tell(self.window, words_of(error))
            self.window.start.show_recent(self.recent())
            return
        names = [coder.name.casefold() for coder in people]
        known = [coder for coder in people if (name or self.window.settings.name).casefold() == coder.name.casefold()]
        if known or len(people) == 1:
            self._open_as(path, (known or people)[0])
        elif name and name.casefold() not in names:
            tell(self.window, words_of(Refused("coder.unknown", actor=name, known=", ".join(c.name for c in people))))
        else:
            self._ask_who(path, people)

    def _ask_who(self, path: Path, people: Sequence[Coder], current: str = "") -> None:
        from annotator.gui.dialogs.who import WhoDialog

        last = current or str(self.window.places.of_window().get("last", {}).get(str(path), ""))
        dialog = WhoDialog(self.window, self.window.theme, people, current=last)
        by_id = {coder.id: coder for coder in people}
        dialog.decided.connect(lambda id: self._open_as(path, by_id[id]))
        dialog.open()

    def _open_as(self, path: Path, person: Coder) -> None:
        """Closes what is open, and opens this; a project that is in use elsewhere is opened for reading."""
        window, device = self.window, self.window.settings.device(person.name)
        window.take_down()
        notice = ""
        try:
            project = Project(path, actor=person.id, device=device)
        except AnnotatorError as error:
            notice = words_of(error)
            project = (
                self._for_reading(path, person, device) if error.key in ("project.in_use", "project.folder") else None
            )
        if project is None:
            window.show_start()
            tell(window, notice)
            return
        window.places.of_window().setdefault("last", {})[str(path)] = person.id
        window.settings.opened(path)
        work = Work(project, window.theme, window.places, points=window.settings.points)
        window.show_work(work)
        self.remember(work)
        window.places.save()
        if notice:
            work.notice.tell(self.tr("{reason} It is shown for reading only.").format(reason=notice))

    def _for_reading(self, path: Path, person: Coder, device: str) -> Project | None:
        try:
            return Project(path, actor=person.id, device=device, writing=False)
        except AnnotatorError:
            return None

    def switch_person(self) -> None:
        """Another person sits down at this project."""
        path = self.work.project.path
        self._ask_who(path, self.work.project.nouns("coder"), self.work.project.actor.id)

    def close_project(self) -> None:
        self.window.take_down()
        self.window.show_start()

    def remember(self, work: Work) -> None:
        """Keeps how far a project is, for the start page."""
        rows = [row for group in work.groups() if group.round for row in group.rows]
        round = work.coding.round
        words = ""
        if round:
            words = self.tr("{round}, blind").format(round=round.name) if round.blind else round.name
        facts = {
            "name": work.project.nouns("project")[0].name,
            "round": words,
            "opened": datetime.now().timestamp(),
            "done": sum(row.state == "done" for row in rows),
            "total": len(rows),
        }
        self.window.places.of_window().setdefault("recent", {})[str(work.project.path.resolve())] = facts

    # Documents --------------------------------------------------------------------------------------------------------

    def next_document(self) -> None:
        self.work.step_document(1)

    def previous_document(self) -> None:
        self.work.step_document(-1)

    def import_documents(self, paths: Sequence[Path] = ()) -> None:
        """Lets choose files, shows what will come in, and adds it; a person alone in a project gets it handed out."""
        if self.work.project.actor.role != "supervisor":
            self.work.notice.tell(self.tr("Only a supervisor adds documents to a project."))
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
        dialog.decided.connect(self._add_documents)
        dialog.open()

    def _add_documents(self, wanted: "Import") -> None:
        from annotator.interchange.importing import documents_change

        project, session = self.work.project, self.work.session

        def add() -> None:
            change, contents = documents_change(
                project, wanted.documents, assign_to=wanted.assign_to, round=wanted.round, twins=True
            )
            session.do(change, contents=contents)

        self._try(add)

    def import_annotations(self) -> None:
        """A table of annotations made elsewhere; all of it or, when a row is wrong, nothing."""
        kinds = self.tr("Tables ({pattern})").format(pattern="*.csv *.tsv *.txt")
        path, _ = QFileDialog.getOpenFileName(self.window, self.tr("Import annotations"), "", kinds)
        if path:
            self._try(lambda: self._take_table(Path(path)))

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
                self.work.session.do(plan.entities)
            self.work.session.do(plan.change)

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
        dialog.decided.connect(self._assign)
        dialog.open()

    def _assign(self, wanted: "HandOut") -> None:
        session, project = self.work.session, self.work.project
        if wanted.new and not session.do(Change("add round", (Edit(None, wanted.round),))):
            return
        change = editing.assign(
            project, documents=wanted.documents, coders=wanted.coders, round=wanted.round.id, seed=wanted.seed
        )
        if change.edits:
            session.do(change)

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
        dialog.decided.connect(lambda after: self._put("change document", document, after))
        dialog.open()

    def people(self) -> None:
        from annotator.gui.dialogs.people import PeopleDialog

        project = self.work.project
        dialog = PeopleDialog(self.window, self.window.theme, project.nouns("coder"), me=project.actor.id)
        dialog.decided.connect(self._save_people)
        dialog.open()

    def _save_people(self, people: Sequence[Coder]) -> None:
        before = {coder.id: coder for coder in self.work.project.nouns("coder")}
        edits = tuple(Edit(before.get(one.id), one) for one in people if before.get(one.id) != one)
        if edits:
            self.work.session.do(Change("change coder" if len(before) == len(people) else "add coder", edits))

    def reveal(self) -> None:
        """Lets the coders of the open round see one another."""
        round = self.work.coding.round
        if round is None or not round.blind:
            self.work.notice.tell(self.tr("This round is not blind: its coders see one another already."))
            return
        from annotator.gui.messages import ask

        words = self.tr("Let all coders see one another’s annotations in the round {name}?").format(name=round.name)
        more = self.tr("What they code after that is no longer independent. The history keeps when it was revealed.")
        if ask(self.window, words, yes=self.tr("Reveal"), more=more):
            self.work.session.do(editing.reveal(round))

    # The codebook -----------------------------------------------------------------------------------------------------

    def edit_codebook(self) -> None:
        """The editor, in a window of its own; what it saves is published as the next version."""
        from annotator.gui.dialogs.codebook_editor import CodebookEditor

        project = self.work.project
        used: Counter[str] = Counter()
        for document in project.nouns("document"):
            for one in project.annotations(document.id):
                used.update((one.code, *one.attributes))
        editor = CodebookEditor(self.window.theme, project.nouns("code"), project.nouns("attribute"), used=used)
        editor.save_wanted.connect(lambda codes, attributes: self._save_codebook(editor, codes, attributes))
        editor.export_wanted.connect(lambda codes, attributes: self._export(codes, attributes, "json"))
        editor.page_wanted.connect(lambda codes, attributes: self._export(codes, attributes, "html"))
        editor.import_wanted.connect(lambda: self._take_codebook(editor))
        self._keep(editor)

    def _save_codebook(self, editor: Any, codes: list[Code], attributes: list[Attribute]) -> None:
        session, project = self.work.session, self.work.project

        def save() -> None:
            change = editing.revise_codebook(project, codes, attributes)
            if change.edits:
                project_said = session.do(change)
                if not project_said:
                    return
            self._publish()
            editor.saved()

        self._try(save)

    def _publish(self) -> None:
        try:
            change = editing.publish(self.work.project)
        except Refused:
            return  # nothing has changed since the last version
        self.work.session.do(change)

    def _take_codebook(self, editor: Any) -> None:
        if path := self._ask_codebook():
            self._try(lambda: editor.take(*_parts(codebook.read(path))))

    def import_codebook(self) -> None:
        """Codes and attributes of a file: new ones are added, those of the same name brought up to date."""
        path = self._ask_codebook()
        if path and self._try(lambda: self._bring_codebook(path)):
            self._publish()

    def _bring_codebook(self, path: Path) -> None:
        self.work.session.do(codebook.import_change(self.work.project, codebook.read(path)))

    def export_codebook(self) -> None:
        project = self.work.project
        self._export(project.nouns("code"), project.nouns("attribute"), "json")

    def print_codebook(self) -> None:
        project = self.work.project
        self._export(project.nouns("code"), project.nouns("attribute"), "html")

    def _ask_codebook(self) -> Path | None:
        kinds = self.tr("Codebooks ({pattern})").format(pattern="*.json")
        path, _ = QFileDialog.getOpenFileName(self.window, self.tr("Import a codebook"), "", kinds)
        return Path(path) if path else None

    def _export(self, codes: Sequence[Code], attributes: Sequence[Attribute], ending: str) -> None:
        name = self.work.project.nouns("project")[0].name
        suggested = str(self.work.project.path.with_name(f"{name} codebook.{ending}"))
        path, _ = QFileDialog.getSaveFileName(self.window, self.tr("Export the codebook"), suggested, f"*.{ending}")
        if not path:
            return
        book = codebook.Codebook(name, tuple(attributes), tuple(codebook.in_order(codes)))
        if ending == "json":
            written = self._try(lambda: codebook.write(path, book))
        else:
            written = self._try(lambda: _write_page(Path(path), codebook.page(book)))
        if written:
            tell(QApplication.activeWindow(), self.tr("Written: {path}").format(path=path))

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
        from annotator.gui.comparing import agreement_window

        self._keep(agreement_window(self.window, self.work))

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

    def _try(self, do: Callable[[], None]) -> bool:
        """Does something that may be refused; says why when it is."""
        try:
            do()
        except (AnnotatorError, OSError) as error:
            if self.window.work:
                self.window.work.notice.tell(words_of(error))
            else:
                tell(self.window, words_of(error))
            return False
        return True

    def _keep(self, window: QWidget) -> None:
        """Shows a window of its own, and keeps it while the project is open."""
        self._windows.append(window)
        frame = window.frameGeometry()
        frame.moveCenter(self.window.frameGeometry().center())
        window.move(max(0, frame.x()), max(0, frame.y()))
        window.show()
        window.raise_()
        window.activateWindow()

    def close_windows(self) -> None:
        """Closes the windows that belong to the project."""
        for window in self._windows:
            window.close()
            window.deleteLater()
        self._windows.clear()
        QApplication.restoreOverrideCursor()


def _parts(book: codebook.Codebook) -> tuple[list[Code], list[Attribute]]:
    return list(book.codes), list(book.attributes)


def _write_page(path: Path, words: str) -> None:
    from annotator.staging import staged

    with staged(path) as target:
        target.write_text(words, encoding="utf-8")
