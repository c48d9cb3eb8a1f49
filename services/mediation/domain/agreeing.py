"""Mediation agreement (调解协议) and whether what it promises is done (履行)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.mediation.domain import refusals
from services.mediation.domain.advancing import Advancing
from shared.kernel.deadlines import due
from shared.kernel.ids import new_id
from shared.kernel.money import check_fen

SIGNERS = ("EMPLOYER", "CLAIMANTS", "MEDIATOR", "ORGANISATION_SEAL")


@dataclass(eq=False)
class Obligation:
    """What the employer has to pay, in fen: to the workers, or back to the union. `done_on` is set when all is paid."""

    id: str
    number: int
    kind: str
    amount_fen: int
    due_on: date
    done_fen: int = 0
    done_on: date | None = None

    def pay(self, done_fen: int, on: date) -> None:
        self.done_fen = done_fen
        if self.is_done and self.done_on is None:
            self.done_on = on

    @property
    def is_done(self) -> bool:
        return self.done_fen >= self.amount_fen


class Agreeing(Advancing):
    """The part of a dispute that is about the agreement."""

    visit_id: str | None
    obligations: list[Obligation]
    agreement_no: str | None
    effective_on: date | None
    signatures: list[dict[str, str]]
    review_due_on: date | None
    confirmation_due_on: date | None
    performed_on: date | None
    is_at_risk: bool

    def agree(self, agreement_no: str, obligations: Sequence[Mapping[str, Any]],
              signatures: Sequence[Mapping[str, Any]], effective_on: date, represented_consent: bool,
              on: date) -> None:
        """The sides agree; what was repaid to the union before counts at once.

        Raises AgreementNotSigned, RepresentedMustConsent, EffectiveTooEarly, ObligationDueTooEarly, RepayAboveAdvance,
        PaidTwice.
        """
        self.machine.next(self.state, "agree")
        _check_signatures(signatures, effective_on)
        if self.is_collective and not represented_consent:
            raise refusals.RepresentedMustConsent(pointer="/represented_consent")
        self._check_obligations(obligations, effective_on)
        self.obligations = [Obligation(new_id(), place, **told) for place, told in enumerate(obligations, 1)]
        self.signatures = [{"party": told["party"], "signed_on": told["signed_on"].isoformat()} for told in signatures]
        self.agreement_no, self.effective_on = agreement_no, effective_on
        self.review_due_on = due("D-05", effective_on).due_on
        self.confirmation_due_on = due("D-06", effective_on).due_on
        self.move("agree")
        self.record("mediation_agreed", dispute_id=self.id, case_no=self.case_no, visit_id=self.visit_id,
                    agreement_no=agreement_no, obligations_count=len(self.obligations), effective_on=effective_on)
        self.settle_repayments(on)

    def _check_obligations(self, obligations: Sequence[Mapping[str, Any]], effective_on: date) -> None:
        for place, told in enumerate(obligations):
            if told["due_on"] < effective_on:
                raise refusals.ObligationDueTooEarly(pointer=f"/obligations/{place}/due_on",
                                                     due_on=str(told["due_on"]), effective_on=str(effective_on))
        repay_fen, pay_fen = (_sum_of(obligations, kind) for kind in ("REPAY_UNION", "PAY_WORKERS"))
        if repay_fen > self.disbursed_fen:
            raise refusals.RepayAboveAdvance(pointer="/obligations", repay_fen=repay_fen,
                                             advanced_fen=self.disbursed_fen)
        most_fen = self.claimed_fen - self.disbursed_fen
        if self.disbursed_fen and pay_fen > most_fen:
            raise refusals.PaidTwice(pointer="/obligations", pay_fen=pay_fen, most_fen=most_fen)

    def record_performance(self, obligation_id: str, amount_fen: int, on: date) -> None:
        """The employer has paid the workers. Raises ObligationUnknown, RecordedByRelief, PerformanceAboveObligation."""
        self.machine.next(self.state, "record_performance")
        found = next((one for one in self.obligations if one.id == obligation_id), None)
        if found is None:
            raise refusals.ObligationUnknown(pointer="/obligation_id", obligation_id=obligation_id)
        if found.kind == "REPAY_UNION":
            raise refusals.RecordedByRelief
        rest_fen = found.amount_fen - found.done_fen
        if amount_fen > rest_fen:
            raise refusals.PerformanceAboveObligation(pointer="/amount_fen", amount_fen=amount_fen, rest_fen=rest_fen)
        found.pay(found.done_fen + amount_fen, on)
        self.move("record_performance")
        self._perform_if_done(on)

    def settle_repayments(self, on: date) -> None:
        """Spread what the union has got back over the obligations to repay it, the earliest first."""
        rest_fen = self.repaid_fen
        for owed in sorted(self.obligations, key=lambda one: (one.due_on, one.number)):
            if owed.kind == "REPAY_UNION":
                owed.pay(min(owed.amount_fen, rest_fen), on)
                rest_fen -= owed.done_fen
        self._perform_if_done(on)

    def _perform_if_done(self, on: date) -> None:
        open_ones = [one for one in self.obligations if not one.is_done]
        if open_ones or "perform" not in self.machine.allowed(self.state):
            return
        self.move("perform")
        self.performed_on, self.is_at_risk = on, False
        self.record("mediation_performed", dispute_id=self.id, case_no=self.case_no, visit_id=self.visit_id,
                    headcount=self.headcount, performed_on=on)

    def pass_due(self) -> None:
        """An obligation was not done in time (M-05)."""
        self.move("pass_due")
        self.is_at_risk = True
        self.record("mediation_defaulted", dispute_id=self.id, case_no=self.case_no, visit_id=self.visit_id,
                    employer_id=self.employer_id)

    # -- what relief tells -------------------------------------------------------------------------------------

    def advance_repaid(self, advance_id: str, repaid_fen: int, is_full: bool, on: date) -> None:
        """The employer has repaid `repaid_fen` in all. News may come twice or in the wrong order: the most counts."""
        advance = self.advance_of(advance_id)
        if advance is None:
            raise LookupError(advance_id)
        advance.repaid_fen = check_fen(max(advance.repaid_fen, repaid_fen), least=0)
        self.advance_reached(advance, "REPAID" if is_full else "DISBURSED")
        self.settle_repayments(on)

    def advance_overdue(self, advance_id: str) -> None:
        """The employer did not repay in time: the agreement is in default, or the case at risk while there is none."""
        advance = self.advance_of(advance_id)
        if advance is None:
            raise LookupError(advance_id)
        self.advance_reached(advance, "OVERDUE")
        if advance.state != "OVERDUE":
            return
        self.is_at_risk = True
        if self.state == "AGREED" and any(one.kind == "REPAY_UNION" and not one.is_done for one in self.obligations):
            self.pass_due()

    def advance_written_off(self, advance_id: str) -> None:
        """The union has given up what is left; the employer owes it all the same, so the agreement stays as it is."""
        advance = self.advance_of(advance_id)
        if advance is None:
            raise LookupError(advance_id)
        self.advance_reached(advance, "WRITTEN_OFF")


def _sum_of(obligations: Sequence[Mapping[str, Any]], kind: str) -> int:
    return sum(told["amount_fen"] for told in obligations if told["kind"] == kind)


def _check_signatures(signatures: Sequence[Mapping[str, Any]], effective_on: date) -> None:
    missing = set(SIGNERS) - {told["party"] for told in signatures}
    if missing:
        raise refusals.AgreementNotSigned(pointer="/signatures", missing=", ".join(sorted(missing)))
    last_on = max(told["signed_on"] for told in signatures)
    if effective_on < last_on:
        raise refusals.EffectiveTooEarly(pointer="/effective_on", effective_on=str(effective_on),
                                         signed_on=str(last_on))
