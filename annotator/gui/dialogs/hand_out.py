"""Handing out documents: which, to whom, in which round, in which order."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLayout, QWidget

from annotator.gui.dialogs.dialog import Dialog, Problem
from annotator.gui.dialogs.fields import Choice, Tick, line
from annotator.gui.dialogs.lists import Line, Lines, listed
from annotator.gui.parts import Segmented, elided, label, row, search_field
from annotator.gui.theme import Theme
from annotator.model import Assignment, CodebookVersion, Coder, Document, Round, assignment_id, new_id

MOST_SEED = 999_999


@dataclass(frozen=True, slots=True)
class HandOut:
    """`round` is a noun that the project may not have yet (`new`). With a seed each coder gets an order of their own."""

    documents: tuple[str, ...]
    coders: tuple[str, ...]
    round: Round
    new: bool
    seed: int | None


class HandOutDialog(Dialog):
    """`decided` carries a HandOut. What somebody has already is counted, and stays as it is."""

    def __init__(
        self,
        parent: QWidget | None,
        theme: Theme,
        *,
        documents: Sequence[Document],
        coders: Sequence[Coder],
        rounds: Sequence[Round],
        versions: Sequence[CodebookVersion] = (),
        assignments: Sequence[Assignment] = (),
        chosen: Sequence[str] = (),
    ):
        """`chosen`: ids of documents ticked from the start; none ticks all."""
        super().__init__(parent, theme, self.tr("Hand out documents"), accept=self.tr("Hand out"))
        self.there = {one.id for one in assignments}
        self.new_round = Round(new_id(), "")
        lines = [Line(one.title, one.id, str(one.details.get("date", ""))) for one in documents]
        self.documents = Lines(self.tr("Documents"), theme, lines, ticks=True)
        self.documents.tick(chosen or None)
        self.coders = Lines(self.tr("Coders"), theme, [Line(one.name, one.id) for one in coders], ticks=True)
        self.coders.tick([one.id for one in coders if one.role == "coder"])
        lists = row(self._documents_side(theme), self._coders_side(), gap=24)
        lists.setStretch(0, 3)
        lists.setStretch(1, 2)
        self.body.addLayout(lists, 1)
        self._round_part(theme, rounds, versions)
        self.summary = elided("", "small", "muted")
        self.aside.addWidget(self.summary)
        for ticked in (self.documents, self.coders):
            ticked.ticked.connect(self._refresh)
        self.round.currentIndexChanged.connect(self._refresh)
        self.order.changed.connect(self._refresh)
        self._refresh()
        self.setMinimumWidth(680)
        self.resize(720, 640)
        self.documents.setFocus()

    def value(self) -> HandOut:
        seed = int(self.seed.text()) if self.order.chosen() == 1 else None
        return HandOut(
            tuple(self.documents.ticked_ids()), tuple(self.coders.ticked_ids()), self._round(), self._is_new(), seed
        )

    def problem(self) -> Problem | None:
        names = {self.round.itemText(n).casefold() for n in range(self.round.count() - 1)}
        name = self.name.text().strip()
        checks = (
            (not self.documents.ticked_ids(), self.tr("Tick a document at least."), self.documents),
            (not self.coders.ticked_ids(), self.tr("Tick a coder at least."), self.coders),
            (self._is_new() and not name, self.tr("The new round needs a name."), self.name),
            (
                self._is_new() and name.casefold() in names,
                self.tr("There is a round called {name} already.").format(name=name),
                self.name,
            ),
            (
                self.order.chosen() == 1 and not self.seed.hasAcceptableInput(),
                self.tr("The seed is a whole number."),
                self.seed,
            ),
            (not self._fresh(), self.tr("All of them have these documents in this round already."), self.documents),
        )
        return next(((words, field) for wrong, words, field in checks if wrong), None)

    def _documents_side(self, theme: Theme) -> QLayout:
        field = search_field(self.tr("Filter documents"), theme)
        field.textChanged.connect(self.documents.show_only)
        return listed(self.tr("Documents"), self.documents, field, all_or_none=True)

    def _coders_side(self) -> QLayout:
        return listed(self.tr("Coders"), self.coders)

    def _round_part(self, theme: Theme, rounds: Sequence[Round], versions: Sequence[CodebookVersion]) -> None:
        newest_first = sorted(versions, key=lambda version: -version.number)
        words = self.tr("Version {number}")
        self.round = Choice(theme, [(r.name, r) for r in rounds] + [(self.tr("A new round"), None)])
        self.name = line(hint=self.tr("Reliability"))
        self.blind = Tick(self.tr("Coders see only their own annotations"), theme, ticked=True)
        entries = [(words.format(number=version.number), version.id) for version in newest_first]
        self.version = Choice(theme, entries or [(self.tr("As it stands, not published"), None)])
        self.order = Segmented([self.tr("As listed"), self.tr("Random for each coder")], 1, name=self.tr("Order"))
        self.seed = line(str(secrets.randbelow(MOST_SEED) + 1))
        self.seed.setValidator(QIntValidator(0, MOST_SEED, self.seed))
        self.seed.setFixedWidth(88)
        self.seed.setAccessibleName(self.tr("Seed"))
        self.seed_label = label(self.tr("Seed"), "small", "muted")
        self.form.add(self.tr("Round"), self.round)
        self.form.add(self.tr("Name of the round"), self.name)
        self.form.add(self.tr("Blind"), self.blind)
        self.form.add(self.tr("Codebook"), self.version)
        self.form.add(self.tr("Order"), self.order, beside=row(self.order, self.seed_label, self.seed, gap=16))
        self.body.addLayout(self.form)

    def _round(self) -> Round:
        if chosen := self.round.chosen():
            return chosen
        return Round(self.new_round.id, self.name.text().strip(), self.blind.isChecked(), self.version.chosen())

    def _is_new(self) -> bool:
        return self.round.chosen() is None

    def _fresh(self) -> int:
        """How many assignments would be made."""
        pairs = ((d, c) for d in self.documents.ticked_ids() for c in self.coders.ticked_ids())
        return sum(assignment_id(document, coder, self._round().id) not in self.there for document, coder in pairs)

    def _refresh(self) -> None:
        for field in (self.name, self.blind, self.version):
            self.form.show_line(field, self._is_new())
        for widget in (self.seed, self.seed_label):
            widget.setEnabled(self.order.chosen() == 1)
        fresh, total = self._fresh(), len(self.documents.ticked_ids()) * len(self.coders.ticked_ids())
        words = self.tr("{fresh} to hand out").format(fresh=fresh)
        if fresh < total:
            one, more = self.tr(", 1 is there already"), self.tr(", {count} are there already")
            words += (one if total - fresh == 1 else more).format(count=total - fresh)
        self.summary.setText(words)
