"""What a report says: the method fits what was done, nothing is cited that is not listed, every document is accounted for."""

import re
from html import unescape

import pytest

from annotator import editing
from annotator.agreement.words import REFERENCES, number
from annotator.project import Project
from annotator.reporting import method
from annotator.reporting.account import account
from annotator.reporting.blocks import Figure, Heading, Paragraph, References, Report, Table, cells
from annotator.reporting.content import report
from annotator.reporting.page import page


def parts(material, kind: type) -> list:
    return [one for one in report(material).blocks if isinstance(one, kind)]


def table(material, name: str) -> list[list[str]]:
    found = next(one for one in parts(material, Table) if one.name == name)
    return [list(found.header), *([cell.shown for cell in row] for row in found.rows)]


def words(material) -> str:
    return unescape(" ".join(one.html for one in parts(material, Paragraph)))


def test_the_order_is_that_of_a_paper(sample_study):
    headings = [one.words for one in parts(sample_study.material(), Heading)]
    assert headings == [
        "Method",
        "Sample and exclusions",
        "Agreement over all codes",
        "Agreement by code",
        "Agreement over the order of coding",
        "Agreement by coder",
        "Agreement on attributes",
        "Settings, versions and data",
        "References",
    ]


def test_the_method_says_what_was_done(sample_study):
    material = sample_study.material()
    told = words(material)
    row = material.result.headline.row
    for said in (
        "Three coders coded spans of their own choice in 13 documents with a codebook of 30 codes (version 1).",
        "none of them saw the work of another",
        "The unit of analysis is the sentence",
        "Passonneau, 2006",
        "50 resamples of whole documents (Field & Welsh, 2007)",
        f"alpha was {number(row.value)}, 95% interval [{number(row.low)}, {number(row.high)}]",
        "under .667, the conventional floor",
        "most often Threat against Warning",
    ):
        assert said in told


MEASURES = [
    {},
    {"measures": ["unitizing"]},
    {"measures": ["f1", "precision"]},
    {"measures": ["kappa", "pi", "fleiss", "conger", "ac1", "s", "percent"]},
    {"unit": "span"},
    {"unit": "paragraph"},
]


@pytest.mark.parametrize("computed", MEASURES)
def test_all_that_is_cited_is_listed_and_nothing_else(sample_study, computed):
    material = sample_study.material(computed=computed, replicates=20)
    told, (listed,) = words(material), parts(material, References)
    cited = {
        (author, year)
        for group in re.findall(r"\(([^()]*\d{4}[^()]*)\)", told)
        for one in group.split("; ")
        for author in re.findall(r"^\W*(?:[a-z-]+; )?([A-Z]\w+)", one)
        for year in re.findall(r"\d{4}", one)
    }
    found = {one for row in listed.rows for one in re.findall(r"^(\w+).*?\((\d{4})\)", unescape(row))}
    assert cited == found
    assert len(found) > 1


def test_every_reference_has_its_journal_or_book_in_italics():
    rows = method.references(
        " ".join(f"({row.partition(',')[0]}, {row.partition('(')[2][:4]})" for _, row in REFERENCES)
    )
    assert len(rows) == len(REFERENCES)
    assert all(row.count("<i>") == 1 for row in rows)
    assert "<i>Public Opinion Quarterly, 18</i>, 303–308." in rows[0]


def test_every_document_is_accounted_for(twelve, of_project):
    """Of twelve documents one is one coder's alone; a training round is left out by choice."""
    twelve.round("Training", blind=False)
    for title in ("Practice 1", "Practice 2"):
        twelve.coded("Ann", title, ("Denial", 0, 12), round="Training")
        twelve.coded("Ben", title, ("Denial", 0, 12), round="Training")
    material = of_project(twelve.project, rounds=["Main"])
    header, *rows = table(material, "sample")
    assert header == ["Round", "Dates", "Codebook", "Blind", "Documents", "Used", "Partly", "Left out", "Reason"]
    main, training, every = rows
    assert main[4:] == ["12", "11", "5", "1", "coded by one coder only (1)"]
    assert [training[0], *training[3:]] == ["Training", "no", "2", "0", "0", "2", "by choice (2)"]
    assert every[4:] == ["14", "11", "5", "3", ""]


def test_who_could_see_whose_work_is_told(twelve, of_project):
    project = twelve.project
    assert "none of them saw the work of another" in words(of_project(project))
    round = project.nouns("round")[0]
    project.apply(editing.reveal(round))
    told = words(of_project(project))
    assert "none of them saw" not in told
    assert f"The round {round.name} was blind until it was revealed to its coders on " in told
    assert of_project(project).account.used[0].revealed


def test_only_who_may_compare_gets_an_account(sample_study):
    from annotator.errors import Refused

    study = sample_study.material(replicates=0).study
    with Project(sample_study.path, actor="Coder A", device="", writing=False) as project:
        with pytest.raises(Refused) as caught:
            account(project, study)
        assert caught.value.key == "agreement.supervisor_only"


def test_prevalence_and_bias_stand_beside_kappa(sample_study):
    material = sample_study.material()
    header, *rows = table(material, "prevalence")
    assert header == ["Code", "Prevalence", "Bias", "Positive", "Negative"]
    assert len(rows) == 30
    found = {one.code: one for one in material.result.prevalence if one.is_mean}
    assert {row[0]: row[1].split()[0] for row in rows} == {code: number(one.prevalence) for code, one in found.items()}
    assert all("[" in row[1] for row in rows)
    kappas = table(material, "beside_kappa")
    assert kappas[0] == ["Code", "Percent", "Kappa", "PABAK", "AC1"]
    assert {row[0]: row[2].split()[0] for row in kappas[1:]} == {code: number(one.kappa) for code, one in found.items()}
    made = next(one for one in parts(material, Table) if one.name == "prevalence")
    assert "mean over pairs" in made.caption
    assert "kappa paradox" in next(one for one in parts(material, Table) if one.name == "beside_kappa").note


def test_codes_of_too_few_uses_keep_their_row_without_a_number(sample_study):
    header, *rows = table(sample_study.material(), "by_code")
    assert header[:5] == ["Code", "Uses", "Docs", "Alpha", "95% interval"]
    assert [row[0] for row in rows[-3:]] == ["Threat of force", "Concession", "All codes"]
    assert rows[-2][3:5] == ["n/a", "–"]
    note = next(one.note for one in parts(sample_study.material(), Table) if one.name == "by_code")
    assert "Concession: 5 uses in 3 documents; 10 uses are needed." in note
    made = sample_study.material().result.makeup
    assert made is not None
    assert [int(cell.replace(",", "")) for cell in rows[-1][-5:]] == [
        made.of().counts[kind] for kind in ("missed", "boundary", "label", "attribute", "match")
    ]


def test_the_settings_name_versions_data_and_the_headline_in_full(sample_study):
    material = sample_study.material()
    told = dict(table(material, "settings")[1:])
    row = material.result.headline.row
    assert f"{row.value:.10f}" in told["Headline"]
    assert told["Data, SHA-256"] == material.result.settings["data_hash"]
    assert "Annotator" in told["Software"]
    assert told["Left out"] == "1 assignment in progress"
    assert "50 replicates, seed 1" in told["Interval"]


def test_many_coders_are_listed_as_pairs(codings, of_project):
    names = [f"Coder {n}" for n in range(6)]
    for n in range(6):
        for g, name in enumerate(names):
            codings.coded(name, f"S{n}", ("Denial", 13 * ((n + g) % 3 == 0), 12 + 13 * ((n + g) % 3 == 0)))
    header, *rows = table(of_project(codings.project), "by_coder")
    assert header[:2] == ["Coder", "and coder"]
    assert len(rows) == 15


def test_figures_and_tables_are_numbered_and_told_in_words(sample_study):
    figures, tables = parts(sample_study.material(), Figure), parts(sample_study.material(), Table)
    assert [one.name for one in figures] == ["codes", "order_of_coding", "confusion"]
    assert [one.number for one in figures] == [1, 2, 3]
    assert [one.number for one in tables] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert "Table 3" in figures[0].alt
    assert all(one.alt and one.caption for one in figures)


def test_pages_of_a_report_break_where_they_may():
    """Nothing is cut, headings stay with what follows, and a long table repeats its head."""
    from annotator.gui.paper.report_blocks import Laid, Piece
    from annotator.gui.paper.report_sheets import FOOT, HEIGHT, TOP, pages

    def piece(height: float) -> Piece:
        return Piece(height, lambda painter, y: None)

    room = HEIGHT - FOOT - TOP
    heading = Laid([piece(100)], before=130, after=40, with_next=True)
    head = piece(150)
    table = Laid([piece(200), *[piece(130) for _ in range(80)], piece(200)], whole=True, head=head)
    figure = Laid([piece(3000), piece(100)], whole=True)
    found = pages([Laid([piece(room - 500)]), heading, figure, heading, table])
    assert all(y + one.height <= HEIGHT - FOOT + 0.5 for page in found for y, one in page)
    assert len(found[0]) == 1, "the heading went with its figure"
    assert found[2][0][1] is head or found[3][0][1] is head
    told = [one for page in found for _, one in page if one is not head]
    assert len(told) == 1 + 1 + 2 + 1 + 82


def test_a_wide_table_is_set_closer_on_the_page():
    row = cells(["x"] * 12)
    wide, narrow = (Table(name, "", ["x"] * n, [row[:n]], "l" * n) for name, n in (("wide", 12), ("narrow", 5)))
    made = page(Report("T", "r", "", [wide, narrow]))
    assert '<table id="wide" class="dense">' in made
    assert '<table id="narrow">' in made
