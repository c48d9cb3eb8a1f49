"""A load client: keep-alive HTTP/1.1 connections with one request in flight on each. Runs in a process of its own.

`python -m bench.load` reads a job from standard input and writes what it saw to standard output, both JSON. It knows
only what the contenders answer with: a Content-Length, no chunks.
"""

from __future__ import annotations

import json
import re
import select
import socket
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import cycle

HOST = "127.0.0.1"
CHUNK_BYTES = 65_536
#: an answer that takes longer than this ends the run
PATIENCE_SECONDS = 30.0
GRACE_SECONDS = 60.0
_LENGTH = re.compile(rb"\r\ncontent-length: *([0-9]+)\r\n", re.IGNORECASE)


class LoadFailed(RuntimeError):
    """A contender closed a connection, answered otherwise than expected, or not at all."""


@dataclass(frozen=True)
class Job:
    """What to send. `requests` are whole HTTP requests; with `again` they are used over and over."""

    port: int
    connections: int
    seconds: float
    requests: Sequence[str]
    expected_status: int
    again: bool = True


@dataclass(frozen=True)
class Seen:
    """What came back."""

    requests: int
    seconds: float
    p50_ms: float
    p99_ms: float

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds


def run(job: Job) -> Seen:
    """Send the job's requests from a process of its own. Raises LoadFailed."""
    told = subprocess.run([sys.executable, "-m", "bench.load"], input=json.dumps(asdict(job)), text=True,
                          capture_output=True, timeout=job.seconds + GRACE_SECONDS, check=False)
    if told.returncode != 0:
        raise LoadFailed(told.stderr.strip().splitlines()[-1] if told.stderr.strip() else "the load client ended")
    return Seen(**json.loads(told.stdout))


class Line:
    """One connection."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection((HOST, port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.got, self.sent_at = b"", 0.0

    def send(self, request: bytes) -> None:
        self.got, self.sent_at = b"", time.perf_counter()
        self.socket.sendall(request)

    def status(self) -> int | None:
        """Read what has come; the status once the answer is complete. Raises LoadFailed."""
        data = self.socket.recv(CHUNK_BYTES)
        if not data:
            raise LoadFailed(f"the connection was closed after {self.got[:200]!r}")
        self.got += data
        head = self.got.find(b"\r\n\r\n")
        if head < 0:
            return None
        length = _LENGTH.search(self.got, 0, head + 2)
        if length is None:
            raise LoadFailed(f"an answer without Content-Length: {self.got[:200]!r}")
        return int(self.got[9:12]) if len(self.got) >= head + 4 + int(length[1]) else None


class Drive:
    """Keeps every connection busy until the time or the requests are up."""

    def __init__(self, job: Job) -> None:
        self.job, self.latencies, self.statuses = job, list[float](), Counter[int]()
        wanted = [request.encode() for request in job.requests]
        self.requests: Iterator[bytes] = cycle(wanted) if job.again else iter(wanted)
        self.lines = {line.socket.fileno(): line for line in (Line(job.port) for _ in range(job.connections))}
        self.poll = select.epoll()
        for number in self.lines:
            self.poll.register(number, select.EPOLLIN)

    def run(self) -> Seen:
        began = time.perf_counter()
        self.ends = began + self.job.seconds
        busy = sum(self._next(line) for line in self.lines.values())
        while busy:
            ready = self.poll.poll(PATIENCE_SECONDS)
            if not ready:
                raise LoadFailed(f"{busy} requests were not answered within {PATIENCE_SECONDS:g} s")
            for number, _ in ready:
                busy -= self._ended(self.lines[number])
        return self._seen(time.perf_counter() - began)

    def _next(self, line: Line) -> bool:
        request = next(self.requests, None) if time.perf_counter() < self.ends else None
        if request is None:
            return False
        line.send(request)
        return True

    def _ended(self, line: Line) -> bool:
        """Whether this connection has nothing more to do."""
        status = line.status()
        if status is None:
            return False
        if status != self.job.expected_status:
            raise LoadFailed(f"status {status}: {line.got[:600]!r}")
        self.latencies.append(time.perf_counter() - line.sent_at)
        return not self._next(line)

    def _seen(self, seconds: float) -> Seen:
        points = statistics.quantiles(self.latencies, n=100, method="inclusive")
        return Seen(len(self.latencies), seconds, points[49] * 1000, points[98] * 1000)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(Drive(Job(**json.load(sys.stdin))).run())))
