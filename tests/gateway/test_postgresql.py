"""The door's own database on PostgreSQL: the statements that are written by hand, once through."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gateway.accounts.cli import add_account
from gateway.accounts.failures import FAILURES_TO_LOCK
from gateway.app import create_app
from gateway.door import Gateway
from shared.kernel.ids import new_id
from shared.runtime import keys
from shared.store.migrate import migrate
from tests.databases import fresh_url
from tests.gateway.conftest import CHEAP, CITY, COUNTY, PASSWORD, Person, settings_for
from tests.gateway.test_sign_in import _code_within_two_seconds as code_within_two_seconds


@pytest.fixture
def app(tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Gateway]:
    monkeypatch.setenv("BANGFU_ARGON2", CHEAP.argon2)
    with fresh_url("postgresql", postgres_url) as url:
        assert url is not None
        settings = settings_for(tmp_path, DATABASE_URL=url)
        keys.ensure(settings)
        migrate("gateway", url, tmp_path)
        add_account(settings, "admin", PASSWORD, "管理员", [("R24", CITY)])
        made = create_app(settings, {}, CHEAP)
        made.start()
        yield made
        made.close()


def test_accounts_sessions_and_clients(app: Gateway) -> None:
    nobody, key = Person(app), new_id()
    admin = nobody.sign_in("admin")
    body = {"name": "wang", "display_name": "王", "password": PASSWORD, "org_path": COUNTY,
            "grants": [{"role": "R1", "org_path": COUNTY}]}
    wang = admin.post("/v1/gateway/accounts", body, key=key)
    assert (wang.status_code, admin.post("/v1/gateway/accounts", body, key=key).json) == (201, wang.json)
    assert [item["name"] for item in admin.get("/v1/gateway/accounts?role=R1&sort=name").json["items"]] == ["wang"]
    person = nobody.sign_in("wang")
    renewed = nobody.ask("POST", "/v1/refresh", {"refresh_token": person.refresh_token})
    assert renewed.status_code == 200
    path = f"/v1/gateway/accounts/{wang.json['id']}"
    assert admin.post(f"{path}/disable", {"reason": "离职"}, version=1).status_code == 200
    assert code_within_two_seconds(person) == "session-ended"
    for _ in range(FAILURES_TO_LOCK):
        nobody.ask("POST", "/v1/sign-in", {"name": "wang", "password": "wrong"})
    assert nobody.ask("POST", "/v1/sign-in", {"name": "wang", "password": PASSWORD}).json["code"] == "sign-in-locked"
    assert nobody.get("/readyz").json["checks"]["database"] is True


def test_api_clients(app: Gateway) -> None:
    admin = Person(app).sign_in("admin")
    made = admin.post("/v1/gateway/api-clients", {"name": "bureau", "display_name": "局", "org_path": COUNTY,
                                                  "scopes": ["a:b"]}).json
    body = {"client_id": made["id"], "client_secret": made["client_secret"]}
    token = Person(app).ask("POST", "/v1/client-token", body).json["access_token"]
    assert Person(app, token).get("/v1/me").json["scopes"] == ["a:b"]
