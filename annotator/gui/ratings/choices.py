"""The left side: where the table comes from, which columns are coders, what is missing, how values are measured."""

from collections.abc import Collection

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from annotator.agreement.rating_table import Grid
from annotator.agreement.ratings import LEVELS
from annotator.gui.agreement.ticks import Entry, TickList
from annotator.gui.dialogs.fields import Choice, button, line
from annotator.gui.parts import Scroll, box, column, elided, label, row
from annotator.gui.theme import Theme

WIDTH = 264
MOST_REPLICATES, MOST_SEED = 100_000, 999_999_999


class Choices(QWidget):
    """Emits `changed` when a person chose anything; what the table offers, `show_grid` puts there."""

    changed = Signal()
    open_wanted = Signal()
    paste_wanted = Signal()
    sheet_wanted = Signal(str)

    def __init__(self, theme: Theme):
        super().__init__()
        self.theme = theme
        self.setProperty("ground", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self.setAccessibleName(self.tr("What is compared"))
        self.open = button(self.tr("Open …"), self.open_wanted.emit)
        self.paste = button(self.tr("Paste"), self.paste_wanted.emit)
        self.source, self.extent = elided("", "small"), label("", "small", "muted")
        self.sheet = self._choice(self.tr("Sheet"))
        self.coders, self.missing = TickList(self.tr("Coders"), theme), TickList(self.tr("Read as missing"), theme)
        self.document = self._choice(self.tr("Rows that stay together"))
        self.level = Choice(theme, self._levels())
        self.level.setAccessibleName(self.tr("Level of measurement"))
        self.replicates = _whole("1000", MOST_REPLICATES, self.tr("Resamples"))
        self.seed = _whole("1", MOST_SEED, self.tr("Seed"))
        self._build()
        for widget in (self.coders, self.missing):
            widget.entries.ticked.connect(self.changed)
        for field in (self.document, self.level):
            field.activated.connect(lambda place: self.changed.emit())
        for field in (self.replicates, self.seed):
            field.textChanged.connect(lambda words: self.changed.emit())
        self.sheet.activated.connect(lambda place: self.sheet_wanted.emit(self.sheet.chosen()))
        self.show_grid(None)

    def _choice(self, name: str) -> Choice:
        made = Choice(self.theme)
        made.setSizeAdjustPolicy(Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        made.setMinimumContentsLength(8)
        made.setAccessibleName(name)
        return made

    def _levels(self) -> list[tuple[str, str]]:
        names = {
            "nominal": self.tr("Nominal: no order"),
            "ordinal": self.tr("Ordinal: an order"),
            "interval": self.tr("Interval: distances count"),
            "ratio": self.tr("Ratio: a true zero"),
        }
        return [(names[level], level) for level in LEVELS]

    def _build(self) -> None:
        numbers = row(
            column(label(self.tr("Resamples"), "small", "muted"), self.replicates, gap=4),
            column(label(self.tr("Seed"), "small", "muted"), self.seed, gap=4),
            gap=8,
            margins=(8, 0, 8, 0),
        )
        self.sheet_part = _part(self.tr("Sheet"), self.sheet)
        self.missing_part = _part(self.tr("Read as missing, besides empty cells"), self.missing, is_list=True)
        self.rest = box(
            column(
                self.sheet_part,
                _part(self.tr("Columns of coders"), self.coders, is_list=True),
                _part(self.tr("Level of measurement"), self.level),
                self.missing_part,
                _part(self.tr("Rows that stay together when resampled"), self.document),
                box(numbers),
                gap=14,
            )
        )
        table = column(row(self.open, self.paste, gap=8), self.source, self.extent, gap=4, margins=(8, 0, 8, 0))
        inside = column(table, self.rest, gap=14, margins=(8, 16, 8, 16))
        self.setLayout(column(Scroll(box(inside)), None, gap=0))

    def show_grid(self, grid: Grid | None) -> None:
        """What there is to choose from in a table; nothing without one. Emits nothing."""
        self.rest.setVisible(grid is not None)
        self.source.setVisible(grid is not None)
        self.extent.setVisible(grid is not None)
        if grid is None:
            return
        self.source.setText(grid.name)
        words = self.tr("{rows} rows, {columns} columns")
        self.extent.setText(words.format(rows=f"{len(grid.rows):,}", columns=len(grid.headings)))
        likely, document = grid.likely_coders(), grid.likely_document()
        self.coders.entries.unticked = {name for name in grid.headings if name not in likely}
        self.coders.entries.put([Entry(name, name) for name in grid.headings])
        self.document.clear()
        self.document.addItem(self.tr("None: each row by itself"), "")
        for name in grid.headings:
            self.document.addItem(name, name)
        self.document.choose(document)
        self.missing.entries.unticked = set()
        self.show_marks(grid)
        self.coders.as_high_as_content()

    def show_sheets(self, sheets: Collection[str], now: str) -> None:
        """The sheets of a workbook."""
        self.sheet.clear()
        for name in sheets:
            self.sheet.addItem(name, name)
        self.sheet.choose(now)
        self.sheet_part.setVisible(len(sheets) > 1)

    def show_marks(self, grid: Grid) -> None:
        """The words in the columns of coders that may mean that nothing was rated."""
        marks = grid.marks(self.chosen_coders())
        words = self.tr("{count} cells")
        self.missing.entries.put([Entry(word, word, words.format(count=f"{n:,}")) for word, n in marks.items()])
        self.missing_part.setVisible(bool(marks))
        self.missing.as_high_as_content()

    def chosen_coders(self) -> tuple[str, ...]:
        document = self.document.chosen() or ""
        return tuple(name for name in self.coders.entries.ticked_ids() if name != document)

    def chosen_missing(self) -> tuple[str, ...]:
        return tuple(self.missing.entries.ticked_ids())

    def problem(self) -> str:
        """Why nothing can be computed, in a sentence; "" when it can."""
        for field, most in ((self.replicates, MOST_REPLICATES), (self.seed, MOST_SEED)):
            if not field.hasAcceptableInput():
                words = self.tr("{name}: give a whole number from 0 to {most}.")
                return words.format(name=field.accessibleName(), most=f"{most:,}")
        return ""


def _part(name: str, widget: QWidget, *, is_list: bool = False) -> QFrame:
    """A field below its name; the words of lists stand under the name, their rows reach out to the edge."""
    head = label(name, "small", "muted", wrap=True)
    head.setContentsMargins(8, 0, 0, 0)
    edge = 0 if is_list else 8
    return box(column(head, box(row(widget, margins=(edge, 0, edge, 0))), gap=4))


def _whole(words: str, most: int, name: str) -> QLineEdit:
    made = line(words)
    made.setValidator(QIntValidator(0, most, made))
    made.setAccessibleName(name)
    made.setMinimumWidth(40)
    return made
