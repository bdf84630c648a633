"""What a supervisor does with the codebook at a desk: the editor, a file in and out, a page to print."""

import contextlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QFileDialog

from annotator import codebook, drafts, editing
from annotator.errors import AnnotatorError, Refused
from annotator.gui.messages import tell, words_of
from annotator.model import Attribute, Code

if TYPE_CHECKING:
    from annotator.gui.desk import Desk
    from annotator.gui.dialogs.codebook_editor import CodebookEditor
    from annotator.gui.work import Work


class CodebookDesk(QObject):
    """Writes through the session of the project that is open at the desk."""

    def __init__(self, desk: "Desk"):
        super().__init__(desk)
        self.desk = desk

    def edit(self) -> None:
        """The editor, in a window of its own; what it saves is published as the next version."""
        from annotator.gui.dialogs.codebook_editor import CodebookEditor

        if self.desk.bring_up(CodebookEditor):
            return
        project = self.desk.work.project
        used = Counter(id for one in project.nouns("annotation") for id in (one.code, *one.attributes))
        editor = CodebookEditor(self.desk.window.theme, project.nouns("code"), project.nouns("attribute"), used=used)
        editor.save_wanted.connect(lambda codes, attributes: self._save(editor, codes, attributes))
        editor.export_wanted.connect(lambda codes, attributes: self._write(codes, attributes, "json"))
        editor.page_wanted.connect(lambda codes, attributes: self._write(codes, attributes, "html"))
        editor.import_wanted.connect(lambda: self._take(editor))
        editor.closed.connect(self._forget_draft)
        self.desk.keep(editor, editor.closed)
        if draft := drafts.kept(project):
            editor.take(draft.codes, draft.attributes)
            if draft.is_behind:
                words = self.tr(
                    "The codebook has changed since this draft was left. Look through it before you save it."
                )
                tell(editor, words)

    def keep_draft(self, editor: "CodebookEditor") -> None:
        """Keeps in the project what is not saved yet; where that cannot be, it stays in the window."""
        with contextlib.suppress(AnnotatorError):
            drafts.keep(self.desk.work.project, *editor.draft.ordered())

    def tell(self, work: "Work") -> None:
        """A project was opened: a draft in it that nobody has in sight is not passed over in silence."""
        from annotator.gui.dialogs.codebook_editor import CodebookEditor

        in_sight = any(isinstance(one, CodebookEditor) for one in self.desk.windows)
        if work.project.is_writable and not in_sight and drafts.kept(work.project):
            words = self.tr("You have not saved what you last wrote in the codebook. It is kept.")
            work.notice.tell(words, button=self.tr("Go on with it …"), action=self.edit, calm=True)

    def _forget_draft(self) -> None:
        with contextlib.suppress(AnnotatorError):
            drafts.forget(self.desk.work.project)

    def _save(self, editor: "CodebookEditor", codes: list[Code], attributes: list[Attribute]) -> None:
        """Keeps what stands in the editor; it says itself why that cannot be, and goes on with the draft."""
        session, project = self.desk.work.session, self.desk.work.project
        try:
            change = editing.revise_codebook(project, codes, attributes)
            if change.edits:
                session.must_do(change)
            self._publish()
        except AnnotatorError as error:
            tell(editor, words_of(error))
            return
        editor.saved()
        self._forget_draft()

    def _publish(self) -> None:
        try:
            change = editing.publish(self.desk.work.project)
        except Refused:
            return  # nothing has changed since the last version
        self.desk.work.session.must_do(change)

    def _take(self, editor: "CodebookEditor") -> None:
        if path := self._ask_file():
            try:
                book = codebook.read(path)
            except (AnnotatorError, OSError) as error:
                tell(editor, words_of(error))
            else:
                editor.take(book.codes, book.attributes)

    def bring_in(self) -> None:
        """Codes and attributes of a file: new ones are added, those of the same name brought up to date."""
        if path := self._ask_file():
            self.desk.attempt(lambda: self._bring(path))

    def _bring(self, path: Path) -> None:
        work = self.desk.work
        work.session.must_do(codebook.import_change(work.project, codebook.read(path)))
        self._publish()

    def write_file(self) -> None:
        """The codebook as a file that another project can bring in."""
        project = self.desk.work.project
        self._write(project.nouns("code"), project.nouns("attribute"), "json")

    def write_page(self) -> None:
        """The codebook as a page to print."""
        project = self.desk.work.project
        self._write(project.nouns("code"), project.nouns("attribute"), "html")

    def _ask_file(self) -> Path | None:
        kinds = self.tr("Codebooks ({pattern})").format(pattern="*.json")
        title = self.tr("Import a codebook")
        path, _ = QFileDialog.getOpenFileName(QApplication.activeWindow() or self.desk.window, title, "", kinds)
        return Path(path) if path else None

    def _write(self, codes: Sequence[Code], attributes: Sequence[Attribute], ending: str) -> None:
        window, project = QApplication.activeWindow() or self.desk.window, self.desk.work.project
        name = project.nouns("project")[0].name
        suggested = str(project.path.with_name(f"{name} codebook.{ending}"))
        path, _ = QFileDialog.getSaveFileName(window, self.tr("Export the codebook"), suggested, f"*.{ending}")
        if not path:
            return
        book = codebook.Codebook(name, tuple(attributes), tuple(codebook.in_order(codes)))
        try:
            if ending == "json":
                codebook.write(path, book)
            else:
                _write_page(Path(path), codebook.page(book))
        except (AnnotatorError, OSError) as error:
            tell(window, words_of(error))
        else:
            tell(window, self.tr("Written: {path}").format(path=path))


def _write_page(path: Path, words: str) -> None:
    from annotator.staging import staged

    with staged(path) as target:
        target.write_text(words, encoding="utf-8")
