"""Which RabbitMQ `bangfu run` uses: the one given, one of our own, one it installs, or one in Docker."""

from __future__ import annotations

import os
import secrets
import shutil
import subprocess
import time
from pathlib import Path
from typing import Protocol

from shared.runtime.config import Settings
from shared.runtime.servers import rabbitmq
from shared.runtime.servers.ports import LOOPBACK, require_free
from shared.runtime.servers.process import ServerFailed
from shared.runtime.servers.rabbitmq import PrivateRabbitMQ
from shared.runtime.supervisor import Say

TOP = Path(__file__).resolve().parents[2]
INSTALL_SCRIPT = TOP / "scripts" / "apt-install"
COMPOSE_FILE = TOP / "deploy" / "compose.yaml"

GIVEN_WAIT_SECONDS = 60
DOCKER_WAIT_SECONDS = 180
DOCKER_COMMAND_SECONDS = 900  # the first start fetches the image
POLL_SECONDS = 0.5

AMQP_OFFSET, DIST_OFFSET, EPMD_OFFSET = 1, 2, 3
REMEDY = "请用 PORT=其他端口 重试 / choose another PORT"

NO_BROKER = f"""\
没有可用的 RabbitMQ。任选一种方法: / There is no RabbitMQ to use. Do one of these:
  1. apt-get install -y --no-install-recommends rabbitmq-server     (管理员执行 / as root, then `make run` again)
  2. AMQP_URL=amqp://user:password@host:5672// make run             (已有服务器 / a server you have)
  3. 启动 Docker 后重试 / start Docker, then `make run` again       ({COMPOSE_FILE.name} names the image)
"""


class NoBroker(RuntimeError):
    """No RabbitMQ can be used. The message says exactly what to type."""


class Broker(Protocol):
    """`launch` begins the start, `wait_ready` ends it; `url` is known in between."""

    @property
    def url(self) -> str: ...
    def launch(self) -> None: ...
    def wait_ready(self) -> None: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...
    def exit_code(self) -> int | None: ...


def choose(settings: Settings, say: Say) -> Broker:
    """The broker of this start. Raises NoBroker, PortTaken."""
    if settings.amqp_url:
        return GivenBroker(settings.amqp_url)
    if not rabbitmq.is_installed():
        _install(say)
    if rabbitmq.is_installed():
        return private(settings)
    if docker_answers():
        return DockerBroker(settings)
    raise NoBroker(NO_BROKER)


def private(settings: Settings) -> PrivateRabbitMQ:
    """Our own node in the data folder, on the ports after PORT. Raises PortTaken."""
    ports = [
        require_free(settings.port + offset, f"RabbitMQ {what}", REMEDY)
        for offset, what in ((AMQP_OFFSET, "AMQP"), (DIST_OFFSET, "distribution"), (EPMD_OFFSET, "epmd"))
    ]
    return PrivateRabbitMQ(settings.data / "rabbitmq", ports[0], dist_port=ports[1], epmd_port=ports[2])


class GivenBroker:
    """A server that others run: waited for, never stopped."""

    def __init__(self, url: str) -> None:
        self.url = url

    def launch(self) -> None:
        """Nothing to do: it is not ours."""

    def wait_ready(self) -> None:
        """Wait for a handshake. Raises ServerFailed."""
        _wait_handshake(self.url, GIVEN_WAIT_SECONDS, "check AMQP_URL: address, user, password and virtual host")

    def start(self) -> None:
        """The same as `wait_ready`."""
        self.wait_ready()

    def stop(self) -> None:
        """Nothing to do: it is not ours."""

    def exit_code(self) -> int | None:
        """Unknown here: clients reconnect by themselves."""
        return None


class DockerBroker:
    """The `rabbitmq` of deploy/compose.yaml, published on a port of this machine only."""

    def __init__(self, settings: Settings) -> None:
        self.port = require_free(settings.port + AMQP_OFFSET, "RabbitMQ AMQP", REMEDY)
        self._project = f"bangfu-{settings.port}"
        self._password_file = settings.data / "rabbitmq-docker-password"
        if not self._password_file.exists():
            self._password_file.write_text(secrets.token_hex(16), "ascii")
            self._password_file.chmod(0o600)

    @property
    def url(self) -> str:
        return f"amqp://bangfu:{self._password_file.read_text('ascii')}@{LOOPBACK}:{self.port}//"

    def launch(self) -> None:
        """Start the container. Raises ServerFailed."""
        self._compose("up", "--detach", "rabbitmq")

    def wait_ready(self) -> None:
        """Wait for a handshake. Raises ServerFailed."""
        _wait_handshake(self.url, DOCKER_WAIT_SECONDS, f"see `docker compose -p {self._project} logs rabbitmq`")

    def start(self) -> None:
        """Start the container and wait for it. Raises ServerFailed."""
        self.launch()
        self.wait_ready()

    def stop(self) -> None:
        """Stop the container; its volume keeps the messages."""
        self._compose("stop", "rabbitmq")

    def exit_code(self) -> int | None:
        """Unknown here: Docker starts the container again by itself."""
        return None

    def _compose(self, *arguments: str) -> None:
        own = {
            "RABBITMQ_PASSWORD": self._password_file.read_text("ascii"),
            "RABBITMQ_PUBLISH": f"{LOOPBACK}:{self.port}",
            # the file also describes services that are not started here
            "POSTGRES_PASSWORD": "unused",
            "BANGFU_KEYS": "unused",
        }
        command = ["docker", "compose", "-p", self._project, "-f", str(COMPOSE_FILE), *arguments]
        result = subprocess.run(
            command, env={**os.environ, **own}, capture_output=True, text=True, timeout=DOCKER_COMMAND_SECONDS
        )
        if result.returncode != 0:
            raise ServerFailed(f"`{' '.join(command)}` failed: {result.stderr.strip()}")


def docker_answers() -> bool:
    """Whether a Docker engine with compose is there for us."""
    docker = shutil.which("docker")
    if docker is None:
        return False
    questions = (["info"], ["compose", "version"])
    return all(subprocess.run([docker, *q], capture_output=True, timeout=30).returncode == 0 for q in questions)


def _install(say: Say) -> None:
    if not (shutil.which("apt-get") and INSTALL_SCRIPT.exists()):
        return
    say("system", "installing rabbitmq-server (about a minute)")
    result = subprocess.run([str(INSTALL_SCRIPT), "rabbitmq-server"])
    if result.returncode != 0:
        say("system", "rabbitmq-server could not be installed")


def _wait_handshake(url: str, timeout_seconds: float, remedy: str) -> None:
    deadline = time.monotonic() + timeout_seconds
    while not rabbitmq.answers(url):
        if time.monotonic() > deadline:
            raise ServerFailed(f"RabbitMQ did not answer within {timeout_seconds:g} s; {remedy}")
        time.sleep(POLL_SECONDS)
