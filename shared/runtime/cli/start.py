"""`bangfu run`, `migrate`, `demo`, `serve`."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import replace
from http import HTTPStatus

import click

from shared.runtime.broker import NoBroker
from shared.runtime.cli.context import with_settings
from shared.runtime.config import SERVICES, Settings
from shared.runtime.data_lock import DataInUse
from shared.runtime.keys import KeysInvalid
from shared.runtime.servers.ports import PortTaken
from shared.runtime.servers.process import ServerFailed

EXPECTED = (NoBroker, DataInUse, PortTaken, KeysInvalid, ServerFailed)


@click.command()
@with_settings
def run(settings: Settings) -> None:
    """Start broker, databases, services and gateway, and keep them running. Ctrl-C stops all of it."""
    from shared.runtime.start import run as start

    began = time.monotonic()

    def say(what: str, text: str) -> None:
        if what == "ready":
            click.echo(f"ready: {text}")
            return
        click.echo(f"[{time.monotonic() - began:5.1f} s] {what:<10} {text}")

    try:
        start(settings, say)
    except EXPECTED as error:
        raise click.ClickException(str(error)) from error
    except KeyboardInterrupt:
        click.echo("stopped")


@click.command()
@with_settings
def migrate(settings: Settings) -> None:
    """Create the databases of all services and of the gateway, and bring them up to date. Safe to repeat."""
    from shared.runtime.operate import migrate_all

    migrate_all(settings, lambda unit: click.echo(f"migrating {unit}"))


@click.command()
@with_settings
def demo(settings: Settings) -> None:
    """Load the demonstration cases through the public API of the centre that runs on PORT. `bangfu run` does it by
    itself; this goes on with a loading that broke off."""
    from shared.runtime.start import child_environment, readyz, training_clock

    door = f"http://127.0.0.1:{settings.port}"
    if readyz(settings.port) != HTTPStatus.OK:
        raise click.ClickException(f"No centre is ready at {door}. Start it first (bangfu run), with the same PORT and "
                                   "BANGFU_DATA.")
    if not training_clock(settings).exists():
        raise click.ClickException(
            f"Part of the demonstration lies in the past, and the centre at {door} has no training clock. Start it "
            "with BANGFU_DEMO=1 (bangfu run), or give it and this command the same existing file as BANGFU_CLOCK_FILE.")
    environment = child_environment(replace(settings, demo=True))
    raise SystemExit(subprocess.call([sys.executable, "-m", "shared.runtime.demo"], env=environment))


@click.command()
@click.argument("services", nargs=-1, type=click.Choice(SERVICES))
def serve(services: tuple[str, ...]) -> None:
    """Run SERVICES (none named: those of BANGFU_SERVICES) in this process until SIGTERM."""
    # eventlet must patch a fresh interpreter, before anything is imported
    os.execv(sys.executable, [sys.executable, "-m", "shared.runtime.serve", *services])
