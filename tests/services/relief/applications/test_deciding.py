"""Deciding on applications: the cap, who approves, and who may not do two steps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from shared.kernel.clock import today
from shared.kernel.roles import Role
from tests.services.desks import Desk, caller
from tests.services.relief import households
from tests.services.relief.applications.matters import (
    APPROVAL,
    BILL,
    CHAIR,
    COUNTY,
    DIBAO_FEN,
    DIRECTOR,
    GROUP,
    OFFICER,
    STUDENT,
    TOWNSHIP,
    apply,
    bank_says,
    household,
    proposed,
)
from tests.services.relief.samples import fund, get_fund

Desks = Callable[[str], Desk]


@pytest.mark.parametrize(("amount_fen", "code"), [
    (0, "content-invalid"), (-5, "content-invalid"), (12 * DIBAO_FEN + 1, "relief-above-cap")])
def test_a_proposal_lies_within_the_cap(desk: Desks, relief: Desk, amount_fen: int, code: str) -> None:
    head, _ = household(desk)
    case = apply(relief, head)
    assert case.compute() == 12 * DIBAO_FEN
    status, data = case.do("propose_relief", COUNTY, amount_fen=amount_fen)
    assert (status, data["code"]) == (409 if code == "relief-above-cap" else 422, code)
    assert case.read()["state"] == "COMPUTED"
    assert case.must("propose_relief", COUNTY, amount_fen=12 * DIBAO_FEN)["proposed_fen"] == 12 * DIBAO_FEN


def test_the_explanation_names_rule_and_document_in_two_languages(desk: Desks, relief: Desk) -> None:
    case = proposed(desk)
    assert "NATIONAL" in case.now["explanation_zh"][0]
    assert "本平台默认值" in case.now["explanation_zh"][0]
    assert "12 months" in " ".join(case.now["explanation_en"])
    assert (case.now["rule_set"], case.now["certainty"], case.now["computed_on"]) == ("NATIONAL", "D", str(today()))


def test_earlier_money_of_the_year_counts(desk: Desks, relief: Desk) -> None:
    head, _ = household(desk, grade="RELATIVE")
    money = fund(relief)["id"]
    for number, fen in enumerate((1_200_000, 500_000)):
        case = apply(relief, head, "MEDICAL", need={**BILL, "bill_no": f"YL-{number}", "own_paid_fen": 2_500_000})
        case.propose(fen)
        case.approve(money)
    bank_says(relief, case.now["id"], "PAID")
    third = apply(relief, head, "MEDICAL", need={**BILL, "bill_no": "YL-9", "own_paid_fen": 2_500_000})
    assert third.compute() == 300_000
    assert any("已发放 ¥5,000.00,已预占 ¥12,000.00" in step for step in third.now["explanation_zh"])


def test_money_of_last_year_does_not_count(desk: Desks, relief: Desk) -> None:
    case = proposed(desk, 12 * DIBAO_FEN)
    case.approve(fund(relief)["id"])
    bank_says(relief, case.now["id"], "PAID", on=date(today().year - 1, 12, 31))
    case.read()
    case.must("confirm_relief_receipt", OFFICER, receipt_no="HF-1")
    assert apply(relief, case.now["worker_id"]).compute() == 12 * DIBAO_FEN


def test_the_cap_is_computed_again_at_approval(desk: Desks, relief: Desk) -> None:
    """Two bills, each within the cap when it was computed; together they are above it."""
    head, _ = household(desk, grade="RELATIVE")
    money = fund(relief)["id"]
    first, second = [apply(relief, head, "MEDICAL", need={**BILL, "bill_no": f"YL-{n}", "own_paid_fen": 2_500_000})
                     for n in range(2)]
    first.propose(1_500_000)
    second.propose(1_500_000)
    first.approve(money)
    assert second.refused("approve_relief", GROUP, fund_id=money, **APPROVAL) == "relief-above-cap"
    second.must("reject_relief", CHAIR, reason="超过年度标准")


def test_a_second_kind_is_refused_where_the_grade_gets_one(desk: Desks, relief: Desk, local: Any) -> None:
    local("programme_sets.yaml", "adoptions", rule_sets=["SET_A", "NATIONAL"])
    case = proposed(desk, grade="RELATIVE")
    case.approve(fund(relief)["id"])
    other = apply(relief, case.now["worker_id"], "MEDICAL", need=BILL)
    other.must("accept_relief_application", TOWNSHIP)
    assert other.refused("compute_relief", COUNTY) == "relief-single-item"


@pytest.mark.parametrize(("amount_fen", "refused", "by"), [
    (1_000_000, (), DIRECTOR), (1_000_001, (DIRECTOR,), CHAIR), (5_000_000, (DIRECTOR,), CHAIR),
    (5_000_001, (DIRECTOR, CHAIR), GROUP),
])
def test_the_amount_decides_who_approves(desk: Desks, relief: Desk, amount_fen: int, refused: Any, by: Any) -> None:
    case = proposed(desk, amount_fen, "MEDICAL", need={**BILL, "bill_fen": 9_000_000,
                                                          "own_paid_fen": 9_000_000})
    money = fund(relief)["id"]
    for who in refused:
        assert case.refused("approve_relief", who, fund_id=money, **APPROVAL) == "relief-approval-level"
    assert case.approve(money, by)["state"] == "RESERVED"


@pytest.mark.parametrize(("own_fen", "outside"), [(2_000_000, False), (2_000_001, True), (6_000_000, True)])
def test_large_medical_sums_need_the_paper_of_a_higher_body(desk: Desks, relief: Desk, local: Any, own_fen: int,
                                                            outside: bool) -> None:
    local("programme_sets.yaml", "adoptions", rule_sets=["SET_A", "NATIONAL"])
    case = proposed(desk, own_fen, "MEDICAL", need={**BILL, "bill_fen": own_fen, "own_paid_fen": own_fen})
    money = fund(relief)["id"]
    if outside:
        assert case.refused("approve_relief", GROUP, fund_id=money, **APPROVAL) == "relief-outside-approval-missing"
    done = case.approve(money, GROUP, outside_document_no="鲁工批〔2026〕8号" if outside else None)
    assert done["state"] == "RESERVED"


def test_applicant_surveyor_reviewer_proposer_and_approver_are_different_people(desk: Desks, relief: Desk) -> None:
    head, _ = household(desk)
    case = apply(relief, head)
    case.compute()
    surveyor = households.SURVEYORS[0].account_id
    for account in (OFFICER.account_id, surveyor):
        by = caller(Role.COUNTY_REVIEWER, account_id=account)
        assert case.refused("propose_relief", by, amount_fen=1) == "separation-of-duty"
    case.must("propose_relief", COUNTY, amount_fen=1)
    money = fund(relief)["id"]
    for account in (OFFICER.account_id, surveyor, TOWNSHIP.account_id, COUNTY.account_id):
        by = caller(Role.CENTRE_DIRECTOR, account_id=account)
        assert case.refused("approve_relief", by, fund_id=money, **APPROVAL) == "separation-of-duty"
    assert get_fund(relief, money)["reserved_fen"] == 0
    case.approve(money, DIRECTOR)


def test_fees_that_are_waived_lower_the_need_and_are_told(desk: Desks, relief: Desk) -> None:
    """减免学杂费 and books are aid without money: taken off, and for a person to look into."""
    plain = apply(relief, household(desk)[0], "STUDENT", need=STUDENT).compute()
    waived = {"payer": "EDUCATION", "form": "TUITION_WAIVER", "amount_fen": 120_000, "is_same_need": True}
    books = {"payer": "SOCIETY", "form": "GOODS", "amount_fen": 5_000, "is_same_need": True}
    case = apply(relief, household(desk)[0], "STUDENT", other_aid=[waived, books],
                 need={**STUDENT, "student_no": "G37020220100101999X"})
    assert case.compute() == plain - 125_000
    assert [one["form"] for one in case.now["other_aid"]] == ["TUITION_WAIVER", "GOODS"]
    assert [(one["code"], "学杂费减免" in one["zh"], "fees waived" in one["en"]) for one in case.now["findings"]] == [
        ("DUP-3", True, True), ("DUP-3", False, False)]
    told = relief.refused("apply_for_relief", OFFICER, body={
        "worker_id": case.now["worker_id"], "relief_type": "STUDENT", "need": STUDENT,
        "other_aid": [{**waived, "form": "LOAN"}]})
    assert told["code"] == "content-invalid"
