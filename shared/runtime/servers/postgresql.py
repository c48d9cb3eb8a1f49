"""A PostgreSQL cluster of our own for tests and benchmarks; reachable from this machine only, with a password."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
from pathlib import Path
from typing import Any

import psycopg

from shared.runtime.servers.ports import LOOPBACK, free_port
from shared.runtime.servers.process import Process, ServerFailed

START_SECONDS = 60
INITDB_SECONDS = 120
STOP_SECONDS = 20
#: nine databases of up to shared.store.engine.POOL_SIZE each, with room for two centres in the tests
MAX_CONNECTIONS = 400

SYSTEM_USER = "postgres"
USER = "bangfu"
DATABASE = "postgres"


class PrivatePostgreSQL:
    """A cluster in `data_dir` that listens on `port` of 127.0.0.1 (None: any free one). A restart keeps the data.

    `fsync=False` is for tests only: a power cut would lose the cluster. When we are root the server runs as the
    user `postgres`, who must be able to reach `data_dir`.
    """

    def __init__(self, data_dir: Path, port: int | None = None, *, fsync: bool = True) -> None:
        self.data_dir = data_dir.absolute()
        self.port = port or free_port()
        self._fsync = fsync
        self._user = SYSTEM_USER if os.geteuid() == 0 else None
        self._server: Process | None = None

    @property
    def url(self) -> str:
        """`postgresql://` URL of the cluster's own database; start the server first."""
        return f"postgresql://{USER}:{self._password_file.read_text('ascii')}@{LOOPBACK}:{self.port}/{DATABASE}"

    @property
    def pid(self) -> int | None:
        return self._server.pid if self._server else None

    def exit_code(self) -> int | None:
        """The server's exit code; None while it runs or before it was started."""
        return self._server.exit_code() if self._server else None

    def start(self) -> None:
        """Start the server, creating the cluster first if there is none, and wait for it. Raises ServerFailed."""
        programs = find_programs()
        if not (self._cluster / "PG_VERSION").exists():
            self._create_cluster(programs)
        self._server = Process(
            "PostgreSQL", [str(programs / "postgres"), "-D", str(self._cluster), *self._options()], env=_environment(),
            log=self.data_dir / "postgresql.log", cwd=self.data_dir, as_user=self._user, stop_signal=signal.SIGINT,
            grace_seconds=STOP_SECONDS,
        )  # fmt: skip
        self._server.start()
        try:
            self._server.wait_ready(lambda: answers(self.url), START_SECONDS)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the server, ending its connections. Safe to call twice."""
        if self._server:
            self._server.stop()

    @property
    def _cluster(self) -> Path:
        return self.data_dir / "cluster"

    @property
    def _password_file(self) -> Path:
        return self.data_dir / "password"

    def _create_cluster(self, programs: Path) -> None:
        self.data_dir.mkdir(parents=True, exist_ok=True)
        self._password_file.write_text(secrets.token_hex(16), "ascii")
        self._password_file.chmod(0o600)
        shutil.rmtree(self._cluster, ignore_errors=True)  # what an interrupted first start left
        if self._user:
            for path in (self.data_dir, self._password_file):
                shutil.chown(path, self._user, self._user)
        arguments = [
            str(programs / "initdb"), "--pgdata", str(self._cluster), "--username", USER,
            "--pwfile", str(self._password_file), "--auth", "scram-sha-256", "--encoding", "UTF8",
            "--locale", "C.UTF-8", *([] if self._fsync else ["--no-sync"]),
        ]  # fmt: skip
        result = subprocess.run(
            arguments, user=self._user, group=self._user, extra_groups=[] if self._user else None, cwd="/",
            env=_environment(), capture_output=True, text=True, timeout=INITDB_SECONDS,
        )  # fmt: skip
        if result.returncode != 0:
            raise ServerFailed(
                f"initdb could not make {self._cluster}: {result.stderr.strip()}\n"
                f"(the user {self._user or 'running this'} must be able to enter every folder above it)"
            )

    def _options(self) -> list[str]:
        options = {
            "listen_addresses": LOOPBACK,
            "port": str(self.port),
            "unix_socket_directories": "",
            "max_connections": str(MAX_CONNECTIONS),
            "timezone": "Asia/Shanghai",
        }
        if not self._fsync:
            options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        return [part for name, value in options.items() for part in ("-c", f"{name}={value}")]

    def __enter__(self) -> PrivatePostgreSQL:
        self.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self.stop()


def find_programs() -> Path:
    """The folder of the newest installed initdb and postgres. Raises ServerFailed."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    in_path = [Path(found).resolve().parent for found in [shutil.which("initdb")] if found]
    for folder in (*debian, *in_path):
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise ServerFailed("PostgreSQL is not installed: apt-get install postgresql")


def answers(url: str) -> bool:
    """Whether a server accepts this URL's user and password."""
    try:
        with psycopg.connect(url, connect_timeout=3):
            return True
    except psycopg.OperationalError:
        return False


def _environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if not key.startswith("PG")} | {"LC_ALL": "C.UTF-8"}
