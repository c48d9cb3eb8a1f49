"""Worker (职工): the master record, and the vault of the numbers that never leave membership."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import Conflict, Invalid, Refusal, SamePerson
from shared.kernel.identifiers import (
    check_resident_id,
    mask_bank_card,
    mask_resident_id,
    resident_birth_on,
    resident_sex,
)
from shared.kernel.roles import Role
from shared.kernel.states import Machine, Move
from shared.kernel.texts import same_name

WAGED = frozenset({"EMPLOYED", "AWAITING_POST", "LONG_LEAVE", "DISPATCHED"})
RURAL = frozenset({"LOCAL_RURAL", "OUTSIDE_RURAL"})
#: who may say that a worker has died, or that it was recorded wrongly
OF_DEATHS = (Role.GRASSROOTS_OFFICER, Role.COUNTY_REVIEWER, Role.CENTRE_DIRECTOR)


class WorkerKnown(Conflict):
    code = "worker-known"
    zh = "该身份证号的职工已登记。请用“按身份证号查找”。"
    en = "A worker with this ID number is registered already. Find the record by ID number."


class BankCardOfAnother(Invalid):
    code = "bank-card-of-another"
    zh = "该银行卡的户名与职工姓名不一致。只能登记本人的银行卡,请核对户名或换一张本人的卡。"
    en = "The holder of this bank card is not the worker. Only the worker's own card can be set: check the name."


class BankCardTaken(Conflict):
    code = "bank-card-taken"
    zh = "该银行卡号已登记在另一职工名下,一张卡只能发放给一人。请核对卡号;原登记有误的,请先为该职工更正。"
    en = ("This bank card is registered for another worker, and one card pays one person. Check the number; if the "
          "other record is wrong, correct that one first.")


class DeathInFuture(Invalid):
    code = "death-in-future"
    zh = "死亡日期 {died_on} 晚于今天 {today}。请核对证明上的日期。"
    en = "The day of death {died_on} is after today, {today}. Check the date on the paper."


class DeathBeforeBirth(Invalid):
    code = "death-before-birth"
    zh = "死亡日期 {died_on} 早于出生日期 {born_on}。请核对证明是否为本人,以及日期。"
    en = "The day of death {died_on} is before the birth, {born_on}. Check whose paper it is, and the date."


@dataclass(eq=False)
class Worker(Aggregate):
    """`id_index` and `bank_card_index` are the keyed hashes by which the numbers are found; the numbers themselves and
    that of the paper of a death are encrypted at rest. `death_recorded_by` is an account id."""

    machine = Machine("ACTIVE", [
        Move(("ACTIVE",), "change_employer", "ACTIVE"),
        Move(("ACTIVE",), "set_bank_card", "ACTIVE"),
        Move(("ACTIVE",), "record_death", "DECEASED", OF_DEATHS),
        Move(("DECEASED",), "correct_death", "ACTIVE", OF_DEATHS),
    ])

    id: str
    org_path: str
    name: str
    id_number: str
    id_index: str
    phone: str | None
    registration: str
    employment: str
    employer_id: str | None
    created_at: datetime
    bank_card: str | None = None
    bank_card_index: str | None = None
    bank_name: str | None = None
    bank_holder: str | None = None
    died_on: date | None = None
    death_evidence_kind: str | None = None
    death_evidence_no: str | None = None
    death_recorded_by: str | None = None
    state: str = "ACTIVE"
    version: int = 1

    @classmethod
    def register(cls, id: str, org_path: str, name: str, id_number: str, id_index: str, phone: str | None,
                 registration: str, employment: str, employer_id: str | None, at: datetime) -> Worker:
        worker = cls(id, org_path, name, check_resident_id(id_number), id_index, phone, registration, employment,
                     employer_id, at)
        worker.record("worker_registered", is_migrant=worker.is_migrant, employer_id=employer_id)
        return worker

    @property
    def is_migrant(self) -> bool:
        """Migrant worker (农民工): rural household registration and waged work (保障农民工工资支付条例 art. 2)."""
        return self.registration in RURAL and self.employment in WAGED

    @property
    def born_on(self) -> date:
        return resident_birth_on(self.id_number)

    @property
    def sex(self) -> str:
        return resident_sex(self.id_number)

    @property
    def id_number_masked(self) -> str:
        return mask_resident_id(self.id_number)

    @property
    def phone_masked(self) -> str | None:
        return self.phone and f"{self.phone[:3]}****{self.phone[-4:]}"

    @property
    def bank_card_masked(self) -> str | None:
        return self.bank_card and mask_bank_card(self.bank_card)

    def change_employer(self, employer_id: str | None, employment: str) -> None:
        self.move("change_employer")
        self.employer_id, self.employment = employer_id, employment
        self.record("employer_changed", worker_id=self.id, employer_id=employer_id, employment=employment)

    def set_bank_card(self, number: str, index: str, bank_name: str, holder_name: str | None = None) -> None:
        """The worker's own card; `holder_name` as the bank has it. Raises BankCardOfAnother."""
        if holder_name is not None and same_name(holder_name) != same_name(self.name):
            raise BankCardOfAnother(pointer="/holder_name")
        self.move("set_bank_card")
        self.bank_card, self.bank_card_index = number, index
        self.bank_name, self.bank_holder = bank_name, holder_name or self.name

    def record_death(self, died_on: date, evidence_kind: str, evidence_no: str, by: str, today: date) -> None:
        """The worker has died (死亡), as a paper says. Raises DeathInFuture, DeathBeforeBirth."""
        self.move("record_death")
        if died_on > today:
            raise DeathInFuture(pointer="/died_on", died_on=str(died_on), today=str(today))
        if died_on < self.born_on:
            raise DeathBeforeBirth(pointer="/died_on", died_on=str(died_on), born_on=str(self.born_on))
        self.died_on, self.death_recorded_by = died_on, by
        self.death_evidence_kind, self.death_evidence_no = evidence_kind, evidence_no
        self.record("worker_deceased", worker_id=self.id, died_on=died_on)

    def correct_death(self, by: str) -> None:
        """It was recorded wrongly: another person, or another day. Whoever entered it does not take it back.

        Raises SamePerson.
        """
        if by == self.death_recorded_by:
            raise SamePerson(first="登记死亡 / recording the death", second="更正死亡登记 / correcting it")
        self.move("correct_death")
        self.died_on = self.death_recorded_by = self.death_evidence_kind = self.death_evidence_no = None
        self.record("worker_death_corrected", worker_id=self.id)

    @property
    def payment_fault(self) -> str | None:
        """Why nothing may be paid to this worker: name, ID and card must match. None when they do."""
        if self.state != "ACTIVE":
            return "PAYEE_DECEASED" if self.state == "DECEASED" else "PAYEE_INACTIVE"
        if self.bank_card is None:
            return "CARD_MISSING"
        if same_name(self.bank_holder or self.name) != same_name(self.name):
            return "HOLDER_DIFFERS"
        return None if _is_resident_id(self.id_number) else "ID_INVALID"

    def belongs_to(self, worker_id: str) -> bool:
        return self.id == worker_id


def _is_resident_id(number: str) -> bool:
    try:
        return check_resident_id(number) == number
    except Refusal:
        return False
