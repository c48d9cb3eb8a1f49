"""`bangfu doctor`: prints what the checks found."""

from __future__ import annotations

import click
from rich.console import Console

from shared.runtime.cli.context import with_settings
from shared.runtime.cli.output import json_option, show_json
from shared.runtime.config import Settings

STYLES = {"ok": "green", "warning": "yellow", "problem": "bold red"}


@click.command()
@json_option
@with_settings
def doctor(settings: Settings, as_json: bool) -> None:
    """Check libraries, keys, disk, clock, rules, broker, databases and the gateway. Exit code 1 for a problem."""
    from shared.runtime.checks import examine

    findings = list(examine(settings))
    if as_json:
        show_json([finding.as_dict() for finding in findings])
    else:
        console = Console(highlight=False, soft_wrap=True)
        for finding in findings:
            console.print(f"[{STYLES[finding.level]}]{finding.level:<8}[/] {finding.what:<12}", end="")
            console.print(finding.text, markup=False)
    if any(finding.level == "problem" for finding in findings):
        raise SystemExit(1)
