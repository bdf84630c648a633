"""The right side of the window: the tree of codes, the definition, the inspector."""

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QSplitter, QWidget

from annotator.gui.parts import Scroll, box, column, rule

from .codebook import CodebookPanel
from .inspector import WIDTH, Inspector

SHARE = 0.36  # of the height for the tree, until a person draws the line elsewhere
LEAST = 112  # px of the definition that stay in sight: what it is and when to use it


class Rest(Scroll):
    """Takes the height that is left, and never less than `LEAST`."""

    def __init__(self, content: QWidget):
        super().__init__(content)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(LEAST)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), LEAST)


class Side(QSplitter):
    """The tree never changes its height by itself. Below it the inspector has what it needs and the definition the rest,
    most of it while there is no annotation yet and the coder decides; what does not fit scrolls, each with its head in
    sight. `saveState` and `restoreState` keep the line over a restart.
    """

    def __init__(self, codebook: CodebookPanel, inspector: Inspector):
        super().__init__(Qt.Orientation.Vertical)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.setMinimumWidth(WIDTH)
        self.codebook, self.inspector = codebook, inspector
        self.definition, self.annotation = Rest(codebook.definition), Scroll(inspector)
        codebook.definition.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        below = box(column(self.definition, rule(), self.annotation, gap=0), ground="panel")
        for part, share in ((codebook, SHARE), (below, 1 - SHARE)):
            self.addWidget(part)
            self.setStretchFactor(self.indexOf(part), round(100 * share))
        self.setSizes([round(1000 * SHARE), round(1000 * (1 - SHARE))])
        codebook.definition.shown.connect(lambda: self.definition.verticalScrollBar().setValue(0))
        if isinstance(app := QApplication.instance(), QApplication):
            app.focusChanged.connect(self._keep_in_sight)

    def _keep_in_sight(self, before: QWidget | None, now: QWidget | None) -> None:
        """A field that gets the focus is scrolled to, all of it: Qt looks only where its caret is."""
        if now and self.inspector.isAncestorOf(now):
            top = now.mapTo(self.inspector, QPoint(0, 0)).y()
            for y in (top + now.height(), top):
                self.annotation.ensureVisible(0, y, 0, 16)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc in the definition, which has nothing to take it."""
        if event.key() == Qt.Key.Key_Escape:
            self.codebook.done.emit()
        else:
            super().keyPressEvent(event)
