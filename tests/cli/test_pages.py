"""export to html and pdf: one document as it is coded, under the same rules of who may see what."""

import pypdfium2
import pytest


@pytest.fixture
def coded(command, project, table, tmp_path):
    """The project with two coders, each with an annotation of their own; Ada's has a memo."""
    codings = table(
        "strait.txt,Ada,Denial,15,34,The claim is false.,not true",
        "strait.txt,Ben,Offer of dialogue,35,56,We are ready to talk.,",
        more=",memo",
    )
    assert command("import-annotations", project, codings).code == 0
    return project


def text_of(path) -> str:
    pdf = pypdfium2.PdfDocument(path.read_bytes())
    words = ""
    for page in pdf:
        text = page.get_textpage()
        words += text.get_text_range()
        text.close()
        page.close()
    pdf.close()
    return " ".join(words.split())


def test_a_web_page_of_one_document(command, coded, tmp_path):
    ran = command("export", coded, tmp_path / "out.html", "--document", "strait.txt")
    assert (ran.code, ran.out) == (0, f"2 annotations written to {tmp_path / 'out.html'}.\n")
    words = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert "not true" in words
    assert words.count("data-annotation=") == 2


def test_only_these_coders(command, coded, tmp_path):
    assert command("export", coded, tmp_path / "out.html", "--coders", "Ben").code == 0
    words = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert "Ben" in words
    assert "Ada" not in words
    assert command("export", coded, tmp_path / "out.html", "--coders", "Cyd").code == 1


def test_a_pdf_of_one_document(command, coded, tmp_path):
    ran = command("export", coded, tmp_path / "out.pdf", "--paper", "Letter", "--coders", "Ada")
    assert (ran.code, ran.out) == (0, f"1 annotation written to {tmp_path / 'out.pdf'}.\n")
    words = text_of(tmp_path / "out.pdf")
    assert "The claim is false." in words
    assert "not true" in words
    assert "Ben" not in words


@pytest.mark.parametrize("name", ["out.html", "out.pdf"])
def test_a_blind_coder_sees_their_own_only(command, coded, tmp_path, name):
    assert command("export", coded, tmp_path / name, by="Ben").code == 0
    path = tmp_path / name
    words = text_of(path) if name.endswith("pdf") else path.read_text(encoding="utf-8")
    assert "Ben" in words
    assert "Ada" not in words
    assert "not true" not in words


def test_why_it_cannot_be_is_said_in_a_sentence(command, coded, tmp_path):
    ran = command("export", coded, tmp_path / "none" / "out.pdf")
    assert ran.code == 1
    assert "could not be written" in ran.err
    ran = command("export", coded, tmp_path / "out.csv", "--document", "strait.txt")
    assert (ran.code, "for html and pdf" in ran.err) == (1, True)
    (tmp_path / "more.txt").write_text("More words.", encoding="utf-8")
    assert command("import", coded, tmp_path / "more.txt").code == 0
    ran = command("export", coded, tmp_path / "out.html")
    assert (ran.code, "Say which with --document" in ran.err) == (1, True)
