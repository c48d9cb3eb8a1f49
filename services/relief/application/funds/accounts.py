"""Fund accounts and their ledger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, select

from services.relief.adapters.funds import funds, ledger_entries
from services.relief.application.funds.ledger import keep, require_new_receipt
from services.relief.domain.funds.fund import BALANCES, FundAccount
from services.relief.domain.funds.ledger import LedgerEntry, account_sums, chain_faults
from services.relief.domain.funds.purposes import PURPOSES, PurposeRule, by_intent
from services.relief.rules import funds as fund_rules
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.kernel.org import division_of
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.reading import Reading
from shared.store.work import Work

MOST_FAULTS = 100
PAGE = 1_000


def open_fund(work: Work, asked: Asked) -> FundAccount:
    body = dict(asked.body)
    path = place_of(work.caller, body.pop("org_path", None))
    number = work.next_number("ZJ", path)
    return work.add(FundAccount.open(new_id(), path, number, at=now(), **body))


def get_fund(reading: Reading, asked: Asked) -> Any:
    return reading.row(funds, asked.path["fund_id"])


def list_funds(reading: Reading, asked: Asked) -> dict[str, Any]:
    where = [funds.c[name] == asked.query[name] for name in ("source", "state") if name in asked.query]
    return reading.page(funds, asked.query, sort=[funds.c.created_at, funds.c.available_fen], where=where)


def list_fund_purposes(reading: Reading, asked: Asked) -> dict[str, Any]:
    fund = reading.record(FundAccount, asked.path["fund_id"])
    return {"fund_id": fund.id, "on": today(), "purposes": [purpose_rule(fund, purpose) for purpose in PURPOSES]}


def purpose_rule(fund: FundAccount, purpose: str) -> PurposeRule:
    """What the matrix, and the donors, say of a purpose for this fund today."""
    rule = fund_rules.purposes().rule(fund.source, purpose, today(), division_of(fund.org_path))
    return by_intent(rule, fund.intents, fund.fund_no)


def receive_funds(work: Work, asked: Asked) -> LedgerEntry:
    fund = work.load(FundAccount, asked.path["fund_id"], lock=True)
    require_new_receipt(work, fund, "RECEIVED", asked.body["receipt_no"])
    entry = fund.receive(asked.body["amount_fen"], asked.body["receipt_no"], work.caller.account_id, now())
    keep(work, [entry])
    return entry


def list_ledger_entries(reading: Reading, asked: Asked) -> dict[str, Any]:
    fund = reading.row(funds, asked.path["fund_id"])
    where = [ledger_entries.c.fund_id == fund["id"]]
    where += [ledger_entries.c[name] == asked.query[name] for name in ("kind", "about_id") if name in asked.query]
    return reading.page(ledger_entries, asked.query, sort=[ledger_entries.c.number], where=where)


def get_trial_balance(reading: Reading, asked: Asked) -> dict[str, Any]:
    """In one statement: between two, somebody else's entry could come and look like a fault."""
    fund_id, e = reading.row(funds, asked.path["fund_id"])["id"], ledger_entries.c
    told = [funds.c[name] for name in BALANCES.values()]
    query = select(*told, e.debit, e.credit, func.sum(e.amount_fen).label("fen")).select_from(
        funds.outerjoin(ledger_entries, e.fund_id == funds.c.id)).where(funds.c.id == fund_id)
    rows = [row._mapping for row in reading.all(query.group_by(funds.c.id, e.debit, e.credit))]
    sums = account_sums((row["debit"], row["credit"], int(row["fen"])) for row in rows if row["debit"])
    balances = {account: debited - credited for account, (debited, credited) in sums.items()}
    return {
        "fund_id": fund_id,
        "accounts": [{"account": account, "debits_fen": debited, "credits_fen": credited}
                     for account, (debited, credited) in sums.items()],
        "difference_fen": sum(balances.values()),
        "agrees": all(abs(balances[account]) == rows[0][name] for account, name in BALANCES.items()),
    }


def verify_ledger(reading: Reading, asked: Asked) -> dict[str, Any]:
    """The chain as far as the fund's row counted it when the check began."""
    fund_id = reading.row(funds, asked.path["fund_id"])["id"]
    last = select(func.max(ledger_entries.c.number)).where(ledger_entries.c.fund_id == fund_id).scalar_subquery()
    [head] = reading.all(select(funds.c.entries_count, funds.c.head_hash, last.label("last")).where(
        funds.c.id == fund_id))
    count = head.entries_count
    faults = list(chain_faults(_entries(reading, fund_id, count), fund_id, count, head.head_hash))
    if (head.last or 0) > count:
        faults.append(f"there are entries up to {head.last}, the fund says {count}")
    return {"is_whole": not faults, "entries_count": count, "faults": faults[:MOST_FAULTS]}


def _entries(reading: Reading, fund_id: str, last: int) -> Iterator[LedgerEntry]:
    """The entries up to number `last`, a page at a time."""
    number, e = 0, ledger_entries.c
    while number < last:
        page = select(LedgerEntry).where(e.fund_id == fund_id, e.number > number, e.number <= last)
        found = reading.session.scalars(page.order_by(e.number).limit(PAGE)).all()
        yield from found
        if not found:
            return
        number = found[-1].number
        reading.session.expunge_all()


def freeze_fund(work: Work, asked: Asked) -> FundAccount:
    fund = work.target(FundAccount, asked.path["fund_id"])
    fund.freeze(asked.body["reason"])
    return fund


def unfreeze_fund(work: Work, asked: Asked) -> FundAccount:
    fund = work.target(FundAccount, asked.path["fund_id"])
    fund.unfreeze()
    return fund
