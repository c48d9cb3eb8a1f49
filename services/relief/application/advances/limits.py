"""What stands beside an advance when it is held to its limits (垫付限额)."""

from __future__ import annotations

from sqlalchemy import func, or_, select

from services.relief.adapters.advances import wage_advance_lines, wage_advances
from services.relief.domain.advances.standing import Standing
from services.relief.domain.advances.states import OWED, counts, is_alone
from services.relief.domain.advances.wage_advance import WageAdvance
from shared.store.work import Work


def standing_beside(work: Work, advance: WageAdvance) -> Standing:
    """The rows of the dispute and of the employer are held until the commit: two approvals, or two payments from two
    funds, cannot both fit into what is left for one. Two proposals of one dispute take turns by the number they are
    given first, as an advance lies in the unit of its dispute."""
    a = wage_advances.c
    concerned = or_(a.employer_id == advance.employer_id, a.dispute_id == advance.dispute_id)
    columns = (a.id, a.dispute_id, a.employer_id, a.state, a.is_emergency, a.ratified_on, a.total_fen, a.disbursed_fen,
               a.repaid_fen, a.written_off_fen)
    rows = work.session.execute(select(*columns).where(concerned).order_by(a.id).with_for_update()).all()
    others = [row for row in rows if row.id != advance.id]
    of_employer = [row for row in others if row.employer_id == advance.employer_id]
    of_dispute = [row for row in others if row.dispute_id == advance.dispute_id and counts(row.state)]
    claimed_fen, worker_fen = _by_worker(work, [row.id for row in of_dispute])
    return Standing(
        sum(row.total_fen for row in of_dispute), claimed_fen, worker_fen,
        sum(row.disbursed_fen - row.repaid_fen - row.written_off_fen for row in of_employer if row.state in OWED),
        sum(row.total_fen for row in others
            if is_alone(row.state, is_emergency=row.is_emergency, is_ratified=row.ratified_on is not None)))


def _by_worker(work: Work, advance_ids: list[str]) -> tuple[int, dict[str, int]]:
    """What the workers of these advances claim in all, and what each is advanced, in fen."""
    if not advance_ids:
        return 0, {}
    c = wage_advance_lines.c
    sums = select(c.worker_id, func.sum(c.claimed_fen).label("claimed"), func.sum(c.advanced_fen).label("advanced"))
    rows = work.session.execute(
        sums.where(c.advance_id.in_(advance_ids), ~c.is_refused).group_by(c.worker_id)).all()
    return sum(int(row.claimed) for row in rows), {row.worker_id: int(row.advanced) for row in rows}
