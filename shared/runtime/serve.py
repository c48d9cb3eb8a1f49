"""Runs services in this process: `python -m shared.runtime.serve relief mediation` (none named: BANGFU_SERVICES).

The first lines matter: eventlet must patch before anything opens a socket, and psycopg must wait in Python so that a
query stops only its own green thread.
"""

from __future__ import annotations

import os
import warnings

os.environ["PSYCOPG_WAIT_FUNC"] = "wait_selector"
# nameko stands on eventlet, which is in maintenance; that is known and recorded in docs/decisions
warnings.filterwarnings("ignore", message="(?s).*Eventlet is deprecated")

import eventlet

eventlet.monkey_patch()

# ruff: noqa: E402
import signal
import sys
from importlib import import_module
from typing import Any

from nameko.runners import ServiceRunner

from shared.bus.client import Client
from shared.bus.entrypoints import MAX_WORKERS
from shared.bus.host import Host
from shared.bus.publisher import ConfirmedPublisher
from shared.bus.topology import listening
from shared.contracts.catalogue import CONTRACTS, EVENTS
from shared.kernel.dated import RuleTableError
from shared.runtime import keys
from shared.runtime.collector import leave_what_started
from shared.runtime.config import FINISH_SECONDS, Settings
from shared.runtime.health import Health, serve_health
from shared.runtime.logging import get_logger, set_up
from shared.store.engine import Database, service_url

FIRST_WAIT_SECONDS = 10


def main(names: list[str]) -> None:
    """Serve until SIGTERM or SIGINT, then finish what is in hand."""
    settings = Settings.read()
    set_up(settings.log_format)
    if settings.amqp_url is None:
        raise SystemExit("AMQP_URL is not set: give the address of a RabbitMQ, or start everything with `bangfu run`")
    services = tuple(names) or settings.services
    keys.use(settings)
    client = Client(settings.amqp_url, f"bangfu {' '.join(services)}", settings.deadline_seconds)
    listeners = listening(CONTRACTS[name] for name in settings.services)
    publisher = ConfirmedPublisher(settings.amqp_url, f"bangfu relay {' '.join(services)}", listeners)
    for link in (client.link, publisher.link):
        link.start(FIRST_WAIT_SECONDS)
    hosts = [_host(name, settings, client, publisher) for name in services]
    runner = ServiceRunner({"AMQP_URI": settings.amqp_url, "max_workers": MAX_WORKERS, "HEARTBEAT": 20})
    for host in hosts:
        runner.add_service(host.nameko_service())
    if settings.health_port:
        serve_health(settings.host, settings.health_port, Health(hosts, runner.containers, client, publisher))
    _run(runner, client, publisher)


def _host(name: str, settings: Settings, client: Client, publisher: ConfirmedPublisher) -> Host:
    try:
        definition = import_module(f"services.{name}.service").SERVICE
    except RuleTableError as error:
        raise SystemExit(f"规定文件有误 / a rule file is wrong ({name}): {error}") from None
    database = Database(service_url(name, settings.database_url, settings.data))
    return Host(definition, database, client, publisher, EVENTS, settings.tick_seconds, get_logger(name))


def _run(runner: Any, client: Client, publisher: ConfirmedPublisher) -> None:
    stopping, serving = eventlet.event.Event(), eventlet.event.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: eventlet.spawn_n(_send_once, stopping))
    runs = eventlet.spawn(_serve, runner, serving)
    runs.link(lambda _: _send_once(stopping))
    stopping.wait()
    if runs.dead:
        runs.wait()  # raises what ended it
    elif serving.ready():
        _finish(runner)
    publisher.link.close()
    client.link.close()


def _serve(runner: Any, serving: Any) -> None:
    runner.start()
    leave_what_started()
    get_logger("serve").info("serving", services=sorted(runner.service_names))
    serving.send()
    runner.wait()


def _finish(runner: Any) -> None:
    """What is in hand ends first, but not for ever: a broker or a database that hangs answers nobody, and what was cut
    off is done again or not at all, as after a kill -9."""
    try:
        with eventlet.Timeout(FINISH_SECONDS):
            runner.stop()
    except eventlet.Timeout:
        get_logger("serve").warning("left with work in hand", waited_seconds=FINISH_SECONDS)


def _send_once(event: Any) -> None:
    if not event.ready():
        event.send()


if __name__ == "__main__":
    main(sys.argv[1:])
