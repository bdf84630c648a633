"""What one project file hands to another. Here as JSON lines; in the product the same parts are members of a ZIP."""

import base64
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .errors import Damaged, Refused
from .model import FORMAT, canonical_json
from .revisions import Revision, Withheld, is_whole, line, read_line


@dataclass(frozen=True, slots=True)
class Package:
    """Revisions, the texts they need (SHA-256 -> bytes), and the numbers of each device kept back on purpose."""

    project: str
    revisions: tuple[Revision, ...]
    texts: dict[str, bytes]
    withheld: tuple[Withheld, ...] = ()


def examine(package: Package, project: str) -> None:
    """Raises Damaged or Refused on another project, an altered revision or text, or a newer format."""
    if package.project != project:
        raise Damaged("package.foreign")
    for revision in package.revisions:
        if not is_whole(project, revision):
            raise Damaged("log.altered", revision=revision.id)
        if revision.format > FORMAT:
            raise Refused("package.newer")
    for sha256, data in package.texts.items():
        if hashlib.sha256(data).hexdigest() != sha256:
            raise Damaged("text.altered", sha256=sha256)


def write_lines(package: Package) -> Iterator[str]:
    """The package as lines without their ends: what it is, its texts, its revisions."""
    yield canonical_json({"annotator": 1, "project": package.project, "withheld": package.withheld})
    for sha256, data in sorted(package.texts.items()):
        yield canonical_json({"sha256": sha256, "data": base64.b64encode(data).decode()})
    for revision in package.revisions:
        yield line(package.project, revision)


def read_lines(lines: Iterable[str]) -> Package:
    """The package of these lines. Raises Damaged for a line that cannot be read. Receiving it checks the hashes."""
    project, withheld, texts, revisions = "", (), {}, []
    for number, words in enumerate(lines, start=1):
        try:
            record = json.loads(words)
            if "annotator" in record:
                project, withheld = record["project"], tuple(map(tuple, record["withheld"]))
            elif "sha256" in record:
                texts[record["sha256"]] = base64.b64decode(record["data"])
            else:
                of, revision = read_line(words)
                if of != project:
                    raise Damaged("package.foreign")
                revisions.append(revision)
        except (ValueError, KeyError, TypeError):
            raise Damaged("package.unreadable", line=number) from None
    return Package(project, tuple(revisions), texts, withheld)
