"""A publisher that waits for the confirm of each message, on py-amqp as kombu does it; it reads no database."""

from __future__ import annotations

import json
import os
import sys
import time

import amqp
from kombu.utils.url import parse_url
from sqlalchemy import make_url

from bench.envelopes import outbox_rows
from shared.bus.topology import EVENTS
from shared.store.engine import Database


def main() -> None:
    """Publish the same envelopes to the same exchange, one by one."""
    rows = outbox_rows(Database(make_url("sqlite://")), int(os.environ["RELAY_EVENTS"]))
    messages = [(row["type"], row["envelope"].encode()) for row in rows]
    at = parse_url(os.environ["AMQP_URL"])
    connection = amqp.Connection(f"{at['hostname']}:{at['port']}", at["userid"], at["password"],
                                 virtual_host=at["virtual_host"] or "/", confirm_publish=True)
    connection.connect()
    channel = connection.channel()
    began = time.perf_counter()
    for kind, body in messages:
        message = amqp.Message(body, content_type="application/cloudevents+json", delivery_mode=2)
        channel.basic_publish(message, exchange=EVENTS.name, routing_key=kind)
    took = time.perf_counter() - began
    sys.stdout.write(json.dumps({"events": len(messages), "seconds": took}))
    connection.close()


if __name__ == "__main__":
    main()
