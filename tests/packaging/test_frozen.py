"""What the frozen program is built of: the files that are read by their path go in, what nobody needs stays out."""

import ast
import re
import sys
from pathlib import Path

import pytest

import annotator

from . import PACKAGING, script

HOME = Path(annotator.__file__).parent
SPEC = ast.parse((PACKAGING / "annotator.spec").read_text(encoding="utf-8"))


def value(name: str):
    """What the spec gives a name, without running it: it runs inside the builder only."""
    (node,) = [one for one in SPEC.body if isinstance(one, ast.Assign) and ast.unparse(one.targets[0]) == name]
    return eval(compile(ast.Expression(node.value), "annotator.spec", "eval"), {"re": re})


def test_all_that_is_no_module_goes_in():
    """But the pattern that new steps of the log's tables are written after."""
    taken = {path for pattern in value("READ_AS_FILES") for path in HOME.glob(pattern)}
    there = {path for path in HOME.rglob("*") if path.is_file() and path.suffix not in (".py", ".pyc", ".pyi")}
    assert {path.name for path in there - taken} == {"script.py.mako"}
    assert {path.relative_to(HOME).parts[0] for path in there} >= {"agreement", "reporting", "interchange"}


def test_modules_that_are_read_as_files_go_in_as_files():
    """Steps of the log's tables are found in a folder; the script of a report is put together from the words of modules."""
    taken = {path for pattern in value("READ_AS_FILES") for path in HOME.glob(pattern)}
    for folder in ("migrations", "migrations/versions", "reporting/recompute"):
        assert {*(HOME / folder).glob("*.py")} <= taken


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/translations/qtdeclarative_de.qm",
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6/plugins/platforms/qminimal.dll",
        "PySide6/Qt/plugins/imageformats/libqtiff.so",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "libQt6Qml.so.6",
        "matplotlib/mpl-data/sample_data/goog.npz",
        "matplotlib/mpl-data/fonts/afm/pagd8a.afm",
        "scipy/special/tests/data/boost.npz",
    ],
)
def test_what_nobody_needs_stays_out(name):
    assert value("TRIMMED").match(name)


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
        "PySide6/Qt/plugins/iconengines/libqsvgicon.so",
        "PySide6/Qt/plugins/printsupport/libcupsprintersupport.so",
        "PySide6/Qt/lib/libQt6Svg.so.6",
        "matplotlib/mpl-data/fonts/ttf/DejaVuSans.ttf",
        "matplotlib/mpl-data/matplotlibrc",
        "annotator/resources/help/pictures/window.png",
    ],
)
def test_what_is_needed_goes_in(name):
    assert not value("TRIMMED").match(name)


def test_no_module_that_is_named_here_is_left_out():
    """What is declared as needed by the trial of the program is not among what the build is told to leave out."""
    from annotator.cli import trial

    unused = value("UNUSED")
    named = [name for names in trial.LIBRARIES.values() for name in names]
    named += re.findall(r"^\s*from (PySide6\.\w+)", "\n".join(p.read_text("utf-8") for p in HOME.rglob("*.py")), re.M)
    assert {name for name in named if any(name == one or name.startswith(f"{one}.") for one in unused)} == set()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="glibc is of Linux")
def test_the_oldest_glibc_is_read_from_what_was_built(tmp_path):
    build = script("build_frozen")
    (tmp_path / "program").write_bytes(b"\x7fELF GLIBC_2.17\0GLIBC_2.4\0")
    (tmp_path / "lib.so.6").write_bytes(b"\x7fELF GLIBC_2.34\0")
    (tmp_path / "page.html").write_bytes(b"GLIBC_2.99\0")
    assert build.glibc(tmp_path.iterdir()) == 34
    assert build.glibc([tmp_path / "page.html"]) == 0
