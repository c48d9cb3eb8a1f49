"""The groups and the errors of the command line. Commands are imported when they are called."""

from __future__ import annotations

from importlib import import_module

import click

#: name → (module, attribute, one line for `--help`)
COMMANDS = {
    "run": ("start", "run", "Start the whole centre on this machine; Ctrl-C stops it."),
    "migrate": ("start", "migrate", "Create the databases and bring them up to date."),
    "demo": ("start", "demo", "Load the demonstration cases into a running centre."),
    "serve": ("start", "serve", "Run services in this process, as a container does."),
    "doctor": ("doctor", "doctor", "Check this deployment and say what is wrong."),
    "parked": ("operate", "parked", "Messages no service could handle: look, retry, discard."),
    "outbox": ("operate", "outbox", "Events that wait to be published."),
    "audit": ("operate", "audit", "The record of who changed what."),
    "account": ("accounts", "account", "People and programs that may sign in."),
    "keys": ("secrets", "keys", "The secrets of this installation."),
}


class LazyGroup(click.Group):
    """Knows the names of its commands, and imports one when it is wanted: `bangfu --help` stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"shared.runtime.cli.{module}"), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, _, text) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def bangfu() -> None:
    """Bangfu (帮扶): the assistance centre of a trade union.

    Settings come from the environment: PORT, BANGFU_DATA, DATABASE_URL, AMQP_URL, SPLIT and others (see README).
    """


def main() -> None:
    """Entry point of the `bangfu` script."""
    bangfu(prog_name="bangfu")
