"""`bangfu parked`, `outbox`, `audit`: what an operator looks after."""

from __future__ import annotations

import click

from shared.runtime.cli.context import with_settings
from shared.runtime.cli.output import guarded, json_option, show_json, show_rows
from shared.runtime.config import SERVICES, Settings

#: what a person needs of a message to decide; `parked show` has the rest
PARKED_COLUMNS = ("event_id", "service", "type", "received_at", "attempts", "last_error")


@click.group()
def parked() -> None:
    """Messages that were tried again and again in vain. Nothing is lost; a person decides."""


@parked.command("list")
@click.option("--service", type=click.Choice((*SERVICES, "gateway")), help="Only of this service.")
@json_option
@with_settings
def parked_list(settings: Settings, service: str | None, as_json: bool) -> None:
    """List them, oldest first."""
    from shared.runtime import operate

    rows = guarded(operate.parked_list, settings, service)
    if not as_json:
        rows = [{column: row[column] for column in PARKED_COLUMNS if column in row} for row in rows]
    show_rows(rows, as_json, "没有滞留消息。 / No parked messages.")


@parked.command("show")
@click.argument("message_id")
@with_settings
def parked_show(settings: Settings, message_id: str) -> None:
    """Show one in full, with its last error, as JSON."""
    from shared.runtime import operate

    show_json(guarded(operate.parked_show, settings, message_id))


@parked.command("retry")
@click.argument("message_id")
@with_settings
def parked_retry(settings: Settings, message_id: str) -> None:
    """Hand one to its service again."""
    from shared.runtime import operate

    guarded(operate.parked_retry, settings, message_id)
    click.echo(f"{message_id}: 已重新排队 / queued again")


@parked.command("discard")
@click.argument("message_id")
@click.option("--reason", required=True, help="Why; kept in the record.")
@with_settings
def parked_discard(settings: Settings, message_id: str, reason: str) -> None:
    """Give one up for good. It stays in the record with the reason."""
    from shared.runtime import operate

    guarded(operate.parked_discard, settings, message_id, reason)
    click.echo(f"{message_id}: 已作废 / discarded")


@click.command()
@json_option
@with_settings
def outbox(settings: Settings, as_json: bool) -> None:
    """Per service: how many events wait, and how long the oldest has waited."""
    from shared.runtime import operate

    show_rows(guarded(operate.outbox_state, settings), as_json, "没有待发事件。 / No events wait.")


@click.group()
def audit() -> None:
    """The append-only, hash-chained record of every change."""


@audit.command("verify")
@click.option("--service", type=click.Choice((*SERVICES, "gateway")), help="Only of this service.")
@json_option
@with_settings
def audit_verify(settings: Settings, service: str | None, as_json: bool) -> None:
    """Check every link of the chain. Exit code 1 if one is broken."""
    from shared.runtime import operate

    rows = guarded(operate.audit_verify, settings, service)
    if as_json:
        show_json(rows)
    else:
        for row in rows:
            click.echo(f"{row['service']}: {'完整 / whole' if row['is_whole'] else '被改动 / tampered with'}")
            for fault in row["faults"]:
                click.echo(f"    {fault}")
    if not all(row["is_whole"] for row in rows):
        raise SystemExit(1)
