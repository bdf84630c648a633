"""The help, offline: pages of resources/help in a window of their own."""

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QTextBrowser, QWidget

from annotator import paths
from annotator.gui.dialogs.lists import Line, Lines
from annotator.gui.parts import box, column, row, rule
from annotator.gui.theme import Theme, font

INDENT = 16  # px of a list


class HelpWindow(QWidget):
    """A list of pages, and the page. Esc closes."""

    def __init__(self, theme: Theme):
        super().__init__()
        self.theme = theme
        self.setWindowTitle(self.tr("Annotator help"))
        self.setProperty("ground", "panel")
        self.resize(960, 680)
        self.pages = sorted((paths.resources() / "help").glob("*.md"))
        heads = [page.read_text(encoding="utf-8").partition("\n")[0].lstrip("# ") for page in self.pages]
        self.list = Lines(self.tr("Pages"), theme, [Line(head, str(n)) for n, head in enumerate(heads)])
        self.list.setFixedWidth(240)
        self.browser = QTextBrowser()
        self.browser.setAccessibleName(self.tr("Page"))
        self.browser.setFrameStyle(0)
        self.browser.setFont(font("body"))
        self.browser.document().setDocumentMargin(32)
        self.browser.document().setIndentWidth(INDENT)
        self.browser.setOpenLinks(False)
        self.browser.anchorClicked.connect(self._go)
        self.list.currentRowChanged.connect(self._show)
        whole = row(box(column(self.list, margins=(8, 16, 8, 16))), rule("v"), self.browser, gap=0)
        whole.setStretch(2, 1)
        self.setLayout(whole)
        self.list.setCurrentRow(0)

    def _show(self, place: int) -> None:
        self.browser.setSearchPaths([str(paths.resources() / "help")])
        self.browser.setMarkdown(self.pages[place].read_text(encoding="utf-8"))
        self.browser.verticalScrollBar().setValue(0)

    def _go(self, url: QUrl) -> None:
        """Links lead to other pages only: the program opens no connection."""
        names = [page.name for page in self.pages]
        if url.fileName() in names:
            self.list.setCurrentRow(names.index(url.fileName()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        else:
            super().keyPressEvent(event)
