"""The program with a window: one QApplication, the theme, what happens on a fault, and a picture without a screen."""

import faulthandler
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QSettings, QTranslator
from PySide6.QtWidgets import QApplication

from annotator import crash, paths, portable, settings
from annotator.errors import AnnotatorError
from annotator.gui.collecting import Collector
from annotator.gui.icons import of_program
from annotator.gui.interface_size import grow
from annotator.gui.looks import is_dark, is_high
from annotator.gui.main_window import MainWindow
from annotator.gui.messages import words_of
from annotator.gui.places import Places
from annotator.gui.theme import Theme

PATIENCE = 10.0  # seconds that a window may take to get to the screen


def main(path: Path | None = None, name: str = "", said: str = "") -> int:
    """Shows the window, with a project if one is named, and what else there is to say, and runs until it is closed. Returns
    the exit code."""
    machine = settings.load()
    grow(machine)
    app = application()
    faulthandler.enable()
    theme = Theme()
    theme.apply(app, dark=is_dark(machine.theme), high=is_high(machine.contrast))
    window = MainWindow(theme, machine, Places())
    sys.excepthook = on_fault(window)
    window.show()
    if path:
        window.open_path(path, name)
    if portable.is_locked():
        said = words_of(AnnotatorError("portable.locked", path=portable.folder()))
    if said:
        window.say(said)
    try:
        return app.exec()
    finally:
        sys.excepthook = sys.__excepthook__


def picture(path: Path, name: str, out: Path, *, on_screen: bool = False) -> None:
    """Writes a picture of the window as this person sees it, 1440 x 900, whether there is a screen or not. One that is to be
    on the screen, and never gets there, leaves no picture."""
    if QApplication.instance() is None and not on_screen:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    app = application()
    machine = settings.Settings(name=name, machine=settings.load().machine, kept=False)
    theme = Theme()
    theme.apply(app, dark=False, high=False)
    window = MainWindow(theme, machine, Places.of_nobody())
    window.resize(1440, 900)
    window.show()
    window.open_path(path, name)
    window.show_off()
    app.processEvents()
    if not on_screen or _is_exposed(window):
        window.grab().save(str(out))
    window.close()
    window.deleteLater()
    app.processEvents()


def _is_exposed(window: MainWindow) -> bool:
    """Whether the window gets to the screen; waits for that, and lets it be seen."""
    handle, until = window.windowHandle(), time.monotonic() + PATIENCE
    while not handle.isExposed() and time.monotonic() < until:
        QApplication.processEvents()
        time.sleep(0.02)
    return handle.isExposed()


def application() -> QApplication:
    """The one QApplication, in the language of the system as far as we have its words."""
    app = QApplication.instance()
    if isinstance(app, QApplication):
        return app
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Annotator")
    app.setApplicationDisplayName("Annotator")
    app.setDesktopFileName("annotator")
    app.setWindowIcon(of_program())
    if carried := portable.folder():  # what file dialogs remember
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(carried))
    Collector(app)
    speak(app, QLocale(), paths.resources() / "translations")
    return app


def speak(app: QApplication, language: QLocale, folder: Path) -> bool:
    """Speaks a language if its words are in the folder; then so does Qt, and the window is turned over where it has to."""
    for place, stem in ((folder, "annotator"), (_qt_words(), "qtbase")):
        translator = QTranslator(app)
        if translator.load(language, stem, "_", str(place)):
            app.installTranslator(translator)
        elif stem == "annotator":
            return False
    app.setLayoutDirection(language.textDirection())
    return True


def on_fault(window: MainWindow) -> Callable[[type[BaseException], BaseException, TracebackType | None], None]:
    """What to do with an error that nobody expected: everything is saved; write it down, say so, go on. Where it was not the
    program that failed, but a disk or a file, there is nothing to write down."""

    def handle(kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        if isinstance(error, AnnotatorError):
            window.say(words_of(error), passing=True)
            return
        if sys.stderr:
            sys.stderr.write(crash.report(error))
        written = crash.write(error)
        words = words_of(error)
        if written:
            said = QCoreApplication.translate("MainWindow", "{words} A report is in {path}.")
            words = said.format(words=words, path=written)
        window.say(words)

    return handle


def _qt_words() -> Path:
    return Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
