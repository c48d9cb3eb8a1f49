"""What the source of the money asks, and who else helped with the same need."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.services import people
from tests.services.desks import Desk
from tests.services.relief.applications.matters import (
    APPROVAL,
    AUDITOR,
    BILL,
    CHAIR,
    COUNTY,
    DIBAO_FEN,
    DIRECTOR,
    EXCHANGE,
    OFFICER,
    STUDENT,
    Application,
    active_file,
    apply,
    bank_says,
    household,
    lines_of,
    proposed,
)
from tests.services.relief.samples import assert_sound, fund, get_fund

Desks = Callable[[str], Desk]


@pytest.mark.parametrize(("source", "relief_type", "code"), [
    ("CENTRAL", "TEMPORARY", "fund-purpose-denied"),
    ("MUTUAL_SURPLUS", "LIVING", "fund-needs-collective-approval"),
    ("CENTRAL", "LIVING", "relief-source-not-for-file"),
])
def test_a_fund_of_the_wrong_purpose(desk: Desks, relief: Desk, source: str, relief_type: str, code: str) -> None:
    level = "NATIONAL" if relief_type == "TEMPORARY" else "COUNTY"
    case = proposed(desk, relief_type=relief_type, level=level)
    money = fund(relief, source)["id"]
    assert case.refused("approve_relief", DIRECTOR, fund_id=money, **APPROVAL) == code
    assert (case.read()["state"], get_fund(relief, money)["reserved_fen"]) == ("PROPOSED", 0)


def central(desk: Desks, *, registration: str, **more: Any) -> tuple[Application, str]:
    """An application of a national file that central money is asked to pay."""
    relief, membership = desk("relief"), desk("membership")
    head = people.worker(membership, people.employer(membership), registration=registration)
    active_file(relief, [head], level="NATIONAL")
    case = apply(relief, head, **more)
    case.propose()
    return case, fund(relief, "CENTRAL")["id"]


def test_central_money_is_for_national_files_and_for_migrants_who_are_members(desk: Desks, relief: Desk) -> None:
    case, money = central(desk, registration="OUTSIDE_RURAL")
    assert case.refused("approve_relief", CHAIR, fund_id=money, **APPROVAL) == "relief-payee-not-a-member"
    case, money = central(desk, registration="LOCAL_URBAN")
    assert case.approve(money, CHAIR)["fund_source"] == "CENTRAL"


def test_the_central_cap_holds_beside_a_higher_local_one(desk: Desks, relief: Desk, local: Any) -> None:
    local("programmes.yaml", "programmes", rule_set="NATIONAL", relief_type="LIVING", grades=["DEEP"],
          tier="SAFEGUARD", period="HOUSEHOLD_YEAR", months=15)
    case, money = central(desk, registration="LOCAL_URBAN")
    assert case.now["proposed_fen"] == 15 * DIBAO_FEN
    assert case.refused("approve_relief", CHAIR, fund_id=money, **APPROVAL) == "relief-above-cap"
    assert case.approve(fund(relief)["id"], CHAIR)["state"] == "RESERVED"


@pytest.mark.parametrize("what", ["poor", "frozen", "unknown", "none"])
def test_a_fund_that_cannot_pay_leaves_the_proposal_as_it_is(desk: Desks, relief: Desk, what: str) -> None:
    case = proposed(desk)
    money = fund(relief, fen=99_999 if what == "poor" else 1_000_000)
    if what == "frozen":
        relief.must("freeze_fund", AUDITOR, path={"fund_id": money["id"]}, version=money["version"],
                    body={"reason": "核查"})
    fund_id = {"unknown": case.now["id"], "none": None}.get(what, money["id"])
    expect = {"poor": "fund-insufficient", "frozen": "fund-frozen", "unknown": "not-found",
              "none": "relief-fund-missing"}[what]
    assert case.refused("approve_relief", DIRECTOR, fund_id=fund_id, **APPROVAL) == expect
    assert (case.read()["state"], lines_of(relief, case.now["id"])) == ("PROPOSED", [])
    assert_sound(relief, money["id"])


def test_the_same_need_of_the_same_period_is_refused(desk: Desks, relief: Desk) -> None:
    (head, _), (other, _) = household(desk), household(desk)
    for relief_type, need in (("LIVING", {}), ("MEDICAL", BILL), ("STUDENT", STUDENT),
                              ("FESTIVAL", {"occasion": "MID_AUTUMN"}), ("ACCIDENT", {"happened_on": "2026-03-01"})):
        first = apply(relief, head, relief_type, need=need)
        body = {"worker_id": head, "relief_type": relief_type, "need": need}
        told = relief.refused("apply_for_relief", OFFICER, body=body)
        assert (told["code"], told["params"]["about_no"]) == ("relief-same-need", first.now["application_no"])
    for relief_type, need in (("MEDICAL", BILL), ("STUDENT", STUDENT)):  # whoever brings the bill, or the child
        body = {"worker_id": other, "relief_type": relief_type, "need": need}
        assert relief.refused("apply_for_relief", OFFICER, body=body)["code"] == "relief-same-need"
    apply(relief, head, "STUDENT", need={**STUDENT, "semester": "2027-SPRING"})
    apply(relief, other, "LIVING")


def test_a_need_is_free_again_when_the_application_falls(desk: Desks, relief: Desk) -> None:
    head, _ = household(desk)
    for step, who in (("reject_relief", COUNTY), ("withdraw_relief", OFFICER)):
        apply(relief, head, "MEDICAL", need=BILL).must(step, who, reason="-")
    assert apply(relief, head, "MEDICAL", need=BILL).now["state"] == "SUBMITTED"


def test_living_relief_comes_in_parts_up_to_the_cap(desk: Desks, relief: Desk) -> None:
    head, _ = household(desk)
    money = fund(relief)["id"]
    for _part in range(3):
        case = apply(relief, head)
        case.propose(4 * DIBAO_FEN)
        case.approve(money)
        bank_says(relief, case.now["id"], "PAID")
        case.read()
        case.must("confirm_relief_receipt", OFFICER, receipt_no="HF")
    assert apply(relief, head).compute() == 0
    assert get_fund(relief, money)["paid_fen"] == 0  # the ledger's entry belongs to the payment batch


def test_a_student_aided_elsewhere_is_refused_where_the_rule_says_so(desk: Desks, relief: Desk, local: Any) -> None:
    local("programme_sets.yaml", "adoptions", rule_sets=["HUBEI", "NATIONAL"])
    local("programmes.yaml", "programmes", rule_set="NATIONAL", relief_type="STUDENT", grades=["DEEP"],
          school_levels=["HIGHER"], tier="SAFEGUARD", period="STUDENT_YEAR", most_fen=500_000, refuses_aided=True,
          excluded_students=["DIRECTED"], needs=["student_no"], needs_notice=True)
    head, _ = household(desk)
    aid = {"payer": "SOCIETY", "amount_fen": 100_000, "is_same_need": True}
    body = {"worker_id": head, "relief_type": "STUDENT", "need": STUDENT}
    assert relief.refused("apply_for_relief", OFFICER, body={**body, "other_aid": [aid]})["code"] == (
        "student-aided-elsewhere")
    directed = {**STUDENT, "student_kind": "DIRECTED"}
    assert relief.refused("apply_for_relief", OFFICER, body={**body, "need": directed})["code"] == "student-excluded"
    found = apply(relief, head, "STUDENT", need=STUDENT)
    found.compute()
    assert found.must("add_other_aid", EXCHANGE, **aid)["state"] == "COMPLETE"
    assert found.refused("compute_relief", COUNTY) == "student-aided-elsewhere"


def test_aid_of_others_is_a_finding_for_a_person(desk: Desks, relief: Desk) -> None:
    head, _ = household(desk)
    declared = {"payer": "CIVIL_AFFAIRS", "amount_fen": 300_000, "is_same_need": True}
    case = apply(relief, head, "MEDICAL", need={**BILL, "own_paid_fen": 1_000_000}, other_aid=[declared])
    assert case.compute() == 700_000
    assert [finding["code"] for finding in case.now["findings"]] == ["DUP-4"]
    assert case.refused("propose_relief", COUNTY, amount_fen=700_000) == "relief-finding-unexplained"
    case.must("propose_relief", COUNTY, amount_fen=700_000, finding_note="已向民政核实,只补自付部分")
    case.must("add_other_aid", EXCHANGE, payer="OTHER", amount_fen=50_000, is_same_need=False, document_no="BD-1")
    assert (case.now["state"], case.now["cap_fen"], case.now["proposed_fen"]) == ("COMPLETE", None, None)
    assert case.must("compute_relief", COUNTY)["cap_fen"] == 700_000
    assert len(case.now["findings"]) == 2
