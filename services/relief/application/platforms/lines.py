"""The lines of settlements, thousands at a time: each statement moves whole sets."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, insert, literal, select, update

from services.relief.adapters.platforms import redemptions, settlement_lines
from services.relief.domain.platforms.refusals import LineCredited, LineNotDisputed, LineUnknown
from services.relief.domain.platforms.settlement import CareSettlement, Sums, last_day_of
from shared.store.work import Work

R, L = redemptions.c, settlement_lines.c


def claim(work: Work, settlement: CareSettlement) -> None:
    """Take what is open up to the month's end, and what was reversed after it had been settled, each exactly once.

    A redemption names the one settlement that has it, so nothing can be in two.
    """
    open_ones = and_(R.agreement_id == settlement.agreement_id, R.state == "RECORDED", R.settlement_id.is_(None),
                     R.redeemed_on <= last_day_of(settlement.month))
    reversed_ones = and_(R.agreement_id == settlement.agreement_id, R.state == "REVERSED",
                         R.settlement_id.is_not(None), R.credit_settlement_id.is_(None))
    _enter(work, settlement, open_ones, "settlement_id", "CHARGE", 1)
    _enter(work, settlement, reversed_ones, "credit_settlement_id", "CREDIT", -1)


def _enter(work: Work, settlement: CareSettlement, wanted: ColumnElement[bool], name: str, kind: str,
           sign: int) -> None:
    work.session.execute(update(redemptions).where(wanted).values({name: settlement.id, "version": R.version + 1}),
                         execution_options={"synchronize_session": False})
    taken = select(R.id, R.org_path, R[name], literal(kind), literal("OPEN"), R.outlet_id, R.till_no, R.redeemed_on,
                   R.total_fen * sign, R.union_fen * sign, R.partner_fen * sign).where(R[name] == settlement.id)
    work.session.execute(insert(settlement_lines).from_select(
        ["id", "org_path", "settlement_id", "kind", "state", "outlet_id", "till_no", "redeemed_on", "total_fen",
         "union_fen", "partner_fen"], taken))


def sums(work: Work, settlement_id: str) -> Sums:
    """What the lines that were not removed add up to."""
    def count(condition: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)

    columns = [count(L.kind == "CHARGE"), count(L.kind == "CREDIT"), count(L.state == "DISPUTED"),
               *[func.coalesce(func.sum(L[f"{name}_fen"]), 0) for name in ("total", "union", "partner")]]
    row = work.session.execute(select(*columns).where(L.settlement_id == settlement_id, L.state != "REMOVED")).one()
    return Sums(*[int(value) for value in row])


def dispute(work: Work, settlement: CareSettlement, line_id: str, reason: str, pointer: str) -> None:
    """Raises LineUnknown."""
    moved = update(settlement_lines).where(L.settlement_id == settlement.id, L.id == line_id, L.state != "REMOVED")
    told = {"state": "DISPUTED", "dispute_reason": reason, "disputed_by": work.caller.account_id, "resolution": None,
            "resolved_by": None}
    if not _changed(work, moved.values(told)):
        raise LineUnknown(pointer=pointer, line_id=line_id)


def resolve(work: Work, settlement: CareSettlement, line_id: str, result: str, note: str) -> None:
    """Raises LineUnknown, LineNotDisputed, LineCredited."""
    at = and_(L.settlement_id == settlement.id, L.id == line_id)
    line = work.session.execute(select(L.kind, L.state).where(at)).first()
    if line is None or line.state == "REMOVED":
        raise LineUnknown(pointer="/line_id", line_id=line_id)
    if line.state != "DISPUTED":
        raise LineNotDisputed(pointer="/line_id", line_id=line_id)
    told = {"state": result, "resolution": note, "resolved_by": work.caller.account_id}
    work.session.execute(update(settlement_lines).where(at).values(told))
    if result == "REMOVED":
        _free(work, settlement, R.id == line_id)


def remove_all(work: Work, settlement: CareSettlement) -> None:
    """The settlement is cancelled: another may take its lines. Raises LineCredited."""
    work.session.execute(update(settlement_lines).where(L.settlement_id == settlement.id).values(state="REMOVED"))
    _free(work, settlement, R.id.is_not(None))


def _free(work: Work, settlement: CareSettlement, which: ColumnElement[bool]) -> None:
    credited = select(R.id).where(which, R.settlement_id == settlement.id, R.credit_settlement_id.is_not(None))
    if work.session.execute(credited.limit(1)).first():
        raise LineCredited(settlement_no=settlement.settlement_no)
    for name in ("settlement_id", "credit_settlement_id"):
        work.session.execute(update(redemptions).where(which, R[name] == settlement.id).values(
            {name: None, "version": R.version + 1}), execution_options={"synchronize_session": False})


def _changed(work: Work, statement: Any) -> bool:
    return bool(work.session.execute(statement.returning(L.id)).first())
