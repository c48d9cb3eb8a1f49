"""Checks by worker: mutual aid, and owed wages, without a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, exists, or_, select

from services.relief.adapters.advances import wage_advance_lines, wage_advances
from services.relief.adapters.funds import funds
from services.relief.adapters.mutual_aid import mutual_aid_claims
from services.relief.adapters.payments import LEFT_FEN, payment_lines
from services.relief.application.mutual_aid.granted import KIND, paid_claims
from services.relief.application.watch.looking import (
    LINES,
    day_of,
    months_of_dibao,
    open_files,
    parameter,
    year_before,
)
from services.relief.domain.watch.finding import Hit
from shared.kernel.parameters import Parameter

#: money that is mutual aid whatever matter it is paid in
MUTUAL_SOURCE = "MUTUAL_SURPLUS"


def mutual_aid_without_file(connection: Connection, worker_ids: Sequence[str], on: date) -> list[Hit]:
    """BLD-5: mutual aid above a sum, by this union or by the city's scheme, and no file."""
    files = open_files(connection, worker_ids)
    without = [worker_id for worker_id in worker_ids if worker_id not in files]
    sums: dict[tuple[str, int], int] = defaultdict(int)
    places: dict[str, str] = {}
    for worker_id, year, fen, org_path in _mutual_aid(connection, without, year_before(on)) if without else ():
        sums[worker_id, year] += fen
        places[worker_id] = min(org_path, places.get(worker_id, org_path))
    hits = []
    for (worker_id, year), paid_fen in sums.items():
        rule = parameter("BLD-5-CLAIM", day_of(year, on), places[worker_id])
        if paid_fen >= rule.value:
            figures = {"year": year, "paid_fen": paid_fen, "least_fen": rule.value}
            hits.append(_hit("BLD-5", worker_id, places[worker_id], str(year), figures, rule))
    return hits


def _mutual_aid(connection: Connection, worker_ids: Sequence[str],
                since: date) -> Iterator[tuple[str, int, int, str]]:
    """Worker, year, fen and place of each payment: claims, and what was paid from the surplus without one."""
    for claim in paid_claims(connection, worker_ids, since):
        yield claim.worker_id, claim.paid_on.year, claim.amount_fen, claim.org_path
    c = mutual_aid_claims.c
    of_claim = exists().where(LINES.about_kind == KIND, c.id == LINES.about_id)
    query = select(LINES.payee_id, LINES.paid_on, LEFT_FEN.label("fen"), LINES.org_path).join_from(
        payment_lines, funds).where(
        LINES.state == "PAID", LINES.payee_id.in_(worker_ids), LINES.paid_on >= since, ~of_claim,
        or_(LINES.about_kind == KIND, funds.c.source == MUTUAL_SOURCE))
    for row in connection.execute(query):
        yield row.payee_id, row.paid_on.year, int(row.fen), row.org_path


def arrears_without_file(connection: Connection, worker_ids: Sequence[str], on: date) -> list[Hit]:
    """BLD-6: wages owed for so long that the household has little to live on, and no file. Whether the union advanced
    them does not matter: who was refused has nothing but the claim."""
    files, hits = open_files(connection, worker_ids), []
    for first, owed_fen in _owed(connection, [one for one in worker_ids if one not in files]):
        rule = parameter("BLD-6-ARREARS", on, first.org_path)
        least_fen = months_of_dibao(rule, on, first.org_path)
        if owed_fen >= least_fen:
            figures = {"owed_fen": owed_fen, "least_fen": least_fen, "months": rule.value}
            hits.append(_hit("BLD-6", first.worker_id, first.org_path, first.advance_id, figures, rule))
    return hits


def _owed(connection: Connection, worker_ids: Sequence[str]) -> list[tuple[Any, int]]:
    """Each claim by the advance that it was first asked for in, and what the employer owes of it, in fen."""
    line = wage_advance_lines.c
    query = select(line.worker_id, line.claim_id, line.claimed_fen, line.employer_paid_fen, line.advance_id,
                   wage_advances.c.org_path).join_from(wage_advance_lines, wage_advances).where(
        line.worker_id.in_(worker_ids)).order_by(wage_advances.c.created_at, line.advance_id)
    claims: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in connection.execute(query):
        claims[row.worker_id, row.claim_id].append(row)
    return [(rows[0], min(row.claimed_fen - row.employer_paid_fen for row in rows)) for rows in claims.values()]


def _hit(code: str, worker_id: str, org_path: str, period: str, figures: Mapping[str, Any], rule: Parameter) -> Hit:
    return Hit(code, "WORKER", worker_id, org_path, period, figures, None, worker_id, rule)
