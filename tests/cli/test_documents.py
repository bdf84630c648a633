"""import and export: documents and annotations in, tables and texts out; wrong input."""

import csv
import json
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from annotator.project import Project


def titles(path, by="Sue"):
    with Project(path, actor=by, device="d", writing=False) as project:
        return [one.title for one in project.nouns("document")]


def test_import_proposes_what_a_statement_says_of_itself(command, project, tmp_path):
    (tmp_path / "b.txt").write_text(
        "On the bridge\n\nBy the Foreign Ministry\n\nNo order was given.\n", encoding="utf-8"
    )
    ran = command("import", project, tmp_path / "b.txt", "--format", "json")
    assert ran.code == 0
    (document,) = ran.json()["documents"]
    assert (document["title"], document["file"]) == ("On the bridge", "b.txt")
    assert document["details"]["speaker"] == "Foreign Ministry"
    assert ran.json()["schema"] == "annotator-import/1"


def test_what_fails_is_named_and_the_rest_goes_in(command, project, tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text("Words of a good text.", encoding="utf-8")
    (folder / "empty.txt").touch()
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0")
    ran = command("import", project, folder)
    assert ran.code == 1
    assert "empty.txt is empty" in ran.err
    assert "picture.png is of a kind" in ran.err
    assert "1 document went into" in ran.out
    assert titles(project)[1:] == ["good"]


def test_the_same_text_twice_is_left_out_and_told(command, project, tmp_path):
    again = tmp_path / "again.txt"
    again.write_bytes((tmp_path / "strait.txt").read_bytes())
    ran = command("import", project, again)
    assert ran.code == 1
    assert "has the text of “On the strait”" in ran.err
    assert len(titles(project)) == 1
    assert command("import", project, again, "--twins").code == 0
    assert len(titles(project)) == 2


def test_a_dry_run_changes_nothing(command, project, tmp_path, table):
    before = project.read_bytes()
    (tmp_path / "new.txt").write_text("New words.", encoding="utf-8")
    assert "would go into" in command("import", project, tmp_path / "new.txt", "--dry-run").out
    codings = table("strait.txt,Ada,Denial,15,34,The claim is false.")
    assert "1 annotation would go into" in command("import-annotations", project, codings, "--dry-run").out
    assert project.read_bytes() == before


def test_documents_are_assigned_to_coders(command, project, tmp_path, table):
    assert command("import-annotations", project, table("strait.txt,Ada,Denial,15,34,")).code == 0
    (tmp_path / "new.txt").write_text("New words.", encoding="utf-8")
    assert command("import", project, tmp_path / "new.txt", "--coder", "ada", "--round", "main").code == 0
    with Project(project, actor="Ada", device="d") as opened:
        assert sorted(opened.assignment_states().values()) == ["done", "to do"]


def test_each_row_of_a_table_is_a_document(command, project, tmp_path):
    rows = "Heading,Words,Notes\nFirst,Long words of the first one,a note\nSecond,Words of the second,another longer note\n"
    (tmp_path / "rows.csv").write_text(rows, encoding="utf-8")
    assert (
        command("import", project, tmp_path / "rows.csv", "--text-column", "Words", "--title-column", "Heading").code
        == 0
    )
    assert titles(project)[1:] == ["First", "Second"]
    ran = command("import", project, tmp_path / "rows.csv", "--text-column", "Text")
    assert ran.code == 1
    assert "no column Text" in ran.err


def test_an_encoding_can_be_told(command, project, tmp_path):
    (tmp_path / "ru.txt").write_bytes("Мы отвергаем это".encode("koi8_r"))
    assert command("import", project, tmp_path / "ru.txt", "--encoding", "koi8_r").code == 0
    assert command("export", project, tmp_path / "texts", "--format", "texts").code == 0
    assert (tmp_path / "texts" / "ru.txt").read_text(encoding="utf-8") == "Мы отвергаем это"


def test_texts_come_out_as_spans_count_in_them(command, project, tmp_path):
    (tmp_path / "crlf.txt").write_bytes(b"\xef\xbb\xbfOne\r\nTwo\r\n")
    assert command("import", project, tmp_path / "crlf.txt").code == 0
    assert command("export", project, tmp_path / "texts", "--format", "texts").code == 0
    assert (tmp_path / "texts" / "crlf.txt").read_bytes() == b"One\nTwo\n"
    assert "not empty" in command("export", project, tmp_path / "texts", "--format", "texts").err


def test_all_wrong_rows_are_listed_and_nothing_goes_in(command, project, table):
    codings = table(
        "strait.txt,Ada,Denial,15,34,The claim is false.",
        "strait.txt,Ada,Denial,15,34,Something else.",
        "strait.txt,Ada,Denial,15,3400,",
        "strait.txt,Ada,Dinial,15,34,",
        "moon.txt,Ada,Denial,15,34,",
    )
    before = project.read_bytes()
    ran = command("import-annotations", project, codings)
    assert ran.code == 1
    told = ran.err.splitlines()
    assert [f"line {n}" in line for n, line in zip((3, 4, 5, 6), told, strict=False)] == [True] * 4
    assert "nothing was imported" in told[-1]
    assert ran.out == ""
    assert project.read_bytes() == before
    found = command("import-annotations", project, codings, "--format", "json")
    assert (found.code, found.json()["annotations"]) == (1, 0)
    assert [(one["line"], one["key"]) for one in found.json()["problems"]] == [
        (3, "table.quote"),
        (4, "span.outside"),
        (5, "table.unknown"),
        (6, "table.unknown"),
    ]


def test_wrong_rows_can_be_left_out(command, project, table):
    codings = table("strait.txt,Ada,Denial,15,34,The claim is false.", "strait.txt,Ben,Denial,15,34,Something else.")
    ran = command("import-annotations", project, codings, "--skip-bad")
    assert ran.code == 0
    assert "1 annotation went into" in ran.out
    assert "1 wrong row" in ran.out
    with Project(project, actor="Sue", device="d", writing=False) as opened:
        assert list(opened.assignment_states().values()) == ["done"]


def test_a_second_time_adds_nothing(command, project, table):
    codings = table("strait.txt,Ada,Denial,15,34,The claim is false.")
    assert command("import-annotations", project, codings).code == 0
    ran = command("import-annotations", project, codings, "--format", "json")
    assert (ran.code, ran.json()["annotations"], ran.json()["known"]) == (0, 0, 1)


def test_state_in_progress(command, project, table):
    codings = table("strait.txt,Ada,Denial,15,34,The claim is false.")
    assert command("import-annotations", project, codings, "--state", "in-progress").code == 0
    with Project(project, actor="Sue", device="d", writing=False) as opened:
        assert list(opened.assignment_states().values()) == ["in progress"]


def test_a_coder_may_bring_in_their_own_only(command, project, table, tmp_path):
    assert command("import-annotations", project, table("strait.txt,Ada,Denial,15,34,", "strait.txt,Ben,,,,")).code == 0
    ran = command("import-annotations", project, table("strait.txt,Ben,Denial,15,34,"), by="Ada")
    assert ran.code == 1
    assert "belongs to Ben" in ran.err
    (tmp_path / "new.txt").write_text("New words.", encoding="utf-8")
    ran = command("import", project, tmp_path / "new.txt", by="Ada")
    assert ran.code == 1
    assert "Only a supervisor" in ran.err


def test_export_holds_what_may_be_read(command, project, table, tmp_path):
    codings = table(
        'strait.txt,Ada,Denial,15,34,The claim is false.,"She said ""no""",-1',
        "strait.txt,Ben,Appeal,15,34,The claim is false.,,",
        more=",memo,stance",
    )
    assert command("import-annotations", project, codings).code == 0
    for by, coders in (("Sue", {"Ada", "Ben"}), ("Ada", {"Ada"})):
        for name in ("out.csv", "out.xlsx"):
            assert command("export", project, tmp_path / name, by=by).code == 0
        with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        assert {row["coder"] for row in rows} == coders
        assert (rows[0]["quote"], rows[0]["memo"], rows[0]["stance"]) == ("The claim is false.", 'She said "no"', "-1")
        assert (rows[0]["state"], rows[0]["round"], rows[0]["codebook_version"]) == ("done", "Main", "1")
        sheet = CalamineWorkbook.from_path(tmp_path / "out.xlsx").get_sheet_by_index(0).to_python()
        assert sheet[0] == list(rows[0])
        assert [[str(cell).removesuffix(".0") for cell in row] for row in sheet[1:]] == [
            list(row.values()) for row in rows
        ]


def test_export_says_which_endings_it_knows(command, project, tmp_path):
    ran = command("export", project, tmp_path / "out.sav")
    assert ran.code == 1
    assert ".csv .xlsx" in ran.err


def test_the_codebook_goes_out_and_comes_in_as_a_new_version(command, project, tmp_path):
    assert command("codebook", project, "--export", tmp_path / "book.json").code == 0
    assert "already" in command("codebook", project, "--import", tmp_path / "book.json").out
    book = json.loads((tmp_path / "book.json").read_text(encoding="utf-8"))
    book["codes"][0]["codes"][0]["definition"] = "Another definition."
    (tmp_path / "book.json").write_text(json.dumps(book), encoding="utf-8")
    assert "version 2" in command("codebook", project, "--import", tmp_path / "book.json", "--note", "New words").out
    assert "Another definition." in command("codebook", project, "--format", "json").out
    assert "Another definition." not in command("codebook", project, "--format", "json", "--version", 1).out
    assert command("codebook", project, "--export", tmp_path / "book.html").code == 0
    assert "<h1" in (tmp_path / "book.html").read_text(encoding="utf-8")
    assert "There are: 1; 2." in command("codebook", project, "--version", 7).err
    assert command("codebook", project, "--export", tmp_path / "book.pdf").code == 1


WRONG = {
    "empty.txt": (b"", "is empty"),
    "nul.txt": (b"\0" * 5000, "is not text"),
    "broken.docx": (b"PK\x03\x04 this is no archive", "is damaged"),
    "scan.pdf": (b"%PDF-1.4\nnothing", "is damaged"),
    "sound.mp3": (b"ID3\x04\0\0", "is of a kind"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_documents(command, project, tmp_path, name):
    data, words = WRONG[name]
    (tmp_path / name).write_bytes(data)
    before = project.read_bytes()
    ran = command("import", project, tmp_path / name)
    assert ran.code == 1
    assert f"{name} {words}" in ran.err
    assert "Traceback" not in ran.err
    assert project.read_bytes() == before


def test_a_zip_bomb_and_a_huge_file(command, project, tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * 60_000_000)
    with (tmp_path / "huge.txt").open("wb") as stream:
        stream.truncate(200_000_000)
    ran = command("import", project, tmp_path / "bomb.docx", tmp_path / "huge.txt", tmp_path / "gone.txt")
    assert ran.code == 1
    assert "would unpack to" in ran.err
    assert "200 MB" in ran.err
    assert "no file at" in ran.err
    assert len(titles(project)) == 1


def test_a_codebook_with_doubled_keys(command, project, tmp_path):
    book = {"schema": "annotator-codebook/1", "name": "B", "codes": [{"name": n, "key": "d"} for n in ("One", "Two")]}
    (tmp_path / "book.json").write_text(json.dumps(book))
    before = project.read_bytes()
    ran = command("codebook", project, "--import", tmp_path / "book.json")
    assert ran.code == 1
    assert "have the same key d" in ran.err
    assert project.read_bytes() == before


@pytest.mark.parametrize("data", [b"", b"Not a database at all, just words.", b"SQLite format 3\0" + b"\0" * 5000])
def test_a_project_that_is_none(command, tmp_path, data):
    path = tmp_path / "none.annotator"
    path.write_bytes(data)
    for verb in ("check", "history", "codebook", "agreement", "open"):
        ran = command(verb, path)
        assert (ran.code, ran.out) == (1, "")
        assert "is not an Annotator project" in ran.err
    assert path.read_bytes() == data
    assert [one.name for one in tmp_path.iterdir()] == ["none.annotator"]


def test_places_that_cannot_be_written(command, project, tmp_path):
    (tmp_path / "file").touch()
    for place in ("/proc/nowhere", tmp_path / "missing", tmp_path / "file"):
        assert command("new", f"{place}/a.annotator").code == 1
        for words in (["export", project, f"{place}/out.csv"], ["codebook", project, "--export", f"{place}/b.json"]):
            ran = command(*words)
            assert ran.code == 1
            assert str(place) in ran.err
            assert ran.err.startswith("annotator: ")
            assert len(ran.err.splitlines()) == 1


def test_a_project_open_elsewhere_is_read_but_not_written(command, project, tmp_path):
    with Project(project, actor="Sue", device="other"):
        assert command("check", project).code == 0
        ran = command("import", project, __file__)
        assert ran.code == 1
        assert "is open in another window or program" in ran.err
