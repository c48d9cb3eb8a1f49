"""The real door in the test's own process, before the real services of a running centre: quick enough for thousands."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from gateway.app import create_app
from gateway.render import Route
from gateway.settings import DoorSettings
from shared.kernel.ids import new_id
from shared.runtime.demo.cast import DISTRICT
from shared.runtime.demo.hardship_files import STREET
from tests.authorisation.bodies import simplest
from tests.stage import ROUTES, Stage

PLENTY = DoorSettings(rate_per_minute=10**7, sign_in_per_minute=10**7, sign_in_per_minute_address=10**7)
#: no record will ever have this version: whoever gets as far as the record is told so, and nothing changes
NO_VERSION = 987_654_321


@dataclass(frozen=True)
class Reply:
    status: int
    data: Any

    @property
    def code(self) -> str:
        return str(self.data.get("code", "")) if isinstance(self.data, dict) else ""


class Door:
    """Asks rows of the contracts with any token. Safe to use from several threads."""

    def __init__(self, app: Any) -> None:
        self._app = app

    def ask(self, route: Route, token: str | None, record_id: str = "", body: Any = None, query: str = "") -> Reply:
        """One request for a row about a record; its version is one that no record has."""
        path = route.rule
        for name in route.row.path_fields:
            path, record_id = path.replace(f"<{name}>", record_id or new_id()), ""
        sent = b"" if body is None else json.dumps(body).encode()
        environ = {"REQUEST_METHOD": route.row.method, "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "test",
                   "SERVER_PORT": "80", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(sent), "SCRIPT_NAME": "",
                   "CONTENT_LENGTH": str(len(sent)), "CONTENT_TYPE": "application/json", "REMOTE_ADDR": "127.0.0.1",
                   "HTTP_IDEMPOTENCY_KEY": new_id(), "HTTP_IF_MATCH": f'"{NO_VERSION}"'}
        if token is not None:
            environ["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        told: list[tuple[str, str]] = []

        def start(status: str, headers: list[tuple[str, str]], _error: Any = None) -> None:
            told.append((status, dict(headers).get("Content-Type", "")))

        answer = b"".join(self._app(environ, start))
        (status, kind), = told
        return Reply(int(status[:3]), json.loads(answer) if answer and "json" in kind else answer or None)

    def pages(self, route: Route, token: str) -> Iterator[Any]:
        """All rows of a list, page by page."""
        cursor = ""
        while True:
            found = self.ask(route, token, query=f"limit=200{cursor}").data
            yield from found["items"]
            if found["next_cursor"] is None:
                return
            cursor = f"&cursor={found['next_cursor']}"


@contextmanager
def opened(stage: Stage) -> Iterator[Door]:
    app = create_app(stage.centre.settings, door=PLENTY)
    app.start(wait_seconds=5)
    try:
        yield Door(app)
    finally:
        app.close()


def bodies(stage: Stage) -> dict[str, Any]:
    """The simplest body of each command, about real records where it names any."""
    known = {route.row.path_fields[0]: here(stage, route) for route in ROUTES if route.row.path_fields}
    return {route.endpoint: simplest(route.row.body, known) for route in ROUTES if route.row.body}


def here(stage: Stage, route: Route) -> list[str]:
    """The records of the district, and of the partners below it, that the row's first path parameter may name."""
    def is_here(place: str) -> bool:
        return place.startswith(DISTRICT) and not place.startswith(STREET)

    return [one for one in stage.known(route) if is_here(stage.places.get(one, ""))]
