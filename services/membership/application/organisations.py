"""Union organisations and employers."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from services.membership.adapters.tables import employers, organisations
from services.membership.domain.employer import Employer, EmployerKnown
from services.membership.domain.organisation import Organisation
from shared.kernel.clock import now
from shared.kernel.errors import Conflict
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.reading import Reading
from shared.store.work import Work


class OrganisationKnown(Conflict):
    code = "organisation-known"
    zh = "组织路径 {org_path} 已存在。请换一个代码。"
    en = "There is an organisation at {org_path} already. Take another code."


def register_organisation(work: Work, asked: Asked) -> Organisation:
    body = {**asked.body, "parent_path": place_of(work.caller, asked.body["parent_path"], "/parent_path")}
    organisation = Organisation.register(new_id(), at=now(), **body)
    if work.find(Organisation, org_path=organisation.org_path):
        raise OrganisationKnown(pointer="/code", org_path=organisation.org_path)
    return work.add(organisation)


def get_organisation(reading: Reading, asked: Asked) -> Any:
    return reading.row(organisations, asked.path["organisation_id"])


def list_organisations(reading: Reading, asked: Asked) -> dict[str, Any]:
    return reading.page(organisations, asked.query, sort=[organisations.c.created_at, organisations.c.name])


def register_employer(work: Work, asked: Asked) -> Employer:
    if work.find(Employer, uscc=asked.body["uscc"]):
        raise EmployerKnown(pointer="/uscc", uscc=asked.body["uscc"])
    path = place_of(work.caller, asked.body.get("org_path"))
    return work.add(Employer.register(new_id(), path, asked.body["uscc"], asked.body["name"], now()))


def get_employer(reading: Reading, asked: Asked) -> Any:
    return reading.row(employers, asked.path["employer_id"])


def list_employers(reading: Reading, asked: Asked) -> dict[str, Any]:
    where = [employers.c.uscc == asked.query["uscc"]] if "uscc" in asked.query else []
    if "name" in asked.query:
        where.append(employers.c.name.contains(asked.query["name"], autoescape=True))
    return reading.page(employers, asked.query, sort=[employers.c.created_at, employers.c.name], where=where)


def describe_employers(reading: Reading, asked: Asked) -> dict[str, Any]:
    wanted = select(employers.c.id, employers.c.org_path, employers.c.name).where(
        employers.c.id.in_(asked.query["employer_ids"]))
    return {"employers": [{"employer_id": row.id, "org_path": row.org_path, "name": row.name}
                          for row in reading.all(wanted)]}
