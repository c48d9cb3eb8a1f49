"""Which RabbitMQ a start uses."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from shared.runtime import broker
from shared.runtime.config import Settings
from shared.runtime.servers import rabbitmq
from shared.runtime.servers.ports import PortTaken, free_port
from shared.runtime.servers.process import ServerFailed


def settings(tmp_path: Path, **more: str) -> Settings:
    return Settings.read({"BANGFU_DATA": str(tmp_path), "PORT": str(free_port()), **more})


def silent(_what: str, _text: str) -> None:
    """Says nothing."""


def test_a_given_one_comes_first_and_is_never_stopped(tmp_path: Path, amqp_url: str) -> None:
    chosen = broker.choose(settings(tmp_path, AMQP_URL=amqp_url), silent)
    chosen.start()
    chosen.stop()
    assert rabbitmq.answers(amqp_url)


def test_a_given_one_that_does_not_answer_is_told_with_the_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(broker, "GIVEN_WAIT_SECONDS", 0.2)
    chosen = broker.choose(settings(tmp_path, AMQP_URL=f"amqp://u:p@127.0.0.1:{free_port()}//"), silent)
    with pytest.raises(ServerFailed, match="AMQP_URL"):
        chosen.wait_ready()


def test_an_installed_one_runs_on_the_ports_after_ours(tmp_path: Path) -> None:
    given = settings(tmp_path)
    chosen = broker.choose(given, silent)
    assert isinstance(chosen, rabbitmq.PrivateRabbitMQ)
    assert chosen.port == given.port + 1
    assert chosen.data_dir == tmp_path / "rabbitmq"


def test_a_taken_broker_port_asks_for_another_port(tmp_path: Path) -> None:
    given = settings(tmp_path)
    with socket.create_server(("127.0.0.1", given.port + 1)), pytest.raises(PortTaken, match="another PORT"):
        broker.choose(given, silent)


def test_without_any_the_message_says_what_to_type(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rabbitmq, "_PROGRAMS", ())
    monkeypatch.setattr(broker, "INSTALL_SCRIPT", tmp_path / "absent")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(broker.NoBroker) as caught:
        broker.choose(settings(tmp_path), silent)
    for words in ("apt-get install", "rabbitmq-server", "AMQP_URL=", "Docker"):
        assert words in str(caught.value)
