"""What every command is given."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click

from shared.runtime.config import SettingInvalid, Settings


def with_settings(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give `command` the settings as its first argument; a wrong variable ends it with a message."""

    @wraps(command)
    def wrapped(*arguments: Any, **named: Any) -> Any:
        try:
            settings = Settings.read()
        except SettingInvalid as error:
            raise click.ClickException(str(error)) from error
        return command(settings, *arguments, **named)

    return wrapped
