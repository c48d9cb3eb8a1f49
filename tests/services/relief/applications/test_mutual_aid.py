"""What mutual aid paid is no hardship of the household any more: medical relief meets own-paid − mutual aid."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.relief.domain.applications.mutual_aid import KnownClaim, OtherAid
from shared.kernel.clock import today
from tests.services import people
from tests.services.desks import Desk
from tests.services.relief.applications.matters import (
    BILL,
    COUNTY,
    GROUP,
    OFFICER,
    Application,
    active_file,
    apply,
    bank_says,
)
from tests.services.relief.means.payments import paid
from tests.services.relief.mutual_aid.aid import (
    EXCHANGE,
    Claim,
    Unit,
    file_claim,
    status_file,
    status_row,
)
from tests.services.relief.samples import fund

Desks = Callable[[str], Desk]
OWN, CITY, DECLARED = 2_000_000, 300_000, "MUTUAL_AID"


@pytest.fixture
def family(desk: Desks, relief: Desk) -> list[str]:
    """The head and another member of an active file, covered by the city's plan."""
    unit = Unit(desk("membership"), 2)
    unit.covered(relief, "CITY_CRITICAL")
    active_file(relief, unit.worker_ids)
    return unit.worker_ids


def city_pays(relief: Desk, worker_id: str, fen: int = CITY) -> Claim:
    claim = file_claim(relief, "CITY_CRITICAL", worker_id, "CRITICAL_ILLNESS")
    claim.submit()
    rows = [status_row(claim, "APPROVED", fen), status_row(claim, "PAID", fen)]
    relief.must("import_scheme_file", EXCHANGE, body=status_file(f"S-{claim.now['claim_no']}", *rows))
    claim.read()
    return claim


def declared(fen: int, payer: str = DECLARED) -> dict[str, Any]:
    return {"payer": payer, "amount_fen": fen, "is_same_need": True}


def applied(relief: Desk, head: str, bill_no: str = "YL-1", *aid: dict[str, Any], **need: Any) -> Application:
    return apply(relief, head, "MEDICAL", need={**BILL, "bill_no": bill_no, **need}, other_aid=list(aid))


@pytest.mark.parametrize("member", [0, 1])
def test_what_the_city_paid_to_any_member_is_taken_off(relief: Desk, family: list[str], member: int) -> None:
    claim = city_pays(relief, family[member])
    case = applied(relief, family[0])
    assert case.compute() == OWN - CITY
    assert case.now["counted_claims"] == [claim.now["claim_no"]]
    for steps in (case.now["explanation_zh"], case.now["explanation_en"]):
        (named,) = [step for step in steps if claim.now["claim_no"] in step]
        assert "¥3,000.00" in named


@pytest.mark.parametrize(("aid", "left"), [
    ([declared(CITY)], OWN - CITY), ([declared(CITY - 1)], OWN - CITY), ([declared(CITY + 7)], OWN - CITY - 7),
    ([declared(100_000, "CIVIL_AFFAIRS")], OWN - CITY - 100_000),
    ([declared(CITY), declared(100_000, "CIVIL_AFFAIRS")], OWN - CITY - 100_000)])
def test_what_was_also_declared_is_taken_off_once(relief: Desk, family: list[str], aid: list[dict[str, Any]],
                                                  left: int) -> None:
    city_pays(relief, family[0])
    case = applied(relief, family[0], "YL-1", *aid)
    assert case.compute() == left
    assert any("按较大者计" in step for step in case.now["explanation_zh"])
    assert any("the larger counts" in step for step in case.now["explanation_en"])


def test_a_claim_that_is_not_paid_or_of_nobody_here_takes_nothing_off(desk: Desks, relief: Desk,
                                                                    family: list[str]) -> None:
    waiting = file_claim(relief, "CITY_CRITICAL", family[0], "CRITICAL_ILLNESS")
    waiting.submit()
    others = Unit(desk("membership"), 1)
    others.covered(relief, "CITY_CRITICAL")
    city_pays(relief, others.worker_ids[0])
    case = applied(relief, family[0])
    assert (case.compute(), case.now["counted_claims"]) == (OWN, [])
    assert not any("互助" in step for step in case.now["explanation_zh"])


def test_living_relief_does_not_ask_for_mutual_aid(relief: Desk, family: list[str]) -> None:
    before = apply(relief, family[0])
    cap_fen = before.compute()
    before.must("withdraw_relief", OFFICER, reason="-")
    city_pays(relief, family[0])
    assert apply(relief, family[0]).compute() == cap_fen


def test_mutual_aid_is_no_relief_of_the_year(desk: Desks, relief: Desk) -> None:
    """It leaves the cap of the year as it is, and is no second kind of relief where a grade may have only one."""
    heads = [people.worker(desk("membership"), None) for _ in range(2)]
    for head in heads:
        active_file(relief, [head], "RELATIVE")
    paid(relief, heads[0], 500_000, today(), "MEDICAL", about_kind="MutualAidClaim")
    medical = [applied(relief, head, f"YL-{head}", own_paid_fen=3_000_000).compute() for head in heads]
    living = [apply(relief, head).compute() for head in heads]
    assert medical[0] == medical[1] < 3_000_000
    assert living[0] == living[1]


def test_a_claim_paid_after_the_proposal_stops_the_approval(relief: Desk, family: list[str]) -> None:
    case = applied(relief, family[0])
    case.propose(OWN)
    claim = city_pays(relief, family[1])
    money = fund(relief)["id"]
    assert case.refused("approve_relief", GROUP, fund_id=money, document_no="JZ-1") == "relief-above-cap"
    case.must("object_to_relief", OFFICER, reason="互助已给付")
    assert case.must("compute_relief", COUNTY)["cap_fen"] == OWN - CITY
    assert claim.now["claim_no"] in case.now["counted_claims"]


def test_a_claim_counts_against_one_bill(relief: Desk, family: list[str]) -> None:
    claim = city_pays(relief, family[0])
    first = applied(relief, family[0])
    first.propose()
    first.approve(fund(relief)["id"])
    second = applied(relief, family[0], "YL-2")
    assert (second.compute(), second.now["counted_claims"]) == (OWN, [])
    bank_says(relief, first.now["id"], "PAID")
    bank_says(relief, first.now["id"], "RECOVERED")
    assert second.must("compute_relief", COUNTY)["counted_claims"] == [claim.now["claim_no"]]


@given(st.lists(st.tuples(st.sampled_from(["MUTUAL_AID", "OTHER", "SOCIETY"]), st.integers(1, 10**9)), max_size=5),
       st.lists(st.integers(1, 10**9), max_size=5))
def test_mutual_aid_is_never_counted_twice_nor_forgotten(told: list[tuple[str, int]], known: list[int]) -> None:
    aid = OtherAid(told, [KnownClaim(f"LP-{n}", fen, date(2026, 1, 1)) for n, fen in enumerate(known)])
    by_hand = sum(fen for payer, fen in told if payer == "MUTUAL_AID")
    others = sum(fen for payer, fen in told) - by_hand
    assert aid.total_fen - others == max(by_hand, sum(known))
    named = " ".join(zh for zh, _ in aid.steps())
    assert all(f"LP-{n}" in named for n in range(len(known)))


def test_the_day_of_the_illness_opens_the_year_before(relief: Desk, family: list[str],
                                                      on_day: Callable[[int], None]) -> None:
    fell_ill = today()
    city_pays(relief, family[0])
    on_day((date(fell_ill.year + 1, 1, 2) - fell_ill).days)
    assert applied(relief, family[0]).compute() == OWN
    assert applied(relief, family[0], "YL-2", happened_on=fell_ill.isoformat()).compute() == OWN - CITY
