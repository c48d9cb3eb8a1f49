"""Where settlements are paid to, for payments and for nobody else. All of it is asked before a transaction begins."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Row, select

from services.relief.adapters.platforms import partner_agreements, partners
from shared.store.work import Work

A, P = partner_agreements.c, partners.c


def partner_faults(work: Work, agreement_ids: Iterable[str]) -> dict[str, str | None]:
    """Agreement id → why the bank must not get its line: CARD_MISSING when the partner has no account, else None.

    An id that is no agreement's is left out.
    """
    return {row.id: None if row.account_number else "CARD_MISSING" for row in _rows(work, agreement_ids)}


def partner_accounts(work: Work, agreement_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Agreement id → the account into which its settlements are paid: partner_id, account_name, bank_name, number.

    Agreements whose partner has no account are left out.
    """
    return {row.id: {"partner_id": row.partner_id, "account_name": row.account_name, "bank_name": row.bank_name,
                     "number": row.account_number} for row in _rows(work, agreement_ids) if row.account_number}


def reveal_partner_accounts(work: Work, agreement_ids: Iterable[str], purpose: str,
                            subject_id: str) -> dict[str, dict[str, Any]]:
    """`partner_accounts`, and an audit entry of who read them for what."""
    found = partner_accounts(work, agreement_ids)
    for agreement_id in sorted(found):
        work.note("reveal_partner_account", "PartnerAgreement", agreement_id, {"purpose": purpose, "for": subject_id})
    return found


def _rows(work: Work, agreement_ids: Iterable[str]) -> list[Row[Any]]:
    return work.peek(
        select(A.id, P.id.label("partner_id"), P.account_name, P.bank_name, P.account_number)
        .join_from(partner_agreements, partners).where(A.id.in_(sorted(set(agreement_ids)))))
