"""The peers as contenders: a door and a service, one process each, like the product."""

from __future__ import annotations

import json
from contextlib import closing, suppress
from http.client import HTTPConnection
from typing import Protocol

from amqp.exceptions import ChannelError
from kombu import Connection, Queue
from sqlalchemy import create_engine

from bench.machine import Machine, python_process
from bench.peers.rows import METADATA, NEW_EMPLOYERS, OUTBOX
from shared.runtime.demo.people import uscc
from shared.runtime.servers.ports import free_port, is_free
from shared.runtime.servers.process import Process

START_SECONDS = 30


class Contender(Protocol):
    """Somebody who answers the same questions. `pids` are its processes, the broker's left out."""

    name: str
    port: int

    @property
    def pids(self) -> list[int]: ...

    def read(self, employer_id: str) -> str: ...

    def write(self, number: int) -> str: ...


class Peer:
    """A service that listens on `queue`, and a door before it on a port of its own."""

    def __init__(self, machine: Machine, name: str, queue: str, service: Process, door: Process, port: int) -> None:
        self.name, self.port = name, port
        self._machine, self._queue, self._service, self._door = machine, queue, service, door

    def __enter__(self) -> Peer:
        self._service.start()
        self._service.wait_ready(self._listens, START_SECONDS)
        self._door.start()
        self._door.wait_ready(lambda: not is_free(self.port), START_SECONDS)
        return self

    def __exit__(self, *_: object) -> None:
        self._door.stop()
        self._service.stop()

    def _listens(self) -> bool:
        with Connection(self._machine.broker.url) as connection, suppress(ChannelError):
            return bool(Queue(self._queue)(connection.default_channel).queue_declare(passive=True).consumer_count)
        return False

    def wait_until_it_reads(self, employer_id: str) -> None:
        """An open port is no answer yet. Raises ServerFailed."""
        self._door.wait_ready(lambda: self._reads(employer_id), START_SECONDS)

    def _reads(self, employer_id: str) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=2)
        with closing(connection), suppress(OSError):
            connection.request("GET", f"/employers/{employer_id}")
            return connection.getresponse().status == 200
        return False

    @property
    def pids(self) -> list[int]:
        return [process.pid for process in (self._service, self._door) if process.pid]

    def read(self, employer_id: str) -> str:
        return f"GET /employers/{employer_id} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n\r\n"

    def write(self, number: int) -> str:
        body = json.dumps({"uscc": uscc(number), "name": f"甲乙丙机械有限公司{number}"}, ensure_ascii=False)
        return (f"POST /employers HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(body.encode())}\r\n\r\n{body}")


def nameko_http(machine: Machine) -> Peer:
    """Stock nameko: HTTP entrypoint and RPC."""
    port = free_port()
    service, door = (
        python_process(machine, f"nameko-{part}", ["-W", "ignore", "-m", f"bench.peers.nameko_{part}"],
                       machine.peer_environment(port), peers=False) for part in ("service", "door"))
    return Peer(machine, "nameko_http", "rpc-employers", service, door, port)


def faststream(machine: Machine) -> Peer:
    """FastAPI under uvicorn, and FastStream request and reply; uvloop in both."""
    port = free_port()
    environment = machine.peer_environment(port)
    engine = create_engine(environment["PEER_DATABASE_URL"])
    METADATA.create_all(engine, [NEW_EMPLOYERS, OUTBOX])
    engine.dispose()
    service = python_process(machine, "faststream-service", ["-m", "bench.peers.fast_service"], environment, peers=True)
    door = python_process(machine, "faststream-door", [
        "-m", "uvicorn", "bench.peers.fast_door:app", "--host", "127.0.0.1", "--port", str(port),
        "--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning",
    ], environment, peers=True)  # fmt: skip
    return Peer(machine, "faststream", "peer.get_employer", service, door, port)
