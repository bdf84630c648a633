"""What the words of several verbs have in common."""

import argparse
from pathlib import Path

Verbs = argparse._SubParsersAction


def verb_of(verbs: Verbs, name: str, words: str, *, module: str, more: str = "") -> argparse.ArgumentParser:
    made = verbs.add_parser(name, help=words, description=f"{words[0].upper()}{words[1:]}.", epilog=more or None)
    made.set_defaults(module=module)
    return made


def project_of(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("project", metavar="PROJECT", type=Path, help="a project file, which ends in .annotator")


def format_of(verb: argparse.ArgumentParser, *names: str) -> None:
    verb.add_argument("--format", choices=names, default=names[0], help=f"how the result is written ({names[0]})")


def count(words: str) -> int:
    """A whole number from 0. Raises ValueError, of which argparse makes wrong usage."""
    if (number := int(words)) < 0:
        raise ValueError(words)
    return number


def certainty(words: str) -> tuple[float | None, float | None]:
    """Two numbers from 0 to 1 with two dots between, of which one may be missing; one number alone is both. Raises ValueError,
    of which argparse makes wrong usage."""
    low, dots, high = words.partition("..")
    least, most = float(low) if low else None, float(high) if high else None
    if not dots:
        most = least
    if any(not 0 <= one <= 1 for one in (least, most) if one is not None) or (least is None and most is None):
        raise ValueError(words)
    return least, most
