"""The peers as contenders: a door and a service, one process each, like the product."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing, suppress
from http.client import HTTPConnection
from typing import Protocol

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
    """A door on a port of its own, and the service behind it."""

    def __init__(self, machine: Machine, name: str,
                 start: Callable[[Machine, dict[str, str], int], list[Process]]) -> None:
        self.name, self.port = name, free_port()
        self._processes = start(machine, machine.peer_environment(self.port), self.port)

    def __enter__(self) -> Peer:
        for process in self._processes:
            process.start()
        self._processes[-1].wait_ready(lambda: not is_free(self.port), START_SECONDS)
        return self

    def wait_until_it_reads(self, employer_id: str) -> None:
        """The door is up before the service behind it listens. Raises ServerFailed."""
        self._processes[0].wait_ready(lambda: self._reads(employer_id), START_SECONDS)

    def _reads(self, employer_id: str) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=2)
        with closing(connection), suppress(OSError):
            connection.request("GET", f"/employers/{employer_id}")
            return connection.getresponse().status == 200
        return False

    def __exit__(self, *_: object) -> None:
        for process in reversed(self._processes):
            process.stop()

    @property
    def pids(self) -> list[int]:
        return [process.pid for process in self._processes if process.pid]

    def read(self, employer_id: str) -> str:
        return f"GET /employers/{employer_id} HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n\r\n"

    def write(self, number: int) -> str:
        body = json.dumps({"uscc": uscc(number), "name": f"甲乙丙机械有限公司{number}"}, ensure_ascii=False)
        return (f"POST /employers HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nContent-Type: application/json\r\n"
                f"Content-Length: {len(body.encode())}\r\n\r\n{body}")


def nameko_http(machine: Machine) -> Peer:
    """Stock nameko: HTTP entrypoint and RPC."""
    return Peer(machine, "nameko_http", lambda on, environment, _port: [
        python_process(on, "nameko-service", ["-W", "ignore", "-m", "bench.peers.nameko_service"], environment,
                       peers=False),
        python_process(on, "nameko-door", ["-W", "ignore", "-m", "bench.peers.nameko_door"], environment,
                       peers=False)])


def faststream(machine: Machine) -> Peer:
    """FastAPI under uvicorn, and FastStream request and reply; uvloop in both."""
    from sqlalchemy import create_engine

    engine = create_engine(machine.peer_environment(0)["PEER_DATABASE_URL"])
    METADATA.create_all(engine, [NEW_EMPLOYERS, OUTBOX])
    engine.dispose()
    return Peer(machine, "faststream", lambda on, environment, port: [
        python_process(on, "faststream-service", ["-m", "bench.peers.fast_service"], environment, peers=True),
        python_process(on, "faststream-door", [
            "-m", "uvicorn", "bench.peers.fast_door:app", "--host", "127.0.0.1", "--port", str(port),
            "--loop", "uvloop", "--http", "httptools", "--no-access-log", "--log-level", "warning",
        ], environment, peers=True)])
