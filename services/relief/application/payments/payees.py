"""Where the account comes from that a line is paid to, by the kind of its payee."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from services.relief.application.mutual_aid import scheme_accounts
from services.relief.application.platforms import accounts
from shared.kernel.identifiers import mask_bank_card
from shared.kernel.slices import slices
from shared.store.work import Work

#: ids asked at once
MOST_ASKED = 500


@dataclass(frozen=True)
class Account:
    """What the bank must know of a payee, and no more. Never kept outside of an encrypted file."""

    holder: str
    number: str
    bank_name: str

    @property
    def seen(self) -> str:
        """What may be kept of it to know it again: the number masked, and the bank."""
        return f"{mask_bank_card(self.number)} {self.bank_name}"


@dataclass(frozen=True)
class Found:
    """`fault`: why the bank must not get the line (a code of FAULTS), None when name, ID and card match; `seen` the
    account that was looked at, as `Account.seen`, where the payee may change it while a batch waits;
    `org_path` where a worker is registered."""

    fault: str | None
    seen: str | None = None
    org_path: str | None = None


#: payee id → what was found
Check = Callable[[Work, Sequence[str]], Mapping[str, Found]]
#: payee id → the account; those that may not be paid are left out. `purpose` and the record it is for are audited
Reveal = Callable[[Work, Sequence[str], str, str], Mapping[str, Account]]


@dataclass(frozen=True)
class Payees:
    """One kind of payee. Both are asked before the transaction begins."""

    check: Check
    reveal: Reveal


def _check_workers(work: Work, worker_ids: Sequence[str]) -> Mapping[str, Found]:
    told = work.ask("membership", "check_payees", worker_ids=list(worker_ids))["payees"]
    return {one["worker_id"]: Found(one["fault"], f"{one['bank_card_masked']} {one['bank_name']}", one["org_path"])
            for one in told}


def _check_partners(work: Work, agreement_ids: Sequence[str]) -> Mapping[str, Found]:
    """A partner's account stands still while a batch holds its money."""
    return {one: Found(fault) for one, fault in accounts.partner_faults(work, agreement_ids).items()}


def _check_schemes(work: Work, account_ids: Sequence[str]) -> Mapping[str, Found]:
    """So does a scheme's while shares of fees wait for it."""
    return {one: Found(fault) for one, fault in scheme_accounts.scheme_faults(work, account_ids).items()}


def _reveal_workers(work: Work, worker_ids: Sequence[str], purpose: str, subject_id: str) -> Mapping[str, Account]:
    told = work.ask("membership", "reveal_payees", worker_ids=list(worker_ids), purpose=purpose, subject_id=subject_id)
    return {one["worker_id"]: Account(one["holder_name"], one["bank_card"], one["bank_name"])
            for one in told["accounts"]}


def _reveal_partners(work: Work, agreement_ids: Sequence[str], purpose: str, subject_id: str) -> Mapping[str, Account]:
    found = accounts.reveal_partner_accounts(work, agreement_ids, purpose, subject_id)
    return _accounts(found)


def _reveal_schemes(work: Work, account_ids: Sequence[str], purpose: str, subject_id: str) -> Mapping[str, Account]:
    found = scheme_accounts.reveal_scheme_accounts(work, account_ids, purpose, subject_id)
    return _accounts(found)


def _accounts(found: Mapping[str, Mapping[str, str]]) -> dict[str, Account]:
    return {payee_id: Account(one["account_name"], one["number"], one["bank_name"]) for payee_id, one in found.items()}


#: payee_kind → its source
PAYEES: Mapping[str, Payees] = {
    "WORKER": Payees(_check_workers, _reveal_workers),
    "PARTNER": Payees(_check_partners, _reveal_partners),
    "SCHEME": Payees(_check_schemes, _reveal_schemes),
}


def check(work: Work, kind: str, ids: Sequence[str]) -> Mapping[str, Found]:
    """What is found of each payee; whom nobody knows is PAYEE_UNKNOWN."""
    found = dict.fromkeys(ids, Found("PAYEE_UNKNOWN"))
    if kind in PAYEES:
        for some in slices(ids, MOST_ASKED):
            found |= PAYEES[kind].check(work, some)
    return found
