"""Our relay at work, as a service process has it: under eventlet, with psycopg waiting in Python.

`python -m bench.relaying` fills the outbox of the database that it is told with real events, empties it through the
product's own Relay and ConfirmedPublisher, and writes how many and how long. Both come from the environment.
"""

from __future__ import annotations

import os

os.environ["PSYCOPG_WAIT_FUNC"] = "wait_selector"

import eventlet

eventlet.monkey_patch()

# ruff: noqa: E402
import json
import sys
import time
from collections.abc import Iterator
from typing import Any

from sqlalchemy import insert, make_url, text

from bench.envelopes import outbox_rows
from shared.bus.publisher import ConfirmedPublisher
from shared.service.relay import Relay
from shared.store.engine import Database
from shared.store.migrate import KIT, upgrade
from shared.store.tables import outbox

CONNECT_SECONDS = 10
ROWS_AT_ONCE = 500


def main() -> None:
    """Fill, empty, tell."""
    schema, count = os.environ["RELAY_SCHEMA"], int(os.environ["RELAY_EVENTS"])
    url = make_url(os.environ["PEER_DATABASE_URL"]).update_query_dict({"options": f"-csearch_path={schema}"})
    database = Database(url)
    publisher = ConfirmedPublisher(os.environ["AMQP_URL"], "bench relay")
    publisher.link.start(CONNECT_SECONDS)
    _fill(database, schema, count)
    relay = Relay("membership", database, publisher.publish)
    began, carried = time.perf_counter(), 0
    while some := relay.run_once():
        carried += some
    took = time.perf_counter() - began
    assert carried == count, f"{carried} of {count} events were carried"
    sys.stdout.write(json.dumps({"events": carried, "seconds": took}))
    publisher.link.close()
    database.close()


def _fill(database: Database, schema: str, count: int) -> None:
    with database.engine.connect() as connection, connection.begin():
        connection.execute(text(f'create schema if not exists "{schema}"'))
        upgrade(connection, KIT, "kit_version")
        connection.execute(text("truncate outbox"))
        for rows in batched(outbox_rows(database, count), ROWS_AT_ONCE):
            connection.execute(insert(outbox), rows)


def batched(rows: list[dict[str, Any]], size: int) -> Iterator[list[dict[str, Any]]]:
    """The rows in pieces that PostgreSQL takes within a statement's time limit."""
    for start in range(0, len(rows), size):
        yield rows[start:start + size]


if __name__ == "__main__":
    main()
