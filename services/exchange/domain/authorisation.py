"""Authorisation (授权书): no checking with another agency without the household's signature (先授权、后核对)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from services.exchange.domain.rules import RULES
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import Conflict, Invalid
from shared.kernel.identifiers import mask_name, mask_resident_id, resident_birth_on
from shared.kernel.org import division_of
from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move


class ValidityInvalid(Invalid):
    code = "validity-invalid"
    zh = "有效期应自起始日起不超过 {most_days} 天,且不早于起始日。"
    en = "The validity must end between its first day and {most_days} days later."


class GuardianMissing(Invalid):
    """A minor's data are given out with the guardian's signature (个人信息保护法 art. 31)."""

    code = "guardian-missing"
    zh = "未成年人须由同一授权书上签字的成年监护人代签,请填写 guardian_id_number。"
    en = "A minor is signed for by a guardian, an adult who signs the same paper: fill in guardian_id_number."


class SignerTwice(Invalid):
    code = "signer-twice"
    zh = "同一人在授权书上出现两次。"
    en = "A person stands on the paper twice."


class NotAuthorised(Conflict):
    code = "not-authorised"
    zh = "没有覆盖此人、在有效期内的授权书,不得核对(先授权、后核对)。"
    en = "No authorisation in force names this person: nothing may be checked (first authorised, then checked)."


@dataclass(eq=False)
class Signer:
    """A member of the household; `id_index` is the keyed hash of the ID number."""

    signer_id: str
    name: str
    id_number: str
    id_index: str
    guardian_index: str | None

    @property
    def name_masked(self) -> str:
        return mask_name(self.name)

    @property
    def id_number_masked(self) -> str:
        return mask_resident_id(self.id_number)

    @property
    def has_guardian(self) -> bool:
        return self.guardian_index is not None

    def is_adult(self, on: date, adult_from_years: int) -> bool:
        born = resident_birth_on(self.id_number)
        return (on.year - born.year - ((on.month, on.day) < (born.month, born.day))) >= adult_from_years


@dataclass(eq=False)
class Authorisation(Aggregate):
    machine = Machine("VALID", [
        Move(("VALID",), "revoke", "REVOKED", (Role.EXCHANGE_OFFICER, Role.GRASSROOTS_OFFICER, Role.WINDOW_CLERK)),
        Move(("VALID",), "expire", "EXPIRED"),
    ])

    id: str
    org_path: str
    paper_no: str
    purpose: str
    categories: list[str]
    valid_from: date
    valid_to: date
    created_at: datetime
    signers: list[Signer] = field(default_factory=list)
    revoked_on: date | None = None
    reason: str | None = None
    state: str = "VALID"
    version: int = 1

    @classmethod
    def sign(cls, authorisation_id: str, org_path: str, *, paper_no: str, purpose: str, categories: Sequence[str],
             valid_from: date, valid_to: date, signers: list[Signer], at: datetime) -> Authorisation:
        """Raises ValidityInvalid, GuardianMissing, SignerTwice."""
        division = division_of(org_path)
        most_days = RULES.value("authorisation_most", valid_from, division)
        if not valid_from <= valid_to <= valid_from + timedelta(days=most_days):
            raise ValidityInvalid(pointer="/valid_to", most_days=most_days)
        check_signers(signers, valid_from, RULES.value("adult_from", valid_from, division))
        return cls(authorisation_id, org_path, paper_no, purpose, sorted(set(categories)), valid_from, valid_to, at,
                   signers)

    def revoke(self, reason: str, on: date) -> None:
        """Revoking is as easy as signing (个人信息保护法 art. 15)."""
        self.move("revoke")
        self.revoked_on, self.reason = on, reason

    def expire(self) -> None:
        self.move("expire")

    def check_covers(self, id_index: str, on: date) -> None:
        """Raises NotAuthorised."""
        named = any(signer.id_index == id_index for signer in self.signers)
        if self.state != "VALID" or not self.valid_from <= on <= self.valid_to or not named:
            raise NotAuthorised


def check_signers(signers: Sequence[Signer], on: date, adult_from_years: int) -> None:
    """Raises GuardianMissing, SignerTwice, pointing at the signer."""
    adults = {signer.id_index for signer in signers if signer.is_adult(on, adult_from_years)}
    seen: set[str] = set()
    for number, signer in enumerate(signers):
        if signer.id_index in seen:
            raise SignerTwice(pointer=f"/signers/{number}/id_number")
        seen.add(signer.id_index)
        if signer.id_index not in adults and signer.guardian_index not in adults:
            raise GuardianMissing(pointer=f"/signers/{number}/guardian_id_number")
