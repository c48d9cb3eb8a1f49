"""Care card (爱心卡): what a household in hardship shows at the till."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from hmac import compare_digest
from typing import Any

from services.relief.domain.duty import different
from services.relief.domain.platforms.kinds import PLATFORM_OF_CARD
from services.relief.domain.platforms.refusals import CardEndsTooLate, LimitAboveRule
from services.relief.domain.platforms.rules import CardRule
from services.relief.domain.platforms.states import CARD
from services.relief.domain.platforms.till_refusals import CardExpired, CardForOtherPlatform, CardNotUsable, PinWrong
from shared.kernel.aggregate import Aggregate
from shared.kernel.money import format_yuan

REQUEST, ISSUE = "申领爱心卡 / requesting the card", "发卡 / issuing the card"
#: a card in these states does not sell any more, but did until `stopped_at`
STOPPED = ("FROZEN", "REPLACED", "EXPIRED", "CANCELLED")


@dataclass(eq=False)
class CareCard(Aggregate):
    """Limits are fen of goods a month and a year, over all cards of the kind the holder has had. `ends_on` is set when
    the household leaves hardship: the last day of the period. The PIN is encrypted by the store."""

    machine = CARD

    id: str
    org_path: str
    kind: str
    worker_id: str
    file_id: str | None
    basis_no: str | None
    requested_by: str
    created_at: datetime
    card_no: str | None = None
    pin: str | None = None
    monthly_limit_fen: int | None = None
    yearly_limit_fen: int | None = None
    valid_to: date | None = None
    ends_on: date | None = None
    issued_by: str | None = None
    activated_at: datetime | None = None
    stopped_at: datetime | None = None
    reason: str | None = None
    replaces_id: str | None = None
    replaced_by_id: str | None = None
    state: str = "REQUESTED"
    version: int = 1

    @property
    def has_pin(self) -> bool:
        return self.pin is not None

    @property
    def last_day(self) -> date | None:
        """The last day on which the card sells."""
        return min((day for day in (self.valid_to, self.ends_on) if day), default=None)

    # -- life --------------------------------------------------------------------------------------------------

    def issue(self, card_no: str, monthly_limit_fen: int | None, yearly_limit_fen: int | None, valid_to: date,
              rule: CardRule, by: str, on: date) -> None:
        """Who asked for the card does not issue it. Raises SamePerson, LimitAboveRule, CardEndsTooLate."""
        different(by, ISSUE, (REQUEST, self.requested_by))
        self.move("issue")
        self._check_limits(monthly_limit_fen, yearly_limit_fen, rule)
        most = rule.last_day(on)
        if not on <= valid_to <= most:
            raise CardEndsTooLate(pointer="/valid_to", most=str(most), document=rule.document)
        self.card_no, self.valid_to, self.issued_by = card_no, valid_to, by
        self.monthly_limit_fen, self.yearly_limit_fen = monthly_limit_fen, yearly_limit_fen
        self._tell("care_card_issued", worker_id=self.worker_id, valid_to=valid_to)

    def _check_limits(self, monthly_fen: int | None, yearly_fen: int | None, rule: CardRule) -> None:
        for name, asked_fen, most_fen in (("monthly", monthly_fen, rule.most_month_fen),
                                          ("yearly", yearly_fen, rule.most_year_fen)):
            if asked_fen is not None and most_fen is not None and asked_fen > most_fen:
                raise LimitAboveRule(pointer=f"/{name}_limit_fen", asked=format_yuan(asked_fen),
                                     most=format_yuan(most_fen), document=rule.document)

    def activate(self, pin: str | None, at: datetime) -> None:
        self.move("activate")
        self.pin, self.activated_at = pin, at
        self._tell("care_card_activated")

    def freeze(self, reason: str, at: datetime) -> None:
        """The holder has lost it (挂失), or has died."""
        self.move("freeze")
        self.reason, self.stopped_at = reason, at
        self._tell("care_card_frozen")

    def unfreeze(self) -> None:
        self.move("unfreeze")
        self.reason = self.stopped_at = None
        self._tell("care_card_unfrozen")

    def replace(self, id: str, card_no: str, reason: str, by: str, at: datetime) -> CareCard:
        """A new card of the same terms (补卡); what was used of the limits stays used."""
        self.move("replace")
        self.reason, self.stopped_at, self.replaced_by_id = reason, self.stopped_at or at, id
        new = CareCard(id, self.org_path, self.kind, self.worker_id, self.file_id, self.basis_no, self.requested_by, at,
                       card_no, None, self.monthly_limit_fen, self.yearly_limit_fen, self.valid_to, self.ends_on, by,
                       replaces_id=self.id, state="ISSUED")
        self._tell("care_card_replaced", new_card_id=id)
        new._tell("care_card_issued", worker_id=new.worker_id, valid_to=new.valid_to)
        return new

    def end_with_file(self, last_day: date, reason: str) -> None:
        """The household has left hardship: the card ends with the period."""
        self.move("end_with_file")
        self.ends_on, self.reason = last_day, reason

    def expire(self, at: datetime) -> None:
        self.move("expire")
        self.stopped_at = self.stopped_at or at
        self._tell("care_card_expired")

    def cancel(self, reason: str, at: datetime) -> None:
        self.move("cancel")
        self.reason, self.stopped_at = reason, self.stopped_at or at
        self._tell("care_card_cancelled")

    # -- at the till -------------------------------------------------------------------------------------------

    def require_usable(self, platform: str, pin: str | None, at: datetime) -> None:
        """Whether the card sold, or sells, at that moment. Raises CardForOtherPlatform, CardExpired, CardNotUsable,
        PinWrong."""
        if PLATFORM_OF_CARD[self.kind] != platform:
            raise CardForOtherPlatform(pointer="/card_no", kind=self.kind, platform=platform)
        if self.last_day and at.date() > self.last_day:
            raise CardExpired(pointer="/card_no", last_day=str(self.last_day))
        was_stopped = self.state in STOPPED and (self.stopped_at is None or at >= self.stopped_at)
        if self.activated_at is None or at < self.activated_at or was_stopped:
            raise CardNotUsable(pointer="/card_no", state=self.state)
        if self.pin is not None and not compare_digest(self.pin.encode(), (pin or "").encode()):
            raise PinWrong(pointer="/pin")

    def _tell(self, event: str, **data: Any) -> None:
        self.record(event, card_id=self.id, kind=self.kind, **data)
