"""A centre whose servers and processes may be killed: split, on a RabbitMQ and a PostgreSQL of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from gateway.accounts.cli import add_account
from shared.runtime.config import SERVICES
from shared.runtime.demo import api
from shared.runtime.demo.cast import Cast, gather
from shared.runtime.servers.postgresql import PrivatePostgreSQL
from shared.runtime.servers.rabbitmq import PrivateRabbitMQ, find_program
from tests.centre import Centre
from tests.stubborn import Stubborn

PASSWORD = "only-for-these-tests"
RECOVERY_SECONDS = 90
DEADLINE_SECONDS = 5.0
#: a session outlives the longest storm; nobody waits behind a slow hash
MORE = {"BANGFU_ACCESS_SECONDS": "86400", "BANGFU_DEADLINE_SECONDS": str(DEADLINE_SECONDS)}
PROCESSES = ("gateway", *SERVICES)


@dataclass
class Storm:
    """The servers, the centre on them, and a client that repeats what failed for now."""

    broker: PrivateRabbitMQ
    postgres: PrivatePostgreSQL
    centre: Centre
    client: Stubborn
    cast: Cast

    # -- looking -----------------------------------------------------------------------------------------------

    def missing(self, name: str = "gateway") -> list[str] | None:
        """What /readyz of a process lists as missing; None while it does not answer at all."""
        settings = self.centre.settings
        return missing(settings.port if name == "gateway" else settings.health_port_of(name))

    def recovered(self, seconds: float = RECOVERY_SECONDS) -> float:
        """Wait until the gateway and every service are ready by themselves; how long that took."""
        began = time.monotonic()
        for name in PROCESSES:
            self.serving(name, seconds)
        return time.monotonic() - began

    def serving(self, name: str, seconds: float = RECOVERY_SECONDS) -> None:
        """Wait until one process is ready by itself."""
        until(f"{name} ready again", lambda: self.missing(name) == [], seconds)

    # -- breaking ----------------------------------------------------------------------------------------------

    def kill(self, name: str) -> int:
        """kill -9 of a process as soon as it is there; its number."""
        pid = until(f"process {name}", lambda: self._pid(name))
        os.kill(pid, signal.SIGKILL)
        return pid

    def kill_worker(self) -> None:
        """kill -9 of the gateway's worker; its master starts another."""
        workers = until("a worker of the gateway", lambda: psutil.Process(self.centre.pid("gateway")).children())
        workers[0].kill()

    def end(self, name: str) -> float:
        """SIGTERM to a process that serves; how many seconds it took to leave."""
        pid, began = self.centre.pid(name), time.monotonic()
        os.kill(pid, signal.SIGTERM)
        until(f"{name} ended", lambda: not psutil.pid_exists(pid))
        return time.monotonic() - began

    def _pid(self, name: str) -> int | None:
        try:
            return self.centre.pid(name)
        except (LookupError, psutil.Error):
            return None

    @contextmanager
    def stopped(self, name: str) -> Iterator[None]:
        """The process does not move (SIGSTOP)."""
        group = [psutil.Process(self.centre.pid(name))]
        group += group[0].children(recursive=True)
        with frozen(group):
            yield

    @contextmanager
    def absent(self, *names: str) -> Iterator[None]:
        """The processes are gone, and the supervisor, which stands still, does not start them again."""
        pids = [until(f"process {name}", lambda n=name: self._pid(n)) for name in names]
        with frozen([psutil.Process(self.centre.supervisor_pid)]):
            for pid in pids:
                os.kill(pid, signal.SIGKILL)
            yield

    @contextmanager
    def no_broker(self, number: signal.Signals = signal.SIGTERM) -> Iterator[None]:
        """RabbitMQ is away."""
        if number != signal.SIGTERM and self.broker.pid:
            os.kill(self.broker.pid, number)
        self.broker.stop()
        try:
            yield
        finally:
            self.broker.start()

    @contextmanager
    def silent_broker(self) -> Iterator[None]:
        """RabbitMQ takes connections and says nothing."""
        assert self.broker.pid
        server = psutil.Process(self.broker.pid)
        with frozen([server, *server.children(recursive=True)]):
            yield

    @contextmanager
    def overloaded_broker(self) -> Iterator[None]:
        """RabbitMQ takes no more messages: its memory alarm stands."""
        self._memory_share("0.0001")
        try:
            yield
        finally:
            self._memory_share("0.4")

    def _memory_share(self, share: str) -> None:
        program = Path(find_program()).with_name("rabbitmqctl")
        subprocess.run([str(program), "set_vm_memory_high_watermark", share], env=self.broker._environment(),
                       check=True, capture_output=True, timeout=60)

    @contextmanager
    def no_database(self, number: signal.Signals = signal.SIGINT) -> Iterator[None]:
        """PostgreSQL is away: stopped fast (SIGINT), at once (SIGQUIT) or by kill -9."""
        if self.postgres.pid:
            os.kill(self.postgres.pid, number)
        self.postgres.stop()
        try:
            yield
        finally:
            self.postgres.start()

    @contextmanager
    def silent_database(self) -> Iterator[None]:
        """PostgreSQL takes connections and says nothing, as when its disk hangs."""
        assert self.postgres.pid
        server = psutil.Process(self.postgres.pid)
        with frozen([server, *server.children(recursive=True)]):
            yield


def missing(port: int) -> list[str] | None:
    """What /readyz lists; None while nobody answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=8) as answer:
            return list(json.load(answer)["missing"])
    except urllib.error.HTTPError as error:
        with error:
            return list(json.load(error)["missing"])
    except OSError:
        return None


@contextmanager
def frozen(processes: list[psutil.Process]) -> Iterator[None]:
    for process in processes:
        process.suspend()
    try:
        yield
    finally:
        for process in processes:
            try:
                process.resume()
            except psutil.NoSuchProcess:
                continue


def until(what: str, look: Callable[[], Any], seconds: float = RECOVERY_SECONDS) -> Any:
    """What `look` finds; the flows' `until` with more patience, since servers start in between."""
    return api.until(what, look, seconds)


@contextmanager
def gathered(folder: Path, broker: PrivateRabbitMQ, postgres: PrivatePostgreSQL) -> Iterator[Storm]:
    """The centre with its people, ready."""
    centre = Centre(folder, broker.url, postgres.url, split=True, extra=MORE).start()
    client = Stubborn(centre.api.base)

    def add(name: str, password: str, display_name: str, grants: list[tuple[str, str]]) -> None:
        add_account(centre.settings, name, password, display_name, grants)

    try:
        yield Storm(broker, postgres, centre, client, gather(client, PASSWORD, add))
    finally:
        code = centre.stop()
    assert code == 0, centre.output[-20:]


@contextmanager
def brewed(servers: Path, data: Path) -> Iterator[Storm]:
    """The centre on a broker and a database started for it in `servers`. The database keeps what it commits (fsync)."""
    broker = PrivateRabbitMQ(servers / "storm-rabbitmq")
    postgres = PrivatePostgreSQL(servers / "storm-postgresql")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(api, "PATIENCE_SECONDS", 600.0)
        try:
            broker.launch()
            postgres.start()
            broker.wait_ready()
            with gathered(data, broker, postgres) as one:
                yield one
        finally:
            broker.stop()
            postgres.stop()
