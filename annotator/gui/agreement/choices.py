"""The left side: what is counted. Set once, and every number says it again."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit, QWidget

from annotator.gui.dialogs.fields import Choice, Tick, line
from annotator.gui.parts import Scroll, box, column, label, row
from annotator.gui.theme import Theme
from annotator.gui.words import initials
from annotator.model import Coder, Document, State

from .offer import Asked, Offer, Standing
from .sheet import Sheet, SheetField
from .ticks import Entry, TickList

MOST_REPLICATES, MOST_SEED = 100_000, 999_999_999


class Choices(QWidget):
    """Coders, documents, codes, unit, resamples and seed. What is chosen is remembered while the window is open."""

    WIDTH = 248

    changed = Signal()
    open_wanted = Signal(str)  # the id of a document

    def __init__(self, theme: Theme, window: QWidget):
        """`window`: the sheets open in it."""
        super().__init__()
        self.theme, self.offer = theme, None
        self.shorts: dict[str, str] = {}  # id of a coder -> initials
        self.setProperty("ground", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(self.WIDTH)
        self.setAccessibleName(self.tr("What is counted"))
        self.coders, self.rounds = TickList(self.tr("Coders"), theme), TickList(self.tr("Rounds"), theme)
        self.documents, self.document_sheet = self._sheet(
            window, self.tr("Documents"), self.tr("Filter documents"), self.tr("Enter or a double click opens one.")
        )
        self.codes, self.code_sheet = self._sheet(window, self.tr("Codes"), self.tr("Filter codes"))
        self.with_begun = Tick(self.tr("Include documents in progress"), theme)
        self.unseen = Tick(self.tr("Leave out what a search made"), theme)
        self.unit = Choice(theme, self._units())
        self.unit.setAccessibleName(self.tr("Unit"))
        self.replicates = _whole("1000", MOST_REPLICATES, self.tr("Resamples"))
        self.seed = _whole("1", MOST_SEED, self.tr("Seed"))
        self._build()
        self._listen()

    def _units(self) -> list[tuple[str, str]]:
        return [
            (self.tr("Sentence"), "sentence"),
            (self.tr("Paragraph"), "paragraph"),
            (self.tr("Document"), "document"),
            (self.tr("Character"), "character"),
            (self.tr("Span"), "span"),
        ]

    def _sheet(self, window: QWidget, name: str, filter: str, hint: str = "") -> tuple[SheetField, Sheet]:
        field, sheet = SheetField(name, self.theme), Sheet(window, self.theme, name=name, filter=filter, hint=hint)
        field.clicked.connect(lambda: sheet.open_beside(field))
        return field, sheet

    def _build(self) -> None:
        self.rounds_head = _head(self.tr("Rounds"))
        numbers = row(
            column(label(self.tr("Resamples"), "small", "muted"), self.replicates, gap=4),
            column(label(self.tr("Seed"), "small", "muted"), self.seed, gap=4),
            gap=8,
            margins=(8, 0, 8, 0),
        )
        inside = column(
            column(_head(self.tr("Coders")), self.coders, gap=2),
            column(self.rounds_head, self.rounds, gap=2),
            column(
                _head(self.tr("Documents")),
                _set_in(self.documents),
                _set_in(self.with_begun),
                _set_in(self.unseen),
                gap=4,
            ),
            column(_head(self.tr("Codes")), _set_in(self.codes), gap=4),
            column(_head(self.tr("Unit")), _set_in(self.unit), gap=4),
            numbers,
            gap=12,
            margins=(8, 16, 8, 8),
        )
        self.foot = column(gap=8, margins=(16, 8, 16, 16))
        self.setLayout(column(Scroll(box(inside)), None, self.foot, gap=0))
        fields = (
            self.coders,
            self.rounds,
            self.documents,
            self.with_begun,
            self.unseen,
            self.codes,
            self.unit,
            self.replicates,
        )
        for before, after in pairwise((*fields, self.seed)):
            self.setTabOrder(before, after)

    def _listen(self) -> None:
        for entries in (self.coders.entries, self.rounds.entries):
            entries.ticked.connect(self._follow)
        self.with_begun.toggled.connect(self._follow)
        self.unseen.toggled.connect(self._follow)
        for sheet in (self.document_sheet, self.code_sheet):
            sheet.list.entries.ticked.connect(self._say)
            sheet.list.entries.ticked.connect(self.changed)
        self.document_sheet.closed.connect(self.documents.setFocus)
        self.code_sheet.closed.connect(self.codes.setFocus)
        self.document_sheet.list.opened.connect(self.open_wanted)
        self.unit.currentIndexChanged.connect(self.changed)
        for field in (self.replicates, self.seed):
            field.textChanged.connect(lambda words, field=field: self._number(field))

    def show_offer(self, offer: Offer) -> None:
        """What there is to choose from now. What was unticked stays unticked. Emits nothing."""
        self.offer = offer
        self.shorts = distinct([(one.id, initials(one)) for one in offer.coders])
        self.rounds.entries.put([Entry(one.id, one.name) for one in offer.rounds])
        for widget in (self.rounds_head, self.rounds):
            widget.setVisible(len(offer.rounds) > 1)
        self.code_sheet.list.entries.put(
            [
                Entry(
                    code.id,
                    code.name,
                    self.tr("retired") if code.retired else "",
                    depth=depth,
                    colour=code.colour if code.codable else (),
                )
                for code, depth in offer.codes
            ]
        )
        self._standings()

    def asked(self) -> Asked:
        """What is chosen now."""
        rounds, documents = self.rounds.entries, self.document_sheet.list.entries
        codes = self.code_sheet.list.entries
        return Asked(
            coders=tuple(self.coders.entries.ticked_ids()),
            documents=None if documents.all_ticked() else tuple(documents.ticked_ids()),
            codes=None if codes.all_ticked() else tuple(codes.ticked_ids()),
            rounds=None if rounds.all_ticked() else tuple(rounds.ticked_ids()),
            unit=self.unit.chosen(),
            include_in_progress=self.with_begun.isChecked(),
            by_search=not self.unseen.isChecked(),
            replicates=int(self.replicates.text()),
            seed=int(self.seed.text()),
        )

    def problem(self) -> str:
        """Why nothing can be asked for, in a sentence; "" when it can."""
        for field, most in ((self.replicates, MOST_REPLICATES), (self.seed, MOST_SEED)):
            if not field.hasAcceptableInput():
                words = self.tr("{name}: give a whole number from 0 to {most}.")
                return words.format(name=field.accessibleName(), most=f"{most:,}")
        nothing = ((self.rounds, self.tr("Tick a round at least.")),)
        nothing += ((self.document_sheet.list, self.tr("Tick a document at least.")),)
        nothing += ((self.code_sheet.list, self.tr("Tick a code at least.")),)
        for part, words in nothing:
            ticked, total = part.entries.counted()
            if total and not ticked:
                return words
        return ""

    # Standings --------------------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        self._standings()
        self.changed.emit()

    def _standings(self) -> None:
        """Who and which documents count, as coders, rounds and the switch are set."""
        offer = self.offer
        if offer is None:
            return
        rounds = self.rounds.entries.ticked_ids()
        counted = offer.counted(rounds, include_in_progress=self.with_begun.isChecked())
        busy = {coder for _, coder in counted}
        self.coders.entries.put(
            [
                Entry(
                    one.id,
                    f"{self.shorts[one.id]}  {one.name}",
                    "" if one.id in busy else self.tr("nothing done"),
                    counts=one.id in busy,
                )
                for one in offer.coders
            ]
        )
        for part in (self.coders, self.rounds):
            part.as_high_as_content()
        coders = [one.id for one in offer.coders if one.id not in self.coders.entries.unticked]
        entries = [self._entry(one, offer.standing(one.id, coders, rounds, counted)) for one in offer.documents]
        self.document_sheet.list.entries.put(entries)
        self._say()

    def _entry(self, document: Document, standing: Standing) -> Entry:
        """A document, with why it, or a coder of it, is left out."""
        offer = self.offer
        assert offer is not None
        people = {one.id: one for one in offer.coders}
        words: dict[State | None, str] = {
            "in progress": self.tr("in progress"),
            "to do": self.tr("to do"),
            None: self.tr("not handed out"),
        }

        apart: dict[State | None, list[Coder]] = {}
        for coder, state in standing.others:
            apart.setdefault(state, []).append(people[coder])
        short = [f"{', '.join(self.shorts[one.id] for one in who)} {words[state]}" for state, who in apart.items()]
        if not standing.counted and set(apart) == {None}:
            short = [words[None]]
        elif not standing.counts and not apart:
            short = [self.tr("coded by one coder only")]
        return Entry(
            document.id,
            document.title,
            "; ".join(short),
            "\n".join(f"{one.name}: {words[state]}" for state, who in apart.items() for one in who),
            counts=standing.counts,
        )

    def _say(self) -> None:
        """The fields say what is ticked."""
        ticked, total = self.document_sheet.list.entries.counted()
        every = self.tr("All {count} documents") if ticked == total else self.tr("{count} of {total} documents")
        every = self.tr("The only document") if ticked == total == 1 else every
        self.documents.say(
            every.format(count=f"{ticked:,}", total=f"{total:,}") if total else self.tr("None done by two coders")
        )
        ticked, total = self.code_sheet.list.entries.counted()
        every = self.tr("All {count} codes") if ticked == total else self.tr("{count} of {total} codes")
        every = self.tr("The only code") if ticked == total == 1 else every
        self.codes.say(every.format(count=ticked, total=total) if total else self.tr("No codes"))

    def _number(self, field: QLineEdit) -> None:
        field.setProperty("wrong", "false" if field.hasAcceptableInput() else "true")
        field.style().polish(field)
        self.changed.emit()


def distinct(shorts: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Id -> initials; those of several people with their place in the list."""
    used = [short for _, short in shorts]
    return {id: short if used.count(short) == 1 else f"{short} {n}" for n, (id, short) in enumerate(shorts, 1)}


def _head(words: str) -> QWidget:
    made = label(words, "small", "muted")
    made.setContentsMargins(8, 0, 0, 0)
    return made


def _set_in(widget: QWidget) -> QWidget:
    """A field whose edge stands where the words of lists begin."""
    return box(row(widget, margins=(8, 0, 8, 0)))


def _whole(words: str, most: int, name: str) -> QLineEdit:
    made = line(words)
    made.setValidator(QIntValidator(0, most, made))
    made.setAccessibleName(name)
    made.setMinimumWidth(40)
    return made
