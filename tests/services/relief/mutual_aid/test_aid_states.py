"""Enrolments and claims by themselves: each forbidden move is refused and leaves nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from services.relief.domain.mutual_aid.claim import MutualAidClaim
from services.relief.domain.mutual_aid.enrolment import Enrolment
from services.relief.domain.mutual_aid.states import BORNE, CLAIM, COVERING, ENROLMENT, STANDING, UNION_SHARE
from services.relief.domain.mutual_aid.union_share import UnionShare
from services.relief.domain.payments.line import Outcome
from services.relief.rules import mutual_aid
from shared.contracts.relief.mutual_aid import codes
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from tests.services.moves import Moves, cases

DAY = date(2026, 5, 6)
PLAN = mutual_aid.plans().plan("ACCIDENT_DAILY", DAY, "379901")


def enrolment() -> Enrolment:
    made = Enrolment(new_id(), "/37/3799/379901/", "HZ1", PLAN.plan, PLAN.terms(), 1, None, "厂", 40, 1, DAY,
                     PLAN.ends_on(DAY, 1), "officer", now())
    made.count(30, 30, 90_000, is_any_waiting=True)
    return made


def claim() -> MutualAidClaim:
    made = MutualAidClaim(new_id(), "/37/3799/379901/", "LP1", PLAN.plan, new_id(), new_id(), new_id(), 1, DAY, False,
                          "ACCIDENT", "骨折", DAY, 3, 0, 0, 10, False, "officer", now())
    made.file(PLAN, DAY)
    return made


def share() -> UnionShare:
    return UnionShare(new_id(), "/37/3799/379901/", new_id(), PLAN.plan, 45_000, new_id(), new_id(), "PF-1", "director",
                      now())


def outcome(state: str) -> Outcome:
    return Outcome("UnionShare", "-", "fee", state, 45_000, DAY)


TERMS: dict[str, Callable[[Enrolment], object]] = {
    "pay_fee": lambda e: e.pay_fee(90_000, "R1", "cashier", DAY),
    "cancel": lambda e: e.cancel("退出"),
    "lapse": lambda e: e.lapse(),
    "begin_waiting": lambda e: e.move("begin_waiting"),
    "begin": lambda e: e.move("begin"),
    "expire": lambda e: e.move("expire"),
    "renew": lambda e: e.move("renew"),
}
TERM_WAYS = {"LISTED": [], "FEE_PAID": ["pay_fee"], "WAITING": ["pay_fee", "begin_waiting"],
             "IN_FORCE": ["pay_fee", "begin"], "EXPIRED": ["pay_fee", "begin", "expire"],
             "RENEWED": ["pay_fee", "begin", "renew"], "CANCELLED": ["cancel"]}
TERM_ALLOWED = {"LISTED": {"pay_fee", "cancel", "lapse"}, "FEE_PAID": {"begin_waiting", "begin"},
                "WAITING": {"begin", "expire", "renew"}, "IN_FORCE": {"expire", "renew"}, "EXPIRED": {"renew"},
                "RENEWED": set(), "CANCELLED": set()}
CLAIMS: dict[str, Callable[[MutualAidClaim], object]] = {
    "check_docs": lambda c: c.check_docs(PLAN, PLAN.documents, "county"),
    "submit": lambda c: c.submit(DAY),
    "approve": lambda c: c.approve(new_id(), "D1", "director", DAY, PLAN),
    "pay": lambda c: c.pay(50_000, DAY),
    "return": lambda c: c.give_back(),
    "decline": lambda c: c.decline("不属于保障范围"),
    "recover": lambda c: c.recover("错付"),
}
CLAIM_WAYS = {"FILED": [], "DOCS_CHECKED": ["check_docs"], "SUBMITTED_TO_SCHEME": ["check_docs", "submit"],
              "APPROVED": ["check_docs", "submit", "approve"], "PAID": ["check_docs", "submit", "approve", "pay"],
              "DECLINED": ["decline"]}
CLAIM_ALLOWED = {"FILED": {"check_docs", "decline"}, "DOCS_CHECKED": {"submit", "decline"},
                 "SUBMITTED_TO_SCHEME": {"approve", "decline"}, "APPROVED": {"pay", "decline"},
                 "PAID": {"return", "recover"}, "DECLINED": set()}
SHARES: dict[str, Callable[[UnionShare], object]] = {
    "pay": lambda s: s.hear(outcome("PAID"), "HZ1"),
    "return": lambda s: s.hear(outcome("RETURNED"), "HZ1"),
    "recover": lambda s: s.hear(outcome("RECOVERED"), "HZ1"),
    "release": lambda s: s.release("换账户"),
}
SHARE_WAYS = {"RESERVED": [], "PAID": ["pay"], "RELEASED": ["release"], "RECOVERED": ["pay", "recover"]}
SHARE_ALLOWED = {"RESERVED": {"pay", "release"}, "PAID": {"return", "recover"}, "RELEASED": set(), "RECOVERED": set()}
MOVES = {"share": Moves(share, SHARES, SHARE_WAYS, SHARE_ALLOWED),
         "enrolment": Moves(enrolment, TERMS, TERM_WAYS, TERM_ALLOWED),
         "claim": Moves(claim, CLAIMS, CLAIM_WAYS, CLAIM_ALLOWED)}


def test_the_tables_and_the_codes_agree() -> None:
    MOVES["enrolment"].assert_complete(codes.ENROLMENT_STATES)
    MOVES["claim"].assert_complete(codes.CLAIM_STATES)
    MOVES["share"].assert_complete(codes.UNION_SHARE_STATES)
    assert set(BORNE) == UNION_SHARE.states - {"RELEASED", "RECOVERED"}
    assert set(COVERING) == ENROLMENT.states - {"LISTED", "CANCELLED"}
    assert set(STANDING) == CLAIM.states - {"DECLINED"}


@pytest.mark.parametrize(("moves", "state", "command"), cases(MOVES))
def test_a_move_is_made_or_refused_by_the_table(moves: Moves, state: str, command: str) -> None:
    moves.attempt(state, command)


def test_time_alone_takes_a_paid_enrolment_to_its_end() -> None:
    made = enrolment()
    made.waiting_until = DAY + timedelta(days=29)
    made.pay_fee(90_000, "R1", "cashier", DAY)
    seen = []
    for days in (-1, 0, 29, 30, 364, 365):
        made.pass_time(DAY + timedelta(days=days))
        seen.append(made.state)
    assert seen == ["FEE_PAID", "WAITING", "WAITING", "IN_FORCE", "IN_FORCE", "EXPIRED"]


def test_a_leap_day_has_a_last_day_too() -> None:
    assert PLAN.ends_on(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert PLAN.ends_on(date(2024, 3, 1), 3) == date(2027, 2, 28)
