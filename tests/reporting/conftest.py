"""Studies to report on, and their material read once."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from annotator import sample
from annotator.agreement import report, units
from annotator.project import Project
from annotator.reporting.content import Material
from tests.agreement.conftest import codings, twelve

__all__ = ["codings", "twelve"]


@dataclass
class Study:
    """A project that was closed again: what it gives to a report."""

    path: Path

    def material(self, *, replicates: int = 50, computed: dict | None = None, **asked) -> Material:
        with Project(self.path, actor="Sue", device="", writing=False) as project:
            study = units.study(project, **asked, with_attributes=True)
            material = Material.read(project, study)
        return material(report.compute(study, replicates=replicates, **(computed or {})))


@pytest.fixture(scope="session")
def sample_study(tmp_path_factory) -> Study:
    """The sample project, coded by three. Nothing here writes to it."""
    return Study(sample.make(tmp_path_factory.mktemp("sample") / "sample.annotator", name="Sue", device="desk"))


@pytest.fixture
def of_project() -> Callable[..., Material]:
    """The material of a project that is open."""

    def read(project: Project, *, replicates: int = 50, computed: dict | None = None, **asked) -> Material:
        study = units.study(project, **asked, with_attributes=True)
        return Material.read(project, study)(report.compute(study, replicates=replicates, **(computed or {})))

    return read
