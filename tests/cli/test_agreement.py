"""agreement on the command line."""

import csv
import io
import json

import pytest

from annotator import sample


@pytest.fixture(scope="session")
def coded(tmp_path_factory):
    """The sample project, coded by three; nothing here writes to it."""
    return sample.make(tmp_path_factory.mktemp("sample") / "sample.annotator", name="Sue", device="desk")


def test_json_is_what_programs_were_promised(command, coded):
    ran = command("agreement", coded, "--format", "json", "--replicates", 20, "--seed", 7)
    assert (ran.code, ran.err) == (0, "")
    found = ran.json()
    assert found["schema"] == "annotator-agreement/1"
    assert found["settings"]["seed"] == 7
    assert found["settings"]["replicates"] == 20
    assert list(found["rows"][0]) == (
        ["code", "coders", "unit", "measure", "variant", "value", "low", "high", "n", "documents", "reason"]
    )
    assert {row["measure"] for row in found["rows"]} == {"percent", "alpha", "kappa", "f1"}
    assert all(row["value"] is not None or row["reason"] for row in found["rows"])


def test_the_same_seed_the_same_bytes(command, coded):
    first, again = (command("agreement", coded, "--format", "csv", "--replicates", 50).out for _ in range(2))
    assert first == again


def test_choices_by_name_with_and_without_commas(command, coded):
    ran = command(
        *("agreement", coded, "--format", "json", "--replicates", 0, "--coders", "coder a,Coder B"),
        *(
            "--codes",
            "Denial,Accusation",
            "--measure",
            "alpha,percent",
            "--unit",
            "paragraph",
            "--round",
            "reliability",
        ),
        *("--documents", "Orlan Deepwater: the facts about the Tern field discharge", "--documents", "13*"),
    )
    assert ran.code == 1
    assert "no document called" in ran.err
    ran = command(
        *("agreement", coded, "--format", "json", "--replicates", 0, "--coders", "coder a,Coder B"),
        *("--codes", "Denial,Accusation", "--measure", "alpha,percent", "--unit", "paragraph"),
        *("--documents", "01_reply_to_the_council_resolution.txt,03_loss_of_the_halina.txt"),
    )
    settings = ran.json()["settings"]
    assert settings["coders"] == ["Coder A", "Coder B"]
    assert settings["codes"] == ["Denial", "Accusation"]
    assert (settings["unit"], settings["measures"]) == ("paragraph", ["percent", "alpha"])
    assert len(settings["documents"]) == 2


def test_what_is_in_progress_is_left_out_and_told(command, coded):
    ran = command("agreement", coded, "--replicates", 0)
    assert "1 assignment in progress" in ran.out
    ran = command("agreement", coded, "--replicates", 0, "--include-in-progress")
    assert "in progress" not in ran.out


@pytest.mark.parametrize("ending", ["json", "csv", "xlsx", "html", "txt"])
def test_files_are_written_by_their_ending(command, coded, tmp_path, ending):
    out = tmp_path / f"agreement.{ending}"
    ran = command("agreement", coded, "--replicates", 10, "--out", out)
    assert ran.code == 0
    assert str(out) in ran.out
    data = out.read_bytes()
    match ending:
        case "json":
            assert json.loads(data)["schema"] == "annotator-agreement/1"
        case "csv":
            assert any("alpha" in row for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))))
        case "xlsx":
            assert data.startswith(b"PK")
        case "html":
            assert data.startswith(b"<!DOCTYPE html>")
        case "txt":
            assert "Krippendorff" in data.decode()


def test_refusals(command, coded, tmp_path):
    for words, told in (
        (["--coders", "Coder A"], "at least two"),
        (["--coders", "Coder A,Ada"], "no coder called Ada"),
        (["--codes", "Denyal"], "Denial"),
        (["--measure", "beta"], "no measure called beta"),
        (["--measure", "kappa", "--unit", "span"], "does not fit"),
        (["--out", tmp_path / "missing" / "a.json"], "could not be written"),
        (["--out", tmp_path / "missing" / "a.xlsx"], "could not be written"),
        (["--out", tmp_path / "missing" / "a.txt"], "could not be written"),
    ):
        ran = command("agreement", coded, "--replicates", 0, *words)
        assert (ran.code, len(ran.err.splitlines())) == (1, 1)
        assert told in ran.err
    blind = command("agreement", coded, by="Coder A")
    assert (blind.code, blind.out) == (1, "")
    assert "Only a supervisor" in blind.err


def test_uncoded_projects_have_nothing_to_compare(command, project):
    ran = command("agreement", project)
    assert ran.code == 1
    assert "Fewer than two coders" in ran.err


RATINGS = "unit,Ann,Ben,Cy\n1,1,1,\n2,2,2,3\n3,3,3,3\n4,3,3,3\n5,2,2,2\n6,1,2,3\n7,1,1,1\n"


def test_a_table_of_ratings_needs_no_project(command, tmp_path):
    table = tmp_path / "ratings.csv"
    table.write_text(RATINGS, encoding="utf-8")
    found = command("agreement", "--ratings", table, "--format", "json", "--replicates", 50).json()
    assert found["settings"]["level"] == "nominal"
    whole = {row["measure"]: row["value"] for row in found["rows"] if len(row["coders"]) == 3}
    assert {"percent", "alpha", "conger", "fleiss", "ac1", "s"} == set(whole)
    pairs = {row["measure"] for row in found["rows"] if len(row["coders"]) == 2}
    assert {"kappa", "pi"} <= pairs
    ordinal = command("agreement", "--ratings", table, "--level", "ordinal", "--replicates", 50)
    assert "AC2, quadratic weights" in ordinal.out
    assert "kappa, linear weights" in ordinal.out
    page = tmp_path / "page.html"
    assert command("agreement", "--ratings", table, "--out", page).code == 0
    assert "AC1" in page.read_text(encoding="utf-8")


def test_ratings_and_a_project_are_not_mixed(command, coded, tmp_path):
    table = tmp_path / "ratings.csv"
    table.write_text(RATINGS, encoding="utf-8")
    for words in ((), (coded, "--ratings", table)):
        ran = command("agreement", *words)
        assert (ran.code, ran.out) == (2, "")
        assert "either a project or a table" in ran.err
    ran = command("agreement", "--ratings", table, "--round", "Main")
    assert ran.code == 2
    assert "--round goes with a project" in ran.err
    ran = command("agreement", "--ratings", tmp_path / "none.csv")
    assert ran.code == 1
    assert "none.csv" in ran.err


def test_a_report_is_a_folder(command, coded, tmp_path):
    out = tmp_path / "appendix"
    ran = command("agreement", coded, "--format", "report", "--replicates", 10, "--out", out)
    assert (ran.code, ran.err) == (0, "")
    assert str(out) in ran.out
    assert (out / "report.pdf").read_bytes().startswith(b"%PDF")
    assert (out / "report.html").exists()
    (out / "mine.txt").write_text("mine", encoding="utf-8")
    ran = command("agreement", coded, "--format", "report", "--replicates", 10, "--out", out)
    assert (ran.code, len(ran.err.splitlines())) == (1, 1)
    assert "mine.txt" in ran.err


def test_what_does_not_go_with_a_report(command, coded, tmp_path):
    table = tmp_path / "ratings.csv"
    table.write_text(RATINGS, encoding="utf-8")
    ran = command("agreement", coded, "--format", "report")
    assert (ran.code, ran.out) == (2, "")
    assert "--out FOLDER" in ran.err
    ran = command("agreement", "--ratings", table, "--report", tmp_path / "out", "--format", "html")
    assert ran.code == 2
    assert "--report names a folder" in ran.err
    ran = command("agreement", coded, "--format", "report", "--out", tmp_path / "out", by="Coder A")
    assert ran.code == 1
    assert "Only a supervisor" in ran.err
    assert not (tmp_path / "out").exists()


def test_a_table_of_ratings_has_a_report_too(command, tmp_path):
    table, out = tmp_path / "ratings.csv", tmp_path / "out"
    table.write_text(RATINGS, encoding="utf-8")
    ran = command("agreement", "--ratings", table, "--level", "ordinal", "--replicates", 20, "--report", out)
    assert (ran.code, ran.err) == (0, "")
    assert f"The report is in {out}" in ran.out
    assert (out / "report.pdf").read_bytes().startswith(b"%PDF")
    assert "on an ordinal scale" in (out / "report.html").read_text(encoding="utf-8")
    assert "LEVEL = 'ordinal'" in (out / "recompute.py").read_text(encoding="utf-8")


def test_report_is_the_short_word_for_a_project_too(command, coded, tmp_path):
    ran = command("agreement", coded, "--replicates", 10, "--report", tmp_path / "out")
    assert (ran.code, ran.err) == (0, "")
    assert (tmp_path / "out" / "recompute.py").exists()


def test_gamma_is_there_when_it_is_asked_for(command, coded):
    choice = "--documents", "On the Maren Strait incident", "--replicates", 20
    for words in ((), ("--gamma",), ("--gamma-mean",)):
        found = command("agreement", coded, *choice, *words, "--format", "json").json()
        kinds = {(row["measure"], row["variant"]) for row in found["rows"] if "gamma" in row["measure"]}
        wanted = {("gamma", "pooled"), ("gamma_cat", "pooled"), ("gamma_k", "pooled")} if words else set()
        assert kinds == wanted | ({("gamma", "mean")} if words == ("--gamma-mean",) else set())
        assert ("gamma" in found["settings"]) == bool(words)
    facts = found["settings"]["gamma"]
    assert (facts["sampler"], facts["place"], facts["category"], facts["seed"]) == ("shuffle", 1, 1, 1)
    assert 0 < facts["errors"]["gamma"] < 0.05


def test_gamma_in_the_terminal_and_in_a_table_says_how_sure_its_chance_is(command, coded):
    choice = "--documents", "On the Maren Strait incident", "--replicates", 20, "--gamma"
    told = command("agreement", coded, *choice).out
    assert "Gamma (span)" in told
    assert "Gamma-cat (span)" in told
    assert "gamma-k" in next(line for line in told.splitlines() if line.startswith("Code "))
    assert "random continua a document (shuffle, seed 1)" in told
    first, again = (command("agreement", coded, *choice, "--format", "csv").out for _ in range(2))
    assert first == again
    lines = list(csv.reader(io.StringIO(first)))
    assert ["# gamma: sampler", "shuffle"] in lines
    assert any(line[3:5] == ["gamma_k", "pooled"] for line in lines if len(line) > 5)


def test_gamma_is_of_a_project(command, tmp_path):
    table = tmp_path / "ratings.csv"
    table.write_text(RATINGS, encoding="utf-8")
    for option in ("--gamma", "--gamma-mean"):
        ran = command("agreement", "--ratings", table, option)
        assert ran.code == 2
        assert f"{option} goes with a project" in ran.err
