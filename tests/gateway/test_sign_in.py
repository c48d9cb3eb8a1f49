"""Names, passwords, tokens and sessions."""

from __future__ import annotations

import base64
import json
import time
from datetime import timedelta
from pathlib import Path

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey
from sqlalchemy import select, update

from gateway.accounts.failures import FAILURES_TO_LOCK, lock_for
from gateway.adapters.tables import accounts, refresh_tokens, sessions, sign_in_failures
from gateway.app import create_app
from gateway.door import Gateway
from gateway.settings import DoorSettings
from shared.kernel.clock import real_now
from shared.kernel.ids import new_id
from shared.runtime import keys
from tests.gateway.conftest import CHEAP, PASSWORD, Person, settings_for


def test_signed_in_person_sees_own_roles(nobody: Person) -> None:
    me = nobody.sign_in("director").get("/v1/me").json
    assert me["display_name"] == "主任 李"
    assert [(held["role"], held["zh"], held["org_path"]) for held in me["roles"]] == [
        ("R8", "中心主任", "/37/3702/"), ("R1", "窗口接待员", "/37/3702/370202/")]


def test_name_is_taken_without_case_and_space(nobody: Person) -> None:
    assert nobody.sign_in("  Clerk ").get("/v1/me").json["name"] == "clerk"


def test_token_holds_no_personal_data(clerk: Person) -> None:
    claims = json.loads(base64.urlsafe_b64decode(clerk.token.split(".")[1] + "=="))
    assert set(claims) == {"iss", "aud", "sub", "kind", "sid", "iat", "exp"}
    assert claims["exp"] - claims["iat"] == CHEAP.access_seconds


@pytest.mark.parametrize("name", ["clerk", "nobody.here"])
def test_wrong_password_and_unknown_name_get_the_same_answer(nobody: Person, name: str) -> None:
    answer = nobody.ask("POST", "/v1/sign-in", {"name": name, "password": "not this one"})
    assert (answer.status_code, answer.json["code"]) == (401, "credentials-wrong")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert {**answer.json, "trace_id": ""} == {
        **nobody.ask("POST", "/v1/sign-in", {"name": "other", "password": "x"}).json, "trace_id": ""}


@pytest.mark.parametrize("name", ["clerk", "nobody.here"])
def test_fifth_failure_locks_a_name_whether_or_not_it_exists(nobody: Person, name: str) -> None:
    for _ in range(FAILURES_TO_LOCK):
        assert nobody.ask("POST", "/v1/sign-in", {"name": name, "password": "wrong"}).status_code == 401
    answer = nobody.ask("POST", "/v1/sign-in", {"name": name, "password": PASSWORD})
    assert (answer.status_code, answer.json["code"]) == (429, "sign-in-locked")
    assert 14 * 60 < int(answer.headers["Retry-After"]) <= 15 * 60


def test_lock_ends_and_success_forgets_the_failures(app: Gateway, nobody: Person) -> None:
    for _ in range(FAILURES_TO_LOCK):
        nobody.ask("POST", "/v1/sign-in", {"name": "clerk", "password": "wrong"})
    with app.database.write() as connection:
        connection.execute(update(sign_in_failures).values(locked_until=real_now() - timedelta(seconds=1)))
    nobody.sign_in("clerk")
    with app.database.read() as connection:
        assert connection.execute(select(sign_in_failures)).all() == []


def test_locks_grow_to_a_day() -> None:
    locks = [lock_for(count) for count in (4, 5, 6, 10, 15, 1_000)]
    assert locks == [None, timedelta(minutes=15), None, timedelta(minutes=30), timedelta(hours=1), timedelta(hours=24)]


def test_each_refresh_gives_new_tokens(nobody: Person) -> None:
    clerk = nobody.sign_in("clerk")
    renewed = nobody.ask("POST", "/v1/refresh", {"refresh_token": clerk.refresh_token}).json
    again = nobody.ask("POST", "/v1/refresh", {"refresh_token": renewed["refresh_token"]})
    assert again.status_code == 200
    assert len({clerk.refresh_token, renewed["refresh_token"], again.json["refresh_token"]}) == 3
    assert Person(nobody.app, again.json["access_token"]).get("/v1/me").json["name"] == "clerk"


def test_reused_refresh_token_ends_the_whole_session(app: Gateway, nobody: Person) -> None:
    clerk = nobody.sign_in("clerk")
    renewed = nobody.ask("POST", "/v1/refresh", {"refresh_token": clerk.refresh_token}).json
    stolen = nobody.ask("POST", "/v1/refresh", {"refresh_token": clerk.refresh_token})
    assert (stolen.status_code, stolen.json["code"]) == (401, "refresh-token-reused")
    assert nobody.ask("POST", "/v1/refresh", {"refresh_token": renewed["refresh_token"]}).status_code == 401
    assert _code_within_two_seconds(Person(app, renewed["access_token"])) == "session-ended"


def test_expired_session_is_not_refreshed(app: Gateway, nobody: Person) -> None:
    clerk = nobody.sign_in("clerk")
    with app.database.write() as connection:
        connection.execute(update(sessions).values(expires_at=real_now() - timedelta(seconds=1)))
    answer = nobody.ask("POST", "/v1/refresh", {"refresh_token": clerk.refresh_token})
    assert (answer.status_code, answer.json["code"]) == (401, "refresh-token-invalid")


def test_sign_out_ends_the_session(app: Gateway, nobody: Person) -> None:
    clerk, other = nobody.sign_in("clerk"), nobody.sign_in("clerk")
    gone = clerk.ask("POST", "/v1/sign-out")
    assert (gone.status_code, gone.data, gone.content_type) == (204, b"", None)
    assert _code_within_two_seconds(clerk) == "session-ended"
    assert nobody.ask("POST", "/v1/refresh", {"refresh_token": clerk.refresh_token}).status_code == 401
    assert other.get("/v1/me").status_code == 200


def test_another_worker_hears_of_a_sign_out(app: Gateway, nobody: Person, data: Path) -> None:
    clerk = nobody.sign_in("clerk")
    second = create_app(settings_for(data), {}, CHEAP)
    second.start()
    try:
        there = Person(second, clerk.token)
        assert there.get("/v1/me").status_code == 200
        clerk.ask("POST", "/v1/sign-out")
        assert _code_within_two_seconds(there) == "session-ended"
    finally:
        second.close()


def test_password_change_ends_the_other_sessions_only(nobody: Person) -> None:
    clerk, other = nobody.sign_in("clerk"), nobody.sign_in("clerk")
    body = {"current_password": PASSWORD, "new_password": "一个新的密码 2026!"}
    assert clerk.ask("POST", "/v1/me/password", body).status_code == 204
    assert _code_within_two_seconds(other) == "session-ended"
    assert clerk.get("/v1/me").status_code == 200
    assert nobody.sign_in("clerk", "一个新的密码 2026!").token
    assert nobody.ask("POST", "/v1/sign-in", {"name": "clerk", "password": PASSWORD}).status_code == 401


@pytest.mark.parametrize(("current", "new", "status", "code"), [
    ("not this one", "long enough now", 403, "current-password-wrong"),
    (PASSWORD, "short", 422, "content-invalid"),
    (PASSWORD, "", 422, "content-invalid"),
])
def test_password_change_refused(clerk: Person, current: str, new: str, status: int, code: str) -> None:
    answer = clerk.ask("POST", "/v1/me/password", {"current_password": current, "new_password": new})
    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_no_password_and_no_token_lies_in_the_database(app: Gateway, nobody: Person, data: Path) -> None:
    clerk = nobody.sign_in("clerk")
    with app.database.read() as connection:
        assert connection.execute(select(accounts.c.password_hash)).scalars().first().startswith("$argon2id$")
        assert clerk.refresh_token not in connection.execute(select(refresh_tokens.c.hash)).scalars().all()
    stored = b"".join(path.read_bytes() for path in (data / "db").glob("gateway*"))
    for secret in (PASSWORD.encode(), b"$argon2id$", str(clerk.refresh_token).encode()):
        assert secret not in stored


@pytest.mark.parametrize(("authorization", "code"), [
    (None, "token-missing"),
    ("", "token-missing"),
    ("Basic Y2xlcms6eA==", "token-invalid"),
    ("Bearer ", "token-invalid"),
    ("Bearer a.b.c", "token-invalid"),
    ("Bearer " + "x" * 5_000, "token-invalid"),
])
def test_bad_authorization(nobody: Person, authorization: str | None, code: str) -> None:
    headers = {} if authorization is None else {"Authorization": authorization}
    answer = nobody.get("/v1/me", **headers)
    assert (answer.status_code, answer.json["code"]) == (401, code)
    assert answer.headers["WWW-Authenticate"].startswith('Bearer realm="bangfu"')


@pytest.mark.parametrize(("forge", "code"), [
    ("other key", "token-invalid"), ("no algorithm", "token-invalid"), ("changed claims", "token-invalid"),
    ("other audience", "token-invalid"), ("no session", "session-ended"), ("other account", "session-ended"),
    ("none", None),
])
def test_forged_tokens(nobody: Person, clerk: Person, data: Path, forge: str, code: str | None) -> None:
    head, body, mac = clerk.token.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "=="))
    ours = OctKey.import_key(keys.load(settings_for(data)).token_secret)
    tokens = {
        "other key": jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(b"k" * 32)),
        "no algorithm": f"{_part({'alg': 'none'})}.{body}.",
        "changed claims": f"{head}.{_part({**claims, 'exp': claims['exp'] + 9_999})}.{mac}",
        "other audience": jwt.encode({"alg": "HS256"}, {**claims, "aud": "elsewhere"}, ours),
        "no session": jwt.encode({"alg": "HS256"}, {**claims, "sid": new_id()}, ours),
        "other account": jwt.encode({"alg": "HS256"}, {**claims, "sub": new_id()}, ours),
        "none": jwt.encode({"alg": "HS256"}, claims, ours),
    }
    answer = Person(nobody.app, tokens[forge]).get("/v1/me")
    assert answer.json.get("code") == code


def _part(data: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(data).encode()).decode().rstrip("=")


class TestShortLivedTokens:
    @pytest.fixture
    def door(self) -> DoorSettings:
        return DoorSettings(**{**CHEAP.__dict__, "access_seconds": 4})

    def test_token_expires_also_when_remembered(self, clerk: Person) -> None:
        assert clerk.get("/v1/me").status_code == 200
        time.sleep(4.1)
        answer = clerk.get("/v1/me")
        assert (answer.status_code, answer.json["code"]) == (401, "token-expired")
        assert "expired" in answer.headers["WWW-Authenticate"]


class TestFewTries:
    @pytest.fixture
    def door(self) -> DoorSettings:
        return DoorSettings(rate_per_minute=5, sign_in_per_minute=3, sign_in_per_minute_address=6, argon2="8,1,1")

    def test_tries_of_one_name_are_counted_from_everywhere(self, app: Gateway) -> None:
        codes = [_try(app, "ghost", f"10.0.0.{n}") for n in range(4)]
        assert codes == ["credentials-wrong"] * 3 + ["too-many-requests"]

    def test_tries_from_one_address_are_counted_over_names(self, app: Gateway) -> None:
        codes = {_try(app, f"ghost{n}", "10.0.0.1") for n in range(5)}
        assert codes == {"credentials-wrong"}
        assert [_try(app, f"other{n}", "10.0.0.1") for n in range(2)][-1] == "too-many-requests"

    def test_requests_of_an_account_are_counted(self, nobody: Person) -> None:
        clerk = nobody.sign_in("clerk")
        answers = [clerk.get("/v1/me") for _ in range(6)]
        assert [answer.status_code for answer in answers] == [200] * 5 + [429]
        assert [answer.headers["RateLimit-Remaining"] for answer in answers[:5]] == ["4", "3", "2", "1", "0"]
        assert 1 <= int(answers[-1].headers["Retry-After"]) <= 60


def _try(app: Gateway, name: str, address: str) -> str:
    answer = Person(app, address=address).ask("POST", "/v1/sign-in", {"name": name, "password": new_id()})
    return str(answer.json["code"])


def _code_within_two_seconds(person: Person) -> str | None:
    """The refusal a person gets within the two seconds that every worker has to hear of it."""
    until = time.monotonic() + 2.0
    while time.monotonic() < until:
        answer = person.get("/v1/me")
        if answer.status_code != 200:
            return str(answer.json["code"])
        time.sleep(0.05)
    return None
