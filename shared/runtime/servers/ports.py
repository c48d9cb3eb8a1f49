"""Ports: which are free, and which a second copy on the same machine will not take."""

from __future__ import annotations

import secrets
import socket
from contextlib import closing

LOOPBACK = "127.0.0.1"
# Below the range from which the kernel takes the ports of outgoing connections.
_LOWEST, _HIGHEST = 20_000, 31_999
_TRIES = 200


class PortTaken(RuntimeError):
    """Another program listens there. The message says which variable moves ours."""


def is_free(port: int, host: str = LOOPBACK) -> bool:
    """Whether a server could listen on `port` now."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def free_port() -> int:
    """A port nobody listens on, chosen at random so that two test runs rarely choose the same. Raises PortTaken."""
    for _ in range(_TRIES):
        port = _LOWEST + secrets.randbelow(_HIGHEST - _LOWEST + 1)
        if is_free(port):
            return port
    raise PortTaken(f"no free port between {_LOWEST} and {_HIGHEST} in {_TRIES} tries")


def require_free(port: int, purpose: str, remedy: str) -> int:
    """`port`, if it is free. Raises PortTaken naming `purpose` and `remedy`."""
    if not is_free(port):
        raise PortTaken(
            f"端口 {port}({purpose})已被其他程序占用。{remedy} / port {port} ({purpose}) is taken. {remedy}"
        )
    return port
