"""Settlements (结算): drafted by the union, looked through by the partner, approved."""

from __future__ import annotations

from typing import Any

from sqlalchemy import extract, func, select

from services.relief.adapters.platforms import care_settlements, partners, redemptions, settlement_lines
from services.relief.application.platforms import lines
from services.relief.domain.platforms.agreement import PartnerAgreement
from services.relief.domain.platforms.refusals import SettlementExists
from services.relief.domain.platforms.settlement import CareSettlement
from services.relief.rules import platforms as platform_rules
from services.relief.rules.tiers import tier_of
from shared.contracts.relief.platforms.till import MOST_UNSETTLED
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.kernel.org import division_of
from shared.kernel.roles import Role
from shared.service.dispatch import Asked
from shared.store.reading import Reading, within
from shared.store.work import Work

S, L, R = care_settlements.c, settlement_lines.c, redemptions.c
FILTERS = ("partner_id", "agreement_id", "kind", "month", "state", "tier")


def draft_settlement(work: Work, asked: Asked) -> CareSettlement:
    """In a few statements, however many redemptions there are."""
    agreement = work.load(PartnerAgreement, asked.body["agreement_id"])
    month = asked.body["month"]
    _require_none(work, agreement, month)
    tier = tier_of(f"CARE_{agreement.kind}", agreement.org_path)
    settlement = CareSettlement.draft(new_id(), agreement, work.next_number("JS", agreement.org_path), month,
                                      work.caller.account_id, now(), tier)
    work.add(settlement)
    work.session.flush()
    lines.claim(work, settlement)
    settlement.take(lines.sums(work, settlement.id))
    settlement.tell_drafted()
    return settlement


def _require_none(work: Work, agreement: PartnerAgreement, month: str) -> None:
    standing = select(S.settlement_no).where(S.agreement_id == agreement.id, S.month == month, S.state != "CANCELLED")
    found = work.session.execute(standing.limit(1)).first()
    if found:
        raise SettlementExists(pointer="/month", month=month, settlement_no=found.settlement_no)


def get_unsettled(reading: Reading, _asked: Asked) -> dict[str, Any]:
    """What the cashier has still to draft settlements for."""
    year, of_year = extract("year", R.redeemed_on), extract("month", R.redeemed_on)
    query = select(R.agreement_id, R.partner_id, partners.c.name, year.label("year"), of_year.label("month"),
                   func.count().label("count_"), func.sum(R.union_fen).label("union_fen"))
    query = query.join_from(redemptions, partners, partners.c.id == R.partner_id).where(
        R.state == "RECORDED", R.settlement_id.is_(None), within(redemptions, reading.caller))
    query = query.group_by(R.agreement_id, R.partner_id, partners.c.name, year, of_year).order_by(year, of_year)
    rows = reading.all(query.order_by(R.agreement_id).limit(MOST_UNSETTLED + 1))
    return {"is_cut": len(rows) > MOST_UNSETTLED, "months": [
        {"agreement_id": row.agreement_id, "partner_id": row.partner_id, "partner_name": row.name,
         "month": f"{int(row.year)}-{int(row.month):02d}", "count": row.count_, "union_fen": int(row.union_fen)}
        for row in rows[:MOST_UNSETTLED]]}


def get_settlement(reading: Reading, asked: Asked) -> CareSettlement:
    return reading.record(CareSettlement, asked.path["settlement_id"])


def list_settlements(reading: Reading, asked: Asked) -> dict[str, Any]:
    where = [S[name] == asked.query[name] for name in FILTERS if name in asked.query]
    return reading.page(CareSettlement, asked.query, sort=[S.created_at, S.month, S.union_fen], where=where)


def list_settlement_lines(reading: Reading, asked: Asked) -> dict[str, Any]:
    settlement = reading.record(CareSettlement, asked.path["settlement_id"])
    where = [L.settlement_id == settlement.id]
    where += [L[name] == asked.query[name] for name in ("kind", "state", "outlet_id") if name in asked.query]
    return reading.page(settlement_lines, asked.query, sort=[L.redeemed_on, L.total_fen], where=where)


def dispute_settlement(work: Work, asked: Asked) -> CareSettlement:
    settlement = _target(work, asked)
    settlement.dispute()
    for n, line in enumerate(asked.body["lines"]):
        lines.dispute(work, settlement, line["line_id"], line["reason"], f"/lines/{n}/line_id")
    settlement.take(lines.sums(work, settlement.id))
    work.note("dispute_lines", "CareSettlement", settlement.id, {"lines": asked.body["lines"]})
    return settlement


def resolve_settlement_line(work: Work, asked: Asked) -> CareSettlement:
    settlement, body = _target(work, asked), asked.body
    settlement.machine.next(settlement.state, "resolve")
    lines.resolve(work, settlement, body["line_id"], body["result"], body["note"])
    settlement.resolve(lines.sums(work, settlement.id))
    work.note("resolve_line", "CareSettlement", settlement.id, dict(body))
    return settlement


def confirm_settlement(work: Work, asked: Asked) -> CareSettlement:
    settlement = _target(work, asked)
    settlement.confirm(work.caller.account_id)
    return settlement


def approve_settlement(work: Work, asked: Asked) -> CareSettlement:
    settlement = _target(work, asked)
    rule = platform_rules.rules().general(today(), division_of(settlement.org_path))
    settlement.approve(work.caller.account_id, Role.CHAIR.value in work.caller.roles, rule.director_most_fen,
                       rule.document)
    return settlement


def cancel_settlement(work: Work, asked: Asked) -> CareSettlement:
    settlement = _target(work, asked)
    settlement.cancel(asked.body["reason"])
    lines.remove_all(work, settlement)
    return settlement


def _target(work: Work, asked: Asked) -> CareSettlement:
    return work.target(CareSettlement, asked.path["settlement_id"])
