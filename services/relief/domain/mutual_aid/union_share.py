"""The union's share of an enrolment fee (工会承担的参保费): reserved in a fund, paid to the scheme of the plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from services.relief.domain.duty import different
from services.relief.domain.mutual_aid.enrolment import Enrolment
from services.relief.domain.mutual_aid.refusals import ShareNotDue
from services.relief.domain.mutual_aid.scheme_account import SchemeAccount
from services.relief.domain.mutual_aid.states import UNION_SHARE
from services.relief.domain.payments.line import Due, Outcome
from shared.kernel.aggregate import Aggregate

ABOUT, PART, PURPOSE = "UnionShare", "fee", "MUTUAL_AID_FEE"
COMMANDS = {"PAID": "pay", "RETURNED": "return", "RECOVERED": "recover"}


@dataclass(eq=False)
class UnionShare(Aggregate):
    """What the union bears of one enrolment's fee, in fen; of an enrolment one at the most is reserved or paid."""

    machine = UNION_SHARE

    id: str
    org_path: str
    enrolment_id: str
    plan: str
    amount_fen: int
    fund_id: str
    account_id: str
    document_no: str
    approved_by: str
    created_at: datetime
    paid_on: date | None = None
    note: str | None = None
    tier: str = "SAFEGUARD"
    state: str = "RESERVED"
    version: int = 1

    @classmethod
    def approve(cls, id: str, enrolment: Enrolment, account: SchemeAccount, fund_id: str, document_no: str, by: str,
                at: datetime, tier: str) -> UnionShare:
        """By somebody who neither listed the unit nor named the account it goes to. Raises SamePerson, ShareNotDue."""
        different(by, "批准工会承担部分 / approving the union's share",
                  ("申报名单 / listing the unit", enrolment.listed_by),
                  ("登记收款账户 / entering the account", account.set_by))
        if not enrolment.union_fee_fen or enrolment.state == "CANCELLED":
            raise ShareNotDue(enrolment_no=enrolment.enrolment_no)
        return cls(id, enrolment.org_path, enrolment.id, enrolment.plan, enrolment.union_fee_fen, fund_id, account.id,
                   document_no, by, at, tier=tier)

    def due(self, enrolment: Enrolment) -> Due:
        """What is to be reserved. Until the unit has paid its part no batch takes it: without that the enrolment lapses
        on the day after the term's first, the first day on which a batch could."""
        waits = enrolment.starts_on + timedelta(days=1) if enrolment.state == "LISTED" else None
        return Due(ABOUT, self.id, PART, "SCHEME", self.account_id, self.amount_fen, self.document_no, waits,
                   self.tier)

    def release(self, reason: str) -> None:
        """The money goes back to the fund."""
        self.move("release")
        self.note = reason

    def hear(self, outcome: Outcome, enrolment_no: str) -> None:
        """What became of the payment line. One that failed waits as before; a part that came back, or a rest that never
        will, leaves it paid."""
        if outcome.state in COMMANDS:
            self.move(COMMANDS[outcome.state])
            self.paid_on = outcome.on if outcome.state == "PAID" else None
        self.note = outcome.reason or None
        if outcome.state == "PAID":
            self.record("mutual_aid_union_share_paid", share_id=self.id, enrolment_id=self.enrolment_id,
                        enrolment_no=enrolment_no, plan=self.plan, fund_id=self.fund_id, amount_fen=self.amount_fen,
                        paid_on=outcome.on)
