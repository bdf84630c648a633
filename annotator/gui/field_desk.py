"""Work without a network, from the window: what goes out to coders as a file, what comes back, and what is opened of it."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from annotator import editing, founding, protecting, secrecy, storage
from annotator.errors import AnnotatorError, Refused
from annotator.gui.messages import words_of
from annotator.project import Project

if TYPE_CHECKING:
    from annotator.fieldwork.bringing import Arrival
    from annotator.fieldwork.outgoing import Packed, Sent
    from annotator.gui.desk import Desk
    from annotator.gui.dialogs.accept import Encryption, Found
    from annotator.gui.dialogs.assign_file import Wanted
    from annotator.gui.dialogs.receive import ReceiveDialog

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]
ASSIGNMENT, CODED, COPY = (".assignment", ".coded", ".annotator")


class FieldDesk(QObject):
    """Opens the dialogs of fieldwork, and does what was decided in them."""

    def __init__(self, desk: "Desk"):
        super().__init__(desk)
        self.desk, self.window = desk, desk.window

    # Out --------------------------------------------------------------------------------------------------------------

    def assign(self) -> None:
        """A coder's documents as one file."""
        from annotator.gui.dialogs.assign_file import AssignFileDialog

        project = self.desk.work.project
        dialog = AssignFileDialog(
            self.window,
            self.window.theme,
            documents=project.nouns("document"),
            coders=sorted(project.nouns("coder"), key=lambda one: one.role == "supervisor"),
            rounds=project.nouns("round"),
            versions={one.id: one.number for one in project.nouns("codebook_version")},
            states=project.assignment_states(),
            counts=project.annotation_counts(),
            folder=project.path.parent,
            encrypted=secrecy.is_encrypted(project.path),
            keys=lambda coder: project.keys_of([coder.id]),
            prepare=self._hand_out,
            pack=partial(_pack, project),
        )
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _hand_out(self, wanted: "Wanted") -> bool:
        """Hands out what goes along and is not handed out yet."""
        project = self.desk.work.project
        change = editing.assign(project, documents=wanted.documents, coders=[wanted.coder.id], round=wanted.round.id)
        return not change.edits or self.desk.work.session.do(change)

    def hand_in(self) -> None:
        """All that this person did, as one file."""
        from annotator.gui.dialogs.hand_in import HandInDialog

        work, project = self.desk.work, self.desk.work.project
        work.inspector.flush()
        work.memos.flush()
        supervisors = [one for one in project.nouns("coder") if one.role == "supervisor"]
        dialog = HandInDialog(
            self.window,
            self.window.theme,
            folder=project.path.parent,
            name=f"{project.actor.name} {date.today():%Y-%m-%d}",
            to=supervisors[0].name if len(supervisors) == 1 else self.tr("the supervisors"),
            keys=project.keys_of([one.id for one in supervisors]),
            encrypted=secrecy.is_encrypted(project.path),
            pack=partial(_pack_work, project),
        )
        dialog.decided.connect(lambda sent: self._tell_sent(sent, dialog.told()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _tell_sent(self, sent: "Sent", told: str) -> None:
        words = self.tr("Handed in: {path}. Send this file to the supervisor. Its check word is {word}. {told}")
        self.desk.work.notice.tell(
            words.format(path=sent.path, word=sent.word, told=told),
            button=self.tr("Copy the check word"),
            action=lambda: QGuiApplication.clipboard().setText(sent.word),
            calm=True,
        )
        self.desk.work.to_text()

    # In ---------------------------------------------------------------------------------------------------------------

    def open_assignment(self, path: Path) -> None:
        """Shows what an assignment holds, makes its project or brings it up to date, and opens it."""
        from annotator.gui.dialogs.accept import AcceptDialog

        lately = [Path(one) for one in self.window.settings.recent]
        dialog = AcceptDialog(
            self.window,
            self.window.theme,
            path.name,
            read=partial(_look_at, path, lately),
            make=partial(_accept, path),
            unlocking=self.window.locking.dialog,
            before=self._let_go_of,
        )
        dialog.decided.connect(lambda made: self._open_made(*made, is_new=bool(dialog.encryption())))
        dialog.rejected.connect(self.window.locking.forget_others)
        dialog.finished.connect(_forget_passphrases)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _open_made(self, place: Path, name: str, *, is_new: bool) -> None:
        self.desk.open(place, name)
        if is_new:
            self.desk.protecting.show_code()

    def _let_go_of(self, place: Path) -> bool:
        """Closes the project that is open here when it is the one that is written to."""
        work = self.window.work
        if work is None or work.project.path.resolve() != place.resolve():
            return True
        if self.window.take_down():
            self.window.show_start()
            return True
        return False

    def take(self, paths: Sequence[Path]) -> None:
        """Files that were dropped on the window: each kind goes its way."""
        work = self.window.work
        assignments = [path for path in paths if path.suffix.casefold() == ASSIGNMENT]
        arrived = [path for path in paths if path.suffix.casefold() == CODED]
        projects = [path for path in paths if path.suffix.casefold() == COPY]
        if assignments:
            self.open_assignment(assignments[0])
        elif work and (arrived or self._are_copies(projects)):
            self.receive([*arrived, *projects])
        elif arrived:
            self.window.say(self.tr("Open the project first that this work belongs to."), passing=True)
        elif projects:
            self.desk.open(projects[0])
        elif work:
            self.desk.import_documents(paths)
        else:
            self.window.say(self.tr("Open or make a project first. Documents can be dropped on it then."), passing=True)

    def _are_copies(self, paths: Sequence[Path]) -> bool:
        """Whether these are other copies of the project that is open, which a supervisor takes in."""
        work = self.window.work
        if work is None or work.project.actor.role != "supervisor" or not paths:
            return False
        here = work.project.path.resolve()
        with suppress(AnnotatorError):
            return all(path.resolve() != here and storage.examine(path)[0] == work.project.id for path in paths)
        return False

    def receive(self, paths: Sequence[Path] = ()) -> None:
        """What coders sent: looked at first, then taken in all together."""
        from annotator.gui.dialogs.receive import FILES, ReceiveDialog

        project = self.desk.work.project
        if project.actor.role != "supervisor":
            self.window.say(self.tr("Only a supervisor receives the work of coders."), passing=True)
            return
        if not project.is_writable:
            self.window.say(words_of(Refused("project.read_only")), passing=True)
            return
        if not paths:
            kinds = self.tr("Packages and copies ({pattern})").format(pattern=FILES)
            found, _ = QFileDialog.getOpenFileNames(self.window, self.tr("Receive"), str(project.path.parent), kinds)
            paths = [Path(path) for path in found]
        if paths:
            self._receive(ReceiveDialog, project, paths)

    def _receive(self, kind: "type[ReceiveDialog]", project: Project, paths: Sequence[Path]) -> None:
        """While it looks and takes in, no time on task is written: two would wait to write."""
        dialog = kind(
            self.window,
            self.window.theme,
            paths,
            titles={one.id: one.title for one in project.nouns("document")},
            newest=max((one.number for one in project.nouns("codebook_version")), default=None),
            preview=partial(_bring, project, True),
            take_in=partial(_bring, project, False),
            before=self.desk.close_windows,
        )
        if self.window.time:
            self.window.time.end()
        dialog.decided.connect(lambda _: self.desk.open(project.path, project.actor.name))
        dialog.decide_wanted.connect(self.desk.deciding.show)
        dialog.finished.connect(self._measure_again)
        dialog.finished.connect(_forget_passphrases)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _measure_again(self) -> None:
        if self.window.time:
            self.window.time.follow()

    def receipts(self) -> None:
        """What was received before."""
        from annotator.fieldwork import bringing
        from annotator.gui.dialogs.receive import ReceiptsDialog

        project = self.desk.work.project
        titles = {one.id: one.title for one in project.nouns("document")}
        dialog = ReceiptsDialog(self.window, self.window.theme, bringing.earlier(project), titles)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _bring(
    project: Project,
    dry_run: bool,
    paths: Sequence[Path],
    trusted: Sequence[str],
    progress: Progress,
    cancelled: Cancelled,
) -> "list[Arrival]":
    from annotator.fieldwork import bringing, sealing

    sealing.asking = None  # the dialog asks
    return bringing.bring(project, paths, dry_run=dry_run, trusted=trusted, progress=progress, cancelled=cancelled)


def _pack(project: Project, wanted: "Wanted", progress: Progress, cancelled: Cancelled) -> "Packed":
    from annotator.fieldwork import outgoing

    return outgoing.packed_assignment(
        project,
        coder=wanted.coder,
        round=wanted.round,
        documents=wanted.documents,
        progress=_heeding(progress, cancelled),
    )


def _pack_work(project: Project, progress: Progress, cancelled: Cancelled) -> "Packed":
    from annotator.fieldwork import outgoing

    return outgoing.packed_work(project, progress=_heeding(progress, cancelled))


def _heeding(progress: Progress, cancelled: Cancelled) -> Progress:
    """Says how far it is, and stops there when somebody wants it to. Nothing was written by then."""

    def heed(done: int, total: int) -> None:
        if cancelled():
            raise Refused("package.stopped")
        progress(done, total)

    return heed


def _forget_passphrases() -> None:
    """Those of packages are kept for as long as the dialog that needs them is open."""
    from annotator.fieldwork import sealing

    sealing.forget()


def _look_at(path: Path, lately: Sequence[Path], progress: Progress, cancelled: Cancelled) -> "Found":
    """Reads an assignment, and finds out where its project is or goes."""
    from annotator.fieldwork import incoming, sealing
    from annotator.gui.dialogs.accept import Found

    sealing.asking = None  # the dialog asks
    arrived = incoming.read(path, progress=progress, cancelled=cancelled)
    if arrived.manifest.kind != "assignment":
        raise Refused("package.no_assignment", name=path.name)
    place = incoming.beside(path)
    places = [place, *lately, *sorted(path.parent.glob(f"*{founding.ENDING}"))]
    home = incoming.home(arrived, places)
    locked = None if home else next((one for one in places if one.is_file() and secrecy.is_locked(one)), None)
    if home is None and place.exists():
        from annotator.gui.dialogs.place import free

        place = free(place.parent, place.stem, founding.ENDING)
    return Found(arrived, home or place, home is not None, locked)


def _accept(
    path: Path, target: Path, encryption: "Encryption | None", progress: Progress, cancelled: Cancelled
) -> object:
    from annotator.fieldwork import incoming

    if not target.exists():
        founding.must_be_free(target)
    accept = partial(incoming.accept, path, target, progress=progress, cancelled=cancelled)
    if encryption is None:
        return accept()
    with protecting.for_new(target, encryption.passphrase, devices=encryption.devices) as secret:
        return accept(secret=secret)
