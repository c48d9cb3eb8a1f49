"""What commands print: a table for people, JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.table import Table

from shared.kernel.errors import Refusal
from shared.runtime.keys import KeysInvalid

F = TypeVar("F", bound=Callable[..., Any])


def json_option(command: F) -> F:
    """The `--json` switch."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")(command)


def show_rows(rows: Sequence[Mapping[str, Any]], as_json: bool, empty: str) -> None:
    """Print `rows`, which all have the same keys; `empty` is what a person reads when there are none."""
    if as_json:
        show_json(rows)
    elif not rows:
        click.echo(empty)
    else:
        table = Table(*rows[0])
        for row in rows:
            table.add_row(*("" if value is None else str(value) for value in row.values()))
        Console().print(table)


def show_json(value: Any) -> None:
    """Print `value` as JSON, Chinese readable."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


class Refused(click.ClickException):
    """A refusal of the product on the command line, in Chinese and English."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"{refusal.text('zh')} / {refusal.text('en')}")


def guarded(function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
    """Call `function`; what it refuses, with a text made for people, becomes an error message and exit code 1."""
    try:
        return function(*arguments, **named)
    except Refusal as refusal:
        raise Refused(refusal) from refusal
    except (LookupError, KeysInvalid) as error:
        raise click.ClickException(str(error.args[0] if error.args else error)) from error
