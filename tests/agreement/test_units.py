"""Which codings count: done, in progress, missing and empty, rounds, codes, names, and who may ask."""

from dataclasses import replace

import pytest

from annotator.agreement import units
from annotator.agreement.units import Exclusion, study
from annotator.errors import Refused
from annotator.model import Change, Code, Edit, new_id
from annotator.project import Project


def spans(found):
    """(document, coder, code, start, end) with names."""
    c = found.coding
    return [
        (found.documents[d], found.coders[g], found.codes[k], s, e)
        for d, g, k, s, e in zip(*(x.tolist() for x in (c.document, c.coder, c.code, c.start, c.end)), strict=True)
    ]


def refused(key, call):
    with pytest.raises(Refused) as caught:
        call()
    assert caught.value.key == key
    return str(caught.value)


def test_done_counts_even_without_annotations_and_in_progress_is_missing(codings):
    codings.coded("Ann", "A", ("Denial", 0, 12))
    codings.coded("Ben", "A")
    codings.coded("Cy", "A", ("Denial", 0, 3), done=False)
    found = study(codings.project)
    assert found.coders == ("Ann", "Ben")
    assert found.coding.coded.tolist() == [[True, True]]
    assert spans(found) == [("A", "Ann", "Denial", 0, 12)]
    assert found.exclusions == (Exclusion(1, "assignment", "in progress"),)


def test_what_is_in_progress_counts_when_asked_for(codings):
    codings.coded("Ann", "A", ("Denial", 0, 12))
    codings.coded("Ben", "A", ("Denial", 0, 3), done=False)
    codings.coded("Cy", "A", done=False)
    found = study(codings.project, include_in_progress=True)
    assert found.coders == ("Ann", "Ben")
    assert found.exclusions == (Exclusion(1, "assignment", "to do"),)


def test_documents_of_one_coder_are_left_out_and_told(codings):
    codings.coded("Ann", "A", ("Denial", 0, 12))
    codings.coded("Ben", "A")
    codings.coded("Ann", "B")
    codings.document("C")
    found = study(codings.project)
    assert found.documents == ("A",)
    assert found.exclusions == (
        Exclusion(1, "document", "coded by one coder only"),
        Exclusion(1, "document", "coded by nobody"),
    )


def test_the_latest_round_that_is_done_counts(codings):
    codings.coded("Ann", "A", ("Denial", 0, 12))
    codings.coded("Ben", "A", ("Denial", 0, 12))
    codings.coded("Ann", "A", ("Denial", 13, 25), round="Second")
    codings.coded("Ben", "A", ("Denial", 26, 40), round="Second", done=False)
    found = study(codings.project)
    assert spans(found) == [("A", "Ann", "Denial", 13, 25), ("A", "Ben", "Denial", 0, 12)]
    assert found.rounds == ("Main", "Second")
    assert Exclusion(1, "assignment", "coded again in a later round") in found.exclusions
    first = study(codings.project, rounds=["Main"])
    assert spans(first)[0] == ("A", "Ann", "Denial", 0, 12)


def test_merged_codes_are_read_as_the_one_they_became(codings):
    codings.coded("Ann", "A", ("Denial", 0, 12))
    codings.coded("Ben", "A", ("Rejection", 0, 12))
    book = codings.project.codebook()
    from annotator import editing

    old, new = (book[codings.ids["code", name]] for name in ("Denial", "Rejection"))
    codings.project.apply(editing.merge_codes(old, new))
    assert [row[2] for row in spans(study(codings.project))] == ["Rejection", "Rejection"]
    assert [row[2] for row in spans(study(codings.project, codes=["Denial"]))] == ["Rejection", "Rejection"]


def test_a_family_stands_for_its_codes_and_codes_of_one_name_bear_their_family(codings):
    moves = codings.code("Moves", codable=False)
    tones = codings.code("Tones", codable=False)
    under = [Code(f"0000000{n}-0000-7000-8000-000000000000", "Hard", parent=p) for n, p in ((1, moves), (2, tones))]
    codings.project.apply(Change("add codes", tuple(Edit(None, code) for code in under)))
    codings.code("Denial", parent=moves)
    codings.coded("Ann", "A", ("Denial", 0, 12))
    codings.coded("Ben", "A")
    assert set(study(codings.project).codes) == {"Moves / Hard", "Tones / Hard", "Denial"}
    assert set(study(codings.project, codes=["Moves"]).codes) == {"Hard", "Denial"}
    assert study(codings.project, codes=["Tones"]).codes == ("Hard",)


def test_names_ids_and_file_names_find_the_same_and_order_does_not_matter(twelve):
    by_name = study(twelve.project, coders=["Ben", "ann"], documents=["Statement 02", "Statement 01"])
    by_id = study(
        twelve.project,
        coders=[twelve.ids["coder", "Ann"], twelve.ids["coder", "Ben"]],
        documents=["Statement 01.txt", "Statement 02.txt"],
    )
    assert by_name.coders == by_id.coders == ("Ann", "Ben")
    assert by_name.documents == by_id.documents == ("Statement 01", "Statement 02")
    assert by_name.data_hash == by_id.data_hash
    assert by_name.data_hash != study(twelve.project).data_hash


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ({"coders": ["Anne", "Ben"]}, "Ann"),
        ({"documents": ["Statment 03"]}, "Statement 03"),
        ({"rounds": ["Man"]}, "Main"),
    ],
)
def test_unknown_names_are_refused_with_the_nearest(twelve, asked, hint):
    assert hint in refused("agreement.unknown", lambda: study(twelve.project, **asked))


def test_unknown_codes_are_refused_with_the_nearest(twelve):
    assert "Denial" in refused("code.unknown", lambda: study(twelve.project, codes=["Denail"]))


def test_too_little_to_compare_says_what_was_left_out(codings):
    refused("agreement.too_few", lambda: study(codings.project))
    codings.coded("Ann", "A", ("Denial", 0, 12))
    codings.coded("Ben", "B")
    codings.coded("Ben", "A", done=False, round="Second")
    assert "to do: 1" in refused("agreement.nothing_shared", lambda: study(codings.project))
    refused("agreement.one_coder", lambda: study(codings.project, coders=["Ann"]))
    codings.coded("Ann", "B")
    refused("agreement.no_codes", lambda: study(codings.project, codes=[codings.code("Family", codable=False)]))


def test_who_may_not_read_the_others_may_not_compare(codings):
    codings.round("Blind", blind=True)
    codings.coded("Ann", "A", round="Blind")
    codings.coded("Ben", "A", round="Blind")
    codings.project.close()
    with Project(codings.project.path, actor="Ann", device="a laptop") as project:
        refused("agreement.supervisor_only", lambda: study(project))
        refused("agreement.supervisor_only", lambda: units.layers(project, codings.ids["document", "A"]))


def test_units_of_a_text():
    text = "One. Two.\n\n  \nThree."
    assert [text[a:b] for a, b in units.pieces(text, "sentence", "en")] == ["One.", "Two.", "Three."]
    assert [text[a:b] for a, b in units.pieces(text, "paragraph")] == ["One. Two.", "Three."]
    assert units.pieces(text, "document") == [(0, len(text))]


def test_offsets_are_code_points(codings):
    text = "🎉🎉 fête. 한국어 선언."
    codings.document("A", text, language="fr")
    codings.coded("Ann", "A", ("Denial", 0, 2))
    codings.coded("Ben", "A", ("Denial", 9, 12))
    found = study(codings.project)
    assert found.coding.lengths.tolist() == [len(text)]
    pieces = found.units("sentence")
    assert [text[a:b] for a, b in zip(pieces.start, pieces.end, strict=True)] == ["🎉🎉 fête.", "한국어 선언."]


def test_layers_of_a_document_hold_what_each_coder_did(codings):
    codings.coded("Ann", "A", ("Denial", 0, 3, 8, 12))
    codings.coded("Ben", "A")
    codings.coded("Cy", "A", ("Denial", 0, 3), done=False)
    codings.coded("Dan", "B")
    document = codings.ids["document", "A"]
    found = units.layers(codings.project, document)
    names = {coder: name for (kind, name), coder in codings.ids.items() if kind == "coder"}
    assert {names[coder]: len(marks) for coder, marks in found.items()} == {"Ann": 1, "Ben": 0, "Cy": 1}
    assert found[codings.ids["coder", "Ann"]][0].spans == ((0, 3), (8, 12))
    assert len(units.layers(codings.project, document, include_in_progress=False)) == 2


def test_differences_are_counted_over_all_documents(codings):
    codings.coded("Ann", "A", ("Denial", 0, 12), ("Threat", 13, 25), ("Denial", 26, 40))
    codings.coded("Ben", "A", ("Denial", 0, 12), ("Denial", 13, 25), ("Denial", 26, 38))
    codings.coded("Ann", "B", ("Denial", 0, 12))
    codings.coded("Ben", "B")
    expected = {"missed": 1, "label": 1, "boundary": 1, "attribute": 0, "match": 1}
    assert study(codings.project).differences == expected


def test_words_that_are_not_at_their_place_do_not_count_and_are_told(codings):
    codings.coded("Ann", "A", ("Denial", 0, 12), ("Denial", 13, 25))
    codings.coded("Ben", "A", ("Denial", 0, 12))
    one = next(one for one in codings.project.nouns("annotation") if one.spans[0].start == 13)
    moved = replace(one, quotes=("Two was said",))
    codings.project.apply(Change("move", (Edit(one, None), Edit(None, replace(moved, id=new_id())))))
    found = study(codings.project)
    assert spans(found) == [("A", "Ann", "Denial", 0, 12), ("A", "Ben", "Denial", 0, 12)]
    assert found.exclusions == (Exclusion(1, "span", "whose quoted words are not at their place"),)
