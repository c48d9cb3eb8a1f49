"""A school's invoice of a term: once for an outlet, for children enrolled there in that term."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from services.relief.domain.schools.school import is_after, next_term
from shared.kernel.clock import today
from tests.services import people
from tests.services.desks import Desk
from tests.services.relief.goods.stores import step
from tests.services.relief.platforms.shop import DIRECTOR, Record, Shop
from tests.services.relief.schools.children import TERM, consented, enrolled, school

OTHER_TERM = f"{TERM[:4]}-SPRING"


@pytest.fixture
def relief(desk: Callable[[str], Desk]) -> Desk:
    return desk("relief")


@pytest.fixture
def guardian(desk: Callable[[str], Desk]) -> str:
    return people.worker(desk("membership"), people.employer(desk("membership")))


@pytest.fixture
def care_school(relief: Desk) -> Shop:
    return Shop(relief, "SCHOOL")


def invoice(*pupils: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"invoice_no": "FP-1", "term": TERM, "request_nos": [one["request_no"] for one in pupils],
            "total_fen": 1_234_567, **more}


def refused(of: Shop, body: dict[str, Any]) -> tuple[str, str]:
    data = of.relief.refused("charge_term", of.clerk, path={"outlet_id": of.outlet_id}, body=body)
    return data["code"], data["errors"][0]["pointer"] if data.get("errors") else data.get("pointer", "")


def test_a_school_sends_one_invoice_a_term(relief: Desk, guardian: str, care_school: Shop) -> None:
    places = school(relief, outlet_id=care_school.outlet_id)
    pupils = [enrolled(relief, guardian, child, places) for child in (1, 2)]
    body, at = invoice(*pupils), {"outlet_id": care_school.outlet_id}
    first = relief.must("charge_term", care_school.clerk, path=at, body=body)
    assert (first["union_fen"], first["partner_fen"], first["pupils"]) == (987_654, 246_913, 2)
    assert first["request_nos"] == [one["request_no"] for one in pupils]
    assert relief.must("charge_term", care_school.clerk, path=at, body=body) == first
    assert refused(care_school, {**body, "total_fen": 1})[0] == "till-number-used"
    other = {**body, "invoice_no": "FP-2"}
    assert refused(care_school, other)[0] == "term-charged-already"
    Record(relief, "redemption", first).must("reverse_redemption", care_school.clerk, reason="开错")
    relief.must("charge_term", care_school.clerk, path=at, body=other)
    assert relief.refused("charge_term", care_school.clerk, path=at, body={**other, "term": "2026-SUMMER"})[
        "status"] == 422


def test_a_term_is_invoiced_up_to_the_next_one(relief: Desk, care_school: Shop) -> None:
    last = next_term(today())
    body = {"invoice_no": "FP-1", "request_nos": ["RX370202202600001"], "total_fen": 100}
    at = {"outlet_id": care_school.outlet_id}
    told = relief.refused("charge_term", care_school.clerk, path=at,
                          body={**body, "term": f"{int(last[:4]) + 1}{last[4:]}"})
    assert (told["code"], told["errors"][0]["pointer"], told["params"]["last"]) == ("term-too-far", "/term", last)
    told = relief.refused("charge_term", care_school.clerk, path=at, body={**body, "term": last})
    assert told["code"] == "school-outlet-not-linked"


@pytest.mark.parametrize(("on", "last"), [
    ("2026-01-01", "2026-AUTUMN"), ("2026-07-31", "2026-AUTUMN"), ("2026-08-01", "2027-SPRING"),
    ("2026-12-31", "2027-SPRING")])
def test_the_next_term(on: str, last: str) -> None:
    assert next_term(date.fromisoformat(on)) == last
    assert not is_after(last, last)
    assert is_after("2027-AUTUMN", last)


def test_a_pupil_without_a_place_is_named_by_its_line(relief: Desk, guardian: str, care_school: Shop) -> None:
    places, elsewhere = school(relief, outlet_id=care_school.outlet_id), school(relief, "第二小学")
    at_school = enrolled(relief, guardian, 1, places)
    waiting = consented(relief, guardian, 2)
    of_another = enrolled(relief, guardian, 3, elsewhere)
    offered = step(relief, "offer_school_place", consented(relief, guardian, 4), school_id=places["id"])
    for wrong in (waiting, of_another, offered, {"request_no": "RX-370202-2026-99999"[:19]}):
        body = invoice(at_school, wrong)
        data = relief.refused("charge_term", care_school.clerk, path={"outlet_id": care_school.outlet_id}, body=body)
        assert (data["code"], data["params"]["request_nos"]) == ("pupil-without-place", wrong["request_no"])
        assert "/request_nos/1" in str(data)
    assert refused(care_school, invoice(at_school, at_school))[0] == "pupil-twice"
    assert refused(care_school, invoice())[0] == "content-invalid"
    assert relief.must("list_redemptions", DIRECTOR)["items"] == []  # nothing half-done
    relief.must("charge_term", care_school.clerk, path={"outlet_id": care_school.outlet_id}, body=invoice(at_school))


def test_a_place_of_another_term_is_none(relief: Desk, guardian: str, care_school: Shop) -> None:
    places = school(relief, outlet_id=care_school.outlet_id)
    pupil = enrolled(relief, guardian, 1, places)
    assert refused(care_school, invoice(pupil, term=OTHER_TERM))[0] == "school-outlet-not-linked"


def test_a_school_is_linked_with_its_outlet_and_not_moved_after_the_invoice(relief: Desk, guardian: str,
                                                                            care_school: Shop) -> None:
    places, other = school(relief), Shop(relief, "SCHOOL")
    pupil = enrolled(relief, guardian, 1, places)
    assert refused(care_school, invoice(pupil))[0] == "school-outlet-not-linked"
    now = Record(relief, "school", relief.must("get_term_school", DIRECTOR, path={"school_id": places["id"]}))
    assert now.refused("link_school_outlet", DIRECTOR, outlet_id=Shop(relief, "PHARMACY").outlet_id) == \
        "outlet-not-school"
    assert now.refused("link_school_outlet", DIRECTOR, outlet_id=pupil["id"]) == "not-found"
    now.must("link_school_outlet", DIRECTOR, outlet_id=other.outlet_id)
    now.must("link_school_outlet", DIRECTOR, outlet_id=care_school.outlet_id)
    charged = relief.must("charge_term", care_school.clerk, path={"outlet_id": care_school.outlet_id},
                          body=invoice(pupil))
    assert now.refused("link_school_outlet", DIRECTOR, outlet_id=other.outlet_id) == "school-term-invoiced"
    Record(relief, "redemption", charged).must("reverse_redemption", care_school.clerk, reason="开错")
    now.must("link_school_outlet", DIRECTOR, outlet_id=other.outlet_id)
