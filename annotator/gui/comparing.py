"""From the open project to the two views that lay coders side by side."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from annotator.gui.compare.page import ComparePage
from annotator.gui.main_window import MainWindow
from annotator.gui.work import Work
from annotator.model import Annotation
from annotator.text import Span

if TYPE_CHECKING:
    from annotator.gui.agreement.window import AgreementWindow


def comparison_page(window: MainWindow, work: Work) -> QWidget:
    """The comparison of all who were handed the open document in the open round."""
    page = ComparePage(window.theme)
    _show(page, work)
    page.closed.connect(window.leave_page)

    def open_place(document: str, span: Span) -> None:
        window.leave_page()
        work.text.put_caret(span.start)
        work.text.reveal(span.start, span.end)

    page.open_wanted.connect(open_place)
    return page


def _show(page: ComparePage, work: Work) -> None:
    coding, project = work.coding, work.project
    document, round = coding.document, coding.round
    assert document is not None
    assert round is not None
    states = {
        coder: state
        for (place, coder, phase), state in project.assignment_states().items()
        if (place, phase) == (document.id, round.id)
    }
    layers: dict[str, list[Annotation]] = {coder: [] for coder, state in states.items() if state != "to do"}
    for one in project.annotations(document.id):
        if one.round == round.id:
            layers.setdefault(one.coder, []).append(one)
    page.show_document(
        document,
        coding.text,
        layers=layers,
        coders=[coder for coder in project.nouns("coder") if coder.id in states or coder.id in layers],
        codes=coding.drawn,
        states=states,
        attributes=project.nouns("attribute"),
        entities=project.nouns("entity"),
        shuffle_seed=document.id,
        blind=round.blind,
        may_show_names=project.actor.role == "supervisor" or not round.blind,
    )


def agreement_window(window: MainWindow, work: Work) -> "AgreementWindow":
    """The agreement of the project; it follows what is coded meanwhile, and a double click opens a document."""
    from annotator.gui.agreement.window import AgreementWindow

    made = AgreementWindow(window.theme, work.project)
    work.session.changed.connect(made.project_changed)

    def open_document(document: str) -> None:
        window.leave_page()
        work.open_document(document)
        work.to_text()
        window.activateWindow()

    def open_place(document: str, start: int, end: int) -> None:
        open_document(document)
        work.text.put_caret(start)
        work.text.reveal(start, end)

    made.open_wanted.connect(open_document)
    made.place_wanted.connect(open_place)
    return made
