"""Where a person was: window, document, reading place. Kept on this machine beside the settings; ids and numbers only."""

import contextlib
import json
import os
from pathlib import Path

from annotator import settings


class Places:
    """One small JSON file: project id + coder id -> what was open and where. What cannot be read is taken as not said."""

    def __init__(self) -> None:
        self._all: dict[str, dict] = {}
        self._kept = True
        with contextlib.suppress(OSError, ValueError):
            found = json.loads(_file().read_text(encoding="utf-8"))
            if isinstance(found, dict):
                self._all = {key: value for key, value in found.items() if isinstance(value, dict)}

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
            staged.write_text(json.dumps(self._all), encoding="utf-8")
            staged.replace(_file())


def _file() -> Path:
    return settings.folder() / "places.json"
