"""The surfaces of encrypted projects, each with something to show."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from annotator.gui.dialogs.dialog import Dialog
from annotator.gui.dialogs.new_project import NewProjectDialog
from annotator.gui.dialogs.protect import OldPassphraseDialog, ProtectionDialog, RecoveryCodeDialog, UnlockDialog
from annotator.gui.panels.locked import LockedPage

if TYPE_CHECKING:
    from tests.gui.conftest import Seat
    from tests.gui.surfaces import Place

Opened = Callable[["Seat", "Place"], QWidget]


def asking(make: Callable[["Seat"], Dialog]) -> Opened:
    """A dialog of encrypted projects, on one that is not."""

    def open_it(seat: "Seat", team: "Place") -> QWidget:
        made = make(seat)
        made.open()
        return made

    return open_it


def _try(words: str, by_code: bool) -> str:
    return "Nobody wants a quarrel."


def locked(seat: "Seat", team: "Place") -> QWidget:
    """What stands there while an encrypted project is locked, after a slip."""
    page = LockedPage("A statement", "Talks may begin.", _try, str)
    seat.window.show_page(page)
    page.form.field.caps.emit(True)
    page.form.try_it()
    return page


def encrypted_project(seat: "Seat", team: "Place") -> QWidget:
    """A new project that is encrypted from the first."""
    from tests.gui.surfaces import opened

    made = opened("desk.new_project")(seat, team)
    assert isinstance(made, NewProjectDialog)
    made.encrypt.tick.setChecked(True)
    return made


def protecting(seat: "Seat", team: "Place") -> QWidget:
    """The question for a passphrase before the open project is encrypted."""
    from tests.gui.surfaces import opened

    return opened("desk.protecting.show")(seat, team)


SECRET_SURFACES: dict[str, Opened] = {
    "new project, encrypted": encrypted_project,
    "protect": protecting,
    "unlock": asking(lambda seat: UnlockDialog(seat.window, seat.window.theme, "A statement", _try, str)),
    "protected": asking(lambda seat: ProtectionDialog(seat.window, seat.window.theme, "A statement", 10)),
    "the passphrase up to now": asking(
        lambda seat: OldPassphraseDialog(
            seat.window, seat.window.theme, "Talks may begin.", _try, accept="Denial", words="Nobody wants a quarrel."
        )
    ),
    "recovery code": asking(
        lambda seat: RecoveryCodeDialog(
            seat.window, seat.window.theme, "A statement", "-".join(["2345"] * 9), printed=lambda words: None
        )
    ),
    "locked": locked,
}
