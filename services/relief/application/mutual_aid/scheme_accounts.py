"""The accounts to which fees of plans are paid: entered by cashiers, read by payments and by nobody else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import func, select

from services.relief.adapters.mutual_aid import mutual_aid_scheme_accounts, mutual_aid_union_shares
from services.relief.application.goods.holding import held_target
from services.relief.domain.mutual_aid.refusals import SchemeAccountKnown, SchemeAccountMissing
from services.relief.domain.mutual_aid.scheme_account import SchemeAccount
from services.relief.rules import mutual_aid as aid_rules
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.kernel.org import division_of, parent
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.reading import Reading
from shared.store.work import Work

A, S = mutual_aid_scheme_accounts.c, mutual_aid_union_shares.c


def enter_scheme_account(work: Work, asked: Asked) -> SchemeAccount:
    """For a plan that is in force at the place. Raises PlanUnknown, RuleGap, SchemeAccountKnown."""
    body = asked.body
    path, plan = place_of(work.caller, body.get("org_path")), body["plan"]
    aid_rules.plans().plan(plan, today(), division_of(path))
    if work.find(SchemeAccount, org_path=path, plan=plan):
        raise SchemeAccountKnown(pointer="/plan", plan=plan)
    return work.add(SchemeAccount(new_id(), path, plan, body["account_name"], body["bank_name"], body["number"],
                                  work.caller.account_id, now()))


def set_scheme_account(work: Work, asked: Asked) -> SchemeAccount:
    """Held until the commit, so that no share is approved for it meanwhile."""
    account = held_target(work, SchemeAccount, asked.path["account_id"])
    waiting = select(func.count()).select_from(mutual_aid_union_shares).where(
        S.account_id == account.id, S.state == "RESERVED")
    account.change(**asked.body, by=work.caller.account_id,
                   waiting=int(work.session.execute(waiting).scalar_one()))
    return account


def get_scheme_account(reading: Reading, asked: Asked) -> SchemeAccount:
    return reading.record(SchemeAccount, asked.path["account_id"])


def list_scheme_accounts(reading: Reading, asked: Asked) -> dict[str, Any]:
    where = [A.plan == asked.query["plan"]] if "plan" in asked.query else []
    return reading.page(SchemeAccount, asked.query, sort=[A.created_at, A.plan], where=where)


def account_for(work: Work, plan: str, org_path: str) -> SchemeAccount:
    """The unit's own account for the plan, else that of the next unit above it, held until the commit. Raises
    SchemeAccountMissing."""
    query = select(SchemeAccount).where(A.plan == plan, A.org_path.in_(list(_upwards(org_path))))
    found = work.session.scalars(query.order_by(func.length(A.org_path).desc()).limit(1).with_for_update()).first()
    if found is None:
        raise SchemeAccountMissing(plan=plan)
    return found


def _upwards(org_path: str) -> Iterator[str]:
    path: str | None = org_path
    while path:
        yield path
        path = parent(path)


# -- for payments, before a transaction begins -------------------------------------------------------------------


def scheme_faults(work: Work, account_ids: Sequence[str]) -> dict[str, str | None]:
    """Every account has a number: none of those that there are has a fault."""
    return {row.id: None for row in work.peek(select(A.id).where(A.id.in_(sorted(set(account_ids)))))}


def reveal_scheme_accounts(work: Work, account_ids: Sequence[str], purpose: str,
                           subject_id: str) -> dict[str, dict[str, Any]]:
    """Account id → account_name, bank_name, number, and an audit entry of who read it for what."""
    rows = work.peek(select(A.id, A.account_name, A.bank_name, A.account_number).where(
        A.id.in_(sorted(set(account_ids)))))
    for row in rows:
        work.note("reveal_scheme_account", "SchemeAccount", row.id, {"purpose": purpose, "for": subject_id})
    return {row.id: {"account_name": row.account_name, "bank_name": row.bank_name, "number": row.account_number}
            for row in rows}
