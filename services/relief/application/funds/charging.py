"""What spending does to the budget lines of a fund. The fund's row is locked, so two never charge a line at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from sqlalchemy import insert, select, update

from services.relief.adapters.fund_matters import budget_lines
from services.relief.adapters.funds import ledger_entries
from services.relief.adapters.payments import payment_lines
from services.relief.domain.funds.charge import CHARGES, COMMITTING, FOLLOWING, BudgetLine
from services.relief.domain.funds.fund import FundAccount
from services.relief.domain.funds.ledger import PURPOSE_OF, Posting
from services.relief.domain.funds.refusals import BudgetMissing
from services.relief.rules.funds import PARAMETERS
from shared.kernel.clock import today
from shared.kernel.org import division_of
from shared.kernel.slices import slices
from shared.store.work import Work

#: postings in one lookup
CHUNK = 500
Matter = tuple[str, str, str]
Slot = tuple[int, str]


@dataclass(frozen=True)
class Plan:
    """Postings with their purposes, and what they add up to by year and purpose."""

    postings: Sequence[Posting]
    sums: Mapping[Slot, int]
    lines: Mapping[Slot, BudgetLine]


def plan(work: Work, fund: FundAccount, kind: str, postings: Sequence[Posting], year: int) -> Plan:
    """See what the postings would do to the budget; nothing changes yet. Raises BudgetExceeded, BudgetMissing."""
    if kind not in CHARGES:
        return Plan(postings, {}, {})
    followed = _reservations(work, fund.id, postings) if kind in FOLLOWING else {}
    told, sums = [], dict[Slot, int]()
    for posting in postings:
        slot = followed.get(matter_of(posting)) or (year, posting.purpose or PURPOSE_OF.get(kind) or "")
        told.append(replace(posting, purpose=slot[1] or None))
        sums[slot] = sums.get(slot, 0) + posting.amount_fen
    if kind in COMMITTING and any(not purpose for _, purpose in sums):
        raise ValueError(f"{kind} without a purpose")
    sums = {slot: fen for slot, fen in sums.items() if slot[1]}
    lines = {slot: line for slot, line in lines_of(work, fund.id, {year for year, _ in sums}).items() if slot in sums}
    _check(fund, kind, sums, lines)
    return Plan(told, sums, lines)


def apply(work: Work, fund: FundAccount, kind: str, plan: Plan) -> None:
    """Charge the lines."""
    for slot, fen in plan.sums.items():
        known = plan.lines.get(slot)
        line = known or BudgetLine(fund.id, *slot)
        line.charge(kind, fen, fund.fund_no)
        keep(work, line, is_new=known is None)
        if known is None and kind in COMMITTING:
            fund.record("spent_without_budget", fund_no=fund.fund_no, year=line.year, purpose=line.purpose)


def _check(fund: FundAccount, kind: str, sums: Mapping[Slot, int], lines: Mapping[Slot, BudgetLine]) -> None:
    for slot, fen in sums.items():
        line = replace(lines[slot]) if slot in lines else BudgetLine(fund.id, *slot)
        if line.approved_fen is None and kind in COMMITTING:
            _require_none_is_needed(fund, line.year)
        line.charge(kind, fen, fund.fund_no)


def _require_none_is_needed(fund: FundAccount, year: int) -> None:
    """Without an approved budget money may be spent unless the rule of the place says otherwise: the national default
    is certain of nothing here (rules/fund_parameters.yaml says why). What is spent so is told, and listed apart."""
    rule = PARAMETERS.row("budget_mandatory", today(), division_of(fund.org_path))
    if rule.value:
        raise BudgetMissing(fund_no=fund.fund_no, year=year, document=rule.document)


# -- lines -----------------------------------------------------------------------------------------------------


def lines_of(work: Work, fund_id: str, years: Iterable[int]) -> dict[Slot, BudgetLine]:
    """The lines of a fund by year and purpose: at most one for each purpose of a year."""
    c = budget_lines.c
    rows = work.session.execute(select(budget_lines).where(c.fund_id == fund_id, c.year.in_(sorted(years))))
    return {(row.year, row.purpose): BudgetLine(**row._mapping) for row in rows.all()}


def keep(work: Work, line: BudgetLine, *, is_new: bool) -> None:
    c, connection = budget_lines.c, work.session.connection()
    if is_new:
        connection.execute(insert(budget_lines).values(**asdict(line)))
        return
    where = (c.fund_id == line.fund_id, c.year == line.year, c.purpose == line.purpose)
    connection.execute(update(budget_lines).where(*where).values(
        approved_fen=line.approved_fen, committed_fen=line.committed_fen, paid_fen=line.paid_fen))


# -- what a payment follows ------------------------------------------------------------------------------------


def _reservations(work: Work, fund_id: str, postings: Sequence[Posting]) -> dict[Matter, Slot]:
    """Year and purpose of the reservations that these postings follow: of their payment lines or, where a posting
    stands for many lines at once, of the matter as a whole."""
    found = dict[Matter, Slot]()
    for some in slices(postings, CHUNK):
        found |= _of_lines(work, fund_id, some)
    rest = [posting for posting in postings if matter_of(posting) not in found]
    by_matter = _of_matters(work, fund_id, {posting.about_id for posting in rest})
    for posting in rest:
        if (posting.about_kind, posting.about_id) in by_matter:
            found[matter_of(posting)] = by_matter[posting.about_kind, posting.about_id]
    return found


def _of_lines(work: Work, fund_id: str, postings: Sequence[Posting]) -> dict[Matter, Slot]:
    c = payment_lines.c
    names = [sorted({matter_of(posting)[n] for posting in postings}) for n in range(3)]
    where = [column.in_(known) for column, known in zip((c.about_kind, c.about_id, c.about_part), names, strict=True)]
    rows = work.session.execute(select(c.about_kind, c.about_id, c.about_part, c.created_at, c.purpose).where(
        *where, c.fund_id == fund_id)).all()
    return {(row.about_kind, row.about_id, row.about_part): (row.created_at.year, row.purpose) for row in rows}


def _of_matters(work: Work, fund_id: str, about_ids: Iterable[str]) -> dict[tuple[str, str], Slot]:
    e = ledger_entries.c
    rows = work.session.execute(select(e.about_kind, e.about_id, e.year, e.purpose).distinct().where(
        e.about_id.in_(sorted(about_ids)), e.kind == "RESERVED", e.fund_id == fund_id)).all()
    return {(row.about_kind, row.about_id): (row.year, row.purpose) for row in rows if row.purpose}


def matter_of(posting: Posting) -> Matter:
    return posting.about_kind, posting.about_id, posting.about_part
