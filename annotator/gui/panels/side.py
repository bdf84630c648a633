"""The right side of the window: the codebook keeps what is left, definition and inspector scroll together below it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QSizePolicy, QSplitter, QWidget

from annotator.gui.parts import Scroll, box, column, rule

from .codebook import CodebookPanel
from .inspector import WIDTH, Inspector

SHARE = 0.36  # of the height for the tree of codes, until a person draws the line elsewhere


class Side(QSplitter):
    """Nothing moves by itself here: the line between the two parts stays where it is, whatever they show.

    `saveState` and `restoreState` keep it over a restart.
    """

    def __init__(self, codebook: CodebookPanel, inspector: Inspector):
        super().__init__(Qt.Orientation.Vertical)
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.setMinimumWidth(WIDTH)
        inside = box(column(codebook.definition, rule(), inspector, None, gap=0), ground="panel")
        self.below = Scroll(inside)
        self.below.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        for part, share in ((codebook, SHARE), (self.below, 1 - SHARE)):
            self.addWidget(part)
            self.setStretchFactor(self.indexOf(part), round(100 * share))
        self.inspector = inspector
        self.setSizes([round(1000 * SHARE), round(1000 * (1 - SHARE))])
        if isinstance(app := QApplication.instance(), QApplication):
            app.focusChanged.connect(self._keep_in_sight)

    def _keep_in_sight(self, before: QWidget | None, now: QWidget | None) -> None:
        """A field that gets the focus is scrolled to."""
        if now and self.inspector.isAncestorOf(now):
            self.below.ensureWidgetVisible(now, 0, 16)
