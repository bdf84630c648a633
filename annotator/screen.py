"""Whether a window can be opened here, asked before Qt is: Qt ends the program when it cannot. Knows nothing of Qt's API."""

import ctypes
import importlib.util
import os
import re
import socket
import sys
from pathlib import Path

from .errors import Refused

DEBIAN = (
    "libegl1 libgl1 libglib2.0-0 libdbus-1-3 libfontconfig1 libx11-xcb1 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 "
    "libxcb-keysyms1 libxcb-randr0 libxcb-shape0 libxcb-sync1 libxcb-util1 libxcb-xfixes0 libxcb-xkb1"
)
FEDORA = (
    "libglvnd-egl libglvnd-glx glib2 dbus-libs fontconfig libX11-xcb libxkbcommon-x11 xcb-util xcb-util-cursor "
    "xcb-util-image xcb-util-keysyms xcb-util-renderutil xcb-util-wm"
)
LIBRARY = re.compile(r"(lib[\w+.-]+\.so[\w.]*): cannot open shared object file")
UNSEEN = ("offscreen", "minimal")  # platforms of Qt that show nothing to anybody


def must_have_libraries(*, on_screen: bool) -> None:
    """Raises Refused, naming the packages, when Qt would not load here; with `on_screen` also when it could not show a
    window. Only Linux installs these libraries apart."""
    if not sys.platform.startswith("linux"):
        return
    try:
        from PySide6 import QtGui, QtWidgets  # noqa: F401 - whether they load is the question
    except ImportError as error:
        raise _refusal(error) from None
    failed: list[OSError] = []
    for plugin in _plugins() if on_screen else []:
        try:
            ctypes.CDLL(str(plugin))
        except OSError as error:
            failed.append(error)
        else:
            return
    if failed:
        raise _refusal(failed[-1])


def must_be_there() -> None:
    """Raises Refused when there is no display on which a person would see a window."""
    if not is_there():
        raise Refused("screen.none")


def is_there() -> bool:
    """Whether a display can be reached. Elsewhere than on Unix there always is one."""
    platform = _platform()
    if platform in UNSEEN:
        return False
    if sys.platform in ("win32", "darwin") or platform not in ("", "xcb", "wayland"):
        return True
    return _reaches_wayland() or _reaches_x11()


def _reaches_wayland() -> bool:
    name = os.environ.get("WAYLAND_DISPLAY", "")
    if not name:
        return False
    path = Path(os.environ.get("XDG_RUNTIME_DIR", "/nowhere")) / name
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as asking:
        asking.settimeout(2)
        try:
            asking.connect(str(path))
        except OSError:
            return False
    return True


def _reaches_x11() -> bool:
    """Whether the X server of DISPLAY answers. Without libxcb nobody can say, and the check of the libraries will tell."""
    if not os.environ.get("DISPLAY"):
        return False
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    try:
        return xcb.xcb_connection_has_error(connection) == 0
    finally:
        xcb.xcb_disconnect(connection)


def _plugins() -> list[Path]:
    """The parts of Qt that speak to the displays reached from here; Qt takes the first that loads."""
    spec = importlib.util.find_spec("PySide6")
    home = Path(spec.origin).parent if spec and spec.origin else Path()
    wanted = (("wayland", _reaches_wayland), ("xcb", _reaches_x11))
    named = _platform()
    names = [name for name, reaches in wanted if (name == named if named else reaches())]
    return [home / "Qt" / "plugins" / "platforms" / f"libq{name}.so" for name in names]


def _platform() -> str:
    """The platform that Qt was told to use, or ""."""
    return os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0].partition(";")[0]


def _refusal(error: Exception) -> Refused:
    found = LIBRARY.search(str(error))
    return Refused("screen.libraries", library=found[1] if found else str(error), debian=DEBIAN, fedora=FEDORA)
