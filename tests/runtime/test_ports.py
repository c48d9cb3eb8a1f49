"""Ports that are free, and the message when one is not."""

from __future__ import annotations

import socket

import pytest

from shared.runtime.servers.ports import PortTaken, free_port, is_free, require_free


def test_a_listened_port_is_not_free_and_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert not is_free(port)
        with pytest.raises(PortTaken, match=f"{port}.*choose another PORT"):
            require_free(port, "HTTP", "choose another PORT")


def test_a_free_port_can_be_listened_on() -> None:
    port = free_port()
    with socket.create_server(("127.0.0.1", port)):
        assert not is_free(port)
    assert require_free(port, "HTTP", "") == port
