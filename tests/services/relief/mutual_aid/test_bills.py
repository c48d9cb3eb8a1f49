"""A bill, a stay, a lump sum: each is claimed once of a plan, however its number is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text

from tests.services.desks import Desk
from tests.services.relief.mutual_aid.aid import COUNTY, OFFICER, Claim, Unit, claim_body

DeskOf = Callable[[str], Desk]
HOSPITAL = ("HOSPITAL_TIERS", "HOSPITAL")
DAILY = ("ACCIDENT_DAILY", "ACCIDENT")


@pytest.fixture
def relief(desk: DeskOf) -> Desk:
    return desk("relief")


@pytest.fixture
def unit(desk: DeskOf, relief: Desk) -> Unit:
    unit = Unit(desk("membership"), 12)
    for plan in ("HOSPITAL_TIERS", "ACCIDENT_DAILY"):
        unit.covered(relief, plan)
    return unit


def stay(worker_id: str, **more: Any) -> dict[str, Any]:
    plan, cover = HOSPITAL
    return claim_body(plan, worker_id, cover, **{"own_paid_fen": 3_050_000, "bill_no": "ZY-2026-001", **more})


@pytest.mark.parametrize(
    "written", ["ZY-2026-001", "zy-2026-001", " ZY-2026-001", "\uff3a\uff39-2026-001", "ZY-2026 -001"])
def test_a_stay_is_claimed_once_however_its_number_is_written(relief: Desk, unit: Unit, written: str) -> None:
    first = relief.must("file_mutual_aid_claim", OFFICER, body=stay(unit.worker_ids[0]))
    refused = relief.refused("file_mutual_aid_claim", OFFICER, body=stay(unit.worker_ids[0], bill_no=written,
                                                                          own_paid_fen=2_000_000))
    assert (refused["code"], refused["errors"][0]["pointer"]) == ("mutual-aid-bill-claimed", "/bill_no")
    assert first["claim_no"] in refused["detail"]["zh"]
    assert len(relief.must("list_mutual_aid_claims", OFFICER)["items"]) == 1


def test_another_bill_worker_or_plan_is_another_claim(relief: Desk, unit: Unit) -> None:
    one, other = unit.worker_ids[:2]
    plan, cover = DAILY
    for body in (stay(one), stay(one, bill_no="ZY-2026-002"), stay(other),
                 claim_body(plan, one, cover, days=3, bill_no="ZY-2026-001")):
        relief.must("file_mutual_aid_claim", OFFICER, body=body)


def test_a_declined_claim_frees_its_bill(relief: Desk, unit: Unit) -> None:
    claim = Claim(relief, relief.must("file_mutual_aid_claim", OFFICER, body=stay(unit.worker_ids[0])))
    claim.must("decline_mutual_aid_claim", COUNTY, reason="材料不符")
    assert relief.must("file_mutual_aid_claim", OFFICER, body=stay(unit.worker_ids[0]))["state"] == "FILED"


@pytest.mark.parametrize(("plan", "figure"), [(HOSPITAL, {"own_paid_fen": 1}), (DAILY, {"days": 1})])
def test_a_stay_without_a_number_is_refused(relief: Desk, unit: Unit, plan: tuple[str, str],
                                            figure: dict[str, int]) -> None:
    body = claim_body(plan[0], unit.worker_ids[0], plan[1], bill_no=None, **figure)
    refused = relief.refused("file_mutual_aid_claim", OFFICER, body=body)
    assert (refused["code"], refused["errors"][0]["pointer"]) == ("mutual-aid-bill-missing", "/bill_no")


def test_a_claim_of_before_bills_were_kept_is_known_by_what_it_says(relief: Desk, unit: Unit) -> None:
    relief.must("file_mutual_aid_claim", OFFICER, body=stay(unit.worker_ids[0]))
    with relief.database.write() as connection:
        connection.execute(text("UPDATE mutual_aid_claims SET bill_no = NULL, event_key = NULL"))
    again = stay(unit.worker_ids[0], bill_no="ZY-9")
    assert relief.refused("file_mutual_aid_claim", OFFICER, body=again)["code"] == "mutual-aid-bill-claimed"
    relief.must("file_mutual_aid_claim", OFFICER, body={**again, "own_paid_fen": 3_050_001})


def test_the_bill_lies_encrypted(relief: Desk, unit: Unit) -> None:
    claim = relief.must("file_mutual_aid_claim", OFFICER, body=stay(unit.worker_ids[0]))
    assert relief.must("get_mutual_aid_claim", COUNTY, path={"claim_id": claim["id"]})["bill_no"] == "ZY-2026-001"
    with relief.database.read() as connection:
        rows = str(connection.execute(text("SELECT * FROM mutual_aid_claims")).all())
    assert "ZY-2026-001" not in rows
    assert "bill_no" not in relief.must("list_mutual_aid_claims", OFFICER)["items"][0]
