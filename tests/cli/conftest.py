"""Running commands as a program would, and projects to run them on."""

import json
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import pytest

from annotator.cli import main


class Ran(NamedTuple):
    """What a command left: its exit code, standard output, standard error."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)


class Command(Protocol):
    def __call__(self, *words: object, by: str = "Sue") -> Ran: ...


@pytest.fixture
def command(capsys) -> Command:
    """Runs a command in this process, as Sue unless someone else is named."""

    def run(*words: object, by: str = "Sue") -> Ran:
        capsys.readouterr()
        try:
            code = main(["--as", by, *map(str, words)])
        except SystemExit as exit:
            code = exit.code if isinstance(exit.code, int) else 1
        return Ran(code, *capsys.readouterr())

    return run


@pytest.fixture
def project(command, tmp_path) -> Path:
    """A project of Sue's with the shipped codebook and one document, strait.txt."""
    path = tmp_path / "strait.annotator"
    assert command("new", path).code == 0
    statement = tmp_path / "strait.txt"
    statement.write_text("On the strait\n\nThe claim is false. We are ready to talk.\n", encoding="utf-8")
    assert command("import", path, statement).code == 0
    return path


@pytest.fixture
def table(tmp_path):
    """Writes a table of annotations: rows of document, coder, code, start, end, quote, and what more is named."""

    def write(*rows: str, more: str = "", name: str = "codings.csv") -> Path:
        path = tmp_path / name
        path.write_text("\n".join([f"document,coder,code,start,end,quote{more}", *rows, ""]), encoding="utf-8")
        return path

    return write
