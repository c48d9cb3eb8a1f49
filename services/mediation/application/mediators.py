"""The roster of mediators."""

from __future__ import annotations

from typing import Any

from services.mediation.adapters.tables import mediators
from services.mediation.domain.mediator import Mediator, MediatorKnown
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.reading import Reading
from shared.store.work import Work


def register_mediator(work: Work, asked: Asked) -> Mediator:
    body = asked.body
    place = place_of(work.caller, body.get("org_path"))
    if work.find(Mediator, account_id=body["account_id"]):
        raise MediatorKnown(pointer="/account_id")
    return work.add(Mediator(new_id(), place, body["name"], body["account_id"], body["is_chief"], now()))


def get_mediator(reading: Reading, asked: Asked) -> Any:
    return reading.row(mediators, asked.path["mediator_id"])


def list_mediators(reading: Reading, asked: Asked) -> dict[str, Any]:
    where = [mediators.c[name] == asked.query[name] for name in ("state", "is_chief") if name in asked.query]
    return reading.page(mediators, asked.query, sort=[mediators.c.created_at, mediators.c.name], where=where)


def retire_mediator(work: Work, asked: Asked) -> Mediator:
    mediator = work.target(Mediator, asked.path["mediator_id"])
    mediator.retire()
    return mediator
