"""The door in the test's own process, on a database of its own; the bus is real where a test asks for it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from gateway.accounts.cli import add_account
from gateway.app import create_app
from gateway.door import Gateway
from gateway.settings import DoorSettings
from shared.contracts.table import Contract
from shared.kernel.ids import new_id
from shared.runtime import keys
from shared.runtime.config import Settings
from shared.store.migrate import migrate
from tests.gateway.tiny import CONTRACT as TINY

#: nobody listens there: a door whose tests need no bus
NO_BROKER = "amqp://nobody:nothing@127.0.0.1:9//"
PASSWORD = "correct horse 电池"
CITY = "/37/3702/"
COUNTY = "/37/3702/370202/"
ELSEWHERE = "/44/4403/"
CHEAP = DoorSettings(rate_per_minute=100_000, sign_in_per_minute=1_000, sign_in_per_minute_address=10_000,
                     argon2="8,1,1")


@dataclass
class Person:
    """Somebody at the door, signed in when `token` is set."""

    app: Gateway
    token: str | None = None
    refresh_token: str | None = None
    address: str = "127.0.0.1"

    def ask(self, method: str, path: str, body: Any = None, *, key: str | None = None, version: int | None = None,
            **headers: str) -> TestResponse:
        """One request; `key` and `version` become the headers."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token:
            sent.setdefault("Authorization", f"Bearer {self.token}")
        if key:
            sent["Idempotency-Key"] = key
        if version is not None:
            sent["If-Match"] = f'"{version}"'
        with self.app.test_client() as http:
            return http.open(path, method=method, json=body, headers=sent,
                             environ_base={"REMOTE_ADDR": self.address})

    def get(self, path: str, **rest: Any) -> TestResponse:
        return self.ask("GET", path, **rest)

    def post(self, path: str, body: Any = None, **rest: Any) -> TestResponse:
        """A command with a new key, unless one is given."""
        return self.ask("POST", path, body, **{"key": new_id(), **rest})

    def sign_in(self, name: str, password: str = PASSWORD) -> Person:
        answer = Person(self.app, address=self.address).ask("POST", "/v1/sign-in", {"name": name, "password": password})
        assert answer.status_code == 200, answer.text
        return replace(self, token=answer.json["access_token"], refresh_token=answer.json["refresh_token"])


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Data of an installation with an administrator of the city, copied for each test."""
    data = tmp_path_factory.mktemp("door")
    settings = settings_for(data)
    keys.ensure(settings)
    migrate("gateway", None, data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BANGFU_ARGON2", CHEAP.argon2)
        add_account(settings, "admin", PASSWORD, "管理员", [("R24", CITY)])
        add_account(settings, "clerk", PASSWORD, "窗口 王", [("R1", COUNTY)])
        add_account(settings, "director", PASSWORD, "主任 李", [("R8", CITY), ("R1", COUNTY)])
    return data


def settings_for(data: Path, **env: str) -> Settings:
    return Settings.read({"BANGFU_DATA": str(data), "AMQP_URL": NO_BROKER, **env})


@pytest.fixture
def data(prepared: Path, tmp_path: Path) -> Path:
    """A copy of the prepared installation."""
    return Path(shutil.copytree(prepared, tmp_path / "var"))


@pytest.fixture
def door() -> DoorSettings:
    return CHEAP


@pytest.fixture
def contracts() -> dict[str, Contract]:
    return {"tiny": TINY}


@pytest.fixture
def app(data: Path, door: DoorSettings, contracts: dict[str, Contract]) -> Iterator[Gateway]:
    made = create_app(settings_for(data), contracts, door)
    made.start()
    yield made
    made.close()


@pytest.fixture
def nobody(app: Gateway) -> Person:
    return Person(app)


@pytest.fixture
def admin(nobody: Person) -> Person:
    return nobody.sign_in("admin")


@pytest.fixture
def clerk(nobody: Person) -> Person:
    return nobody.sign_in("clerk")
