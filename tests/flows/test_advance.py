"""F1: the ¥70,000 case in full and its branches, through the public API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from shared.kernel.ids import new_id
from shared.kernel.money import apportion
from shared.runtime.demo import advance as f1
from shared.runtime.demo.api import until
from shared.runtime.demo.cast import DISTRICT, Cast, employ, hire
from tests.centre import Centre

FEW = 11


def balanced(story: f1.Story) -> Any:
    """The fund, after checking that its books agree to the fen."""
    path = f"/v1/relief/funds/{story.fund['id']}"
    trial = story.cast["R12"].reads(f"{path}/trial-balance")
    assert (trial["difference_fen"], trial["agrees"]) == (0, True)
    assert story.cast["R12"].reads(f"{path}/verification")["is_whole"]
    return story.cast["R12"].reads(path)


def figures(cast: Cast) -> dict[str, int]:
    return {row["code"]: row["value"] for row in cast["R21"].reads("/v1/reporting/summary")["indicators"]}


def up_to_advance(cast: Cast, number: int, headcount: int = FEW, total_fen: int = 1_500_000) -> f1.Story:
    story = f1.Story(cast, number)
    f1.come_to_reception(story, headcount)
    f1.open_case(story)
    f1.find_the_cause(story)
    f1.ask_for_the_advance(story, total_fen)
    return story


def advance_command(story: f1.Story, role: str, step: str, body: Any = None) -> Any:
    return story.cast[role].attempts(f"/v1/relief/wage-advances/{story.advance_id}", step, body)


def test_the_whole_case(cast: Cast, number: int) -> None:
    before = figures(cast)
    story = f1.Story(cast, number)
    visit = f1.come_to_reception(story)
    assert (visit["urgency"], visit["headcount"], visit["is_group"]) == ("INCIDENT", 43, True)
    dispute = f1.open_case(story)
    assert (dispute["state"], dispute["is_collective"], dispute["headcount"]) == ("IN_MEDIATION", True, 43)
    assert dispute["duty_lawyer_id"]
    assert dispute["chief_mediator_id"]
    f1.find_the_cause(story)
    proposed = f1.ask_for_the_advance(story)
    claims = [f1.claimed_fen(index) for index in range(43)]
    lines = {line["worker_id"]: line["advanced_fen"] for line in proposed["lines"]}
    assert [lines[worker["id"]] for worker in story.workers] == apportion(7_000_000, claims)
    assert (len(lines), sum(lines.values()), len(set(lines.values())) > 30) == (43, 7_000_000, True)
    approved = f1.approve_and_secure(story)
    assert (approved["state"], approved["is_emergency"]) == ("SECURED", True)
    paid = f1.disburse(story)
    fund = balanced(story)
    assert (paid["state"], paid["outstanding_fen"]) == ("DISBURSED", 7_000_000)
    assert (fund["available_fen"], fund["receivable_fen"]) == (13_000_000, 7_000_000)
    assert f1.agree(story)["state"] == "AGREED"
    assert f1.repay(story, 3_000_000, 1)["state"] == "PARTLY_REPAID"
    assert balanced(story)["receivable_fen"] == 4_000_000
    assert f1.repay(story, 4_000_000, 2)["state"] == "REPAID"
    assert (balanced(story)["available_fen"], balanced(story)["receivable_fen"]) == (20_000_000, 0)
    f1.pay_the_rest(story)
    rated = f1.close_and_rate(story)
    assert (rated["state"], rated["result_score"]) == ("RATED", 5)
    assert (story.dispute["state"], story.dispute["outcome"]) == ("PERFORMED", "PERFORMED")
    expected = {"visits": 1, "visit_person_times": 43, "disputes_accepted": 1, "dispute_persons": 43,
                "disputes_closed": 1, "disputes_performed": 1, "wage_advances_disbursed": 7_000_000,
                "wage_advances_repaid": 7_000_000}

    def grown() -> dict[str, int]:
        return {code: figures(cast)[code] - before[code] for code in expected}

    until("the report", lambda: grown() == expected or None, 15)


def test_a_second_advance_for_the_same_claims_is_refused(cast: Cast, number: int) -> None:
    story = up_to_advance(cast, number)
    path = f"/v1/mediation/disputes/{story.dispute_id}"
    again = cast["R17"].attempts(path, "wage-advances", {"total_fen": 100_000})
    assert (again.status, again.code) == (409, "second-advance")
    line = story.advance["lines"][0]
    beside = cast["R8"].post("/v1/relief/wage-advances", {
        "dispute_id": story.dispute_id, "employer_id": story.employer["id"], "reason": "BANK_TRANSFER_DELAY",
        "total_fen": 100, "lines": [{key: line[key] for key in ("claim_id", "worker_id", "claimed_fen")}
                                    | {"advanced_fen": 100}]})
    assert (beside.status, beside.code) == (409, "claim-already-advanced")


def test_relief_proposes_only_what_mediation_has_verified(cast: Cast, number: int) -> None:
    story = f1.Story(cast, number)
    f1.come_to_reception(story, FEW)
    claims = f1.open_case(story)["claims"]
    lines = [{"claim_id": claim["id"], "worker_id": claim["worker_id"], "claimed_fen": claim["claimed_fen"],
              "advanced_fen": 100_000} for claim in claims]

    def proposed(lines: list[dict[str, Any]], **changed: Any) -> Any:
        return cast["R8"].post("/v1/relief/wage-advances", {
            "dispute_id": story.dispute_id, "employer_id": story.employer["id"], "reason": "BANK_TRANSFER_DELAY",
            "total_fen": sum(line["advanced_fen"] for line in lines), "lines": lines, **changed})

    early = proposed(lines)
    assert (early.status, early.code) == (409, "arrears-not-verified")
    f1.find_the_cause(story)
    for made_up, code in ((proposed(lines, dispute_id=new_id()), "dispute-unknown"),
                          (proposed([{**lines[0], "claim_id": new_id()}]), "claim-not-in-dispute"),
                          (proposed([{**lines[0], "worker_id": lines[1]["worker_id"]}]), "claim-of-another-worker"),
                          (proposed([{**lines[0], "claimed_fen": 900_000}]), "claim-differs")):
        assert (made_up.status, made_up.code) == (422, code)
    first = proposed(lines[:3])
    assert (first.status, proposed(lines[2:]).code) == (201, "claim-already-advanced")
    assert proposed(lines[3:]).status == 201
    until("mediation knows of both", lambda: [one["total_fen"] for one in story.dispute["advances"]] == [
        300_000, 800_000])


def test_a_worker_of_another_employer_in_the_roster_is_refused(cast: Cast, number: int) -> None:
    mine, other = (employ(cast, 500_000 + 10 * number + n, f"某公司{number}-{n}") for n in (1, 2))
    person = 500_000 + 10 * number
    workers = hire(cast, mine["id"], range(person, person + 2)) + hire(cast, other["id"], range(person + 2, person + 3))
    refused = cast["R17"].post("/v1/mediation/disputes", {
        "kind": "WAGE", "employer_id": mine["id"], "summary": "拖欠工资", "claimants": f1.roster(workers)})
    assert (refused.status, refused.code) == (422, "claimant-of-another-employer")
    assert refused.data["errors"][0]["pointer"] == "/claimants/2/worker_id"


def test_who_asked_for_the_advance_may_not_approve_it(cast: Cast, number: int) -> None:
    name = f"both-{number}"
    cast.open_account(name, "调解员兼主席", [("R17", DISTRICT), ("R9", DISTRICT)])
    story = f1.Story(cast, number)
    f1.come_to_reception(story, FEW)
    f1.open_case(story)
    f1.find_the_cause(story)
    both, path = cast.named(name), f"/v1/mediation/disputes/{story.dispute_id}"
    both.changes(path, "wage-advances", {"total_fen": 100_000})
    found = until("the advance", lambda: cast["R11"].reads("/v1/relief/wage-advances",
                                                          dispute_id=story.dispute_id)["items"])[0]
    refused = both.attempts(f"/v1/relief/wage-advances/{found['id']}", "approve-emergency")
    assert (refused.status, refused.code) == (403, "separation-of-duty")


def test_central_money_may_not_pay_wages_and_names_the_document(cast: Cast, number: int) -> None:
    story = up_to_advance(cast, number)
    f1.approve_and_secure(story)
    fund = f1.endow(story, "CENTRAL")
    refused = advance_command(story, "R11", "disburse", {"fund_id": fund["id"], "document_no": f"FK-{number}"})
    assert (refused.status, story.advance["state"]) == (409, "SECURED")
    assert "〔2015〕20号" in refused.data["detail"]


def test_a_repayment_above_the_balance_is_refused(cast: Cast, number: int) -> None:
    story = up_to_advance(cast, number)
    f1.approve_and_secure(story)
    f1.disburse(story)
    refused = advance_command(story, "R11", "repayments", {"amount_fen": 1_500_001, "receipt_no": f"HK-{number}"})
    assert (refused.status, refused.code) == (409, "repayment-above-balance")
    assert refused.data["params"]["balance_fen"] == 1_500_000
    assert balanced(story)["receivable_fen"] == 1_500_000


def test_a_disbursement_sent_twice_pays_once(cast: Cast, number: int) -> None:
    story = up_to_advance(cast, number)
    f1.approve_and_secure(story)
    story.fund, version = f1.endow(story), story.advance["version"]
    path = f"/v1/relief/wage-advances/{story.advance_id}/disburse"
    body = {"fund_id": story.fund["id"], "document_no": f"FK-{number}"}
    first, second = (cast["R11"].post(path, body, version=version, key=f"disburse {number}") for _ in range(2))
    assert (first.status, second.status, first.data) == (200, 200, second.data)
    assert second.headers["idempotent-replayed"] == "true"
    third = cast["R11"].post(path, body, version=version)
    assert third.status == 412
    assert third.data["current"]["state"] == "DISBURSED"
    assert balanced(story)["receivable_fen"] == 1_500_000


@pytest.fixture
def later(centre: Centre) -> Iterator[Centre]:
    yield centre
    centre.shift_clock(0)


def test_an_overdue_advance_goes_to_recovery(cast: Cast, number: int, later: Centre) -> None:
    story = up_to_advance(cast, number)
    f1.approve_and_secure(story)
    f1.disburse(story)
    later.shift_clock(11)
    until("the advance overdue", lambda: story.advance["state"] == "OVERDUE")
    found = until("the recovery case in legal", lambda: [
        case for case in cast["R15"].reads("/v1/legal/recovery-cases", sort="-created_at")["items"]
        if case["advance_id"] == story.advance_id])
    assert found[0]["state"] == "OPEN"
    advance_command(story, "R8", "recovery", {"note": "申请支付令"})
    assert story.advance["state"] == "RECOVERING"
    assert f1.repay(story, 1_500_000, 1)["state"] == "REPAID"
    assert balanced(story)["receivable_fen"] == 0
