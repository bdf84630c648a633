"""The program on the desktop of Linux: its entry, its types of files, and how they get there and away."""

import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from annotator import cli

from . import PACKAGING

LINUX = PACKAGING / "linux"
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"
ENDINGS = {
    "application/x-annotator": "*.annotator",
    "application/x-annotator-assignment": "*.assignment",
    "application/x-annotator-coded": "*.coded",
}
pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="of Linux only")


def entry(path: Path) -> configparser.SectionProxy:
    read = configparser.RawConfigParser(delimiters=("=",))
    read.optionxform = str  # pyright: ignore[reportAttributeAccessIssue] - as its documentation says
    read.read(path, encoding="utf-8")
    return read["Desktop Entry"]


def test_the_entry_opens_one_file_and_names_every_type():
    found = entry(LINUX / "annotator.desktop")
    assert (found["Type"], found["Exec"], found["Icon"]) == ("Application", "annotator open %f", "annotator")
    assert found["Terminal"] == "false"
    assert found["MimeType"] == "".join(f"{name};" for name in ENDINGS)
    assert found["Name"]
    assert found["Categories"].endswith(";")


def test_every_type_is_known_by_its_ending_and_opened_by_the_program():
    root = ElementTree.parse(LINUX / "annotator.xml").getroot()
    found = {one.attrib["type"]: one for one in root.iter(f"{MIME}mime-type")}
    assert {name: one.find(f"{MIME}glob").attrib["pattern"] for name, one in found.items()} == ENDINGS  # type: ignore[union-attr]
    assert all(one.findtext(f"{MIME}comment") for one in found.values())
    for pattern in ENDINGS.values():
        clicked = pattern.replace("*", "a")
        assert cli._with_verb([clicked]) == ["open", clicked]


def test_icons_are_pictures_of_their_own():
    for path in (LINUX / "application-x-annotator.svg", PACKAGING.parent / "icons" / "annotator.svg"):
        root = ElementTree.parse(path).getroot()
        assert (root.tag, root.attrib["viewBox"]) == ("{http://www.w3.org/2000/svg}svg", "0 0 256 256")


@pytest.fixture
def desktop(tmp_path, monkeypatch):
    """Runs the installer for a person with an empty home."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "share"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))

    def run(*words: object) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, LINUX / "install_desktop.py", *map(str, words)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return run


@pytest.fixture
def program(tmp_path) -> Path:
    """A program in a place whose name is hard to write down; it says what it was called with."""
    made = tmp_path / 'a $tick "5%" \\ `here`' / "annotator"
    made.parent.mkdir()
    made.write_text('#!/bin/sh\nprintf "%s\\n" "$@"\n')
    made.chmod(0o755)
    return made


def called(words: str) -> list[str]:
    """The words of a command in an entry, as a desktop reads them: of the value first, then of the command."""
    found = re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', words.replace("\\\\", "\\"))
    return [re.sub(r"\\(.)", r"\1", quoted).replace("%%", "%") or plain for quoted, plain in found]


def test_it_is_installed_for_one_person_and_taken_away_without_a_trace(desktop, program, tmp_path):
    done = desktop(program)
    assert (done.returncode, done.stderr) == (0, "")
    share = tmp_path / "share"
    words = entry(share / "applications" / "annotator.desktop")["Exec"]
    assert called(words) == [str(program), "open", "%f"]
    for name in ("apps/annotator.svg", "mimetypes/application-x-annotator.svg"):
        assert (share / "icons" / "hicolor" / "scalable" / name).is_file()
    assert desktop("--remove").returncode == 0
    assert [path for path in share.rglob("*annotator*") if path.is_file()] == []
    assert not (tmp_path / "home").exists()


def test_what_is_no_program_is_refused(desktop, tmp_path):
    done = desktop(tmp_path / "nowhere")
    assert done.returncode == 1
    assert "Say where it is" in done.stderr
    assert not (tmp_path / "share").exists()


@pytest.mark.skipif(
    not (shutil.which("update-mime-database") and shutil.which("xdg-mime")), reason="no tools of a desktop"
)
def test_a_desktop_tells_the_types_apart_by_their_endings(desktop, program, tmp_path, monkeypatch):
    for name in ("XDG_CURRENT_DESKTOP", "DESKTOP_SESSION", "KDE_FULL_SESSION"):
        monkeypatch.delenv(name, raising=False)
    desktop(program)
    globs = (tmp_path / "share" / "mime" / "globs").read_text().splitlines()
    assert {*(f"{name}:{pattern}" for name, pattern in ENDINGS.items())} <= {*globs}
    assert os.path.exists(tmp_path / "share" / "mime" / "application" / "x-annotator.xml")
