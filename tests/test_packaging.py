"""What is declared in pyproject.toml, and what an installed program needs to find."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

import annotator
from annotator import founding, paths

CHECKOUT = Path(annotator.__file__).parents[1]
PYPROJECT = CHECKOUT / "pyproject.toml"
VOID_CALLS = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtCore import QPoint, QObject
from PySide6.QtWidgets import QApplication, QWidget
app = QApplication([])
widget, thing, point = QWidget(), QObject(), QPoint()
before = sys.getrefcount(None)
for n in range(500):
    widget.update()
    widget.setToolTip("x")
    thing.blockSignals(False)
    point.setX(n)
print(sys.getrefcount(None) - before)
"""


@pytest.fixture(scope="module")
def project() -> dict:
    if not PYPROJECT.exists():
        pytest.skip("not a checkout")
    return tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))


def qt_for(project: dict, python: str) -> Requirement:
    """The one requirement of Qt that holds under a version of Python."""
    wanted = [Requirement(words) for words in project["project"]["dependencies"]]
    (found,) = [
        one
        for one in wanted
        if one.name == "PySide6-Essentials" and (not one.marker or one.marker.evaluate({"python_version": python}))
    ]
    return found


def test_qt_that_loses_none_is_not_taken(project):
    """PySide6 6.12.0 drops a reference to None at every void call under Python 3.11, and aborts after some thousand."""
    assert not qt_for(project, "3.11").specifier.contains("6.12.0")
    assert qt_for(project, "3.11").specifier.contains("6.11.3")
    assert qt_for(project, "3.12").specifier.contains("6.12.0")
    assert not qt_for(project, "3.13").specifier.contains("6.9.0")


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None cannot be lost: it is immortal from Python 3.12")
def test_no_reference_to_none_is_lost():
    done = subprocess.run([sys.executable, "-c", VOID_CALLS], capture_output=True, text=True, check=True)
    assert abs(int(done.stdout)) < 100


def test_dependencies_are_those_that_are_imported(project):
    """Every library that the package names in an import is declared, and every declared one is named."""
    called = {
        "pyside6": "pyside6-essentials",
        "pydantic_core": "pydantic",  # comes with it, of its own version
        "charset_normalizer": "charset-normalizer",
        "python_calamine": "python-calamine",
    }
    words = "\n".join(path.read_text(encoding="utf-8") for path in Path(annotator.__file__).parent.rglob("*.py"))
    found = {name.lower() for name in re.findall(r"^\s*(?:from|import) (\w+)", words, re.M)}
    found = {called.get(name, name) for name in found if name not in sys.stdlib_module_names} - {
        "annotator",
        "shiboken6",
    }
    declared = {Requirement(words).name.lower() for words in project["project"]["dependencies"]}
    assert found == declared


def test_the_program_says_its_version(project):
    assert project["tool"]["hatch"]["version"]["path"] == "annotator/__init__.py"
    done = subprocess.run(
        [sys.executable, "-m", "annotator", "--version"],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"PYTHONPATH": str(CHECKOUT)},
    )
    assert done.stdout == f"annotator {annotator.__version__}\n"


def test_what_came_with_the_program_is_found():
    assert (paths.resources() / "codebooks" / founding.SHIPPED).is_file()
    assert (paths.sample_docs() / "codings").is_dir()
    assert list(paths.sample_docs().glob("*.txt"))


def test_the_wheel_maps_what_stands_beside_the_package(project):
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert set(wheel["only-include"]) == {"annotator", *wheel["sources"]}
    assert "force-include" not in wheel
    assert wheel["exclude"] == ["/resources/packaging"]  # what makes a wheel is of no use inside one
    for source, target in wheel["sources"].items():
        assert (CHECKOUT / source).is_dir()
        assert paths.shipped(target.removeprefix("annotator/")) == CHECKOUT / source
