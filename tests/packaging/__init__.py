"""The scripts under resources/packaging: loaded as what they are, files that somebody runs."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

import annotator

CHECKOUT = Path(annotator.__file__).parents[1]
PACKAGING = CHECKOUT / "resources" / "packaging"
if not PACKAGING.is_dir():
    pytest.skip("not a checkout", allow_module_level=True)


def script(name: str) -> ModuleType:
    """One of the scripts as a module."""
    spec = importlib.util.spec_from_file_location(Path(name).stem, PACKAGING / f"{name}.py")
    assert spec
    assert spec.loader
    made = importlib.util.module_from_spec(spec)
    sys.modules[made.__name__] = made
    spec.loader.exec_module(made)
    return made
