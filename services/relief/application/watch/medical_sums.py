"""DUP-4: everything that a household got for medical bills, beside what it paid itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from services.relief.adapters.applications import relief_applications
from services.relief.adapters.files import hardship_members
from services.relief.adapters.payments import LEFT_FEN
from services.relief.application.mutual_aid.granted import KIND, paid_claims
from services.relief.application.watch.looking import (
    LINES,
    YEAR,
    declared_aid,
    rows_of_files,
    year_before,
)
from services.relief.domain.applications.mutual_aid import KnownClaim, OtherAid
from services.relief.domain.watch.finding import Hit

Slot = tuple[str, int]


@dataclass
class Sums:
    """A file's year: medical relief in fen, paid claims of mutual aid, and what was declared, by payer."""

    relief_fen: int = 0
    claims: list[KnownClaim] = field(default_factory=list)
    declared: list[tuple[str, int]] = field(default_factory=list)

    @property
    def aid(self) -> OtherAid:
        return OtherAid(self.declared, self.claims)

    @property
    def total_fen(self) -> int:
        return self.relief_fen + self.aid.total_fen


def above_own_paid(connection: Connection, file_ids: Sequence[str], on: date) -> list[Hit]:
    """DUP-4: relief, mutual aid (this union's and the city's) and declared aid for medical bills of a year come to more
    than the household's file says it paid for illness itself. Mutual aid that was also declared counts once, as in an
    application. Without relief there is nothing that the union could have paid twice."""
    sums = _sums(connection, file_ids, year_before(on))
    rows = {row.id: row for row in rows_of_files(connection, list({file_id for file_id, _ in sums}))}
    return [_above(rows[file_id], year, found) for file_id, year in sorted(sums)
            if (found := sums[file_id, year]).relief_fen and found.total_fen > _own_paid_fen(rows[file_id])]


def _sums(connection: Connection, file_ids: Sequence[str], since: date) -> Mapping[Slot, Sums]:
    m = hardship_members.c
    members = {row.worker_id: row.file_id for row in connection.execute(
        select(m.worker_id, m.file_id).where(m.file_id.in_(file_ids), m.is_open, m.worker_id.is_not(None)))}
    found: defaultdict[Slot, Sums] = defaultdict(Sums)
    for worker_id, year, fen in _relief(connection, list(members), since):
        found[members[worker_id], year].relief_fen += fen
    for claim in paid_claims(connection, list(members), since):
        slot = members[claim.worker_id], claim.paid_on.year
        found[slot].claims.append(KnownClaim(claim.claim_no, claim.amount_fen, claim.paid_on))
    for file_id, year, payer, fen in declared_aid(
            connection, "MEDICAL", relief_applications.c.file_id, file_ids, since):
        found[file_id, year].declared.append((payer, fen))
    return found


def _relief(connection: Connection, worker_ids: Sequence[str], since: date) -> Iterator[tuple[str, int, int]]:
    """Medical payments to workers, but for mutual aid, whose claims tell more."""
    query = select(LINES.payee_id, YEAR, LEFT_FEN).where(
        LINES.state == "PAID", LINES.payee_kind == "WORKER", LINES.payee_id.in_(worker_ids),
        LINES.purpose == "MEDICAL", LINES.about_kind != KIND, LINES.paid_on >= since)
    for worker_id, year, fen in connection.execute(query):
        yield worker_id, int(year), int(fen)


def _own_paid_fen(row: Any) -> int:
    return int(row.rigid.get("illness", 0))


def _above(row: Any, year: int, found: Sums) -> Hit:
    mutual_fen, claims = found.aid.mutual_fen, [claim.claim_no for claim in found.claims]
    figures = {"year": year, "paid_fen": found.total_fen, "own_paid_fen": _own_paid_fen(row),
               "relief_fen": found.relief_fen, "mutual_fen": mutual_fen,
               "others_fen": found.aid.total_fen - mutual_fen, "claims": ", ".join(claims[:5])}
    return Hit("DUP-4", "FILE", row.id, row.org_path, str(year), figures, row.id)
