"""What mutual aid paid to workers: by this union's own plans, and by the schemes of higher unions as their status files
tell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, and_, func, select

from services.relief.adapters.mutual_aid import mutual_aid_claims
from services.relief.adapters.payments import payment_lines

C, L = mutual_aid_claims.c, payment_lines.c
KIND = "MutualAidClaim"


@dataclass(frozen=True)
class Granted:
    """A paid claim; what was recovered of it so far is taken off. Fen."""

    claim_no: str
    worker_id: str
    amount_fen: int
    paid_on: date
    org_path: str


def paid_claims(connection: Connection, worker_ids: Sequence[str], since: date) -> list[Granted]:
    """The claims of these workers that were paid on that day or later, by day."""
    own = and_(L.about_kind == KIND, L.about_id == C.id)
    left_fen = (C.paid_fen - func.coalesce(L.recovered_fen, 0)).label("left_fen")
    query = select(C.claim_no, C.worker_id, left_fen, C.paid_on, C.org_path).select_from(
        mutual_aid_claims.outerjoin(payment_lines, own)).where(
        C.worker_id.in_(worker_ids), C.state == "PAID", C.paid_on >= since).order_by(C.paid_on, C.claim_no)
    return [Granted(row.claim_no, row.worker_id, int(row.left_fen), row.paid_on, row.org_path)
            for row in connection.execute(query) if row.left_fen > 0]
