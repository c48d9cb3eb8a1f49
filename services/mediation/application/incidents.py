"""Collective incidents."""

from __future__ import annotations

from typing import Any

from services.mediation.adapters.tables import incidents
from services.mediation.application.facts import check_employer
from services.mediation.domain.incident import Incident, IncidentKnown
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.reading import Reading
from shared.store.work import Work


def open_incident(work: Work, asked: Asked) -> Incident:
    body = dict(asked.body)
    place = place_of(work.caller, body.pop("org_path", None))
    check_employer(work, body["employer_id"])
    if body["visit_id"] and work.find(Incident, visit_id=body["visit_id"]):
        raise IncidentKnown(pointer="/visit_id")
    return work.add(Incident.open(new_id(), place, at=now(), **body))


def get_incident(reading: Reading, asked: Asked) -> Incident:
    return reading.record(Incident, asked.path["incident_id"])


def list_incidents(reading: Reading, asked: Asked) -> dict[str, Any]:
    names = ("state", "visit_id", "employer_id")
    where = [incidents.c[name] == asked.query[name] for name in names if name in asked.query]
    return reading.page(incidents, asked.query, sort=[incidents.c.created_at, incidents.c.headcount], where=where)


def record_action(work: Work, asked: Asked) -> Incident:
    incident = work.target(Incident, asked.path["incident_id"])
    incident.record_action(asked.body["text"], work.caller.account_id, now())
    return incident


def calm_incident(work: Work, asked: Asked) -> Incident:
    incident = work.target(Incident, asked.path["incident_id"])
    incident.calm(asked.body["text"], work.caller.account_id, now())
    return incident


def close_incident(work: Work, asked: Asked) -> Incident:
    incident = work.target(Incident, asked.path["incident_id"])
    incident.close(asked.body["text"], work.caller.account_id, now())
    return incident
