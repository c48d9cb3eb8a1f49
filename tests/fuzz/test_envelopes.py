"""Whatever comes over the bus: no reaction of any service raises, and nothing that came is lost."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select, update

from shared.contracts.catalogue import CONTRACTS, EVENTS
from shared.kernel.clock import real_now
from shared.runtime.demo.api import until
from shared.runtime.operate import database
from shared.service.react import DELAYS_SECONDS
from shared.store import encryption
from shared.store.tables import inbox
from tests.fuzz.values import JUNK, good, spoilt
from tests.services.desks import Desks, migrated
from tests.stage import Stage, envelope, publish

QUICK = settings(max_examples=12, derandomize=True, database=None, phases=[Phase.generate],
                 suppress_health_check=list(HealthCheck))
DEEP = settings(max_examples=200, database=None, suppress_health_check=list(HealthCheck))
DEPTHS = [pytest.param(QUICK, id="quick"), pytest.param(DEEP, id="deep", marks=pytest.mark.long)]
LISTENERS = [name for name, contract in CONTRACTS.items() if contract.consumes]
#: what a reaction may say of a well-formed event that it cannot use yet, or not in this state
REFUSALS = ("NotYet(", "WrongState(", "NotFound(", "ApplicantUnknown(")
FIELDS = ["id", "type", "subject", "sequence", "orgpath", "actor", "time", "traceparent", "data", "specversion", "more"]


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    """Every service on a SQLite file of its own; they ask each other."""
    before = encryption._cipher
    encryption.use(encryption.Cipher({"k1": b"1" * 32}, "k1", b"2" * 32))

    @cache
    def template(service: str) -> Path:
        return migrated(service, tmp_path_factory.mktemp(service))

    opened = Desks(template)
    yield opened
    opened.close()
    encryption._cipher = before


def tried(depth: settings, strategy: st.SearchStrategy[Any], check: Callable[[Any], None]) -> None:
    @depth
    @given(strategy)
    def run(data: Any) -> None:
        check(data)

    run()


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("service", LISTENERS)
def test_a_good_event_is_handled_or_waits_for_another(desks: Desks, service: str, depth: settings) -> None:
    desk = desks(service)

    def hear(told: dict[str, Any]) -> None:
        desk.reactor.receive(json.dumps(told).encode())
        with desk.database.read() as connection:
            row = connection.execute(select(inbox).where(inbox.c.event_id == told["id"])).one()
        assert row.state == "done" or (row.state == "waiting" and row.last_error.startswith(REFUSALS)), row.last_error

    for kind in CONTRACTS[service].consumes:
        tried(depth, good(EVENTS[kind].schema).map(lambda data, kind=kind: envelope(kind, data)), hear)


@pytest.mark.parametrize("depth", DEPTHS)
@pytest.mark.parametrize("service", LISTENERS)
def test_any_envelope_ends_in_the_inbox(desks: Desks, service: str, depth: settings) -> None:
    desk = desks(service)

    def hear(body: bytes) -> None:
        desk.reactor.receive(body)
        wanted = {"raw-" + hashlib.sha256(body).hexdigest(), _id_in(body)}
        with desk.database.read() as connection:
            found = set(connection.execute(select(inbox.c.event_id).where(
                inbox.c.state.in_(("parked", "waiting", "done")))).scalars())
        assert wanted & found, body

    tried(depth, messages(service), hear)


@pytest.mark.parametrize("change", [
    {"id": "\ud800"}, {"type": "\ud800"}, {"subject": "\ud800"}, {"orgpath": "nonsense"}, {"orgpath": ""},
    {"orgpath": 5},
    {"sequence": [1]}, {"sequence": "7"}, {"id": "a\x00b"}, {"data": None}])
def test_an_envelope_that_no_record_may_be_made_of_is_parked_at_once(desks: Desks, change: dict[str, Any]) -> None:
    desk, body = desks("legal"), json.dumps({**envelope("reception.visit_routed.v1", ROUTED), **change}).encode()
    desk.reactor.receive(body)
    with desk.database.read() as connection:
        row = connection.execute(select(inbox).where(
            inbox.c.event_id == "raw-" + hashlib.sha256(body).hexdigest())).one()
    assert (row.state, row.envelope) == ("parked", body.decode())


ROUTED = {"visit_no": "LF37020220260000015", "headcount": 1, "worker_id": None, "routed_on": "2026-05-05",
          "referrals": [
    {"referral_id": "0192f3b4-7c00-7000-8000-000000000002", "service": "legal", "matter": "LEGAL_AID"}]}


def messages(service: str) -> st.SearchStrategy[bytes]:
    """Events with one thing wrong, JSON that is no event, and bytes that are no JSON."""
    kinds = st.sampled_from(CONTRACTS[service].consumes)
    spoilt_data = kinds.flatmap(lambda kind: spoilt(EVENTS[kind].schema).map(lambda data: {
        **envelope(kind, {}), "data": data}))
    spoilt_field = st.builds(lambda kind, name, value: {**envelope(kind, {}), name: value}, kinds,
                             st.sampled_from(FIELDS), JUNK)
    lost_field = st.builds(lambda kind, name: {key: value for key, value in envelope(kind, {}).items() if key != name},
                           kinds, st.sampled_from(FIELDS))
    return (spoilt_data | spoilt_field | lost_field | JUNK).map(lambda told: json.dumps(told).encode()) | st.binary()


def _id_in(body: bytes) -> str | None:
    try:
        told = json.loads(body)
        return told["id"] if isinstance(told["id"], str) else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def test_a_poisoned_message_is_parked_after_its_attempts_while_others_flow(stage: Stage) -> None:
    """Through the real broker: relief tells of an advance for a dispute that mediation never had."""
    poison = envelope("relief.wage_advance_disbursed.v1", _disbursed(stage))
    visit = stage.cast["R1"].does("/v1/reception/visits", {
        "channel": "WINDOW", "categories": ["WAGE_ARREARS"], "summary": "多人讨薪", "headcount": 12})
    publish(stage.centre.settings, poison)
    path = f"/v1/mediation/parked-messages/{poison['id']}"
    admin = stage.cast.named("admin")
    until("the first attempt", lambda: admin.get(path).status == 200)
    # what comes behind it is handled meanwhile
    stage.cast["R2"].changes(f"/v1/reception/visits/{visit['id']}", "incident", {"blocks_road": True})
    until("the incident", lambda: stage.cast["R17"].reads("/v1/mediation/incidents", visit_id=visit["id"])["items"], 5)
    assert admin.reads(path)["state"] == "waiting"

    def parked() -> Any:
        _make_due(stage, poison["id"])
        found = admin.reads(path)
        return found if found["state"] == "parked" else None

    told = until("the message parked", parked)
    assert told["attempts"] == len(DELAYS_SECONDS) + 1
    assert json.loads(told["envelope"]) == poison
    assert "NotYet" in told["last_error"]
    gone = admin.does(f"{path}/discard", {"reason": "测试数据,没有这个案件"})
    assert (gone["state"], gone["note"]) == ("discarded", "测试数据,没有这个案件")


def _disbursed(stage: Stage) -> dict[str, Any]:
    nobody = "0192f3b4-7c00-7000-8000-000000000001"
    return {"advance_id": nobody, "advance_no": "DF37990120260000017", "dispute_id": nobody, "total_fen": 1,
            "disbursed_on": "2026-05-08", "lines": [{"claim_id": nobody, "worker_id": nobody, "advanced_fen": 1}]}


def _make_due(stage: Stage, event_id: str) -> None:
    """Four minutes of waiting are left out."""
    with database(stage.centre.settings, "mediation") as opened, opened.write() as connection:
        connection.execute(update(inbox).where(inbox.c.event_id == event_id, inbox.c.state == "waiting")
                           .values(next_attempt_at=real_now()))
