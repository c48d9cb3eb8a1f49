"""`bangfu keys`: the secrets of an installation."""

from __future__ import annotations

import json

import click

from shared.runtime import keys as keys_module
from shared.runtime.cli.context import with_settings
from shared.runtime.cli.output import guarded
from shared.runtime.config import Settings


@click.group()
def keys() -> None:
    """Token secret and encryption keys (data/keys.json, or BANGFU_KEYS). Back them up apart from the data."""


@keys.command("new")
def keys_new() -> None:
    """Print a new set on one line, for BANGFU_KEYS of a new installation. Changes nothing here."""
    click.echo(json.dumps(keys_module.generate()))


@keys.command("rotate")
@with_settings
def keys_rotate(settings: Settings) -> None:
    """Make a new field key and encrypt all personal data with it, while the centre runs.

    Where BANGFU_KEYS holds the keys, put a new one there and restart first: this then encrypts with the current one.
    """
    from shared.runtime import operate

    if settings.keys is not None:
        click.echo(f"已重新加密 / encrypted anew: {guarded(operate.encrypt_anew, settings)}")
        return
    done = guarded(operate.rotate_field_keys, settings)
    click.echo(f"当前密钥 / current key: {done['current_field_key']}; 已重新加密 / encrypted anew: {done['values']}")
    click.echo(f"请立即备份 / back up now: {settings.keys_file}")
