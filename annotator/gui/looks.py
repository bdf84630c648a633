"""How a person wants the window to look: light or dark, with high contrast, and what is shown in the text. All of it is
kept on this machine, and colours follow the system until a person says otherwise."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication

from annotator.gui.textview.view import CodedTextView
from annotator.settings import Settings

if TYPE_CHECKING:
    from annotator.gui.main_window import MainWindow

USUAL = {"quiet": False, "by_coder": False, "line_numbers": False, "overview": True, "textures": False}


class Looks(QObject):
    """The looks of one window. Every `toggle_` is an action of the View menu, which asks the rest what is on."""

    def __init__(self, window: "MainWindow"):
        super().__init__(window)
        self.window_ = window
        kept = window.places.of_window().get("looks")
        self._on = {
            name: bool(kept.get(name, usual)) if isinstance(kept, dict) else usual for name, usual in USUAL.items()
        }
        window.theme.textured = self._on["textures"]
        hints = QApplication.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        if hasattr(hints, "accessibility"):  # Qt 6.10
            hints.accessibility().contrastPreferenceChanged.connect(self._system_changed)

    # What is on -------------------------------------------------------------------------------------------------------

    @property
    def high(self) -> bool:
        return self.window_.theme.high

    @property
    def as_system(self) -> bool:
        settings = self.window_.settings
        return (settings.theme, settings.contrast) == ("system", "system")

    @property
    def quiet(self) -> bool:
        return self._on["quiet"]

    @property
    def by_coder(self) -> bool:
        return self._on["by_coder"]

    @property
    def line_numbers(self) -> bool:
        return self._on["line_numbers"]

    @property
    def overview(self) -> bool:
        return self._on["overview"]

    @property
    def textures(self) -> bool:
        """Whether codes have textures: as wanted, and always with high contrast."""
        return self._on["textures"] or self.high

    def dress(self, view: CodedTextView) -> None:
        """Gives a text the looks that are wanted."""
        view.set_quiet(self.quiet)
        view.options.set_by_coder(self.by_coder)
        view.options.set_line_numbers(self.line_numbers)
        view.options.set_overview(self.overview)

    # Colours ----------------------------------------------------------------------------------------------------------

    def toggle_dark(self) -> None:
        """From light to dark or back."""
        settings = self.window_.settings
        settings.theme = "light" if self.window_.theme.dark else "dark"
        self._paint(settings)

    def toggle_contrast(self) -> None:
        """High contrast, or as usual."""
        settings = self.window_.settings
        settings.contrast = "normal" if self.high else "high"
        self._paint(settings)

    def toggle_system(self) -> None:
        """Colours as the system has them; when they follow it already, they stay as they are."""
        settings, theme = self.window_.settings, self.window_.theme
        if self.as_system:
            settings.theme, settings.contrast = "dark" if theme.dark else "light", "high" if theme.high else "normal"
        else:
            settings.theme = settings.contrast = "system"
        self._paint(settings)

    def _paint(self, settings: Settings) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.window_.theme.apply(app, dark=is_dark(settings.theme), high=is_high(settings.contrast))
        settings.save()

    def _system_changed(self) -> None:
        if "system" in (self.window_.settings.theme, self.window_.settings.contrast):
            self._paint(self.window_.settings)

    # The text ---------------------------------------------------------------------------------------------------------

    def toggle_quiet(self) -> None:
        self._toggle("quiet")

    def toggle_by_coder(self) -> None:
        self._toggle("by_coder")

    def toggle_line_numbers(self) -> None:
        self._toggle("line_numbers")

    def toggle_overview(self) -> None:
        self._toggle("overview")

    def toggle_textures(self) -> None:
        """Textures for codes whose colours are near, in stripes and swatches. With high contrast they stay on."""
        self._toggle("textures")
        self.window_.theme.textured = self._on["textures"]
        for widget in QApplication.allWidgets():
            widget.update()

    def _toggle(self, name: str) -> None:
        self._on[name] = not self._on[name]
        places = self.window_.places
        places.of_window()["looks"] = dict(self._on)
        places.save()
        if self.window_.work:
            self.dress(self.window_.work.text)


def is_dark(wanted: str) -> bool:
    """Whether to be dark: as said in the settings, else as the system is."""
    if wanted in ("light", "dark"):
        return wanted == "dark"
    return QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark


def is_high(wanted: str) -> bool:
    """Whether contrast is to be high: as said in the settings, else as the system is, where Qt can tell (6.10)."""
    hints = QApplication.styleHints()
    if wanted == "system" and hasattr(hints, "accessibility"):
        return hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
    return wanted == "high"
