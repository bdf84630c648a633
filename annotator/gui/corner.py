"""The name of the project at the end of the menu bar, as far as the menus leave room."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QMainWindow

from annotator.gui.mirror import beginning
from annotator.gui.parts import label

WIDEST, NARROWEST = 360, 80  # px; under that it would be a few letters that nobody can read
BEFORE, AFTER, HEIGHT = 16, 20, 30


class Corner(QObject):
    """Gives way to the menus: their own words come first, and the title of the window has the name too."""

    def __init__(self, window: QMainWindow):
        super().__init__(window)
        self.window, self.name = window, ""
        self.label: QLabel = label("", "small", "muted")
        self.label.setContentsMargins(*beginning(BEFORE, AFTER))
        window.menuBar().setCornerWidget(self.label)
        window.menuBar().installEventFilter(self)

    def show_name(self, name: str) -> None:
        """Another project is open, or none."""
        self.name = name
        self._fit(anew=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self, *, anew: bool = False) -> None:
        bar = self.window.menuBar()
        menus = bar.sizeHint().width() - self.label.width()
        room = min(WIDEST, bar.width() - menus - BEFORE - AFTER)
        metrics = self.label.fontMetrics()
        words = metrics.elidedText(self.name, Qt.TextElideMode.ElideRight, room) if room >= NARROWEST else ""
        if anew or words != self.label.text():
            self.label.setText(words)
            self.label.setFixedSize(metrics.horizontalAdvance(words) + BEFORE + AFTER, HEIGHT)
            bar.setCornerWidget(self.label)  # it takes its size once: so it is said each time
            self.label.show()
