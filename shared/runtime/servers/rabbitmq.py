"""A RabbitMQ node of our own: its own ports, data, cookie and name service; reachable from this machine only."""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import quote

from amqp import AMQPError
from kombu import Connection

from shared.runtime.servers.ports import LOOPBACK, free_port, is_free
from shared.runtime.servers.process import Process, ServerFailed

START_SECONDS = 60
STOP_SECONDS = 20
HANDSHAKE_SECONDS = 5
USER = "bangfu"

_PROGRAMS = ("/usr/lib/rabbitmq/bin/rabbitmq-server", "/opt/rabbitmq/sbin/rabbitmq-server")

_CONFIGURATION = """\
listeners.tcp.local = {host}:{port}
default_user = {user}
default_pass = {password}
loopback_users.guest = true
log.file.level = warning
log.console = false
disk_free_limit.absolute = 100MB
vm_memory_high_watermark.absolute = {memory_mib}MiB
collect_statistics_interval = 30000
"""

MEMORY_LIMIT_MIB = 512
# Two schedulers and no busy waiting: a node for one centre shares its machine with everything else.
_ERLANG_ARGUMENTS = "+S 2:2 +sbwt none +sbwtdcpu none +sbwtdio none -kernel inet_dist_use_interface {127,0,0,1}"


class PrivateRabbitMQ:
    """A broker in `data_dir` that listens on `port` of 127.0.0.1 (None: any free one).

    A restart on the same `data_dir` keeps queues and messages, also under another port.
    """

    def __init__(
        self, data_dir: Path, port: int | None = None, *, dist_port: int | None = None, epmd_port: int | None = None
    ) -> None:
        self.data_dir = data_dir.absolute()
        self.port = port or free_port()
        self._dist_port = dist_port or free_port()
        self._epmd_port = epmd_port or free_port()
        self._epmd: Process | None = None
        self._node: Process | None = None

    @property
    def url(self) -> str:
        """AMQP URL with the node's own random password; start the server first."""
        password = quote((self.data_dir / "password").read_text("ascii"))
        return f"amqp://{USER}:{password}@{LOOPBACK}:{self.port}//"

    @property
    def pid(self) -> int | None:
        return self._node.pid if self._node else None

    def exit_code(self) -> int | None:
        """The node's exit code; None while it runs or before it was started."""
        return self._node.exit_code() if self._node else None

    @property
    def log(self) -> Path:
        return self.data_dir / "log" / "console.log"

    def start(self) -> None:
        """Start the node and wait until it answers. Raises ServerFailed."""
        self.launch()
        self.wait_ready()

    def launch(self) -> None:
        """Start the node without waiting, so that the caller can do something else meanwhile. Raises ServerFailed."""
        program = find_program()
        for port, what in ((self.port, "AMQP"), (self._dist_port, "distribution"), (self._epmd_port, "epmd")):
            if not is_free(port):
                raise ServerFailed(f"RabbitMQ cannot start: its {what} port {port} is taken by another program")
        self._prepare()
        self._epmd = self._process("epmd", [find_epmd(), "-address", LOOPBACK, "-port", str(self._epmd_port)])
        self._node = self._process("RabbitMQ", [program], grace_seconds=STOP_SECONDS)
        self._epmd.start()
        self._node.start()

    def wait_ready(self) -> None:
        """Wait for a complete AMQP handshake. Raises ServerFailed, after stopping what was started."""
        assert self._node is not None, "launch() first"
        try:
            self._node.wait_ready(lambda: answers(self.url), START_SECONDS)
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the node, then its name service. Safe to call twice."""
        for process in (self._node, self._epmd):
            if process:
                process.stop()

    def _process(self, name: str, argv: list[str], *, grace_seconds: float = 5) -> Process:
        log = self.log if name == "RabbitMQ" else self.log.with_name("epmd.log")
        return Process(name, argv, env=self._environment(), log=log, cwd=self.data_dir, grace_seconds=grace_seconds)

    def _prepare(self) -> None:
        for folder in ("home", "mnesia", "log", "conf.d"):
            (self.data_dir / folder).mkdir(parents=True, exist_ok=True)
        self.data_dir.chmod(0o700)
        password_file = self.data_dir / "password"
        if not password_file.exists():
            password_file.write_text(secrets.token_hex(16), "ascii")
        (self.data_dir / "enabled_plugins").write_text("[].\n", "ascii")
        text = _CONFIGURATION.format(
            host=LOOPBACK, port=self.port, user=USER, password=password_file.read_text("ascii"),
            memory_mib=MEMORY_LIMIT_MIB,
        )  # fmt: skip
        (self.data_dir / "rabbitmq.conf").write_text(text, "ascii")
        self._link_libraries()

    def _link_libraries(self) -> None:
        """Show Erlang the broker's libraries without its plugins.

        It looks for each of 600 modules in every folder of its path; half as many folders is a third of the start time.
        """
        installed = Path(find_program()).resolve().parents[1] / "plugins"
        links = self.data_dir / "home" / "plugins"
        shutil.rmtree(links, ignore_errors=True)
        links.mkdir()
        for library in installed.glob("*"):
            if not library.name.startswith("rabbitmq_") or library.name.startswith("rabbitmq_prelaunch"):
                (links / library.name).symlink_to(library)
        known_layout = any(links.glob("rabbit-*"))
        text = f"RABBITMQ_HOME='{links.parent}'\n" if known_layout else ""
        (self.data_dir / "rabbitmq-env.conf").write_text(text, "utf-8")

    def _environment(self) -> dict[str, str]:
        here = self.data_dir
        own = {
            "HOME": here / "home",
            "ERL_EPMD_PORT": self._epmd_port,
            "ERL_EPMD_ADDRESS": LOOPBACK,
            # runs the Erlang machine in the place of the start script: no process between it and us
            "RUNNING_UNDER_SYSTEMD": "true",
            "RABBITMQ_NODENAME": "bangfu@localhost",
            "RABBITMQ_NODE_PORT": self.port,
            "RABBITMQ_NODE_IP_ADDRESS": LOOPBACK,
            "RABBITMQ_DIST_PORT": self._dist_port,
            "RABBITMQ_MNESIA_BASE": here / "mnesia",
            "RABBITMQ_LOG_BASE": here / "log",
            "RABBITMQ_PID_FILE": here / "pid",
            "RABBITMQ_ENABLED_PLUGINS_FILE": here / "enabled_plugins",
            "RABBITMQ_CONFIG_FILE": here / "rabbitmq.conf",
            "RABBITMQ_CONFIG_FILES": here / "conf.d",
            "RABBITMQ_ADVANCED_CONFIG_FILE": here / "advanced.config",
            "RABBITMQ_CONF_ENV_FILE": here / "rabbitmq-env.conf",
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": _ERLANG_ARGUMENTS,
            "RABBITMQ_CTL_ERL_ARGS": "",
        }
        inherited = {key: value for key, value in os.environ.items() if not key.startswith(("RABBITMQ_", "ERL_"))}
        return {**inherited, **{key: str(value) for key, value in own.items()}}

    def __enter__(self) -> PrivateRabbitMQ:
        self.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self.stop()


def is_installed() -> bool:
    """Whether this machine has a RabbitMQ we could start."""
    try:
        return bool(find_program() and find_epmd())
    except ServerFailed:
        return False


def find_program() -> str:
    """The start script that does not change the user. Raises ServerFailed."""
    return _first(_PROGRAMS, "RabbitMQ is not installed: apt-get install rabbitmq-server")


def find_epmd() -> str:
    """Erlang's name service. Raises ServerFailed."""
    found = sorted(str(path) for path in Path("/usr/lib/erlang").glob("erts-*/bin/epmd"))
    return _first(("/usr/bin/epmd", "/usr/local/bin/epmd", *found), "epmd is missing: apt-get install erlang-base")


def _first(candidates: tuple[str, ...], otherwise: str) -> str:
    for candidate in candidates:
        if os.access(candidate, os.X_OK):
            return candidate
    raise ServerFailed(otherwise)


def answers(url: str) -> bool:
    """Whether a broker completes an AMQP handshake with these credentials."""
    return handshake(url) is not None


def handshake(url: str) -> dict[str, Any] | None:
    """What the broker says of itself (`product`, `version`), or None if it does not answer."""
    connection = Connection(url, connect_timeout=HANDSHAKE_SECONDS)
    transport = connection.transport  # Connection.connect() would sleep two seconds and try again
    try:
        channel = transport.establish_connection()
    except (AMQPError, OSError):
        return None
    properties: dict[str, Any] = channel.server_properties
    transport.close_connection(channel)
    return properties
