"""Telling the process that draws a report what to draw."""

import subprocess
import sys

import pytest

from annotator import apart
from annotator.errors import Refused
from annotator.reporting import paper
from annotator.reporting.blocks import Report, dumped

SLOW = "import sys, time; time.sleep(0.5); open({out!r}, 'wb').write(sys.stdin.buffer.read())"
DEAD = "import sys; sys.exit('no Qt platform plugin')"


def drawn_by(patch: pytest.MonkeyPatch, words: str) -> None:
    patch.setattr(apart, "started", lambda *_, **pipes: subprocess.Popen([sys.executable, "-c", words], **pipes))


@pytest.fixture
def large() -> Report:
    """More than a pipe takes at once."""
    return Report("T" * 300_000, "running", "", ())


def test_one_that_is_slow_to_listen_is_told_all(large, tmp_path, monkeypatch):
    out = tmp_path / "report.pdf"
    drawn_by(monkeypatch, SLOW.format(out=str(out)))
    paper.draw(large, out)
    assert out.read_bytes() == dumped(large).encode()


def test_one_that_dies_without_listening_says_why(large, tmp_path, monkeypatch):
    drawn_by(monkeypatch, DEAD)
    with pytest.raises(Refused, match="no Qt platform plugin"):
        paper.draw(large, tmp_path / "report.pdf")


def test_one_that_nobody_wants_any_more_is_ended(large, tmp_path, monkeypatch):
    drawn_by(monkeypatch, "import time; time.sleep(60)")
    with pytest.raises(Refused, match="Stopped before the end"):
        paper.draw(large, tmp_path / "report.pdf", lambda: True)
