"""Fund accounts and their ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, select

from services.relief.adapters.funds import funds, ledger_entries
from services.relief.application.funds import receipts
from services.relief.application.funds.ledger import document_of, keep
from services.relief.domain.funds.fund import FundAccount
from services.relief.domain.funds.ledger import START, LedgerEntry, chain_faults
from services.relief.domain.funds.purposes import PURPOSES, PurposeRule, by_intent
from services.relief.domain.funds.receipt import Receipt
from services.relief.rules import funds as fund_rules
from shared.kernel.clock import SHANGHAI, now, today
from shared.kernel.ids import new_id
from shared.kernel.org import division_of
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.reading import Reading
from shared.store.work import Work

MOST_FAULTS = 100
PAGE = 1_000
#: entries in one stretch: what can be hashed while a caller waits
MOST_VERIFIED = 50_000
#: filters of a ledger that name a column
EQUAL = ("kind", "about_kind", "about_id", "purpose", "year", "document_no")


def open_fund(work: Work, asked: Asked) -> FundAccount:
    body = dict(asked.body)
    path = place_of(work.caller, body.pop("org_path", None))
    number = work.next_number("ZJ", path)
    return work.add(FundAccount.open(new_id(), path, number, at=now(), **body))


def set_fund_account(work: Work, asked: Asked) -> FundAccount:
    fund = work.target(FundAccount, asked.path["fund_id"])
    fund.set_account(**asked.body)
    return fund


def set_fund_floor(work: Work, asked: Asked) -> FundAccount:
    fund = work.target(FundAccount, asked.path["fund_id"])
    fund.set_floor(**asked.body)
    return fund


def get_fund(reading: Reading, asked: Asked) -> FundAccount:
    return reading.record(FundAccount, asked.path["fund_id"])


def list_funds(reading: Reading, asked: Asked) -> dict[str, Any]:
    c, query = funds.c, asked.query
    where = [c[name] == query[name] for name in ("source", "fiscal_level", "state", "closed_year") if name in query]
    if "org_path" in query:
        where.append(c.org_path.like(f"{query['org_path']}%"))
    return reading.page(FundAccount, query, sort=[c.created_at, c.available_fen, c.fund_no], where=where)


def list_fund_purposes(reading: Reading, asked: Asked) -> dict[str, Any]:
    fund = reading.record(FundAccount, asked.path["fund_id"])
    return {"fund_id": fund.id, "on": today(), "purposes": [purpose_rule(fund, purpose) for purpose in PURPOSES]}


def purpose_rule(fund: FundAccount, purpose: str) -> PurposeRule:
    """What the matrix, and the donors, say of a purpose for this fund today."""
    rule = fund_rules.purposes().rule(fund.money, purpose, today(), division_of(fund.org_path))
    return by_intent(rule, fund.intents, fund.fund_no, until=fund.intent_until, on=today())


def receive_funds(work: Work, asked: Asked) -> LedgerEntry:
    return _receive(work, asked, "RECEIVED", "receipt_no")


def receive_interest(work: Work, asked: Asked) -> LedgerEntry:
    """Interest of the special account (专户利息): it stays with the money that bore it."""
    return _receive(work, asked, "INTEREST", "document_no")


def _receive(work: Work, asked: Asked, kind: str, paper: str) -> LedgerEntry:
    fund = work.load(FundAccount, asked.path["fund_id"], lock=True)
    paper_no = asked.body[paper]
    entry = fund.receive(asked.body["amount_fen"], document_of(work, fund, kind, paper_no), work.caller.account_id,
                         now(), kind=kind, year=asked.body["year"])
    about = "INTEREST" if kind == "INTEREST" else "FUND"
    receipts.take(work, fund.org_path, Receipt(paper_no, about, entry.id, fund.fund_no), f"/{paper}")
    keep(work, [entry])
    return entry


def list_ledger_entries(reading: Reading, asked: Asked) -> dict[str, Any]:
    fund, e, query = reading.row(funds, asked.path["fund_id"]), ledger_entries.c, asked.query
    where = [e.fund_id == fund["id"]]
    where += [e[name] == query[name] for name in EQUAL if name in query]
    if "date_from" in query:
        where.append(e.at >= start_of(query["date_from"]))
    if "date_to" in query:
        where.append(e.at < start_of(query["date_to"] + timedelta(days=1)))
    return reading.page(ledger_entries, query, sort=[e.number, e.amount_fen], where=where)


def start_of(day: date) -> datetime:
    """Midnight in the centre's time zone."""
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)


def verify_ledger(reading: Reading, asked: Asked) -> dict[str, Any]:
    """The chain as far as the fund's row counted it when the check began; a long one in stretches."""
    fund_id, e = reading.row(funds, asked.path["fund_id"])["id"], ledger_entries.c
    last = select(func.max(e.number)).where(e.fund_id == fund_id).scalar_subquery()
    [head] = reading.all(select(funds.c.entries_count, funds.c.head_hash, last.label("last")).where(
        funds.c.id == fund_id))
    count, first = head.entries_count, asked.query.get("from_number", 1)
    end = min(count, first + MOST_VERIFIED - 1)
    before = reading.connection.execute(select(e.hash).where(e.fund_id == fund_id, e.number == first - 1)).scalar()
    faults = list(chain_faults(_entries(reading, fund_id, first, end), fund_id, max(end, first - 1),
                               head.head_hash if end == count and first <= count else None, first=first,
                               previous=before or START))
    if (head.last or 0) > count:
        faults.append(f"there are entries up to {head.last}, the fund says {count}")
    return {"is_whole": not faults, "entries_count": count, "faults": faults[:MOST_FAULTS],
            "verified_to": end, "next_from": end + 1 if end < count else None}


def _entries(reading: Reading, fund_id: str, first: int, last: int) -> Iterator[Row[Any]]:
    """The entries from number `first` up to `last`, a page at a time."""
    number, e = first - 1, ledger_entries.c
    while number < last:
        page = select(ledger_entries).where(e.fund_id == fund_id, e.number > number, e.number <= last)
        found = reading.all(page.order_by(e.number).limit(PAGE))
        yield from found
        if not found:
            return
        number = found[-1].number


def freeze_fund(work: Work, asked: Asked) -> FundAccount:
    fund = work.target(FundAccount, asked.path["fund_id"])
    fund.freeze(asked.body["reason"])
    return fund


def unfreeze_fund(work: Work, asked: Asked) -> FundAccount:
    fund = work.target(FundAccount, asked.path["fund_id"])
    fund.unfreeze()
    return fund
