"""Whether the door is alive, and whether what stands behind it can be reached."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from flask import Response
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector
from sqlalchemy import select

from gateway.adapters.tables import accounts
from shared.contracts.table import Contract
from shared.kernel.caller import system
from shared.kernel.errors import Refusal
from shared.runtime.config import SERVICES, Settings
from shared.service.dispatch import PING
from shared.service.messages import JSON, Request, dump

if TYPE_CHECKING:
    from gateway.door import Gateway

REMEMBER_SECONDS = 1.0
PING_SECONDS = 1.0


class Readiness:
    """Looks at most once a second, however often it is asked."""

    def __init__(self, app: Gateway, services: tuple[str, ...]) -> None:
        self._app, self._services = app, services
        self._lock = threading.Lock()
        self._looked_at = 0.0
        self._found: dict[str, bool] = {}

    def look(self) -> dict[str, bool]:
        """What is needed → whether it is there."""
        with self._lock:
            if time.monotonic() - self._looked_at > REMEMBER_SECONDS:
                self._found = self._look()
                self._looked_at = time.monotonic()
            return self._found

    def _look(self) -> dict[str, bool]:
        found = {"database": self._has_database(), "broker": self._app.bus.link.is_open}
        if not found["broker"]:
            return {**found, **dict.fromkeys(self._services, False)}
        with ThreadPoolExecutor(max(1, len(self._services))) as pool:
            return {**found, **dict(zip(self._services, pool.map(self._answers, self._services), strict=True))}

    def _has_database(self) -> bool:
        try:
            self._app.database.check()
            with self._app.database.read() as connection:
                connection.execute(select(accounts.c.id).limit(1)).first()
        except Exception:
            # a missing table or driver is as good as no database
            return False
        return True

    def _answers(self, service: str) -> bool:
        try:
            asked = Request(PING, system("gateway"), deadline=time.time() + PING_SECONDS)
            return self._app.bus.call(service, asked).status < 500
        except Refusal:
            return False


def add(app: Gateway, settings: Settings, contracts: Mapping[str, Contract]) -> None:
    """Serve /healthz, /readyz and /metrics."""
    absent = set(SERVICES) - set(settings.services)
    readiness = Readiness(app, tuple(name for name in contracts if name not in absent))

    @app.get("/healthz")
    def healthz() -> Response:
        return _json({"status": "alive"}, 200)

    @app.get("/readyz")
    def readyz() -> Response:
        found = readiness.look()
        missing = [name for name, is_there in found.items() if not is_there]
        return _json({"status": "not ready" if missing else "ready", "missing": missing, "checks": found},
                     503 if missing else 200)

    @app.get("/metrics")
    def metrics() -> Response:
        return Response(generate_latest(_registry()), content_type=CONTENT_TYPE_LATEST)


def _json(data: Any, status: int) -> Response:
    return Response(dump(data), status, {"Cache-Control": "no-store"}, content_type=JSON)


def _registry() -> CollectorRegistry:
    """The metrics of all workers when there are several, else of this process."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    return registry
