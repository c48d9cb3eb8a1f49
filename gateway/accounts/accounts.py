"""Administering accounts (R24)."""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy import select

from gateway.accounts import secrets
from gateway.accounts.domain import Account, Grant
from gateway.accounts.failures import forget_failures
from gateway.accounts.refusals import NameTaken, OutOfReach, PasswordIsName
from gateway.accounts.revoking import end_sessions_of, tell_workers
from gateway.adapters.tables import accounts, grants
from shared.kernel.clock import now
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.store.reading import Reading
from shared.store.work import Work


def create_account(work: Work, asked: Asked) -> Account:
    body = asked.body
    if not work.caller.covers(body["org_path"]):
        raise OutOfReach(org_path=body["org_path"])
    password_hash = _hash(body["password"], body["name"])
    if work.find(Account, name=body["name"]):
        raise NameTaken(name=body["name"])
    at = now()
    account = Account(id=new_id(), org_path=body["org_path"], state=Account.machine.initial, version=1, created_at=at,
                      name=body["name"], display_name=body["display_name"], password_hash=password_hash,
                      worker_id=body["worker_id"])
    for wanted in body["grants"]:
        account.grant(wanted["role"], wanted["org_path"], work.caller, at)
    _note_grants(work, account, account.grants)
    return work.add(account)


def list_accounts(reading: Reading, asked: Asked) -> dict[str, Any]:
    where = [accounts.c[name] == asked.query[name] for name in ("name", "state") if name in asked.query]
    if "role" in asked.query:
        where.append(accounts.c.id.in_(select(grants.c.account_id).where(grants.c.role == asked.query["role"])))
    return reading.page(Account, asked.query, sort=[accounts.c.created_at, accounts.c.name], where=where)


def get_account(reading: Reading, asked: Asked) -> Account:
    return reading.record(Account, asked.path["account_id"])


def grant_role(work: Work, asked: Asked) -> Account:
    account = work.target(Account, asked.path["account_id"])
    account.grant(asked.body["role"], asked.body["org_path"], work.caller, now())
    account.touch()
    _note_grants(work, account, account.grants[-1:])
    work.at_the_end(tell_workers(account.id))
    return account


def revoke_grant(work: Work, asked: Asked) -> Account:
    account = _target(work, asked)
    taken = account.revoke(asked.path["grant_id"])
    account.touch()
    work.note("revoke_grant", "Account", account.id,
              {"role": taken.role, "org_path": taken.org_path, "reason": asked.body["reason"]})
    work.at_the_end(tell_workers(account.id))
    return account


def disable_account(work: Work, asked: Asked) -> Account:
    account = _moved(work, asked, "disable")
    work.at_the_end(end_sessions_of(account.id, "disabled"))
    return account


def enable_account(work: Work, asked: Asked) -> Account:
    return _moved(work, asked, "enable")


def reset_password(work: Work, asked: Asked) -> Account:
    account = _target(work, asked)
    account.password_hash = _hash(asked.body["password"], account.name)
    account.touch()
    _forget_failures(work, account)
    work.at_the_end(end_sessions_of(account.id, "password reset"))
    return account


def unlock_account(work: Work, asked: Asked) -> Account:
    account = _target(work, asked)
    account.touch()
    _forget_failures(work, account)
    work.note("unlock_account", "Account", account.id, {"reason": asked.body["reason"]})
    return account


def _target(work: Work, asked: Asked) -> Account:
    account = work.target(Account, asked.path["account_id"])
    account.check_reach(work.caller)
    return account


def _moved(work: Work, asked: Asked, command: str) -> Account:
    account = _target(work, asked)
    account.move(command)
    work.note(work.action, "Account", account.id, {"reason": asked.body["reason"]})
    return account


def _hash(peppered: str, name: str) -> str:
    kept = secrets.current()
    if peppered == kept.peppered(name):
        raise PasswordIsName(pointer="/password")
    return kept.hashed(peppered)


def _note_grants(work: Work, account: Account, given: list[Grant]) -> None:
    for grant in given:
        work.note("grant_role", "Account", account.id, {"role": grant.role, "org_path": grant.org_path})


def _forget_failures(work: Work, account: Account) -> None:
    work.at_the_end(partial(forget_failures, name_hash=secrets.current().name_hash(account.name)))
