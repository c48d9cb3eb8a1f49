"""Consultations."""

from __future__ import annotations

from typing import Any

from services.legal.adapters.tables import consultations
from services.legal.application.facts import check_worker
from services.legal.domain.consultation import Consultation
from shared.kernel.clock import now, today
from shared.kernel.errors import DayInFuture
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.reading import Reading
from shared.store.work import Work


def register_consultation(work: Work, asked: Asked) -> Consultation:
    body = dict(asked.body)
    place = place_of(work.caller, body.pop("org_path", None))
    body["held_on"] = body["held_on"] or today()
    if body["held_on"] > today():
        raise DayInFuture(pointer="/held_on", day=str(body["held_on"]))
    check_worker(work, body["worker_id"])
    return work.add(Consultation.register(new_id(), place, work.caller.account_id, now(), **body))


def get_consultation(reading: Reading, asked: Asked) -> Any:
    return reading.row(consultations, asked.path["consultation_id"])


def list_consultations(reading: Reading, asked: Asked) -> dict[str, Any]:
    names = ("topic", "worker_id", "visit_id")
    where = [consultations.c[name] == asked.query[name] for name in names if name in asked.query]
    return reading.page(consultations, asked.query, sort=[consultations.c.created_at, consultations.c.held_on],
                        where=where)
