"""A program that is carried about on a stick: a file called `portable` lies beside it, and what it keeps lies there, too.

Nothing is written to the home of whoever plugs it in. Places on the stick are kept as seen from the program, so that they are
found again when the stick is called something else on the next machine.
"""

import contextlib
import os
import sys
from pathlib import Path

from annotator import apart, paths

MARKERS = ("portable", "portable.txt")  # the second is what some systems make of the first
FOLDER = "annotator-data"
CACHES = {"MPLCONFIGDIR": "figures", "XDG_CACHE_HOME": "cache"}  # of libraries that would choose the home themselves


def root() -> Path | None:
    """The folder in which the marker lies: that of the frozen program, of an installed command, or of a checkout. None
    when there is none, or ANNOTATOR_HOME says where things are kept."""
    if os.environ.get("ANNOTATOR_HOME"):
        return None
    return next((place for place in _beside() if any((place / name).is_file() for name in MARKERS)), None)


def folder() -> Path | None:
    """Where a portable program keeps its settings, keys, crash reports and caches; None when it is none."""
    place = root()
    return place / FOLDER if place else None


def settle() -> None:
    """Tells the libraries to keep what they keep in the folder of a portable program; what its person chose holds."""
    if place := folder():
        for name, under in CACHES.items():
            os.environ.setdefault(name, str(place / under))


def is_locked() -> bool:
    """Whether this is a portable program that can write nothing down."""
    if not (place := folder()):
        return False
    trial = place / f"trial.{os.getpid()}"
    try:
        place.mkdir(parents=True, exist_ok=True)
        trial.write_bytes(b"")
    except OSError:
        return True
    finally:
        with contextlib.suppress(OSError):
            trial.unlink()
    return False


def carried(path: str) -> str:
    """How a place is kept: on the stick as seen from the program, elsewhere as it is."""
    if (place := root()) and Path(path).is_relative_to(_stick(place.resolve())):
        return Path(os.path.relpath(path, place.resolve())).as_posix()
    return path


def found(kept: str) -> str:
    """The place that was kept, as it is called today."""
    place = root()
    return os.path.normpath(place.resolve() / kept) if place and not os.path.isabs(kept) else kept


def _beside() -> tuple[Path, ...]:
    program = Path(sys.executable).absolute()
    if not apart.is_frozen():
        return program.parent, paths.HERE.parent
    if sys.platform == "darwin" and len(program.parents) > 3 and program.parents[2].suffix == ".app":
        return (program.parents[3],)
    return (program.parent,)


def _stick(place: Path) -> Path:
    """All that moves when the program does: the disk that is plugged in or, on the machine's own disk, its folder."""
    if os.name == "nt":
        return Path(place.anchor)
    mounted = next(above for above in (place, *place.parents) if os.path.ismount(above))
    return place if mounted == Path(place.anchor) else mounted
