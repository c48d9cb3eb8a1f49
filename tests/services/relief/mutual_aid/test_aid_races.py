"""Two processes at once, on SQLite and PostgreSQL: a worker is enrolled once, a cap used once, a file counts once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shared.kernel.caller import Caller
from shared.kernel.ids import new_id
from shared.service.messages import Request
from tests.services.desks import Desk
from tests.services.relief.mutual_aid.aid import (
    ACCOUNT,
    BORNE_PLAN,
    CASHIER,
    DIRECTOR,
    EXCHANGE,
    OFFICER,
    Unit,
    claim_body,
    file_claim,
    half_is_borne,
    in_days,
    status_file,
    status_row,
)
from tests.services.relief.samples import assert_sound, fund, get_fund
from tests.services.relief.test_races import TwoDesks, at_once

DeskOf = Callable[[str], Desk]


def command(operation: str, who: Caller, body: dict[str, Any]) -> Request:
    return Request(operation, who, {}, {}, json.dumps(body).encode(), new_id(), None)


def test_two_lists_with_the_same_workers_enrol_them_once(two: TwoDesks, desk: DeskOf) -> None:
    unit = Unit(desk("membership"), 3)
    one, other = two
    body = unit.body("CITY_CRITICAL")
    answers = at_once([(one, command("enrol_unit", OFFICER, body)), (other, command("enrol_unit", OFFICER, body))])
    assert sorted(answer.status for answer in answers) == [201, 409]
    held = one.must("list_participations", OFFICER, query={"limit": 50})["items"]
    assert sorted(row["worker_id"] for row in held) == sorted(unit.worker_ids)


def test_claims_of_one_term_share_the_days_when_they_are_approved_at_once(two: TwoDesks, desk: DeskOf) -> None:
    unit = Unit(desk("membership"), 1)
    one, other = two
    unit.covered(one, "ACCIDENT_DAILY")
    money = fund(one, "MUTUAL_SURPLUS")
    claims = [file_claim(one, "ACCIDENT_DAILY", unit.worker_ids[0], "ACCIDENT", days=150) for _ in range(3)]
    for claim in claims:
        claim.submit(("ID", "ACCIDENT_PROOF", "DISCHARGE_SUMMARY"))
    body = json.dumps({"fund_id": money["id"], "document_no": "HZPF-1"}).encode()
    answers = at_once([(desk_, Request("approve_mutual_aid_claim", DIRECTOR, {"claim_id": claim.now["id"]}, {}, body,
                                       new_id(), claim.now["version"]))
                       for desk_, claim in zip((one, other, one), claims, strict=True)])
    told = [json.loads(answer.body) for answer in answers]
    assert sorted(one.get("approved_fen") or 0 for one in told) == [0, 150_000, 750_000]
    assert [one["code"] for one in told if "code" in one] == ["mutual-aid-nothing-due"]
    assert get_fund(one, money["id"])["reserved_fen"] == 900_000
    assert_sound(one, money["id"])


def test_one_stay_filed_twice_at_once_is_claimed_once(two: TwoDesks, desk: DeskOf) -> None:
    unit = Unit(desk("membership"), 1)
    one, other = two
    unit.covered(one, "ACCIDENT_DAILY")
    body = claim_body("ACCIDENT_DAILY", unit.worker_ids[0], "ACCIDENT", days=20)
    answers = at_once([(desk_, command("file_mutual_aid_claim", OFFICER, body)) for desk_ in (one, other, one)])
    assert sorted(answer.status for answer in answers) == [201, 409, 409]
    assert len(one.must("list_mutual_aid_claims", OFFICER)["items"]) == 1


def test_one_status_file_sent_twice_at_once_counts_once(two: TwoDesks, desk: DeskOf) -> None:
    unit = Unit(desk("membership"), 1)
    one, other = two
    unit.covered(one, "CITY_CRITICAL")
    claim = file_claim(one, "CITY_CRITICAL", unit.worker_ids[0], "CRITICAL_ILLNESS")
    claim.submit()
    body = status_file("S-1", status_row(claim, "PAID", 2_000_000))
    answers = at_once([(desk_, command("import_scheme_file", EXCHANGE, body)) for desk_ in (one, other)])
    assert [answer.status for answer in answers] == [201, 201]
    assert len({json.loads(answer.body)["id"] for answer in answers}) == 1
    assert len(one.told("mutual_aid_claim_paid")) == 1


def test_two_approve_the_unions_share_and_one_cancels(two: TwoDesks, desk: DeskOf, tmp_path: Path,
                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    """Reserved once, or given back: never twice, never for a list that is gone."""
    half_is_borne(tmp_path, monkeypatch)
    one, other = two
    money = fund(one, fen=100_000)
    one.must("enter_scheme_account", CASHIER, body={"plan": BORNE_PLAN, **ACCOUNT})
    enrolment = Unit(desk("membership"), 12).enrol(one, BORNE_PLAN)

    def on_it(operation: str, who: Caller, version: int | None, **body: str) -> Request:
        return Request(operation, who, {"enrolment_id": enrolment.now["id"]}, {}, json.dumps(body).encode(), new_id(),
                       version)

    approve = [on_it("approve_union_share", DIRECTOR, None, fund_id=money["id"], document_no="PF") for _ in range(2)]
    at_once([(one, approve[0]), (other, approve[1]),
             (one, on_it("cancel_enrolment", OFFICER, enrolment.now["version"], reason="撤回"))])
    borne = one.must("list_union_shares", DIRECTOR, query={"state": "RESERVED"})["items"]
    expected = 0 if enrolment.read()["state"] == "CANCELLED" else 1
    assert (len(borne), get_fund(one, money["id"])["reserved_fen"]) == (expected, expected * 18_000)
    assert_sound(one, money["id"])


def test_a_renewal_and_a_fresh_list_race(two: TwoDesks, desk: DeskOf) -> None:
    """Both follow the same participation; one of them is the next."""
    unit = Unit(desk("membership"), 2)
    one, other = two
    unit.covered(one, "CITY_CRITICAL")
    body = unit.body("CITY_CRITICAL", starts_on=in_days(365))
    answers = at_once([(one, command("enrol_unit", OFFICER, body)), (other, command("enrol_unit", OFFICER, body))])
    assert sorted(answer.status for answer in answers) == [201, 409]
