"""Processes that kill themselves at one point: `python -m tests.crash.victim` makes one for each job it reads, a JSON
list of POINT, DATABASE_URL, DATA and AMQP_URL on a line, and answers with the signal that ended it.

The kit runs as it is; only the place where the process ends is put into it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

import structlog
from sqlalchemy import event

from services.membership.service import SERVICE
from shared.bus import link
from shared.bus.publisher import ConfirmedPublisher
from shared.contracts.membership import CONTRACT
from shared.service import operator
from shared.service.dispatch import Dispatcher, handlers
from shared.service.relay import Relay
from shared.store import encryption
from shared.store.engine import Database, service_url
from tests.crash.shuffling import connected
from tests.service.conftest import Desk, Nobody
from tests.service.test_dispatch import employer
from tests.service.test_react import note_another, reactor

KEY = "the-key-of-the-command"
QUEUE = "test.crash.points"
HALF = 15


def die(*_: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(60)


def prepared(url: str | None, data: Path) -> Desk:
    """Membership on the database that the test made."""
    encryption.use(encryption.Cipher({"k1": b"1" * 32}, "k1", b"i" * 32))
    database = Database(service_url("membership", url, data))
    found = handlers(CONTRACT, [*SERVICE.modules, operator])
    return Desk(database, Dispatcher(CONTRACT, found, database, Nobody(), structlog.get_logger()))


def command(desk: Desk, point: str) -> None:
    """A command, killed before or after its commit; in neither case does it answer."""
    if point == "command before commit":
        event.listen(desk.database.engine, "commit", die)
    desk.do("register_employer", employer(1), key=KEY)
    die()


def relay(desk: Desk, point: str, amqp_url: str) -> None:
    """The relay, killed with its batch half sent, sent but not marked, or before anything was sent."""
    publisher = ConfirmedPublisher(amqp_url, "victim")
    publisher.link.start(10)
    outgoing = publisher.link._outgoing
    write, sent = outgoing._write, []
    assert write is not None

    def half(frames: Any) -> None:
        if len(sent) == HALF:
            time.sleep(0.5)  # what was sent reaches the broker
            die()
        sent.append(len(frames))
        write(frames)

    one = Relay("membership", desk.database, publisher.publish)
    if point == "relay before sending":
        publisher.publish = die  # type: ignore[method-assign]
        one.publish = die
    elif point == "relay half sent":
        link.MOST_KEPT_BYTES = 0  # each message leaves by itself
        outgoing._write = half
    else:
        one._mark = die  # type: ignore[method-assign]
    one.run_once()


def inbox(desk: Desk, point: str, amqp_url: str) -> None:
    """A consumer, killed before the commit of the effect, or after it and before the acknowledgement."""
    one = reactor(desk.database, note_another)
    if point == "event before commit":
        event.listen(desk.database.engine, "commit", die)
    with connected(amqp_url) as connection:
        message = connection.channel().basic_get(QUEUE)
        one.receive(message.body if isinstance(message.body, bytes) else message.body.encode())
        die()


def run(point: str, url: str, data: str, amqp_url: str) -> None:
    """One job, in this process."""
    desk = prepared(url or None, Path(data))
    if point.startswith("command"):
        command(desk, point)
    elif point.startswith("relay"):
        relay(desk, point, amqp_url)
    else:
        inbox(desk, point, amqp_url)


def main() -> None:
    """Fork for each job: what every victim needs is loaded once."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            run(*json.loads(line))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
