"""Campaign (集中慰问): one occasion, one list of households and named workers, approved once and reserved for hundreds
at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from services.relief.domain.applications.caps import Situation, compute
from services.relief.domain.applications.programme import Programme
from services.relief.domain.applications.refusals import AboveReliefCap
from services.relief.domain.applications.states import CAMPAIGN
from services.relief.domain.duty import different
from services.relief.domain.payments.line import Outcome
from shared.kernel.aggregate import Aggregate
from shared.kernel.money import format_yuan
from shared.kernel.slices import slices

ABOUT = "ReliefCampaign"
NOBODY = "没有一户可以发放 / no household can be paid"
#: lines are LISTED until their money is RESERVED; EXCLUDED by a person, SKIPPED by the rules; RELEASED
#: when what was reserved went back into the fund unpaid
LINE_STATES = ("LISTED", "EXCLUDED", "SKIPPED", "RESERVED", "PAID", "RECOVERED", "RELEASED")


@dataclass(eq=False)
class ReliefCampaign(Aggregate):
    """Amounts are fen for one household by grade, and for a named worker by ground. Lines are plain rows, changed many
    at a time; the counters on this row change in the transaction of the lines, so what they say is done is done."""

    machine = CAMPAIGN
    id: str
    org_path: str
    campaign_no: str
    title: str
    relief_type: str
    occasion: str
    year: int
    tier: str
    drafted_by: str
    created_at: datetime
    amounts_fen: dict[str, int] = field(default_factory=dict)
    filters: dict[str, Any] = field(default_factory=dict)
    listed_count: int = 0
    total_fen: int = 0
    already_aided_count: int = 0
    done_count: int = 0
    reserved_count: int = 0
    reserved_fen: int = 0
    skipped_count: int = 0
    paid_count: int = 0
    paid_fen: int = 0
    recovered_count: int = 0
    released_count: int = 0
    released_fen: int = 0
    document: str | None = None
    fund_id: str | None = None
    fund_source: str | None = None
    is_collective: bool = False
    document_no: str | None = None
    approved_by: str | None = None
    approved_on: date | None = None
    stalled_reason: str | None = None
    reason: str | None = None
    state: str = "DRAFT"
    version: int = 1

    def check_amount(self, whom: str, rule: Programme, dibao_fen: int) -> None:
        """The amount of a grade or a ground against the programme of the place. Raises AboveReliefCap."""
        amount_fen, cap_fen = self.amounts_fen[whom], compute(rule, Situation({}, dibao_fen)).cap_fen
        if amount_fen > cap_fen:
            raise AboveReliefCap(pointer=f"/amounts_fen/{whom}", proposed=format_yuan(amount_fen),
                                 cap=format_yuan(cap_fen), document=rule.document)
        self.document, self.tier = rule.document, rule.tier

    def tell_drafted(self) -> None:
        self._tell("relief_campaign_drafted", households=self.listed_count, total_fen=self.total_fen)

    def take_off(self, amount_fen: int) -> None:
        """One household less, while the list is a draft."""
        self.move("exclude")
        self.listed_count, self.total_fen = self.listed_count - 1, self.total_fen - amount_fen

    def approve(self, fund_id: str, fund_source: str, document_no: str, is_collective: bool, by: str, on: date) -> None:
        """Once for the whole list. Raises SamePerson."""
        different(by, "审批 / approval", ("拟定名单 / drafting the list", self.drafted_by))
        self.move("approve")
        self.fund_id, self.fund_source, self.document_no = fund_id, fund_source, document_no
        self.is_collective, self.approved_by, self.approved_on = is_collective, by, on
        self._tell("relief_campaign_approved", households=self.listed_count, total_fen=self.total_fen, fund_id=fund_id)

    def cancel(self, reason: str) -> None:
        self.move("cancel")
        self.reason = reason
        self._tell("relief_campaign_cancelled")

    def reserve_some(self, reserved_count: int, reserved_fen: int, skipped_count: int) -> None:
        """One chunk is done; the last one ends the reserving."""
        self.move("reserve_some")
        self.reserved_count, self.reserved_fen = self.reserved_count + reserved_count, self.reserved_fen + reserved_fen
        self.skipped_count += skipped_count
        self.done_count += reserved_count + skipped_count
        self.stalled_reason = None

    def stall(self, code: str, reason: str) -> None:
        """The fund cannot give the next chunk; told once. It is tried again by itself."""
        self.machine.next(self.state, "stall")
        if (self.stalled_reason or "").startswith(f"{code}: "):
            return
        self.move("stall")
        self.stalled_reason = f"{code}: {reason}"[:MOST_REASON]
        self._tell("relief_campaign_stalled", done=self.done_count, households=self.listed_count)

    def finish(self) -> None:
        """A list of which every household was skipped has nothing to wait for: it is cancelled."""
        self.move("finish")
        self._tell_reserved()
        self._settle()

    def stop(self, left_count: int, reason: str) -> None:
        """The rest of the list is given up."""
        self.move("stop")
        self.reason, self.stalled_reason = reason, None
        self.skipped_count, self.done_count = self.skipped_count + left_count, self.done_count + left_count
        self._tell_reserved()
        self._settle()

    def release(self, count: int, amount_fen: int) -> None:
        """The reserved money of some households, in fen, goes back into the fund (释放预占). A campaign that has
        paid nobody, and now never will, is cancelled."""
        self.move("release")
        self.released_count, self.released_fen = self.released_count + count, self.released_fen + amount_fen
        self._settle()

    def hear(self, outcomes: Sequence[Outcome], workers: Mapping[str, str]) -> None:
        """What became of lines. `workers` names the payee of each line, for those who count what a household had."""
        self.move("hear")
        paid, returned, recovered = ([one for one in outcomes if one.state == state]
                                     for state in ("PAID", "RETURNED", "RECOVERED"))
        self.paid_count += len(paid) - len(returned) - len(recovered)
        self.paid_fen += sum(o.amount_fen for o in paid) - sum(o.amount_fen for o in (*returned, *recovered))
        self.recovered_count += len(recovered)
        for on in sorted({one.on for one in paid}):
            self._tell_paid(on, [one for one in paid if one.on == on], workers)
        self._settle()

    def _settle(self) -> None:
        given_count = self.paid_count + self.recovered_count
        is_all = self.reserved_count == given_count + self.released_count
        if self.state == "RESERVED" and is_all and given_count:
            self.move("pay_all")
        elif self.state == "RESERVED" and is_all:
            self.move("release_all")
            self.reason = self.reason or NOBODY
            self._tell("relief_campaign_cancelled")
        elif self.state == "PAID" and not is_all:
            self.move("reopen")

    def _tell_paid(self, on: date, paid: Sequence[Outcome], workers: Mapping[str, str]) -> None:
        lines = [{"worker_id": workers[one.about_part], "amount_fen": one.amount_fen} for one in paid]
        for some in slices(lines, MOST_TOLD):
            self._tell("relief_campaign_paid", fund_source=self.fund_source, tier=self.tier, month=f"{on:%Y-%m}",
                       paid_on=on, amount_fen=sum(line["amount_fen"] for line in some), lines=some)

    def _tell_reserved(self) -> None:
        self._tell("relief_campaign_reserved", households=self.reserved_count, total_fen=self.reserved_fen)

    def _tell(self, event: str, **data: Any) -> None:
        self.record(event, campaign_id=self.id, campaign_no=self.campaign_no, relief_type=self.relief_type,
                    occasion=self.occasion, year=self.year, **data)


#: lines in one event, and characters of a reason
MOST_TOLD, MOST_REASON = 1_000, 500
