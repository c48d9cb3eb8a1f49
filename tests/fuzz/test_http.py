"""The whole product through its door: whatever is sent, the answer is one that /openapi.json describes."""

from __future__ import annotations

import gzip
import json
import time
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth, negative_data_rejection, positive_data_acceptance

from gateway.render import Route
from shared.contracts.operator import KIT_OPERATIONS
from shared.kernel.ids import new_id
from shared.runtime.demo import people
from tests.fuzz.asking import calls, send
from tests.fuzz.described import Described
from tests.fuzz.values import NUMBERS, ORG_PATHS
from tests.stage import ROUTES, Stage

HARMLESS = {"suppress_health_check": list(HealthCheck), "phases": [Phase.generate], "database": None}
QUICK = settings(max_examples=2, derandomize=True, **HARMLESS)  # type: ignore[arg-type]
DEEP = settings(max_examples=25, **HARMLESS)  # type: ignore[arg-type]
DEPTHS = [pytest.param(QUICK, id="quick"), pytest.param(DEEP, id="deep", marks=pytest.mark.long)]
#: it would end the session of all the others
LEFT_OUT = {"session.sign_out"}
TRIED = [route for route in ROUTES if route.endpoint not in LEFT_OUT]
#: the same six rows of the kit stand in every contract; quickly, one service's stand for all
ONCE = [route for route in TRIED if route.row not in KIT_OPERATIONS or route.service == "relief"]
SERVICES = sorted({route.service for route in TRIED})
#: what JSON Schema does not say of a query: which columns a list sorts by, and that a cursor is one of its own
OPAQUE = {"cursor", "sort"}
STALE_SECONDS = 300

for name, strategy in {"resident-id": NUMBERS.map(people.resident_id), "uscc": NUMBERS.map(people.uscc),
                       "bank-card": NUMBERS.map(people.bank_card), "mobile": NUMBERS.map(people.mobile),
                       "org-path": ORG_PATHS}.items():
    schemathesis.openapi.format(name, strategy)


@pytest.fixture(scope="module")
def door(stage: Stage) -> Iterator[Described]:
    opened = Described(stage.centre.api.base, stage.everybody.token)
    yield opened
    opened.session.close()


@pytest.fixture(autouse=True)
def signed_in(door: Described, stage: Stage) -> None:
    """A deep test may take as long as a token is valid."""
    if time.monotonic() - stage.signed_in_at > STALE_SECONDS:
        stage.sign_in()
        door.token = stage.everybody.token


def chosen(service: str, depth: settings) -> list[Route]:
    return [route for route in (ONCE if depth is QUICK else TRIED) if route.service == service]


# -- from the description --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def described(door: Described) -> dict[tuple[str, str], Any]:
    """schemathesis' operations by method and path."""
    found = [one.ok() for one in schemathesis.openapi.from_url(f"{door.base}/openapi.json").get_all_operations()]
    return {(one.method.upper(), one.path): one for one in found}


def test_every_row_is_described_and_nothing_else(described: dict[tuple[str, str], Any]) -> None:
    assert set(described) == {(route.row.method, in_braces(route)) for route in ROUTES}


def in_braces(route: Route) -> str:
    return route.rule.replace("<", "{").replace(">", "}")


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("service", SERVICES)
def test_answers_are_as_described(door: Described, described: dict[tuple[str, str], Any], service: str,
                                  depth: settings) -> None:
    """Input made from the description, right and wrong: by schemathesis, with all its checks."""
    with requests.Session() as session:
        session.headers["Authorization"] = f"Bearer {door.token}"
        for route in chosen(service, depth):
            operation = described[route.row.method, in_braces(route)]
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                _try(operation, mode, session, depth)


def _try(operation: Any, mode: GenerationMode, session: requests.Session, depth: settings) -> None:
    @depth
    @given(case=operation.as_strategy(generation_mode=mode))
    def run(case: Any) -> None:
        answer = case.call(session=session)
        # a rule of the domain may refuse what the schema takes; the schema itself may not
        excluded = [ignored_auth, positive_data_acceptance]
        if answer.status_code == 414 or not _is_sent(case, answer):  # 414 is gunicorn's refusal of a long line
            excluded.append(negative_data_rejection)
        case.validate_response(answer, excluded_checks=excluded)
        if mode is GenerationMode.POSITIVE and not OPAQUE & set(case.query or ()):
            assert answer.status_code != 400, answer.text
            # to JSON Schema 4.0 is an integer, and to us it is not: nobody counts people or fen in decimals
            assert {error["code"] for error in content_errors(answer)} <= {"not-an-integer"}, answer.text

    run()


def _is_sent(case: Any, answer: Any) -> bool:
    """Whether the whole query left: what has an empty list for a value is not in a URL, and is no fault of anybody."""
    sent = parse_qs(urlsplit(answer.request.url).query, keep_blank_values=True)
    return set(case.query or ()) <= set(sent)


def content_errors(answer: Any) -> list[dict[str, str]]:
    """What the row's schema had against the request."""
    if answer.status_code != 422 or answer.json()["code"] != "content-invalid":
        return []
    return list(answer.json()["errors"])


# -- with real records -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("service", SERVICES)
def test_real_records_answer_as_described(door: Described, stage: Stage, service: str, depth: settings) -> None:
    """Good bodies, real ids and present versions get past every check, into the rules and states of the domain."""
    stage.look_around()
    known: dict[str, list[str]] = defaultdict(list)
    for route in ROUTES:
        for field in route.row.path_fields[:1]:
            known[field] = list(dict.fromkeys([*known[field], *stage.known(route)]))
    # new records first: the commands behind them find some to work on
    for route in sorted(chosen(service, depth), key=lambda route: route.row.status != 201):
        _ask(door, route, stage, known, depth)


def _ask(door: Described, route: Route, stage: Stage, known: dict[str, list[str]], depth: settings) -> None:
    @depth
    @given(calls(route, stage, known))
    def run(call: Any) -> None:
        answer = send(door, route, call)
        faults = door.faults(route, answer)
        assert not faults, (route.endpoint, call, answer.text[:300])
        assert answer.status_code != 400, (route.endpoint, call, answer.text[:300])

    run()


# -- with what no client should send ---------------------------------------------------------------------------

EMPLOYERS = "/v1/membership/employers"
RECEIPTS = "/v1/relief/funds/{fund}/receipts"


@pytest.mark.parametrize(("body", "status", "code"), [
    (b'{"name": "' + b"x" * 1_100_000 + b'"}', 413, "body-too-large"),
    (b"[" * 100_000, 400, "body-unreadable"),
    (b'{"a":' * 20_000 + b"1" + b"}" * 20_000, 400, "body-unreadable"),
    ('{"uscc": "电"}'.encode("gb18030"), 400, "body-unreadable"),
    ('{"uscc": "电"}'.encode("utf-16"), 400, "body-unreadable"),
    (b'\xef\xbb\xbf{"uscc": "1"}', 400, "body-unreadable"),
    (b'{"uscc": "\xc3("}', 400, "body-unreadable"),
    (b'{"uscc": "\xed\xa0\x80"}', 400, "body-unreadable"),
    (b'{"uscc": "\\ud800"}', 400, "body-unreadable"),
    (b'{"uscc": "1", "uscc": "2"}', 400, "body-unreadable"),
    (b'{"uscc": NaN}', 400, "body-unreadable"),
    (b'{"uscc": -Infinity}', 400, "body-unreadable"),
    (b'{"uscc": ' + b"9" * 5_000 + b"}", 400, "body-unreadable"),
    (b"\x00", 400, "body-unreadable"),
    (gzip.compress(b"{}", mtime=0), 400, "body-unreadable"),
    (b'{"name": "a\\u0000b", "uscc": "1"}', 422, "content-invalid"),
    (b"null", 422, "content-invalid"), (b"7", 422, "content-invalid"), (b'"x"', 422, "content-invalid"),
    (b"[]", 422, "content-invalid"), (b"{}", 422, "content-invalid")])
def test_a_body_that_is_no_body_of_ours(door: Described, body: bytes, status: int, code: str) -> None:
    route = next(route for route in ROUTES if route.endpoint == "membership.register_employer")
    answer = door.ask("POST", EMPLOYERS, body, Idempotency_Key=new_id())
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert door.faults(route, answer) == []


@pytest.mark.parametrize("amount", ["9007199254740993", "1e400", "1E2", "100.0", "-1", "0", "-0", "9" * 300, '"100"',
                                    "true", "null", "[1]", '{"fen": 1}', "1_000", "0x10", "٣"])
def test_money_that_is_no_amount(door: Described, stage: Stage, amount: str) -> None:
    (fund, *_), before = stage.ids["/v1/relief/funds"], stage.everybody.reads("/v1/relief/funds")["items"]
    body = f'{{"amount_fen": {amount}, "receipt_no": "SJ-{new_id()}"}}'.encode()
    answer = door.ask("POST", RECEIPTS.format(fund=fund), body, Idempotency_Key=new_id())
    assert answer.status_code in (400, 422), answer.text
    if answer.status_code == 422:
        assert [error["pointer"] for error in answer.json()["errors"]] == ["/amount_fen"]
    assert stage.everybody.reads("/v1/relief/funds")["items"] == before


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "multipart/form-data; boundary=x", "text/json",
                                  "application/x-www-form-urlencoded", "application/problem+json", "", "json", "*/*"])
def test_a_wrong_content_type(door: Described, kind: str) -> None:
    answer = door.ask("POST", EMPLOYERS, b"{}", Idempotency_Key=new_id(), Content_Type=kind)
    assert (answer.status_code, answer.json()["code"]) == (415, "content-type-unsupported")


@pytest.mark.parametrize(("headers", "statuses"), [
    ({"Accept": "image/png"}, {200}), ({"Accept-Language": ",;q=;;,zh;q=nine"}, {200}),
    ({"Accept-Language": "x" * 7_000}, {200}), ({"Cookie": "session=" + "a" * 4_000 + "; ; =; \xff"}, {200}),
    ({"Cookie": "access_token=forged; Authorization=Bearer x"}, {200}), ({"Host": "elsewhere.example"}, {200}),
    ({"Host": "a b"}, {200, 400}), ({"Traceparent": "00-" + "z" * 32 + "-0-0"}, {200}),
    ({"X-Forwarded-For": "10.0.0.1, ' OR 1=1"}, {200}), ({"X-HTTP-Method-Override": "DELETE"}, {200}),
    ({"If-Match": "*", "If-None-Match": "\"1\"", "Range": "bytes=0-1"}, {200}), ({"Expect": "200-ok"}, {200, 400, 417}),
    ({"Content-Length": "5"}, {200, 400}), ({"Content-Length": "-5"}, {400}), ({"Content-Length": "1, 2"}, {400}),
    ({"Content-Length": "99999999999999999999"}, {200, 400, 413}), ({"Transfer-Encoding": "gzip"}, {400, 501}),
    ({"X": "y" * 9_000}, {400, 431}), ({f"X-{n}": "y" for n in range(80)}, {400, 431}), ({"X y": "1"}, {400}),
    ({"X": "a\x00b"}, {400}), ({"Authorization ": "Bearer x"}, {400}), ({"X": "電".encode().decode("latin-1")}, {200})])
def test_odd_headers(door: Described, headers: dict[str, str], statuses: set[int]) -> None:
    status, _ = door.raw("GET", "/v1/me", {"Authorization": f"Bearer {door.token}", **headers})
    assert status in statuses
    assert door.ask("GET", "/v1/me").status_code == 200


@pytest.mark.parametrize("path", ["/v1/me%00", "/v1/../etc/passwd", "/v1/%2e%2e/%2e%2e/etc/passwd", "/v1//me",
                                  "/v1/me/", "/V1/ME", "/v1/me;a=b", "/v1/%c0%af", "/v1/%", "/v1/%ff%fe", "/v1", "/",
                                  "/v1/relief/funds/%00", "/v1/relief/funds/' OR 1=1 --", "/.env",
                                  "/v1/relief/funds/" + "9" * 3_000,
                                  "/v1/relief/funds/%F0%9F%92%A9", "/v1/relief/wage-advances/../funds",
                                  "/v1/relief/parked-messages/%00", "/v1/relief/parked-messages/%F0%9F%92%A9"])
def test_paths_that_lead_nowhere(door: Described, path: str) -> None:
    status, head = door.raw("GET", path.replace(" ", "%20"), {"Authorization": f"Bearer {door.token}"})
    assert status == 404, head
    assert b"application/problem+json" in head


@pytest.mark.parametrize("method", ["PATCH", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get", "FOO", "POST"])
def test_methods_that_no_row_has(door: Described, method: str) -> None:
    status, head = door.raw(method, "/v1/me", {"Authorization": f"Bearer {door.token}", "Content-Length": "0"})
    assert status in (400, 405), head


def test_pieces_and_old_versions_of_http(door: Described) -> None:
    chunks = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (b'{"na', b'me":', b" 7}")) + b"0\r\n\r\n"
    headers = {"Authorization": f"Bearer {door.token}", "Idempotency-Key": new_id(), "Content-Type": "application/json"}
    assert door.raw("POST", EMPLOYERS, {**headers, "Transfer-Encoding": "chunked"}, chunks)[0] == 422
    both = {**headers, "Transfer-Encoding": "chunked", "Content-Length": "3"}
    assert door.raw("POST", EMPLOYERS, both, chunks)[0] in (400, 422)
    assert door.raw("GET", "/v1/me", headers, version="HTTP/1.0")[0] == 200
    assert door.raw("GET", "/v1/me", headers, version="HTTP/9.9")[0] in (400, 505)
    assert door.raw("GET", "/v1/me?" + "x" * 5_000, headers)[0] == 414


@settings(max_examples=40, derandomize=True, database=None)
@given(query=st.dictionaries(st.sampled_from(["limit", "cursor", "sort", "state", "x", ""]), st.text(max_size=30)))
def test_any_query(door: Described, query: dict[str, str]) -> None:
    route = next(route for route in ROUTES if route.endpoint == "relief.list_funds")
    answer = door.session.get(door.base + route.rule, params=query, headers={"Authorization": f"Bearer {door.token}"},
                              timeout=30)
    assert door.faults(route, answer) == [], json.dumps(query)
