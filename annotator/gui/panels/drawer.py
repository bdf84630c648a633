"""The drawer below the text: lists about the document or the project, one in sight at a time, only when called."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QStackedWidget, QTabBar, QWidget

from annotator.gui.parts import column, row, rule
from annotator.gui.theme import Theme, font

from .find_bar import Arrow

LEAST = 140  # px: some rows of a list below the tabs


class Drawer(QFrame):
    """Tabs and a page. A page learns by `page_shown` that it is in sight, and need not follow anything before. Esc in it
    leads back to the text and leaves the drawer open; its cross, and calling a page again, close it."""

    page_shown = Signal(str)  # the name of the page now in sight; "" when the drawer was closed
    done = Signal()  # the focus goes back to the text

    def __init__(self, theme: Theme):
        super().__init__()
        self.setProperty("ground", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.tabs, self.stack = QTabBar(), QStackedWidget()
        self.tabs.setFont(font("small"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(self.tr("Lists below the text"))
        self.close_button = Arrow("close", self.tr("Close"), theme)
        self.close_button.clicked.connect(self.close_drawer)
        self.names: list[str] = []
        head = row(self.tabs, None, self.close_button, margins=(12, 2, 8, 2))
        self.setLayout(column(rule(), head, rule(), self.stack, gap=0))
        self.tabs.currentChanged.connect(self._show)
        self.hide()

    def minimumSizeHint(self) -> QSize:
        """What the page in need of most cannot do without: it may ask for more while one has opened more of it."""
        least = super().minimumSizeHint()
        return QSize(least.width(), max(LEAST, least.height()))

    def add(self, name: str, words: str, page: QWidget, *, shown: Callable[[], object]) -> None:
        """One more page; `name` is what it is called in the program and in the help, `words` what stands on its tab. `shown` is
        called whenever it comes into sight."""
        self.names.append(name)
        page.setProperty("help", name)
        self.page_shown.connect(lambda seen: shown() if seen == name else None)
        self.stack.addWidget(page)
        self.tabs.addTab(words)
        self.tabs.setTabData(self.tabs.count() - 1, name)

    @property
    def name(self) -> str:
        """The page in sight; "" while the drawer is closed."""
        return "" if self.isHidden() or not self.names else self.names[self.stack.currentIndex()]

    def open(self, name: str) -> None:
        """Brings a page into sight and gives it the focus."""
        was = self.name
        self.show()
        self.tabs.setCurrentIndex(self.names.index(name))
        if was != name:
            self._show(self.tabs.currentIndex())
        if page := self.stack.currentWidget():
            page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def toggle(self, name: str) -> None:
        """Opens a page; when it is in sight and has the focus already, closes the drawer."""
        if self.name == name and self.has_focus():
            self.close_drawer()
        else:
            self.open(name)

    def has_focus(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def close_drawer(self) -> None:
        """Puts the drawer away; the focus goes back to the text if it was in here."""
        had = self.has_focus()
        self.hide()
        self.page_shown.emit("")
        if had:
            self.done.emit()

    def _show(self, number: int) -> None:
        self.stack.setCurrentIndex(number)
        if self.name:
            self.page_shown.emit(self.name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.done.emit()
        else:
            super().keyPressEvent(event)
