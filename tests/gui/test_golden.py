"""Six pictures of the program, kept: what a person sees may change on purpose only.

`python -m tests.pictures --golden` draws them anew; look at each before it is committed.
"""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFontInfo, QImage, QPainter

from annotator import sample
from annotator.gui.theme import font
from tests.pictures import DRAWN_WITH, GOLDEN, MACHINE, Stage, golden_file

CELLS = 4  # pixels a side: letters may differ by a shade, never by their place
SHADE = 10  # of 255 that a cell may differ by
FEW = 0.002  # of the cells may differ more: the caret, an edge that fell on another pixel


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    return sample.make(
        tmp_path_factory.mktemp("golden") / "sample.annotator", name="Supervisor", device=MACHINE
    ).read_bytes()


@pytest.mark.parametrize("name", GOLDEN)
def test_the_program_looks_as_it_did(name, project, tmp_path, qapp):
    family = QFontInfo(font("body")).family()
    if family != DRAWN_WITH:
        pytest.skip(f"the pictures were drawn with {DRAWN_WITH}, and this machine has {family}")
    path = tmp_path / "sample.annotator"
    path.write_bytes(project)
    draw, dark = GOLDEN[name]
    stage = Stage(path, dark=dark)
    try:
        drawn = draw(stage).toImage()
    finally:
        stage.close()
    kept = QImage(str(golden_file(name)))
    share = unlike(drawn, kept)
    if share > FEW:
        drawn.save(str(tmp_path / f"{name}.png"))
    assert share <= FEW, f"{share:.1%} of the picture is another: {tmp_path / name}.png"


def unlike(one: QImage, other: QImage) -> float:
    """The share of cells that differ in two pictures; 1 when they are not of one size."""
    if one.size() != other.size():
        return 1.0
    first, second = cells(one), cells(other)
    return sum(abs(a - b) > SHADE for a, b in zip(first, second, strict=True)) / len(first)


def cells(picture: QImage) -> bytes:
    """Grey of each cell, averaged."""
    small = picture.scaled(
        picture.width() // CELLS,
        picture.height() // CELLS,
        Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    ).convertToFormat(QImage.Format.Format_Grayscale8)
    return bytes(small.pixelColor(x, y).red() for y in range(small.height()) for x in range(small.width()))


def test_a_picture_that_differs_is_told(qapp):
    kept = QImage(str(golden_file(next(iter(GOLDEN)))))
    changed = kept.copy()
    painter = QPainter(changed)
    painter.fillRect(400, 300, 160, 24, QColor(Qt.GlobalColor.magenta))
    painter.end()
    assert unlike(kept, kept) == 0
    assert unlike(kept, changed) > FEW
