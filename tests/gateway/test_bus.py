"""Through the door to a real service and back: RabbitMQ, nameko, and a service process of its own."""

from __future__ import annotations

import base64
import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gateway.accounts.cli import add_account
from gateway.app import create_app
from gateway.door import Gateway
from shared.kernel.ids import new_id
from shared.runtime.servers.process import Process
from tests.gateway.conftest import CHEAP, CITY, COUNTY, PASSWORD, Person, settings_for
from tests.gateway.tiny import CONTRACT

ROOT = Path(__file__).parents[2]
WORKER = new_id()


def tiny_process(amqp_url: str, folder: Path) -> Process:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    return Process("tiny", [sys.executable, "-W", "ignore", "-m", "tests.gateway.tiny", amqp_url, str(folder)],
                   env=environment, log=folder / "tiny.log", cwd=ROOT)


@pytest.fixture(scope="module")
def folder(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(prepared, tmp_path_factory.mktemp("bus") / "var"))


@pytest.fixture(scope="module")
def bus_app(folder: Path, amqp_url: str) -> Iterator[Gateway]:
    """The door on the broker, whether or not the service runs."""
    made = create_app(settings_for(folder, AMQP_URL=amqp_url, BANGFU_DEADLINE_SECONDS="2"), {"tiny": CONTRACT}, CHEAP)
    made.start(wait_seconds=5)
    add_account(settings_for(folder), "worker", PASSWORD, "职工", [("R25", CITY)], worker_id=WORKER)
    add_account(settings_for(folder), "auditor", PASSWORD, "经审", [("R12", CITY)])
    yield made
    made.close()


@pytest.fixture(scope="module")
def service(bus_app: Gateway, amqp_url: str, folder: Path) -> Iterator[Process]:
    """The tiny service, answering."""
    with tiny_process(amqp_url, folder) as process:
        process.wait_ready(lambda: is_ready(bus_app), 20)
        yield process


def ending(digit: str) -> str:
    """A new id that ends with `digit`."""
    return new_id()[:-1] + digit


def is_ready(app: Gateway) -> bool:
    return Person(app).get("/readyz").status_code == 200


@pytest.fixture
def clerk(bus_app: Gateway, service: Process) -> Person:
    return Person(bus_app).sign_in("clerk")


@pytest.fixture
def director(bus_app: Gateway, service: Process) -> Person:
    return Person(bus_app).sign_in("director")


def test_a_file_is_saved_under_its_name_and_the_read_is_kept(clerk: Person) -> None:
    note = new_id()
    answer = clerk.get(f"/v1/tiny/notes/{note}/page")
    assert (answer.status_code, answer.data) == (200, "页,\x01".encode())
    assert answer.headers["Content-Type"] == "text/csv"
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''%E7%AC%AC%E4%B8%80%E9%A1%B5.csv"
    auditor = Person(clerk.app).sign_in("auditor")
    kept = auditor.get(f"/v1/tiny/audit-entries?subject_id={note}").json["items"]
    assert [(one["action"], one["roles"]) for one in kept] == [("fetch_page", "R1")]


def test_a_row_may_take_a_longer_body(clerk: Person) -> None:
    page = base64.b64encode(b"\x00" * 1_900_000).decode()
    assert clerk.post("/v1/tiny/long-notes", {"page": page}).json["text"] == "1900000"
    assert clerk.post("/v1/tiny/long-notes", {"page": page + "!"}).status_code == 422
    assert clerk.post("/v1/tiny/long-notes", {"page": page + "A" * 1_000_000}).json["code"] == "body-too-large"


def test_answer_comes_straight_through(clerk: Person) -> None:
    answer = clerk.post("/v1/tiny/notes", {"text": " 第一条 "})
    assert (answer.status_code, answer.json["text"], answer.headers["ETag"]) == (201, "第一条", '"3"')
    assert answer.headers["Location"] == f"/v1/tiny/notes/{answer.json['id']}"
    assert "第一条".encode() in answer.data
    assert (answer.headers["Cache-Control"], answer.headers["X-Content-Type-Options"]) == ("no-store", "nosniff")


@pytest.mark.parametrize(("name", "seen"), [
    ("clerk", {"roles": ["R1"], "scopes": [COUNTY], "org_path": COUNTY, "worker_id": None, "name": "窗口 王"}),
    ("director", {"roles": ["R1"], "scopes": [COUNTY], "org_path": COUNTY, "worker_id": None, "name": "主任 李"}),
    ("worker", {"roles": ["R25"], "scopes": [], "org_path": CITY, "worker_id": WORKER, "name": "职工"}),
])
def test_service_sees_the_roles_that_matter_and_no_others(clerk: Person, name: str, seen: dict[str, Any]) -> None:
    found = clerk.sign_in(name).get(f"/v1/tiny/notes/{ending('1')}").json["seen"]
    assert {key: found[key] for key in seen} == seen


def test_api_client_acts_for_its_part(bus_app: Gateway, service: Process) -> None:
    admin = Person(bus_app).sign_in("admin")
    made = admin.post("/v1/gateway/api-clients", {"name": "bureau", "display_name": "人社局", "org_path": COUNTY,
                                                  "scopes": ["tiny:write"]}).json
    token = Person(bus_app).ask("POST", "/v1/client-token", {
        "client_id": made["id"], "client_secret": made["client_secret"]}).json["access_token"]
    client = Person(bus_app, token)
    seen = client.post("/v1/tiny/notes", {"text": "x"}).json["seen"]
    assert (seen["roles"], seen["scopes"], seen["account_id"]) == (["CLIENT"], [COUNTY], made["id"])
    assert client.get("/v1/tiny/notes").json["code"] == "scope-missing"


def test_public_operation_needs_no_token(bus_app: Gateway, service: Process) -> None:
    answer = Person(bus_app).get("/v1/tiny/greeting")
    assert (answer.status_code, answer.json["seen"]["roles"]) == (200, [])


def test_query_goes_through_as_text_and_is_checked_by_the_service(clerk: Person) -> None:
    page = clerk.get("/v1/tiny/notes?limit=7&state=%E5%BC%80").json
    assert (page["items"][0]["seen"]["limit"], page["items"][0]["seen"]["state"]) == (7, "开")
    answer = clerk.get("/v1/tiny/notes?limit=900&wrong=1")
    assert answer.status_code == 422
    assert {error["pointer"]: error["code"] for error in answer.json["errors"]} == {
        "/limit": "out-of-range", "/wrong": "unknown-field"}


def test_command_is_repeated_by_its_key_and_belongs_to_its_account(clerk: Person, director: Person) -> None:
    key = new_id()
    first, second = (clerk.post("/v1/tiny/notes", {"text": "一"}, key=key) for _ in range(2))
    assert (second.json, second.headers["Idempotent-Replayed"]) == (first.json, "true")
    other = director.post("/v1/tiny/notes", {"text": "一"}, key=key)
    assert (other.status_code, other.json["id"] != first.json["id"]) == (201, True)
    assert clerk.post("/v1/tiny/notes", {"text": "二"}, key=key).json["code"] == "idempotency-key-reused"


def test_version_goes_through(director: Person) -> None:
    path = f"/v1/tiny/notes/{new_id()}/strike"
    assert director.post(path, version=7).json["seen"]["expected_version"] == 7
    assert director.post(path, version=9).json["code"] == "wrong-state"


@pytest.mark.parametrize(("accepted", "language", "title"), [
    (None, "zh", "没有找到"), ("en", "en", "Not found"), ("zh-CN,en;q=0.5", "zh", "没有找到"),
    ("fr, en;q=0.9, zh;q=0.1", "en", "Not found"), ("en;q=0, zh", "zh", "没有找到"), ("fr", "zh", "没有找到"),
    ("*", "zh", "没有找到"), ("en-GB", "en", "Not found"), (";;q=x", "zh", "没有找到"),
])
def test_service_refusal_in_the_callers_language(clerk: Person, accepted: str | None, language: str,
                                                 title: str) -> None:
    path = f"/v1/tiny/notes/{ending('0')}"
    answer = clerk.get(path, **({"Accept-Language": accepted} if accepted else {}))
    assert (answer.status_code, answer.content_type) == (404, "application/problem+json")
    assert (answer.headers["Content-Language"], answer.json["title"]) == (language, title)
    assert answer.json["instance"] == path
    assert answer.json["trace_id"] == answer.headers["Trace-Id"]
    assert clerk.get(answer.json["type"]).json["code"] == answer.json["code"]


def test_field_errors_in_the_callers_language(clerk: Person) -> None:
    answers = [clerk.post("/v1/tiny/notes", {"text": 1, "更多": 2}, **{"Accept-Language": tongue})
               for tongue in ("zh", "en")]
    details = [{error["pointer"]: error["detail"] for error in answer.json["errors"]} for answer in answers]
    assert details == [{"/text": "应为文本", "/更多": "没有这个字段,请删除或核对名称"},
                       {"/text": "Not a valid string.", "/更多": "Unknown field."}]


def test_trace_goes_on_to_the_service(clerk: Person) -> None:
    trace_id = "4bf92f3577b34da6a3ce929d0e0e4736"
    answer = clerk.post("/v1/tiny/notes", {"text": "x"}, traceparent=f"00-{trace_id}-00f067aa0ba902b7-01")
    assert answer.headers["Trace-Id"] == trace_id
    version, told, span, flags = answer.json["seen"]["traceparent"].split("-")
    assert (version, told, flags) == ("00", trace_id, "01")
    assert span != "00f067aa0ba902b7"


def test_late_answer_is_503_within_the_deadline(clerk: Person) -> None:
    began = time.monotonic()
    answer = clerk.get("/v1/tiny/sleep?seconds=2.6")
    assert (answer.status_code, answer.json["code"]) == (503, "outcome-unknown")
    assert 1.9 < time.monotonic() - began < 2.5
    assert int(answer.headers["Retry-After"]) >= 1


def test_many_at_once_do_not_mix_up(clerk: Person, bus_app: Gateway) -> None:
    ids = [ending("1") for _ in range(40)]
    found: dict[str, str] = {}

    def read(note_id: str) -> None:
        found[note_id] = clerk.get(f"/v1/tiny/notes/{note_id}").json["id"]

    threads = [threading.Thread(target=read, args=(note_id,)) for note_id in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {note_id: note_id for note_id in ids}


def test_metrics_count_what_was_asked(clerk: Person) -> None:
    clerk.get(f"/v1/tiny/notes/{ending('1')}")
    text = clerk.get("/metrics").text
    assert 'bangfu_gateway_request_seconds_count{operation="get_note",service="tiny",status="200"}' in text
    assert "bangfu_gateway_requests_in_flight 0.0" in text


def test_absent_service_is_503_at_once_and_nothing_is_done_later(bus_app: Gateway, amqp_url: str, folder: Path,
                                                                 service: Process) -> None:
    """Last in the file: it stops the service and starts it again."""
    clerk, key = Person(bus_app).sign_in("clerk"), new_id()
    service.stop()
    began = time.monotonic()
    answer = clerk.post("/v1/tiny/notes", {"text": "背后"}, key=key, **{"Accept-Language": "en"})
    assert (answer.status_code, answer.json["code"]) == (503, "service-unavailable")
    assert time.monotonic() - began < 1
    assert int(answer.headers["Retry-After"]) >= 1
    time.sleep(1.1)
    ready = clerk.get("/readyz")
    assert (ready.status_code, ready.json["missing"]) == (503, ["tiny"])
    assert 'bangfu_gateway_rpc_away_total{service="tiny"}' in clerk.get("/metrics").text
    with tiny_process(amqp_url, folder) as again:
        again.wait_ready(lambda: is_ready(bus_app), 20)
        repeated = clerk.post("/v1/tiny/notes", {"text": "背后"}, key=key)
        assert (repeated.status_code, "Idempotent-Replayed" in repeated.headers) == (201, False)
