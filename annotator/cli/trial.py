"""The trial of the program: each step does with the real parts what people do, in a folder of its own, and raises when
something is not as it should be. What a build may have left out is asked for by name."""

import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from annotator import apart, codebook, editing, founding, paths, screen, settings
from annotator.cli import trial_files
from annotator.cli.picture import ON_SCREEN, WITHOUT_SCREEN
from annotator.model import Coder, Document, Round
from annotator.project import Project
from annotator.text import sentences

if TYPE_CHECKING:
    from annotator.agreement.report import Result

LIBRARIES = {  # what is declared -> the modules of it that are loaded somewhere, many of them late
    "SQLAlchemy": ("sqlalchemy.dialects.sqlite",),
    "alembic": ("alembic.command", "alembic.ddl.sqlite"),
    "pydantic": ("pydantic",),
    "platformdirs": ("platformdirs",),
    "numpy": ("numpy.random",),
    "scipy": ("scipy.sparse.csgraph", "scipy.optimize", "scipy.cluster.hierarchy", "scipy.spatial.distance"),
    "sentencex": ("sentencex",),
    "regex": ("regex",),
    "jinja2": ("jinja2",),
    "lxml": ("lxml.etree", "lxml.html"),
    "charset-normalizer": ("charset_normalizer",),
    "pypdfium2": ("pypdfium2",),
    "striprtf": ("striprtf.striprtf",),
    "python-calamine": ("python_calamine",),
    "XlsxWriter": ("xlsxwriter",),
    "matplotlib": tuple(f"matplotlib.backends.backend_{name}" for name in ("agg", "svg", "pdf")),
    "cryptography": ("cryptography.hazmat.primitives.asymmetric.ed25519",),
    "PySide6-Essentials": ("PySide6.QtCore",),  # windows and paper are tried in processes of their own
}
CODERS, SUPERVISOR = ("Ada", "Ben"), "Supervisor"
CODED = {"Ada": ("Denial", "Accusation", "Offer of dialogue"), "Ben": ("Denial", "Accusation", "Rejection")}
ALPHA = 0.72  # of four sentences coded by two, who differ on one


class Wrong(Exception):
    """What came out is not what it should be."""


class Step(NamedTuple):
    """One thing that is tried, once all that it needs went well."""

    words: str
    run: Callable[["Bench"], None]
    needs: tuple[str, ...] = ()


@dataclass
class Bench:
    """The folder that the trial works in, and what its steps hand on."""

    folder: Path

    @property
    def project(self) -> Path:
        return self.folder / "desk.annotator"

    def desk(self) -> Project:
        """The supervisor's project, open."""
        return Project(self.project, actor=SUPERVISOR, device=settings.load().device(SUPERVISOR))

    def laptop(self, name: str) -> Project:
        """A coder's project, open."""
        return Project(self.folder / f"{name}.annotator", actor=name, device=settings.load().device(name))


def must(holds: object, words: str) -> None:
    """Raises Wrong with these words unless it holds."""
    if not holds:
        raise Wrong(words)


# What there is --------------------------------------------------------------------------------------------------------


def shipped(_: Bench) -> None:
    here = paths.resources()
    book = founding.shipped_codebook()
    must(sum(code.codable for code in book.codes) > 20, "the codebook has lost codes")
    for pattern, least in (("help/start/*.md", 5), ("help/panels/*.md", 10), ("help/pictures/*.png", 10)):
        must(len(list(here.glob(pattern))) >= least, f"{pattern} is missing in {here}")
    for name in ("themes/theme.json", "icons/annotator.svg"):
        must((here / name).is_file(), f"{name} is missing in {here}")
    for pattern in ("*.txt", "codings/*.csv"):
        must(list(paths.sample_docs().glob(pattern)), f"{pattern} is missing in {paths.sample_docs()}")


def libraries(_: Bench) -> None:
    for modules in LIBRARIES.values():
        for name in modules:
            import_module(name)


def cutting(_: Bench) -> None:
    for language, (words, count) in {"en": (trial_files.STATEMENT, 4), **trial_files.OTHERS}.items():
        found = len(sentences(words, language))
        must(found == count, f"{found} sentences found in {language}, not {count}")


# A project, and the work of a team ------------------------------------------------------------------------------------


def new_project(bench: Bench) -> None:
    device = settings.load().device(SUPERVISOR)
    founding.found(bench.project, name="Trial", supervisor=SUPERVISOR, device=device, book=founding.shipped_codebook())


def older_file(bench: Bench) -> None:
    """Opening a file from an older program looks for the steps up to now; all are read, even if none is to be taken."""
    from sqlalchemy import URL, create_engine

    from annotator import migrations

    engine = create_engine(URL.create("sqlite", database=str(bench.project)))
    try:
        with engine.begin() as connection:
            migrations.upgrade(connection)
    finally:
        engine.dispose()


def encrypted(bench: Bench) -> None:
    """A database under a secret, which nobody reads without it. The library is an extra: without it there is nothing to try."""
    from annotator import ciphered

    if not ciphered.is_installed():
        return
    path, secret = bench.folder / "secret.db", os.urandom(32)
    with ciphered.connected(path, secret) as connection:
        connection.execute("CREATE TABLE words (one TEXT)")
        connection.execute("INSERT INTO words VALUES ('minister')")
        connection.commit()
    must(b"words" not in path.read_bytes(), "the file is not encrypted")
    with ciphered.connected(path, secret) as connection:
        must(connection.execute("SELECT one FROM words").fetchall() == [("minister",)], "what was written is not there")


def documents(bench: Bench) -> None:
    from annotator.interchange import importing
    from annotator.interchange.incoming import Columns

    files = trial_files.write_all(bench.folder / "statements")
    columns = {path: Columns(text="text", title="title") for path in files if path.suffix in (".csv", ".xlsx")}
    reading = importing.read_all(files, columns=columns)
    for path, error in reading.failures:
        raise Wrong(f"{path.name}: {error}")
    for one in reading.documents:
        must(trial_files.STATEMENT in one.text, f"{one.filename} is read as {one.text[:200]!r}")
    with bench.desk() as project:
        change, contents = importing.documents_change(project, reading.documents[:1])
        project.apply(change, contents=contents)


def handing_out(bench: Bench) -> None:
    from annotator.fieldwork import outgoing

    with bench.desk() as project:
        document, round = _work(project)
        for name in CODERS:
            project.apply(editing.add_coder(name))
            coder = _coder(project, name)
            project.apply(editing.assign(project, documents=[document.id], coders=[coder.id], round=round.id))
            out = bench.folder / f"{name}.assignment"
            outgoing.assign(project, coder=coder, round=round, documents=[document.id], out=out)


def accepting(bench: Bench) -> None:
    from annotator.fieldwork import incoming

    for name in CODERS:
        incoming.accept(bench.folder / f"{name}.assignment", bench.folder / f"{name}.annotator")


def coding(bench: Bench) -> None:
    for name in CODERS:
        with bench.laptop(name) as project:
            document, round = _work(project)
            book, places = project.codebook(), sentences(project.text(document.id), document.language)
            for words, place in zip(CODED[name], places, strict=False):
                code = codebook.resolve(book, words)
                change = editing.annotate(
                    project, document=document.id, code=code.id, spans=[place], round=round.id, memo="On trial"
                )
                project.apply(change)
            project.apply(editing.mark_done(project, document=document.id, round=round.id))
            must(len(project.nouns("annotation")) == len(CODED[name]), "annotations are missing")


def handing_in(bench: Bench) -> None:
    from annotator.fieldwork import outgoing

    for name in CODERS:
        with bench.laptop(name) as project:
            outgoing.hand_in(project, bench.folder / f"{name}.coded")


def receiving(bench: Bench) -> None:
    from annotator.fieldwork import incoming

    with bench.desk() as project:
        received = incoming.receive(project, [bench.folder / f"{name}.coded" for name in CODERS])
        for path, error in received.failures:
            raise Wrong(f"{path.name}: {error}")
        must(len(project.nouns("annotation")) == sum(map(len, CODED.values())), "annotations are missing")


def finding_words(bench: Bench) -> None:
    from annotator import finding

    with bench.desk() as project:
        hits = [hit for _, _, found in finding.find(project, finding.Query("minister")) if found for hit in found.hits]
    must(len(hits) == 1, f"{len(hits)} hits and not 1")


# What comes of it -----------------------------------------------------------------------------------------------------


def agreement(bench: Bench) -> None:
    from annotator.agreement import export

    result = _compared(bench)
    found = next(row.value for row in result.rows if (row.code, row.measure, row.variant) == (None, "alpha", "masi"))
    must(found is not None and abs(found - ALPHA) < 1e-9, f"alpha is {found} and not {ALPHA}")
    for ending in ("json", "csv", "xlsx", "html"):
        export.write(result, bench.folder / f"agreement.{ending}")


def tables(bench: Bench) -> None:
    from annotator.interchange import annotation_table, annotation_workbook, importing

    csv, xlsx = bench.folder / "annotations.csv", bench.folder / "annotations.xlsx"
    with bench.desk() as project:
        annotation_table.write(project, csv)
        annotation_workbook.write(project, xlsx)
    rows = sum(map(len, CODED.values()))
    _, read = annotation_table.read_rows(csv.read_bytes())
    must(len(read) == rows, f"{len(read)} rows in {csv.name} and not {rows}")
    must(importing.columns_of(xlsx).sample, f"{xlsx.name} has no rows")


def web_page(bench: Bench) -> None:
    from annotator.interchange import coded_page
    from annotator.interchange.coded_document import gather

    out = bench.folder / "document.html"
    with bench.desk() as project:
        document, round = _work(project)
        coded_page.write(gather(project, document, round, shows=lambda _: True), out, coded_page.Contents())
    must("Denial" in out.read_text(encoding="utf-8"), "the page does not name its codes")


def on_paper(bench: Bench) -> None:
    from annotator.cli import coded_paper
    from annotator.interchange import importing

    out = bench.folder / "document.pdf"
    with bench.desk() as project:
        document, round = _work(project)
        coded_paper.draw(project, out, document.id, round.id, None, {"size": "A4", "attributes": True})
    (read,) = importing.read(out)
    must("minister" in read.text and "Denial" in read.text, f"{out.name} is read as {read.text[:200]!r}")


def report(bench: Bench) -> None:
    from annotator.agreement import units
    from annotator.reporting import folder
    from annotator.reporting.content import Material

    with bench.desk() as project:
        study = units.study(project, with_attributes=True)
        material = Material.read(project, study)
    out = bench.folder / "report"
    folder.write(material(_compared(bench)), out)
    for name in ("report.html", "report.pdf", "recompute.py", "agreement.xlsx"):
        must((out / name).stat().st_size > 1000, f"{name} is empty")
    for ending in ("svg", "pdf"):
        must(list(out.glob(f"figures/*.{ending}")), f"there are no figures as {ending}")


def picture_of_figure(_: Bench) -> None:
    from annotator.agreement.figures import export

    figure = export.drawn(200, 100, lambda at: at.text(0.5, 0.5, "minister"))
    must(export.png(figure).startswith(b"\x89PNG"), "the figure is no PNG")


def keeping(bench: Bench) -> None:
    from annotator import backups

    with bench.desk() as project:
        copy = backups.make(project, datetime.now(UTC))
        must(copy.path.is_file(), "there is no backup")
        for error in project.check(rebuild=True):
            raise Wrong(str(error))


def window(bench: Bench) -> None:
    _show(bench, bench.folder / "window.png", WITHOUT_SCREEN)


def window_on_screen(bench: Bench) -> None:
    screen.must_be_there()
    screen.must_have_libraries(on_screen=True)
    _show(bench, bench.folder / "screen.png", ON_SCREEN)


STEPS = (
    Step("What came with the program", shipped),
    Step("The libraries", libraries),
    Step("Sentences in five languages", cutting),
    Step("A new project", new_project),
    Step("The steps from older programs", older_file, ("A new project",)),
    Step("Encryption, where it is installed", encrypted),
    Step("Documents of eight formats", documents, ("A new project",)),
    Step("Handing out", handing_out, ("Documents of eight formats",)),
    Step("Accepting", accepting, ("Handing out",)),
    Step("Coding", coding, ("Accepting",)),
    Step("Handing in", handing_in, ("Coding",)),
    Step("Receiving", receiving, ("Handing in",)),
    Step("Finding", finding_words, ("Documents of eight formats",)),
    Step("Agreement", agreement, ("Receiving",)),
    Step("Tables of annotations", tables, ("Receiving",)),
    Step("A coded document as a web page", web_page, ("Receiving",)),
    Step("A coded document on paper, and read again", on_paper, ("Receiving",)),
    Step("A figure as a picture", picture_of_figure),
    Step("The report as a folder", report, ("Receiving",)),
    Step("A backup, and the check of the log", keeping, ("A new project",)),
    Step("A picture of the window", window, ("Documents of eight formats",)),
)
WITH_SCREEN = (*STEPS, Step("The window on this screen", window_on_screen, ("Documents of eight formats",)))


def needed_for(words: str) -> tuple[Step, ...]:
    """A step with all that it needs, in their order."""
    wanted = {words}
    for step in reversed(STEPS):
        if step.words in wanted:
            wanted |= {*step.needs}
    return tuple(step for step in STEPS if step.words in wanted)


# How ------------------------------------------------------------------------------------------------------------------


def _work(project: Project) -> tuple[Document, Round]:
    """What is coded, and in which round."""
    return project.nouns("document")[0], project.nouns("round")[-1]


def _coder(project: Project, name: str) -> Coder:
    return next(one for one in project.nouns("coder") if one.name == name)


def _compared(bench: Bench) -> "Result":
    from annotator.agreement import report, units

    with bench.desk() as project:
        study = units.study(project, with_attributes=True)
    return report.compute(study, replicates=20)


def _show(bench: Bench, out: Path, where: str) -> None:
    """The window with the project, in a process of its own, as a picture: of its size, and with more in it than a ground."""
    environment = os.environ | ({"QT_QPA_PLATFORM": "offscreen"} if where == WITHOUT_SCREEN else {})
    showing = apart.started(
        "annotator.cli.picture",
        (bench.project, SUPERVISOR, out, where),
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        errors="replace",
    )
    told = showing.communicate()[1].strip()
    must(showing.returncode == 0 and out.exists(), told or f"exit code {showing.returncode}")
    import numpy as np
    from matplotlib.image import imread

    pixels = imread(out)
    must(min(pixels.shape[:2]) >= 600, f"the picture is {pixels.shape[1]} by {pixels.shape[0]} pixels")
    colours = len(np.unique(pixels.reshape(-1, pixels.shape[2]), axis=0))
    must(colours > 100, f"the picture has {colours} colours only: its words are not drawn")
