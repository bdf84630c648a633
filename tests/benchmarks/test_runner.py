"""The runner of the benchmarks: what it measures, and the JSON that a program can rely on."""

import json

import pytest

from tests.benchmarks import textview
from tests.benchmarks.__main__ import main, measures, told


def test_budgets_are_measured_and_written(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("ANNOTATOR_HOME", "")  # the runner sets its own; this puts the old one back
    out = tmp_path / "figures.json"
    assert main(["--json", str(out), "core.edit"]) == 0
    (one,) = json.loads(out.read_text(encoding="utf-8"))
    assert list(one) == ["name", "value", "unit", "budget", "ratio", "yardstick"]
    assert (one["name"], one["unit"], one["budget"]) == ("core.edit_on_disk", "ms", 3)
    assert one["value"] > 0
    assert one["ratio"] > 0
    assert "core.edit_on_disk" in capsys.readouterr().out


def test_every_module_has_measures_and_unknown_names_are_wrong_usage(capsys):
    assert {name.partition(".")[0].partition(":")[0] for name in measures()} >= {"core", "text", "agreement", "find"}
    with pytest.raises(SystemExit):
        main(["nothing of this name"])
    assert "core.edit_on_disk" in capsys.readouterr().err


def test_who_reads_of_200_000_lines_reads_what_qt_alone_takes_of_the_same_budget(monkeypatch):
    monkeypatch.setattr(textview, "_lines", lambda: {"coded": 0.45, "plain": 0.42, "document": 0.4})
    ours, plain = (textview.MEASURES[name]() for name in ("text.open_200k", "text.plain_open_200k"))
    assert (ours["value"], ours["budget"], ours["ratio"]) == (450, 400, 1.071)
    assert (plain["value"], plain["budget"], plain["ratio"]) == (420, 400, 1.05)
    assert "text.plain_open_200k" in told(ours)
    assert "setPlainText of Qt alone" in told(plain)
    assert list(measures()).index("text.plain_open_200k") == list(measures()).index("text.open_200k") + 1
