"""A new project file with its codebook published, whole or not there at all."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from . import codebook, editing, paths, storage
from .errors import AnnotatorError, Refused
from .project import Project
from .staging import staged

ENDING = ".annotator"
SHIPPED = "diplomatic_statements.json"


def shipped_codebook() -> codebook.Codebook:
    """The codebook that came with the program."""
    return codebook.read(paths.resources() / "codebooks" / SHIPPED)


def found(
    path: Path,
    *,
    name: str,
    supervisor: str,
    device: str,
    book: codebook.Codebook | None,
    secret: bytes | None = None,
) -> None:
    """Makes a project of this name, with one supervisor, one round and, as version 1, a codebook; encrypted when it gets a
    secret. Raises Refused: the path has another ending or is taken, a name is empty, the folder cannot be written to."""
    with making(path, name=name, supervisor=supervisor, device=device, book=book, secret=secret):
        pass


@contextmanager
def making(
    path: Path,
    *,
    name: str,
    supervisor: str,
    device: str,
    book: codebook.Codebook | None,
    secret: bytes | None = None,
) -> Iterator[Project]:
    """As `found`, with the new project open for more; the file is there when the block ends well. Raises Refused."""
    must_be_free(path)
    for kind, words in (("project", name), ("coder", supervisor)):
        if not words.strip():
            raise Refused("name.empty", kind=kind)
    with staged(path) as part, _told_of(path, part):
        storage.remove(part)
        people = {"supervisor": supervisor.strip(), "device": device}
        with Project.create(part, name=name.strip(), **people, secret=secret) as project:
            if book:
                project.apply(codebook.import_change(project, book))
                project.apply(editing.publish(project))
            yield project
        storage.must_be_folded(part)


@contextmanager
def _told_of(path: Path, part: Path) -> Iterator[None]:
    """Lets errors speak of the file that is wanted, and leaves nothing of the one that is begun."""
    try:
        yield
    except BaseException as error:
        storage.remove(part)
        if isinstance(error, AnnotatorError) and error.values.get("path") == part:
            error.values["path"] = path
        raise


def must_be_free(path: Path) -> None:
    """Raises Refused unless a project can be made under this name."""
    if path.suffix.casefold() != ENDING:
        raise Refused("project.ending", path=path, better=f"{path.name.removesuffix('.')}{ENDING}")
    storage.must_be_free(path)
