"""Yearly budgets: drafted, submitted, approved by somebody else, revised with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from services.relief.adapters.fund_matters import budgets
from services.relief.application.funds import charging
from services.relief.application.funds.accounts import purpose_rule
from services.relief.domain.funds.budget import Budget
from services.relief.domain.funds.charge import BudgetLine
from services.relief.domain.funds.fund import FundAccount
from services.relief.domain.funds.purposes import PURPOSES
from services.relief.domain.funds.refusals import BudgetExists, YearClosed
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.store.reading import Reading
from shared.store.work import Work


def draft_budget(work: Work, asked: Asked) -> Budget:
    body = asked.body
    fund = work.load(FundAccount, body["fund_id"])
    _require_none_yet(work, fund, body["year"])
    _require_allowed(fund, body["lines"])
    budget = Budget.draft(new_id(), fund.org_path, work.next_number("YS", fund.org_path), fund.id, body["year"],
                          body["lines"], work.caller.account_id, now())
    return work.add(budget)


def _require_none_yet(work: Work, fund: FundAccount, year: int) -> None:
    known = work.session.execute(select(budgets.c.budget_no).where(
        budgets.c.fund_id == fund.id, budgets.c.year == year)).scalar()
    if known:
        raise BudgetExists(pointer="/year", fund_no=fund.fund_no, year=year, budget_no=known)


def _require_allowed(fund: FundAccount, lines: Sequence[Mapping[str, Any]]) -> None:
    """A purpose that the fund's money must not serve has no budget. Raises PurposeDenied."""
    for line in lines:
        if line["amount_fen"]:
            purpose_rule(fund, line["purpose"]).require(is_collective=True)


def get_budget(reading: Reading, asked: Asked) -> Budget:
    return reading.record(Budget, asked.path["budget_id"])


def list_budgets(reading: Reading, asked: Asked) -> dict[str, Any]:
    c = budgets.c
    where = [c[name] == asked.query[name] for name in ("fund_id", "year", "state") if name in asked.query]
    return reading.page(Budget, asked.query, sort=[c.created_at, c.year], where=where)


def edit_budget(work: Work, asked: Asked) -> Budget:
    budget = _target(work, asked)
    _require_allowed(work.load(FundAccount, budget.fund_id), asked.body["lines"])
    budget.edit(asked.body["lines"], work.caller.account_id)
    return budget


def submit_budget(work: Work, asked: Asked) -> Budget:
    budget = _target(work, asked)
    budget.submit(work.caller.account_id)
    return budget


def send_back_budget(work: Work, asked: Asked) -> Budget:
    budget = _target(work, asked)
    budget.send_back(asked.body["reason"])
    return budget


def approve_budget(work: Work, asked: Asked) -> Budget:
    """From now on the budget binds: the same transaction puts its lines where spending looks for them."""
    budget = _target(work, asked)
    budget.approve(work.caller.account_id, today())
    _put_in_force(work, budget)
    return budget


def propose_budget_revision(work: Work, asked: Asked) -> Budget:
    budget = _target(work, asked)
    fund = work.load(FundAccount, budget.fund_id)
    _require_allowed(fund, asked.body["lines"])
    _require_open(fund, budget.year)
    budget.propose_revision(asked.body["lines"], asked.body["reason"], work.caller.account_id)
    return budget


def refuse_budget_revision(work: Work, asked: Asked) -> Budget:
    budget = _target(work, asked)
    budget.refuse_revision(asked.body["reason"])
    return budget


def approve_budget_revision(work: Work, asked: Asked) -> Budget:
    budget = _target(work, asked)
    budget.approve_revision(work.caller.account_id, today())
    _put_in_force(work, budget)
    return budget


def _put_in_force(work: Work, budget: Budget) -> None:
    """Purposes that the budget does not name get nothing. Raises BudgetBelowCommitted, YearClosed."""
    fund = work.load(FundAccount, budget.fund_id, lock=True)
    _require_open(fund, budget.year)
    known = charging.lines_of(work, fund.id, [budget.year])
    approved = {line["purpose"]: line["amount_fen"] for line in budget.lines}
    for purpose in PURPOSES:
        slot = budget.year, purpose
        line = known.get(slot) or BudgetLine(fund.id, *slot)
        line.approve(approved.get(purpose, 0))
        charging.keep(work, line, is_new=slot not in known)


def _require_open(fund: FundAccount, year: int) -> None:
    if fund.closed_year is not None and year <= fund.closed_year:
        raise YearClosed(fund_no=fund.fund_no, year=year)


def _target(work: Work, asked: Asked) -> Budget:
    return work.target(Budget, asked.path["budget_id"])
