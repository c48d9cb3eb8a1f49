"""`bangfu run`: from nothing to a working centre on this machine, and back."""

from __future__ import annotations

import http.client
import os
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from shared.kernel.clock import CLOCK_FILE_VARIABLE
from shared.runtime import broker, keys
from shared.runtime.config import FINISH_SECONDS, Settings
from shared.runtime.data_lock import data_lock
from shared.runtime.servers.ports import LOOPBACK, require_free
from shared.runtime.servers.process import Process, ServerFailed, tail
from shared.runtime.supervisor import Say, Supervisor

READY_SECONDS = 120
MIGRATE_SECONDS = 600
DEMO_SECONDS = 600
POLL_SECONDS = 0.1
SERVICE_GRACE_SECONDS = FINISH_SECONDS + 5
GATEWAY_GRACE_SECONDS = 25  # longer than gunicorn waits for its workers
PROBE_SECONDS = 5


def run(settings: Settings, say: Say) -> None:
    """Start everything, say `ready`, keep it alive until SIGINT or SIGTERM, stop everything it started.

    Raises DataInUse, PortTaken, NoBroker, KeysInvalid, ServerFailed; KeyboardInterrupt when it was asked to stop.
    """
    with data_lock(settings.data):
        require_free(settings.port, "HTTP", broker.REMEDY)
        keys.ensure(settings)
        with Supervisor(say) as supervisor:
            _bring_up(settings, supervisor, say)
            supervisor.watch()


def _bring_up(settings: Settings, supervisor: Supervisor, say: Say) -> None:
    chosen = broker.choose(settings, say)
    say("broker", f"starting RabbitMQ ({type(chosen).__name__})")
    supervisor.add("broker", chosen)
    chosen.launch()
    migrate(settings, say)
    chosen.wait_ready()
    environment = child_environment(settings, chosen.url)
    if settings.demo:
        training_clock(settings).touch()
    probes = []
    for name, process, port in children(settings, environment):
        say("starting", name)
        process.start()
        supervisor.add(name, process, "gateway" if name == "gateway" else "services")
        probes.append((name, port))
    wait_ready(probes, supervisor, settings, say)
    if settings.demo:
        load_demo(settings, environment, say)
    say("logs", str(log_folder(settings)))
    say("ready", f"http://{LOOPBACK}:{settings.port}")


def child_environment(settings: Settings, amqp_url: str | None = None) -> dict[str, str]:
    """What children are told: our own environment with everything that was decided here."""
    decided = {"BANGFU_DATA": str(settings.data), "PORT": str(settings.port), "PYTHONUNBUFFERED": "1"}
    if settings.demo:  # part of the demonstration lies in the past
        decided[CLOCK_FILE_VARIABLE] = str(training_clock(settings))
    if amqp_url:
        decided["AMQP_URL"] = amqp_url
    return {**os.environ, **decided}


def training_clock(settings: Settings) -> Path:
    """The file that moves the clock of a centre with the demonstration."""
    return Path(os.environ.get(CLOCK_FILE_VARIABLE) or settings.data / "training-clock")


def children(settings: Settings, environment: dict[str, str]) -> list[tuple[str, Process, int]]:
    """(name, process, port that answers /readyz) in the order of starting."""
    groups = [(name,) for name in settings.services] if settings.split else [settings.services]
    found = [_service(settings, group, environment) for group in groups]
    return [*found, _gateway(settings, environment)]


def migrate(settings: Settings, say: Say) -> None:
    """Bring all databases up to date in a process of its own. Raises ServerFailed."""
    say("databases", "creating and migrating")
    argv = [sys.executable, "-m", "shared.runtime.cli", "migrate"]
    _run_to_end("migrate", argv, settings, MIGRATE_SECONDS, child_environment(settings))


def load_demo(settings: Settings, environment: dict[str, str], say: Say) -> None:
    """Load the demonstration cases once; a marker in the data folder remembers it. Raises ServerFailed."""
    marker = settings.data / "demo-loaded"
    if marker.exists():
        return
    say("demo", "loading the demonstration cases (BANGFU_DEMO=0 leaves them out)")
    _run_to_end("demo", [sys.executable, "-m", "shared.runtime.demo"], settings, DEMO_SECONDS, environment)
    marker.touch()


def wait_ready(probes: Sequence[tuple[str, int]], supervisor: Supervisor, settings: Settings, say: Say) -> None:
    """Wait until every probe answers 200. Raises ServerFailed if one ends or the time is up first."""
    deadline = time.monotonic() + READY_SECONDS
    waiting = list(probes)
    while waiting:
        for name, code in supervisor.dead():
            raise ServerFailed(_failure(settings, name, f"ended with code {code} while starting"))
        for probe in list(waiting):
            if readyz(probe[1]) == http.client.OK:
                waiting.remove(probe)
                say("up", f"{probe[0]}, health at http://{LOOPBACK}:{probe[1]}/readyz")
        if waiting and time.monotonic() > deadline:
            raise ServerFailed(_failure(settings, waiting[0][0], f"was not ready within {READY_SECONDS} s"))
        time.sleep(POLL_SECONDS)


def readyz(port: int, host: str = LOOPBACK) -> int | None:
    """The status of /readyz, or None if nothing answers."""
    connection = http.client.HTTPConnection(host, port, timeout=PROBE_SECONDS)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def log_folder(settings: Settings) -> Path:
    """Where the children's logs go."""
    return settings.data / "log"


def _service(settings: Settings, names: tuple[str, ...], environment: dict[str, str]) -> tuple[str, Process, int]:
    port = settings.health_port_of(names[0])
    name = names[0] if settings.split else "services"
    process = Process(
        name, [sys.executable, "-m", "shared.runtime.serve", *names],
        env={**environment, "BANGFU_HEALTH_PORT": str(require_free(port, f"health of {name}", broker.REMEDY))},
        log=log_folder(settings) / f"{name}.log", cwd=broker.TOP, grace_seconds=SERVICE_GRACE_SECONDS,
    )  # fmt: skip
    return name, process, port


def _gateway(settings: Settings, environment: dict[str, str]) -> tuple[str, Process, int]:
    program = Path(sys.executable).with_name("gunicorn")
    process = Process(
        "gateway", [str(program), "-c", str(broker.TOP / "gateway" / "gunicorn.conf.py"), "gateway.wsgi:app"],
        env=environment, log=log_folder(settings) / "gateway.log", cwd=broker.TOP,
        grace_seconds=GATEWAY_GRACE_SECONDS,
    )  # fmt: skip
    return "gateway", process, settings.port


def _run_to_end(
    name: str, argv: list[str], settings: Settings, timeout_seconds: float, environment: dict[str, str]
) -> None:
    process = Process(name, argv, env=environment, log=log_folder(settings) / f"{name}.log", cwd=broker.TOP)
    with process:
        deadline = time.monotonic() + timeout_seconds
        while (code := process.exit_code()) is None:
            if time.monotonic() > deadline:
                raise ServerFailed(_failure(settings, name, f"did not end within {timeout_seconds:g} s"))
            time.sleep(POLL_SECONDS)
    if code != 0:
        raise ServerFailed(_failure(settings, name, f"ended with code {code}"))


def _failure(settings: Settings, name: str, what: str) -> str:
    log = log_folder(settings) / f"{name}.log"
    return f"{name} {what}. Its log {log} ends:\n{tail(log)}"
