"""The claimants of a dispute (当事人名册), what each claims, and who speaks for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.mediation.domain import refusals
from shared.kernel.aggregate import Aggregate
from shared.kernel.ids import new_id
from shared.kernel.money import check_fen

MOST_CLAIMANTS = 2_000


@dataclass(frozen=True)
class RepresentationRule:
    """From how many claimants a dispute is collective, and how many representatives it has."""

    collective_least: int
    least: int
    most: int
    basis: str


@dataclass(eq=False)
class Claim:
    """What one worker claims, in fen. `advanced_fen` is what the union has paid on it, by the advance `request_id`."""

    id: str
    number: int
    worker_id: str
    claimed_fen: int
    period_from: date
    period_to: date
    request_id: str | None = None
    advance_state: str | None = None
    advanced_fen: int = 0


class Roster(Aggregate):
    """The part of a dispute that is about its claimants."""

    employer_id: str
    claims: list[Claim]
    headcount: int
    claimed_fen: int
    is_collective: bool
    representative_ids: list[str]

    def add_claimants(self, claimants: Sequence[Mapping[str, Any]], employers: Mapping[str, str | None],
                      rule: RepresentationRule) -> None:
        """Add to the roster. `employers` says for whom each known worker works.

        Raises ClaimantUnknown, ClaimantOfAnotherEmployer, ClaimantTwice, PeriodReversed, RosterFull, AmountInvalid.
        """
        self.machine.next(self.state, "add_claimants")
        self._check_roster(claimants, employers)
        for told in claimants:
            self.claims.append(Claim(new_id(), len(self.claims) + 1, **told))
        self.headcount = len(self.claims)
        self.claimed_fen = check_fen(sum(claim.claimed_fen for claim in self.claims), pointer="/claimants")
        self.is_collective = self.headcount >= rule.collective_least
        self.move("add_claimants")

    def choose_representatives(self, worker_ids: Sequence[str], rule: RepresentationRule) -> None:
        """Raises NotCollective, RepresentativesWrong."""
        self.machine.next(self.state, "choose_representatives")
        if not self.is_collective:
            raise refusals.NotCollective(headcount=self.headcount, least=rule.collective_least)
        chosen = set(worker_ids)
        fits = rule.least <= len(worker_ids) <= rule.most and len(chosen) == len(worker_ids)
        if not fits or not chosen <= self.claimant_ids:
            raise refusals.RepresentativesWrong(pointer="/worker_ids", least=rule.least, most=rule.most,
                                                basis=rule.basis)
        self.representative_ids = list(worker_ids)
        self.move("choose_representatives")

    @property
    def claimant_ids(self) -> set[str]:
        return {claim.worker_id for claim in self.claims}

    def belongs_to(self, worker_id: str) -> bool:
        return worker_id in self.claimant_ids

    def _check_roster(self, claimants: Sequence[Mapping[str, Any]], employers: Mapping[str, str | None]) -> None:
        if len(self.claims) + len(claimants) > MOST_CLAIMANTS:
            raise refusals.RosterFull(pointer="/claimants", most=MOST_CLAIMANTS)
        seen = self.claimant_ids
        for place, told in enumerate(claimants):
            self._check_claimant(told, employers, seen, f"/claimants/{place}")
            seen.add(told["worker_id"])

    def _check_claimant(self, told: Mapping[str, Any], employers: Mapping[str, str | None], seen: set[str],
                        pointer: str) -> None:
        worker_id, who = told["worker_id"], f"{pointer}/worker_id"
        if worker_id not in employers:
            raise refusals.ClaimantUnknown(pointer=who, worker_id=worker_id)
        if employers[worker_id] != self.employer_id:
            raise refusals.ClaimantOfAnotherEmployer(pointer=who, worker_id=worker_id)
        if worker_id in seen:
            raise refusals.ClaimantTwice(pointer=who, worker_id=worker_id)
        if told["period_to"] < told["period_from"]:
            raise refusals.PeriodReversed(pointer=f"{pointer}/period_to", period_from=str(told["period_from"]),
                                          period_to=str(told["period_to"]))
