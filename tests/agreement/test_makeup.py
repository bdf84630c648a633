"""What a study with whole annotations tells beyond the numbers, in the result and in every file."""

import json

import pytest

from annotator.agreement import export
from annotator.agreement.report import compute
from annotator.agreement.units import study


@pytest.fixture
def result(twelve):
    return compute(study(twelve.project, with_attributes=True), replicates=20)


def test_a_study_has_whole_annotations_only_when_they_are_asked_for(twelve, result):
    plain = compute(study(twelve.project), replicates=20)
    assert plain.makeup is None
    assert plain.attributes == ()
    assert plain.rows == result.rows
    assert result.makeup is not None
    spans = sum(use.spans for use in result.uses)
    assert result.makeup.of().total >= spans


def test_files_tell_what_the_disagreement_is_made_of(result, tmp_path):
    told = json.loads(export.as_json(result))
    first = told["makeup"][0]
    assert (first["code"], first["coders"]) == (None, result.settings["coders"])
    assert (
        sum(first[kind] for kind in ("missed", "label", "boundary", "attribute", "match")) == result.makeup.of().total
    )
    page = export.as_html(result)
    assert "What the disagreement is made of" in page
    assert "Krippendorff" in page
    assert "Fleiss, J. L." not in page
    export.write(result, tmp_path / "a.xlsx")
    export.write(result, tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(tmp_path / "a.xlsx")
    assert {"Disagreement", "Attributes"} <= {*book.sheet_names}
    rows = book.get_sheet_by_name("Disagreement").to_python()
    assert rows[1][0] == "All codes"


def test_the_page_cites_what_it_uses(twelve):
    page = export.as_html(compute(study(twelve.project), measures=["ac1", "fleiss"], replicates=0))
    assert "Gwet, K. L. (2008)" in page
    assert "Fleiss, J. L." in page
    assert "Passonneau" not in page
