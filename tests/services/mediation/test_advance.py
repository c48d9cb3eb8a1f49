"""Wage advances: when they may be asked for, how they are divided, and what relief's news does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.mediation.domain import refusals
from shared.kernel.ids import new_id
from tests.services.mediation import samples as s

#: 43 workers, uneven on purpose: 7,190,503 fen in all
CLAIMS_43 = [120_000 + 2_137 * number + number % 7 for number in range(43)]


def lines_of(dispute: object) -> list[dict[str, object]]:
    return s.told(dispute, "wage_advance_requested")[0]["lines"]


def test_70000_yuan_over_43_uneven_claims_is_exact() -> None:
    assert sum(CLAIMS_43) > 7_000_000
    dispute = s.with_facts(CLAIMS_43)
    dispute.request_wage_advance(7_000_000, None, "mediator", s.APPLIED_ON)
    lines = lines_of(dispute)
    assert len(lines) == 43
    assert sum(line["advanced_fen"] for line in lines) == 7_000_000
    assert len({line["advanced_fen"] for line in lines}) > 40
    assert all(0 < line["advanced_fen"] <= line["claimed_fen"] for line in lines)
    assert [line["worker_id"] for line in lines] == [claim.worker_id for claim in dispute.claims]


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=60), st.data())
def test_every_split_is_exact_and_within_each_claim(amounts: list[int], data: st.DataObject) -> None:
    total_fen = data.draw(st.integers(1, sum(amounts)))
    dispute = s.with_facts(amounts)
    dispute.request_wage_advance(total_fen, None, "mediator", s.APPLIED_ON)
    lines = lines_of(dispute)
    assert sum(line["advanced_fen"] for line in lines) == total_fen
    assert all(1 <= line["advanced_fen"] <= line["claimed_fen"] for line in lines)


def test_a_share_below_a_fen_gets_no_line() -> None:
    dispute = s.with_facts([1000, 1])
    dispute.request_wage_advance(3, None, "mediator", s.APPLIED_ON)
    assert [line["advanced_fen"] for line in lines_of(dispute)] == [3]
    assert dispute.claims[1].advance_state is None


def test_the_request_says_who_asked_and_why() -> None:
    dispute = s.with_facts([1000])
    dispute.request_wage_advance(1000, None, "li", s.APPLIED_ON)
    told = s.told(dispute, "wage_advance_requested")[0]
    assert (told["requested_by"], told["reason"], told["total_fen"]) == ("li", "BANK_TRANSFER_DELAY", 1000)


@pytest.mark.parametrize(("finding", "why"), [
    (None, "no session"),
    (s.finding(1000, undisputed=False), "disputed"),
    (s.finding(None), "acknowledge"),
    (s.finding(0), "acknowledge"),
    (s.finding(1000, short_term=False), "short term"),
])
def test_without_the_facts_there_is_no_advance(finding: dict[str, object] | None, why: str) -> None:
    dispute = s.in_mediation([1000])
    if finding is not None:
        dispute.hold_session(s.APPLIED_ON, "mediator", finding)
    with pytest.raises(refusals.AdvanceNotPossible, match=why):
        dispute.request_wage_advance(1000, None, "mediator", s.APPLIED_ON)


def test_only_wages_are_advanced() -> None:
    dispute = s.with_facts([1000], kind="SEVERANCE")
    with pytest.raises(refusals.AdvanceNotPossible, match="not about wages"):
        dispute.request_wage_advance(1000, None, "mediator", s.APPLIED_ON)


def test_the_latest_session_counts() -> None:
    dispute = s.with_facts([1000])
    dispute.hold_session(s.APPLIED_ON, "mediator", s.finding(1000, undisputed=False))
    with pytest.raises(refusals.AdvanceNotPossible):
        dispute.request_wage_advance(1000, None, "mediator", s.APPLIED_ON)


@pytest.mark.parametrize(("acknowledged", "asked"), [(1000, 1001), (700, 701)])
def test_not_more_than_claimed_or_acknowledged(acknowledged: int, asked: int) -> None:
    dispute = s.in_mediation([400, 600])
    dispute.hold_session(s.APPLIED_ON, "mediator", s.finding(acknowledged))
    with pytest.raises(refusals.AdvanceAboveClaims):
        dispute.request_wage_advance(asked, None, "mediator", s.APPLIED_ON)
    dispute.request_wage_advance(asked - 1, None, "mediator", s.APPLIED_ON)


def test_an_employer_cannot_acknowledge_more_than_is_claimed() -> None:
    dispute = s.in_mediation([1000])
    with pytest.raises(refusals.AcknowledgedAboveClaims):
        dispute.hold_session(s.APPLIED_ON, "mediator", s.finding(1001))


@pytest.mark.parametrize("stage", ["PROPOSED", "APPROVED", "DISBURSED", "OVERDUE", "REPAID"])
def test_a_second_advance_for_the_same_claims_is_refused(stage: str) -> None:
    dispute = s.with_facts([1000, 500])
    dispute.request_wage_advance(600, None, "mediator", s.APPLIED_ON)
    dispute.advance_reached(dispute.advances[0], stage)
    with pytest.raises(refusals.SecondAdvance, match=stage):
        dispute.request_wage_advance(100, None, "mediator", s.APPLIED_ON)
    assert len(dispute.advances) == 1


def test_a_refused_advance_frees_its_claims() -> None:
    dispute, first, second = s.with_facts([1000]), new_id(), new_id()
    dispute.request_wage_advance(600, None, "mediator", s.APPLIED_ON)
    refused = dispute.advance_of(first)
    dispute.advance_refused(refused, "余额不足")
    assert dispute.claims[0].advance_state == "REFUSED"
    dispute.request_wage_advance(500, None, "mediator", s.APPLIED_ON)
    assert dispute.advance_of(second) is dispute.advances[1]
    assert dispute.advance_of(first) is refused


def test_late_news_of_a_refused_advance_does_not_touch_the_next_one() -> None:
    dispute, first = s.with_facts([1000]), new_id()
    dispute.request_wage_advance(600, None, "mediator", s.APPLIED_ON)
    dispute.advance_refused(dispute.advance_of(first), "余额不足")
    dispute.request_wage_advance(500, None, "mediator", s.APPLIED_ON)
    dispute.advance_reached(dispute.advance_of(first), "PROPOSED")
    assert [advance.state for advance in dispute.advances] == ["REFUSED", "REQUESTED"]
    assert dispute.claims[0].advance_state == "REQUESTED"


def test_what_is_paid_cannot_be_refused_any_more() -> None:
    dispute, advance_id = s.advanced([1000], 600)
    dispute.advance_refused(dispute.advance_of(advance_id), "迟到的消息")
    assert dispute.advances[0].state == "DISBURSED"


def test_the_claims_show_what_each_worker_got() -> None:
    dispute, _ = s.advanced([1000, 500], 300)
    assert [(claim.advance_state, claim.advanced_fen) for claim in dispute.claims] == [
        ("DISBURSED", 200), ("DISBURSED", 100)]


@given(st.permutations([200, 350, 600]), st.booleans())
def test_repayments_count_once_whatever_their_order(totals: list[int], twice: bool) -> None:
    dispute, advance_id = s.advanced([1000], 600)
    s.agree(dispute, s.owed("REPAY_UNION", 600))
    for total in totals + totals * twice:
        dispute.advance_repaid(advance_id, total, total == 600, s.APPLIED_ON)
    assert dispute.obligations[0].done_fen == 600
    assert dispute.advances[0].state == "REPAID"
    assert dispute.state == "PERFORMED"
    assert len(s.told(dispute, "mediation_performed")) == 1
