"""The icon of the program, on its windows."""

import subprocess
import sys

from PySide6.QtGui import QColor

from annotator.gui.icons import SIZES, of_program

SHOWN = """
import os
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from annotator.gui import app
print(app.application().windowIcon().availableSizes())
"""


def test_it_is_drawn_in_every_size(qapp):
    for size in SIZES:
        image = of_program().pixmap(size, size).toImage()
        assert image.pixelColor(0, 0).alpha() == 0
        colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
        assert QColor("#1f6feb").name() in colours
        assert QColor("#ffffff").name() in colours


def test_the_program_shows_it():
    done = subprocess.run([sys.executable, "-c", SHOWN], capture_output=True, text=True, check=True)
    assert "QSize(16, 16)" in done.stdout
    assert "QSize(128, 128)" in done.stdout
