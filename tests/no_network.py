"""A pytest plugin (`-p tests.no_network`): whoever opens a socket to a network is stopped. Python code is told by an
exception, and everything else, Qt and whatever is run beside, is killed by the kernel where it lets us ask for that."""

import ctypes
import platform
import socket
import struct
import sys

ARCHITECTURES = {
    "x86_64": (0xC000003E, 41),
    "aarch64": (0xC00000B7, 198),
}  # as the kernel calls it, and its call `socket`
LOAD, EQUALS, RETURN = 0x20, 0x15, 0x06  # of the kernel's packet filter: a word, a jump, the end
KILL, ALLOW = 0x80000000, 0x7FFF0000
NO_NEW_PRIVILEGES, SECCOMP, FILTER = 38, 22, 2  # of prctl


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_void_p))


class Attempted(BaseException):
    """Somebody tried to reach a network."""


def forbid_in_kernel() -> bool:
    """From now on a socket of the internet kills this process, and those it begins. Whether the kernel agreed."""
    if sys.platform != "linux" or platform.machine() not in ARCHITECTURES:
        return False
    architecture, call = ARCHITECTURES[platform.machine()]
    steps = [
        (LOAD, 0, 0, 4),
        (EQUALS, 0, 5, architecture),
        (LOAD, 0, 0, 0),
        (EQUALS, 0, 3, call),
        (LOAD, 0, 0, 16),  # the family that is asked for
        (EQUALS, 2, 0, socket.AF_INET),
        (EQUALS, 1, 0, socket.AF_INET6),
        (RETURN, 0, 0, ALLOW),
        (RETURN, 0, 0, KILL),
    ]
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = _Program(len(steps), ctypes.cast(code, ctypes.c_void_p))
    prctl = ctypes.CDLL(None).prctl
    return prctl(NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0 and prctl(SECCOMP, FILTER, ctypes.byref(program), 0, 0) == 0


def forbid_in_python() -> None:
    """From now on the calls of Python that lead to a network raise `Attempted`."""

    def refuse(*words: object, **_: object) -> None:
        raise Attempted(words)

    def refuse_audited(event: str, words: tuple) -> None:
        is_of_this_machine = bool(words) and getattr(words[0], "family", None) == getattr(socket, "AF_UNIX", None)
        if not is_of_this_machine and event in (
            "socket.connect",
            "socket.bind",
            "socket.getaddrinfo",
            "socket.gethostbyname",
            "urllib.Request",
        ):
            raise Attempted(event, words)

    for name in ("getaddrinfo", "gethostbyname", "create_connection", "create_server"):
        setattr(socket, name, refuse)
    sys.addaudithook(refuse_audited)


IS_IN_KERNEL = forbid_in_kernel()
forbid_in_python()
