"""What membership tells."""

from __future__ import annotations

from marshmallow import fields

from shared.contracts.fields import Choice, Day, Id, Strict, Uscc
from shared.contracts.membership.schemas import EMPLOYMENT, ORGANISATION_KINDS
from shared.contracts.table import Event


class OrganisationRegistered(Strict):
    kind = Choice(ORGANISATION_KINDS, required=True)


class EmployerRegistered(Strict):
    uscc = Uscc(required=True)


class WorkerRegistered(Strict):
    is_migrant = fields.Boolean(required=True)
    employer_id = Id(required=True, allow_none=True)


class EmployerChanged(Strict):
    worker_id = Id(required=True)
    employer_id = Id(required=True, allow_none=True)
    employment = Choice(EMPLOYMENT, required=True)


class MemberAdmitted(Strict):
    worker_id = Id(required=True)


class MembershipEnded(Strict):
    worker_id = Id(required=True)


class WorkerDeceased(Strict):
    worker_id = Id(required=True)
    died_on = Day(required=True)


class WorkerDeathCorrected(Strict):
    worker_id = Id(required=True)


EVENTS = (
    Event("membership", "organisation_registered", 1, OrganisationRegistered, "工会组织已登记",
          "Organisation registered"),
    Event("membership", "employer_registered", 1, EmployerRegistered, "用人单位已登记", "Employer registered"),
    Event("membership", "worker_registered", 1, WorkerRegistered, "职工已登记", "Worker registered", "PERSONAL"),
    Event("membership", "employer_changed", 1, EmployerChanged, "用人单位已变更", "Employer changed", "PERSONAL"),
    Event("membership", "member_admitted", 1, MemberAdmitted, "已入会", "Member admitted", "PERSONAL"),
    Event("membership", "membership_ended", 1, MembershipEnded, "会籍已终止", "Membership ended", "PERSONAL"),
    Event("membership", "worker_deceased", 1, WorkerDeceased, "职工死亡", "Worker deceased", "PERSONAL"),
    Event("membership", "worker_death_corrected", 1, WorkerDeathCorrected, "职工死亡登记已更正",
          "A death recorded wrongly was taken back", "PERSONAL"),
)
