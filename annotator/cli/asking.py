"""Passphrases on the command line: asked for without an echo or, for programs, read from a file; never a word of a command."""

import contextlib
import getpass
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from annotator import secrecy
from annotator.cli import terminal
from annotator.errors import Refused

if TYPE_CHECKING:
    from annotator.fieldwork.sealing import Seal

FILE = "ANNOTATOR_PASSPHRASE_FILE"
TRIES = 3


class Passphrases:
    """Where they come from in this command: a descriptor, a file, or the terminal. From the first two each line is one, in
    the order in which they are asked for."""

    def __init__(self, descriptor: int | None = None):
        self._lines: list[str] | None = None
        try:
            if descriptor is not None:
                with os.fdopen(descriptor, encoding="utf-8", closefd=False) as source:
                    self._lines = source.read().splitlines()
            elif place := os.environ.get(FILE):
                self._lines = Path(place).read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeError) as error:
            reason = getattr(error, "strerror", None) or error
            raise Refused("file.not_read", path=os.environ.get(FILE, descriptor), reason=reason) from None

    @property
    def are_asked(self) -> bool:
        """Whether a person types them."""
        return self._lines is None

    def next(self, prompt: str) -> str:
        """The next one. Raises Refused where there is nobody to ask."""
        if self._lines is not None:
            if not self._lines:
                raise Refused("secret.no_terminal")
            return self._lines.pop(0)
        if not sys.stdin or not sys.stdin.isatty():
            raise Refused("secret.no_terminal")
        try:
            return getpass.getpass(f"{prompt}: ")
        except EOFError:
            raise Refused("secret.no_terminal") from None

    def new(self, prompt: str) -> str:
        """A new one, asked for twice where a person types it. Raises Refused."""
        from annotator.locks import must_do

        passphrase = self.next(prompt)
        must_do(passphrase)
        if self.are_asked and self.next("Once more") != passphrase:
            raise Refused("secret.not_repeated")
        return passphrase

    def unlock(self, path: Path) -> str:
        """Unlocks a project with the next one, which it returns; a person may try again. Raises Refused and Damaged."""
        for last in range(TRIES):
            passphrase = self.next(f"Passphrase of {path.name}")
            try:
                secrecy.unlock(path, passphrase)
            except Refused as refusal:
                if refusal.key != "secret.wrong_passphrase" or not self.are_asked or last == TRIES - 1:
                    raise
                terminal.complain(str(refusal))
            else:
                return passphrase
        raise Refused("secret.wrong_passphrase", path=path)


@contextlib.contextmanager
def secret_for_new(arguments: Namespace, *, wanted: bool) -> Iterator[bytes | None]:
    """The secret of a project that is made in the block, if it is to be encrypted; prints its recovery code in the end.
    Raises Refused."""
    if not wanted:
        yield None
        return
    from annotator import locks, protecting

    passphrase = arguments.passphrases.new(f"New passphrase of {arguments.project.name}")
    with protecting.for_new(arguments.project, passphrase) as secret:
        yield secret
    terminal.tell("Recovery code, to be kept on paper and apart from the project:")
    terminal.say(locks.recovery_code(secret))


def seal(arguments: Namespace, for_key: "Callable[[], Seal]") -> "Seal | None":
    """How a package is sealed, as the command says. Raises Refused."""
    from annotator.fieldwork.sealing import Seal

    if arguments.seal == "key":
        return for_key()
    return Seal(arguments.passphrases.new("New passphrase of the package")) if arguments.seal else None


def begin(arguments: Namespace) -> Passphrases:
    """Lets encrypted projects be unlocked in this command when they are opened. Raises Refused."""
    arguments.passphrases = made = Passphrases(arguments.passphrase_fd)
    secrecy.asking = made.unlock
    return made


def for_packages(arguments: Namespace) -> None:
    """Lets sealed packages be opened in this command, too."""
    from annotator.fieldwork import sealing

    sealing.forget()
    sealing.asking = lambda path: arguments.passphrases.next(f"Passphrase of {path.name}")


def end() -> None:
    """Forgets what was unlocked."""
    secrecy.asking = None
    secrecy.forget()
