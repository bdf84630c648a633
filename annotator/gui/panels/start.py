"""The first screen: four ways in, and what was open lately."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLocale, QPoint, QRectF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPen, QShortcut
from PySide6.QtWidgets import (
    QLabel,
    QLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from annotator.gui.marks import Mark, Progress, Sign
from annotator.gui.panels.notice import Notice
from annotator.gui.parts import Scroll, box, column, elided, keycap, label, row
from annotator.gui.theme import Theme, font

WIDTH, ROW = 928, 64
translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class RecentProject:
    """A project that was open lately, as it then stood. `there` False: the file is gone."""

    path: Path
    name: str
    round: str = ""  # the round worked in, in words
    opened: datetime | None = None
    done: int = 0
    total: int = 0
    there: bool = True


class StartPage(QWidget):
    """New project, open a project, the sample; recent projects beside them."""

    new_wanted = Signal()
    open_wanted = Signal()
    sample_wanted = Signal()
    table_wanted = Signal()
    recent_wanted = Signal(object)  # Path of a project to open
    removal_wanted = Signal(object)  # Path to drop from the list (the file stays)

    def __init__(self, theme: Theme, recent: Sequence[RecentProject] = ()):
        super().__init__()
        self.theme = theme
        self.ways = [
            self._way("plus", self.tr("New project"), self.tr("A codebook, documents, coders"), "Ctrl+N"),
            self._way("folder", self.tr("Open a project"), self.tr("Or an assignment that you were sent"), "Ctrl+O"),
            self._way(
                "sample", self.tr("Try the sample project"), self.tr("Coded by three, ready to compare"), "Ctrl+T"
            ),
            self._way(
                "table",
                self.tr("Agreement of a table"),
                self.tr("Ratings of several coders, no project"),
                "Ctrl+Shift+G",
            ),
        ]
        for way, wanted in zip(self.ways, self._wanted(), strict=True):
            way.clicked.connect(wanted)
        QShortcut(QKeySequence("Ctrl+T"), self, self.sample_wanted.emit)  # the others are actions of every window
        self.rows: list[Row] = []
        self.listing = QVBoxLayout()
        self.listing.setContentsMargins(0, 0, 0, 0)
        self.listing.setSpacing(0)
        self.recent_list = Scroll(box(self.listing, ground="canvas"))
        left = column(_heading(self.tr("Begin")), 8, *self.ways, None, gap=0)
        right = column(_heading(self.tr("Recent projects")), 8, self.recent_list, None, gap=0)
        both = row(left, right, gap=48)
        both.setStretch(0, 5)
        both.setStretch(1, 6)
        page = box(column(None, self._title(), 56, both, None, None, gap=0, margins=(16, 24, 16, 24)))
        page.setMaximumWidth(WIDTH + 32)
        ground = row(None, page, None, gap=0)
        ground.setStretch(1, 100)
        self.notice = Notice(theme)
        self.notice.dismissed.connect(self.focus_first)
        self.setLayout(column(self.notice, box(ground, ground="canvas"), gap=0))
        self.show_recent(recent)

    def _wanted(self) -> tuple[SignalInstance, ...]:
        return self.new_wanted, self.open_wanted, self.sample_wanted, self.table_wanted

    def show_recent(self, recent: Sequence[RecentProject], now: datetime | None = None) -> None:
        """Shows these, newest first; `now` is the time that “today” is told from."""
        _clear(self.listing)
        self.rows = [self._recent(project, now or datetime.now()) for project in recent]
        for made in self.rows:
            self.listing.addWidget(made)
        if not recent:
            words = self.tr("None yet. A project you open or make stands here the next time.")
            empty = label(words, "body", "muted", wrap=True)
            empty.setContentsMargins(16, 12, 16, 12)
            self.listing.addWidget(empty)
            self.listing.addStretch(1)
        self.recent_list.updateGeometry()

    def focus_first(self) -> None:
        """Puts the focus where work most likely goes on: the newest project that is there, else New project."""
        (next((made for made in self.rows if made.there), None) or self.ways[0]).setFocus()

    def _title(self) -> QLayout:
        words = column(
            label(self.tr("Annotator"), "display"),
            label(self.tr("Code texts by hand. See where coders agree."), "body", "muted"),
            gap=0,
        )
        return row(_sign(self.theme, 48), words, None, gap=20, margins=(16, 0, 0, 0))

    def _way(self, sign: str, name: str, words: str, keys: str) -> "Row":
        picture = Sign(sign, self.theme, size=20)
        text = column(None, label(name, "heading"), label(words, "small", "muted"), None, gap=2)
        made = Row(self.theme, row(picture, text, None, keycap(keys), gap=16, margins=(16, 0, 16, 0)))
        made.setAccessibleName(name)
        made.setAccessibleDescription(words)
        return made

    def _recent(self, project: RecentProject, now: datetime) -> "Row":
        when = said_when(project.opened, now) if project.opened else ""
        about = [project.round, when] if project.there else [self.tr("not there"), str(project.path.parent)]
        small = elided("  ·  ".join(words for words in about if words), "small", "muted")
        name = elided(project.name, "heading", None if project.there else "muted")
        for words in (name, small):
            words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        side = self._progress(project) if project.there else row(self._remove(project.path))
        lines = row(column(None, name, small, None, gap=2), side, gap=16, margins=(16, 0, 16, 0))
        lines.setStretch(0, 1)
        made = Row(self.theme, lines)
        made.setToolTip(str(project.path))
        made.setAccessibleName(project.name)
        made.setAccessibleDescription(small.text())
        made.clicked.connect(lambda: self.recent_wanted.emit(project.path))
        made.removed.connect(lambda: self.removal_wanted.emit(project.path))
        made.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        made.customContextMenuRequested.connect(lambda at: self._menu(made, at))
        made.there = project.there
        return made

    def _progress(self, project: RecentProject) -> QLayout:
        if not project.total:
            return row(gap=0)
        words = self.tr("{count} of {total} done").format(count=project.done, total=project.total)
        bar = Progress(project.done / project.total, self.theme, 112)
        return column(None, label(words, "small", "muted"), bar, None, gap=6)

    def _remove(self, path: Path) -> QToolButton:
        made = QToolButton()
        made.setText(self.tr("Remove from list"))
        made.setFont(font("small"))
        made.setProperty("reason", "true")
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        made.clicked.connect(lambda: self.removal_wanted.emit(path))
        return made

    def _menu(self, made: "Row", at: QPoint) -> None:
        menu = QMenu(made)
        menu.addAction(self.tr("Remove from list"), made.removed.emit)
        menu.popup(made.mapToGlobal(at))


class Row(QPushButton):
    """A whole row that is a button. Space and Enter press it, Delete asks to remove it; a row that is not there is dead."""

    removed = Signal()

    def __init__(self, theme: Theme, content: QLayout):
        super().__init__()
        self.theme, self.content, self.there = theme, content, True
        self.setLayout(content)
        self.setFixedHeight(ROW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        return QSize(self.content.sizeHint().width(), ROW)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.content.minimumSize().width(), ROW)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self.there:
                self.click()
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)

    def hitButton(self, position: QPoint) -> bool:
        return self.there and super().hitButton(position)

    def paintEvent(self, event) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        rect = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        if self.hasFocus():
            painter.setPen(QPen(self.theme.accent, 1))
            painter.setBrush(self.theme.accent_soft)
            painter.drawRoundedRect(rect, 6, 6)
        elif self.there and self.underMouse():
            painter.setBrush(self.theme.hover_of(self.theme.canvas))
            painter.drawRoundedRect(rect, 6, 6)
        painter.end()


def said_when(then: datetime, now: datetime) -> str:
    """A time as one says it: Today, 09:12; Yesterday; Friday; 9 March; 9 March 2030."""
    locale, days = QLocale(), (now.date() - then.date()).days
    if days == 0:
        return translate("StartPage", "Today, {time}").format(time=then.strftime("%H:%M"))
    if days == 1:
        return translate("StartPage", "Yesterday")
    if 1 < days < 7:
        return locale.standaloneDayName(then.isoweekday())
    month = locale.monthName(then.month)
    return f"{then.day} {month}" if then.year == now.year else f"{then.day} {month} {then.year}"


def _heading(words: str) -> QLabel:
    made = label(words, "small_strong", "muted")
    made.setContentsMargins(16, 0, 0, 0)
    return made


def _sign(theme: Theme, size: int) -> Mark:
    """The sign of the program: a line of text, and three coders under it."""
    spans = ((0, 1), (0, 0.72), (0.22, 1), (0, 0.46))

    def draw(painter: QPainter) -> None:
        colours = (theme.text, *(theme.code_colours[n] for n in (5, 3, 0)))
        painter.setPen(Qt.PenStyle.NoPen)
        for n, (colour, (start, end)) in enumerate(zip(colours, spans, strict=True)):
            painter.setBrush(colour)
            painter.drawRoundedRect(round(size * start), 4 + n * 9, round(size * (end - start)), 4, 2, 2)

    return Mark(size, 40, draw)


def _clear(layout: QVBoxLayout) -> None:
    while item := layout.takeAt(0):
        if widget := item.widget():
            widget.hide()
            widget.deleteLater()
