"""Where the account comes from that a line is paid to, by the kind of its payee."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from services.relief.application.mutual_aid import scheme_accounts
from services.relief.application.platforms import accounts
from shared.store.work import Work

#: ids asked at once
MOST_ASKED = 500


@dataclass(frozen=True)
class Account:
    """What the bank must know of a payee, and no more. Never kept outside of an encrypted file."""

    holder: str
    number: str
    bank_name: str


#: payee id → why the bank must not get the line (a code of FAULTS), or None when name, ID and card match
Check = Callable[[Work, Sequence[str]], Mapping[str, str | None]]
#: payee id → the account; those that may not be paid are left out. `purpose` and the record it is for are audited
Reveal = Callable[[Work, Sequence[str], str, str], Mapping[str, Account]]


@dataclass(frozen=True)
class Payees:
    """One kind of payee. Both are asked before the transaction begins."""

    check: Check
    reveal: Reveal


def _check_workers(work: Work, worker_ids: Sequence[str]) -> Mapping[str, str | None]:
    told = work.ask("membership", "check_payees", worker_ids=list(worker_ids))["payees"]
    return {one["worker_id"]: one["fault"] for one in told}


def _reveal_workers(work: Work, worker_ids: Sequence[str], purpose: str, subject_id: str) -> Mapping[str, Account]:
    told = work.ask("membership", "reveal_payees", worker_ids=list(worker_ids), purpose=purpose, subject_id=subject_id)
    return {one["worker_id"]: Account(one["holder_name"], one["bank_card"], one["bank_name"])
            for one in told["accounts"]}


def _reveal_partners(work: Work, agreement_ids: Sequence[str], purpose: str, subject_id: str) -> Mapping[str, Account]:
    found = accounts.reveal_partner_accounts(work, agreement_ids, purpose, subject_id)
    return {agreement_id: Account(one["account_name"], one["number"], one["bank_name"])
            for agreement_id, one in found.items()}


def _reveal_schemes(work: Work, account_ids: Sequence[str], purpose: str, subject_id: str) -> Mapping[str, Account]:
    found = scheme_accounts.reveal_scheme_accounts(work, account_ids, purpose, subject_id)
    return {account_id: Account(one["account_name"], one["number"], one["bank_name"])
            for account_id, one in found.items()}


#: payee_kind → its source
PAYEES: Mapping[str, Payees] = {
    "WORKER": Payees(_check_workers, _reveal_workers),
    "PARTNER": Payees(accounts.partner_faults, _reveal_partners),
    "SCHEME": Payees(scheme_accounts.scheme_faults, _reveal_schemes),
}


def check(work: Work, kind: str, ids: Sequence[str]) -> Mapping[str, str | None]:
    """Of each payee the fault, None when all matches; whom nobody knows is PAYEE_UNKNOWN."""
    found: dict[str, str | None] = dict.fromkeys(ids, "PAYEE_UNKNOWN")
    if kind in PAYEES:
        for start in range(0, len(ids), MOST_ASKED):
            found |= PAYEES[kind].check(work, ids[start:start + MOST_ASKED])
    return found
