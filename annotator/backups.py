"""Copies of a project that make themselves: whole files, looked at before they count, thinned out as they grow old.

They lie in a folder beside the project, so that whoever carries the project away finds them.
"""

import contextlib
import shutil
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from . import secrecy, storage
from .errors import AnnotatorError, Refused
from .project import Project
from .settings import Settings
from .staging import staged

EVERY = timedelta(hours=1)
STAMP = "%Y%m%d-%H%M%S"
AGES = (  # up to this age, one for each stretch of this length is kept
    (timedelta(days=1), timedelta(hours=1)),
    (timedelta(days=14), timedelta(days=1)),
    (timedelta(days=90), timedelta(days=7)),
    (timedelta(days=730), timedelta(days=30)),
)


class Backup(NamedTuple):
    """A copy of a project, and when it was made (UTC)."""

    path: Path
    at: datetime


def folder(project: Path) -> Path:
    """Where the backups of a project lie."""
    place = project.resolve()
    return place.with_name(f"{place.stem}.backups")


def found(project: Path) -> list[Backup]:
    """The backups of a project, the newest first. What cannot be looked into has none."""
    there = []
    with contextlib.suppress(OSError):
        for path in folder(project).glob(f"*{project.suffix}"):
            with contextlib.suppress(ValueError):
                there.append(Backup(path, datetime.strptime(path.stem, STAMP).replace(tzinfo=UTC)))
    return sorted(there, key=lambda one: one.at, reverse=True)


def is_due(project: Path, now: datetime) -> bool:
    """Whether the newest backup is an hour old or more, and the project was written to since. What is from the future does
    not count: else a clock that was set back would have none made until it comes there again."""
    newest = next((one for one in found(project) if one.at <= now), None)
    if newest is None:
        return True
    if now - newest.at < EVERY:
        return False
    try:
        return storage.written_at(project) > newest.path.stat().st_mtime
    except OSError:
        return True


def make(project: Project, now: datetime) -> Backup:
    """A backup of the project as it stands, opened and read to the end before it counts; older ones are thinned out.
    Raises Refused when it cannot be written; Damaged when it is not whole: then the project itself is damaged."""
    place = folder(project.path)
    target = place / f"{now.astimezone(UTC):{STAMP}}{project.path.suffix}"
    try:
        place.mkdir(exist_ok=True)
    except OSError as error:
        raise Refused("backup.failed", path=target, reason=error.strerror or error) from None
    project.back_up(target)
    try:
        storage.must_be_whole(target)
    except AnnotatorError as error:
        storage.remove(target)
        error.values["path"] = project.path
        raise
    secrecy.carry(project.path, place / project.path.name)
    thin_out(project.path, now)
    return Backup(target, now)


def thin_out(project: Path, now: datetime) -> None:
    """Takes away the backups that `kept` does not keep, and what is left of those that were cut off."""
    for begun in folder(project).glob(f"*{project.suffix}.part*"):
        with contextlib.suppress(OSError):
            begun.unlink()
    there = found(project)
    stay = kept([one.at for one in there], now)
    for one in there:
        if one.at not in stay:
            storage.remove(one.path)


def kept(times: Iterable[datetime], now: datetime) -> set[datetime]:
    """Those of these times whose backups stay: one an hour for a day, one a day for two weeks, one a week for a quarter,
    one a month for two years; the first of each stretch, so that none is kept only until the next comes. The newest stays
    always, and so does what is from the future: a clock that went wrong costs nobody a backup."""
    stay: dict[tuple, datetime] = {}
    ordered = sorted(times)
    for at in ordered:
        age = now - at
        if age < timedelta():
            stay[at,] = at
            continue
        length = next((length for most, length in AGES if age <= most), None)
        if length:
            stay.setdefault((length, at.timestamp() // length.total_seconds()), at)
    return set(stay.values()) | set(ordered[-1:])


def name_for(project: Path, backup: Backup) -> Path:
    """Under what name beside the project a backup of it is restored."""
    place = project.resolve()
    return place.with_name(f"{place.stem} of {backup.at.astimezone():%Y-%m-%d %H%M%S}{place.suffix}")


def restore(backup: Path, target: Path, machine: Settings) -> None:
    """A backup as a project of its own under another name; the project it was made of stays as it is. From now on this
    machine writes under a new id: what it would number alike in both would look like one history.
    Raises Refused when something is at `target` or it cannot be written; Damaged when the backup is not whole."""
    storage.must_be_free(target)
    storage.must_be_whole(backup)
    with staged(target) as part:
        shutil.copyfile(backup, part)
        storage.must_be_whole(part)
        secrecy.carry(backup, target)
    machine.renew()
