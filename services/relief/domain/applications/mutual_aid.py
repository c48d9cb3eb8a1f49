"""What mutual aid paid for a medical need (互助给付): known from its claims, beside what the applicant declared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from shared.kernel.money import format_yuan
from shared.kernel.slices import slices

#: the payer by which an application declares mutual aid
PAYER = "MUTUAL_AID"
#: claims that one step of a computation names
NAMED = 6


@dataclass(frozen=True)
class KnownClaim:
    """A claim that was paid, by this union or by the scheme of a higher one; what was recovered is taken off. Fen."""

    claim_no: str
    amount_fen: int
    paid_on: date


@dataclass(frozen=True)
class OtherAid:
    """Aid that met the same need, in fen: what was declared, by payer, and the claims that mutual aid is known to have
    paid.

    The same mutual aid stands on both sides when the applicant declared it by hand, and no number ties the two
    together. So of mutual aid the larger of the two sums counts, never both: a claim that nobody declared is not
    missed, one that was declared is not taken off twice, and a declaration may still tell of a scheme whose claims
    are not kept here.
    """

    declared: Sequence[tuple[str, int]] = ()
    claims: Sequence[KnownClaim] = ()

    @property
    def declared_mutual_fen(self) -> int:
        return sum(fen for payer, fen in self.declared if payer == PAYER)

    @property
    def known_mutual_fen(self) -> int:
        return sum(claim.amount_fen for claim in self.claims)

    @property
    def mutual_fen(self) -> int:
        return max(self.declared_mutual_fen, self.known_mutual_fen)

    @property
    def total_fen(self) -> int:
        return self.mutual_fen + sum(fen for payer, fen in self.declared if payer != PAYER)

    @property
    def payers(self) -> tuple[str, ...]:
        """Whoever gave something."""
        known = {PAYER} if self.known_mutual_fen else set()
        return tuple(sorted(known.union(payer for payer, _ in self.declared)))

    def steps(self) -> Iterator[tuple[str, str]]:
        """The claims by number and sum, and which of two figures counts, in both languages."""
        for some in slices(self.claims, NAMED):
            zh, en = zip(*map(_named, some), strict=True)
            yield f"互助已给付:{'、'.join(zh)}", f"mutual aid paid: {', '.join(en)}"
        if self.claims:
            known, declared = format_yuan(self.known_mutual_fen), format_yuan(self.declared_mutual_fen)
            counted = format_yuan(self.mutual_fen)
            yield (f"互助给付:系统记录 {known},申报 {declared};同一笔不重复扣减,按较大者计 {counted}",
                   f"mutual aid: {known} on record, {declared} declared; nothing is taken off twice, so the larger "
                   f"counts: {counted}")


def _named(claim: KnownClaim) -> tuple[str, str]:
    amount = format_yuan(claim.amount_fen)
    return (f"{claim.claim_no} {amount}({claim.paid_on})", f"{claim.claim_no} {amount} ({claim.paid_on})")
