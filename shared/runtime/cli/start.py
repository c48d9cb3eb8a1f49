"""`bangfu run`, `migrate`, `demo`, `serve`."""

from __future__ import annotations

import os
import subprocess
import sys
import time

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
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def demo(arguments: tuple[str, ...]) -> None:
    """Load the demonstration cases through the public API of the centre that runs on PORT."""
    raise SystemExit(subprocess.call([sys.executable, "-m", "shared.runtime.demo", *arguments]))


@click.command()
@click.argument("services", nargs=-1, type=click.Choice(SERVICES))
def serve(services: tuple[str, ...]) -> None:
    """Run SERVICES (none named: those of BANGFU_SERVICES) in this process until SIGTERM."""
    # eventlet must patch a fresh interpreter, before anything is imported
    os.execv(sys.executable, [sys.executable, "-m", "shared.runtime.serve", *services])
