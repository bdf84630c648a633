"""Sitting down at a project as a person, and finding what they name in it."""

from argparse import Namespace
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

from annotator import opening, settings
from annotator.cli import terminal
from annotator.codebook import folded, nearest
from annotator.errors import AnnotatorError, Refused
from annotator.model import Attribute, Coder, Document, Round
from annotator.project import Project

N = TypeVar("N", Attribute, Coder, Document, Round)
MANY = 12  # names; of more than these only the nearest are told


def acting(arguments: Namespace) -> str:
    """The name of the person who acts."""
    return arguments.actor or settings.load().name


@contextmanager
def sit_down(arguments: Namespace, *, writing: bool) -> Iterator[Project]:
    """The project that the command names, open for the person who acts. Raises Refused and Damaged."""
    name = acting(arguments)
    project, is_behind = opening.opened(arguments.project, name, settings.load(), name=name, writing=writing)
    with project:
        if is_behind:
            terminal.complain(str(AnnotatorError("project.behind", path=arguments.project)))
        try:
            yield project
        finally:
            opening.remember(project)


def document(project: Project, words: str, among: Sequence[Document] | None = None) -> Document:
    """A document by its id, title or file name, of those that are there or of these. Raises Refused."""
    known = project.nouns("document") if among is None else among
    return _one("document", known, words, lambda one: (one.title, one.filename))


def coder(project: Project, words: str) -> Coder:
    """A person by id or name. Raises Refused."""
    return _one("coder", project.nouns("coder"), words, lambda one: (one.name,))


def attribute(project: Project, words: str) -> Attribute:
    """An attribute by id or name. Raises Refused."""
    return _one("attribute", list(project.attributes().values()), words, lambda one: (one.name,))


def round_of(project: Project, words: str | None) -> Round:
    """A round by id or name; None asks for the newest. Raises Refused."""
    rounds = project.nouns("round")
    return _one("round", rounds, words, lambda one: (one.name,)) if words else rounds[-1]


def names_in(values: Iterable[str] | None, known: Iterable[str]) -> list[str] | None:
    """The names in options that may each hold several, parted by commas. One that is known as it stands is not parted."""
    if values is None:
        return None
    whole = {folded(name) for name in known}
    found = []
    for value in values:
        found += [value] if folded(value) in whole else [part.strip() for part in value.split(",") if part.strip()]
    return found


def _one(kind: str, nouns: Sequence[N], words: str, names: Callable[[N], tuple[str, ...]]) -> N:
    exact = [noun for noun in nouns if words == noun.id or words in names(noun)]
    found = exact or [noun for noun in nouns if folded(words) in map(folded, names(noun))]
    if len(found) == 1:
        return found[0]
    if found:
        raise Refused("name.ambiguous", kind=kind, name=words, count=len(found), ids=", ".join(one.id for one in found))
    raise Refused("name.unknown", kind=kind, name=words, known=_known([names(noun)[0] for noun in nouns], words))


def _known(names: list[str], words: str) -> str:
    if len(names) <= MANY:
        return "; ".join(names) or "none yet"
    near = nearest(words, names)
    return f"{'; '.join(near)}; and {len(names) - len(near)} more"
