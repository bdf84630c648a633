"""The name of the project at the end of the menu bar, as far as the menus leave room."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QMenuBar

from annotator.gui.parts import label

WIDEST, NARROWEST = 360, 80  # px; under that it would be a few letters that nobody can read
EDGES, HEIGHT = 20, 30


class Corner(QObject):
    """Gives way to the menus: their own words come first, and the title of the window has the name too."""

    def __init__(self, bar: QMenuBar):
        super().__init__(bar)
        self.bar, self.name = bar, ""
        self.label: QLabel = label("", "small", "muted")
        bar.setCornerWidget(self.label)
        bar.installEventFilter(self)

    def show_name(self, name: str) -> None:
        """Another project is open, or none."""
        self.name = name
        self._fit(anew=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self, *, anew: bool = False) -> None:
        menus = self.bar.sizeHint().width() - self.label.width()
        room = min(WIDEST, self.bar.width() - menus - EDGES)
        metrics = self.label.fontMetrics()
        words = metrics.elidedText(self.name, Qt.TextElideMode.ElideRight, room) if room >= NARROWEST else ""
        if anew or words != self.label.text():
            self.label.setText(words)
            self.label.setFixedSize(metrics.horizontalAdvance(words) + EDGES, HEIGHT)
            self.bar.setCornerWidget(self.label)  # it takes its size once: so it is said each time
            self.label.show()
