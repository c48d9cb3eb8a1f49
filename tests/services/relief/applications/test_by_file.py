"""Aid by the file: what central money asks of a household is asked of campaigns and of claims on mutual aid as well."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.relief.application.applications import by_file, reserving
from services.relief.application.applications.reserving import Ahead
from tests.services import people
from tests.services.desks import Desk
from tests.services.relief.applications.crowds import Campaign, draft, one_chunk
from tests.services.relief.applications.matters import (
    DIBAO_FEN,
    Application,
    active_file,
    apply,
    lines_of,
)
from tests.services.relief.mutual_aid.aid import DIRECTOR, Unit, file_claim
from tests.services.relief.samples import assert_sound, fund, get_fund

Desks = Callable[[str], Desk]


def head(desk: Desks, registration: str = "LOCAL_URBAN", level: str = "NATIONAL") -> str:
    """The head of a household with an active file; whoever works and is registered elsewhere is a migrant worker."""
    membership = desk("membership")
    worker_id = people.worker(membership, people.employer(membership), registration=registration)
    active_file(desk("relief"), [worker_id], level=level)
    return worker_id


def reasons(case: Campaign) -> list[str | None]:
    """The start of each line's reason, in the order of the list."""
    return [line["reason"] and line["reason"].split(" ")[0] for line in case.lines()]


def living(relief: Desk, months: int = 1) -> Campaign:
    return draft(relief, relief_type="LIVING", amounts_fen={"DEEP": months * DIBAO_FEN})


def mixed(desk: Desks) -> None:
    """A household that fits, one with a file of the county, a migrant who is no member, and one who is."""
    head(desk)
    head(desk, level="COUNTY")
    head(desk, "OUTSIDE_RURAL")
    people.join(desk("membership"), head(desk, "OUTSIDE_RURAL"))


def test_a_campaign_of_central_money_skips_whom_it_is_not_for(desk: Desks, relief: Desk) -> None:
    mixed(desk)
    case, money = living(relief), fund(relief, "CENTRAL")
    case.approve(money["id"])
    assert [line["state"] for line in case.lines()] == ["RESERVED", "SKIPPED", "SKIPPED", "RESERVED"]
    told = [line["reason"] for line in case.lines()]
    assert "NATIONAL 档案,本户为 COUNTY" in told[1]
    assert "take another fund" in told[1].lower()
    assert "须为工会会员" in told[2]
    assert (case.now["reserved_count"], case.now["skipped_count"]) == (2, 2)
    assert get_fund(relief, money["id"])["reserved_fen"] == 2 * DIBAO_FEN
    assert_sound(relief, money["id"])


def test_union_money_asks_for_nothing_of_it(desk: Desks, relief: Desk) -> None:
    mixed(desk)
    case = living(relief)
    case.approve(fund(relief)["id"])
    assert {line["state"] for line in case.lines()} == {"RESERVED"}


def test_a_long_campaign_asks_chunk_by_chunk(desk: Desks, relief: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reserving, "CHUNK", 3)
    mixed(desk)
    case, money = living(relief), fund(relief, "CENTRAL")
    assert case.approve(money["id"])["state"] == "RESERVING"
    one_chunk(relief)
    one_chunk(relief)
    assert case.read()["state"] == "RESERVED"
    assert [line["state"] for line in case.lines()] == ["RESERVED", "SKIPPED", "SKIPPED", "RESERVED"]


def test_a_chunk_whose_people_nobody_asked_about_is_left(desk: Desks, relief: Desk,
                                                         monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process did the chunk between the question and the transaction."""
    monkeypatch.setattr(reserving, "CHUNK", 3)
    mixed(desk)
    case = living(relief)
    case.approve(fund(relief, "CENTRAL")["id"])
    with monkeypatch.context() as stale:
        stale.setattr("services.relief.application.applications.ticks.look_ahead",
                      lambda *_: Ahead(frozenset(), by_file.Told()))
        one_chunk(relief)
    assert (case.read()["done_count"], lines_of(relief, case.now["id"])) == (0, [])


def test_the_central_cap_holds_in_a_campaign_beside_a_higher_local_one(desk: Desks, relief: Desk, local: Any) -> None:
    local("programmes.yaml", "programmes", rule_set="NATIONAL", relief_type="LIVING", grades=["DEEP"],
          tier="SAFEGUARD", period="HOUSEHOLD_YEAR", months=15)
    head(desk)
    first = living(relief, 13)
    assert first.approve(fund(relief, "CENTRAL", fen=10**8)["id"])["skipped_count"] == 1
    assert reasons(first) == ["超过本户年度标准"]
    assert living(relief, 13).approve(fund(relief)["id"])["reserved_count"] == 1


def test_an_application_without_a_file_gets_no_central_money(desk: Desks, relief: Desk, local: Any) -> None:
    local("fund_purposes.yaml", "purposes", sources=["CENTRAL"], purposes=["TEMPORARY"], verdict="ALLOW", zh="-",
          en="-")
    case: Application = apply(relief, people.worker(desk("membership"), None), "TEMPORARY")
    case.propose(1_000)
    told = case.do("approve_relief", DIRECTOR, fund_id=fund(relief, "CENTRAL")["id"], document_no="JZ-1")[1]
    assert told["code"] == "relief-source-not-for-file"


@pytest.fixture
def unit(desk: Desks, relief: Desk) -> Unit:
    made = Unit(desk("membership"), 12)
    made.covered(relief, "HOSPITAL_TIERS")
    return made


def test_central_money_pays_a_claim_only_by_the_file(desk: Desks, relief: Desk, unit: Unit,
                                                     on_day: Callable[[int], None]) -> None:
    money = {"fund_id": fund(relief, "CENTRAL")["id"], "document_no": "HZ-1"}
    on_day(30)
    worker = unit.worker_ids[0]
    claim = file_claim(relief, "HOSPITAL_TIERS", worker, "HOSPITAL", own_paid_fen=3_050_000)
    claim.submit(("ID", "SETTLEMENT_SHEET", "DISCHARGE_SUMMARY"))
    assert claim.refused("approve_mutual_aid_claim", DIRECTOR, **money) == "relief-source-not-for-file"
    active_file(relief, [worker], level="NATIONAL")
    assert claim.refused("approve_mutual_aid_claim", DIRECTOR, **money) == "relief-payee-not-a-member"
    people.join(desk("membership"), worker)
    claim.must("approve_mutual_aid_claim", DIRECTOR, **money)
    assert get_fund(relief, money["fund_id"])["reserved_fen"] == 1_250_000


def test_central_money_pays_a_claim_no_more_than_its_cap(desk: Desks, relief: Desk, unit: Unit, local: Any,
                                                         on_day: Callable[[int], None]) -> None:
    """The benefit of a plan may be above the part of a bill that central money pays."""
    local("programmes.yaml", "programmes", rule_set="CENTRAL", relief_type="MEDICAL", grades=["DEEP"],
          tier="SAFEGUARD", period="HOUSEHOLD_YEAR", base="own_paid_fen", share_bp=1_000)
    on_day(30)
    worker = unit.worker_ids[1]
    people.join(desk("membership"), worker)
    active_file(relief, [worker], level="NATIONAL")
    claim = file_claim(relief, "HOSPITAL_TIERS", worker, "HOSPITAL", own_paid_fen=3_050_000)
    claim.submit(("ID", "SETTLEMENT_SHEET", "DISCHARGE_SUMMARY"))
    told = claim.refused("approve_mutual_aid_claim", DIRECTOR, fund_id=fund(relief, "CENTRAL")["id"], document_no="H")
    assert told == "payment-above-cap"
