"""The settings of every process, read once from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from environs import Env, EnvError
from marshmallow import ValidationError
from marshmallow.validate import OneOf, Range

#: Every service of the centre, in the order it is started.
SERVICES = ("membership", "relief", "jobs", "legal", "mediation", "reception", "exchange", "reporting")

HEALTH_PORT_OFFSET = 10
HIGHEST_PORT = 65_535 - 100  # the broker and the health ports lie a little above PORT
#: how long a service that is told to end may finish what is in hand; whoever tells it waits longer before a kill -9
FINISH_SECONDS = 10


class SettingInvalid(ValueError):
    """A variable of the environment cannot be used. The message names it and says what it should be."""


@dataclass(frozen=True)
class Settings:
    """What an operator may choose. Each field names its variable."""

    port: int  # PORT
    host: str  # BANGFU_HOST: the address the gateway and the health pages listen on; 0.0.0.0 in a container
    data: Path  # BANGFU_DATA, absolute
    amqp_url: str | None  # AMQP_URL; None: `bangfu run` finds or starts a broker
    database_url: str | None  # DATABASE_URL; None: SQLite files in data/db
    split: bool  # SPLIT: each service in a process of its own
    services: tuple[str, ...]  # BANGFU_SERVICES
    gateway_workers: int  # BANGFU_GATEWAY_WORKERS
    deadline_seconds: float  # BANGFU_DEADLINE_SECONDS: how long the gateway waits for a service
    log_format: str  # BANGFU_LOG: text or json
    tick_seconds: float  # BANGFU_TICK_SECONDS: how often services look for what has fallen due
    demo: bool  # BANGFU_DEMO: load the demonstration cases on first start
    health_port: int | None  # BANGFU_HEALTH_PORT: where this process serves /healthz, /readyz and /metrics
    keys: str | None  # BANGFU_KEYS: the key file's JSON itself; None: data/keys.json

    @classmethod
    def read(cls, env: Mapping[str, str] = os.environ) -> Settings:
        """The settings in `env`. Raises SettingInvalid."""
        reader = _Reader(env)
        try:
            return cls(
                port=reader.int("PORT", 8000, validate=Range(1, HIGHEST_PORT)),
                host=reader.str("BANGFU_HOST", "127.0.0.1"),
                data=Path(reader.str("BANGFU_DATA", "var")).absolute(),
                amqp_url=reader.str("AMQP_URL", None, validate=_scheme("amqp://", "amqps://")),
                database_url=reader.str("DATABASE_URL", None, validate=_database),
                split=reader.bool("SPLIT", False),
                services=tuple(reader.list("BANGFU_SERVICES", list(SERVICES), validate=_known_services)),
                gateway_workers=reader.int("BANGFU_GATEWAY_WORKERS", 1, validate=Range(1, 64)),
                deadline_seconds=reader.float("BANGFU_DEADLINE_SECONDS", 5.0, validate=Range(0.1, 60)),
                log_format=reader.str("BANGFU_LOG", "text", validate=OneOf(["text", "json"])),
                tick_seconds=reader.float("BANGFU_TICK_SECONDS", 10.0, validate=Range(0.1, 3600)),
                demo=reader.bool("BANGFU_DEMO", True),
                health_port=reader.int("BANGFU_HEALTH_PORT", None, validate=Range(1, 65_535)),
                keys=reader.str("BANGFU_KEYS", None),
            )
        except EnvError as error:
            raise SettingInvalid(f"环境变量设置有误 / wrong environment variable: {error}") from error

    @property
    def keys_file(self) -> Path:
        return self.data / "keys.json"

    def health_port_of(self, service: str) -> int:
        """Where `bangfu run` lets a service of its own process answer probes."""
        return self.port + HEALTH_PORT_OFFSET + SERVICES.index(service)


class _Reader(Env):
    """environs reads os.environ alone; this one reads the mapping it is given. An empty variable counts as not set."""

    def __init__(self, env: Mapping[str, str]) -> None:
        super().__init__()
        self._given = env

    def _get_value(self, env_key: str, default: Any) -> Any:
        return self._given.get(env_key) or default


def _scheme(*prefixes: str) -> Any:
    def check(value: str | None) -> None:
        if value is not None and not value.startswith(prefixes):
            raise ValidationError(f"must start with {' or '.join(prefixes)}")

    return check


def _database(value: str | None) -> None:
    if value is None or value.startswith(("postgresql://", "postgres://", "postgresql+psycopg://")):
        return
    if not (value.startswith("sqlite:///") and "{service}" in value):
        raise ValidationError("must be postgresql://user:password@host/database or sqlite:////folder/{service}.sqlite3")


def _known_services(names: list[str]) -> None:
    unknown = [name for name in names if name not in SERVICES]
    if unknown or not names:
        raise ValidationError(f"unknown service {', '.join(unknown)}; choose from {', '.join(SERVICES)}")
