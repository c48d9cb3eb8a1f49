"""Bad input gets its clear error, and nothing is half-done."""

from __future__ import annotations

import http.client
import json
import time
import uuid
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey
from kombu import Connection, Exchange

from shared.bus.topology import EVENTS
from shared.kernel.ids import new_id
from shared.runtime import keys
from shared.runtime.demo import people
from shared.runtime.demo.api import Api, Person, until
from shared.runtime.demo.cast import DISTRICT, OTHER_DISTRICT, Cast, employ, hire
from tests.centre import Centre

#: the databases refuse in different ways; who answers is the same split or not
pytestmark = pytest.mark.parametrize("centre", ["sqlite-one", "postgresql-split"], indirect=True, scope="session")
WORKERS, FUNDS, DISPUTES = "/v1/membership/workers", "/v1/relief/funds", "/v1/mediation/disputes"


def worker(number: int, **change: Any) -> dict[str, Any]:
    good = {"name": people.name(number), "id_number": people.resident_id(number), "registration": "OUTSIDE_RURAL",
            "employment": "EMPLOYED"}
    return {name: value for name, value in {**good, **change}.items() if value is not ...}


@pytest.mark.parametrize(("change", "pointer", "code"), [
    ({"name": ...}, "/name", "required"),
    ({"nickname": "x"}, "/nickname", "unknown-field"),
    ({"name": 7}, "/name", "not-a-string"),
    ({"name": "王\u0000"}, "/name", "wrong-characters"),
    ({"id_number": "370202197001011234"}, "/id_number", "identifier-check-digit"),
    ({"id_number": "37020219700231123X"}, "/id_number", "identifier-date"),
    ({"id_number": "123"}, "/id_number", "identifier-length"),
    ({"registration": "MARS"}, "/registration", "not-a-choice"),
    ({"employer_id": "not-an-id"}, "/employer_id", "not-an-id"),
])
def test_a_wrong_worker(cast: Cast, change: dict[str, Any], pointer: str, code: str) -> None:
    reply = cast["R1"].post(WORKERS, worker(700_001, **change))
    assert reply.status == 422
    assert [(error["pointer"], error["code"]) for error in reply.data["errors"]] == [(pointer, code)]


def test_a_wrong_uscc(cast: Cast) -> None:
    reply = cast["R1"].post("/v1/membership/employers", {"uscc": "91370202000000000Z", "name": "某公司"})
    assert (reply.status, reply.data["errors"][0]["pointer"]) == (422, "/uscc")


@pytest.mark.parametrize("amount", [0, -1, 2**53, 10**30, 1.5, "100", True, None])
def test_wrong_money(cast: Cast, number: int, amount: Any) -> None:
    fund = cast["R11"].does(FUNDS, {"source": "UNION", "name": f"测试 {number}"})
    reply = cast["R11"].post(f"{FUNDS}/{fund['id']}/receipts", {"amount_fen": amount, "receipt_no": "SJ-1"})
    assert (reply.status, reply.data["errors"][0]["pointer"]) == (422, "/amount_fen")
    assert cast["R11"].reads(f"{FUNDS}/{fund['id']}")["received_fen"] == 0


@pytest.mark.parametrize("day", ["2026-02-30", "2026-13-01", "01/05/2026", "yesterday", 20260501])
def test_a_date_that_does_not_exist(cast: Cast, day: Any) -> None:
    reply = cast["R17"].post(DISPUTES, {"kind": "WAGE", "employer_id": new_id(), "summary": "x", "knew_on": day})
    assert reply.status == 422
    assert "/knew_on" in [error["pointer"] for error in reply.data["errors"]]


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b'{"a": NaN}', b"[1]", b"[" * 50_000, b'{"name": "\\ud800"}'])
def test_a_body_that_is_no_json_object(cast: Cast, body: bytes) -> None:
    reply = cast["R1"].post(WORKERS, body)
    assert reply.status in (400, 422)
    assert reply.data["detail"]


def test_a_body_too_large_is_refused_before_it_is_sent(cast: Cast, centre: Centre) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", centre.port, timeout=10)
    connection.putrequest("POST", WORKERS)
    for name, value in {"Authorization": f"Bearer {cast['R1'].token}", "Idempotency-Key": str(uuid.uuid4()),
                        "Content-Type": "application/json", "Content-Length": str(2**20 + 1)}.items():
        connection.putheader(name, value)
    connection.endheaders()
    assert connection.getresponse().status == 413
    connection.close()


def test_a_body_of_another_kind(cast: Cast) -> None:
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    assert cast["R1"].send("POST", WORKERS, b"a=1", {**headers, "Content-Type": "text/plain"}).status == 415


def test_forged_and_expired_tokens(cast: Cast, centre: Centre) -> None:
    good = cast["R1"].token
    head, claims_part, mac = good.split(".")
    claims = jwt.decode(good, OctKey.import_key(keys.load(centre.settings).token_secret)).claims
    ours = OctKey.import_key(keys.load(centre.settings).token_secret)
    header = {"alg": "HS256", "kid": jwt.decode(good, ours).header["kid"]}
    forged = {
        "expired": jwt.encode(header, {**claims, "exp": int(time.time()) - 5}, ours),
        "other key": jwt.encode(header, claims, OctKey.import_key(b"0" * 32)),
        "tampered": f"{head}.{claims_part[:-2]}AA.{mac}",
        "garbage": "abc", "empty": "", "very long": "a" * 6_000,
    }
    for what, token in forged.items():
        reply = Person(centre.api, what, token).get(WORKERS)
        assert (reply.status, reply.headers["www-authenticate"][:6]) == (401, "Bearer"), what
    assert Person(centre.api, "good", good).get(WORKERS).status == 200


def test_what_lies_elsewhere_in_the_tree_is_not_found(cast: Cast, number: int) -> None:
    (here,) = hire(cast, None, range(710_000 + number, 710_001 + number))
    name = f"elsewhere-{number}"
    cast.open_account(name, "邻区窗口", [("R1", OTHER_DISTRICT), ("R4", OTHER_DISTRICT)])
    other = cast.named(name)
    path = f"{WORKERS}/{here['id']}"
    card = {"number": people.bank_card(number), "bank_name": "某银行"}
    assert other.get(path).status == 404
    assert other.post(f"{path}/bank-card", card, version=here["version"]).status == 404
    assert other.post(WORKERS, worker(720_000 + number, org_path=here["org_path"])).status == 404
    assert here["id"] not in [item["id"] for item in other.reads(WORKERS)["items"]]
    assert cast["R1"].get(f"{WORKERS}/{new_id()}").status == 404
    assert cast["R1"].get(f"{WORKERS}/../../etc").status == 404


def test_versions(cast: Cast, number: int) -> None:
    (here,) = hire(cast, None, range(730_000 + number, 730_001 + number))
    path, card = f"{WORKERS}/{here['id']}/bank-card", {"number": people.bank_card(number), "bank_name": "某银行"}
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    assert cast["R1"].send("POST", path, card, headers).status == 428
    for wrong in ("*", "7", '"x"', 'W/"1"', '"1", "2"'):
        assert cast["R1"].send("POST", path, card, {**headers, "If-Match": wrong}).status == 400, wrong
    stale = cast["R1"].post(path, card, version=here["version"] - 1)
    assert (stale.status, stale.data["current"]["version"], stale.data["sent"]) == (412, here["version"], card)


def test_idempotency_keys(cast: Cast, number: int) -> None:
    body = {"uscc": people.uscc(740_000 + number), "name": "某公司"}
    path = "/v1/membership/employers"
    for wrong in (None, "short", "x" * 101, "with space in it"):
        headers = {} if wrong is None else {"Idempotency-Key": wrong}
        assert cast["R1"].send("POST", path, body, headers).status == 400, wrong
    first = cast["R1"].post(path, body, key=f"employer-{number}")
    again = cast["R1"].post(path, body, key=f"employer-{number}")
    assert (first.status, again.data, again.headers["idempotent-replayed"]) == (201, first.data, "true")
    other = cast["R1"].post(path, {**body, "name": "另一公司"}, key=f"employer-{number}")
    assert (other.status, other.code) == (422, "idempotency-key-reused")


def test_a_role_that_may_not(cast: Cast) -> None:
    reply = cast["R21"].post(FUNDS, {"source": "UNION", "name": "x"})
    assert (reply.status, reply.headers["content-type"]) == (403, "application/problem+json")


def test_problems_speak_the_callers_language(cast: Cast, centre: Centre) -> None:
    def detail(language: str) -> str:
        reply = cast["R1"].send("GET", f"{WORKERS}/{new_id()}", headers={"Accept-Language": language})
        return str(reply.data["detail"])

    assert detail("en-GB,en;q=0.9").startswith("No such record")
    assert detail("zh-CN").startswith("在您的权限范围内")
    assert detail("fr").startswith("在您的权限范围内")
    assert Api(centre.api.base).send("GET", "/v1/nowhere").status == 404


def test_an_event_of_an_unknown_version_is_parked_not_lost(cast: Cast, centre: Centre, number: int) -> None:
    employ(cast, 750_000 + number, "某公司")  # so that the exchange is there
    event = {"specversion": "1.0", "id": new_id(), "type": "reception.incident_reported.v9", "subject": new_id(),
             "source": "/test", "orgpath": DISTRICT, "data": {"what": "来自未来"}}
    assert centre.amqp_url is not None
    with Connection(centre.amqp_url) as connection:
        producer = connection.Producer(exchange=Exchange(EVENTS.name, "topic"), routing_key=event["type"])
        producer.publish(json.dumps(event), content_type="application/cloudevents+json", delivery_mode=2)
    admin = cast.named("admin")
    for service in ("mediation", "legal"):
        path = f"/v1/{service}/parked-messages"

        def parked(at: str = path) -> Any:
            return [row for row in admin.reads(at)["items"] if row["event_id"] == event["id"]] or None

        (row,) = until(f"the event parked in {service}", parked)
        assert json.loads(row["envelope"]) == event
        assert "v9" in row["last_error"]
        gone = admin.does(f"{path}/{event['id']}/discard", {"reason": "测试事件"})
        assert gone["state"] == "discarded"
