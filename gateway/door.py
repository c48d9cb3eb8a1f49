"""The WSGI application itself: Flask with a trace and security headers, one bus and one database."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from typing import Any

from flask import Flask
from flask.sessions import SessionInterface

from gateway.render import PREFIX, TRACE
from gateway.trace import continued
from shared.bus.client import Client
from shared.runtime import logging
from shared.store.engine import Database

SECURITY = [
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
]
FOR_DATA = [("Cache-Control", "no-store"), ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")]


class NoSession(SessionInterface):
    """Flask's cookie sessions are not used; opening and saving one costs every request a signature."""

    def open_session(self, app: Flask, request: Any) -> Any:
        return _NO_SESSION

    def save_session(self, app: Flask, session: Any, response: Any) -> None:
        return


_NO_SESSION: dict[str, Any] = {}


class Gateway(Flask):
    """Flask, with a trace and security headers around every answer (a WSGI wrapper costs less than its hooks)."""

    session_interface = NoSession()
    bus: Client
    _starting = threading.Lock()
    _is_started = False

    def start(self, wait_seconds: float = 0) -> None:
        """Connect to the broker. After the fork, once; the first request does it where no server hook has."""
        with self._starting:
            if not self._is_started:
                self.bus.link.start(wait_seconds)
                self._is_started = True

    def close(self) -> None:
        """Let go of the broker and the database."""
        if self._is_started:
            self.bus.link.close()
        self.database.close()

    database: Database

    def wsgi_app(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if not self._is_started:
            self.start(wait_seconds=1)
        trace = environ[TRACE] = continued(environ.get("HTTP_TRACEPARENT"))
        logging.bind(trace_id=trace.id)
        is_data = environ.get("PATH_INFO", "").startswith(PREFIX)

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            headers += SECURITY
            headers.append(("Trace-Id", trace.id))
            if is_data:
                headers += FOR_DATA
            return start_response(status, headers, exc_info)

        return super().wsgi_app(environ, start)
