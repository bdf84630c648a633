"""The help, offline: pages of resources/help in a window of their own, and the keys as they are now."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt, QUrl
from PySide6.QtGui import QImage, QKeyEvent, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from annotator import paths
from annotator.gui.dialogs.lists import Line, Lines
from annotator.gui.key_lines import Shortcut, shortcuts
from annotator.gui.parts import box, column, label, row, rule, search_field
from annotator.gui.theme import Theme, font

INDENT = 16  # px of a list
DENSITY = 2  # pixels of a picture for each on the page
KEYS = "keys"  # the name of the page that is made from the table of actions
TOPIC = "help"  # the property of a widget that names its page
translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Page:
    """One page: its name in links, its title, its words as Markdown or, of the keys, as HTML."""

    name: str
    title: str
    words: str


def topic_of(widget: QWidget | None) -> str:
    """The page about a widget, by the nearest part around it that names one; "" if there is none."""
    while widget is not None:
        if topic := widget.property(TOPIC):
            return str(topic)
        widget = widget.parentWidget()
    return ""


@cache
def shipped(folder: str) -> tuple[Page, ...]:
    """The pages of one folder of the help, in order."""
    return tuple(_read(path) for path in sorted((paths.resources() / "help" / folder).glob("*.md")))


def _read(path: Path) -> Page:
    words = path.read_text(encoding="utf-8")
    return Page(path.stem.partition("_")[2], words.partition("\n")[0].lstrip("# "), words)


def keys_page(shortcuts: Iterable[Shortcut]) -> Page:
    """Every action that has a key, in groups, as the keys are at this moment."""
    title = translate("HelpWindow", "All keys")
    groups: dict[str, list[Shortcut]] = {}
    for one in shortcuts:
        if one.caps:
            groups.setdefault(one.group, []).append(one)
    tables = (f"<h3>{escape(group)}</h3>{_table(lines)}" for group, lines in groups.items())
    said = translate("HelpWindow", "Press ? in the text for the same as a sheet, where each key can be changed.")
    return Page(KEYS, title, f"<h1>{escape(title)}</h1><p>{escape(said)}</p>{''.join(tables)}")


def _table(lines: Iterable[Shortcut]) -> str:
    rows = (
        f"<tr><td width='320'>{escape(one.words)}</td><td><code>{escape(' '.join(one.caps))}</code></td></tr>"
        for one in lines
    )
    return f"<table cellpadding='3'>{''.join(rows)}</table>"


class Browser(QTextBrowser):
    """Shows a page. Pictures are twice as fine as they are large, and there is one for each theme."""

    def __init__(self, theme: Theme):
        super().__init__()
        self.theme = theme
        self.setAccessibleName(translate("HelpWindow", "Page"))
        self.setFrameStyle(0)
        self.setFont(font("body"))
        self.document().setDocumentMargin(32)
        self.document().setIndentWidth(INDENT)
        self.setOpenLinks(False)

    def show_page(self, page: Page) -> None:
        if page.name == KEYS:
            self.setHtml(page.words)
        else:
            self.setMarkdown(page.words)
        self.verticalScrollBar().setValue(0)

    def loadResource(self, type: int, name: QUrl | str, /) -> object:
        if type != QTextDocument.ResourceType.ImageResource.value:
            return None
        picture = QImage(str(picture_of(QUrl(name).fileName(), dark=self.theme.dark)))
        picture.setDevicePixelRatio(DENSITY)
        return picture


def picture_of(name: str, *, dark: bool) -> Path:
    """The file of a picture that a page names."""
    return paths.resources() / "help" / "pictures" / (f"{name}_dark.png" if dark else f"{name}.png")


class HelpWindow(QWidget):
    """A list of pages, a field that finds words in them, and the page. Esc closes."""

    def __init__(self, theme: Theme):
        super().__init__()
        self.theme = theme
        self.setWindowTitle(self.tr("Annotator help"))
        self.setProperty("ground", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.resize(1000, 720)
        self.pages: dict[str, Page] = {}
        self.field = search_field(self.tr("Find in the help"), theme)
        self.list = Lines(self.tr("Pages"), theme)
        self.none = label(self.tr("No page has these words."), "small", "muted", wrap=True)
        self.browser = Browser(theme)
        self.browser.anchorClicked.connect(lambda url: self.show_page(url.fileName()))
        self.list.currentRowChanged.connect(lambda _: self._show())
        self.field.textChanged.connect(self._list)
        side = box(column(self.field, self.none, self.list, gap=8, margins=(8, 8, 8, 8)), ground="panel")
        side.setFixedWidth(248)
        whole = row(side, rule("v"), self.browser, gap=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.renew()

    def renew(self) -> None:
        """Takes the keys as they are now, and shows the page that was in sight."""
        shown = self.list.current()
        groups = self._groups()
        self.pages = {page.name: page for _, pages in groups for page in pages}
        self._list(self.field.text())
        self.show_page(shown or next(iter(self.pages)))

    def show_page(self, name: str) -> None:
        """A page by its name; links lead here only, as the program opens no connection."""
        if name in self.pages:
            if name not in {line.id for line in self.list.lines()}:
                self.field.clear()
            self.list.choose(name)

    def _groups(self) -> list[tuple[str, list[Page]]]:
        return [
            (self.tr("Getting started"), list(shipped("start"))),
            (self.tr("Keys"), [keys_page(shortcuts())]),
            (self.tr("Each part"), list(shipped("panels"))),
        ]

    def _list(self, typed: str) -> None:
        """The pages that have all the typed words, below the name of their group."""
        wanted, shown = typed.casefold().split(), self.list.current()
        lines: list[Line] = []
        for group, pages in self._groups():
            found = [page for page in pages if all(word in page.words.casefold() for word in wanted)]
            if found:
                lines += [Line(group, ""), *(Line(page.title, page.name) for page in found)]
        self.none.setVisible(not lines)
        self.list.set_lines(lines)
        there = [line.id for line in lines if line.id]
        if there:
            self.list.choose(shown if shown in there else there[0])

    def _show(self) -> None:
        if page := self.pages.get(self.list.current()):
            self.browser.show_page(page)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)
