"""Lists from agencies: received whole or not at all, each once; wrong rows are kept aside with their errors."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert

from services.exchange.adapters.tables import batches, row_errors, rows
from services.exchange.application.reading_rows import read_rows
from services.exchange.domain.batch import AgencyBatch, check_trailer
from shared.contracts.exchange.rows import LAYOUTS
from shared.kernel.clock import now
from shared.kernel.identifiers import mask_name, mask_resident_id
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.reading import Reading
from shared.store.work import Work, visible


def receive_batch(work: Work, asked: Asked) -> AgencyBatch:
    body, header, trailer = asked.body, asked.body["header"], asked.body["trailer"]
    path = place_of(work.caller, body.get("org_path"))
    check_trailer(body["rows"], LAYOUTS[header["kind"]].amount, trailer)
    known = work.find(AgencyBatch, agency=header["agency"], batch_no=header["batch_no"])
    if known is not None:
        known.check_same(trailer["sha256"], header["kind"], header["division_code"], header["data_date"])
        return known if visible(known, work.caller) else work.load(AgencyBatch, known.id)
    batch = work.add(AgencyBatch(new_id(), path, **header, sha256=trailer["sha256"], total=trailer["count"],
                                 amount_total_fen=trailer["amount_total_fen"], sent_by=work.caller.account_id,
                                 created_at=now()))
    read, errors = read_rows(header["kind"], body["rows"])
    batch.take(ok=len(read) - len({error["number"] for error in errors}),
               rejected=len({error["number"] for error in errors}))
    _keep_rows(work, batch, read, errors)
    return batch


def get_batch(reading: Reading, asked: Asked) -> Any:
    return reading.row(batches, asked.path["batch_id"])


def list_batches(reading: Reading, asked: Asked) -> dict[str, Any]:
    equal = ("agency", "batch_no", "kind", "state")
    where = [batches.c[name] == asked.query[name] for name in equal if name in asked.query]
    return reading.page(batches, asked.query, sort=[batches.c.created_at, batches.c.data_date], where=where)


def list_batch_errors(reading: Reading, asked: Asked) -> dict[str, Any]:
    reading.row(batches, asked.path["batch_id"])
    query = {"sort": "number", **asked.query}
    return reading.page(row_errors, query, sort=[row_errors.c.number],
                        where=[row_errors.c.batch_id == asked.path["batch_id"]])


def list_batch_rows(reading: Reading, asked: Asked) -> dict[str, Any]:
    reading.row(batches, asked.path["batch_id"])
    where = [rows.c.batch_id == asked.path["batch_id"]]
    if "state" in asked.query:
        where.append(rows.c.state == asked.query["state"])
    page = reading.page(rows, {"sort": "number", **asked.query}, sort=[rows.c.number], where=where)
    return {**page, "items": [_masked(row) for row in page["items"]]}


def release_batch(work: Work, asked: Asked) -> AgencyBatch:
    batch = work.target(AgencyBatch, asked.path["batch_id"])
    batch.release(work.caller.account_id, asked.body["reason"])
    return batch


def discard_batch(work: Work, asked: Asked) -> AgencyBatch:
    batch = work.target(AgencyBatch, asked.path["batch_id"])
    batch.discard(work.caller.account_id, asked.body["reason"])
    return batch


def _keep_rows(work: Work, batch: AgencyBatch, read: list[dict[str, Any]], errors: list[dict[str, Any]]) -> None:
    work.session.flush()
    common = {"batch_id": batch.id, "org_path": batch.org_path}
    work.session.execute(insert(rows), [{"id": new_id(), **common, **row} for row in read])
    if errors:
        work.session.execute(insert(row_errors), [{"id": new_id(), **common, **error} for error in errors])


def _masked(row: Any) -> dict[str, Any]:
    return {**row._mapping, "name_masked": row.name and mask_name(row.name),
            "id_number_masked": row.id_number and mask_resident_id(row.id_number)}
