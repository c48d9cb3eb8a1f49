"""The account of a payee that a check has looked at: what the bank's file names later must be the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import Row, delete, select

from services.relief.adapters.bulk import insert_rows
from services.relief.adapters.payments import payment_accounts_seen
from services.relief.application.applications.by_file import Look
from services.relief.application.payments.payees import Account
from shared.store.work import Work

S = payment_accounts_seen.c


def keep_seen(work: Work, seen: Mapping[str, str]) -> None:
    """Line id → the account as it was seen, masked; what an earlier check saw is forgotten."""
    if seen:
        work.session.execute(delete(payment_accounts_seen).where(S.line_id.in_(seen)))
        insert_rows(work.session.connection(), payment_accounts_seen, [
            {"line_id": line_id, "seen": account} for line_id, account in seen.items()])


def changed_since(look: Look, rows: Sequence[Row[tuple[str]]], accounts: Mapping[str, Account]) -> set[str]:
    """Ids of the lines whose account is another than the check saw."""
    found = look(select(S.line_id, S.seen).where(S.line_id.in_([row.id for row in rows])))
    return {row.line_id for row in found if row.line_id in accounts and accounts[row.line_id].seen != row.seen}
