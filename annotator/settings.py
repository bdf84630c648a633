"""What this machine remembers: who sits at it, its id, projects opened lately. Never anything of a project's contents."""

import contextlib
import getpass
import json
import os
import tempfile
import uuid
from dataclasses import MISSING, asdict, dataclass, field, fields
from pathlib import Path

from . import portable

RECENT = 8
THEMES = ("system", "light", "dark")
INTERFACE = (100, 125, 150, 175, 200)  # per cent of the size that the system has for it
CONTRASTS = ("system", "normal", "high")
SMALLEST, LARGEST = 6.0, 72.0  # points of the text that is read
LOCKS = (
    0,
    1,
    5,
    10,
    15,
    30,
    60,
)  # minutes without a key or the mouse after which an encrypted project locks; 0 is never
IDLE = range(1, 16)  # minutes without a key or the mouse after which time on task pauses


@dataclass(frozen=True, slots=True)
class Timing:
    """Whether a person's time on task is measured, and after how many minutes without a sign of life it pauses."""

    on: bool = True
    idle: int = 3  # one of IDLE


@dataclass(slots=True)
class Settings:
    """One small JSON file. What cannot be read in it is taken as not said."""

    name: str = ""
    machine: str = ""
    theme: str = "system"  # one of THEMES
    contrast: str = "system"  # one of CONTRASTS
    points: float = 12.0  # size of the text that is read
    interface: int = 100  # size of all the rest, one of INTERFACE
    lock: int = 10  # one of LOCKS
    recent: tuple[str, ...] = ()
    keys: dict[str, list[str]] = field(default_factory=dict)  # action -> its keys, of those that have other ones
    timing: dict[str, dict] = field(default_factory=dict)  # person -> their Timing, of those who want another one
    kept: bool = True  # False: of this run only, never written

    def device(self, person: str) -> str:
        """The id under which a person writes on this machine: one chain of revisions for each."""
        return str(uuid.uuid5(uuid.UUID(self.machine), person.casefold()))

    def timing_of(self, person: str) -> Timing:
        """How the time on task of a person is measured on this machine."""
        return _timing(self.timing.get(person.casefold()))

    def time(self, person: str, timing: Timing) -> None:
        """Measures it so from now on, and saves."""
        self.timing = {**self.timing, person.casefold(): asdict(timing)}
        self.save()

    def renew(self) -> None:
        """Gives this machine a new id, under which it writes from now on: what it wrote so far is told apart."""
        self.machine = str(uuid.uuid4())
        self.save()

    def opened(self, path: Path) -> None:
        """Puts a project at the head of those opened lately, and saves."""
        words = str(path.resolve())
        self.recent = (words, *(other for other in self.recent if other != words))[:RECENT]
        self.save()

    def save(self) -> None:
        """Writes the file whole or not at all. A machine that lets nothing be written keeps its settings to this run."""
        if not self.kept:
            return
        with contextlib.suppress(OSError):
            folder().mkdir(parents=True, exist_ok=True)
            staged = _file().with_suffix(f".{os.getpid()}")
            try:  # as ASCII: names of files that are no text survive as escapes, which UTF-8 itself has not
                staged.write_text(json.dumps(self._kept(), indent=1), encoding="utf-8")
                staged.replace(_file())
            finally:
                staged.unlink(missing_ok=True)

    def _kept(self) -> dict:
        return asdict(self) | {"recent": [portable.carried(path) for path in self.recent]}


def folder() -> Path:
    """Where settings, logs and crash reports lie; ANNOTATOR_HOME overrides it, and a portable program has its own."""
    if home := os.environ.get("ANNOTATOR_HOME"):
        return Path(home)
    if carried := portable.folder():
        return carried
    from platformdirs import user_config_path

    with contextlib.suppress(RuntimeError):
        if (found := user_config_path("annotator", appauthor=False)).is_absolute():
            return found
    return Path(tempfile.gettempdir(), f"annotator-{getattr(os, 'getuid', int)()}")  # this person has no home


def load() -> Settings:
    """The settings of this machine; at first use it gets an id, and the name of the person logged in."""
    found = {}
    with contextlib.suppress(OSError, ValueError, RecursionError):
        found = json.loads(_file().read_text(encoding="utf-8"))
    usual = {f.name: f.default if f.default_factory is MISSING else f.default_factory() for f in fields(Settings)}
    settings = Settings(**{name: found[name] for name, default in usual.items() if _fits(found, name, default)})
    settings.name = settings.name.strip()
    settings.theme = settings.theme if settings.theme in THEMES else Settings().theme
    settings.contrast = settings.contrast if settings.contrast in CONTRASTS else Settings().contrast
    settings.points = float(settings.points) if SMALLEST <= settings.points <= LARGEST else Settings().points
    settings.interface = settings.interface if settings.interface in INTERFACE else INTERFACE[0]
    settings.recent = tuple(portable.found(path) for path in settings.recent if isinstance(path, str))
    settings.timing = {name: asdict(_timing(kept)) for name, kept in settings.timing.items()}
    settings.keys = {id: keys for id, keys in settings.keys.items() if _are_words(keys)}
    if not (_is_uuid(settings.machine) and settings.name):
        settings.machine = settings.machine if _is_uuid(settings.machine) else str(uuid.uuid4())
        settings.name = settings.name or _login()
        settings.save()
    return settings


def _fits(found: object, name: str, default: object) -> bool:
    if not isinstance(found, dict) or name not in found:
        return False
    kinds = (
        (list, tuple) if isinstance(default, tuple) else (int, float) if isinstance(default, float) else type(default)
    )
    return isinstance(found[name], kinds)


def _timing(kept: object) -> Timing:
    """As it was kept; what cannot be read is as usual."""
    known = kept if isinstance(kept, dict) else {}
    idle = known.get("idle")
    return Timing(known.get("on") is not False, idle if type(idle) is int and idle in IDLE else Timing().idle)


def _are_words(found: object) -> bool:
    return isinstance(found, list) and all(isinstance(word, str) and word for word in found)


def _is_uuid(words: str) -> bool:
    with contextlib.suppress(ValueError):
        return bool(uuid.UUID(words))
    return False


def _login() -> str:
    with contextlib.suppress(OSError, KeyError, ImportError):
        return getpass.getuser().strip() or "Supervisor"
    return "Supervisor"


def _file() -> Path:
    return folder() / "settings.json"
