"""Aid by the file: a batch pays no household that its money is not for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, update

from services.relief.adapters.files import hardship_files
from services.relief.application.payments import entitled, steps
from tests.services import people
from tests.services.desks import Desk
from tests.services.relief.applications.crowds import crowd
from tests.services.relief.applications.matters import DIBAO_FEN, active_file
from tests.services.relief.funds.money import work
from tests.services.relief.payments.bank import CHECKER, DRAFTER, Batch, filled, lines
from tests.services.relief.samples import assert_sound, fund, give_card
from tests.services.relief.statements import counted

Desks = Callable[[str], Desk]


@pytest.fixture
def relief(desk: Desks) -> Desk:
    return desk("relief")


@pytest.fixture
def central(relief: Desk) -> dict[str, Any]:
    return fund(relief, "CENTRAL", fen=10**9)


def payee(desk: Desks, registration: str = "LOCAL_URBAN") -> str:
    """Somebody at work, with a card; registered elsewhere it is a migrant worker."""
    membership = desk("membership")
    worker_id = people.worker(membership, people.employer(membership), registration=registration)
    give_card(membership, worker_id)
    return worker_id


def head(desk: Desks, registration: str = "LOCAL_URBAN", level: str = "NATIONAL") -> str:
    worker_id = payee(desk, registration)
    active_file(desk("relief"), [worker_id], level=level)
    return worker_id


def faults(batch: Batch) -> dict[str, str | None]:
    batch.must("check_payment_batch", CHECKER)
    return {row["payee_id"]: row["fault"] for row in batch.rows()}


def test_a_list_of_central_money_tells_whom_it_is_not_for(desk: Desks, relief: Desk, central: dict[str, Any]) -> None:
    fits, county, migrant, nobody = head(desk), head(desk, level="COUNTY"), head(desk, "OUTSIDE_RURAL"), payee(desk)
    batch = filled(relief, central, lines([fits, county, migrant, nobody]))
    assert faults(batch) == {fits: None, county: "FILE_UNFIT", migrant: "NOT_A_MEMBER", nobody: "FILE_UNFIT"}
    assert (batch.now["state"], batch.now["faults_count"]) == ("DRAFTED", 3)
    people.join(desk("membership"), migrant)
    assert faults(batch)[migrant] is None
    batch.must("remove_payment_lines", DRAFTER, faulty=True, reason="非全国级档案")
    assert set(faults(batch)) == {fits, migrant}
    assert batch.now["state"] == "CHECKED"
    assert_sound(relief, central["id"])


def test_other_money_asks_for_no_file(desk: Desks, relief: Desk) -> None:
    nobody = payee(desk, "OUTSIDE_RURAL")
    assert faults(filled(relief, fund(relief), lines([nobody]))) == {nobody: None}


@pytest.mark.parametrize(("earlier", "now", "fault"), [
    (0, 12 * DIBAO_FEN, None), (0, 12 * DIBAO_FEN + 1, "ABOVE_CAP"), (11 * DIBAO_FEN, DIBAO_FEN, None),
    (11 * DIBAO_FEN, DIBAO_FEN + 1, "ABOVE_CAP")])
def test_the_cap_counts_what_the_household_had(desk: Desks, relief: Desk, central: dict[str, Any], earlier: int,
                                               now: int, fault: str | None) -> None:
    worker_id = head(desk)
    if earlier:
        filled(relief, fund(relief, fen=10**8), lines([worker_id], earlier))
    assert faults(filled(relief, central, lines([worker_id], now))) == {worker_id: fault}


@pytest.mark.parametrize("source", ["CENTRAL", "UNION", "SPONSOR"])
def test_two_members_of_a_household_share_its_cap(desk: Desks, relief: Desk, source: str) -> None:
    couple = [payee(desk), payee(desk)]
    active_file(relief, couple, level="NATIONAL")
    money = fund(relief, source, fen=10**8)
    assert set(faults(filled(relief, money, lines(couple, 6 * DIBAO_FEN))).values()) == {None}
    assert set(faults(filled(relief, money, lines(couple, 1))).values()) == {"ABOVE_CAP"}


@pytest.mark.parametrize("purpose", ["MEDICAL", "STUDENT"])
def test_what_has_facts_of_its_own_is_no_list(relief: Desk, central: dict[str, Any], purpose: str) -> None:
    body = {"purpose": purpose, "kind": "LIST", "document_no": "X", "declared_count": 1, "declared_fen": 1}
    told = relief.refused("draft_payment_batch", DRAFTER, body={"fund_id": central["id"], **body})
    assert told["code"] == "list-of-cases"
    assert "/applications" in told["detail"]["en"]
    relief.must("draft_payment_batch", DRAFTER, body={"fund_id": fund(relief)["id"], **body})


def test_a_chunk_is_asked_as_a_whole(desk: Desks, relief: Desk, central: dict[str, Any]) -> None:
    """As many statements for sixty households as for three: a list of thousands is checked in some seconds."""
    one = head(desk)
    crowd(relief, 59)
    with relief.database.write() as connection:
        connection.execute(update(hardship_files).values(level="NATIONAL"))
        heads = list(connection.execute(select(hardship_files.c.head_worker_id)).scalars())
    few = [one, *[other for other in heads if other != one][:2]]
    assert statements(relief, central, heads) == statements(relief, central, few) > 3


def statements(relief: Desk, money: dict[str, Any], worker_ids: list[str]) -> int:
    """How many statements it takes to look at a list."""
    batch = filled(relief, money, lines(worker_ids, 1))
    unit = work(relief)
    rows = unit.peek(steps.of_batch(batch.now["id"], "", 1_000))
    with counted() as seen:
        found = entitled.faults(unit, rows)
    assert len(rows) - len(found) == 1
    return len(seen)
