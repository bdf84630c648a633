"""Files and folders to documents of a project."""

import hashlib
import os
import random
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.errors import AnnotatorError, Refused
from annotator.interchange.importing import (
    MOST_BYTES,
    columns_of,
    documents_change,
    duplicates,
    encodings_of,
    gather,
    read,
    read_all,
)
from annotator.interchange.incoming import Columns
from annotator.model import Assignment, Coder, Document, Round
from annotator.project import Project
from tests.interchange.building import docx, epub, open_document, paragraph, pdf, xlsx, zipped

STATEMENT = (
    "Seldonia denies\n\nBy the Foreign Ministry\n\nThe ministry has not been told of it and it denies that it was.\n"
)
FRENCH = "Démenti\n\nLe ministère dément avoir été averti des essais, et il ne voit pas dans la note une preuve.\n"


def write(folder, **files: bytes | str):
    """Files in a folder, by their stems; the name of one in a folder has "__" for "/"."""
    for name, data in files.items():
        path = folder / f"{name.replace('__', '/')}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return folder


@pytest.fixture
def project(tmp_path):
    with Project.create(tmp_path / "p.annotator", name="P", supervisor="Sue", device="desk") as opened:
        yield opened


# Gathering ------------------------------------------------------------------------------------------------------------


def test_folders_are_read_below_in_a_stable_order_without_hidden_files(tmp_path):
    write(
        tmp_path, s10="", s2="", B__x="", a__x="", **{".hidden": "", "~$lock": "", "__MACOSX__x": "", "a__.git__x": ""}
    )
    (tmp_path / "Thumbs.db").write_bytes(b"x")
    (tmp_path / "README.md").write_text("What these are")
    named = tmp_path / ".hidden.txt"
    found = gather([tmp_path / "s10.txt", tmp_path, named])
    assert [path.relative_to(tmp_path).as_posix() for path in found] == [
        "s10.txt",
        "s2.txt",
        "a/x.txt",
        "B/x.txt",
        ".hidden.txt",
    ]


def test_a_folder_that_runs_in_a_circle_ends(tmp_path):
    write(tmp_path, a__x="x")
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert len(gather([tmp_path])) == 1


# Reading --------------------------------------------------------------------------------------------------------------


def test_what_fails_is_told_and_the_rest_goes_in(tmp_path):
    write(tmp_path, a=STATEMENT, empty="", nul=b"\0" * 900, z=FRENCH)
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 broken")
    (tmp_path / "pictures.pdf").write_bytes(pdf([]))
    (tmp_path / "bomb.odt").write_bytes(zipped({"content.xml": bytes(30_000_000)}))
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\0")
    reading = read_all([*gather([tmp_path]), tmp_path / "gone.txt", tmp_path])
    assert [one.filename for one in reading.documents] == ["a.txt", "z.txt"]
    assert {path.name: error.key for path, error in reading.failures} == {
        "empty.txt": "import.empty",
        "nul.txt": "import.not_text",
        "broken.docx": "import.broken",
        "pictures.pdf": "import.pdf_no_text",
        "bomb.odt": "import.unpacks_too_large",
        "picture.png": "import.unknown_format",
        "gone.txt": "import.missing",
        tmp_path.name: "import.not_a_file",
    }
    assert all(path.name in str(error) for path, error in reading.failures)


def test_a_file_of_200_mb_is_refused_without_being_read(tmp_path):
    path = tmp_path / "large.txt"
    with path.open("wb") as made:
        made.truncate(200_000_000)
    with pytest.raises(Refused, match=r"large\.txt has 200 MB; the most that is read is 50 MB\. Split it"):
        read(path)
    assert MOST_BYTES == 50_000_000


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_does_not_hang_the_reading(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(Refused, match="cannot be read as a document"):
        read(tmp_path / "pipe.txt")


def test_a_file_that_may_not_be_read_is_told(tmp_path):
    path = write(tmp_path, a=STATEMENT) / "a.txt"
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this person may read everything")
    with pytest.raises(Refused, match=r"a\.txt cannot be read: Permission denied"):
        read(path)


def test_proposals_fill_what_the_file_does_not_say(tmp_path):
    (document,) = read(write(tmp_path, a=STATEMENT) / "a.txt")
    assert (document.title, document.details, document.language) == (
        "Seldonia denies",
        {"speaker": "Foreign Ministry"},
        "en",
    )
    assert document.text == STATEMENT
    (nameless,) = read(write(tmp_path, b="One line.") / "b.txt")
    assert nameless.title == "b"
    (tmp_path / "t.csv").write_text("text\nOne line.\nAnother line.\n")
    assert [one.title for one in read(tmp_path / "t.csv")] == ["t 2", "t 3"]


def test_a_person_says_the_encoding_and_the_columns(tmp_path):
    text, table = write(tmp_path, a=FRENCH.encode("cp1252")) / "a.txt", tmp_path / "t.csv"
    table.write_text("one,two\nshort,a longer text\n")
    assert encodings_of(text)[0].encoding == "cp1252"
    assert columns_of(table).likely.text == "two"
    reading = read_all([text, table], encodings={text: "cp1250"}, columns={table: Columns("one")})
    assert [one.encoding for one in reading.documents] == ["cp1250", "utf-8"]
    assert reading.documents[1].text == "short"
    (guessed,) = read_all([text]).documents
    assert (guessed.guessed, guessed.warnings[0].key) == (True, "import.guessed")


def test_progress_is_told_and_a_cancelled_reading_keeps_nothing(tmp_path):
    paths = gather([write(tmp_path, a=STATEMENT, b=FRENCH, c="C")])
    said: list[tuple[int, int, str]] = []
    assert len(read_all(paths, progress=lambda *words: said.append(words)).documents) == 3
    assert said == [(0, 3, "a.txt"), (1, 3, "b.txt"), (2, 3, "c.txt"), (3, 3, "")]
    for after in (0, 1, 3):
        said.clear()
        stopped = read_all(
            paths, progress=lambda *words: said.append(words), cancelled=lambda after=after: len(said) >= after
        )
        assert stopped == ((), (), True)
        assert len(said) == after


def test_a_thousand_statements_are_read_in_well_under_five_seconds(tmp_path):
    write(tmp_path, **{f"s{number}": f"{STATEMENT}{number}\n" * 20 for number in range(1000)})
    began = time.perf_counter()
    reading = read_all(gather([tmp_path]))
    assert time.perf_counter() - began < 5
    assert len(reading.documents) == 1000


def damaged(data: bytes, places: list[int]) -> bytes:
    made = bytearray(data)
    for place in places:
        made[place % len(made)] ^= 1 + place % 255
    return bytes(made)


WHOLE = {
    "a.docx": docx(paragraph("Words of a statement") * 20, numbering="<w:num/>"),
    "a.odt": open_document("text", "<text:p>Words of a statement</text:p>" * 20),
    "a.ods": open_document("spreadsheet", "<table:table><table:table-row/></table:table>"),
    "a.xlsx": xlsx({1: {"A": "text"}, 2: {"A": "Words of a statement"}}),
    "a.epub": epub({"a.xhtml": "<p>Words of a statement</p>"}),
    "a.pdf": pdf([(72, 770, "Words of a statement")]),
    "a.rtf": rb"{\rtf1\ansi{\fonttbl\f0\fcharset204 Arial;}\f0 Words {\footnote of} a \u-10179?\'e9 statement\par}",
    "a.html": b"<html><body><table><tr><td><p>Words<td>of a statement</table><pre>x</pre></body></html>",
    "a.csv": b'title,text\n"a","Words of a ""statement"""\n',
}


@settings(max_examples=40)
@given(st.sampled_from(list(WHOLE)), st.lists(st.integers(0, 1 << 20), min_size=1, max_size=30), st.booleans())
def test_a_damaged_file_is_read_or_refused_in_a_sentence(tmp_path, name, places, cut):
    data = damaged(WHOLE[name], places)
    (tmp_path / name).write_bytes(data[: len(data) - places[0] % len(data)] if cut else data)
    try:
        words = [document.text for document in read(tmp_path / name)]
    except AnnotatorError as error:
        words = [str(error).partition(name)[1]]
    assert words
    assert all(one.strip() for one in words)


# Into the project -----------------------------------------------------------------------------------------------------


def test_documents_go_in_as_one_change_with_their_texts_and_originals(tmp_path, project):
    write(tmp_path / "in", a=STATEMENT.replace("\n", "\r\n"), b=FRENCH.encode("cp1252"))
    reading = read_all(gather([tmp_path / "in"]))
    change, contents = documents_change(project, reading.documents)
    project.apply(change, contents=contents)
    first, second = (one for one in project.nouns("document") if isinstance(one, Document))
    assert (first.title, first.filename, first.encoding, first.language) == ("Seldonia denies", "a.txt", "utf-8", "en")
    assert (second.encoding, project.text(second.id)) == ("cp1252", FRENCH)
    assert project.text(first.id) == STATEMENT
    original = hashlib.sha256(STATEMENT.replace("\n", "\r\n").encode()).hexdigest()
    assert first.original == original
    assert project.contents([original])[original].count(b"\r\n") == STATEMENT.count("\n")
    assert [label for _, label in project.undo_steps()][-1:] == ["import documents"]
    assert project.check(rebuild=True) == []


def test_documents_are_handed_to_coders_after_what_they_have(tmp_path, project):
    coder = next(one.id for one in project.nouns("coder") if isinstance(one, Coder))
    main = next(one.id for one in project.nouns("round") if isinstance(one, Round))
    for name in ("one", "two"):
        write(tmp_path / name, a=f"{name} a", b=f"{name} b")
        change, contents = documents_change(project, read_all(gather([tmp_path / name])).documents, assign_to=[coder])
        project.apply(change, contents=contents)
    given_out = [one for one in project.nouns("assignment") if isinstance(one, Assignment)]
    titles = {one.id: one.title for one in project.nouns("document") if isinstance(one, Document)}
    assert {(one.coder, one.round) for one in given_out} == {(coder, main)}
    assert [project.text(one.document) for one in sorted(given_out, key=lambda one: one.position)] == [
        "one a",
        "one b",
        "two a",
        "two b",
    ]
    assert len(titles) == 4


def test_the_same_text_twice_is_noticed_and_left_out(tmp_path, project):
    write(tmp_path / "in", a=STATEMENT, b=FRENCH)
    change, contents = documents_change(project, read_all(gather([tmp_path / "in"])).documents)
    project.apply(change, contents=contents)
    again = {
        "a": STATEMENT.encode("utf-16"),
        "b": "New words\n\nof another text.",
        "c": "New words\r\n\r\nof another text.",
    }
    documents = read_all(gather([write(tmp_path / "again", **again)])).documents
    assert duplicates(project, documents) == [(0, "Seldonia denies", True), (2, "New words", False)]
    change, _ = documents_change(project, documents)
    assert [edit.after.filename for edit in change.edits if isinstance(edit.after, Document)] == ["b.txt"]
    change, contents = documents_change(project, documents, twins=True)
    assert (len(change.edits), len(contents)) == (3, 4)  # b.txt is its own canonical text
    with pytest.raises(Refused, match="the texts of all 1 documents are here already"):
        documents_change(project, documents[:1])


def test_reading_needs_neither_a_window_nor_heavy_libraries_before_they_are_used():
    code = "import sys, annotator.interchange.importing; print([m for m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = run.stdout
    for name in ("PySide6", "lxml", "pypdfium2", "charset_normalizer", "striprtf", "python_calamine", "annotator.gui"):
        assert f"'{name}" not in loaded


def test_rows_of_one_table_share_its_original(tmp_path, project):
    words = random.Random(1).choices(["denies", "rejects", "offers", "warns", "asks"], k=400)
    rows = "".join(f"{place},{' '.join(words[place : place + 30])} {place}\n" for place in range(300))
    (tmp_path / "t.csv").write_text("title,text\n" + rows)
    change, contents = documents_change(project, read(tmp_path / "t.csv"))
    assert (len(change.edits), len(contents)) == (300, 301)
