"""Letters of authorisation, and what may be asked by them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from services.exchange.adapters.tables import authorisations, batches, rows
from services.exchange.application.blind import index_of
from services.exchange.domain.authorisation import Authorisation, Signer
from shared.kernel.clock import now, today
from shared.kernel.errors import Conflict
from shared.kernel.identifiers import check_resident_id
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.reading import Reading
from shared.store.work import Work

FOUND_MOST = 200


class PaperKnown(Conflict):
    code = "authorisation-known"
    zh = "编号为 {paper_no} 的授权书已登记。"
    en = "The authorisation {paper_no} is registered already."


def register_authorisation(work: Work, asked: Asked) -> Authorisation:
    body = dict(asked.body)
    path = place_of(work.caller, body.pop("org_path", None))
    body["signers"] = [_signer(one) for one in body["signers"]]
    if work.find(Authorisation, org_path=path, paper_no=body["paper_no"]):
        raise PaperKnown(pointer="/paper_no", paper_no=body["paper_no"])
    return work.add(Authorisation.sign(new_id(), path, at=now(), **body))


def get_authorisation(reading: Reading, asked: Asked) -> Authorisation:
    return reading.record(Authorisation, asked.path["authorisation_id"])


def list_authorisations(reading: Reading, asked: Asked) -> dict[str, Any]:
    where = [authorisations.c[name] == asked.query[name] for name in ("state", "paper_no") if name in asked.query]
    sort = [authorisations.c.created_at, authorisations.c.valid_to]
    return reading.page(authorisations, asked.query, sort=sort, where=where)


def revoke_authorisation(work: Work, asked: Asked) -> Authorisation:
    authorisation = work.target(Authorisation, asked.path["authorisation_id"])
    authorisation.revoke(asked.body["reason"], today())
    return authorisation


def check_person(work: Work, asked: Asked) -> dict[str, Any]:
    """A command although it changes nothing: who was checked by which paper, and what for, is kept."""
    authorisation = work.load(Authorisation, asked.body["authorisation_id"])
    id_index = index_of(asked.body["id_number"])
    authorisation.check_covers(id_index, today())
    wanted = select(batches.c.agency, batches.c.kind, batches.c.data_date, rows.c.category, rows.c.amount_fen).join(
        batches, batches.c.id == rows.c.batch_id).where(rows.c.id_index == id_index, batches.c.state == "LOADED")
    found = work.session.execute(wanted.order_by(batches.c.data_date.desc(), rows.c.id).limit(FOUND_MOST)).all()
    work.note("check_person", "Authorisation", authorisation.id,
              {"purpose": asked.body["purpose"], "id_index": id_index, "found": len(found)})
    return {"found": found}


def expire_authorisations(work: Work) -> None:
    """Tick: what has run out."""
    ended = select(Authorisation).where(authorisations.c.state == "VALID", authorisations.c.valid_to < today())
    for authorisation in work.all(ended.order_by(authorisations.c.valid_to, authorisations.c.id).limit(100)):
        authorisation.expire()


def _signer(body: dict[str, Any]) -> Signer:
    guardian = body["guardian_id_number"]
    return Signer(new_id(), body["name"], check_resident_id(body["id_number"]), index_of(body["id_number"]),
                  guardian and index_of(guardian))
