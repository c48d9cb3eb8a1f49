"""The windows of a centre's hall."""

from __future__ import annotations

from typing import Any

from services.reception.adapters.tables import windows
from services.reception.domain.refusals import WindowKnown
from services.reception.domain.window import WINDOW_NAMES, Window
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.reading import Reading
from shared.store.work import Work


def register_window(work: Work, asked: Asked) -> Window:
    body, kind = asked.body, asked.body["kind"]
    path = place_of(work.caller, body.get("org_path"))
    code, name = body.get("code", kind.lower()), body.get("name", WINDOW_NAMES[kind][0])
    if work.find(Window, org_path=path, code=code):
        raise WindowKnown(pointer="/code", code_given=code)
    return work.add(Window(new_id(), path, code, kind, name, body["host"], now()))


def list_windows(reading: Reading, asked: Asked) -> dict[str, Any]:
    where = [windows.c[name] == asked.query[name] for name in ("state", "kind") if name in asked.query]
    return reading.page(windows, asked.query, sort=[windows.c.created_at, windows.c.code], where=where)


def close_window(work: Work, asked: Asked) -> Window:
    return _move(work, asked, "close")


def open_window(work: Work, asked: Asked) -> Window:
    return _move(work, asked, "open")


def _move(work: Work, asked: Asked, command: str) -> Window:
    window = work.target(Window, asked.path["window_id"])
    window.move(command)
    return window
