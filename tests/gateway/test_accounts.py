"""Administering accounts: R24, within its own part of the tree, and never itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from gateway.accounts.cli import AccountInvalid, add_account
from gateway.accounts.failures import FAILURES_TO_LOCK
from gateway.accounts.refusals import NameTaken, WorkerNeeded
from gateway.door import Gateway
from shared.contracts.gateway import schemas
from shared.kernel.ids import new_id
from shared.store import audit
from shared.store.tables import commands
from tests.gateway.conftest import CITY, COUNTY, ELSEWHERE, PASSWORD, Person, settings_for
from tests.gateway.test_sign_in import _code_within_two_seconds as code_within_two_seconds

WANG = {"name": "wang", "display_name": "王 五", "password": "a password of wang", "org_path": COUNTY,
        "grants": [{"role": "R1", "org_path": COUNTY}]}


@pytest.fixture
def wang(admin: Person) -> dict[str, Any]:
    answer = admin.post("/v1/gateway/accounts", WANG)
    assert answer.status_code == 201, answer.text
    return dict(answer.json)


def of(wang: dict[str, Any], command: str = "") -> str:
    return f"/v1/gateway/accounts/{wang['id']}{command}"


def account_of(person: Person, name: str) -> dict[str, Any]:
    return dict(person.get(f"/v1/gateway/accounts?name={name}").json["items"][0])


def test_created_account_is_as_published_and_can_sign_in(admin: Person, nobody: Person) -> None:
    answer = admin.post("/v1/gateway/accounts", WANG)
    assert schemas.Account().validate(answer.json) == {}
    assert answer.headers["ETag"] == '"1"'
    assert admin.get(answer.headers["Location"]).json == answer.json
    assert nobody.sign_in("wang", WANG["password"]).get("/v1/me").json["display_name"] == "王 五"


def test_repeated_creation_gets_the_stored_answer(admin: Person, app: Gateway) -> None:
    key = new_id()
    first, second = (admin.post("/v1/gateway/accounts", WANG, key=key) for _ in range(2))
    assert (second.status_code, second.json) == (201, first.json)
    assert second.headers["Idempotent-Replayed"] == "true"
    other = admin.post("/v1/gateway/accounts", {**WANG, "password": "another password"}, key=key)
    assert (other.status_code, other.json["code"]) == (422, "idempotency-key-reused")
    assert admin.post("/v1/gateway/accounts", WANG).json["code"] == "account-name-taken"
    with app.database.read() as connection:
        assert len(connection.execute(select(commands)).all()) == 1


@pytest.mark.parametrize(("change", "pointer"), [
    ({"name": "Wang"}, "/name"), ({"name": "w"}, "/name"), ({"name": None}, "/name"),
    ({"password": "123456789"}, "/password"), ({"password": "x" * 129}, "/password"), ({"password": 1}, "/password"),
    ({"org_path": "/37/3702"}, "/org_path"), ({"worker_id": "7"}, "/worker_id"),
    ({"grants": [{"role": "R99", "org_path": COUNTY}]}, "/grants/0/role"),
    ({"grants": [{"role": "R1"}]}, "/grants/0/org_path"), ({"is_admin": True}, "/is_admin"),
])
def test_bad_account_names_the_field(admin: Person, change: dict[str, Any], pointer: str) -> None:
    answer = admin.post("/v1/gateway/accounts", {**WANG, **change})
    assert (answer.status_code, answer.json["code"]) == (422, "content-invalid")
    assert [error["pointer"] for error in answer.json["errors"]] == [pointer]


def test_password_must_not_be_the_name(admin: Person) -> None:
    answer = admin.post("/v1/gateway/accounts", {**WANG, "name": "wang.wu.2026", "password": "wang.wu.2026"})
    assert (answer.status_code, answer.json["code"]) == (422, "password-is-name")


@pytest.mark.parametrize("change", [{"org_path": ELSEWHERE}, {"grants": [{"role": "R1", "org_path": ELSEWHERE}]},
                                    {"grants": [{"role": "R1", "org_path": "/37/"}]}])
def test_administrator_creates_within_own_part_only(admin: Person, change: dict[str, Any]) -> None:
    answer = admin.post("/v1/gateway/accounts", {**WANG, **change})
    assert (answer.status_code, answer.json["code"]) == (403, "out-of-reach")
    assert admin.get("/v1/gateway/accounts?name=wang").json["items"] == []


def test_worker_role_needs_a_worker(admin: Person) -> None:
    worker = {"grants": [{"role": "R25", "org_path": COUNTY}]}
    assert admin.post("/v1/gateway/accounts", {**WANG, **worker}).json["code"] == "worker-needed"
    assert admin.post("/v1/gateway/accounts", {**WANG, **worker, "worker_id": new_id()}).status_code == 201


def test_accounts_elsewhere_do_not_exist(data: Path, admin: Person) -> None:
    made = add_account(settings_for(data), "far", PASSWORD, "远", [("R1", ELSEWHERE)])
    assert admin.get(of(made)).json["code"] == "not-found"
    assert admin.post(of(made, "/disable"), {"reason": "x"}, version=1).status_code == 404
    assert "far" not in [item["name"] for item in admin.get("/v1/gateway/accounts").json["items"]]


def test_accounts_are_filtered_and_paged(admin: Person, wang: dict[str, Any]) -> None:
    names = []
    page = admin.get("/v1/gateway/accounts?limit=2&sort=name").json
    names += [item["name"] for item in page["items"]]
    page = admin.get(f"/v1/gateway/accounts?limit=2&sort=name&cursor={page['next_cursor']}").json
    names += [item["name"] for item in page["items"]]
    assert (names, page["next_cursor"] is None) == (["admin", "clerk", "director", "wang"], True)
    assert [item["name"] for item in admin.get("/v1/gateway/accounts?role=R8").json["items"]] == ["director"]
    assert admin.get("/v1/gateway/accounts?state=gone").status_code == 422


def test_granted_role_works_within_two_seconds(admin: Person, nobody: Person, wang: dict[str, Any]) -> None:
    person = nobody.sign_in("wang", WANG["password"])
    assert [held["role"] for held in person.get("/v1/me").json["roles"]] == ["R1"]
    answer = admin.post(of(wang, "/grants"), {"role": "R24", "org_path": COUNTY}, version=1)
    assert (answer.status_code, answer.json["version"]) == (200, 2)
    again = nobody.sign_in("wang", WANG["password"])
    assert again.get("/v1/gateway/accounts").status_code == 200
    assert admin.post(of(wang, "/grants"), {"role": "R24", "org_path": COUNTY}, version=2).json["code"] == "grant-held"


def test_revoked_role_stops_working(admin: Person, nobody: Person, wang: dict[str, Any], app: Gateway) -> None:
    person = nobody.sign_in("wang", WANG["password"])
    grant = wang["grants"][0]["id"]
    answer = admin.post(of(wang, f"/grants/{grant}/revoke"), {"reason": "调离"}, version=1)
    assert (answer.status_code, answer.json["grants"]) == (200, [])
    assert nobody.sign_in("wang", WANG["password"]).get("/v1/tiny/notes").json["code"] == "role-missing"
    assert admin.post(of(wang, f"/grants/{grant}/revoke"), {"reason": "x"}, version=2).json["code"] == "grant-unknown"
    assert person.token


def test_stale_version_shows_the_present_one(admin: Person, wang: dict[str, Any]) -> None:
    admin.post(of(wang, "/grants"), {"role": "R2", "org_path": COUNTY}, version=1)
    answer = admin.post(of(wang, "/disable"), {"reason": "离职"}, version=1)
    assert (answer.status_code, answer.json["code"], answer.headers["ETag"]) == (412, "stale-version", '"2"')
    assert answer.json["current"]["version"] == 2
    assert answer.json["sent"] == {"reason": "离职"}


def test_disabled_account_is_out_and_comes_back(admin: Person, nobody: Person, wang: dict[str, Any]) -> None:
    person = nobody.sign_in("wang", WANG["password"])
    assert admin.post(of(wang, "/disable"), {"reason": "离职"}, version=1).json["state"] == "disabled"
    assert code_within_two_seconds(person) == "session-ended"
    body = {"name": "wang", "password": WANG["password"]}
    assert nobody.ask("POST", "/v1/sign-in", body).json["code"] == "account-disabled"
    assert nobody.ask("POST", "/v1/sign-in", {**body, "password": "wrong"}).json["code"] == "credentials-wrong"
    assert admin.post(of(wang, "/disable"), {"reason": "x"}, version=2).json["code"] == "wrong-state"
    assert admin.post(of(wang, "/enable"), {"reason": "返岗"}, version=2).status_code == 200
    assert nobody.sign_in("wang", WANG["password"]).token


def test_reset_password_and_unlock(admin: Person, nobody: Person, wang: dict[str, Any]) -> None:
    for _ in range(FAILURES_TO_LOCK):
        nobody.ask("POST", "/v1/sign-in", {"name": "wang", "password": "wrong"})
    assert nobody.ask("POST", "/v1/sign-in", {"name": "wang", "password": WANG["password"]}).status_code == 429
    assert admin.post(of(wang, "/unlock"), {"reason": "本人来电"}, version=1).status_code == 200
    person = nobody.sign_in("wang", WANG["password"])
    assert admin.post(of(wang, "/reset-password"), {"password": "the next password"}, version=2).status_code == 200
    assert code_within_two_seconds(person) == "session-ended"
    assert nobody.sign_in("wang", "the next password").token


@pytest.mark.parametrize(("command", "body"), [
    ("/grants", {"role": "R8", "org_path": CITY}), ("/disable", {"reason": "x"}), ("/unlock", {"reason": "x"}),
    ("/reset-password", {"password": "0123456789"}),
])
def test_nobody_administers_their_own_account(admin: Person, command: str, body: dict[str, Any]) -> None:
    answer = admin.post(of(account_of(admin, "admin"), command), body, version=1)
    assert (answer.status_code, answer.json["code"]) == (403, "own-account")


def test_county_administrator_cannot_take_over_a_province_account(data: Path, nobody: Person) -> None:
    """The account belongs to the county, but holds a role above it: its password is not the county's to set."""
    add_account(settings_for(data), "county", PASSWORD, "县管理员", [("R24", COUNTY)])
    above = add_account(settings_for(data), "above", PASSWORD, "省", [("R8", "/37/")], org_path=COUNTY)
    county = nobody.sign_in("county")
    for command, body in (("/reset-password", {"password": "0123456789"}), ("/disable", {"reason": "x"}),
                          (f"/grants/{above['grants'][0]['id']}/revoke", {"reason": "x"})):
        assert county.post(of(above, command), body, version=1).json["code"] == "out-of-reach"


@pytest.mark.parametrize("path", ["/v1/gateway/accounts", "/v1/gateway/api-clients", "/v1/gateway/audit-entries"])
def test_other_roles_do_not_administer(clerk: Person, path: str) -> None:
    answer = clerk.get(path)
    assert (answer.status_code, answer.json["code"]) == (403, "role-missing")
    assert "R24" in answer.json["detail"] or "R12" in answer.json["detail"]


def test_everything_is_in_the_audit_trail(data: Path, nobody: Person, admin: Person, wang: dict[str, Any],
                                          app: Gateway) -> None:
    admin.post(of(wang, "/grants"), {"role": "R2", "org_path": COUNTY}, version=1)
    admin.post(of(wang, "/disable"), {"reason": "离职"}, version=2)
    nobody.ask("POST", "/v1/sign-in", {"name": "wang", "password": "wrong"})
    add_account(settings_for(data), "auditor", PASSWORD, "经审", [("R12", CITY)])
    auditor = nobody.sign_in("auditor")
    entries = auditor.get(f"/v1/gateway/audit-entries?subject_id={wang['id']}&sort=at").json["items"]
    told = [(entry["action"], json.loads(entry["detail"])) for entry in entries]
    assert ("grant_role", {"role": "R2", "org_path": COUNTY}) in told
    assert ("disable_account", {"reason": "离职"}) in told
    assert ("disable_account", {"state": ["active", "disabled"]}) in told
    assert "sign_in_failed" in [action for action, _ in told]
    assert auditor.get("/v1/gateway/audit-verification").json == {"is_whole": True, "faults": []}
    assert all(secret not in json.dumps(entries) for secret in ("argon2", WANG["password"]))
    with app.database.read() as connection:
        assert list(audit.verify(connection)) == []


def test_command_line_refuses_what_the_api_refuses(data: Path) -> None:
    settings = settings_for(data)
    with pytest.raises(NameTaken):
        add_account(settings, "clerk", PASSWORD, "窗口 王", [("R1", COUNTY)])
    with pytest.raises(WorkerNeeded):
        add_account(settings, "worker", PASSWORD, "职工", [("R25", COUNTY)])
    for wrong in ({"password": "short"}, {"name": "A B"}, {"grants": [("R99", COUNTY)]}, {"grants": []}):
        with pytest.raises(AccountInvalid):
            add_account(**{"settings": settings, "name": "new", "password": PASSWORD, "display_name": "新",
                           "grants": [("R1", COUNTY)], **wrong})
