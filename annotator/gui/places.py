"""Where a person was: window, document, reading place. Kept on this machine beside the settings; ids and numbers only."""

import contextlib
import json
import os
from collections.abc import Callable
from pathlib import Path

from annotator import portable, settings

BY_PATH = ("recent", "last")  # of the window: places of projects -> what is remembered of them


class Places:
    """One small JSON file: project id + coder id -> what was open and where. What cannot be read is taken as not said."""

    def __init__(self) -> None:
        self._all: dict[str, dict] = {}
        self._kept = True
        with contextlib.suppress(OSError, ValueError):
            found = json.loads(_file().read_text(encoding="utf-8"))
            if isinstance(found, dict):
                self._all = _spelt(
                    {key: value for key, value in found.items() if isinstance(value, dict)}, portable.found
                )

    @classmethod
    def of_nobody(cls) -> "Places":
        """Remembers nothing and keeps nothing: for a picture."""
        made = cls.__new__(cls)
        made._all, made._kept = {}, False
        return made

    def of(self, project: str, coder: str) -> dict:
        """What is remembered of a person in a project. Change it, then `save`."""
        return self._all.setdefault(f"{project} {coder}", {})

    def of_window(self) -> dict:
        """What is remembered of the window."""
        return self._all.setdefault("window", {})

    def save(self) -> None:
        """Writes the file whole or not at all."""
        if not self._kept:
            return
        with contextlib.suppress(OSError):
            settings.folder().mkdir(parents=True, exist_ok=True)
            staged = _file().with_suffix(f".{os.getpid()}")
            staged.write_text(json.dumps(_spelt(self._all, portable.carried)), encoding="utf-8")
            staged.replace(_file())


def _spelt(found: dict[str, dict], spell: Callable[[str], str]) -> dict[str, dict]:
    """The same with the places of projects spelt in another way."""
    window = found.get("window", {})
    by_path = {name: window[name] for name in BY_PATH if isinstance(window.get(name), dict)}
    other = {name: {spell(path): kept for path, kept in known.items()} for name, known in by_path.items()}
    return found | {"window": window | other} if other else found


def _file() -> Path:
    return settings.folder() / "places.json"
