"""Payments that were made, as the payments part leaves them behind: rows of payment_lines in state PAID, and the last
aid on the files of who was paid."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import insert

from services.relief.adapters.payments import payment_lines
from services.relief.application.files import last_aid
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from tests.services.desks import PLACE, Desk
from tests.services.relief.funds.money import work
from tests.services.relief.samples import fund


def paid(relief: Desk, payee_id: str, amount_fen: int, paid_on: date, purpose: str = "LIVING", **more: Any) -> None:
    """One paid line; `fund_id`, `about_id`, `org_path` and so on as `more` says."""
    row = {"id": new_id(), "org_path": PLACE, "purpose": purpose, "state": "PAID", "about_kind": "ReliefApplication",
           "about_id": new_id(), "about_part": "1", "payee_kind": "WORKER", "payee_id": payee_id,
           "amount_fen": amount_fen, "document_no": "FF-1", "created_at": now(), "paid_on": paid_on, **more}
    row.setdefault("fund_id", None)
    if row["fund_id"] is None:
        row["fund_id"] = fund(relief, fen=0)["id"]
    with work(relief) as paying:
        paying.session.execute(insert(payment_lines), [row])
        last_aid.reckon_later(paying, [payee_id])
