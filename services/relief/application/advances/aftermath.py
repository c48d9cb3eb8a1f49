"""Advances on their way back: another day of repayment."""

from __future__ import annotations

from services.relief.application.advances.advances import policy_of
from services.relief.domain.advances import aftermath
from services.relief.domain.advances.wage_advance import WageAdvance
from shared.kernel.clock import today
from shared.service.dispatch import Asked
from shared.store.work import Work


def extend_repayment(work: Work, asked: Asked) -> WageAdvance:
    advance = work.target(WageAdvance, asked.path["advance_id"])
    aftermath.extend(advance, **asked.body, policy=policy_of(advance), by=work.caller.account_id, today=today())
    return advance


def propose_earlier_day(work: Work, asked: Asked) -> WageAdvance:
    advance = work.target(WageAdvance, asked.path["advance_id"])
    aftermath.propose_earlier_day(advance, **asked.body, by=work.caller.account_id, today=today())
    return advance


def confirm_earlier_day(work: Work, asked: Asked) -> WageAdvance:
    advance = work.target(WageAdvance, asked.path["advance_id"])
    aftermath.confirm_earlier_day(advance, work.caller.account_id, today())
    return advance
