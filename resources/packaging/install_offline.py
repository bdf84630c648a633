"""Installs Annotator from the wheels beside this file, without a network: verifies every file, makes a virtual environment,
installs into it, and tries whether the program works. Needs Python 3.11 or newer and nothing else.

    python3 install_offline.py [--into FOLDER] [--no-test]
"""

import argparse
import hashlib
import os
import subprocess
import sys
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
SUMS, WHEELS = HERE / "SHA256SUMS", HERE / "wheels"
OLDEST = (3, 11)


class Refused(Exception):
    """Why nothing was installed, in one sentence."""


def main(words=None):
    """Installs. Returns the exit code."""
    parser = argparse.ArgumentParser(description="Install Annotator without a network.")
    parser.add_argument(
        "--into", metavar="FOLDER", type=Path, default=Path.home() / "annotator", help="default: %(default)s"
    )
    parser.add_argument("--no-test", action="store_true", help="do not try the program afterwards")
    arguments = parser.parse_args(words)
    try:
        must_be_new_enough()
        say(f"{verified()} files are as they were made.")
        command = install(arguments.into.absolute())
    except Refused as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    say(f"Installed. Start it with: {command}")
    return 0 if arguments.no_test else subprocess.run([command, "self-test"], check=False).returncode


def say(words):
    """One line, at once."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def must_be_new_enough():
    """Raises Refused under a Python that is too old for the program."""
    if sys.version_info < OLDEST:
        raise Refused(f"Python {'.'.join(map(str, OLDEST))} or newer is needed; this is {sys.version.split()[0]}.")


def verified():
    """How many files are listed: all are there, each with its checksum, and no wheel besides. Raises Refused."""
    try:
        lines = SUMS.read_text(encoding="utf-8").splitlines()
    except OSError:
        raise Refused(f"{SUMS} is missing. Copy the whole folder again.") from None
    listed = {name: sum for sum, _, name in (line.partition("  ") for line in lines)}
    for name, sum in listed.items():
        path = HERE / name
        if not path.is_file():
            raise Refused(f"{name} is missing. Copy the whole folder again.")
        if hashlib.sha256(path.read_bytes()).hexdigest() != sum:
            raise Refused(f"{name} is not as it was made: damaged or altered. Nothing was installed; copy it again.")
    for path in sorted(WHEELS.iterdir()):
        if f"{WHEELS.name}/{path.name}" not in listed:
            raise Refused(f"{WHEELS.name}/{path.name} is not listed. Nothing was installed; take it away.")
    return len(listed)


def install(folder):
    """Installs into a virtual environment, and returns the command that starts the program. Raises Refused."""
    if folder.exists() and any(folder.iterdir()) and not (folder / "pyvenv.cfg").exists():
        raise Refused(f"{folder} is there already and is something else. Choose another folder: --into FOLDER.")
    try:
        venv.create(folder, with_pip=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Refused(
            f"No virtual environment could be made in {folder}: {error}. On Debian and Ubuntu install python3-venv."
        ) from None
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    wanted = "annotator[encrypted]" if any(WHEELS.glob("sqlcipher3-*")) else "annotator"
    options = ("--no-index", "--no-cache-dir", "--disable-pip-version-check", "--quiet", "--find-links", WHEELS)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON"))}
    done = subprocess.run(
        [scripts / "python", "-m", "pip", "--isolated", "install", "--upgrade", *options, wanted],
        env=environment,
        check=False,
    )
    if done.returncode:
        made_for = ", ".join(sorted({path.name.split("-")[-3] for path in WHEELS.glob("*.whl")}))
        raise Refused(
            f"These wheels do not fit this machine and Python {sys.version.split()[0]} (there are: {made_for})."
        )
    return scripts / ("annotator.exe" if os.name == "nt" else "annotator")


if __name__ == "__main__":
    sys.exit(main())
