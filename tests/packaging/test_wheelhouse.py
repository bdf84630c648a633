"""Installing without a network: what is fetched for whom, and the installer, run for real with one small wheel."""

import base64
import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from . import PACKAGING, script

house = script("make_wheelhouse")
METADATA = """Metadata-Version: 2.1
Name: {name}
Version: 9.9
Requires-Dist: one>=1
Requires-Dist: two<3; sys_platform == "win32"
Requires-Dist: three; python_version < "3.12"
Requires-Dist: four; extra == "encrypted"
Requires-Dist: five; platform_machine == "arm64"
"""
PROGRAM = "import sys\n\n\ndef main():\n    print('annotator', *sys.argv[1:])\n"


def wheel(folder: Path, *, metadata: str = "Metadata-Version: 2.1\nName: annotator\nVersion: 9.9\n") -> Path:
    """A wheel of a program called annotator that says its words and needs nothing."""
    files = {
        "annotator_trial.py": PROGRAM,
        "annotator-9.9.dist-info/METADATA": metadata,
        "annotator-9.9.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: us\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        "annotator-9.9.dist-info/entry_points.txt": "[console_scripts]\nannotator = annotator_trial:main\n",
    }
    lines = []
    for name, words in files.items():
        sum = base64.urlsafe_b64encode(hashlib.sha256(words.encode()).digest()).rstrip(b"=").decode()
        lines.append(f"{name},sha256={sum},{len(words)}\n")
    files["annotator-9.9.dist-info/RECORD"] = "".join([*lines, "annotator-9.9.dist-info/RECORD,,\n"])
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "annotator-9.9-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, words in files.items():
            archive.writestr(name, words)
    return path


@pytest.fixture
def wheelhouse(tmp_path) -> Path:
    """A finished wheelhouse of that wheel."""
    made = tmp_path / "wheelhouse"
    wheel(made / "wheels")
    house.finish(made, ["3.11", "3.12"])
    return made


def run(wheelhouse: Path, *words: object, through: str = "install_offline.py") -> "subprocess.CompletedProcess[str]":
    """Runs the installer where no name is resolved and no index of packages can be reached."""
    environment = os.environ | dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"), "http://127.0.0.1:9")
    environment |= {"PYTHON": sys.executable, "PIP_INDEX_URL": "http://127.0.0.1:9", "HOME": str(wheelhouse.parent)}
    command = ["sh"] if through.endswith(".sh") else [sys.executable]
    return subprocess.run(
        [*command, wheelhouse / through, *map(str, words)], env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.skipif(os.name == "nt", reason="goes through the shell")
def test_it_installs_without_a_network_and_tries_the_program(wheelhouse):
    done = run(wheelhouse, through="install_offline.sh")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[-1] == "annotator self-test"
    program = wheelhouse.parent / "annotator" / "bin" / "annotator"
    assert f"Start it with: {program}" in done.stdout
    assert subprocess.run([program, "open"], capture_output=True, text=True, check=True).stdout == "annotator open\n"


def test_the_checksums_are_as_others_check_them_and_cover_every_file(wheelhouse):
    listed = dict(line.split("  ")[::-1] for line in (wheelhouse / "SHA256SUMS").read_text().splitlines())
    there = {path.relative_to(wheelhouse).as_posix(): path for path in wheelhouse.rglob("*") if path.is_file()}
    assert {*listed} == {*there} - {"SHA256SUMS"}
    assert {"wheels/annotator-9.9-py3-none-any.whl", "install_offline.py", "linux/install_desktop.py"} <= {*listed}
    assert all(hashlib.sha256(there[name].read_bytes()).hexdigest() == sum for name, sum in listed.items())


def altered(house: Path) -> str:
    path = house / "wheels" / "annotator-9.9-py3-none-any.whl"
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    return "wheels/annotator-9.9-py3-none-any.whl is not as it was made"


def taken_away(house: Path) -> str:
    (house / "README.txt").unlink()
    return "README.txt is missing"


def slipped_in(house: Path) -> str:
    shutil.copy(house / "wheels" / "annotator-9.9-py3-none-any.whl", house / "wheels" / "annotator-99-py3-none-any.whl")
    return "wheels/annotator-99-py3-none-any.whl is not listed"


def without_sums(house: Path) -> str:
    (house / "SHA256SUMS").unlink()
    return "SHA256SUMS is missing"


@pytest.mark.parametrize("tamper", [altered, taken_away, slipped_in, without_sums])
def test_what_is_not_as_it_was_made_is_noticed_and_nothing_installed(wheelhouse, tamper, tmp_path):
    words = tamper(wheelhouse)
    done = run(wheelhouse, "--into", tmp_path / "program")
    assert done.returncode == 1
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "program").exists()


def test_a_folder_that_is_something_else_is_left_alone(wheelhouse, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    done = run(wheelhouse, "--into", tmp_path / "mine")
    assert done.returncode == 1
    assert "is there already and is something else" in done.stderr
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_an_older_python_is_told_which_is_needed(monkeypatch):
    installer = script("install_offline")
    monkeypatch.setattr(installer, "OLDEST", (9, 0))
    with pytest.raises(installer.Refused, match=r"Python 9\.0 or newer is needed"):
        installer.must_be_new_enough()


def test_what_is_fetched_hangs_on_the_system_it_is_for(tmp_path):
    path = wheel(tmp_path, metadata=METADATA.format(name="annotator"))

    def asked(system: str, python: str, *extras: str) -> set[str]:
        return {str(one) for one in house.needed(path, house.Target(system, python, ()), extras)}

    assert asked("linux", "3.12") == {"one>=1"}
    assert asked("linux", "3.11") == {"one>=1", "three"}
    assert asked("windows", "3.12") == {"one>=1", "two<3"}
    assert asked("macos-arm", "3.13", "encrypted") == {"one>=1", "four", "five"}


def test_every_system_is_asked_for_by_the_tags_of_its_wheels():
    arguments = house.parsed(["out", "--for", "linux", "--for", "macos-arm", "--for", "windows", "--python", "3.12"])
    linux, macos, windows = house.targets(arguments)
    assert "manylinux_2_34_x86_64" in linux.tags
    assert "manylinux_2_35_x86_64" not in linux.tags
    assert {"manylinux_2_17_x86_64", "manylinux2014_x86_64"} <= {*linux.tags}
    assert {"macosx_13_0_arm64", "macosx_11_0_universal2"} <= {*macos.tags}
    assert windows == house.Target("windows", "3.12", ("win_amd64",))


def test_the_words_for_people_say_which_systems_run_it_as_the_tags_do(wheelhouse):
    names = (
        "a-1-cp311-cp311-manylinux2014_x86_64.manylinux_2_17_x86_64.whl",
        "b-1-cp310-abi3-manylinux_2_34_x86_64.whl",
        "c-1-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl",
        "d-1-cp310-abi3-macosx_13_0_universal2.whl",
        "e-1-cp311-cp311-macosx_11_0_arm64.whl",
        "f-1-cp311-cp311-win_amd64.whl",
        "g-1-py3-none-any.whl",
    )
    assert house.needs(map(Path, names)) == [
        "Linux, 64 bit, with glibc 2.34 or newer",
        "Windows 10 (1809) or newer, 64 bit",
        "macOS 13 or newer",
    ]
    words = (wheelhouse / "README.txt").read_text()
    assert words.startswith("Annotator 9.9,")
    assert "Python 3.11 or 3.12" in words


def test_a_folder_that_holds_something_is_not_filled(tmp_path, capsys):
    (tmp_path / "letter.txt").write_text("dear")
    assert house.main([str(tmp_path)]) == 1
    assert "is there already" in capsys.readouterr().err


def test_nothing_names_a_place_on_a_network():
    for path in PACKAGING.rglob("*"):
        if path.is_file() and path.suffix not in (".svg", ".xml", ".pyc"):
            assert not re.search(r"https?:|ftp:", path.read_text(encoding="utf-8")), path
