"""Settlement (结算单): what the union owes a partner for a month, confirmed by the partner, approved, and paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from services.relief.domain.duty import different
from services.relief.domain.payments.line import Due, Outcome
from services.relief.domain.platforms.agreement import PartnerAgreement
from services.relief.domain.platforms.refusals import (
    MonthRunning,
    NothingToSettle,
    SettlementAboveLimit,
)
from services.relief.domain.platforms.states import SETTLEMENT
from shared.kernel.aggregate import Aggregate
from shared.kernel.money import format_yuan

ABOUT = "CareSettlement"
DRAFTING, APPROVAL, RESERVATION = "编制结算单 / drafting", "审批 / approval", "预占资金 / reserving"
CONFIRMING, ACCOUNT = "商户确认 / confirming for the partner", "登记结算账户 / entering the account"
NOTES = {"FAILED": "付款失败 / payment failed", "RETURNED": "银行退汇 / returned by the bank",
         "RECOVERED": "已追回 / recovered", "PAID": None}
COMMANDS = {"PAID": "pay", "FAILED": "fail", "RETURNED": "come_back", "RECOVERED": "recover"}


@dataclass(frozen=True)
class Sums:
    """What the lines of a settlement add up to; credits are negative."""

    charges_count: int
    credits_count: int
    disputed_count: int
    total_fen: int
    union_fen: int
    partner_fen: int


@dataclass(eq=False)
class CareSettlement(Aggregate):
    """Amounts are fen. The lines lie in a table of their own, thousands of them; the sums here are theirs. `tier`
    (帮扶层次) is what the rules made of its kind of platform when it was drafted."""

    machine = SETTLEMENT

    id: str
    org_path: str
    settlement_no: str
    agreement_id: str
    partner_id: str
    kind: str
    month: str
    drafted_by: str
    created_at: datetime
    charges_count: int = 0
    credits_count: int = 0
    disputed_count: int = 0
    total_fen: int = 0
    union_fen: int = 0
    partner_fen: int = 0
    confirmed_by: str | None = None
    approved_by: str | None = None
    reserved_by: str | None = None
    fund_id: str | None = None
    document_no: str | None = None
    attempts: int = 0
    paid_on: date | None = None
    note: str | None = None
    tier: str = "SAFEGUARD"
    state: str = "DRAFTED"
    version: int = 1

    @classmethod
    def draft(cls, id: str, agreement: PartnerAgreement, number: str, month: str, by: str,
              at: datetime, tier: str = "SAFEGUARD") -> CareSettlement:
        """Raises MonthRunning."""
        last_day = last_day_of(month)
        if at.date() <= last_day:
            raise MonthRunning(pointer="/month", month=month, last_day=str(last_day))
        return cls(id, agreement.org_path, number, agreement.id, agreement.partner_id, agreement.kind, month, by, at,
                   tier=tier)

    def take(self, sums: Sums) -> None:
        """The sums of the lines. Raises NothingToSettle when the union would owe nothing."""
        if sums.union_fen <= 0:
            raise NothingToSettle(month=self.month, union=format_yuan(sums.union_fen))
        for name, value in vars(sums).items():
            setattr(self, name, value)

    def tell_drafted(self) -> None:
        self._tell("care_settlement_drafted", charges_count=self.charges_count, credits_count=self.credits_count,
                   total_fen=self.total_fen, partner_fen=self.partner_fen)

    # -- the partner -------------------------------------------------------------------------------------------

    def dispute(self) -> None:
        """The partner does not agree with some lines."""
        self.move("dispute")

    def resolve(self, sums: Sums) -> None:
        """A disputed line is settled one way or the other; after the last one the partner may confirm."""
        self.move("resolve" if sums.disputed_count else "resolve_last")
        self.take(sums)

    def confirm(self, by: str) -> None:
        """The partner agrees with every line."""
        self.move("confirm")
        self.confirmed_by = by
        self._tell("care_settlement_confirmed")

    # -- the union ---------------------------------------------------------------------------------------------

    def approve(self, by: str, is_chair: bool, most_fen: int, document: str) -> None:
        """Who drafted or confirmed it does not approve it; above `most_fen` the chair approves.

        Raises SamePerson, SettlementAboveLimit.
        """
        different(by, APPROVAL, (DRAFTING, self.drafted_by), (CONFIRMING, self.confirmed_by))
        self.move("approve")
        if self.union_fen > most_fen and not is_chair:
            raise SettlementAboveLimit(union=format_yuan(self.union_fen), most=format_yuan(most_fen), document=document)
        self.approved_by = by
        self._tell("care_settlement_approved")

    def reserve(self, fund_id: str, document_no: str, by: str, account_set_by: str | None) -> Due:
        """What is to be reserved in the fund, by somebody who neither approved it nor named the account it goes to.

        Raises SamePerson.
        """
        different(by, RESERVATION, (APPROVAL, self.approved_by), (ACCOUNT, account_set_by))
        self.move("reserve")
        self.attempts += 1
        self.fund_id, self.document_no, self.reserved_by, self.note = fund_id, document_no, by, None
        self._tell("care_settlement_reserved", fund_id=fund_id)
        return Due(ABOUT, self.id, str(self.attempts), "PARTNER", self.agreement_id, self.union_fen, document_no,
                   tier=self.tier)

    def release(self) -> None:
        """The money goes back to the fund; another fund may be taken."""
        self.move("release")
        self.fund_id = self.document_no = self.reserved_by = None

    def cancel(self, reason: str) -> None:
        """The lines are free for another settlement."""
        self.move("cancel")
        self.note = reason
        self._tell("care_settlement_cancelled")

    def hear(self, outcome: Outcome) -> None:
        """What became of the payment line."""
        self.move(COMMANDS[outcome.state])
        self.note = NOTES[outcome.state] and f"{NOTES[outcome.state]}: {outcome.reason}"[:300]
        self.paid_on = outcome.on if outcome.state == "PAID" else None
        if outcome.state == "PAID":
            self._tell("care_settlement_paid", paid_on=outcome.on)

    def _tell(self, event: str, **data: Any) -> None:
        self.record(event, settlement_id=self.id, settlement_no=self.settlement_no, partner_id=self.partner_id,
                    agreement_id=self.agreement_id, kind=self.kind, month=self.month, union_fen=self.union_fen, **data)


def last_day_of(month: str) -> date:
    """The last day of a month written YYYY-MM."""
    first = date.fromisoformat(f"{month}-01")
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
