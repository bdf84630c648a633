"""Makes a folder from which Annotator is installed without a network: our wheel and those of all it needs, for the systems and
versions of Python that are named, with checksums and the script that installs them.

    python resources/packaging/make_wheelhouse.py OUT [--for linux --for windows ...] [--python 3.12 ...]

Run it where there is a network, with the development environment of this checkout (see README.md).
"""

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from email.parser import HeaderParser
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
INSTALLER = ("install_offline.py", "install_offline.sh", "install_offline.ps1")
OLDEST_GLIBC = 17  # that wheels are made for: 2.17
SYSTEMS = {  # what markers ask for -> its values
    "linux": {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": "x86_64"},
    "windows": {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"},
    "macos-arm": {
        "sys_platform": "darwin",
        "platform_system": "Darwin",
        "os_name": "posix",
        "platform_machine": "arm64",
    },
    "macos-intel": {
        "sys_platform": "darwin",
        "platform_system": "Darwin",
        "os_name": "posix",
        "platform_machine": "x86_64",
    },
}
READ_ME = """\
Annotator {version}, to be installed without a network
{line}

Linux, macOS:   sh install_offline.sh
Windows:        py install_offline.py        (or install_offline.ps1)

Copy this whole folder to the machine, by stick for instance, and run one of these lines in it. It verifies every file with
SHA256SUMS, makes a virtual environment in the folder "annotator" of your home (--into FOLDER: elsewhere), installs, and tries
whether the program works (annotator self-test). Nothing is fetched from anywhere.

What has to be on the machine: Python {pythons}, and one of

{systems}

On Debian and Ubuntu also the package python3-venv. On a bare Linux Qt needs some system libraries; the program names them.
Into the menu, and to open files by a click, on Linux: python3 linux/install_desktop.py ~/annotator/bin/annotator
To check the files by hand: sha256sum -c SHA256SUMS
"""


class Target(NamedTuple):
    """A system and a version of Python that wheels are fetched for; `tags` is empty for this very machine."""

    system: str
    python: str
    tags: tuple[str, ...]

    @property
    def markers(self) -> dict[str, str]:
        """What the conditions of requirements are asked of."""
        known = {
            "python_version": self.python,
            "python_full_version": f"{self.python}.0",
            "implementation_name": "cpython",
        }
        return known | {"platform_python_implementation": "CPython"} | SYSTEMS[self.system]


def main(words: Sequence[str] | None = None) -> int:
    """Makes the folder. Returns the exit code."""
    arguments = parsed(words)
    out: Path = arguments.out
    if out.exists() and any(out.iterdir()):
        sys.stderr.write(f"{out} is there already. Choose another folder.\n")
        return 1
    wheels = out / "wheels"
    wheels.mkdir(parents=True)
    ours = built(wheels)
    for target in targets(arguments):
        tell(f"{target.system}, Python {target.python}")
        fetch(target, ours, arguments.extras, wheels)
    finish(out, arguments.python)
    tell(
        f"{len(list(wheels.iterdir()))} wheels, {sum(path.stat().st_size for path in wheels.iterdir()) / 1e6:.0f} MB, in {out}"
    )
    return 0


def parsed(words: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    here = "windows" if sys.platform == "win32" else "macos-arm" if sys.platform == "darwin" else "linux"
    parser = argparse.ArgumentParser(description="Make a folder to install Annotator from without a network.")
    parser.add_argument("out", metavar="OUT", type=Path, help="the folder, new or empty")
    parser.add_argument("--for", dest="systems", choices=SYSTEMS, action="append", help=f"repeatable (default: {here})")
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    parser.add_argument("--python", metavar="3.N", action="append", help=f"repeatable (default: {version})")
    parser.add_argument(
        "--glibc", metavar="2.N", default="2.34", help="the oldest of Linux that it is to run on (2.34)"
    )
    parser.add_argument("--macos", metavar="N", type=int, default=13, help="the oldest macOS that it is to run on (13)")
    parser.add_argument("--plain", action="store_true", help="without the library of encrypted projects")
    arguments = parser.parse_args(words)
    arguments.extras = () if arguments.plain else ("encrypted",)
    arguments.systems, arguments.python = arguments.systems or [here], arguments.python or [version]
    return arguments


def targets(arguments: argparse.Namespace) -> Iterator[Target]:
    """Every system with every version of Python that was asked for."""
    newest = int(arguments.glibc.removeprefix("2."))
    tags = {
        "linux": (*(f"manylinux_2_{n}_x86_64" for n in range(newest, OLDEST_GLIBC - 1, -1)), "manylinux2014_x86_64"),
        "windows": ("win_amd64",),
        "macos-arm": tuple(
            f"macosx_{n}_0_{chip}" for n in range(arguments.macos, 10, -1) for chip in ("arm64", "universal2")
        ),
        "macos-intel": (
            *(f"macosx_{n}_0_{chip}" for n in range(arguments.macos, 10, -1) for chip in ("x86_64", "universal2")),
            *(f"macosx_10_{n}_{chip}" for n in range(16, 8, -1) for chip in ("x86_64", "universal2")),
        ),
    }
    for system in arguments.systems:
        for python in arguments.python:
            yield Target(system, python, tags[system])


def built(wheels: Path) -> Path:
    """Our own wheel, made of this checkout."""
    pip("wheel", "--no-deps", "--wheel-dir", wheels, ROOT)
    (wheel,) = wheels.glob("annotator-*.whl")
    return wheel


def fetch(target: Target, ours: Path, extras: Sequence[str], wheels: Path) -> None:
    """Fetches what our wheel needs on a system, and what that needs, until nothing is missing. The conditions of requirements
    are asked of that system here, as pip asks them of this one."""
    wanted = [str(one) for one in needed(ours, target, extras)]
    while True:
        with tempfile.TemporaryDirectory() as folder:
            options = [word for tag in target.tags for word in ("--platform", tag)]
            version = ("--python-version", target.python, "--implementation", "cp")
            pip("download", "--only-binary=:all:", "--dest", folder, *version, *options, *wanted)
            there = {canonicalize_name(parse_wheel_filename(path.name)[0]): path for path in Path(folder).iterdir()}
            more = {
                str(one)
                for path in there.values()
                for one in needed(path, target)
                if canonicalize_name(one.name) not in there
            }
            if not more:
                for path in there.values():
                    shutil.copy(path, wheels)
                return
        wanted += sorted(more)


def needed(wheel: Path, target: Target, extras: Sequence[str] = ()) -> Iterator[Requirement]:
    """What a wheel requires on a system, with its conditions met and taken off."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        lines = HeaderParser().parsestr(archive.read(name).decode()).get_all("Requires-Dist", [])
    for one in map(Requirement, lines):
        asked = [target.markers | {"extra": extra} for extra in ("", *extras)]
        if one.marker is None or any(one.marker.evaluate(values) for values in asked):
            one.marker = None
            yield one


def pip(*words: object) -> None:
    """Runs pip, and ends here when it fails."""
    command = [sys.executable, "-m", "pip", words[0], "--quiet", "--disable-pip-version-check", *words[1:]]
    subprocess.run([str(word) for word in command], check=True)


def finish(out: Path, pythons: Iterable[str]) -> None:
    """Lays the installer, the words for people and the checksums beside the wheels."""
    for name in INSTALLER:
        shutil.copy(HERE / name, out)
    shutil.copytree(HERE / "linux", out / "linux")
    shutil.copy(ROOT / "resources" / "icons" / "annotator.svg", out / "linux")
    wheels = sorted(out.glob("wheels/*.whl"))
    version = next(parse_wheel_filename(path.name)[1] for path in wheels if path.name.startswith("annotator-"))
    systems = "\n".join(f"  {words}" for words in needs(wheels))
    words = READ_ME.format(version=version, line="=" * 60, pythons=" or ".join(pythons), systems=systems)
    (out / "README.txt").write_text(words, encoding="utf-8", newline="\n")
    files = sorted(path for path in out.rglob("*") if path.is_file())
    sums = "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(out).as_posix()}\n" for path in files
    )
    (out / "SHA256SUMS").write_text(sums, encoding="utf-8", newline="\n")


def needs(wheels: Iterable[Path]) -> list[str]:
    """The systems that these wheels run on, as their tags say: each needs the newest of what its wheels need."""
    found: dict[str, tuple[int, int]] = {}
    for path in wheels:
        by_system: dict[str, tuple[int, int]] = {}
        for tag in parse_wheel_filename(path.name)[3]:
            system, version = asked_by(tag.platform)
            by_system[system] = min(version, by_system.get(system, version))
        for system, version in by_system.items():
            found[system] = max(version, found.get(system, version))
    linux = (
        [f"Linux, 64 bit, with glibc {major}.{minor} or newer" for major, minor in [found["linux"]]]
        if "linux" in found
        else []
    )
    windows = ["Windows 10 (1809) or newer, 64 bit"] if "windows" in found else []
    macos = [f"macOS {major} or newer" for major, _ in [found["macos"]]] if "macos" in found else []
    return linux + windows + macos


def asked_by(platform: str) -> tuple[str, tuple[int, int]]:
    """The system of a tag, and the version of it (of glibc on Linux) that it asks for."""
    if platform == "manylinux2014_x86_64":
        return "linux", (2, OLDEST_GLIBC)
    if version := re.match(r"(manylinux|macosx)_(\d+)_(\d+)_", platform):
        return "linux" if version[1] == "manylinux" else "macos", (int(version[2]), int(version[3]))
    return "windows" if platform.startswith("win") else "any", (0, 0)


def tell(words: str) -> None:
    """One line in passing."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
