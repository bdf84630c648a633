"""annotator agreement"""

import sys
from argparse import Namespace

from annotator.cli import desk, terminal
from annotator.project import Project

ENDINGS = (".json", ".csv", ".xlsx", ".html")


def run(arguments: Namespace) -> int:
    """Computes how far coders agree, and writes it."""
    if arguments.report and (arguments.out or arguments.format):
        terminal.complain("--report names a folder, and goes without --out and --format.")
        return 2
    if arguments.report:
        arguments.out, arguments.format = arguments.report, "report"
    by_ending = arguments.out.suffix.casefold() if arguments.out else ""
    format = arguments.format or (by_ending[1:] if by_ending in ENDINGS else "table")
    if wrong := _wrong_usage(arguments, format):
        terminal.complain(wrong)
        return 2
    return _report(arguments) if format == "report" else _tell(arguments, format)


def _tell(arguments: Namespace, format: str) -> int:
    """The numbers, to a file or to the terminal."""
    from annotator.agreement import export

    result = _of_ratings(arguments) if arguments.ratings else _of_project(arguments, format)
    if arguments.out and format != "table":
        export.write(result, arguments.out, format)
    else:
        words = table_of(result) if format == "table" else getattr(export, f"as_{format}")(result)
        if arguments.out:
            terminal.write(arguments.out, words)
        else:
            sys.stdout.write(words)
    if arguments.out:
        terminal.say(f"The agreement is in {arguments.out}.")
    return 0


def _wrong_usage(arguments: Namespace, format: str) -> str:
    """What of the options does not go together; "" when all does."""
    if format in ("xlsx", "report") and not arguments.out:
        where = (
            "a file only: say which one with --out FILE"
            if format == "xlsx"
            else "a folder: say which with --out FOLDER"
        )
        return f"{format} is written to {where}."
    if (arguments.project is None) == (arguments.ratings is None):
        return "Name either a project or a table with --ratings."
    if arguments.ratings and (wrong := _of_projects(arguments)):
        return f"{wrong} goes with a project and not with --ratings."
    return ""


def _report(arguments: Namespace) -> int:
    """The folder of a report, whole or not at all."""
    from annotator.reporting import folder

    folder.must_be_free(arguments.out)
    source = _rated(arguments) if arguments.ratings else _studied(arguments)
    with terminal.Progress("Writing the report") as progress:
        folder.write(source, arguments.out, progress=progress)
    terminal.say(f"The report is in {arguments.out}: report.html and report.pdf, with its data.")
    return 0


def _studied(arguments: Namespace):
    """What a report of a project is made from."""
    from annotator.agreement import units
    from annotator.reporting.content import Material

    with desk.sit_down(arguments, writing=False) as project:
        study = units.study(project, **_asked(project, arguments), with_attributes=True)
        material = Material.read(project, study)
    return material(_computed(study, arguments))


def _rated(arguments: Namespace):
    """What a report of a table is made from."""
    from annotator.agreement import ratings
    from annotator.reporting.rated import Rated

    table = ratings.read(arguments.ratings)
    with terminal.Progress("Comparing coders") as progress:
        return Rated.computed(
            table, level=arguments.level, replicates=arguments.replicates, seed=arguments.seed, progress=progress
        )


def _of_project(arguments: Namespace, format: str):
    from annotator.agreement import units

    with desk.sit_down(arguments, writing=False) as project:
        study = units.study(project, **_asked(project, arguments), with_attributes=format in ("json", "xlsx", "html"))
    return _computed(study, arguments)


def _computed(study, arguments: Namespace):
    from annotator.agreement import report

    with terminal.Progress("Comparing coders") as progress:
        result = report.compute(
            study,
            unit=arguments.unit,
            measures=desk.names_in(arguments.measures, ()),
            replicates=arguments.replicates,
            seed=arguments.seed,
            progress=progress,
        )
    return _with_gamma(result, study, arguments) if arguments.gamma or arguments.gamma_mean else result


def _with_gamma(result, study, arguments: Namespace):
    from annotator.agreement import holistic

    settings = {"mean": arguments.gamma_mean, "replicates": arguments.replicates, "seed": arguments.seed}
    with terminal.Progress("Aligning spans") as progress:
        return holistic.joined(result, holistic.of_study(study, **settings, progress=progress))


def _of_ratings(arguments: Namespace):
    from annotator.agreement import ratings

    table = ratings.read(arguments.ratings)
    with terminal.Progress("Comparing coders") as progress:
        return ratings.compute(
            table, level=arguments.level, replicates=arguments.replicates, seed=arguments.seed, progress=progress
        )


def _of_projects(arguments: Namespace) -> str:
    """The first option given that a table of ratings has no use for."""
    names = ("coders", "documents", "codes", "rounds", "unit", "measures", "include_in_progress", "without_search")
    names += ("gamma", "gamma_mean")
    options = {"rounds": "--round", "measures": "--measure"}
    given = (name for name in names if getattr(arguments, name))
    return next((options.get(name, f"--{name.replace('_', '-')}") for name in given), "")


def table_of(result) -> str:
    """The result as a table of words."""
    from annotator.agreement.terminal import table

    return table(result)


def _asked(project: Project, arguments: Namespace) -> dict:
    """What the study is to take in."""
    codes = [words for code in project.nouns("code") for words in (code.id, code.name)]
    documents = [words for one in project.nouns("document") for words in (one.id, one.title, one.filename)]
    return {
        "coders": desk.names_in(arguments.coders, (one.name for one in project.nouns("coder"))),
        "documents": desk.names_in(arguments.documents, documents),
        "codes": desk.names_in(arguments.codes, codes),
        "rounds": desk.names_in(arguments.rounds, (one.name for one in project.nouns("round"))),
        "include_in_progress": arguments.include_in_progress,
        "by_search": not arguments.without_search,
    }
