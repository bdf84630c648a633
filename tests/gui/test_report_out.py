"""The report of what is chosen, out of the agreement window: into a folder, with progress, stopped, refused."""

import pytest
from PySide6.QtWidgets import QFileDialog

from annotator.gui.agreement.report_out import NAME, place_in
from annotator.gui.agreement.window import AgreementWindow
from annotator.reporting import paper
from tests.agreement.conftest import codings, twelve

__all__ = ["codings", "twelve"]


@pytest.fixture
def window(qtbot, theme, twelve):
    made = AgreementWindow(theme, twelve.project)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    qtbot.waitUntil(lambda: made.numbers is not None, timeout=10_000)
    yield made
    made.close()


def choose(monkeypatch, folder) -> None:
    """Whoever is asked names this folder."""
    monkeypatch.setattr(QFileDialog, "exec", lambda self: True)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda self: [str(folder)])


def press_export(window) -> None:
    menu = window.foot.export.menu()
    next(one for one in menu.actions() if one.text().startswith("Report")).trigger()


def test_the_menu_writes_the_report_of_what_is_chosen(window, qtbot, monkeypatch, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    choose(monkeypatch, out)
    window.choices.replicates.setText("20")
    said = []
    monkeypatch.setattr(window.foot, "work", lambda done, total, words="": said.append((done, total, words)))
    press_export(window)
    qtbot.waitUntil(lambda: "The report is in" in window.foot.words.text(), timeout=60_000)
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "20 resamples of whole documents" in page
    assert (out / "report.pdf").exists()
    steps = [one[:2] for one in said if "report" in one[2]]
    assert steps[0] == (0, 0)
    assert steps[-1] == (8, 8)


def test_a_folder_with_other_things_gets_one_inside(window, qtbot, monkeypatch, tmp_path):
    monkeypatch.setattr(paper, "draw", lambda report, path, cancelled: path.write_bytes(b"%PDF"))
    (tmp_path / "thesis.docx").write_text("mine", encoding="utf-8")
    assert place_in(tmp_path) == tmp_path / NAME
    choose(monkeypatch, tmp_path)
    press_export(window)
    qtbot.waitUntil(lambda: "The report is in" in window.foot.words.text(), timeout=60_000)
    assert (tmp_path / NAME / "report.html").exists()
    (tmp_path / NAME / "report.html").write_text("mine", encoding="utf-8")
    press_export(window)
    qtbot.waitUntil(lambda: "was changed since" in window.foot.words.text(), timeout=60_000)
    assert window.foot.words.property("tone") == "danger"
    assert (tmp_path / NAME / "report.html").read_text(encoding="utf-8") == "mine"


def test_stop_leaves_nothing(window, qtbot, monkeypatch, tmp_path):
    out = tmp_path / "out"
    choose(monkeypatch, out)
    begun = []

    def draw(report, path, cancelled) -> None:
        from annotator.agreement.units import stop_if

        begun.append(path)
        while True:
            stop_if(cancelled)

    monkeypatch.setattr(paper, "draw", draw)
    press_export(window)
    qtbot.waitUntil(lambda: bool(begun), timeout=60_000)
    assert window.foot.stop.isVisible()
    window.foot.stop.click()
    assert window.foot.words.text() == "Stopped. No report was written."
    qtbot.waitUntil(lambda: not begun[0].parent.exists(), timeout=10_000)
    assert not out.exists()
    assert window.foot.export.isEnabled()


def test_closing_the_window_stops_it(window, qtbot, monkeypatch, tmp_path):
    out = tmp_path / "out"
    choose(monkeypatch, out)
    begun = []

    def draw(report, path, cancelled) -> None:
        from annotator.agreement.units import stop_if

        begun.append(path)
        while True:
            stop_if(cancelled)

    monkeypatch.setattr(paper, "draw", draw)
    press_export(window)
    qtbot.waitUntil(lambda: bool(begun), timeout=60_000)
    window.close()
    qtbot.waitUntil(lambda: not begun[0].parent.exists(), timeout=10_000)
    assert not out.exists()
