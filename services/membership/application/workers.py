"""Workers: the one place that knows ID numbers, phones and bank cards."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from services.membership.adapters.tables import memberships, workers
from services.membership.domain.employer import Employer
from services.membership.domain.worker import BankCardTaken, Worker, WorkerKnown
from shared.kernel.clock import now
from shared.kernel.errors import NotFound
from shared.kernel.identifiers import check_resident_id, mask_name, mask_resident_id
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.encryption import cipher
from shared.store.reading import Reading
from shared.store.work import Work, visible

#: people of one name that a search gives
MOST_FOUND = 200


def register_worker(work: Work, asked: Asked) -> Worker:
    body = dict(asked.body)
    body["org_path"] = place_of(work.caller, body.get("org_path"))
    body["id_index"] = _index(body["id_number"])
    _known_employer(work, body["employer_id"])
    if work.find(Worker, id_index=body["id_index"]):
        raise WorkerKnown(pointer="/id_number")
    return work.add(Worker.register(new_id(), at=now(), **body))


def get_worker(reading: Reading, asked: Asked) -> Worker:
    return reading.record(Worker, asked.path["worker_id"])


def list_workers(reading: Reading, asked: Asked) -> dict[str, Any]:
    where = [workers.c[name] == asked.query[name] for name in ("name", "employer_id") if name in asked.query]
    return reading.page(Worker, asked.query, sort=[workers.c.created_at, workers.c.name], where=where)


def look_up_worker(work: Work, asked: Asked) -> Worker:
    """A command although it changes nothing: who looked for whom, and what for, is kept."""
    found = work.find(Worker, id_index=_index(asked.body["id_number"]))
    if found is None or not visible(found, work.caller):
        raise NotFound(pointer="/id_number", id=mask_resident_id(asked.body["id_number"]))
    work.note("look_up_worker", "Worker", found.id, {"purpose": asked.body["purpose"]})
    return found


def change_employer(work: Work, asked: Asked) -> Worker:
    worker = work.target(Worker, asked.path["worker_id"])
    _known_employer(work, asked.body["employer_id"])
    worker.change_employer(asked.body["employer_id"], asked.body["employment"])
    return worker


def set_bank_card(work: Work, asked: Asked) -> Worker:
    """Raises BankCardTaken, BankCardOfAnother."""
    worker = work.target(Worker, asked.path["worker_id"])
    index = cipher().blind_index(asked.body["number"], "workers.bank_card")
    holder = work.find(Worker, bank_card_index=index)
    if holder is not None and holder is not worker:
        raise BankCardTaken(pointer="/number")
    worker.set_bank_card(index=index, **asked.body)
    return worker


def describe_workers(reading: Reading, asked: Asked) -> dict[str, Any]:
    members = select(memberships.c.worker_id).where(memberships.c.state == "ACTIVE")
    wanted = select(Worker, workers.c.id.in_(members)).where(workers.c.id.in_(asked.query["worker_ids"]))
    return {"workers": [_facts(worker, is_member) for worker, is_member in reading.session.execute(wanted)]}


def _facts(worker: Worker, is_member: bool) -> dict[str, Any]:
    return {"worker_id": worker.id, "org_path": worker.org_path, "employer_id": worker.employer_id,
            "is_migrant": worker.is_migrant, "is_member": is_member, "is_deceased": worker.state == "DECEASED",
            "has_bank_card": worker.bank_card is not None,
            "has_phone": worker.phone is not None, "name_masked": mask_name(worker.name)}


def find_workers(reading: Reading, asked: Asked) -> dict[str, Any]:
    """Ids only. The service that asks audits its user's purpose."""
    query = asked.query
    where = [workers.c.id_index == _index(query["id_number"])] if "id_number" in query else []
    where += [workers.c.name == query["name"]] if "name" in query else []
    if not where:
        return {"worker_ids": []}
    found = reading.all(select(workers.c.id).where(*where).order_by(workers.c.id.desc()).limit(MOST_FOUND))
    return {"worker_ids": [row.id for row in found]}


def find_members(reading: Reading, asked: Asked) -> dict[str, Any]:
    """Those of a list who are members now: ids and places only."""
    positions = {_index(number): position for position, number in enumerate(asked.query["id_numbers"])}
    members = select(memberships.c.worker_id).where(memberships.c.state == "ACTIVE")
    wanted = select(workers.c.id, workers.c.org_path, workers.c.id_index).where(
        workers.c.id_index.in_(list(positions)), workers.c.id.in_(members))
    found = [{"position": positions[row.id_index], "worker_id": row.id, "org_path": row.org_path}
             for row in reading.connection.execute(wanted)]
    return {"members": sorted(found, key=lambda member: member["position"])}


def _index(id_number: str) -> str:
    return cipher().blind_index(check_resident_id(id_number), "workers.id_number")


def _known_employer(work: Work, employer_id: str | None) -> None:
    # an employer may be served by another unit than the one its worker turns to
    if employer_id is not None and work.session.get(Employer, employer_id) is None:
        raise NotFound(pointer="/employer_id", id=employer_id)
