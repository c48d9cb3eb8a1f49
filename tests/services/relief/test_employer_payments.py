"""Whatever an employer pays directly before the union does, nobody is advanced more than is left of their claim."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.relief.domain.advances import aftermath
from services.relief.domain.advances.wage_advance import WageAdvance
from shared.kernel.clock import now
from shared.kernel.ids import new_id


@given(st.lists(st.tuples(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 2 * 10**6)), min_size=1,
                max_size=8))
def test_no_worker_gets_more_than_their_claim(lines: list[tuple[int, int, int]]) -> None:
    """Whatever the employer paid before the union: what is advanced is at most what is left of each claim."""
    claims = [(claimed, min(claimed, advanced), paid) for claimed, advanced, paid in lines]
    made = WageAdvance(new_id(), "/37/3702/370202/", "DF1", new_id(), new_id(), "-", sum(c[1] for c in claims), "p",
                       now())
    made.set_lines([{"claim_id": new_id(), "worker_id": new_id(), "claimed_fen": claimed, "advanced_fen": advanced}
                    for claimed, advanced, _ in claims])
    payments = {line.claim_id: paid for line, (_, _, paid) in zip(made.lines, claims, strict=True) if paid}
    aftermath.note_employer_payment(made, payments)
    assert all(line.advanced_fen + line.employer_paid_fen <= line.claimed_fen or not line.employer_paid_fen
               for line in made.payable)
    assert made.total_fen == sum(line.advanced_fen for line in made.payable) or made.state == "REFUSED"
