"""Enrolment (参保批次): a unit's list of workers in one plan for one term. Its participants are rows of their own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from services.relief.domain.mutual_aid.plan import Plan
from services.relief.domain.mutual_aid.refusals import (
    FeeLate,
    FeeWrong,
    GroupRuleNotMet,
    MoreThanStaff,
    ParticipantTwice,
    RenewalImpossible,
    SharesNotOffered,
    StartsInPast,
    StartsTooLate,
    TermNotOffered,
    WomenOnly,
)
from services.relief.domain.mutual_aid.states import ENROLMENT
from shared.kernel.aggregate import Aggregate
from shared.kernel.money import BASIS_POINTS, format_yuan, split

LAPSED = "保障起始日前未缴费 / the fee was not paid by the first day"


@dataclass(eq=False)
class Enrolment(Aggregate):
    """`fee_fen` is what is paid for all; `union_fee_fen` of it is the union's share (工会承担部分), paid from a fund
    (union_share.py), the rest is the unit's. `waiting_until` is None where every participant renewed in time. `phase`
    is the round of the drive (第一期、第二期)."""

    machine = ENROLMENT

    id: str
    org_path: str
    enrolment_no: str
    plan: str
    terms: dict[str, Any]
    phase: int
    employer_id: str | None
    unit_name: str
    staff: int
    years: int
    starts_on: date
    ends_on: date
    listed_by: str
    created_at: datetime
    persons: int = 0
    shares: int = 0
    fee_fen: int = 0
    union_fee_fen: int = 0
    waiting_until: date | None = None
    renews_id: str | None = None
    renewed_by_id: str | None = None
    receipt_no: str | None = None
    paid_on: date | None = None
    paid_by: str | None = None
    reason: str | None = None
    state: str = "LISTED"
    version: int = 1

    @property
    def edition(self) -> Plan:
        return Plan.of_terms(self.terms)

    @property
    def unit_fee_fen(self) -> int:
        """What the unit pays (单位和个人缴纳部分): the fee without the union's share."""
        return self.fee_fen - self.union_fee_fen

    @property
    def has_begun(self) -> bool:
        return self.state in ("WAITING", "IN_FORCE", "EXPIRED", "RENEWED")

    def count(self, persons: int, shares: int, fee_fen: int, *, is_any_waiting: bool) -> None:
        """What the participants add up to."""
        plan = self.edition
        self.persons, self.shares, self.fee_fen = persons, shares, fee_fen
        self.union_fee_fen = split(fee_fen, [BASIS_POINTS - plan.union_share_bp, plan.union_share_bp])[1]
        if is_any_waiting and plan.waiting_days:
            self.waiting_until = self.starts_on + timedelta(days=plan.waiting_days - 1)

    def renew(self, old: Enrolment) -> None:
        """This one follows `old`. Raises RenewalImpossible."""
        if old.plan != self.plan or old.state not in ("WAITING", "IN_FORCE", "EXPIRED") or old.renewed_by_id:
            raise RenewalImpossible(pointer="/renews_id", enrolment_no=old.enrolment_no)
        self.renews_id = old.id

    def pay_fee(self, amount_fen: int, receipt_no: str, by: str, on: date) -> None:
        """The unit paid its part. Raises FeeWrong, FeeLate."""
        self.move("pay_fee")
        if amount_fen != self.unit_fee_fen:
            raise FeeWrong(pointer="/amount_fen", fee=format_yuan(self.unit_fee_fen), paid=format_yuan(amount_fen),
                           union=format_yuan(self.union_fee_fen))
        if on > self.starts_on:
            raise FeeLate(starts_on=str(self.starts_on))
        self.receipt_no, self.paid_on, self.paid_by = receipt_no, on, by
        self.record("mutual_aid_enrolled", enrolment_id=self.id, enrolment_no=self.enrolment_no, plan=self.plan,
                    phase=self.phase, persons=self.persons, fee_fen=self.fee_fen, starts_on=self.starts_on,
                    ends_on=self.ends_on)

    def cancel(self, reason: str) -> None:
        self.move("cancel")
        self.reason = reason

    def lapse(self) -> None:
        """The fee was not paid by the first day: there will be no cover, the workers are free for another list."""
        self.move("lapse")
        self.reason = LAPSED

    def renewed_by(self, new: Enrolment) -> None:
        """The fee of what follows was paid: at the end of the term, or now, if it has passed, this one is renewed."""
        if self.renewed_by_id:
            raise RenewalImpossible(enrolment_no=self.enrolment_no)
        self.renewed_by_id = new.id
        if self.state == "EXPIRED":
            self._end("renew")
        else:
            self.touch()

    def pass_time(self, today: date) -> None:
        """What the calendar makes of it: waiting, in force, at the end expired or renewed."""
        if self.state == "FEE_PAID" and self.starts_on <= today:
            self.move("begin_waiting" if self.waiting_until else "begin")
        if self.state == "WAITING" and self.waiting_until and self.waiting_until < today:
            self.move("begin")
        if self.state in ("WAITING", "IN_FORCE") and self.ends_on < today:
            self._end("renew" if self.renewed_by_id else "expire")

    def _end(self, command: str) -> None:
        self.move(command)
        self.record("mutual_aid_term_ended", enrolment_id=self.id, enrolment_no=self.enrolment_no, plan=self.plan,
                    persons=self.persons, ends_on=self.ends_on, is_renewed=command == "renew")


@dataclass
class Line:
    """One worker of the list as it was sent."""

    worker_id: str
    shares: int


@dataclass
class Listing:
    """What a unit sends; `check` compares it with the plan."""

    plan: Plan
    staff: int
    years: int
    women_attested: bool
    lines: Sequence[Line] = field(default_factory=list)

    def check(self) -> None:
        """Raises TermNotOffered, WomenOnly, SharesNotOffered, ParticipantTwice, MoreThanStaff, GroupRuleNotMet."""
        if self.years not in self.plan.term_years:
            offered = ", ".join(map(str, self.plan.term_years))
            raise TermNotOffered(pointer="/years", years=self.years, offered=offered)
        if self.plan.for_women and not self.women_attested:
            raise WomenOnly(pointer="/women_attested")
        self._check_lines()
        check_group(self.plan, len(self.lines), self.staff)

    def _check_lines(self) -> None:
        plan, seen = self.plan, set[str]()
        for n, line in enumerate(self.lines):
            if line.worker_id in seen:
                raise ParticipantTwice(pointer=f"/workers/{n}/worker_id", worker_id=line.worker_id)
            seen.add(line.worker_id)
            differs = plan.same_shares and line.shares != self.lines[0].shares
            if line.shares > plan.most_shares or differs:
                raise SharesNotOffered(pointer=f"/workers/{n}/shares", shares=line.shares, most=plan.most_shares,
                                       same_zh=",全单位一致" if plan.same_shares else "",
                                       same_en=", the same for the whole unit" if plan.same_shares else "")


def check_start(starts_on: date, today: date, most_days_ahead: int) -> None:
    """Cover begins today or within some days. Raises StartsInPast, StartsTooLate."""
    last_on = today + timedelta(days=most_days_ahead)
    if starts_on < today:
        raise StartsInPast(pointer="/starts_on", starts_on=str(starts_on))
    if starts_on > last_on:
        raise StartsTooLate(pointer="/starts_on", starts_on=str(starts_on), last_on=str(last_on))


def check_group(plan: Plan, persons: int, staff: int) -> None:
    """Whether enough of the unit take part (集体参保). Raises MoreThanStaff, GroupRuleNotMet."""
    if persons > staff:
        raise MoreThanStaff(pointer="/staff", persons=persons, staff=staff)
    all_must = staff < plan.group_all_below
    enough = persons * BASIS_POINTS >= staff * plan.group_share_bp and persons >= plan.group_persons
    if (persons == staff) if all_must else enough:
        return
    share = f"{plan.group_share_bp / 100:g}%"
    rule_zh = (f"职工不足 {plan.group_all_below} 人的单位须全员参保" if all_must
               else f"不少于职工的 {share} 且不少于 {plan.group_persons} 人")
    rule_en = (f"a unit of fewer than {plan.group_all_below} joins with everybody" if all_must
               else f"at least {share} of staff and {plan.group_persons} persons")
    raise GroupRuleNotMet(pointer="/workers", persons=persons, staff=staff, rule_zh=rule_zh, rule_en=rule_en,
                          document=plan.document)


def named(worker_ids: Iterable[str]) -> str:
    """The first of many ids, for a text."""
    return ", ".join(sorted(worker_ids)[:20])
