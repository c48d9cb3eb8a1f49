"""What every figure stands on: a folder, a RabbitMQ and a PostgreSQL of our own, and the peers' libraries."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import venv
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psutil
import psycopg
from sqlalchemy import make_url

from bench.peers.rows import SCHEMA
from shared.runtime.servers.postgresql import PrivatePostgreSQL
from shared.runtime.servers.process import Process
from shared.runtime.servers.rabbitmq import PrivateRabbitMQ

TOP = Path(__file__).resolve().parent.parent
REQUIREMENTS = TOP / "bench" / "requirements.txt"
PEERS = TOP / "var" / "bench-venv"
BRIDGE_REQUIREMENTS = TOP / "bench" / "requirements-bridge.txt"
BRIDGE = TOP / "var" / "bench-bridge-venv"
LOGS = TOP / "var" / "bench-log"


class Machine:
    """Starts the servers, stops everything in the end. The database writes through to the disk (fsync is on)."""

    def __init__(self) -> None:
        self._exits = ExitStack()

    def __enter__(self) -> Machine:
        self.folder = Path(tempfile.mkdtemp(prefix="bangfu-bench-"))
        self.folder.chmod(0o711)  # the user `postgres` must be able to enter
        self._exits.callback(shutil.rmtree, self.folder, ignore_errors=True)
        self._exits.callback(self._keep_logs)
        self.broker = self._exits.enter_context(PrivateRabbitMQ(self.folder / "rabbitmq"))
        self.database = self._exits.enter_context(PrivatePostgreSQL(self.folder / "postgresql"))
        self._note_commit_times()
        return self

    def __exit__(self, *raised: Any) -> None:
        self._exits.__exit__(*raised)

    def sql(self, statement: str) -> list[tuple[Any, ...]]:
        """Run one statement; its rows, if it has any."""
        with psycopg.connect(self.database.url, autocommit=True) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def checkpoint(self) -> None:
        """Write out what lies in memory, so that no contender pays for the one before it."""
        self.sql("checkpoint")

    def peer_environment(self, port: int) -> dict[str, str]:
        """What the peers' processes are told."""
        url = make_url(self.database.url)
        told = {"AMQP_URL": self.broker.url, "PORT": str(port), "PYTHONUNBUFFERED": "1",
                "PEER_DATABASE_URL": url.set(drivername="postgresql+psycopg").render_as_string(False),
                "PEER_ASYNC_DATABASE_URL": url.set(drivername="postgresql+asyncpg").render_as_string(False)}
        return {**os.environ, **told}

    def log(self, name: str) -> Path:
        return self.folder / "log" / f"{name}.log"

    def broker_cpu_seconds(self) -> float:
        """CPU time the broker has used so far."""
        return cpu_seconds([self.broker.pid or 0])

    def _keep_logs(self) -> None:
        """What everybody said stays when the folder goes."""
        shutil.rmtree(LOGS, ignore_errors=True)
        for part in ("log", "data/log"):
            if (self.folder / part).exists():
                shutil.copytree(self.folder / part, LOGS, dirs_exist_ok=True)

    def _note_commit_times(self) -> None:
        self.sql("alter system set track_commit_timestamp = on")
        self.database.stop()
        self.database.start()
        self.sql(f"create schema {SCHEMA}")


def python_process(machine: Machine, name: str, arguments: list[str], environment: dict[str, str], *,
                   peers: bool) -> Process:
    """A Python program of ours, run by the peers' interpreter or by the product's."""
    program = str(PEERS / "bin" / "python") if peers else sys.executable
    return Process(name, [program, *arguments], env=environment, log=machine.log(name), cwd=TOP)


def cpu_seconds(pids: list[int]) -> float:
    """User and system time of processes and all their children."""
    total = 0.0
    for process in family(pids):
        used = process.cpu_times()
        total += used.user + used.system
    return total


def family(pids: list[int]) -> list[psutil.Process]:
    """The processes with all their children."""
    heads = [psutil.Process(pid) for pid in pids]
    return [*heads, *(child for head in heads for child in head.children(recursive=True))]


def install_peers(folder: Path = PEERS, requirements: Path = REQUIREMENTS) -> None:
    """Give the peers a virtual environment of their own, anew when their requirements have changed."""
    stamp = folder / ".installed"
    wanted = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    venv.create(folder, clear=True, with_pip=True)
    subprocess.run([str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
                    "--no-input", "-r", str(requirements)], check=True)
    stamp.write_text(wanted)
