"""Disks that fail, for tests: one that takes no more, one that is write-protected, a stick that is pulled, calls of the system
that go wrong. Each is the real thing where this machine lets it be made, and a skip with the reason where it does not.
"""

import contextlib
import ctypes
import errno
import os
import platform
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

import annotator

CALLS = {  # numbers of the calls of Linux that write
    "x86_64": {"write": 1, "pwrite64": 18, "fcntl": 72, "fsync": 74, "fdatasync": 75},
    "aarch64": {"write": 64, "pwrite64": 68, "fcntl": 25, "fsync": 82, "fdatasync": 83},
}
NO_NEW_PRIVILEGES, SECCOMP, FILTER = 38, 22, 2
LOAD, EQUALS, GREATER, ANSWER = 0x20, 0x15, 0x25, 0x06  # of the little machine that judges a call
ALLOWED, REFUSED = 0x7FFF0000, 0x00050000
FIRST, SECOND = 16, 24  # where it finds the first and the second argument
LOCKING = 6  # F_SETLK


def fail_calls(error: int, *names: str) -> None:
    """From here on these calls fail with an error in this process and in all that it starts. Of `write` those to the terminal
    go through, and of `fcntl` all that do not lock."""
    code = [(LOAD, 0, 0, 0)]
    for name in names:
        number = CALLS[platform.machine()][name]
        asked = {"write": (FIRST, GREATER, 2), "fcntl": (SECOND, EQUALS, LOCKING)}.get(name)
        if asked:
            place, test, value = asked
            code += [(EQUALS, 0, 3, number), (LOAD, 0, 0, place), (test, 0, 1, value), (ANSWER, 0, 0, REFUSED | error)]
            code += [(LOAD, 0, 0, 0)]
        else:
            code += [(EQUALS, 0, 1, number), (ANSWER, 0, 0, REFUSED | error)]
    code += [(ANSWER, 0, 0, ALLOWED)]
    packed = b"".join(struct.pack("HBBI", one, yes, no, value) for one, yes, no, value in code)
    held = ctypes.create_string_buffer(packed, len(packed))
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(code), ctypes.addressof(held)))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0) or libc.prctl(SECCOMP, FILTER, program, 0, 0):
        raise OSError(ctypes.get_errno(), "this system does not let calls fail")


def must_let_calls_fail() -> None:
    """Skips a test where calls cannot be made to fail."""
    if not sys.platform.startswith("linux") or platform.machine() not in CALLS:
        pytest.skip("calls can be made to fail on Linux alone")
    tried = subprocess.run(
        [sys.executable, "-c", "pass"], preexec_fn=lambda: fail_calls(errno.EIO, "fsync"), check=False
    )
    if tried.returncode:
        pytest.skip("this system does not let calls fail")


def environment(**more: str) -> dict[str, str]:
    """For a Python of its own that finds the program and the tests."""
    root = Path(annotator.__file__).parents[1]
    return os.environ | {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1", **more}


def command(
    *words: object, by: str = "Sue", before: Callable[[], None] | None = None
) -> "subprocess.CompletedProcess[str]":
    """A command of ours in a process of its own, in which something is done first."""
    return subprocess.run(
        [sys.executable, "-m", "annotator", "--as", by, *map(str, words)],
        env=environment(),
        preexec_fn=before,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


@contextmanager
def mounted(*words: str, at: Path) -> Iterator[Path]:
    """A file system at a folder, as long as the block goes on; a test is skipped where none may be mounted."""
    if not hasattr(os, "geteuid") or os.geteuid() or not sys.platform.startswith("linux"):
        pytest.skip("only root on Linux mounts a disk")
    at.mkdir(exist_ok=True)
    if subprocess.run(["mount", *words, str(at)], capture_output=True, check=False).returncode:
        pytest.skip("no disk may be mounted here")
    try:
        yield at
    finally:
        subprocess.run(["umount", "-l", str(at)], capture_output=True, check=False)


@contextmanager
def small_disk(at: Path, size: str = "3m") -> Iterator[Path]:
    """A disk on which there is little room."""
    with mounted("-t", "tmpfs", "-o", f"size={size}", "none", at=at) as disk:
        yield disk


def fill(disk: Path) -> Path:
    """Lets nothing more be written there, until the file that is returned is deleted."""
    filling = disk / "filling"
    with filling.open("wb", 0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(4096))
    return filling


def protect(disk: Path) -> None:
    """Nothing is written there from now on, by nobody."""
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)


class Stick:
    """A folder that can be taken away and put back, under an open project."""

    def __init__(self, folder: Path):
        self.folder, self._away = folder, folder.with_name(f"{folder.name} in a pocket")

    def pull(self) -> None:
        self.folder.rename(self._away)

    def put_back(self) -> None:
        self._away.rename(self.folder)


class RealStick(Stick):
    """The same with a disk that is unmounted: at its place an empty folder is left, which may be written to."""

    def __init__(self, folder: Path):
        super().__init__(folder)
        self._disk = folder.with_name("disk")
        self._disk.mkdir()
        folder.mkdir()

    def pull(self) -> None:
        subprocess.run(["umount", "-l", str(self.folder)], check=True)

    def put_back(self) -> None:
        subprocess.run(["mount", "--bind", str(self._disk), str(self.folder)], check=True)


@contextmanager
def real_stick(folder: Path) -> Iterator[RealStick]:
    """A disk that is mounted at a folder, and can be pulled."""
    stick = RealStick(folder)
    with mounted("--bind", str(folder.with_name("disk")), at=folder):
        yield stick
