"""Transfer between funds (资金拨转): both sides in one transaction, and no way round the purpose of the money."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from services.relief.domain.duty import different
from services.relief.domain.funds.fund import FundAccount
from services.relief.domain.funds.ledger import Posting
from services.relief.domain.funds.purposes import SOURCES, VERDICTS
from services.relief.domain.funds.refusals import (
    TransferCrossesLevels,
    TransferDenied,
    TransferNeedsGroup,
    TransferToItself,
    TransferWidensIntent,
)
from shared.kernel.aggregate import Aggregate
from shared.kernel.dated import Dated, RuleGap, in_force
from shared.kernel.deadline_rules import NATIONAL
from shared.kernel.money import check_fen
from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move

CASHIER, APPROVERS = (Role.CASHIER,), (Role.CHAIR, Role.LEADING_GROUP)
CONFIRMERS = (Role.AUDITOR, Role.CHAIR)
TRANSFER = Machine("PROPOSED", [
    Move(("PROPOSED",), "approve", "DONE", APPROVERS),
    Move(("PROPOSED",), "refuse", "REFUSED", APPROVERS),
    Move(("DONE",), "reverse", "REVERSED", CONFIRMERS),
])


@dataclass(frozen=True, kw_only=True)
class TransferRule(Dated):
    """Whether money of one source may go to a fund of another, for a time and a place."""

    from_source: str
    to_source: str
    verdict: str
    zh: str
    en: str

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.from_source not in SOURCES or self.to_source not in SOURCES or self.verdict not in VERDICTS:
            raise ValueError(f"{self.from_source} → {self.to_source}: {self.verdict}")

    @property
    def series(self) -> str:
        return f"{self.from_source} → {self.to_source}"

    @property
    def _told(self) -> dict[str, str]:
        return {"from_source": self.from_source, "to_source": self.to_source, "document": self.document}

    def require(self) -> None:
        """Raises TransferDenied."""
        if self.verdict == "DENY":
            raise TransferDenied(pointer="/to_fund_id", **self._told)

    def require_by(self, *, is_collective: bool) -> None:
        """Raises TransferDenied, TransferNeedsGroup."""
        self.require()
        if self.verdict == "NEED_APPROVAL" and not is_collective:
            raise TransferNeedsGroup(**self._told)


class TransferRules:
    """Every pair of sources. Raises RuleGap when one has no national rule."""

    def __init__(self, rules: Iterable[TransferRule]) -> None:
        self._rules: dict[tuple[str, str], list[TransferRule]] = {}
        for rule in rules:
            self._rules.setdefault((rule.from_source, rule.to_source), []).append(rule)
        missing = [f"{one} → {other}" for one in SOURCES for other in SOURCES
                   if not any(rule.jurisdiction == NATIONAL for rule in self._rules.get((one, other), []))]
        if missing:
            raise RuleGap(f"no national rule for {', '.join(missing)}")

    def rule(self, from_source: str, to_source: str, on: date, division: str) -> TransferRule:
        """The rule in force. Raises RuleGap."""
        found = in_force(self._rules[from_source, to_source], on, division)
        if found is None:
            raise RuleGap(f"{from_source} → {to_source}: no rule for {on} in {division}")
        return found


@dataclass(eq=False)
class FundTransfer(Aggregate):
    """One transfer. It lies where the fund lies that gives."""

    machine = TRANSFER

    id: str
    org_path: str
    transfer_no: str
    from_fund_id: str
    to_fund_id: str
    amount_fen: int
    reason: str
    document_no: str
    proposed_by: str
    created_at: datetime
    decided_by: str | None = None
    decided_on: date | None = None
    refused_reason: str | None = None
    state: str = "PROPOSED"
    version: int = 1

    @classmethod
    def propose(cls, id: str, transfer_no: str, giver: FundAccount, taker: FundAccount, amount_fen: int, reason: str,
                document_no: str, rule: TransferRule, by: str, at: datetime) -> FundTransfer:
        """Raises TransferToItself, TransferDenied, TransferWidensIntent, AmountInvalid."""
        check_fen(amount_fen, pointer="/amount_fen")
        if giver.id == taker.id:
            raise TransferToItself(pointer="/to_fund_id")
        rule.require()
        require_same_kind(giver, taker)
        return cls(id, giver.org_path, transfer_no, giver.id, taker.id, amount_fen, reason, document_no, by, at)

    def approve(self, rule: TransferRule, by: str, on: date, *, is_collective: bool) -> tuple[Posting, Posting]:
        """What the giving and the taking fund must enter. Raises SamePerson, TransferDenied, TransferNeedsGroup."""
        different(by, "批准拨转 / approving the transfer", ("提出拨转 / proposing it", self.proposed_by))
        self.move("approve")
        rule.require_by(is_collective=is_collective)
        self.decided_by, self.decided_on = by, on
        self.record("funds_transferred", transfer_id=self.id, transfer_no=self.transfer_no,
                    from_fund_id=self.from_fund_id, to_fund_id=self.to_fund_id, amount_fen=self.amount_fen)
        return self._posting(self.to_fund_id), self._posting(self.from_fund_id)

    def refuse(self, reason: str, by: str, on: date) -> None:
        self.move("refuse")
        self.refused_reason, self.decided_by, self.decided_on = reason, by, on

    def reverse(self) -> Posting:
        """The money goes back; what the fund that gave must enter."""
        self.move("reverse")
        return self._posting(self.to_fund_id)

    def _posting(self, other_fund_id: str) -> Posting:
        return Posting(self.amount_fen, self.document_no, "FundTransfer", self.id, other_fund_id)


def require_same_kind(giver: FundAccount, taker: FundAccount) -> None:
    """What binds money goes with it: the fiscal level, and what donors wanted. Raises TransferCrossesLevels,
    TransferWidensIntent."""
    if giver.source == taker.source and giver.fiscal_level != taker.fiscal_level:
        raise TransferCrossesLevels(pointer="/to_fund_id", from_no=giver.fund_no, to_no=taker.fund_no)
    purposes_widen = bool(giver.intents) and (not taker.intents or bool(set(taker.intents) - set(giver.intents)))
    day = giver.intent_until
    days_widen = day is not None and (taker.intent_until is None or taker.intent_until > day)
    if purposes_widen or days_widen:
        raise TransferWidensIntent(pointer="/to_fund_id", from_no=giver.fund_no, to_no=taker.fund_no)
