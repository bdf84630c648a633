"""A person of this machine opens a project: the machine remembers how far it wrote in it, and notices a file that is behind.

A file is behind when it was copied without its `-wal`, when an old copy was put in its place, or when two copies of it go on
being edited. Nothing in the file itself can tell; only this machine knows what it wrote.
"""

import contextlib
import json
import os
from pathlib import Path

from . import purging, settings
from .errors import AnnotatorError
from .project import Project
from .settings import Settings


def opened(path: Path, actor: str, machine: Settings, *, name: str, writing: bool = True) -> tuple[Project, bool]:
    """The project, opened by a person (id or name; `name` is what their device is named by), and whether the file lacks
    what this machine wrote in it before. Such a file is written to under a new id of this machine, so that the steps of
    both copies stay apart. Raises as `Project` does."""
    project = Project(path, actor=actor, device=machine.device(name), writing=writing)
    try:
        purging.sweep_if_due(project)
        if not _is_behind(project):
            return project, False
        if writing:
            machine.renew()
            project.device = machine.device(name)
        return project, True
    except BaseException:
        project.close()
        raise


def remember(project: Project) -> None:
    """Keeps in mind the last step of this device in this project, in a file beside the settings, as far as that can be
    written. For quiet moments and for closing."""
    if not project.is_writable:
        return
    try:
        last = project.last_step()
    except AnnotatorError:
        return
    if last is None:
        return
    kept = _kept()
    steps = kept.setdefault(project.id, {})
    if steps.get(project.device) == list(last):
        return
    steps[project.device] = list(last)
    with contextlib.suppress(OSError):
        settings.folder().mkdir(parents=True, exist_ok=True)
        staged = _file().with_suffix(f".{os.getpid()}")
        try:
            staged.write_text(json.dumps(kept, indent=1), encoding="utf-8")
            staged.replace(_file())
        finally:
            staged.unlink(missing_ok=True)


def _is_behind(project: Project) -> bool:
    """Whether a step that this machine remembers of this device is not in the file."""
    match _kept().get(project.id, {}).get(project.device):
        case [int(number), str(hash)]:
            return not project.has_step(number, hash)
    return False


def _kept() -> dict[str, dict[str, list]]:
    """Project -> device -> number and hash of its last step; what cannot be read is taken as not kept."""
    with contextlib.suppress(OSError, ValueError, RecursionError):
        kept = json.loads(_file().read_text(encoding="utf-8"))
        if isinstance(kept, dict) and all(isinstance(steps, dict) for steps in kept.values()):
            return kept
    return {}


def _file() -> Path:
    return settings.folder() / "steps.json"
