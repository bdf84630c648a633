"""Tables of annotations: what goes out comes in again as the same, and what is wrong is told row by row."""

import csv
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator import editing, sample
from annotator.errors import Refused
from annotator.interchange import annotation_table, annotation_workbook
from annotator.interchange.annotation_table import carry_out, plan, read_rows
from annotator.model import Annotation, Attribute, Change, Code, Edit, new_id
from annotator.project import Project
from annotator.text import Span, canonical
from tests.conftest import WORDS, document

HEAD = "document,coder,code,start,end"


def planned(team, *rows: str, head: str = HEAD, done: bool = True):
    return plan(team.sue, "\n".join([head, *rows, ""]).encode(), round=team.round, done=done)


def problems(team, *rows: str, head: str = HEAD) -> list[tuple[int, str]]:
    return [(line, error.key) for line, error in planned(team, *rows, head=head).problems]


def annotations(project) -> list[Annotation]:
    return [one for each in project.nouns("document") for one in project.annotations(each.id)]


# Reading --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(encoding, delimiter):
    words = f"{HEAD},quote\nd,Ada,Denial,0,3,“Ça”\n".replace(",", delimiter).replace("\n", "\r\n")
    assert read_rows(words.encode(encoding))[1][0][1]["quote"] == "“Ça”"


def test_a_cell_with_lines_and_quotes_counts_lines_as_an_editor_does():
    _, rows = read_rows(f'{HEAD},memo\na,A,c,0,1,"two ""lines""\nof memo"\n\nb,B,c,0,1,\n'.encode())
    assert [(line, row["document"], row["memo"]) for line, row in rows] == [
        (2, "a", 'two "lines"\nof memo'),
        (5, "b", ""),
    ]


def test_a_table_without_the_columns_is_refused():
    with pytest.raises(Refused, match=r"no column coder, code, start, end. Its columns are: document, words"):
        read_rows(b"document,words\n")
    with pytest.raises(Refused, match="no column document"):
        read_rows(b"\n")


def test_a_quote_that_never_ends_is_refused():
    with pytest.raises(Refused, match="cannot be read"):
        read_rows(f'{HEAD}\n"a,b\n'.encode())


# What a row may name --------------------------------------------------------------------------------------------------


def test_documents_codes_and_coders_by_any_name(team):
    denial, offer = team.codes["denial"], team.codes["offer"]
    made = planned(
        team,
        f"{team.document.id},ada,denial,0,3",
        "A statement,Ada ,Moves / Denial,4,12",
        "A statement,Ben,moves>offer of dialogue,0,3",
        f"A statement,Ben,{offer.id},4,12",
    )
    assert made.problems == []
    codes = [edit.after.code for edit in made.change.edits if isinstance(edit.after, Annotation)]
    assert codes == [denial.id, denial.id, offer.id, offer.id]
    assert (made.annotations, made.documents) == (4, 2)


def test_what_is_wrong_is_told_by_line(team):
    assert problems(
        team,
        "A statement,Ada,Denial,0,3,The",
        "A statement,Ada,Denial,0,3,Thy",
        "A statement,Ada,Denial,0,999,",
        "A statement,Ada,Denial,3,3,",
        "A statement,Ada,Denial,-1,3,",
        "A statement,Ada,Denial,zero,3,",
        "Another,Ada,Denial,0,3,",
        ",Ada,Denial,0,3,",
        "A statement,,Denial,0,3,",
        "A statement,Ada,Moves,0,3,",
        "A statement,Ada,Threat,0,3,",
        "A statement",
        head=f"{HEAD},quote",
    ) == [
        (3, "table.quote"),
        (4, "span.outside"),
        (5, "span.outside"),
        (6, "span.outside"),
        (7, "table.not_whole"),
        (8, "table.unknown"),
        (9, "table.unknown"),
        (10, "name.empty"),
        (11, "code.is_family"),
        (12, "table.unknown"),
        (13, "name.empty"),
    ]


def test_values_are_checked_as_when_coding(team):
    head = f"{HEAD},certainty,stance,actor"
    assert problems(
        team,
        "A statement,Ada,Denial,0,3,0.5,warm,Velmar",
        "A statement,Ada,Denial,4,12,,1,velmar",
        "A statement,Ada,Denial,13,19,1.5,,",
        "A statement,Ada,Denial,13,19,,hot,",
        "A statement,Ada,Offer of dialogue,13,19,,1,",
        head=head,
    ) == [(4, "certainty.outside"), (5, "attribute.no_choice"), (6, "attribute.unknown")]
    made = planned(team, "A statement,Ada,Denial,0,3,0.5,warm,Velmar", head=head)
    carry_out(team.sue, made)
    (one,) = annotations(team.sue)
    assert (one.certainty, one.attributes[team.attributes["stance"].id]) == (0.5, 1)
    assert team.sue.noun("entity", one.attributes[team.attributes["actor"].id]).name == "Velmar"


def test_rows_of_one_word_are_the_spans_of_one_annotation(team):
    head = f"{HEAD},annotation"
    carry_out(
        team.sue,
        planned(
            team,
            "A statement,Ada,Denial,4,12,x",
            "A statement,Ada,Denial,0,3,x",
            "A statement,Ben,Denial,0,3,x",
            head=head,
        ),
    )
    assert [one.spans for one in annotations(team.sue)] == [(Span(0, 3), Span(4, 12)), (Span(0, 3),)]
    assert problems(team, "A statement,Ada,Denial,0,3,y", "A statement,Ada,Denial,2,5,y", head=head) == [
        (2, "span.overlap")
    ]
    assert problems(team, "A statement,Ada,Denial,20,23,z", "A statement,Ada,Offer of dialogue,24,25,z", head=head) == [
        (2, "table.two_codes")
    ]


def test_a_span_of_another_annotation_is_not_the_same_annotation(team):
    head = f"{HEAD},annotation"
    both = planned(team, "A statement,Ada,Denial,0,3,x", "A statement,Ada,Denial,4,12,x", head=head)
    carry_out(team.sue, both)
    assert planned(team, "A statement,Ada,Denial,0,3,").annotations == 1
    again = planned(team, "A statement,Ada,Denial,4,12,y", "A statement,Ada,Denial,0,3,y", head=head)
    assert (again.annotations, again.known) == (0, 1)


# What it does ---------------------------------------------------------------------------------------------------------


def test_done_and_found_nothing(team):
    carry_out(team.sue, planned(team, "A statement,Ada,Denial,0,3", "A statement,Ben,,,"))
    assert set(team.sue.assignment_states().values()) == {"done"}
    assert len(annotations(team.sue)) == 1


def test_in_progress_reopens(team):
    carry_out(team.sue, planned(team, "A statement,Ada,Denial,0,3"))
    carry_out(team.sue, planned(team, "A statement,Ada,Denial,4,12", done=False))
    assert team.sue.assignment_states()[team.document.id, team.coders["Ada"].id, team.round.id] == "in progress"


def test_a_table_may_say_what_is_not_done_yet(team):
    rows = ("A statement,Ada,Denial,0,3,in progress", "A statement,Ben,Denial,0,3,Done")
    carry_out(team.sue, planned(team, *rows, head=f"{HEAD},state"))
    states = team.sue.assignment_states()
    by_name = {name: states[team.document.id, one.id, team.round.id] for name, one in team.coders.items()}
    assert by_name == {"Ada": "in progress", "Ben": "done"}
    assert problems(team, "A statement,Ada,Denial,4,12,perhaps", head=f"{HEAD},state") == [(2, "table.state")]


def test_rows_left_out_make_nobody_done_who_only_had_such(team):
    """Else they would count as having found nothing."""
    head = f"{HEAD},annotation,actor"
    made = planned(
        team,
        "A statement,Ada,Denial,0,3,x,Velmar",
        "A statement,Ada,Offer of dialogue,4,12,x,",
        "A statement,Zoe,Denial,0,3,,",
        "A statement,Yan,Denial,0,999,,Tessaly",
        head=head,
    )
    assert [line for line, _ in made.problems] == [2, 5]
    carry_out(team.sue, made)
    states = team.sue.assignment_states()
    assert states[team.document.id, team.coders["Ada"].id, team.round.id] == "to do"
    assert made.new_coders == ["Zoe"]
    assert [one.name for one in team.sue.nouns("coder")] == ["Sue", "Ada", "Ben", "Zoe"]
    assert team.sue.nouns("entity") == []


def test_the_same_table_twice_changes_nothing_and_another_value_is_told(team):
    head = f"{HEAD},annotation,stance,actor,memo,certainty"
    rows = ["A statement,Ada,Denial,0,3,x,warm,Velmar,m,0.5", "A statement,Ada,Denial,4,12,x,,,,"]
    carry_out(team.sue, planned(team, *rows, head=head))
    logged = len(team.sue.log())
    again = planned(team, *rows, head=head)
    assert (again.annotations, again.known, again.problems) == (0, 1, [])
    carry_out(team.sue, again)
    assert len(team.sue.log()) == logged
    silent = planned(team, "A statement,Ada,Denial,0,3,x", "A statement,Ada,Denial,4,12,x", head=f"{HEAD},annotation")
    assert (silent.known, silent.problems) == (1, [])
    for told in ("cool,Velmar,m,0.5", "warm,Tessaly,m,0.5", "warm,Velmar,other,0.5", "warm,Velmar,m,0.6"):
        changed = [f"A statement,Ada,Denial,0,3,x,{told}", rows[1]]
        assert problems(team, *changed, head=head) == [(2, "table.other_values")]


def test_the_rows_of_one_annotation_may_not_contradict_one_another(team):
    head = f"{HEAD},annotation,stance"
    rows = ["A statement,Ada,Denial,0,3,x,warm", "A statement,Ada,Denial,4,12,x,cool"]
    assert problems(team, *rows, head=head) == [(2, "table.two_values")]


def test_a_spoilt_row_is_told_and_not_half_read(team):
    assert problems(team, "A statement,Ada,Denial,0,3,one, two", head=f"{HEAD},memo") == [(2, "table.too_many_cells")]
    assert problems(team, "A statement,Ada,Denial,0,3,one,,", head=f"{HEAD},memo") == []
    numbers = ("1.0", "1_0", "1e1", "", "9" * 400)
    assert problems(team, *(f"A statement,Ada,Denial,0,{end}" for end in numbers)) == [
        (line, "table.not_whole") for line in range(2, 7)
    ]
    with pytest.raises(Refused, match="column memo twice"):
        planned(team, "A statement,Ada,Denial,0,3,a,b", head=f"{HEAD},memo,Memo")
    with pytest.raises(Refused, match="Save it as CSV"):
        plan(team.sue, b"PK\x03\x04 a workbook", round=team.round)
    with pytest.raises(Refused, match=r"several rounds \(Main, Pilot\)"):
        planned(team, "A statement,Ada,Denial,0,3,Main", "A statement,Ada,Denial,4,12,Pilot", head=f"{HEAD},round")


def test_an_attribute_called_as_another_column_does_not_take_its_cells(team):
    memo = Attribute(new_id(), "Memo")
    denial = replace(team.codes["denial"], attributes=(*team.codes["denial"].attributes, memo.id))
    book = {**team.sue.codebook(), denial.id: denial}
    team.sue.apply(editing.revise_codebook(team.sue, book.values(), [*team.attributes.values(), memo]))
    team.sue.apply(editing.publish(team.sue))
    round = team.sue.noun("round", team.round.id)
    table = f"{HEAD},memo\nA statement,Ada,Denial,0,3,words\n".encode()
    carry_out(team.sue, plan(team.sue, table, round=round))
    (one,) = annotations(team.sue)
    assert (one.memo, one.attributes) == ("words", {})


def test_a_title_whose_accents_are_put_together_otherwise_is_found(team):
    noun, contents = document("Other words.", title="De\u0301menti")
    team.sue.apply(Change("import documents", (Edit(None, noun),)), contents=contents)
    assert problems(team, "D\u00e9menti,Ada,Denial,0,5") == []


def test_a_table_that_is_refused_at_the_door_leaves_nothing(team):
    """Ada may not bring in what is Ben's: not even the names it would put into the registry."""
    ada = team.sit_down("Ada")
    table = f"{HEAD},actor\nA statement,Ada,Denial,0,3,Velmar\nA statement,Ben,Denial,0,3,Tessaly\n".encode()
    before = len(ada.log())
    with pytest.raises(Refused, match="belongs to Ben"):
        carry_out(ada, plan(ada, table, round=team.round))
    assert len(ada.log()) == before
    assert ada.nouns("entity") == []


def test_what_is_not_at_its_place_is_neither_written_nor_taken_for_nothing_found(team):
    import sqlite3
    from contextlib import closing

    carry_out(team.sue, planned(team, "A statement,Ada,Denial,0,3", "A statement,Ben,,,"))
    team.sue.close()
    with closing(sqlite3.connect(team.sue.path)) as connection, connection:
        connection.execute("UPDATE annotation SET quotes = '[\"Thy\"]'")
    rows = list(annotation_table.rows(team.sit_down("Sue")))
    assert [(row["coder"], row.get("code")) for row in rows] == [("Ben", None)]


def test_ten_thousand_rows_are_quick(team):
    from time import perf_counter

    words = "".join(f"word{n} " for n in range(20_000))
    noun, contents = document(words, title="Long")
    team.sue.apply(Change("import documents", (Edit(None, noun),)), contents=contents)
    rows = (f"Long,Ada,Denial,{n * 9},{n * 9 + 7},{words[n * 9 : n * 9 + 7]},Velmar" for n in range(10_000))
    begun = perf_counter()
    made = planned(team, *rows, head=f"{HEAD},quote,actor")
    carry_out(team.sue, made)
    assert (made.annotations, made.problems) == (10_000, [])
    assert perf_counter() - begun < 15


def test_undo_takes_the_whole_table_back(team):
    before = {kind: team.sue.nouns(kind) for kind in ("annotation", "assignment", "coder")}
    carry_out(team.sue, planned(team, "A statement,Zoe,Denial,0,3", "A statement,Ada,Denial,0,3"))
    change, label = team.sue.undo_steps()[-1]
    assert label == "import annotations"
    team.sue.apply(team.sue.change(change).inverse())
    assert {kind: team.sue.nouns(kind) for kind in before} == before


def test_names_that_two_things_have_are_written_so_that_they_are_found_again(team):
    other = Code(new_id(), "Others", codable=False)
    twin = Code(new_id(), "Denial", parent=other.id)
    team.sue.apply(Change("change codebook", (Edit(None, other), Edit(None, twin))))
    team.sue.apply(editing.publish(team.sue))
    noun, contents = document("Other words of another one.", filename="s.txt")
    team.sue.apply(Change("import documents", (Edit(None, noun),)), contents=contents)
    round = next(one for one in team.sue.nouns("round") if one.id == team.round.id)
    table = f"{HEAD}\n{team.document.id},Ada,Others / Denial,0,3\n{noun.id},Ada,Moves / Denial,0,5\n"
    carry_out(team.sue, plan(team.sue, table.encode(), round=round))
    found = [(row["document"], row["code"]) for row in annotation_table.rows(team.sue)]
    assert found == [(team.document.id, "Others / Denial"), ("s.txt", "Moves / Denial")]
    assert round_trip(team) == 2


def round_trip(team) -> int:
    """Writes the table, takes all annotations out, brings them in again. Returns how many are the same as before."""
    path = team.sue.path.with_suffix(".csv")
    annotation_table.write(team.sue, path)
    before = annotations(team.sue)
    if before:
        team.sue.apply(editing.retract(*before))
    round = next(one for one in team.sue.nouns("round") if one.id == team.round.id)
    made = plan(team.sue, path.read_bytes(), round=round)
    assert made.problems == []
    assert made.unused_columns == []
    carry_out(team.sue, made)
    after = annotations(team.sue)
    assert [replace(one, id="") for one in after] == [replace(one, id="") for one in before]
    return len(after)


words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12).map(lambda one: canonical(one)[0].strip())
spans = (
    st.lists(st.integers(0, len(WORDS)), min_size=2, max_size=6, unique=True)
    .map(sorted)
    .map(lambda cuts: tuple(Span(*pair) for pair in zip(cuts[::2], cuts[1::2], strict=False)))
)


@given(
    st.lists(
        st.tuples(spans, words, words, st.sampled_from([None, 0, 0.25, 1])), max_size=4, unique_by=lambda one: one[0]
    )
)
def test_out_and_in_again_is_the_same(tmp_path_factory, drawn):
    from tests.conftest import Team

    team = Team(tmp_path_factory.mktemp("team"))
    tone = Attribute(new_id(), "tone", "several of", choices=("mild", "sharp", "cold"))
    denial = replace(team.codes["denial"], attributes=(*team.codes["denial"].attributes, tone.id))
    book = {**team.sue.codebook(), denial.id: denial}
    team.sue.apply(editing.revise_codebook(team.sue, book.values(), [*team.attributes.values(), tone]))
    team.sue.apply(editing.publish(team.sue))
    for place, memo, actor, certainty in drawn:
        values: dict = {tone.id: ["sharp", "cold"], team.attributes["stance"].id: -1}
        if " ".join(actor.split()):
            values[team.attributes["actor"].id] = entity(team, actor)
        change = editing.annotate(
            team.sue,
            document=team.document.id,
            code=denial.id,
            spans=place,
            round=team.round.id,
            attributes=values,
            certainty=certainty,
            memo=memo,
            coder=team.coders["Ada"].id,
        )
        team.sue.apply(change)
    assert round_trip(team) == len(drawn)
    team.close()


def entity(team, name: str) -> str:
    if found := editing.find_entity(team.sue, name):
        return found.id
    change = editing.add_entity(team.sue, name)
    team.sue.apply(change)
    return change.edits[0].object


def test_the_sample_survives_the_journey(tmp_path):
    path = sample.make(tmp_path / "sample.annotator", name="Sue", device="d")
    with Project(path, actor="Sue", device="d") as project:
        annotation_table.write(project, tmp_path / "out.csv")
        made = plan(project, (tmp_path / "out.csv").read_bytes(), round=project.nouns("round")[0])
        assert made.problems == []
        assert (made.annotations, made.known) == (0, len(annotations(project)))


def test_a_failed_export_leaves_the_old_file(team, tmp_path, monkeypatch):
    out = tmp_path / "out.csv"
    out.write_text("old")

    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(annotation_table, "rows", fail)
    for write in (annotation_table.write, annotation_workbook.write):
        with pytest.raises(Refused, match="No space left"):
            write(team.sue, out)
    assert out.read_text() == "old"
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith("out")] == ["out.csv"]


def test_a_workbook_in_a_folder_that_is_not_there(team, tmp_path):
    with pytest.raises(Refused, match="could not be written"):
        annotation_workbook.write(team.sue, tmp_path / "missing" / "out.xlsx")


def test_a_workbook_cuts_what_excel_cannot_hold_and_says_so(tmp_path):
    from python_calamine import CalamineWorkbook

    from tests.conftest import Team

    long = "=1+1 " + "\N{GRINNING FACE} and words " * 5000
    team = Team(tmp_path, words=long)
    table = f"{HEAD}\nA statement,Ada,Denial,0,{len(long.strip())}\nA statement,Ada,Denial,0,4\n"
    carry_out(team.sue, plan(team.sue, table.encode(), round=team.round))
    assert annotation_workbook.write(team.sue, tmp_path / "out.xlsx") == (2, 1)
    sheet = CalamineWorkbook.from_path(tmp_path / "out.xlsx").get_sheet_by_index(0).to_python()
    quotes = [str(row[sheet[0].index("quote")]) for row in sheet[1:]]
    assert quotes[1] == "=1+1"
    assert quotes[0].endswith("…")
    assert len(quotes[0].encode("utf-16-le")) // 2 <= annotation_workbook.LONGEST
    assert long.startswith(quotes[0][:-1])
    annotation_table.write(team.sue, tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as stream:
        assert next(csv.DictReader(stream))["quote"] == long.strip()
    team.close()
