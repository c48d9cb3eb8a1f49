"""Trial balances (试算平衡): of one fund, and of all funds within the caller's reach. Their difference is always 0."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import RowMapping, func, select

from services.relief.adapters.funds import funds, ledger_entries
from services.relief.application.funds.figures import chosen
from services.relief.domain.funds.fund import BALANCES
from services.relief.domain.funds.ledger import account_sums
from shared.service.dispatch import Asked
from shared.store.reading import Reading

E = ledger_entries.c
Sums = dict[str, tuple[int, int]]


def get_trial_balance(reading: Reading, asked: Asked) -> dict[str, Any]:
    fund_id = reading.row(funds, asked.path["fund_id"])["id"]
    [rows] = _by_fund(reading, funds.c.id == fund_id).values()
    sums = _sums(rows)
    return {"fund_id": fund_id, **_told(sums), "agrees": _agrees(rows, sums)}


def get_overall_trial_balance(reading: Reading, asked: Asked) -> dict[str, Any]:
    """Every fund's entries added up. A fund whose row says something else than its entries is named."""
    by_fund = _by_fund(reading, *chosen(reading, asked.query))
    disagreeing = sorted(rows[0]["fund_no"] for rows in by_fund.values() if not _agrees(rows, _sums(rows)))
    return {"funds_count": len(by_fund), "disagreeing": disagreeing,
            **_told(_sums([row for rows in by_fund.values() for row in rows]))}


def _by_fund(reading: Reading, *where: Any) -> dict[str, list[RowMapping]]:
    """In one statement: between two, somebody else's entry could come and look like a fault."""
    told = [funds.c[name] for name in ("id", "fund_no", *BALANCES.values())]
    query = select(*told, E.debit, E.credit, func.sum(E.amount_fen).label("fen")).select_from(
        funds.outerjoin(ledger_entries, E.fund_id == funds.c.id)).where(*where)
    by_fund: dict[str, list[RowMapping]] = {}
    for row in reading.all(query.group_by(*told, E.debit, E.credit)):
        by_fund.setdefault(row.id, []).append(row._mapping)
    return by_fund


def _sums(rows: Sequence[RowMapping]) -> Sums:
    return account_sums((row["debit"], row["credit"], int(row["fen"])) for row in rows if row["debit"])


def _told(sums: Sums) -> dict[str, Any]:
    return {
        "accounts": [{"account": account, "debits_fen": debited, "credits_fen": credited}
                     for account, (debited, credited) in sums.items()],
        "difference_fen": sum(debited - credited for debited, credited in sums.values()),
    }


def _agrees(rows: Sequence[RowMapping], sums: Sums) -> bool:
    """Whether the fund's row says what its entries add up to, and nothing is left between two years."""
    balances = {account: debited - credited for account, (debited, credited) in sums.items()}
    return balances["CARRIED"] == 0 and all(abs(balances[account]) == rows[0][name]
                                            for account, name in BALANCES.items())
