"""The private broker: reachable from here only, keeps its messages, leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from kombu import Connection, Queue

from shared.runtime.servers.ports import LOOPBACK, free_port
from shared.runtime.servers.process import ServerFailed
from shared.runtime.servers.rabbitmq import PrivateRabbitMQ, answers, handshake

QUEUE = Queue("kept", routing_key="kept", durable=True, queue_arguments={"x-queue-type": "quorum"})


@pytest.fixture(scope="module")
def folder(server_folder: Path) -> Path:
    return server_folder / "own-rabbitmq"


@pytest.fixture(scope="module")
def broker(folder: Path) -> Iterator[PrivateRabbitMQ]:
    with PrivateRabbitMQ(folder) as server:
        yield server


def test_it_answers_with_its_own_password_only(broker: PrivateRabbitMQ) -> None:
    properties = handshake(broker.url)
    assert properties is not None
    assert properties["product"] == "RabbitMQ"
    assert not answers(f"amqp://guest:guest@{LOOPBACK}:{broker.port}//")
    assert not answers(f"amqp://bangfu:wrong@{LOOPBACK}:{broker.port}//")


def test_nothing_of_it_listens_beyond_this_machine(broker: PrivateRabbitMQ) -> None:
    assert broker.pid is not None
    processes = [psutil.Process(broker.pid), psutil.Process(broker.pid).parent()]
    family = [*processes, *(child for process in processes if process for child in process.children(recursive=True))]
    listening = {
        (connection.laddr.ip, connection.laddr.port)
        for process in family if process
        for connection in process.net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    }  # fmt: skip
    assert (LOOPBACK, broker.port) in listening
    assert {ip for ip, _ in listening} <= {LOOPBACK, "::1"}


def test_a_taken_port_is_named(broker: PrivateRabbitMQ, tmp_path: Path) -> None:
    with pytest.raises(ServerFailed, match=f"AMQP port {broker.port} is taken"):
        PrivateRabbitMQ(tmp_path, broker.port).start()


def test_a_restart_under_another_port_keeps_the_messages(broker: PrivateRabbitMQ, folder: Path) -> None:
    confirmed = Connection(broker.url, transport_options={"confirm_publish": True})
    with confirmed as connection, connection.SimpleQueue(QUEUE) as queue:
        queue.put({"case": "F1"})
    family = [psutil.Process(broker.pid), *psutil.Process(broker.pid).children(recursive=True)]
    broker.stop()
    assert not psutil.wait_procs(family, timeout=5)[1], "the Erlang machine and its helpers are gone"
    with (
        PrivateRabbitMQ(folder, free_port()) as again,
        Connection(again.url) as connection,
        connection.SimpleQueue(QUEUE) as queue,
    ):
        message = queue.get(timeout=10)
        assert message.payload == {"case": "F1"}
        message.ack()
