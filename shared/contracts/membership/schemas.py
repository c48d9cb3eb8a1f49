"""What goes in and out of membership."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.fields import (
    BankCard,
    Choice,
    Day,
    Id,
    Mobile,
    OrgPath,
    PageQuery,
    Record,
    ResidentId,
    Strict,
    Text,
    Uscc,
    Whole,
    listed,
)

ORGANISATION_KINDS = ("PROVINCE", "CITY", "COUNTY", "INDUSTRY", "ZONE", "TOWNSHIP", "VILLAGE", "ENTERPRISE", "JOINT")
REGISTRATIONS = ("LOCAL_URBAN", "LOCAL_RURAL", "OUTSIDE_URBAN", "OUTSIDE_RURAL")
WORKER_STATES = ("ACTIVE", "DECEASED")
#: papers of a death: the doctors' certificate (居民死亡医学证明), cremation (火化证明), the register that was closed
#: (户口注销证明), a court's declaration (宣告死亡判决)
DEATH_EVIDENCE = ("MEDICAL_CERTIFICATE", "CREMATION", "REGISTER_CLOSED", "COURT_DECLARATION")
EMPLOYMENT = ("EMPLOYED", "AWAITING_POST", "LONG_LEAVE", "LAID_OFF", "UNEMPLOYED", "RETIRED", "FLEXIBLE", "DISPATCHED")


class NewOrganisation(Strict):
    """A union organisation (工会组织) below another."""

    parent_path = OrgPath(required=True)
    code = Text(32, required=True, metadata={"pattern": "^[0-9a-z-]{1,32}$"})
    name = Text(100, required=True)
    kind = Choice(ORGANISATION_KINDS, required=True)
    uscc = Uscc(load_default=None, allow_none=True)


class Organisation(Record):
    name = Text(100, required=True)
    kind = Choice(ORGANISATION_KINDS, required=True)
    uscc = Uscc(required=True, allow_none=True)
    state = Choice(("ACTIVE",), required=True)


class NewEmployer(Strict):
    """An employer (用人单位), known by its unified social credit code."""

    uscc = Uscc(required=True)
    name = Text(100, required=True)
    org_path = OrgPath()


class Employer(Record):
    uscc = Uscc(required=True)
    name = Text(100, required=True)
    state = Choice(("ACTIVE",), required=True)


class EmployerQuery(PageQuery):
    uscc = Text(18)
    name = Text(100, metadata={"description": "part of the name"})


class NewWorker(Strict):
    """A worker (职工). The numbers are kept encrypted and shown masked."""

    name = Text(60, required=True)
    id_number = ResidentId(required=True)
    phone = Mobile(load_default=None, allow_none=True)
    registration = Choice(REGISTRATIONS, required=True)
    employment = Choice(EMPLOYMENT, required=True)
    employer_id = Id(load_default=None, allow_none=True)
    org_path = OrgPath()


class Worker(Record):
    """A worker as the windows see them: numbers masked."""

    name = Text(60, required=True)
    id_number_masked = Text(40, required=True)
    phone_masked = Text(40, required=True, allow_none=True)
    bank_card_masked = Text(40, required=True, allow_none=True)
    born_on = Day(required=True)
    sex = Choice(("male", "female"), required=True)
    registration = Choice(REGISTRATIONS, required=True)
    employment = Choice(EMPLOYMENT, required=True)
    employer_id = Id(required=True, allow_none=True)
    is_migrant = fields.Boolean(required=True)
    died_on = Day(required=True, allow_none=True)
    death_evidence_kind = Choice(DEATH_EVIDENCE, required=True, allow_none=True)
    state = Choice(WORKER_STATES, required=True)


class WorkerQuery(PageQuery):
    name = Text(60)
    employer_id = Id()


class LookUp(Strict):
    """Finds a worker by ID number. Every look-up is audited with its purpose."""

    id_number = ResidentId(required=True)
    purpose = Text(200, required=True)


class EmployerChange(Strict):
    employer_id = Id(required=True, allow_none=True)
    employment = Choice(EMPLOYMENT, required=True)


class Card(Strict):
    """The worker's own bank card (本人银行卡). `holder_name` is the name the bank has; without it, the worker's own."""

    number = BankCard(required=True)
    bank_name = Text(60, required=True)
    holder_name = Text(60, load_default=None, allow_none=True)


class Death(Strict):
    """That a worker has died (死亡), and the paper that says so; its number is kept encrypted and not shown."""

    died_on = Day(required=True)
    evidence_kind = Choice(DEATH_EVIDENCE, required=True)
    evidence_no = Text(60, required=True)


class MembershipApplication(Strict):
    worker_id = Id(required=True)


class Membership(Record):
    """Membership (会籍) of a worker in a union."""

    worker_id = Id(required=True)
    state = Choice(("APPLIED", "ACTIVE", "REFUSED", "TRANSFERRING", "RETAINED", "ENDED"), required=True)
    admitted_on = Day(required=True, allow_none=True)
    reason = Text(300, required=True, allow_none=True)


class Reason(Strict):
    reason = Text(300, required=True)


class WorkerIds(Strict):
    worker_ids = listed(Id(), 1, 2000, required=True)


class WorkerFacts(Strict):
    """What other services may know of a worker."""

    worker_id = Id(required=True)
    org_path = OrgPath(required=True)
    employer_id = Id(required=True, allow_none=True)
    is_migrant = fields.Boolean(required=True)
    is_member = fields.Boolean(required=True)
    is_deceased = fields.Boolean(required=True)
    has_bank_card = fields.Boolean(required=True)
    has_phone = fields.Boolean(required=True)
    name_masked = Text(60, required=True)


class WorkersFacts(Strict):
    """Only those that exist are listed."""

    workers = listed(WorkerFacts, 0, 2000, required=True)


class FindWorkers(Strict):
    """By ID number or by the whole name, from a service that audits who asked and what for."""

    id_number = ResidentId()
    name = Text(60)


class FoundWorkers(Strict):
    worker_ids = listed(Id(), 0, 200, required=True)


class IdNumbers(Strict):
    """The people of a list. The service that asks keeps on record which list, and what for."""

    id_numbers = listed(ResidentId(), 1, 500, required=True)


class ListedMember(Strict):
    """`position` counts from 0 in the numbers that were asked: no number goes back."""

    position = Whole(0, 499, required=True)
    worker_id = Id(required=True)
    org_path = OrgPath(required=True)


class ListedMembers(Strict):
    """Only those who are members of a union now are listed."""

    members = listed(ListedMember, 0, 500, required=True)


class EmployerIds(Strict):
    employer_ids = listed(Id(), 1, 2000, required=True)


class EmployerFacts(Strict):
    employer_id = Id(required=True)
    org_path = OrgPath(required=True)
    name = Text(100, required=True)


class EmployersFacts(Strict):
    employers = listed(EmployerFacts, 0, 2000, required=True)


#: why nothing may be paid to a worker
PAYMENT_FAULTS = ("PAYEE_INACTIVE", "PAYEE_DECEASED", "CARD_MISSING", "HOLDER_DIFFERS", "ID_INVALID")


class PayeeIds(Strict):
    worker_ids = listed(Id(), 1, 1000, required=True)


class PayeeFacts(Strict):
    """`fault` is None when name, ID and card match and the worker can be paid."""

    worker_id = Id(required=True)
    org_path = OrgPath(required=True)
    fault = Choice(PAYMENT_FAULTS, required=True, allow_none=True)
    bank_name = Text(60, required=True, allow_none=True)
    bank_card_masked = Text(40, required=True, allow_none=True)
    id_number_masked = Text(40, required=True)


class PayeesFacts(Strict):
    """Only those that exist are listed."""

    payees = listed(PayeeFacts, 0, 1000, required=True)


class PayeePurpose(PayeeIds):
    """For which record the accounts are wanted, and what for; both are kept."""

    subject_id = Id(required=True)
    purpose = Text(200, required=True)


class PayeeAccount(Strict):
    worker_id = Id(required=True)
    holder_name = Text(60, required=True)
    bank_card = Text(40, required=True)
    bank_name = Text(60, required=True)


class PayeeAccounts(Strict):
    """Those who cannot be paid are left out."""

    accounts = listed(PayeeAccount, 0, 1000, required=True)


class PayeeName(Strict):
    worker_id = Id(required=True)
    name = Text(60, required=True)
    id_number_masked = Text(40, required=True)


class PayeeNames(Strict):
    """Only those that exist are listed; whether they could be paid today does not matter."""

    payees = listed(PayeeName, 0, 1000, required=True)


class PayeeIdentity(Strict):
    worker_id = Id(required=True)
    name = Text(60, required=True)
    id_number = Text(18, required=True)


class PayeeIdentities(Strict):
    """As PayeeNames, with the whole ID number."""

    payees = listed(PayeeIdentity, 0, 1000, required=True)
