"""The surfaces of work without a network, each with something to show."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from annotator import editing
from annotator.fieldwork import incoming, outgoing
from annotator.gui.dialogs.tasks import TaskDialog
from annotator.model import new_id
from annotator.project import Project

if TYPE_CHECKING:
    from tests.gui.conftest import Seat
    from tests.gui.surfaces import Place

Opened = Callable[["Seat", "Place"], QWidget]


def at_rest(run: str) -> Opened:
    """A dialog that an action opens and that does something itself, once that is done."""

    def open_it(seat: "Seat", team: "Place") -> QWidget:
        from tests.gui.surfaces import opened

        return rested(seat, opened(run)(seat, team))

    return open_it


def rested(seat: "Seat", made: QWidget) -> QWidget:
    assert isinstance(made, TaskDialog)
    seat.qtbot.waitUntil(lambda: made.task is None, timeout=20_000)
    return made


def assigned(seat: "Seat", team: "Place") -> QWidget:
    """A file that was just written for a coder."""
    from annotator.gui.dialogs.assign_file import AssignFileDialog

    made = at_rest("desk.field.assign")(seat, team)
    assert isinstance(made, AssignFileDialog)
    made.round.setCurrentIndex(made.round.findText("Reliability"))
    made.accept()
    return rested(seat, made)


def sealed(seat: "Seat", team: "Place") -> QWidget:
    """A file that is about to be sealed with a passphrase, after a slip."""
    from annotator.gui.dialogs.assign_file import AssignFileDialog

    made = at_rest("desk.field.assign")(seat, team)
    assert isinstance(made, AssignFileDialog)
    made.sealing.way.group.button(1).click()
    made.sealing.twice.first.caps.emit(True)
    made.accept()
    return made


def for_nobody(seat: "Seat", team: "Place") -> QWidget:
    """Work that cannot be sealed for a machine yet."""
    from annotator.gui.dialogs.hand_in import HandInDialog

    made = at_rest("desk.field.hand_in")(seat, team)
    assert isinstance(made, HandInDialog)
    made.sealing.way.group.button(2).click()
    return made


def encrypting(seat: "Seat", team: "Place") -> QWidget:
    """An assignment whose project is made encrypted, though there is a locked one that it may go into."""
    from annotator.gui.dialogs.accept import AcceptDialog, Found

    made = accepting(seat, team)
    assert isinstance(made, AcceptDialog)
    assert made.arrived
    made._show_found(Found(made.arrived, team.sue.path.with_name("nobody.annotator"), False, team.sue.path))
    made._offer_to_encrypt(wanted=True, proposed=True)
    return made


def packages(seat: "Seat", team: "Place") -> list[Path]:
    """An assignment, what came back from two machines of Ada's who changed one annotation on both, and a damaged file."""
    folder = team.sue.path.parent
    out, *back = (folder / name for name in ("ada.assignment", "one.coded", "two.coded", "damaged.coded"))
    if not out.exists():
        place = {"coder": team.coders["Ada"], "round": team.round, "documents": [team.document.id]}
        outgoing.assign(seat.work.project, out=out, **place)
        for number, path in enumerate(back[:2]):
            target = folder / f"ada {number}.annotator"
            incoming.accept(out, target)
            with Project(target, actor="Ada", device=new_id()) as laptop:
                laptop.apply(editing.mark_done(laptop, document=team.document.id, round=team.round.id, done=False))
                one = next(one for one in laptop.annotations(team.document.id) if one.memo)
                laptop.apply(editing.set_memo(one, ("Look again.", "Talks may begin.")[number] * 2))
                laptop.apply(editing.mark_done(laptop, document=team.document.id, round=team.round.id))
                outgoing.hand_in(laptop, path)
        back[2].write_bytes(back[0].read_bytes()[:-100])
    return [out, *back]


def unsealing(seat: "Seat", team: "Place") -> QWidget:
    """The question for the passphrase of a package."""
    from annotator.gui.dialogs.unseal import UnsealDialog

    made = UnsealDialog(seat.window, seat.window.theme, "one.coded")
    made.open()
    return made


def accepting(seat: "Seat", team: "Place") -> QWidget:
    """An assignment that is about to be opened."""
    from tests.gui.surfaces import dialog

    seat.window.desk.open(packages(seat, team)[0])
    return rested(seat, dialog(seat))


def receiving(seat: "Seat", team: "Place") -> QWidget:
    """What came back, before it is taken in."""
    from tests.gui.surfaces import dialog

    seat.window.desk.field.receive(packages(seat, team)[1:])
    return rested(seat, dialog(seat))


def received(seat: "Seat", team: "Place") -> QWidget:
    """What was taken in before."""
    from tests.gui.surfaces import opened

    incoming.receive(seat.work.project, packages(seat, team)[1:3])
    return opened("desk.field.receipts")(seat, team)


def deciding(seat: "Seat", team: "Place") -> QWidget:
    """Two versions of an annotation side by side."""
    return _decide(seat, team, "contested")


def orphans(seat: "Seat", team: "Place") -> QWidget:
    """An annotation whose words are somewhere else, and where they are."""
    return _decide(seat, team, "orphan")


def _decide(seat: "Seat", team: "Place", kind: str) -> QWidget:
    from annotator.gui.deciding.items import Item, Quote
    from annotator.gui.deciding.window import DecidingWindow
    from annotator.gui.deciding_desk import Following

    incoming.receive(seat.work.project, packages(seat, team)[1:3])
    seat.window.desk.deciding.show()
    [made] = [one for one in seat.window.desk._windows if isinstance(one, DecidingWindow)]
    (following,) = made.findChildren(Following)
    seat.qtbot.waitUntil(lambda: following._task is None, timeout=20_000)
    if kind == "orphan":
        words = Quote("Talks may begin.", "its neighbour. ", "Nobody wants a quarrel.")
        where = {"document": team.document.id, "round": team.round.id}
        one = Item("orphan", "x", "Denial", "Ada", **where, quotes=(words,), there="Nobody", places=((words,),))
        made.show_items([*made.items.values(), one], may_decide=True)
        made.list.choose("orphan x")
    return made


FIELD_SURFACES: dict[str, Opened] = {
    "hand out as a file": at_rest("desk.field.assign"),
    "hand out as a file, written": assigned,
    "open an assignment": accepting,
    "open an assignment, encrypted": encrypting,
    "hand out as a file, sealed": sealed,
    "hand in": at_rest("desk.field.hand_in"),
    "hand in, for a machine": for_nobody,
    "receive": receiving,
    "received so far": received,
    "a sealed package": unsealing,
    "to decide": deciding,
    "to decide, an orphan": orphans,
}
