"""Administering the API clients of other agencies (R24)."""

from __future__ import annotations

from typing import Any

from gateway.accounts.domain import ApiClient
from gateway.accounts.refusals import NameTaken, OutOfReach
from gateway.accounts.revoking import tell_workers
from gateway.adapters.tables import api_clients
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.store.reading import Reading
from shared.store.work import Work


def create_api_client(work: Work, asked: Asked) -> ApiClient:
    body = asked.body
    if not work.caller.covers(body["org_path"]):
        raise OutOfReach(org_path=body["org_path"])
    if work.find(ApiClient, name=body["name"]):
        raise NameTaken(name=body["name"])
    return work.add(ApiClient(id=new_id(), org_path=body["org_path"], state=ApiClient.machine.initial, version=1,
                              created_at=now(), name=body["name"], display_name=body["display_name"],
                              scopes=sorted(set(body["scopes"]))))


def list_api_clients(reading: Reading, asked: Asked) -> dict[str, Any]:
    where = [api_clients.c.state == asked.query["state"]] if "state" in asked.query else []
    return reading.page(ApiClient, asked.query, sort=[api_clients.c.created_at, api_clients.c.name], where=where)


def get_api_client(reading: Reading, asked: Asked) -> ApiClient:
    return reading.record(ApiClient, asked.path["client_id"])


def rotate_api_client_secret(work: Work, asked: Asked) -> ApiClient:
    client = _target(work, asked)
    client.rotate_secret()
    return client


def disable_api_client(work: Work, asked: Asked) -> ApiClient:
    return _moved(work, asked, "disable")


def enable_api_client(work: Work, asked: Asked) -> ApiClient:
    return _moved(work, asked, "enable")


def _target(work: Work, asked: Asked) -> ApiClient:
    client = work.target(ApiClient, asked.path["client_id"])
    work.at_the_end(tell_workers(client.id))
    return client


def _moved(work: Work, asked: Asked, command: str) -> ApiClient:
    client = _target(work, asked)
    client.move(command)
    work.note(work.action, "ApiClient", client.id, {"reason": asked.body["reason"]})
    return client
