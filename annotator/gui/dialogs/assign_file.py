"""Handing out as a file: to whom, in which round, which documents; and then what is in the file, with the words to check
it by."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from annotator.fieldwork.outgoing import ASSIGNMENT, Packed, Sent
from annotator.fieldwork.sealing import Seal
from annotator.gui.dialogs.dialog import Problem
from annotator.gui.dialogs.fields import Choice
from annotator.gui.dialogs.lists import Line, Lines, listed
from annotator.gui.dialogs.package_words import annotations_words, documents_words, steps_words, version_words
from annotator.gui.dialogs.place import PlaceField, free
from annotator.gui.dialogs.sealing import SealLines
from annotator.gui.dialogs.tasks import Facts, Progress, TaskDialog
from annotator.gui.parts import box, column, elided, label
from annotator.gui.theme import Theme
from annotator.model import Coder, Document, Round, State


@dataclass(frozen=True, slots=True)
class Wanted:
    """What goes to whom. Documents that are not handed out yet are, first."""

    coder: Coder
    round: Round
    documents: tuple[str, ...]


Pack = Callable[[Wanted, Progress, Callable[[], bool]], Packed]


class AssignFileDialog(TaskDialog):
    """Writes a coder's file with `pack`, once `prepare` has handed out what is not yet. `decided` carries what was sent."""

    def __init__(
        self,
        parent: QWidget | None,
        theme: Theme,
        *,
        documents: Sequence[Document],
        coders: Sequence[Coder],
        rounds: Sequence[Round],
        versions: Mapping[str, int],
        states: Mapping[tuple[str, str, str], State],
        counts: Mapping[tuple[str, str, str], int],
        folder: Path,
        encrypted: bool,
        keys: Callable[[Coder], Sequence[str]],
        prepare: Callable[[Wanted], bool],
        pack: Pack,
    ):
        """`states` and `counts` are of (document, coder, round), `versions` the number of each codebook version by its id,
        `keys` those of a coder's machines, `encrypted` says whether the project is."""
        words = self.tr("A coder who works without a network opens the file on a laptop, and sends one back.")
        super().__init__(parent, theme, self.tr("Hand out as a file"), accept=self.tr("Write the file"), words=words)
        self.all, self.versions, self.states, self.counts = list(documents), versions, states, counts
        self.folder, self.prepare, self.pack, self.keys = folder, prepare, pack, keys
        self.sent: Sent | None = None
        self.add_page(self._form_page(theme, coders, rounds, encrypted))
        self.result_page = self._result_page()
        self.add_page(self.result_page)
        self.summary = elided("", "small", "muted")
        self.aside.addWidget(self.summary)
        for chosen in (self.coder, self.round):
            chosen.currentIndexChanged.connect(self._turn_to)
        self.documents.ticked.connect(self._refresh)
        self._turn_to()
        self.setMinimumWidth(640)
        self.resize(680, 640)
        self.coder.setFocus()

    def wanted(self) -> Wanted:
        return Wanted(self.coder.chosen(), self.round.chosen(), tuple(self.documents.ticked_ids()))

    def value(self) -> Sent | None:
        return self.sent

    def problem(self) -> Problem | None:
        if not self.documents.ticked_ids():
            return self.tr("Tick a document at least."), self.documents
        words = self.place.problem()
        return (words, self.place) if words else self.sealing.problem()

    def accept(self) -> None:
        """Hands out what is not yet, then writes the file beside the window."""
        problem = self.problem()
        self.show_problem(problem)
        wanted, path, seal = self.wanted(), self.place.path(), self.sealing.seal()
        if problem is None and self.prepare(wanted):
            self.work(
                self.tr("Writing the file …"),
                lambda progress, cancelled: _written(self.pack(wanted, progress, cancelled), path, seal),
                self._show_sent,
            )

    # Pages ------------------------------------------------------------------------------------------------------------

    def _form_page(self, theme: Theme, coders: Sequence[Coder], rounds: Sequence[Round], encrypted: bool) -> QWidget:
        self.coder = Choice(theme, [(one.name, one) for one in coders])
        self.round = Choice(theme, [(one.name, one) for one in reversed(rounds)])
        self.documents = Lines(self.tr("Documents"), theme, ticks=True)
        self.place = PlaceField(ASSIGNMENT, self.tr("Hand out as a file"))
        self.form.add(self.tr("Coder"), self.coder)
        self.form.add(self.tr("Round"), self.round)
        self.end = type(self.form)()
        self.end.add(self.tr("File"), self.place, beside=self.place.with_choose())
        self.sealing = SealLines(self.end, encrypted=encrypted)
        self.form.errors |= self.end.errors
        page = column(self.form, listed(self.tr("Documents"), self.documents, all_or_none=True), self.end, gap=12)
        page.setStretch(1, 1)
        return box(page)

    def _result_page(self) -> QWidget:
        facts = Facts()
        self.said_of = label("", "heading", wrap=True)
        self.fact = {
            "path": facts.add(self.tr("File")),
            "documents": facts.add(self.tr("Documents")),
            "annotations": facts.add(self.tr("Annotations so far")),
            "codebook": facts.add(self.tr("Codebook")),
            "steps": facts.add(self.tr("Steps")),
            "word": facts.add(self.tr("Check word"), role="title"),
            "key": facts.add(self.tr("Key of this machine")),
            "seal": facts.add(self.tr("Seal")),
        }
        words = self.tr(
            "When the file is opened, the coder sees the same check word. If it is another, the file is another."
        )
        return box(column(self.said_of, facts, label(words, "small", "muted", wrap=True), None, gap=16))

    def _show_sent(self, written: tuple[Packed, Sent]) -> None:
        packed, self.sent = written
        counts = packed.counts
        self.said_of.setText(self.tr("The file for {name} is written.").format(name=packed.coder))
        said = {
            "path": str(self.sent.path),
            "documents": documents_words(counts),
            "annotations": annotations_words(counts["annotations"]),
            "codebook": version_words(packed.codebook),
            "steps": steps_words(counts["revisions"]),
            "word": packed.word,
            "key": packed.fingerprint,
            "seal": self.sealing.told(),
        }
        for name, words in said.items():
            self.fact[name].setText(words)
        self.summary.hide()
        self.show_result(self.result_page)
        self.decided.emit(self.sent)

    # Following --------------------------------------------------------------------------------------------------------

    def _turn_to(self, _: int = 0) -> None:
        """Another coder or round: what that coder has there is ticked."""
        coder, round = self.coder.chosen(), self.round.chosen()
        words = {"to do": self.tr("to do"), "in progress": self.tr("in progress"), "done": self.tr("done")}
        states = {one.id: self.states.get((one.id, coder.id, round.id)) for one in self.all}
        not_yet = self.tr("not handed out yet")
        lines = [Line(one.title, one.id, words.get(str(states[one.id]), not_yet)) for one in self.all]
        self.documents.set_lines(lines)
        self.documents.tick([id for id, state in states.items() if state])
        self.sealing.meant_for(coder.name, self.keys(coder))
        self.place.show_path(free(self.folder, f"{coder.name} {round.name}", ASSIGNMENT))
        self._refresh()

    def _refresh(self) -> None:
        coder, round, ticked = self.coder.chosen(), self.round.chosen(), self.documents.ticked_ids()
        places = [(id, coder.id, round.id) for id in ticked]
        fresh = sum(place not in self.states for place in places)
        count = sum(self.counts.get(place, 0) for place in places)
        words = self.tr("1 document") if len(ticked) == 1 else self.tr("{count} documents").format(count=len(ticked))
        parts = [words, annotations_words(count)]
        parts += [self.tr("{count} handed out with it").format(count=fresh)] if fresh else []
        number = self.versions.get(round.codebook_version or "", max(self.versions.values(), default=0))
        parts.append(self.tr("codebook version {number}").format(number=number) if number else "")
        self.summary.setText(" · ".join(filter(None, parts)))


def _written(packed: Packed, path: Path, seal: Seal | None) -> tuple[Packed, Sent]:
    return packed, packed.write(path, seal)
