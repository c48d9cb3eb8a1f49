"""Claims through the dispatcher: filing, papers, this union's own plans and their money."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, text

from services.relief.adapters.payments import payment_lines
from shared.kernel.clock import today
from shared.kernel.roles import Role
from shared.store.tables import outbox
from tests.services.desks import Desk, caller
from tests.services.relief.households import active
from tests.services.relief.mutual_aid.aid import (
    COUNTY,
    DIRECTOR,
    GROUP,
    OFFICER,
    Claim,
    Unit,
    bank_says,
    claim_body,
    file_claim,
    in_days,
)
from tests.services.relief.samples import assert_sound, fund, get_fund

DeskOf = Callable[[str], Desk]
OnDay = Callable[[int], None]
PAPERS = ("ID", "SETTLEMENT_SHEET", "DISCHARGE_SUMMARY")


@pytest.fixture
def relief(desk: DeskOf) -> Desk:
    return desk("relief")


@pytest.fixture
def unit(desk: DeskOf) -> Unit:
    return Unit(desk("membership"), 12)


@pytest.fixture
def stay(relief: Desk, unit: Unit, on_day: OnDay) -> Claim:
    """A hospital stay after the waiting period: ¥12,500 by the tiers."""
    unit.covered(relief, "HOSPITAL_TIERS")
    on_day(30)
    return file_claim(relief, "HOSPITAL_TIERS", unit.worker_ids[0], "HOSPITAL", own_paid_fen=3_050_000)


def test_a_local_plan_pays_by_its_formula(relief: Desk, stay: Claim) -> None:
    money = fund(relief, "MUTUAL_SURPLUS")
    assert stay.now["computed_fen"] == 1_250_000
    told = relief.must("get_claim_computation", COUNTY, path={"claim_id": stay.now["id"]})
    assert told["amount_fen"] == 1_250_000
    assert any("起付线" in step for step in told["steps_zh"])
    assert any("deductible" in step for step in told["steps_en"])
    stay.submit(PAPERS)
    stay.must("approve_mutual_aid_claim", DIRECTOR, fund_id=money["id"], document_no="HZPF-1")
    assert get_fund(relief, money["id"])["reserved_fen"] == 1_250_000
    [line] = _lines(relief)
    assert (line.payee_kind, line.payee_id, line.purpose) == ("WORKER", stay.now["worker_id"], "MEDICAL")
    bank_says(relief, stay, "PAID", 1_250_000)
    assert (stay.now["state"], stay.now["paid_fen"], stay.now["paid_on"]) == ("PAID", 1_250_000, str(today()))
    [paid] = relief.told("mutual_aid_claim_paid")
    assert (paid["data"]["amount_fen"], paid["data"]["is_external"]) == (1_250_000, False)
    assert_sound(relief, money["id"])


def _lines(relief: Desk) -> list[Any]:
    with relief.database.read() as connection:
        return list(connection.execute(select(payment_lines)).all())


def test_a_large_claim_without_a_file_suggests_a_visit(relief: Desk, stay: Claim) -> None:
    _approve(relief, stay)
    bank_says(relief, stay, "PAID", 1_250_000)
    [told] = relief.told("mutual_aid_outreach_suggested")
    assert told["data"] == {"claim_id": stay.now["id"], "worker_id": stay.now["worker_id"]}


def _approve(relief: Desk, claim: Claim) -> dict[str, Any]:
    money = fund(relief, "MUTUAL_SURPLUS")
    claim.submit(PAPERS)
    claim.must("approve_mutual_aid_claim", DIRECTOR, fund_id=money["id"], document_no="HZPF-1")
    return money


def test_a_household_with_a_file_is_known_already(relief: Desk, unit: Unit, on_day: OnDay) -> None:
    unit.covered(relief, "HOSPITAL_TIERS")
    active(relief, on_day, unit.worker_ids[0])
    claim = file_claim(relief, "HOSPITAL_TIERS", unit.worker_ids[0], "HOSPITAL", own_paid_fen=3_050_000)
    _approve(relief, claim)
    bank_says(relief, claim, "PAID", 1_250_000)
    assert relief.told("mutual_aid_outreach_suggested") == []


def test_below_the_threshold_nobody_is_sent(relief: Desk, unit: Unit, on_day: OnDay) -> None:
    unit.covered(relief, "HOSPITAL_TIERS")
    on_day(30)
    claim = file_claim(relief, "HOSPITAL_TIERS", unit.worker_ids[0], "HOSPITAL", own_paid_fen=500_000)
    _approve(relief, claim)
    bank_says(relief, claim, "PAID", claim.now["approved_fen"])
    assert relief.told("mutual_aid_claim_paid")
    assert relief.told("mutual_aid_outreach_suggested") == []


def test_money_that_comes_back_waits_to_be_paid_again(relief: Desk, stay: Claim) -> None:
    _approve(relief, stay)
    bank_says(relief, stay, "FAILED", 1_250_000)
    assert stay.now["state"] == "APPROVED"
    bank_says(relief, stay, "PAID", 1_250_000)
    bank_says(relief, stay, "RETURNED", 1_250_000)
    assert (stay.now["state"], stay.now["paid_fen"]) == ("APPROVED", 0)
    bank_says(relief, stay, "PAID", 1_250_000)
    bank_says(relief, stay, "RECOVERED", 1_250_000, "错付")
    assert (stay.now["state"], stay.now["declined_reason"], stay.now["paid_fen"]) == ("DECLINED", "错付", 0)


def test_a_claim_declined_before_it_is_paid_frees_the_money(relief: Desk, stay: Claim) -> None:
    money = _approve(relief, stay)
    stay.must("decline_mutual_aid_claim", DIRECTOR, reason="材料不实")
    after = get_fund(relief, money["id"])
    assert (after["reserved_fen"], after["available_fen"]) == (0, 10_000_000)
    assert [line.state for line in _lines(relief)] == ["RELEASED"]
    assert_sound(relief, money["id"])


def test_what_is_in_a_batch_cannot_be_declined(relief: Desk, stay: Claim) -> None:
    money = _approve(relief, stay)
    with relief.database.write() as connection:
        connection.execute(text("UPDATE payment_lines SET state = 'BATCHED', batch_id = id"))
    assert stay.refused("decline_mutual_aid_claim", DIRECTOR, reason="材料不实") == "mutual-aid-in-payment"
    assert (stay.read()["state"], get_fund(relief, money["id"])["reserved_fen"]) == ("APPROVED", 1_250_000)


def test_the_illness_is_nowhere_to_be_read(relief: Desk, stay: Claim) -> None:
    """Not in the database, not in an event, not in a list; only in the claim itself."""
    secret = "某种疾病"
    assert stay.now["diagnosis"] == secret
    with relief.database.read() as connection:
        stored = connection.execute(text("SELECT diagnosis, cover FROM mutual_aid_claims")).one()
        audited = [str(row) for row in connection.execute(text("SELECT * FROM audit"))]
        told = [json.dumps(json.loads(row), ensure_ascii=False)
                for row in connection.execute(select(outbox.c.envelope)).scalars()]
    assert secret not in "".join([*stored, *audited, *told])
    assert "HOSPITAL" not in "".join(stored)
    filed = [one["data"] for one in relief.told("mutual_aid_claim_filed")]
    assert filed == [{"claim_id": stay.now["id"], "worker_id": stay.now["worker_id"]}]
    [row] = relief.must("list_mutual_aid_claims", OFFICER)["items"]
    assert not {"diagnosis", "cover", "diagnosed_on"} & set(row)


def test_a_worker_reads_their_own_claim_only(relief: Desk, unit: Unit, stay: Claim) -> None:
    mine, other = (caller(Role.WORKER, worker_id=one) for one in unit.worker_ids[:2])
    path = {"claim_id": stay.now["id"]}
    assert relief.must("get_mutual_aid_claim", mine, path=path)["id"] == stay.now["id"]
    assert relief.refused("get_mutual_aid_claim", other, path=path)["code"] == "not-found"
    assert relief.must("list_mutual_aid_claims", other)["items"] == []


def test_nothing_due_is_not_approved(relief: Desk, unit: Unit, on_day: OnDay) -> None:
    """In the waiting period the claim is kept, computed as nothing, and declined with the reason."""
    unit.covered(relief, "HOSPITAL_TIERS")
    on_day(29)
    claim = file_claim(relief, "HOSPITAL_TIERS", unit.worker_ids[0], "HOSPITAL", own_paid_fen=3_050_000)
    assert claim.now["computed_fen"] == 0
    claim.submit(PAPERS)
    money = fund(relief, "MUTUAL_SURPLUS")
    assert claim.refused("approve_mutual_aid_claim", DIRECTOR, fund_id=money["id"], document_no="D") == \
        "mutual-aid-nothing-due"
    claim.must("decline_mutual_aid_claim", COUNTY, reason="免责期内")
    assert relief.told("mutual_aid_claim_declined")


def test_stays_of_one_term_share_one_cap(relief: Desk, unit: Unit, on_day: OnDay) -> None:
    unit.covered(relief, "HOSPITAL_TIERS")
    on_day(30)
    worker = unit.worker_ids[0]
    claims = [file_claim(relief, "HOSPITAL_TIERS", worker, "HOSPITAL", own_paid_fen=4_000_000) for _ in range(3)]
    assert [claim.now["computed_fen"] for claim in claims] == [1_725_000] * 3  # what is only filed holds nothing
    for claim in claims:
        claim.submit(PAPERS)
    money = fund(relief, "MUTUAL_SURPLUS")
    approval = {"fund_id": money["id"], "document_no": "HZPF-1"}
    granted = [claim.must("approve_mutual_aid_claim", DIRECTOR, **approval)["approved_fen"] for claim in claims[:2]]
    assert granted == [1_725_000, 1_275_000]
    told = relief.must("get_claim_computation", COUNTY, path={"claim_id": claims[1].now["id"]})
    assert "封顶 ¥30,000.00,本期已批准给付 ¥17,250.00,尚可 ¥12,750.00" in told["steps_zh"]
    assert claims[2].refused("approve_mutual_aid_claim", DIRECTOR, **approval) == "mutual-aid-nothing-due"
    claims[0].must("decline_mutual_aid_claim", DIRECTOR, reason="重复住院")
    assert claims[2].must("approve_mutual_aid_claim", DIRECTOR, **approval)["approved_fen"] == 1_725_000
    assert get_fund(relief, money["id"])["reserved_fen"] == 3_000_000
    assert_sound(relief, money["id"])
    another = file_claim(relief, "HOSPITAL_TIERS", unit.worker_ids[1], "HOSPITAL", own_paid_fen=4_000_000)
    assert another.now["computed_fen"] == 1_725_000


def test_days_of_one_term_share_one_limit(relief: Desk, unit: Unit) -> None:
    unit.covered(relief, "ACCIDENT_DAILY")
    money, granted = fund(relief, "MUTUAL_SURPLUS"), []
    for _ in range(2):
        claim = file_claim(relief, "ACCIDENT_DAILY", unit.worker_ids[0], "ACCIDENT", days=100)
        claim.submit(("ID", "ACCIDENT_PROOF", "DISCHARGE_SUMMARY"))
        claim.must("approve_mutual_aid_claim", DIRECTOR, fund_id=money["id"], document_no="HZPF-1")
        granted.append(claim.now["approved_fen"])
    assert granted == [500_000, 400_000]
    last = file_claim(relief, "ACCIDENT_DAILY", unit.worker_ids[0], "ACCIDENT", days=100)
    told = relief.must("get_claim_computation", COUNTY, path={"claim_id": last.now["id"]})
    assert last.now["computed_fen"] == 0
    assert any("本期已批准给付 180 天" in step for step in told["steps_zh"])


def test_a_lump_sum_is_claimed_once(relief: Desk, unit: Unit) -> None:
    unit.covered(relief, "CITY_CRITICAL")
    first = file_claim(relief, "CITY_CRITICAL", unit.worker_ids[0], "CRITICAL_ILLNESS")
    body = claim_body("CITY_CRITICAL", unit.worker_ids[0], "CRITICAL_ILLNESS")
    assert relief.refused("file_mutual_aid_claim", OFFICER, body=body)["code"] == "mutual-aid-claimed-already"
    first.must("decline_mutual_aid_claim", COUNTY, reason="材料不符")
    assert relief.must("file_mutual_aid_claim", OFFICER, body=body)["state"] == "FILED"


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "a cover the plan has not": ({"cover": "TOOTHACHE"}, "mutual-aid-cover-unknown"),
    "without the figure the formula needs": ({"own_paid_fen": 0}, "mutual-aid-fact-missing"),
    "found tomorrow": ({"diagnosed_on": in_days(31)}, "mutual-aid-diagnosed-in-future"),
    "found before the term": ({"diagnosed_on": in_days(-1)}, "mutual-aid-not-covered"),
    "a hospital of no grade": ({"hospital_grade": 0}, "invalid"),
    "a negative amount": ({"own_paid_fen": -1}, "invalid"),
}


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_claim_is_refused(relief: Desk, unit: Unit, on_day: OnDay, bad: str) -> None:
    change, code = BAD[bad]
    unit.covered(relief, "HOSPITAL_TIERS")
    on_day(30)
    body = {**claim_body("HOSPITAL_TIERS", unit.worker_ids[0], "HOSPITAL", own_paid_fen=1_000_000), **change}
    refused = relief.refused("file_mutual_aid_claim", OFFICER, body=body)
    assert refused["code"] == code or (code == "invalid" and refused["status"] == 422)
    assert relief.must("list_mutual_aid_claims", OFFICER)["items"] == []


def test_a_claim_has_its_window_and_its_hospital(relief: Desk, unit: Unit, on_day: OnDay) -> None:
    unit.covered(relief, "CITY_CRITICAL")
    on_day(1)
    low = claim_body("CITY_CRITICAL", unit.worker_ids[0], "CRITICAL_ILLNESS", hospital_grade=1)
    assert relief.refused("file_mutual_aid_claim", OFFICER, body=low)["code"] == "mutual-aid-hospital-grade"
    body = claim_body("CITY_CRITICAL", unit.worker_ids[0], "CRITICAL_ILLNESS")
    on_day(367)
    assert relief.refused("file_mutual_aid_claim", OFFICER, body=body)["code"] == "mutual-aid-claim-late"
    on_day(366)
    assert relief.must("file_mutual_aid_claim", OFFICER, body=body)["state"] == "FILED"


def test_a_unit_that_has_not_paid_has_no_cover(relief: Desk, unit: Unit) -> None:
    unit.enrol(relief, "CITY_CRITICAL")
    body = claim_body("CITY_CRITICAL", unit.worker_ids[0], "CRITICAL_ILLNESS")
    assert relief.refused("file_mutual_aid_claim", OFFICER, body=body)["code"] == "mutual-aid-not-covered"


def test_papers_are_checked_by_somebody_else_and_must_be_there(relief: Desk, stay: Claim) -> None:
    both = caller(Role.GRASSROOTS_OFFICER, Role.COUNTY_REVIEWER, account_id=OFFICER.account_id)
    assert stay.refused("check_claim_documents", both, documents=list(PAPERS)) == "separation-of-duty"
    assert stay.refused("check_claim_documents", COUNTY, documents=["ID"]) == "mutual-aid-documents-missing"
    assert stay.read()["state"] == "FILED"


def test_a_fund_that_may_not_refuses_and_nothing_is_done(relief: Desk, stay: Claim) -> None:
    stay.submit(PAPERS)
    poor = fund(relief, "MUTUAL_SURPLUS", 1_000)
    assert stay.refused("approve_mutual_aid_claim", DIRECTOR, fund_id=poor["id"], document_no="D") == \
        "fund-insufficient"
    named = fund(relief, "SPONSOR", intents=["STUDENT"])
    assert stay.refused("approve_mutual_aid_claim", GROUP, fund_id=named["id"], document_no="D") == \
        "fund-purpose-denied"
    assert (stay.read()["state"], _lines(relief)) == ("SUBMITTED_TO_SCHEME", [])
