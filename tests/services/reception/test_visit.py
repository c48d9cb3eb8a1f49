"""Visit (来访接待单): the state table, the people who may come, the rating window."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reception.domain import refusals
from services.reception.domain.referrals import VisitReferral
from services.reception.domain.visit import MACHINE, Visit
from shared.kernel.clock import SHANGHAI, now, today
from shared.kernel.errors import WrongState
from shared.kernel.ids import new_id

FORBIDDEN = [(state, command) for state in sorted(MACHINE.states) for command in sorted(MACHINE.commands)
             if command not in MACHINE.allowed(state)]


def visit(**told: Any) -> Visit:
    body: dict[str, Any] = {"channel": "WINDOW", "window_code": None, "worker_id": None, "display_name": None,
                            "headcount": 1, "representatives": [], "categories": ["WAGE_ARREARS"], "summary": "讨薪",
                            "urgency": "NORMAL", "first_handler": "clerk", "at": now(), **told}
    return Visit.register(new_id(), "/37/3702/370202/", "LF37020220260000018", **body)


def routed(*services: str) -> Visit:
    found = visit()
    found.route([(new_id(), service, "LABOUR_DISPUTE") for service in services], "clerk", today())
    return found


#: what each command of the table is asked with, in a state that forbids it
ASKED: dict[str, Callable[[Visit], None]] = {
    "answer": lambda v: v.answer(new_id(), "已答复", "clerk", now()),
    "route": lambda v: v.route([(new_id(), "legal", "LEGAL_AID")], "clerk", today()),
    "report_incident": lambda v: v.report_incident(None, None, is_violent=True, blocks_road=False),
    "ask_for_documents": lambda v: v.ask_for_documents(["劳动合同"], today()),
    "submit_documents": lambda v: v.submit_documents(today()),
    "withdraw": lambda v: v.withdraw(),
    "close": lambda v: v.close(new_id(), None, False, "clerk", now()),
    "rate": lambda v: v.rate(5, 5, None, "worker", today()),
    "reopen": lambda v: v.reopen("NEW_FACTS", "新证据", today()),
}


@pytest.mark.parametrize(("state", "command"), [pair for pair in FORBIDDEN if pair[1] in ASKED])
def test_a_move_the_table_does_not_have_is_refused(state: str, command: str) -> None:
    found = visit()
    found.state = state
    before = (found.version, len(found.happened))
    with pytest.raises(WrongState):
        ASKED[command](found)
    assert (found.state, found.version, len(found.happened)) == (state, *before)


@given(st.integers(0, 9), st.integers(1, 60))
def test_at_most_five_represent_and_no_more_than_came(number: int, headcount: int) -> None:
    chosen = [new_id() for _ in range(number)]
    if number > 5:
        with pytest.raises(refusals.TooManyRepresentatives) as refusal:
            visit(representatives=chosen, headcount=headcount)
        assert refusal.value.params == {"given": number, "most": 5}
    elif headcount < number:
        with pytest.raises(refusals.HeadcountTooSmall):
            visit(representatives=chosen, headcount=headcount)
    else:
        assert visit(representatives=chosen, headcount=headcount).representatives == chosen


@pytest.mark.parametrize(("headcount", "is_group"), [(9, False), (10, True), (43, True)])
def test_ten_people_are_a_group(headcount: int, is_group: bool) -> None:
    assert visit(headcount=headcount).is_group is is_group


def test_deadlines_count_from_the_first_day() -> None:
    found = visit(at=datetime(2026, 4, 1, 9, tzinfo=SHANGHAI))
    assert str(found.notice_due_on) == "2026-04-16"
    found.route([(new_id(), "legal", "LEGAL_AID")], "clerk", datetime(2026, 4, 3, tzinfo=SHANGHAI).date())
    assert str(found.referrals[0].accept_due_on) == "2026-04-07"  # the 4th to the 6th are Qingming


def test_the_summary_is_in_no_event() -> None:
    found = visit(summary="身患重病", display_name="某某")
    assert "身患重病" not in str(found.happened)
    assert "某某" not in str(found.happened)


def test_an_incident_needs_a_group_violence_or_a_blocked_road() -> None:
    with pytest.raises(refusals.NoIncident):
        visit(headcount=9).report_incident(None, None, is_violent=False, blocks_road=False)
    small, large = visit(headcount=2), visit(headcount=43)
    small.report_incident(None, None, is_violent=False, blocks_road=True)
    large.report_incident(None, "BANK_TRANSFER_DELAY", is_violent=False, blocks_road=False)
    assert (small.risk_level, large.risk_level) == ("HIGH", "MEDIUM")
    with pytest.raises(refusals.IncidentKnown):
        large.report_incident(None, None, is_violent=True, blocks_road=False)


def test_a_refused_matter_comes_back_to_the_desk_and_is_routed_again() -> None:
    found = routed("legal")
    found.hear(found.referrals[0], "REFUSED", None, "不属于法律援助范围")
    assert found.state == "REGISTERED"
    found.route([(new_id(), "mediation", "LABOUR_DISPUTE")], "clerk", today())
    assert [one.state for one in found.referrals] == ["SUPERSEDED", "SENT"]
    found.hear(found.referrals[1], "ACCEPTED")
    found.hear(found.referrals[1], "FINISHED", None, "已调解")
    assert found.state == "ANSWERED"


def test_one_of_two_refused_keeps_the_visit_in_service_until_the_other_is_done() -> None:
    found = routed("legal", "mediation")
    found.hear(found.referrals[0], "ACCEPTED")
    found.hear(found.referrals[1], "REFUSED", None, "不属于劳动争议")
    assert found.state == "IN_SERVICE"
    found.hear(found.referrals[0], "FINISHED", None, "已指派律师")
    assert found.state == "REGISTERED"


@given(st.permutations(["ACCEPTED", "FINISHED", "ACCEPTED", "FINISHED"]))
def test_in_whatever_order_a_service_is_heard_the_visit_ends_answered_once(told: list[Any]) -> None:
    found = routed("legal")
    for state in told:
        found.hear(found.referrals[0], state, None, None)
    assert found.state == "ANSWERED"
    assert [one.event for one in found.happened].count("visit_answered") == 1


def test_what_a_service_takes_up_itself_reopens_an_answered_visit() -> None:
    found = visit()
    found.answer(new_id(), "请稍候", "clerk", now())
    found.take_in(VisitReferral(new_id(), "mediation", "COLLECTIVE_INCIDENT", today(), None, "ACCEPTED"))
    assert found.state == "IN_SERVICE"
    with pytest.raises(refusals.StillOpen):
        found.answer(new_id(), "好了", "clerk", now())


def test_documents_are_asked_for_once() -> None:
    found = routed("legal")
    found.hear(found.referrals[0], "ACCEPTED")
    found.ask_for_documents(["劳动合同", "工资单"], today())
    assert found.documents_due_on == today() + timedelta(days=15)
    found.submit_documents(today())
    with pytest.raises(refusals.DocumentsAsked):
        found.ask_for_documents(["身份证复印件"], today())


def test_a_petition_needs_a_written_reply_and_a_call_its_call_back() -> None:
    petition, call = visit(categories=["PETITION"]), visit(channel="HOTLINE")
    for one in (petition, call):
        one.take_in(VisitReferral(new_id(), "legal", "LEGAL_AID", today(), None, "FINISHED"))
    with pytest.raises(refusals.ReplyMissing):
        petition.close(new_id(), None, False, "clerk", now())
    with pytest.raises(refusals.CallBackMissing):
        call.close(new_id(), None, False, "clerk", now())
    petition.close(new_id(), "现答复如下", False, "clerk", now())
    call.close(new_id(), None, True, "clerk", now())
    assert (petition.state, call.state) == ("CLOSED", "CLOSED")


def closed(at: datetime) -> Visit:
    found = visit(at=at)
    found.answer(new_id(), "已答复", "clerk", at)
    found.close(new_id(), None, False, "clerk", at)
    return found


@given(st.integers(0, 60))
def test_a_visit_is_rated_until_its_last_day_and_once(days: int) -> None:
    found = closed(datetime(2026, 3, 2, 9, tzinfo=UTC).astimezone(SHANGHAI))
    assert str(found.rate_due_on) == "2026-04-01"
    on = found.registered_on + timedelta(days=days)
    if days > 30:
        with pytest.raises(refusals.RatingOver):
            found.rate(5, 4, None, "worker", on)
        return
    found.rate(5, 4, None, "worker", on)
    with pytest.raises(WrongState):
        found.rate(1, 1, None, "worker", on)


def test_a_low_rating_reopens_a_visit_once_in_thirty_days() -> None:
    found = closed(now())
    with pytest.raises(refusals.RatingNotLow):
        found.reopen("LOW_RATING", "不满意", today())
    found.rate(5, 2, "态度生硬", "worker", today())
    found.reopen("LOW_RATING", "态度评价为不满意", today())
    found.answer(new_id(), "重新答复", "director", now())
    found.close(new_id(), None, False, "clerk", now())
    with pytest.raises(refusals.ReopenedLately):
        found.reopen("NEW_FACTS", "新证据", today() + timedelta(days=29))
    found.reopen("NEW_FACTS", "新证据", today() + timedelta(days=30))
    assert found.state == "IN_SERVICE"
