"""Print, save as PDF, save as web page: by keys, as the window shows it, small ones at once and large ones beside the work."""

import pypdfium2
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from annotator import editing
from annotator.gui import paper_desk
from annotator.gui.dialogs.paper import PaperDialog
from annotator.gui.paper.making import Making
from annotator.gui.paper.paper import Paper
from tests.gui.conftest import Key, Modifier

DENIAL = "The republic denies it."


@pytest.fixture(autouse=True)
def no_faults(qtbot):
    with qtbot.captureExceptions() as found:
        yield
    assert found == []


@pytest.fixture
def ada(team, seat):
    """Ada at the window, with an annotation and a memo."""
    person = team.sit_down("Ada")
    _, annotation = team.code(person, 0, 23)
    person.apply(editing.set_memo(annotation, "plain as day"))
    seat.sit_down(team, "Ada")
    return seat


@pytest.fixture
def saving(monkeypatch, tmp_path):
    """Where the dialog for files leads; what it was asked."""
    asked = []

    def choose(parent, title, suggested, kinds):
        asked.append(suggested)
        return str(tmp_path / "out"), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    return asked


@pytest.fixture
def told(monkeypatch):
    """What boxes said."""
    found = []

    def press():
        for box in QApplication.topLevelWidgets():
            if isinstance(box, QMessageBox) and box.isVisible():
                found.append(box.text())
                box.accept()

    timer = QTimer(interval=10)
    timer.timeout.connect(press)
    timer.start()
    yield found
    timer.stop()


def dialog(seat) -> PaperDialog:
    return next(one for one in seat.window.findChildren(PaperDialog) if one.isVisible())


def keys(seat, *pressed) -> None:
    """Presses keys in the dialog that is open."""
    asking = dialog(seat)
    for key in pressed:
        seat.qtbot.keyClick(asking.focusWidget() or asking, key)


def words_of_pdf(path) -> str:
    pdf = pypdfium2.PdfDocument(path.read_bytes())
    words = []
    for page in pdf:
        text = page.get_textpage()
        words.append(text.get_text_range())
        text.close()
        page.close()
    pdf.close()
    return " ".join(" ".join(words).split())


def test_a_pdf_is_saved_by_keys_alone(ada, saving, told, tmp_path):
    ada.window.desk.paper.save_pdf()
    assert dialog(ada).focusWidget() is dialog(ada).size_
    keys(ada, Key.Key_L, Key.Key_Tab, Key.Key_Right)  # Letter, large
    keys(ada, Key.Key_Tab, Key.Key_Tab, Key.Key_Space, Key.Key_Return)  # attributes, too
    assert told == [f"Written: {tmp_path / 'out.pdf'}"]
    assert saving[0].endswith("A statement.pdf")
    words = words_of_pdf(tmp_path / "out.pdf")
    assert DENIAL in words
    assert "plain as day" in words
    wanted = ada.window.desk.paper.wanted()
    assert (wanted.size, wanted.text, wanted.attributes) == ("Letter", "large", True)


def test_what_is_wanted_is_kept_and_rubbish_is_not_believed(ada):
    memory = ada.window.places.of_window()
    memory["paper"] = {"size": "Letter", "notes": False, "text": 7, "more": 1}
    assert ada.window.desk.paper.wanted() == Paper(size="Letter", notes=False)
    memory["paper"] = {"size": "A99"}
    assert ada.window.desk.paper.wanted().size in ("A4", "Letter")


def test_esc_leaves_everything_as_it_was(ada, saving, tmp_path):
    ada.window.desk.paper.save_pdf()
    keys(ada, Key.Key_Escape)
    assert saving == []


def test_a_web_page_is_saved(ada, saving, told, tmp_path):
    ada.window.desk.paper.save_page()
    assert not dialog(ada).size_.isVisible()
    keys(ada, Key.Key_Return)
    words = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert "plain as day" in words
    assert told == [f"Written: {tmp_path / 'out.html'}"]


def test_why_a_file_is_not_written_is_said_in_a_sentence(ada, monkeypatch, tmp_path):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "none" / "out.pdf"), ""))
    for save in (ada.window.desk.paper.save_pdf, ada.window.desk.paper.save_page):
        save()
        keys(ada, Key.Key_Return)
        assert "could not be written" in ada.work.notice.words.text()
        ada.work.notice.clear()
        QApplication.processEvents()


def test_without_a_printer_a_pdf_is_offered(ada, monkeypatch):
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", list)
    ada.press(Key.Key_P, Modifier.ControlModifier)
    assert "There is no printer" in ada.work.notice.words.text()
    ada.work.notice.button.click()
    assert dialog(ada).windowTitle() == "Save as PDF"


def test_with_a_printer_the_dialog_asks_how(ada, monkeypatch):
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["Laser"])
    ada.press(Key.Key_P, Modifier.ControlModifier)
    assert dialog(ada).windowTitle() == "Print"
    dialog(ada).reject()


def test_pages_go_to_the_printer_that_was_chosen(ada, told, tmp_path):
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    ada.window.desk.paper.print_on(printer, Paper(size="Letter"))
    assert DENIAL in words_of_pdf(tmp_path / "printed.pdf")
    assert told == ["All pages are with the printer."]


def test_only_what_is_shown_comes_along(team, seat, saving, told, tmp_path):
    for name, place in (("Ada", (0, 23)), ("Ben", (24, 59))):
        team.code(team.sit_down(name), *place)
    seat.sit_down(team, "Sue")
    seat.work.coding.hide([team.coders["Ben"].id])
    seat.window.desk.paper.save_page()
    keys(seat, Key.Key_Return)
    words = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert "Ada" in words
    assert "Ben" not in words


def test_a_blind_coder_prints_nothing_of_others(team, seat, saving, told, tmp_path):
    for name, place in (("Ada", (0, 23)), ("Ben", (24, 59))):
        team.code(team.sit_down(name), *place)
    seat.sit_down(team, "Ada")
    seat.window.desk.paper.save_pdf()
    keys(seat, Key.Key_Return)
    assert "Ben" not in words_of_pdf(tmp_path / "out.pdf")


@pytest.mark.parametrize("ending", ["pdf", "html"])
def test_large_documents_are_made_beside_the_work(ada, qtbot, monkeypatch, saving, tmp_path, ending):
    monkeypatch.setattr(paper_desk, "AT_ONCE", (0, 0))
    desk = ada.window.desk.paper
    (desk.save_pdf if ending == "pdf" else desk.save_page)()
    keys(ada, Key.Key_Return)
    making = ada.window.findChildren(Making)[0]
    ada.work.to_text()
    qtbot.waitUntil(making.bar.isHidden, timeout=5000)
    assert making.words.text() == f"Written: {tmp_path / f'out.{ending}'}"
    assert (tmp_path / f"out.{ending}").exists()
    qtbot.keyClick(making, Key.Key_Escape)
    assert not making.isVisible()


def test_what_is_being_made_stops_with_the_project(ada, qtbot, monkeypatch, saving, tmp_path):
    monkeypatch.setattr(paper_desk, "AT_ONCE", (0, 0))
    ada.window.desk.paper.save_pdf()
    keys(ada, Key.Key_Return)
    assert ada.window.take_down()
    QApplication.processEvents()
    assert not (tmp_path / "out.pdf").exists()
    assert not list(tmp_path.glob("*.part"))


def test_why_a_large_one_is_not_written_is_said_where_it_was_made(ada, qtbot, monkeypatch, tmp_path):
    monkeypatch.setattr(paper_desk, "AT_ONCE", (0, 0))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "none" / "out.pdf"), ""))
    ada.window.desk.paper.save_pdf()
    keys(ada, Key.Key_Return)
    making = ada.window.findChildren(Making)[0]
    qtbot.waitUntil(making.bar.isHidden, timeout=5000)
    assert "could not be written" in making.words.text()
