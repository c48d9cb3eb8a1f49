"""The statement of a settlement (对账单) for the partner and the union."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select

from services.relief.adapters.platforms import outlets, partner_agreements, partners, settlement_lines
from services.relief.domain.platforms.refusals import StatementTooLong
from services.relief.domain.platforms.settlement import CareSettlement
from shared.service.dispatch import Asked
from shared.sheets.sheet import Sheet, Yuan
from shared.sheets.xlsx import download
from shared.store.reading import Reading

#: what is written well within a request's time
MOST_LINES = 10_000
LINES = ("网点编号 outlet", "网点 name", "流水号 till number", "日期 day", "类别 kind", "状态 state",
         "总额(元) total", "工会承担(元) union", "商户让利(元) partner", "异议 dispute", "处理 resolution")
L, OUTLET = settlement_lines.c, outlets.c


def download_settlement(reading: Reading, asked: Asked) -> dict[str, Any]:
    settlement = reading.record(CareSettlement, asked.path["settlement_id"])
    where = [L.settlement_id == settlement.id]
    if "outlet_id" in asked.query:
        where.append(L.outlet_id == asked.query["outlet_id"])
    count = reading.all(select(func.count()).select_from(settlement_lines).where(*where))[0][0]
    if count > MOST_LINES:
        raise StatementTooLong(count=count, most=MOST_LINES)
    return download(settlement.settlement_no, Sheet("汇总 summary", (), _summary(reading, settlement), (32, 40)),
                    Sheet("明细 lines", LINES, _lines(reading, where)))


def _summary(reading: Reading, settlement: CareSettlement) -> Iterator[tuple[str, Any]]:
    a, p = partner_agreements.c, partners.c
    [deal] = reading.all(
        select(p.name, p.partner_no, a.agreement_no, a.document_no, a.union_bp, a.partner_bp)
        .join_from(partner_agreements, partners).where(a.id == settlement.agreement_id))
    yield "结算单 settlement", settlement.settlement_no
    yield "合作商户 partner", f"{deal.name} {deal.partner_no}"
    yield "协议 agreement", f"{deal.agreement_no} {deal.document_no}"
    yield "分担比例(万分之一) shares", f"{deal.union_bp} / {deal.partner_bp}"
    yield "月份 month", settlement.month
    yield "状态 state", settlement.state
    yield "核销笔数 charges", settlement.charges_count
    yield "冲减笔数 credits", settlement.credits_count
    yield "总额(元) total", Yuan(settlement.total_fen)
    yield "工会应付(元) union pays", Yuan(settlement.union_fen)
    yield "商户让利(元) partner gives up", Yuan(settlement.partner_fen)
    yield "付款日期 paid on", settlement.paid_on


def _lines(reading: Reading, where: list[Any]) -> Iterator[tuple[Any, ...]]:
    query = select(settlement_lines, OUTLET.code, OUTLET.name).join(outlets, OUTLET.id == L.outlet_id).where(*where)
    for line in reading.connection.execute(query.order_by(OUTLET.code, L.redeemed_on, L.till_no)):
        yield (line.code, line.name, line.till_no, line.redeemed_on, line.kind, line.state, Yuan(line.total_fen),
               Yuan(line.union_fen), Yuan(line.partner_fen), line.dispute_reason, line.resolution)
