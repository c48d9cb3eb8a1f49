"""What the door refuses and tells by itself, before any service is asked."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from sqlalchemy import update
from structlog.testing import capture_logs

from gateway.adapters.tables import api_clients
from gateway.app import MOST_BODY_BYTES, create_app
from gateway.authorise import caller_for
from gateway.docs import problem_types
from gateway.door import Gateway
from gateway.identities import Identity
from gateway.settings import DoorSettings
from shared.contracts.table import Operation
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from shared.runtime.config import SettingInvalid, Settings
from tests.gateway.conftest import CITY, COUNTY, Person
from tests.gateway.problem_catalogue import FILE, gathered, written

NOTES = "/v1/tiny/notes"
TEXT = {"text": "一"}


def refusal(answer: Any) -> tuple[int, str]:
    assert answer.content_type == "application/problem+json"
    assert answer.json["status"] == answer.status_code
    return answer.status_code, answer.json["code"]


@pytest.mark.parametrize("path", ["/", "/v1", "/v1/", "/v1/tiny", "/v1/tiny/notes/", "/v1//tiny/notes", "/v1/tiny/peek",
                                  "/v1/other/notes", "/docs/../wsgi.py", "/docs/wsgi.py", f"{NOTES}/a%00b",
                                  f"{NOTES}/%ff", f"{NOTES}/a%2Fb", "/problems/none-such"])
def test_unknown_paths(clerk: Person, path: str) -> None:
    assert refusal(clerk.get(path)) == (404, "no-such-path")


@pytest.mark.parametrize(("method", "path", "allowed"), [
    ("DELETE", NOTES, "GET, HEAD, POST"), ("PUT", f"{NOTES}/1", "GET, HEAD"), ("OPTIONS", "/v1/sign-in", "POST"),
    ("PATCH", "/v1/me", "GET, HEAD"), ("GET", "/v1/sign-in", "POST"), ("BREW", NOTES, "GET, HEAD, POST"),
])
def test_wrong_method_tells_the_right_ones(clerk: Person, method: str, path: str, allowed: str) -> None:
    answer = clerk.ask(method, path)
    assert refusal(answer) == (405, "method-not-allowed")
    assert answer.headers["Allow"] == allowed


@pytest.mark.parametrize(("key", "code"), [
    (None, "idempotency-key-missing"), ("  ", "idempotency-key-missing"), ("short", "idempotency-key-invalid"),
    ("x" * 101, "idempotency-key-invalid"), ("with space in", "idempotency-key-invalid"),
    ("schlüssel1", "idempotency-key-invalid"),
])
def test_idempotency_key(clerk: Person, key: str | None, code: str) -> None:
    headers = {} if key is None else {"Idempotency-Key": key}
    assert refusal(clerk.ask("POST", NOTES, TEXT, **headers)) == (400, code)


@pytest.mark.parametrize(("sent", "status", "code"), [
    (None, 428, "if-match-missing"), ("*", 400, "if-match-invalid"), ("7", 400, "if-match-invalid"),
    ('W/"7"', 400, "if-match-invalid"), ('"7", "8"', 400, "if-match-invalid"), ('"0"', 400, "if-match-invalid"),
    ('"-1"', 400, "if-match-invalid"), ('"9999999999999999"', 400, "if-match-invalid"),
    ('"٧"', 400, "if-match-invalid"),
])
def test_if_match(nobody: Person, sent: str | None, status: int, code: str) -> None:
    director = nobody.sign_in("director")
    answer = director.post(f"{NOTES}/{new_id()}/strike", **({} if sent is None else {"If-Match": sent}))
    assert refusal(answer) == (status, code)


def test_repeated_and_needless_parameters(clerk: Person) -> None:
    assert refusal(clerk.get(f"{NOTES}?limit=1&limit=2")) == (400, "parameter-repeated")
    assert refusal(clerk.get(f"{NOTES}/{new_id()}?x=1")) == (400, "parameter-unknown")
    assert refusal(clerk.get(f"{NOTES}?state=%ff")) == (400, "bad-request")
    assert refusal(clerk.get(NOTES + "?" + "&".join(f"p{n}=1" for n in range(60)))) == (400, "bad-request")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "", "application/jsonp"])
def test_body_must_be_json(app: Gateway, clerk: Person, kind: str) -> None:
    answer = raw(app, clerk, b'{"text":"x"}', {"Content-Type": kind})
    assert refusal(answer) == (415, "content-type-unsupported")


def test_content_type_may_name_its_charset(app: Gateway, clerk: Person) -> None:
    answer = raw(app, clerk, b'{"text":"x"}', {"Content-Type": "Application/JSON; charset=utf-8"})
    assert refusal(answer) == (503, "broker-unavailable")


@pytest.mark.parametrize("told", [True, False])
def test_large_body_is_refused(app: Gateway, clerk: Person, told: bool) -> None:
    body = b'{"text":"' + b"x" * MOST_BODY_BYTES + b'"}'
    with app.test_client() as http:
        answer = http.post(NOTES, input_stream=io.BytesIO(body), content_type="application/json", headers={
            "Authorization": f"Bearer {clerk.token}", "Idempotency-Key": new_id(),
            **({"Content-Length": str(len(body))} if told else {})}, environ_overrides={"wsgi.input_terminated": True})
    assert refusal(answer) == (413, "body-too-large")


def test_body_where_none_belongs(nobody: Person) -> None:
    director = nobody.sign_in("director")
    assert refusal(director.post(f"{NOTES}/{new_id()}/strike", {"a": 1}, version=1)) == (400, "body-unexpected")


@pytest.mark.parametrize("body", [b"{", b"[1]", b"\xff", b'{"name":"a","name":"b"}', b'{"name":NaN}', b"[" * 100_000])
def test_unreadable_bodies(app: Gateway, nobody: Person, body: bytes) -> None:
    answer = raw(app, nobody, body, {"Content-Type": "application/json"}, path="/v1/sign-in")
    assert answer.status_code in (400, 422)
    assert answer.json["code"] in ("body-unreadable", "content-invalid")


def test_without_a_broker_it_says_so(clerk: Person) -> None:
    answer = clerk.get(NOTES)
    assert refusal(answer) == (503, "broker-unavailable")
    assert answer.headers["Retry-After"]
    ready = clerk.get("/readyz")
    assert (ready.status_code, ready.json["missing"]) == (503, ["broker", "tiny"])
    assert clerk.get("/healthz").json == {"status": "alive"}


@pytest.mark.parametrize("traceparent", [None, "", "00-0-0-0", f"00-{'0' * 32}-{'1' * 16}-01", "x" * 500])
def test_request_without_a_good_trace_begins_one(nobody: Person, traceparent: str | None) -> None:
    answers = [nobody.get("/v1/me", **({} if traceparent is None else {"traceparent": traceparent})) for _ in range(2)]
    ids = {answer.headers["Trace-Id"] for answer in answers}
    assert len(ids) == 2
    assert all(re.fullmatch("[0-9a-f]{32}", trace_id) and trace_id != "0" * 32 for trace_id in ids)
    assert answers[0].json["trace_id"] == answers[0].headers["Trace-Id"]


def test_every_answer_has_its_headers(clerk: Person) -> None:
    for path in ("/v1/me", "/v1/none", "/docs", "/openapi.json", "/healthz", "/problems/not-found"):
        answer = clerk.get(path)
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Trace-Id"]
        assert "Set-Cookie" not in answer.headers
    assert clerk.get("/v1/none").headers["Cache-Control"] == "no-store"


def test_a_fault_of_ours_is_a_problem_without_details(app: Gateway, nobody: Person) -> None:
    made = nobody.sign_in("admin").post("/v1/gateway/api-clients", {
        "name": "bureau", "display_name": "人社局", "org_path": COUNTY, "scopes": ["a:b"]}).json
    client = {"client_id": made["id"], "client_secret": made["client_secret"]}
    token = nobody.ask("POST", "/v1/client-token", client).json["access_token"]
    with app.database.write() as connection:
        connection.execute(update(api_clients).values(scopes=5))
    with capture_logs() as logs:
        answer = Person(app, token).get("/v1/me")
    assert refusal(answer) == (500, "internal-error")
    assert "TypeError" not in answer.text
    assert any(isinstance(line.get("exc_info"), TypeError) for line in logs)


# -- pages -----------------------------------------------------------------------------------------------------


def test_every_problem_type_is_explained(nobody: Person) -> None:
    listed = {item["code"]: item for item in nobody.get("/problems").json["items"]}
    assert set(listed) == set(problem_types())
    for code in ("role-missing", "stale-version", "idempotency-key-missing", "outcome-unknown", "content-invalid"):
        page = nobody.get(f"/problems/{code}", Accept="text/html,*/*;q=0.8")
        assert (page.status_code, page.mimetype) == (200, "text/html")
        assert code in page.text
        assert nobody.get(f"/problems/{code}", Accept="application/json").json == listed[code]


def test_docs_load_nothing_from_elsewhere(nobody: Person) -> None:
    page = nobody.get("/docs")
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    needed = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert {"/docs/swagger-ui-bundle.js", "/docs/swagger-ui.css", "/docs/docs.js"} <= set(needed)
    for path in needed:
        assert path.startswith("/")
        assert nobody.get(path).status_code == 200
    assert '"/docs/openapi-3.0.json"' in nobody.get("/docs/docs.js").text


def test_problem_texts_are_those_of_the_code() -> None:
    now = FILE.read_text("utf-8")
    assert now == written(gathered()), "run: .venv/bin/python -m tests.gateway.problem_catalogue"


# -- roles, without HTTP ---------------------------------------------------------------------------------------


def identity(**given: Any) -> Identity:
    base = {"id": "a", "kind": "account", "name": "n", "display_name": "N", "org_path": "/home/", "worker_id": "w",
            "session_id": "s", "expires_at": 0.0}
    return Identity(**{**base, **given})


def row(*roles: Role) -> Operation:
    return Operation("do", "GET", "/do", "办", "Do", roles=frozenset(roles))


@pytest.mark.parametrize(("roles", "acting", "scopes", "org_path", "worker_id"), [
    ((Role.WINDOW_CLERK,), ("R1",), (COUNTY,), COUNTY, None),
    ((Role.WORKER,), ("R25",), (), CITY, "w"),
    ((Role.WORKER, Role.WINDOW_CLERK), ("R1", "R25"), (COUNTY,), COUNTY, "w"),
    ((Role.CENTRE_DIRECTOR, Role.WINDOW_CLERK), ("R1", "R8"), (COUNTY, "/37/9/", CITY), COUNTY, None),
])
def test_caller_holds_what_the_row_asks_for(roles: tuple[Role, ...], acting: tuple[str, ...], scopes: tuple[str, ...],
                                            org_path: str, worker_id: str | None) -> None:
    held = (("R1", COUNTY), ("R25", CITY), ("R8", "/37/9/"), ("R8", CITY))
    caller = caller_for(identity(held=held), row(*roles))
    assert (caller.roles, caller.scopes, caller.org_path, caller.worker_id) == (acting, scopes, org_path, worker_id)


# -- settings --------------------------------------------------------------------------------------------------


def test_settings_are_read_and_checked() -> None:
    read = DoorSettings.read({"BANGFU_RATE_PER_MINUTE": "7", "BANGFU_ARGON2": "8,1,1"})
    assert (read.rate_per_minute, read.argon2_costs, read.sign_in_per_minute) == (7, (8, 1, 1), 10)
    for wrong in ({"BANGFU_RATE_PER_MINUTE": "many"}, {"BANGFU_ARGON2": "8"}, {"BANGFU_SESSION_SECONDS": "-1"}):
        with pytest.raises(SettingInvalid):
            DoorSettings.read(wrong)
    with pytest.raises(SettingInvalid):
        create_app(Settings.read({}), {})


def raw(app: Gateway, person: Person, body: bytes, headers: dict[str, str], path: str = NOTES) -> Any:
    told = {"Idempotency-Key": new_id(), **headers}
    if person.token:
        told["Authorization"] = f"Bearer {person.token}"
    with app.test_client() as http:
        return http.post(path, data=body, headers=told)
