"""Whether there is a display is told before Qt is asked, which would end the program."""

import os
import shutil
import socket
import subprocess
import sys

import pytest

from annotator import screen
from annotator.errors import Refused

LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has displays that may not be there")


@pytest.fixture(autouse=True)
def nowhere(monkeypatch):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)


@LINUX
def test_without_a_display_there_is_none():
    assert not screen.is_there()
    with pytest.raises(Refused, match="no display"):
        screen.must_be_there()


@LINUX
def test_a_display_that_does_not_answer_is_none(monkeypatch, tmp_path):
    monkeypatch.setenv("DISPLAY", ":4711")
    assert not screen.is_there()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-4711")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert not screen.is_there()


@LINUX
def test_a_wayland_that_answers_is_one(monkeypatch, tmp_path):
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind(str(tmp_path / "wayland-0"))
        server.listen()
        assert screen.is_there()


@LINUX
@pytest.mark.skipif(not shutil.which("Xvfb"), reason="needs Xvfb")
def test_an_x_server_that_answers_is_one_and_its_libraries_are_tried(monkeypatch):
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "640x480x24"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as told:
            monkeypatch.setenv("DISPLAY", f":{told.readline().strip()}")
        assert screen.is_there()
        screen.must_have_libraries(on_screen=True)
    finally:
        server.terminate()
        server.wait()


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "offscreen:size=100x100"])
def test_what_nobody_sees_is_no_display(monkeypatch, platform):
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    monkeypatch.setenv("DISPLAY", ":0")
    assert not screen.is_there()


def test_other_ways_of_qt_to_show_a_window_are_believed(monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "vnc")
    assert screen.is_there()


@LINUX
@pytest.mark.parametrize(
    "words",
    [
        "libEGL.so.1: cannot open shared object file: No such file or directory",
        "libxcb-cursor.so.0: cannot open shared object file: No such file or directory",
    ],
)
def test_a_missing_library_names_the_packages(monkeypatch, words):
    """The loader's own words, as a plugin of Qt and the import of Qt give them on a bare machine."""

    def fail(*_):
        raise OSError(words)

    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    monkeypatch.setattr(screen.ctypes, "CDLL", fail)
    with pytest.raises(Refused) as raised:
        screen.must_have_libraries(on_screen=True)
    told = str(raised.value)
    assert f"({words.partition(':')[0]})" in told
    assert "apt-get install libegl1" in told
    assert "dnf install" in told
    assert "libxcb-cursor0" in told
    assert "\n" not in told
    screen.must_have_libraries(on_screen=False)


@LINUX
def test_one_way_to_the_screen_is_enough(monkeypatch):
    monkeypatch.setattr(screen, "_reaches_wayland", lambda: True)
    monkeypatch.setattr(screen, "_reaches_x11", lambda: True)
    asked = []

    def load(path):
        asked.append(path)
        if "qwayland" in path:
            raise OSError("libwayland-client.so.0: cannot open shared object file: No such file or directory")

    monkeypatch.setattr(screen.ctypes, "CDLL", load)
    screen.must_have_libraries(on_screen=True)
    assert [path.rpartition("/")[2] for path in asked] == ["libqwayland.so", "libqxcb.so"]


@LINUX
def test_the_plugins_are_where_they_are_looked_for(monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    (plugin,) = screen._plugins()
    assert plugin.is_file()
