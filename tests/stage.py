"""A running centre in which every story was told, so that there is at least one record of each aggregate."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from gateway.accounts.cli import add_account
from gateway.render import Route, routes
from shared.bus.publisher import ConfirmedPublisher
from shared.contracts.catalogue import CONTRACTS
from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.parameters import RULES_VARIABLE
from shared.kernel.roles import Role
from shared.runtime.config import Settings
from shared.runtime.demo import advance, job_fair, legal_aid, mutual_aid, people, visit
from shared.runtime.demo.api import Person, until
from shared.runtime.demo.cast import DISTRICT, PROVINCE, Cast, employ, gather, hire
from shared.runtime.demo.stories import STORIES
from shared.runtime.operate import parked_list
from tests.centre import Centre
from tests.services.relief.mutual_aid.aid import ACCOUNT, BORNE_PLAN, half_borne

PASSWORD = "only-for-these-tests"
#: a product of five parts answers at one door: the rows of all of them
ROUTES: tuple[Route, ...] = tuple(routes(CONTRACTS))
STORY = 77
CLIENT_SCOPES = sorted({route.row.client_scope for route in ROUTES if route.row.client_scope})


@dataclass
class Stage:
    """`ids` are the records there are, by the path of their list, for example `/v1/relief/funds`; `places` is where in
    the organisation tree each of them lies."""

    centre: Centre
    cast: Cast
    everybody: Person
    worker: Person
    client_token: str
    ids: dict[str, list[str]] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    signed_in_at: float = field(default_factory=time.monotonic)

    def sign_in(self) -> None:
        """Everybody once more: a token is good for some minutes."""
        self.everybody, self.signed_in_at = self.centre.api.sign_in("everybody", PASSWORD), time.monotonic()

    def look_around(self) -> None:
        """Learn what there is now."""
        for route in ROUTES:
            if route.row.many and not route.row.path_fields and not route.rule.endswith("/audit-entries"):
                found = self.everybody.reads(route.rule, limit=200)["items"]
                self.ids[route.rule] = [row.get("id") or row["event_id"] for row in found]
                self.places |= {row["id"]: row["org_path"] for row in found if "org_path" in row}

    def known(self, route: Route) -> list[str]:
        """The ids of records that the route's first path parameter may name."""
        return self.ids.get(route.rule.partition("/<")[0], [])


@contextmanager
def staged(folder: Path, amqp_url: str, database_url: str | None = None) -> Iterator[Stage]:
    """The centre with its stories; stopped at the end."""
    centre = Centre(folder, amqp_url, database_url)
    centre.extra[RULES_VARIABLE] = str(half_borne(folder / "rules", "3799"))
    centre.start()
    try:
        yield _tell(centre)
    finally:
        assert centre.stop() == 0, centre.output[-20:]


def _tell(centre: Centre) -> Stage:
    def add(name: str, password: str, display_name: str, grants: list[tuple[str, str]]) -> None:
        add_account(centre.settings, name, password, display_name, grants)

    cast = gather(centre.api, PASSWORD, add)
    add("everybody", PASSWORD, "全部岗位", [(role, PROVINCE) for role in Role if role is not Role.WORKER])
    story = advance.tell(cast, STORY)
    _overdue(cast, centre)
    job_fair.tell(cast, centre.shift_clock, STORY)
    visit.tell(cast, STORY)
    legal_aid.tell(cast, STORY)
    for _title, tell in STORIES:
        tell(cast, centre.shift_clock, STORY)
    membership = _the_rest(cast, story)
    _park(centre.settings)
    stage = Stage(centre, cast, centre.api.sign_in("everybody", PASSWORD), cast.named(f"worker-{story.first_person}"),
                  _api_client(cast))
    stage.look_around()
    stage.ids["/v1/membership/memberships"] = [membership["id"]]  # of which there is no list
    stage.places[membership["id"]] = membership["org_path"]
    return stage


def _overdue(cast: Cast, centre: Centre) -> None:
    """A second advance that nobody repays: legal opens a recovery case."""
    story = advance.Story(cast, STORY + 1)
    advance.come_to_reception(story, 11)
    advance.open_case(story)
    advance.find_the_cause(story)
    advance.ask_for_the_advance(story, 1_500_000)
    advance.approve_and_secure(story)
    advance.disburse(story)
    centre.shift_clock(11)
    until("the recovery case", lambda: cast["R15"].reads("/v1/legal/recovery-cases")["items"])
    centre.shift_clock(0)


def _the_rest(cast: Cast, story: advance.Story) -> Any:
    """Records that no story makes; the membership."""
    worker = story.workers[0]["id"]
    for path, role, body in (
            ("/v1/reception/windows", "R8", {"kind": "LEGAL_AID"}),
            ("/v1/legal/consultations", "R1", {"channel": "WINDOW", "topic": "WAGE", "outcome": "ADVICE",
                                               "minutes": "已答复", "worker_id": worker}),
            ("/v1/exchange/authorisations", "R20", authorisation()),
            ("/v1/exchange/agency-batches", "R20", batch())):
        cast[role].does(path, body, key=f"stage {path}")
    visit = cast["R1"].does("/v1/reception/visits", {"channel": "WINDOW", "categories": ["OTHER"],
                                                          "summary": "综合来访"})
    cast["R1"].changes(f"/v1/reception/visits/{visit['id']}", "route", {"referrals": [
        {"service": service, "matter": matter} for service, matter in MATTERS.items()]})
    for service in MATTERS:
        until(f"the referral in {service}", lambda service=service: cast["R8"].reads(  # type: ignore[misc]
            f"/v1/{service}/referrals", visit_id=visit["id"])["items"])
    _bear_half(cast)
    return cast["R4"].does("/v1/membership/memberships", {"worker_id": worker})


def _bear_half(cast: Cast) -> None:
    """The union's half of a fee, reserved for the scheme."""
    aid, number = "/v1/relief/mutual-aid", 700_100
    unit = employ(cast, number, "某纺织厂")
    workers = [{"worker_id": one["id"]} for one in hire(cast, unit["id"], range(number, number + mutual_aid.HEADCOUNT))]
    enrolment = cast["R4"].does(f"{aid}/enrolments", {
        "plan": BORNE_PLAN, "phase": 1, "unit_name": unit["name"], "employer_id": unit["id"], "staff": len(workers),
        "starts_on": str(today()), "workers": workers})
    cast["R11"].does(f"{aid}/scheme-accounts", {"plan": BORNE_PLAN, **ACCOUNT})
    fund = cast["R11"].does("/v1/relief/funds", {"source": "UNION", "name": "互助补贴"})
    cast["R11"].does(f"/v1/relief/funds/{fund['id']}/receipts", {"amount_fen": 10_000_000, "receipt_no": "BT-1"})
    cast["R8"].does(f"{aid}/enrolments/{enrolment['id']}/union-share",
                    {"fund_id": fund["id"], "document_no": "BTPF-1"})


#: every service that takes referrals, and something it takes
MATTERS = {"membership": "MEMBERSHIP", "mediation": "LABOUR_DISPUTE", "relief": "LIVING_RELIEF", "legal": "LEGAL_AID",
           "jobs": "TRAINING_PLACEMENT"}


def authorisation(number: int = 700_001) -> dict[str, Any]:
    """A signed paper of one adult."""
    return {"paper_no": f"SQ-{number}", "purpose": "HARDSHIP_FILE", "categories": ["RELIEF"],
            "valid_from": str(today()), "valid_to": str(today() + timedelta(days=300)),
            "signers": [{"name": people.name(number), "id_number": people.resident_id(number)}]}


def batch(number: int = 700_001) -> dict[str, Any]:
    """A list of one row, as an agency sends it."""
    rows = [{"category": "DISMISSED", "name": people.name(number), "id_no": people.resident_id(number),
             "registered_on": str(today()), "benefit_month_fen": 50_000}]
    text = json.dumps(rows, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return {"header": {"agency": "RSJ", "batch_no": f"B-{number}", "kind": "UNEMPLOYMENT", "division_code": "379901",
                       "data_date": str(today())}, "rows": rows,
            "trailer": {"count": 1, "amount_total_fen": 50_000, "sha256": hashlib.sha256(text.encode()).hexdigest()}}


def envelope(kind: str, data: Mapping[str, Any], **change: Any) -> dict[str, Any]:
    """An event as a service would publish it."""
    return {"specversion": "1.0", "id": new_id(), "source": f"/bangfu/{kind.split('.')[0]}", "type": kind,
            "subject": new_id(), "time": "2026-05-08T09:00:00+08:00", "datacontenttype": "application/json",
            "sequence": 100, "orgpath": DISTRICT, "actor": "test", "dataclass": "INTERNAL",
            "data": dict(data), **change}


def publish(settings: Settings, *envelopes: Mapping[str, Any] | bytes, key: str | None = None) -> None:
    """Put events on the real broker, past every outbox; `key` is the routing key of what has no type."""
    assert settings.amqp_url is not None
    publisher = ConfirmedPublisher(settings.amqp_url, "test")
    publisher.link.start(5)
    try:
        publisher.publish([(key or told["type"], told if isinstance(told, bytes) else json.dumps(told).encode())
                           for told in envelopes])
    finally:
        publisher.link.close()


def _park(settings: Settings) -> None:
    """An event of a version nobody knows, for every service that listens to anything."""
    wanted = {name: contract.consumes[0] for name, contract in CONTRACTS.items() if contract.consumes}
    for kind in set(wanted.values()):
        publish(settings, envelope(kind.rsplit(".", 1)[0] + ".v99", {"of": "tomorrow"}))
    until("what is parked", lambda: {row["service"] for row in parked_list(settings)} >= set(wanted))


def _api_client(cast: Cast) -> str:
    told = cast.named("admin").does("/v1/gateway/api-clients", {
        "name": "bureau", "display_name": "人社局", "org_path": DISTRICT, "scopes": CLIENT_SCOPES}, key="stage client")
    reply = cast.api.send("POST", "/v1/client-token", {"client_id": told["id"], "client_secret": told["client_secret"]})
    assert reply.status == 200, reply.data
    return str(reply.data["access_token"])
