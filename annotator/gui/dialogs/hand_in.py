"""Handing in: what goes, the word to check it by, and where to."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from annotator.fieldwork.outgoing import CODED, Packed, Sent
from annotator.gui.dialogs.dialog import Problem
from annotator.gui.dialogs.package_words import annotations_words, documents_words, steps_words
from annotator.gui.dialogs.place import PlaceField, free
from annotator.gui.dialogs.sealing import SealLines
from annotator.gui.dialogs.tasks import Facts, Progress, TaskDialog
from annotator.gui.parts import box, column, label
from annotator.gui.theme import Theme


class HandInDialog(TaskDialog):
    """Packs at once, and shows what is packed; the button writes just that. `decided` carries what was sent."""

    def __init__(
        self,
        parent: QWidget | None,
        theme: Theme,
        *,
        folder: Path,
        name: str,
        to: str,
        keys: Sequence[str],
        encrypted: bool,
        pack: Callable[[Progress, Callable[[], bool]], Packed],
    ):
        """`name` is how the file is called if nothing else is wanted; it goes `to` whoever has these `keys`, as far as they are
        known. `encrypted`: whether the project is."""
        words = self.tr("All that you have done goes into one file, which you send to the supervisor by any way.")
        super().__init__(parent, theme, self.tr("Hand in"), accept=self.tr("Hand in"), words=words)
        self.packed: Packed | None = None
        self.sent: Sent | None = None
        self.add_page(self._page(free(folder, name, CODED), encrypted))
        self.sealing.meant_for(to, keys)
        self.setMinimumWidth(560)
        self.resize(600, 440)
        self.work(self.tr("Bringing together what you have done …"), pack, self._show_packed)

    def value(self) -> Sent | None:
        return self.sent

    def told(self) -> str:
        """What the supervisor has to do with the file."""
        return self.sealing.told()

    def problem(self) -> Problem | None:
        words = self.place.problem()
        return (words, self.place) if words else self.sealing.problem()

    def accept(self) -> None:
        problem, packed, path, seal = self.problem(), self.packed, self.place.path(), self.sealing.seal()
        self.show_problem(problem)
        if problem is None and packed:
            self.work(self.tr("Writing the file …"), lambda progress, cancelled: packed.write(path, seal), self._end)

    def failed(self, error: Exception) -> None:
        super().failed(error)
        if self.packed is None:
            self.facts_box.hide()
            self.primary.hide()
            self.cancel_button.setText(self.tr("Close"))

    def _page(self, path: Path, encrypted: bool) -> QWidget:
        facts = Facts()
        self.fact = {
            "documents": facts.add(self.tr("Documents")),
            "annotations": facts.add(self.tr("Annotations")),
            "steps": facts.add(self.tr("Steps")),
            "word": facts.add(self.tr("Check word"), role="title"),
            "key": facts.add(self.tr("Key of this machine")),
        }
        self.not_done = label("", "small", "warning", wrap=True)
        about = self.tr("The supervisor sees the same check word when the file has come, and the same numbers.")
        self.place = PlaceField(CODED, self.tr("Hand in"))
        self.form.add(self.tr("File"), self.place, beside=self.place.with_choose())
        self.place.show_path(path)
        self.sealing = SealLines(self.form, encrypted=encrypted)
        inside = column(facts, self.not_done, label(about, "small", "muted", wrap=True), self.form, None, gap=12)
        inside.setContentsMargins(0, 0, 0, 0)
        self.facts_box = box(inside)
        return self.facts_box

    def _show_packed(self, packed: Packed) -> None:
        self.packed = packed
        self.show_page(self.facts_box)
        for name, words in _said(packed).items():
            self.fact[name].setText(words)
        open_ones = packed.counts["documents"] - packed.counts["done"]
        one = self.tr("1 document is not marked as done. It goes along as it is, and does not count as finished.")
        more = self.tr(
            "{count} documents are not marked as done. They go along as they are, and do not count as finished."
        )
        self.not_done.setText(one if open_ones == 1 else more.format(count=f"{open_ones:,}"))
        self.not_done.setVisible(bool(open_ones))
        self.primary.setFocus()

    def _end(self, sent: Sent) -> None:
        self.sent = sent
        self.done(1)
        self.decided.emit(sent)


def _said(packed: Packed) -> Mapping[str, str]:
    counts = packed.counts
    return {
        "documents": documents_words(counts),
        "annotations": annotations_words(counts["annotations"]),
        "steps": steps_words(counts["revisions"]),
        "word": packed.word,
        "key": packed.fingerprint,
    }
