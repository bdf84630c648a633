"""The runner of the benchmarks: what it measures, and the JSON that a program can rely on."""

import json

import pytest

from tests.benchmarks.__main__ import main, measures


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
