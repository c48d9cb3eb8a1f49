"""Partner (合作商户) and its outlets (网点): who gives something up, and where."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.relief.domain.duty import different
from services.relief.domain.platforms.kinds import STATION
from services.relief.domain.platforms.refusals import (
    AccountNameDiffers,
    NoAccountProposed,
    NoStation,
    OutletClosed,
    PartnerInBatch,
    PartnerNotActive,
    StationIncomplete,
)
from services.relief.domain.platforms.states import OUTLET, PARTNER
from shared.kernel.aggregate import Aggregate
from shared.kernel.texts import same_name

ENTERING, CONFIRMING = "登记结算账户 / entering the account", "确认结算账户 / confirming the account"
RESERVING, APPROVING = "预占资金 / reserving", "批准结算单 / approving the settlement"


@dataclass(frozen=True)
class Waiting:
    """Money that is on its way to a partner: who reserved it, who approved the settlements that are not paid yet, and
    the number of a batch that has not gone to the bank and holds some of it."""

    reserved_by: Collection[str] = ()
    approved_by: Collection[str] = ()
    batch_no: str | None = None


@dataclass(eq=False)
class Partner(Aggregate):
    """`union_path` is the union unit that works with it, `org_path` the partner's own place below that unit: clerks
    granted there see this partner only. A care-relay station (爱心接力站) is built with an employer (`employer_id`) and
    has a `focus` of its own; other kinds have neither. `new_...` is an account that was entered and counts for nothing
    until a second person confirms it; `account_note` says why an account has another name than the partner."""

    machine = PARTNER

    id: str
    org_path: str
    partner_no: str
    union_path: str
    kind: str
    name: str
    uscc: str | None
    contact: str | None
    created_at: datetime
    account_name: str | None = None
    bank_name: str | None = None
    account_number: str | None = None
    account_set_by: str | None = None
    account_confirmed_by: str | None = None
    account_note: str | None = None
    new_account_name: str | None = None
    new_bank_name: str | None = None
    new_account_number: str | None = None
    new_account_by: str | None = None
    new_account_note: str | None = None
    state_reason: str | None = None
    employer_id: str | None = None
    focus: str | None = None
    state: str = "ACTIVE"
    version: int = 1

    @classmethod
    def register(cls, id: str, union_path: str, partner_no: str, facts: Mapping[str, Any], at: datetime) -> Partner:
        """Raises StationIncomplete, NoStation."""
        place = f"{union_path}{partner_no.lower()}/"
        partner = cls(id, place, partner_no, union_path, facts["kind"], facts["name"], facts["uscc"], facts["contact"],
                      at)
        if partner.is_station or facts["employer_id"] or facts["focus"]:
            partner._build_with(facts["employer_id"], facts["focus"])
        partner._tell("partner_registered", kind=partner.kind)
        return partner

    @property
    def is_station(self) -> bool:
        return self.kind == STATION

    def build_with(self, employer_id: str, focus: str) -> None:
        """Another employer, or another focus (共建单位、服务侧重). Raises NoStation."""
        self._build_with(employer_id, focus)
        self.touch()

    def _build_with(self, employer_id: str | None, focus: str | None) -> None:
        if not self.is_station:
            raise NoStation(pointer="/employer_id" if employer_id else "/focus", kind=self.kind)
        if not employer_id or not focus:
            raise StationIncomplete(pointer="/focus" if employer_id else "/employer_id")
        self.employer_id, self.focus = employer_id, focus

    @property
    def account_tail(self) -> str | None:
        return self.account_number and self.account_number[-4:]

    @property
    def new_account_tail(self) -> str | None:
        return self.new_account_number and self.new_account_number[-4:]

    def set_account(self, account_name: str, bank_name: str, number: str, note: str | None, by: str,
                    waiting: Waiting) -> None:
        """Enter an account, which a second person confirms. Not by somebody who has reserved money that waits for this
        partner, or approved the settlement it is for.

        Raises SamePerson, AccountNameDiffers, PartnerInBatch.
        """
        self._require_free(by, ENTERING, waiting)
        if same_name(account_name) != same_name(self.name) and not note:
            raise AccountNameDiffers(pointer="/account_name", account_name=account_name, name=self.name)
        self.new_account_name, self.new_bank_name, self.new_account_number = account_name, bank_name, number
        self.new_account_by, self.new_account_note = by, note
        self.touch()

    def confirm_account(self, by: str, waiting: Waiting) -> None:
        """The account counts from here on. Raises NoAccountProposed, SamePerson, PartnerInBatch."""
        if self.new_account_number is None:
            raise NoAccountProposed(name=self.name)
        self._require_free(by, CONFIRMING, waiting)
        different(by, CONFIRMING, (ENTERING, self.new_account_by))
        self.account_name, self.bank_name, self.account_number = (
            self.new_account_name, self.new_bank_name, self.new_account_number)
        self.account_set_by, self.account_confirmed_by, self.account_note = (
            self.new_account_by, by, self.new_account_note)
        self.new_account_name = self.new_bank_name = self.new_account_number = None
        self.new_account_by = self.new_account_note = None
        self.touch()

    def _require_free(self, by: str, step: str, waiting: Waiting) -> None:
        different(by, step, (RESERVING, waiting.reserved_by), (APPROVING, waiting.approved_by))
        if waiting.batch_no is not None:
            raise PartnerInBatch(name=self.name, batch_no=waiting.batch_no)

    def suspend(self, reason: str) -> None:
        self._stop("suspend", reason)

    def end(self, reason: str) -> None:
        self._stop("end", reason)

    def resume(self) -> None:
        self.move("resume")
        self.state_reason = None
        self._tell("partner_state_changed", state=self.state)

    def require_active(self) -> None:
        """Raises PartnerNotActive."""
        if self.state != "ACTIVE":
            raise PartnerNotActive(name=self.name, reason=self.state_reason or "-")

    def _stop(self, command: str, reason: str) -> None:
        self.move(command)
        self.state_reason = reason
        self._tell("partner_state_changed", state=self.state)

    def _tell(self, event: str, **data: Any) -> None:
        self.record(event, partner_id=self.id, partner_no=self.partner_no, **data)


@dataclass(eq=False)
class Outlet(Aggregate):
    """One shop, pharmacy or school. Its place lies below the partner's, so a clerk may be granted a single outlet."""

    machine = OUTLET

    id: str
    org_path: str
    partner_id: str
    code: str
    name: str
    address: str | None
    created_at: datetime
    state: str = "OPEN"
    version: int = 1

    @classmethod
    def add(cls, id: str, partner: Partner, facts: Mapping[str, Any], at: datetime) -> Outlet:
        code = facts["code"].lower()
        # the letter before it keeps a code of digits from being read as a division code
        return cls(id, f"{partner.org_path}o-{code}/", partner.id, code, facts["name"], facts["address"], at)

    def rename(self, name: str, address: str | None) -> bool:
        """Whether anything changed."""
        if (self.name, self.address) == (name, address):
            return False
        self.name, self.address = name, address
        self.touch()
        return True

    def close(self) -> None:
        self.move("close")

    def reopen(self) -> None:
        self.move("reopen")

    def require_open(self) -> None:
        """Raises OutletClosed."""
        if self.state != "OPEN":
            raise OutletClosed(name=self.name)
