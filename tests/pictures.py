"""Draws the pictures of the help from the real program, with the sample project open in it.

python -m tests.pictures [NAME ...]     all of them, or those named, light and dark, into resources/help/pictures
python -m tests.pictures --golden       the six that tests compare with, as large as they are drawn, into tests/golden
"""

import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

if __name__ == "__main__":
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_SCALE_FACTOR"] = "1" if "--golden" in sys.argv else "2"

from PySide6.QtCore import QEventLoop, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from annotator import sample
from annotator.gui.help import DENSITY, picture_of
from annotator.gui.main_window import MainWindow
from annotator.gui.places import Places
from annotator.gui.theme import Theme
from annotator.gui.work import Work
from annotator.settings import Settings

Key, Modifier = Qt.Key, Qt.KeyboardModifier
WIDTH = 688  # px that a picture has on a page of the help
SIZE = 2 * WIDTH, 860
MACHINE = "00000000-0000-4000-8000-000000000001"
STATEMENT = "On the Maren Strait incident"
ARABIC = "بيان بشأن الرسوم المفروضة على صادرات بيلاغو"
DRAWN_WITH = "Noto Sans"  # the letters of the kept pictures


class Stage:
    """The program on a copy of the sample project, driven by keys as a person would."""

    def __init__(self, path: Path, *, dark: bool = False, size: tuple[int, int] = SIZE):
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        self.path, self.theme = path, Theme()
        self.theme.apply(app, dark=dark)
        settings = Settings(name="Supervisor", machine=MACHINE, kept=False)
        self.window = MainWindow(self.theme, settings, Places.of_nobody())
        self.window.resize(*size)
        self.window.show()

    @property
    def work(self) -> Work:
        assert self.window.work is not None
        return self.window.work

    def sit(self, name: str, title: str = STATEMENT) -> Work:
        """A person opens the sample, at this document."""
        self.window.open_path(self.path, name)
        documents = {one.title: one.id for one in self.work.project.nouns("document")}
        self.work.open_document(documents[title])
        self.work.to_text()
        self.settle()
        return self.work

    def at(self, words: str, *, select: bool = False) -> None:
        """Puts the caret into these words of the document, in sight, or selects them."""
        text, start = self.work.text, self.work.coding.text.index(words)
        text.put_caret(start + 1)
        if select:
            text.extend(start, start + len(words), exact=True)
        text.reveal(start, start + len(words))
        self.settle()

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifiers)
        self.settle()

    def type(self, words: str) -> None:
        QTest.keyClicks(QApplication.focusWidget() or self.window, words)
        self.settle()

    def settle(self) -> None:
        """Lets everything that waits be painted, also what gathers keys for a moment."""
        loop = QEventLoop()  # QTest.qWait would keep the interpreter to itself, and a thread that computes waiting
        QTimer.singleShot(200, loop.quit)
        loop.exec()

    def dialog(self) -> QDialog:
        """The dialog that is open."""
        return next(one for one in self.window.findChildren(QDialog) if one.isVisible())

    def whole(self) -> QPixmap:
        """The window, at half its size."""
        return self.window.grab().scaledToWidth(2 * WIDTH, Qt.TransformationMode.SmoothTransformation)

    def part(self, widget: QWidget, *, left: int = 0, top: int = 0, height: int = 0, width: int = WIDTH) -> QPixmap:
        """A part of the window around the corner of a widget, not wider than a page of the help."""
        corner = widget.mapTo(self.window, QPoint(left, top))
        size = min(width, self.window.width() - corner.x()), height or widget.height() - top
        return self.window.grab(QRect(corner.x(), corner.y(), *size))

    def close(self) -> None:
        self.window.close()
        self.window.deleteLater()
        self.settle()


def start(stage: Stage) -> QPixmap:
    stage.window.resize(WIDTH + 152, 560)
    stage.settle()
    return stage.window.grab().scaledToWidth(2 * WIDTH, Qt.TransformationMode.SmoothTransformation)


def window(stage: Stage) -> QPixmap:
    stage.sit("Coder A")
    stage.at("We are prepared to meet")
    return stage.whole()


def select(stage: Stage) -> QPixmap:
    """Words selected, the codes with their keys beside them."""
    work = stage.sit("Coder A")
    stage.at("It warned three times")
    stage.press(Key.Key_E, Modifier.ControlModifier)
    return stage.part(work.centre, left=20, height=440)


def palette(stage: Stage) -> QPixmap:
    work = stage.sit("Coder A")
    stage.at("Nobody was in danger")
    stage.press(Key.Key_E, Modifier.ControlModifier)
    stage.press(Key.Key_Space)
    stage.type("min")
    return stage.part(work.palette_, width=WIDTH)


def annotation(stage: Stage) -> QPixmap:
    work = stage.sit("Coder A")
    stage.at("a note of protest")
    return stage.part(work.side, width=work.side.width(), top=work.side.height() - 360)


def comparison(stage: Stage) -> QPixmap:
    stage.sit("Supervisor")
    stage.press(Key.Key_L, Modifier.ControlModifier)
    stage.settle()
    return stage.whole()


def agreement(stage: Stage) -> QPixmap:
    from annotator.gui.agreement.window import AgreementWindow

    stage.sit("Supervisor")
    stage.window.desk.agreement()
    shown = next(one for one in QApplication.topLevelWidgets() if isinstance(one, AgreementWindow) and one.isVisible())
    settled: list[bool] = []
    shown.settled.connect(lambda: settled.append(True))
    shown.resize(2 * WIDTH, 860)
    while not settled:
        stage.settle()
    stage.settle()
    picture = shown.grab().scaledToWidth(2 * WIDTH, Qt.TransformationMode.SmoothTransformation)
    shown.close()
    return picture


def hand_out(stage: Stage) -> QPixmap:
    stage.sit("Supervisor")
    stage.window.desk.hand_out()
    stage.settle()
    shown = stage.dialog()
    shown.resize(720, 640)  # as it opens on a screen that has the room
    stage.settle()
    picture = shown.grab()
    shown.reject()
    return picture


def find(stage: Stage) -> QPixmap:
    work = stage.sit("Coder A")
    work.finding.open()
    work.finding.page.ask_for("government")
    while not work.finding.is_settled:
        stage.settle()
    return stage.part(work.drawer, height=260)


SCENES: dict[str, Callable[[Stage], QPixmap]] = {
    one.__name__: one for one in (start, window, select, palette, annotation, comparison, agreement, hand_out, find)
}


def coding(stage: Stage) -> QPixmap:
    """The whole window, an annotation current."""
    stage.sit("Coder A")
    stage.at("We are prepared to meet")
    return stage.window.grab()


def hovering(stage: Stage) -> QPixmap:
    """All coders over one text: one annotation lit up, the others fade."""
    work = stage.sit("Supervisor")
    stage.at("Should an armed vessel")
    work.text.hover(work.text.annotations_at(work.text.caret())[0])
    stage.settle()
    return work.centre.grab()


def from_the_right(stage: Stage) -> QPixmap:
    """A statement in Arabic: tints, lanes and caps where the words are."""
    work = stage.sit("Coder B", ARABIC)
    stage.settle()
    return work.centre.grab()


def choosing(stage: Stage) -> QPixmap:
    """The palette over the window."""
    work = stage.sit("Coder A")
    stage.at("Nobody was in danger")
    stage.press(Key.Key_Space)
    stage.type("off")
    return work.grab()


def hits(stage: Stage) -> QPixmap:
    """Hits with the words around them, and the bar that codes them."""
    work = stage.sit("Coder A")
    work.finding.open()
    work.finding.page.ask_for("government")
    while not work.finding.is_settled:
        stage.settle()
    work.finding.hits.begin()
    stage.settle()
    return work.centre.grab()


def keys(stage: Stage) -> QPixmap:
    """The sheet of keys over the dimmed window."""
    stage.sit("Coder A")
    stage.type("?")
    return stage.window.grab()


GOLDEN: dict[str, tuple[Callable[[Stage], QPixmap], bool]] = {  # and whether it is dark
    "coding": (coding, False),
    "hovering": (hovering, True),
    "from_the_right": (from_the_right, False),
    "choosing": (choosing, False),
    "hits": (hits, True),
    "keys": (keys, True),
}


def golden_file(name: str) -> Path:
    """Where a kept picture lies."""
    return Path(__file__).with_name("golden") / f"{name}.png"


def draw_golden(names: Sequence[str]) -> None:
    """Draws the kept pictures anew."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ANNOTATOR_HOME"] = folder
        for name in names or GOLDEN:
            draw, dark = GOLDEN[name]
            path = sample.make(Path(folder, f"{name}.annotator"), name="Supervisor", device=MACHINE)
            stage = Stage(path, dark=dark)
            draw(stage).save(str(golden_file(name)))
            stage.close()


def main(names: Sequence[str] = ()) -> int:
    from annotator.gui.app import application

    application()
    if "--golden" in names:
        draw_golden([name for name in names if name != "--golden"])
        return 0
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ANNOTATOR_HOME"] = folder
        for dark in (False, True):
            for name in names or SCENES:
                path = sample.make(Path(folder, f"{name}{dark}.annotator"), name="Supervisor", device=MACHINE)
                stage = Stage(path, dark=dark)
                picture = SCENES[name](stage)
                out = picture_of(name, dark=dark)
                out.parent.mkdir(exist_ok=True)
                picture.save(str(out))
                sys.stdout.write(f"{out.name}: {picture.width() // DENSITY} x {picture.height() // DENSITY}\n")
                stage.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
