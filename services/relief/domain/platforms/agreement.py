"""Partner agreement (合作协议), edition by edition: how a price is shared, from which day to which.

The shares of the documented centre (supermarket 88/12, pharmacy 85/15, school 80/20, hospital none) are contract data.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from services.relief.domain.duty import different
from services.relief.domain.platforms.kinds import CAPABILITY_NAMES, WITH_CAPABILITIES, WITHOUT_SHARES
from services.relief.domain.platforms.partner import Partner
from services.relief.domain.platforms.refusals import (
    AgreementDaysWrong,
    CapabilitiesElsewhere,
    HospitalWithoutShares,
    LastDayBeforeToday,
    PartnerCannot,
    SharesMissing,
)
from services.relief.domain.platforms.states import AGREEMENT
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import DayInFuture
from shared.kernel.money import BASIS_POINTS, SharesInvalid, split

DRAFTING, SIGNING = "起草协议 / drafting", "签署协议 / signing"
_DAY = timedelta(days=1)


@dataclass(eq=False)
class PartnerAgreement(Aggregate):
    """One edition. Shares are basis points, both or none. `valid_to` is the last day; none while open.
    `capabilities` are what a care supermarket has promised to do (kinds.CAPABILITIES); other kinds have none."""

    machine = AGREEMENT

    id: str
    org_path: str
    agreement_no: str
    partner_id: str
    kind: str
    edition: int
    document_no: str
    union_bp: int | None
    partner_bp: int | None
    valid_from: date
    valid_to: date | None
    drafted_by: str
    created_at: datetime
    signed_by: str | None = None
    signed_by_partner: str | None = None
    signed_on: date | None = None
    ended_reason: str | None = None
    capabilities: list[str] = field(default_factory=list)
    state: str = "DRAFTED"
    version: int = 1

    @classmethod
    def draft(cls, id: str, partner: Partner, number: str, edition: int, terms: Mapping[str, Any], by: str,
              at: datetime) -> PartnerAgreement:
        """Raises PartnerNotActive, SharesMissing, HospitalWithoutShares, SharesInvalid, CapabilitiesElsewhere,
        AgreementDaysWrong."""
        partner.require_active()
        _check_shares(partner.kind, terms["union_bp"], terms["partner_bp"])
        _check_capabilities(partner.kind, terms["capabilities"])
        if terms["valid_to"] and terms["valid_to"] < terms["valid_from"]:
            raise AgreementDaysWrong(pointer="/valid_to", valid_from=str(terms["valid_from"]))
        return cls(id, partner.org_path, number, partner.id, partner.kind, edition, terms["document_no"],
                   terms["union_bp"], terms["partner_bp"], terms["valid_from"], terms["valid_to"], by, at,
                   capabilities=sorted(set(terms["capabilities"])))

    @property
    def has_shares(self) -> bool:
        return self.union_bp is not None

    def shares(self, total_fen: int) -> tuple[int, int]:
        """The union's and the partner's part of a price, in fen: the partner's is rounded half up, the union takes the
        rest. Raises SharesMissing."""
        if self.union_bp is None or self.partner_bp is None:
            raise SharesMissing(kind=self.kind)
        union_fen, partner_fen = split(total_fen, [self.union_bp, self.partner_bp])
        return union_fen, partner_fen

    def require_capability(self, capability: str, partner: str) -> None:
        """Raises PartnerCannot."""
        if capability not in self.capabilities:
            zh, en = CAPABILITY_NAMES[capability]
            raise PartnerCannot(partner=partner, agreement_no=self.agreement_no, capability_zh=zh, capability_en=en)

    def covers(self, day: date) -> bool:
        """Whether this edition ruled on that day."""
        signed = self.state in ("SIGNED", "TERMINATED")
        return signed and self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def sign(self, signed_by_partner: str, signed_on: date, by: str, today: date) -> None:
        """Who drafted it does not sign it. Raises SamePerson, DayInFuture."""
        different(by, SIGNING, (DRAFTING, self.drafted_by))
        self.move("sign")
        if signed_on > today:
            raise DayInFuture(pointer="/signed_on", day=str(signed_on))
        self.signed_by, self.signed_by_partner, self.signed_on = by, signed_by_partner, signed_on
        self._tell("partner_agreement_signed", kind=self.kind, edition=self.edition, union_bp=self.union_bp,
                   partner_bp=self.partner_bp, valid_from=self.valid_from, valid_to=self.valid_to)

    def withdraw(self, reason: str) -> None:
        self.move("withdraw")
        self.ended_reason = reason

    def supersede(self, from_day: date) -> None:
        """A newer edition rules from that day on."""
        self.move("supersede")
        self.valid_to = from_day - _DAY

    def terminate(self, last_day: date, reason: str, today: date) -> None:
        """The last day is today or later: what was sold stays sold. Raises LastDayBeforeToday, AgreementDaysWrong."""
        self.move("terminate")
        if last_day < today:
            raise LastDayBeforeToday(pointer="/last_day", last_day=str(last_day))
        if last_day < self.valid_from or (self.valid_to and last_day > self.valid_to):
            raise AgreementDaysWrong(pointer="/last_day", valid_from=str(self.valid_from))
        self.valid_to, self.ended_reason = last_day, reason
        self._tell("partner_agreement_terminated", last_day=last_day)

    def _tell(self, event: str, **data: Any) -> None:
        self.record(event, agreement_id=self.id, partner_id=self.partner_id, agreement_no=self.agreement_no, **data)


def _check_shares(kind: str, union_bp: int | None, partner_bp: int | None) -> None:
    if kind in WITHOUT_SHARES:
        if (union_bp, partner_bp) != (None, None):
            raise HospitalWithoutShares(pointer="/union_bp")
        return
    if union_bp is None or partner_bp is None:
        raise SharesMissing(pointer="/union_bp", kind=kind)
    if union_bp + partner_bp != BASIS_POINTS:
        raise SharesInvalid(pointer="/partner_bp", received=str([union_bp, partner_bp]))


def _check_capabilities(kind: str, capabilities: Collection[str]) -> None:
    if capabilities and kind != WITH_CAPABILITIES:
        raise CapabilitiesElsewhere(pointer="/capabilities", kind=kind)
