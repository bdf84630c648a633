"""Builds the program as one folder with its own Python, and tries what comes out as on a machine that has nothing else.

    python resources/packaging/build_frozen.py OUT [--venv FOLDER]

OUT/annotator is the folder to carry about. A build runs on the system that it was made on and, on Linux, on those whose glibc
is not older than what is printed: so build on the oldest one.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterable, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
GLIBC = re.compile(rb"GLIBC_2\.(\d+)\0")
ICON = ROOT / "resources" / "icons" / "annotator.svg"
ENDING = ".exe" if os.name == "nt" else ""
BUILDER = "pyinstaller>=6.10"


def main(words: Sequence[str] | None = None) -> int:
    """Builds, trims, measures, tries. Returns the exit code: that of the self-test of what was built."""
    parser = argparse.ArgumentParser(description="Build Annotator as one folder with its own Python.")
    parser.add_argument("out", metavar="OUT", type=Path, help="where to: the program comes to OUT/annotator")
    parser.add_argument(
        "--venv", metavar="FOLDER", type=Path, help="a virtual environment to keep (default: a passing one)"
    )
    parser.add_argument("--plain", action="store_true", help="without the library of encrypted projects")
    arguments = parser.parse_args(words)
    arguments.extras = () if arguments.plain else ("encrypted",)
    with tempfile.TemporaryDirectory() as passing:
        python = prepared(arguments.venv or Path(passing, "venv"), arguments.extras)
        options = ("--noconfirm", "--distpath", arguments.out, "--workpath", Path(passing, "work"))
        subprocess.run([python, "-m", "PyInstaller", *options, HERE / "annotator.spec"], check=True)
    folder = arguments.out.absolute() / "annotator"
    strip(folder)
    if sys.platform.startswith("linux"):
        shutil.copytree(HERE / "linux", folder / "linux", dirs_exist_ok=True)
        shutil.copy(ICON, folder / "linux")
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    tell(f"{folder}: {len(files)} files, {sum(path.stat().st_size for path in files) / 1e6:.0f} MB")
    if newest := glibc(files):
        tell(f"It needs glibc 2.{newest} or newer.")
    return tried(folder / f"annotator{ENDING}")


def prepared(folder: Path, extras: Sequence[str]) -> Path:
    """The Python of a virtual environment with all that the program needs and with what builds it, but without the program:
    that is taken from the checkout."""
    if not (folder / "pyvenv.cfg").exists():
        venv.create(folder, with_pip=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / f"python{ENDING}"
    ours = f"{ROOT}[{','.join(extras)}]" if extras else str(ROOT)
    pip = [python, "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", ours, BUILDER], check=True)
    subprocess.run([*pip, "uninstall", "--quiet", "--yes", "annotator"], check=True)
    return python


def strip(folder: Path) -> None:
    """Takes out of the library of Python what only those need who look for its faults. Other libraries are left alone: some
    were written over after they were linked, and do not survive it."""
    if not (program := shutil.which("strip")):
        return
    for library in folder.glob("_internal/libpython*.so*"):
        subprocess.run([program, "--strip-unneeded", library], check=True)


def glibc(files: Iterable[Path]) -> int:
    """The newest version 2.N of glibc that one of the files asks for; 0 where nobody asks."""
    libraries = (path for path in files if ".so" in path.name or not path.suffix)
    asked = (int(found) for path in libraries for found in GLIBC.findall(path.read_bytes()))
    return max(asked, default=0)


def tried(program: Path) -> int:
    """How the program does with nothing around it: another folder, an empty home, no Python and no settings to be found."""
    with tempfile.TemporaryDirectory() as home:
        kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP", "TMP") if name in os.environ}
        bare = kept | {"HOME": home, "USERPROFILE": home, "PATH": ""}
        began = time.monotonic()
        subprocess.run([program, "--version"], cwd=home, env=bare, check=True)
        tell(f"It starts in {time.monotonic() - began:.2f} seconds.")
        code = subprocess.run([program, "self-test"], cwd=home, env=bare, check=False).returncode
        left = [str(path.relative_to(home)) for path in Path(home).rglob("*")]
    if left:
        tell(f"It left in the home of its person: {', '.join(left)}")
    return code


def tell(words: str) -> None:
    """One line in passing."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
