"""What one employer may owe the union at a time (用人单位未归还余额上限)."""

from __future__ import annotations

from sqlalchemy import select

from services.relief.adapters.advances import wage_advances
from services.relief.domain.advances.policy import AdvancePolicy
from services.relief.domain.advances.states import OWED
from services.relief.domain.advances.wage_advance import WageAdvance
from shared.store.work import Work


def require_room(work: Work, advance: WageAdvance, policy: AdvancePolicy) -> None:
    """The employer's rows are held until the commit, so that two funds cannot pay past the limit. Raises AboveCap."""
    a = wage_advances.c
    rows = work.session.execute(
        select(a.id, a.state, a.disbursed_fen, a.repaid_fen, a.written_off_fen).where(
            a.employer_id == advance.employer_id).order_by(a.id).with_for_update()).all()
    owed_fen = sum(row.disbursed_fen - row.repaid_fen - row.written_off_fen for row in rows if row.state in OWED)
    policy.check_employer(owed_fen, advance.total_fen)
