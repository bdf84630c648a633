"""The folder of a report: all of it or nothing, the same bytes each time, and nothing of anybody's lost."""

import hashlib
import os
import re
import subprocess
import sys
from html import unescape
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest

from annotator.errors import Refused
from annotator.reporting import folder, paper
from annotator.reporting.blocks import Figure, Table, dumped, kind, loaded
from annotator.reporting.content import report
from annotator.reporting.page import page

FILES = {
    "README.txt",
    "agreement.csv",
    "agreement.json",
    "agreement.xlsx",
    "contents.sha256",
    "recompute.py",
    "reliability_data.csv",
    "report.html",
    "report.pdf",
}


@pytest.fixture(scope="module")
def material(sample_study):
    return sample_study.material()


@pytest.fixture(scope="module")
def made(material, tmp_path_factory):
    """A report of the sample, which nobody changes."""
    out = tmp_path_factory.mktemp("reports") / "report"
    folder.write(material, out)
    return out


def contents(out) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*") if path.is_file()}


def test_every_file_is_there_and_listed(made):
    found = contents(made)
    assert {name for name in found if "/" not in name} == FILES
    assert {name.partition("/")[0] for name in found if "/" in name} == {"tables", "figures"}
    listed = dict(line.split("  ")[::-1] for line in found.pop("contents.sha256").decode().splitlines())
    assert listed == {name: hashlib.sha256(data).hexdigest() for name, data in found.items()}
    told = found["README.txt"].decode()
    assert all(name in told for name in FILES - {"README.txt"})
    assert [path.name for path in made.parent.iterdir()] == ["report"], "nothing half-made stands beside it"


def test_two_processes_make_the_same_bytes(sample_study, tmp_path):
    outs = []
    for seed in ("1", "2"):
        out = tmp_path / seed / "report"
        out.parent.mkdir()
        words = ["--as", "Sue", "agreement", str(sample_study.path), "--format", "report", "--replicates", "30"]
        run = [sys.executable, "-m", "annotator", *words, "--out", str(out)]
        subprocess.run(
            run, check=True, capture_output=True, env=os.environ | {"PYTHONHASHSEED": seed, "TZ": f"UTC{seed}"}
        )
        outs.append(contents(out))
    assert {name for name in outs[0] if outs[0][name] != outs[1].get(name)} == set()
    assert outs[0].keys() == outs[1].keys()


def test_a_report_is_made_anew_over_one_that_nobody_changed(material, made, tmp_path):
    out = tmp_path / "report"
    out.mkdir()
    folder.write(material, out)
    folder.write(material, out)
    assert contents(out) == contents(made)


def test_what_is_not_a_report_of_ours_is_left_alone(material, made, tmp_path):
    def refusal() -> str:
        with pytest.raises(Refused) as caught:
            folder.write(material, out)
        return caught.value.key

    out = tmp_path / "file"
    out.write_text("mine", encoding="utf-8")
    assert refusal() == "report.not_a_folder"
    out = tmp_path / "folder"
    out.mkdir()
    (out / "thesis.docx").write_text("mine", encoding="utf-8")
    assert refusal() == "report.not_ours"
    out = tmp_path / "report"
    folder.write(material, out)
    (out / "tables" / "notes.txt").write_text("mine", encoding="utf-8")
    assert refusal() == "report.more"
    (out / "tables" / "notes.txt").unlink()
    (out / "report.html").write_text("mine", encoding="utf-8")
    assert refusal() == "report.changed"
    assert (out / "report.html").read_text(encoding="utf-8") == "mine"
    (out / "report.html").unlink()
    folder.write(material, out)
    assert contents(out) == contents(made)


@pytest.mark.parametrize("stop_at", [0, 1, 5, 7, 8])
def test_stopped_at_any_step_the_old_report_stands(material, made, tmp_path, stop_at, monkeypatch):
    monkeypatch.setattr(paper, "draw", lambda report, path, cancelled: path.write_bytes(b"%PDF"))
    out, calls = tmp_path / "report", []

    def cancelled() -> bool:
        calls.append(len(calls))
        return len(calls) > stop_at

    if stop_at == 8:
        folder.write(material, out, cancelled=cancelled)
        assert (out / "report.pdf").exists()
        return
    with pytest.raises(Refused) as caught:
        folder.write(material, out, cancelled=cancelled)
    assert caught.value.key == "agreement.cancelled"
    assert list(tmp_path.iterdir()) == []


def test_a_fault_in_the_middle_leaves_nothing_and_a_paper_that_fails_says_so(material, tmp_path, monkeypatch):
    monkeypatch.setattr(paper, "DRAWER", "annotator.nothing_of_this_name")
    with pytest.raises(Refused) as caught:
        folder.write(material, tmp_path / "report")
    assert caught.value.key == "export.pdf"
    assert "nothing_of_this_name" in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_drawing_on_paper_can_be_stopped(material, tmp_path, monkeypatch):
    slow = "import sys, time; time.sleep(60)"
    (tmp_path / "slow_drawer.py").write_text(slow, encoding="utf-8")
    monkeypatch.setattr(paper, "DRAWER", "slow_drawer")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(Refused) as caught:
        paper.draw(report(material), tmp_path / "out.pdf", lambda: True)
    assert caught.value.key == "agreement.cancelled"


def test_a_folder_that_cannot_be_made_is_said(material, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(Refused) as caught:
        folder.write(material, tmp_path / "file" / "report")
    assert caught.value.key == "file.not_written"


def test_page_and_paper_say_the_same(material, made):
    import pypdfium2

    with pypdfium2.PdfDocument(made / "report.pdf") as document:
        text = " ".join(one.get_textpage().get_text_range() for one in document)
    words = {word.strip("“”") for word in text.replace("\r\n", " ").replace("\u00ad", "").split()}
    html = (made / "report.html").read_text(encoding="utf-8")
    shown = unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", html, flags=re.DOTALL))
    missing = [word for word in shown.split() if word.isascii() and word not in words]
    assert len(missing) < 0.02 * len(shown.split()), missing[:20]
    for block in report(material).blocks:
        if isinstance(block, Figure | Table):
            assert f"{kind(block).capitalize()} {block.number}." in text


def test_figures_are_vectors_on_paper_and_words_in_them_can_be_found(made):
    import pypdfium2
    from pypdfium2 import PdfImage

    with pypdfium2.PdfDocument(made / "report.pdf") as document:
        images = [one.get_bounds() for sheet in document for one in sheet.get_objects() if isinstance(one, PdfImage)]
        text = " ".join(one.get_textpage().get_text_range() for one in document)
    assert all(right - left < 15 for left, _, right, _ in images), "only pictures of letters"
    assert "Disagreement, % of comparisons" in text


def test_the_pdf_has_no_day_of_its_own(made):
    data = (made / "report.pdf").read_bytes()
    assert not re.search(rb"\(D:20\d\d", data)
    assert b"Inter-coder agreement" in data or b"Title" in data
    with ZipFile(BytesIO((made / "agreement.xlsx").read_bytes())) as book:
        assert {one.date_time[0] for one in book.infolist()} == {1980}


def test_tables_carry_what_is_printed_and_the_numbers_in_full(material, made):
    result = material.result
    name = next(path.name for path in (made / "tables").iterdir() if path.stem.endswith("by_code"))
    lines = (made / "tables" / name).read_text(encoding="utf-8-sig").splitlines()
    assert lines[0].startswith("Code,Uses,Docs,Alpha,Alpha in full,95% interval,95% interval low,95% interval high")
    denial = next(line for line in lines if line.startswith("Denial,")).split(",")
    assert float(denial[4]) == result.find("alpha", "nominal", code="Denial").value
    concession = next(line for line in lines if line.startswith("Concession,")).split(",")
    assert concession[3] == "n/a", "too few uses to be judged"
    assert float(concession[4]) == result.find("alpha", "nominal", code="Concession").value


def test_figures_lie_beside_as_files(made):
    names = sorted(path.name for path in (made / "figures").iterdir())
    assert names[:2] == ["figure_1_codes.pdf", "figure_1_codes.svg"]
    assert ElementTree.parse(made / "figures" / "figure_1_codes.svg").getroot().tag.endswith("svg")


def test_a_report_goes_to_another_process_and_back(material):
    before, after = report(material), loaded(dumped(report(material)))
    assert [kind(one) for one in after.blocks] == [kind(one) for one in before.blocks]
    tables = [(a, b) for a, b in zip(before.blocks, after.blocks, strict=True) if isinstance(a, Table)]
    assert all(isinstance(b, Table) and [list(r) for r in a.rows] == b.rows for a, b in tables)


def test_the_page_needs_nothing_else_and_escapes_names(codings, of_project):
    for n in range(6):
        codings.coded("A<b>", f"S{n} & <i>x", ("<script>alert(1)</script>", 0, 12))
        codings.coded("Ben", f"S{n} & <i>x", ("<script>alert(1)</script>", 13 * (n % 2), 13 * (n % 2) + 12))
    words = page(report(of_project(codings.project)))
    assert "<script" not in words
    assert "&lt;script&gt;" in words
    assert not re.search(r"(src|href)=\"(?!data:|#)", words)
