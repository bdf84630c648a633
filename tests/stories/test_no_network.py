"""No word leaves the machine: nothing of the program names a network, and its main stories run where a socket is death."""

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import annotator

HOME = Path(annotator.__file__).parent
NETWORK = {
    *(
        "socket",
        "ssl",
        "socketserver",
        "select",
        "selectors",
        "asyncio",
        "http",
        "ftplib",
        "smtplib",
        "poplib",
        "imaplib",
    ),
    *("telnetlib", "nntplib", "xmlrpc", "webbrowser", "urllib.request", "urllib.error", "requests", "httpx", "urllib3"),
    *("aiohttp", "websockets", "zmq", "paramiko", "multiprocessing.managers", "logging.handlers"),
    *(
        "PySide6.QtNetwork",
        "PySide6.QtWebEngineCore",
        "PySide6.QtWebEngineWidgets",
        "PySide6.QtWebSockets",
        "PySide6.QtDBus",
    ),
}
STORIES = (
    "tests/stories/test_main_story.py",
    "tests/cli/test_field.py",
    "tests/fieldwork/test_assignment.py",
)


def imported(path: Path) -> set[str]:
    """The modules that a file imports, anywhere in it, each with the modules around it."""
    found = set[str]()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found |= {node.module or "", *(f"{node.module}.{name.name}" for name in node.names)}
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            found |= {one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)}
    return {".".join(one.split(".")[:n]) for one in found for n in range(1, one.count(".") + 2)}


def test_nothing_names_a_network():
    named = {path: imported(path) & NETWORK for path in HOME.rglob("*.py")}
    assert len(named) > 200
    assert {path.name: modules for path, modules in named.items() if modules} == {"screen.py": {"socket"}}
    asking = (HOME / "screen.py").read_text(encoding="utf-8")  # whether a display of this machine answers
    assert asking.count("socket.") == asking.count("socket.AF_UNIX") + asking.count("socket.SOCK_STREAM") + 1
    assert asking.count("socket.socket(socket.AF_UNIX, ") == 1


def test_a_network_that_is_named_would_be_found(tmp_path):
    for words in (
        "import http.client",
        "from urllib import request",
        "def f():\n    from PySide6 import QtNetwork",
        "import_module('requests')",
        "from urllib.request import urlopen",
    ):
        (tmp_path / "one.py").write_text(words)
        assert imported(tmp_path / "one.py") & NETWORK, words
    (tmp_path / "one.py").write_text("from urllib.parse import quote")
    assert not imported(tmp_path / "one.py") & NETWORK


def apart(*words: str, seconds: int = 400) -> "subprocess.CompletedProcess[str]":
    """Runs Python without a network: in a space of the kernel that has none, where that may be made."""
    environment = os.environ | {"PYTHONPATH": str(HOME.parent), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, *words]
    unshare = shutil.which("unshare")
    if unshare and subprocess.run([unshare, "-rn", "true"], capture_output=True, check=False).returncode == 0:
        command = [unshare, "-rn", *command]
    return subprocess.run(
        command, cwd=HOME.parent, env=environment, capture_output=True, encoding="utf-8", timeout=seconds, check=False
    )


@pytest.mark.parametrize(
    "attempt",
    [
        "socket.create_connection(('127.0.0.1', 9))",
        "socket.getaddrinfo('localhost', 80)",
        "socket.socket(socket.AF_INET).connect(('127.0.0.1', 9))",
        "socket.socket(socket.AF_INET6).bind(('::1', 0))",
    ],
)
def test_an_attempt_would_be_noticed(attempt):
    done = apart(
        "-c",
        f"import socket, tests.no_network\nsocket.socketpair()\nprint('begun', flush=True)\n{attempt}\nprint('end')",
    )
    assert done.stdout == "begun\n"
    assert done.returncode != 0


@pytest.mark.skipif(sys.platform != "linux", reason="another kernel")
def test_an_attempt_of_what_is_not_python_would_be_noticed():
    reach = (
        "import ctypes, tests.no_network as one\nprint(one.IS_IN_KERNEL, flush=True)\nctypes.CDLL(None).socket(2, 1, 0)"
    )
    done = apart("-c", f"{reach}\nprint('end')")
    if done.stdout.startswith("False"):
        pytest.skip("this kernel takes no filter")
    assert done.stdout == "True\n"
    assert done.returncode != 0


def test_the_main_stories_need_no_network():
    done = apart("-m", "pytest", "-n", "0", "-q", "-p", "no:cacheprovider", "-p", "tests.no_network", *STORIES)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-1000:]
    assert "[100%]" in done.stdout
