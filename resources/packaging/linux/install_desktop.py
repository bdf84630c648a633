"""Makes Annotator known to the desktop of this person on Linux: in the menu, and for files that end in .annotator, .assignment
and .coded. Nothing of the system is changed.

    python3 install_desktop.py [PROGRAM] [--remove]

PROGRAM is the command annotator; without it the one beside this folder or beside this Python is taken, or the one on the PATH.
"""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENTRY, TYPES, OF_FILES = HERE / "annotator.desktop", HERE / "annotator.xml", HERE / "application-x-annotator.svg"
OF_PROGRAM = (
    HERE.parents[1] / "icons" / "annotator.svg",
    HERE / "annotator.svg",
)  # in a checkout, and where it was copied to
QUOTED = '\\"`$'


def main(words=None):
    """Installs, or takes away. Returns the exit code."""
    parser = argparse.ArgumentParser(description="Make Annotator known to the desktop of this person.")
    parser.add_argument("program", metavar="PROGRAM", nargs="?", help="the command annotator")
    parser.add_argument("--remove", action="store_true", help="take everything away again")
    arguments = parser.parse_args(words)
    if arguments.remove:
        for place in places().values():
            place.unlink(missing_ok=True)
        tell("Annotator is not known to the desktop any more.")
    else:
        program = found(arguments.program)
        if program is None:
            sys.stderr.write("There is no command annotator. Say where it is: install_desktop.py PROGRAM\n")
            return 1
        install(program)
        tell(f"Files of Annotator are now opened with {program}")
    refresh()
    return 0


def data():
    """The folder of this person's applications, icons and types of files."""
    given = os.environ.get("XDG_DATA_HOME", "")
    return Path(given) if os.path.isabs(given) else Path.home() / ".local" / "share"


def places():
    """What is installed -> where to."""
    icons = data() / "icons" / "hicolor" / "scalable"
    return {
        ENTRY: data() / "applications" / "annotator.desktop",
        TYPES: data() / "mime" / "packages" / "annotator.xml",
        OF_FILES: icons / "mimetypes" / "application-x-annotator.svg",
        next((icon for icon in OF_PROGRAM if icon.exists()), OF_PROGRAM[0]): icons / "apps" / "annotator.svg",
    }


def found(given):
    """The program as an absolute path that stays right wherever the desktop starts it; None when there is none."""
    beside = (HERE.parent / "annotator", Path(sys.executable).with_name("annotator"))
    command = shutil.which(given or next((str(one) for one in beside if one.is_file()), "annotator"))
    return Path(command).absolute() if command else None


def install(program):
    """Copies everything to its place; the entry names the program."""
    for source, target in places().items():
        target.parent.mkdir(parents=True, exist_ok=True)
        if source == ENTRY:
            words = source.read_text(encoding="utf-8").replace("Exec=annotator ", f"Exec={quoted(program)} ")
            target.write_text(words, encoding="utf-8")
        else:
            shutil.copyfile(source, target)


def quoted(program):
    """A path as an entry of a desktop writes one."""
    words = "".join(f"\\{letter}" if letter in QUOTED else letter for letter in str(program)).replace("%", "%%")
    return '"' + words.replace("\\", "\\\\") + '"'  # once for the argument, once more for the value of a key


def refresh():
    """Lets the desktop look anew, as far as it has the tools."""
    for name, folder in (
        ("update-mime-database", data() / "mime"),
        ("update-desktop-database", data() / "applications"),
    ):
        if (tool := shutil.which(name)) and folder.is_dir():
            subprocess.run([tool, folder], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def tell(words):
    """One line."""
    sys.stdout.write(f"{words}\n")


if __name__ == "__main__":
    sys.exit(main())
