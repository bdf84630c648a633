"""The report from top to bottom: paragraphs, tables and figures, numbered in the order in which they stand."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from html import unescape

from annotator.agreement.drift import drift
from annotator.agreement.result import Result
from annotator.agreement.timeline import Timeline, timeline
from annotator.agreement.units import Study
from annotator.agreement.words import BRIEF, SHORT
from annotator.project import Project
from annotator.reporting import drawing, gamma, method, recompute, tables
from annotator.reporting.account import Account, account
from annotator.reporting.blocks import Block, Figure, Heading, Paragraph, References, Report, Table
from annotator.reporting.reliability import Data, matrix

TITLE = "Inter-coder agreement"
ABOUT = """\
reliability_data.csv      the raw data of the headline: a row a unit, a column a coder; empty: not coded, {nothing}: coded,
                          and nothing given"""


@dataclass(frozen=True, eq=False)
class Material:
    """All that a report is made from; nothing more is read."""

    study: Study
    result: Result
    account: Account
    timeline: Timeline

    @classmethod
    def read(cls, project: Project, study: Study) -> "Callable[[Result], Material]":
        """What makes the material when the result is there: all that the project is needed for is read at once. Raises
        Refused: the actor may not compare."""
        return partial(cls, study, account=account(project, study), timeline=timeline(project, study))

    def report(self) -> Report:
        """The whole."""
        return report(self)

    def data(self) -> Data:
        """The units that the headline counts, and the script that counts them."""
        found = matrix(self.study, self.result)
        return Data(found.as_csv(), recompute.script(self.result, found), ABOUT.format(nothing=found.nothing))


def report(material: Material) -> Report:
    """The whole."""
    return bound(material.result, list(_text(material)))


def bound(result: Result, blocks: list[Block]) -> Report:
    """What was written, with its references and numbers, as a report on a result."""
    cited = unescape(" ".join(one.html for one in blocks if isinstance(one, Paragraph)))
    blocks = [*blocks, Heading("References"), References(method.references(cited))]
    lede = "Beside this report lie the raw data, and a script that computes the headline from them: recompute.py."
    return Report(TITLE, result.settings["project"], lede, _numbered(blocks))


def _text(material: Material) -> Iterator[Block]:
    study, result, sample = material.study, material.result, material.account
    yield Heading("Method")
    yield Paragraph(" ".join([method.method(result, sample), *gamma.method(result)]))
    yield Paragraph(" ".join([method.outcome(result, in_a_sentence(result)), *gamma.outcome(result)]))
    yield Heading("Sample and exclusions")
    yield tables.sample(sample, study.coders)
    yield Heading("Agreement over all codes")
    yield tables.overall(result)
    if result.uses:
        yield Heading("Agreement by code")
        yield from drawing.codes(result, study.coding)
        yield tables.by_code(result)
        if result.prevalence:
            yield from tables.beside_kappa(result)
        if "gamma" in result.settings:
            yield gamma.by_code(result)
    settings = result.settings
    found = drift(study, material.timeline, result.headline.row.unit, seed=settings["seed"])
    if charts := list(drawing.over_time(found, study.coders)) if found else []:
        yield Heading("Agreement over the order of coding")
        yield from charts
    yield Heading("Agreement by coder")
    yield tables.by_coder(result)
    if result.makeup:
        yield from drawing.confusion(result)
    if result.attributes:
        yield Heading("Agreement on attributes")
        yield tables.attributes(result.attributes)
    yield Heading("Settings, versions and data")
    yield tables.settings(result, sample)


def in_a_sentence(result: Result) -> str:
    """The name of the headline in running words."""
    row = result.headline.row
    if row.measure == "unitizing":
        return f"{BRIEF.get(row.variant, row.variant)}-alpha"
    names = {"percent": "percent agreement", "alpha": "alpha", "kappa": "kappa", "pi": "pi"}
    return names.get(row.measure, SHORT[row.measure])


def _numbered(blocks: list[Block]) -> list[Block]:
    """Tables and figures with their numbers; {by_code} in words for a picture is the number of that table."""
    numbers, of_kind = dict[str, str](), {Table: 0, Figure: 0}
    for block in blocks:
        if isinstance(block, Table | Figure):
            of_kind[type(block)] += 1
            numbers[block.name] = f"{type(block).__name__} {of_kind[type(block)]}"
    found: list[Block] = []
    for block in blocks:
        number = int(numbers[block.name].split()[1]) if isinstance(block, Table | Figure) else 0
        if isinstance(block, Figure):
            alt = re.sub(r"\{(by_\w+)\}", lambda name: numbers.get(name[1], "the tables"), block.alt)
            found.append(replace(block, number=number, alt=alt))
        else:
            found.append(replace(block, number=number) if isinstance(block, Table) else block)
    return found
