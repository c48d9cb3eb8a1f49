"""A real service of two operations, run as a process of its own: `python -m tests.gateway.tiny AMQP_URL DATA`."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

from marshmallow import fields

from shared.contracts.fields import Content, Id, PageQuery, Record, Strict, Text, Whole
from shared.contracts.operator import KIT_OPERATIONS
from shared.contracts.table import Contract, Event, Operation, ask, between_services, change, create, download, listing
from shared.kernel.errors import NotFound, WrongState
from shared.kernel.ids import new_id
from shared.kernel.roles import Role

BY = (Role.WINDOW_CLERK, Role.WORKER)


class NewNote(Strict):
    text = Text(100, required=True)


class LongNote(Strict):
    page = Content(2_000_000, required=True)


class Note(Record):
    text = fields.String(required=True)
    seen = fields.Dict(required=True)


class NoteQuery(PageQuery):
    state = Text(20)


class Slow(Strict):
    seconds = fields.Float(load_default=0.0)


class NoteTaken(Strict):
    note_id = Id(required=True)
    pages = Whole(required=True)


CONTRACT = Contract(
    "tiny", "小服务", "A tiny service",
    (
        create("take_note", "/notes", "记录", "Take a note", NewNote, Note, BY, client_scope="tiny:write"),
        ask("get_note", "/notes/<note_id>", "查看", "Read a note", Note, BY),
        listing("list_notes", "/notes", "列出", "List notes", Note, BY, query=NoteQuery),
        change("strike_note", "/notes/<note_id>/strike", "划去", "Strike a note", None, Note, [Role.CENTRE_DIRECTOR]),
        download("fetch_page", "/notes/<note_id>/page", "下载", "Fetch a page", ["text/csv"], BY),
        create("take_long_note", "/long-notes", "长记录", "Take a long note", LongNote, Note, BY, most_bytes=3_000_000),
        ask("sleep", "/sleep", "等待", "Wait", Note, BY, query=Slow),
        Operation("greet", "GET", "/greeting", "问候", "Greet anybody", Note, public=True),
        between_services("peek", "内部", "Between services", Note, NoteQuery),
        *KIT_OPERATIONS,
    ),
    (Event("tiny", "note_taken", 1, NoteTaken, "已记录", "A note was taken"),),
    ("tiny.note_taken.v1",),
)


def _note(caller: Any, text: str, **seen: Any) -> dict[str, Any]:
    who = {"account_id": caller.account_id, "roles": list(caller.roles), "scopes": list(caller.scopes),
           "org_path": caller.org_path, "worker_id": caller.worker_id, "name": caller.name}
    return {"id": new_id(), "org_path": "/37/3702/", "version": 3, "text": text, "seen": {**who, **seen}}


def take_note(work: Any, asked: Any) -> dict[str, Any]:
    work.note("take_note", "Note", "n", {})
    return _note(work.caller, asked.body["text"], traceparent=work.traceparent)


def take_long_note(work: Any, asked: Any) -> dict[str, Any]:
    return _note(work.caller, str(len(asked.body["page"])))


def fetch_page(reading: Any, asked: Any) -> dict[str, Any]:
    reading.note("fetch_page", "Note", asked.path["note_id"], {"purpose": "test"})
    return {"file_name": "第一页.csv", "media_type": "text/csv", "content": "页,\x01".encode()}


def get_note(reading: Any, asked: Any) -> dict[str, Any]:
    if asked.path["note_id"].endswith("0"):
        raise NotFound(id=asked.path["note_id"])
    return {**_note(reading.caller, "一"), "id": asked.path["note_id"]}


def list_notes(reading: Any, asked: Any) -> dict[str, Any]:
    return {"items": [_note(reading.caller, "一", **asked.query)], "next_cursor": None}


def strike_note(work: Any, asked: Any) -> dict[str, Any]:
    if work.expected_version == 9:
        raise WrongState(state="struck", command="strike", allowed=())
    return _note(work.caller, "划", expected_version=work.expected_version)


def sleep(reading: Any, asked: Any) -> dict[str, Any]:
    time.sleep(asked.query["seconds"])
    return _note(reading.caller, "醒")


def greet(reading: Any, asked: Any) -> dict[str, Any]:
    return _note(reading.caller, "您好")


def peek(reading: Any, asked: Any) -> dict[str, Any]:
    return _note(reading.caller, "内")


def ignore(work: Any, told: Any) -> None:
    """The reaction to an event that nobody sends here."""


def main(amqp_url: str, data: str) -> None:
    """Serve until killed."""
    from nameko.runners import ServiceRunner
    from sqlalchemy import MetaData, make_url

    from shared.bus.client import Client
    from shared.bus.entrypoints import MAX_WORKERS
    from shared.bus.host import Host
    from shared.bus.publisher import ConfirmedPublisher
    from shared.runtime import logging
    from shared.service.definition import Definition
    from shared.store import encryption
    from shared.store.engine import Database
    from shared.store.migrate import KIT, upgrade

    logging.set_up("text", service="tiny")
    encryption.use(encryption.Cipher({"k1": b"1" * 32}, "k1", b"i" * 32))
    database = Database(make_url(f"sqlite:///{Path(data) / 'tiny.sqlite3'}"))
    with database.engine.connect() as connection, connection.begin():
        upgrade(connection, KIT, "kit_version")
    module: ModuleType = sys.modules[__name__]
    definition = Definition(CONTRACT, MetaData(), [module], {"tiny.note_taken.v1": ignore})
    client, publisher = Client(amqp_url, "tiny", 5), ConfirmedPublisher(amqp_url, "tiny")
    client.link.start(5)
    publisher.link.start(5)
    host = Host(definition, database, client, publisher, {event.type: event for event in CONTRACT.events}, 60,
                logging.get_logger("tiny"))
    runner = ServiceRunner({"AMQP_URI": amqp_url, "max_workers": MAX_WORKERS})
    runner.add_service(host.nameko_service())
    runner.start()
    runner.wait()


if __name__ == "__main__":
    import os

    os.environ["PSYCOPG_WAIT_FUNC"] = "wait_selector"
    import eventlet

    eventlet.monkey_patch()
    from tests.gateway import tiny  # the module under its own name: handlers belong to it

    tiny.main(sys.argv[1], sys.argv[2])
