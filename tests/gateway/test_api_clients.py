"""Systems of other agencies: their credentials and scopes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from shared.kernel.ids import new_id
from tests.gateway.conftest import CITY, COUNTY, ELSEWHERE, Person
from tests.gateway.test_sign_in import _code_within_two_seconds as code_within_two_seconds

BUREAU = {"name": "hrss-bureau", "display_name": "人社局", "org_path": COUNTY, "scopes": ["tiny:write"]}


@pytest.fixture
def bureau(admin: Person) -> dict[str, Any]:
    answer = admin.post("/v1/gateway/api-clients", BUREAU)
    assert answer.status_code == 201, answer.text
    return dict(answer.json)


def signed_in(nobody: Person, client: dict[str, Any], secret: str | None = None) -> Person:
    answer = nobody.ask("POST", "/v1/client-token", {"client_id": client["id"],
                                                     "client_secret": secret or client["client_secret"]})
    assert answer.status_code == 200, answer.text
    return Person(nobody.app, answer.json["access_token"])


def test_secret_is_told_once_and_never_stored(admin: Person, nobody: Person, data: Path) -> None:
    key = new_id()
    made = admin.post("/v1/gateway/api-clients", BUREAU, key=key).json
    assert len(made["client_secret"]) == 43
    assert "client_secret" not in admin.get(f"/v1/gateway/api-clients/{made['id']}").json
    assert admin.post("/v1/gateway/api-clients", BUREAU, key=key).json == made
    assert made["client_secret"].encode() not in b"".join(p.read_bytes() for p in (data / "db").glob("gateway*"))


def test_client_signs_in_and_is_what_it_is(nobody: Person, bureau: dict[str, Any]) -> None:
    me = signed_in(nobody, bureau).get("/v1/me").json
    assert (me["kind"], me["scopes"], me["roles"], me["org_path"]) == ("client", ["tiny:write"], [], COUNTY)


def test_client_without_scope_is_refused(nobody: Person, bureau: dict[str, Any]) -> None:
    client = signed_in(nobody, bureau)
    for answer in (client.get("/v1/tiny/notes"), client.get("/v1/gateway/accounts")):
        assert (answer.status_code, answer.json["code"]) == (403, "scope-missing")
    assert client.ask("POST", "/v1/me/password", {"current_password": "x", "new_password": "y" * 10}
                      ).json["code"] == "client-has-no-password"
    assert client.ask("POST", "/v1/sign-out").status_code == 204


@pytest.mark.parametrize("given", [{"client_secret": "wrong"}, {"client_id": "nobody"}, {"client_id": new_id()},
                                   {"client_secret": "错"}])
def test_wrong_credentials(nobody: Person, bureau: dict[str, Any], given: dict[str, str]) -> None:
    body = {"client_id": bureau["id"], "client_secret": bureau["client_secret"], **given}
    answer = nobody.ask("POST", "/v1/client-token", body)
    assert (answer.status_code, answer.json["code"]) == (401, "credentials-wrong")


def test_rotated_secret_ends_the_old_one(admin: Person, nobody: Person, bureau: dict[str, Any]) -> None:
    client = signed_in(nobody, bureau)
    assert client.get("/v1/me").status_code == 200
    answer = admin.post(f"/v1/gateway/api-clients/{bureau['id']}/rotate-secret", {}, version=1)
    assert code_within_two_seconds(client) == "session-ended"
    assert answer.json["secret_number"] == 2
    assert signed_in(nobody, answer.json).token
    old = {"client_id": bureau["id"], "client_secret": bureau["client_secret"]}
    assert nobody.ask("POST", "/v1/client-token", old).status_code == 401


def test_disabled_client_is_out(admin: Person, nobody: Person, bureau: dict[str, Any]) -> None:
    client = signed_in(nobody, bureau)
    path = f"/v1/gateway/api-clients/{bureau['id']}"
    assert admin.post(f"{path}/disable", {"reason": "协议到期"}, version=1).json["state"] == "disabled"
    assert code_within_two_seconds(client) == "session-ended"
    answer = nobody.ask("POST", "/v1/client-token", {"client_id": bureau["id"],
                                                     "client_secret": bureau["client_secret"]})
    assert answer.json["code"] == "account-disabled"
    assert admin.post(f"{path}/enable", {"reason": "续签"}, version=2).json["version"] == 3
    assert signed_in(nobody, bureau).token


def test_clients_are_listed_within_own_part(admin: Person, bureau: dict[str, Any]) -> None:
    assert [item["id"] for item in admin.get("/v1/gateway/api-clients?state=active").json["items"]] == [bureau["id"]]
    for path in (ELSEWHERE, "/37/"):
        answer = admin.post("/v1/gateway/api-clients", {**BUREAU, "name": "other", "org_path": path})
        assert answer.json["code"] == "out-of-reach"
    assert admin.post("/v1/gateway/api-clients", {**BUREAU, "org_path": CITY}).json["code"] == "account-name-taken"


@pytest.mark.parametrize("change", [{"scopes": []}, {"scopes": ["Tiny Write"]}, {"scopes": "tiny:write"},
                                    {"display_name": "  "}])
def test_bad_client(admin: Person, change: dict[str, Any]) -> None:
    assert admin.post("/v1/gateway/api-clients", {**BUREAU, **change}).status_code == 422
