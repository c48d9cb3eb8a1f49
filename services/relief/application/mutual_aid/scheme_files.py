"""Status files of higher unions' schemes: what they decided on the claims we track."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from services.relief.adapters.mutual_aid import mutual_aid_claims, mutual_aid_scheme_files
from services.relief.application.mutual_aid.paid import suggest_outreach
from services.relief.domain.mutual_aid.claim import MutualAidClaim
from services.relief.domain.mutual_aid.scheme_file import SchemeFile
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.reading import Reading
from shared.store.work import Work


def import_scheme_file(work: Work, asked: Asked) -> SchemeFile:
    """The same file again has no effect and answers what it did the first time."""
    body, by = asked.body, work.caller.account_id
    path = place_of(work.caller, body.get("org_path"))
    known = work.find(SchemeFile, org_path=path, plan=body["plan"], batch_no=body["batch_no"])
    if known:
        known.check_same(body["sha256"])
        return known
    rows = body["rows"]
    file = SchemeFile(new_id(), path, body["plan"], body["batch_no"], body["sha256"], len(rows), by, now())
    file.check_hash([{**row, "on": row["on"].isoformat()} for row in rows])
    claims = _claims(work, [row["claim_no"] for row in rows])
    was_paid = {claim.id for claim in claims.values() if claim.state == "PAID"}
    file.apply(rows, claims, by)
    suggest_outreach(work, [one for one in claims.values() if one.state == "PAID" and one.id not in was_paid])
    return work.add(file)


def _claims(work: Work, numbers: list[str]) -> dict[str, MutualAidClaim]:
    """The claims of these numbers within the caller's part of the tree."""
    query = select(MutualAidClaim).where(mutual_aid_claims.c.claim_no.in_(numbers))
    return {claim.claim_no: claim for claim in work.all(query) if work.caller.covers(claim.org_path)}


def get_scheme_file(reading: Reading, asked: Asked) -> SchemeFile:
    return reading.record(SchemeFile, asked.path["scheme_file_id"])


def list_scheme_files(reading: Reading, asked: Asked) -> dict[str, Any]:
    columns = mutual_aid_scheme_files.c
    where = [columns.plan == asked.query["plan"]] if "plan" in asked.query else []
    return reading.page(SchemeFile, asked.query, sort=[columns.created_at], where=where)
