"""/healthz, /readyz and /metrics of a service process, for probes and for Prometheus."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from shared.bus.client import Client
from shared.bus.entrypoints import is_consuming
from shared.bus.host import Host
from shared.bus.publisher import ConfirmedPublisher
from shared.kernel.errors import Refusal
from shared.store.migrate import pending

Respond = Callable[[str, list[tuple[str, str]]], Any]


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Probes come every few seconds; they are not worth a line."""


class _Server(WSGIServer):
    daemon_threads = True
    allow_reuse_address = True


class Health:
    """The WSGI application."""

    def __init__(self, hosts: Sequence[Host], containers: Sequence[Any], client: Client,
                 publisher: ConfirmedPublisher) -> None:
        self.hosts, self.containers, self.client, self.publisher = hosts, containers, client, publisher

    def __call__(self, environ: dict[str, Any], respond: Respond) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if path == "/metrics":
            respond("200 OK", [("Content-Type", CONTENT_TYPE_LATEST)])
            return [generate_latest()]
        if path == "/healthz":
            return self._json(respond, "200 OK", {"status": "alive"})
        if path == "/readyz":
            missing = self.missing()
            return self._json(respond, "503 Service Unavailable" if missing else "200 OK",
                              {"status": "waiting" if missing else "ready", "missing": missing})
        return self._json(respond, "404 Not Found", {"status": "no such page"})

    def missing(self) -> list[str]:
        """What this process lacks to do its work."""
        links = {"broker (requests)": self.client.link, "broker (events)": self.publisher.link}
        found = [name for name, link in links.items() if not link.is_open]
        found += [f"broker ({one.service_name})" for one in self.containers if not is_consuming(one)]
        for host in self.hosts:
            service = host.definition.contract.service
            try:
                host.database.check()
                with host.database.read() as connection:
                    found += [f"migration {service} {name}" for name in pending(service, connection)]
            except Refusal:
                found.append(f"database {service}")
        return found

    @staticmethod
    def _json(respond: Respond, status: str, body: dict[str, Any]) -> Iterable[bytes]:
        respond(status, [("Content-Type", "application/json")])
        return [json.dumps(body).encode()]


def serve_health(host: str, port: int, health: Health) -> None:
    """Answer on `host`:`port` from a thread of its own."""
    server = make_server(host, port, health, _Server, _Quiet)
    threading.Thread(target=server.serve_forever, name="health", daemon=True).start()
