"""Enrolments through the dispatcher: lists of units, the rules for groups, fees and terms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services import people
from tests.services.desks import Desk, caller, pointers
from tests.services.relief.mutual_aid.aid import CASHIER, OFFICER, Unit, in_days

DeskOf = Callable[[str], Desk]
OnDay = Callable[[int], None]


@pytest.fixture
def relief(desk: DeskOf) -> Desk:
    return desk("relief")


@pytest.fixture
def unit(desk: DeskOf) -> Unit:
    return Unit(desk("membership"), 12)


def test_a_unit_enrols_pays_waits_and_is_covered(relief: Desk, unit: Unit, on_day: OnDay) -> None:
    enrolment = unit.enrol(relief, "CITY_CRITICAL", phase=2,
                           workers=[{"worker_id": one, "shares": 2} for one in unit.worker_ids])
    assert enrolment.now["fee_fen"] == 12 * 2 * 5_000
    assert (enrolment.now["persons"], enrolment.now["shares"], enrolment.now["phase"]) == (12, 24, 2)
    assert enrolment.refused("pay_enrolment_fee", CASHIER, amount_fen=1, receipt_no="R") == "mutual-aid-fee"
    enrolment.pay()
    [told] = relief.told("mutual_aid_enrolled")
    assert (told["data"]["persons"], told["data"]["fee_fen"]) == (12, 120_000)
    states = []
    for day in (0, 30, 365, 366):
        on_day(day)
        relief.tick()
        states.append(enrolment.read()["state"])
    assert states == ["WAITING", "IN_FORCE", "EXPIRED", "EXPIRED"]
    assert [one["data"]["is_renewed"] for one in relief.told("mutual_aid_term_ended")] == [False]


def test_the_list_of_an_enrolment_is_paged(relief: Desk, unit: Unit) -> None:
    enrolment = unit.enrol(relief, "CITY_CRITICAL")
    seen, cursor = [], None
    while True:
        query = {"limit": 5, **({"cursor": cursor} if cursor else {})}
        page = relief.must("list_participants", OFFICER, path={"enrolment_id": enrolment.now["id"]}, query=query)
        seen += [row["worker_id"] for row in page["items"]]
        cursor = page["next_cursor"]
        if not cursor:
            break
    assert sorted(seen) == sorted(unit.worker_ids)


def test_a_worker_sees_their_own_participation_only(relief: Desk, unit: Unit) -> None:
    unit.enrol(relief, "CITY_CRITICAL")
    me = caller(Role.WORKER, worker_id=unit.worker_ids[3])
    assert [row["worker_id"] for row in relief.must("list_participations", me)["items"]] == [unit.worker_ids[3]]


BAD: dict[str, tuple[dict[str, Any], str]] = {
    "too few of the staff": ({"staff": 21}, "mutual-aid-group-rule"),
    "more than the staff": ({"staff": 11}, "mutual-aid-more-than-staff"),
    "a term that is not offered": ({"years": 2}, "mutual-aid-term"),
    "a plan nobody knows": ({"plan": "NO_SUCH_PLAN"}, "mutual-aid-plan-unknown"),
    "a plan of another place": ({"plan": "TIANJIN_CRITICAL"}, "rule-missing"),
    "cover from yesterday": ({"starts_on": in_days(-1)}, "mutual-aid-starts-in-past"),
    "cover from a far day": ({"starts_on": "9999-12-31"}, "mutual-aid-starts-too-late"),
    "another employer": ({"employer_id": new_id()}, "mutual-aid-another-unit"),
}


@pytest.mark.parametrize("bad", BAD)
def test_a_list_that_does_not_fit_is_refused_whole(relief: Desk, unit: Unit, bad: str) -> None:
    change, code = BAD[bad]
    refused = relief.refused("enrol_unit", OFFICER, body=unit.body(**{"plan": "HOSPITAL_TIERS", **change}))
    assert refused["code"] == code
    assert relief.must("list_enrolments", OFFICER)["items"] == []
    assert relief.must("list_participations", OFFICER)["items"] == []


def test_shares_are_the_same_for_all_and_within_the_plan(relief: Desk, unit: Unit) -> None:
    workers = [{"worker_id": one, "shares": 1 + n % 2} for n, one in enumerate(unit.worker_ids)]
    uneven = relief.refused("enrol_unit", OFFICER, body=unit.body("CITY_CRITICAL", workers=workers))
    assert (uneven["code"], pointers(uneven)) == ("mutual-aid-shares", ["/workers/1/shares"])
    many = [{"worker_id": one, "shares": 4} for one in unit.worker_ids]
    assert relief.refused("enrol_unit", OFFICER, body=unit.body("CITY_CRITICAL", workers=many))["code"] == \
        "mutual-aid-shares"


def test_a_small_unit_joins_an_accident_plan_with_everybody(relief: Desk, unit: Unit) -> None:
    refused = relief.refused("enrol_unit", OFFICER, body=unit.body("ACCIDENT_DAILY", staff=13))
    assert refused["code"] == "mutual-aid-group-rule"
    assert "30" in refused["detail"]["zh"]
    assert unit.enrol(relief, "ACCIDENT_DAILY").now["persons"] == 12


def test_a_womens_plan_needs_the_units_word(relief: Desk, desk: DeskOf) -> None:
    unit = Unit(desk("membership"), 20)
    assert relief.refused("enrol_unit", OFFICER, body=unit.body("WOMEN_CANCER"))["code"] == "mutual-aid-women-only"
    enrolment = unit.enrol(relief, "WOMEN_CANCER", women_attested=True, years=3)
    assert enrolment.now["fee_fen"] == 20 * 5_500  # for the whole term


def test_the_union_bears_its_share(relief: Desk, desk: DeskOf) -> None:
    """惠州: the union pays half."""
    huizhou = "/44/4413/441302/"
    membership, officer = desk("membership"), caller(Role.GRASSROOTS_OFFICER, org_path=huizhou)
    employer = people.employer(membership, org_path=huizhou)
    workers = [people.worker(membership, employer, org_path=huizhou) for _ in range(11)]
    enrolled = relief.must("enrol_unit", officer, body={
        "plan": "WOMEN_CANCER", "unit_name": "惠州某厂", "employer_id": employer, "staff": 18, "years": 3,
        "starts_on": in_days(0), "women_attested": True,
        "workers": [{"worker_id": one, "shares": 1 + n % 2} for n, one in enumerate(workers)]})
    assert (enrolled["fee_fen"], enrolled["union_fee_fen"]) == (16 * 5_500, 8 * 5_500)


def test_a_worker_takes_part_once_a_term(relief: Desk, unit: Unit) -> None:
    first = unit.enrol(relief, "CITY_CRITICAL")
    again = relief.refused("enrol_unit", OFFICER, body=unit.body("CITY_CRITICAL", starts_on=in_days(200)))
    assert again["code"] == "mutual-aid-participates-already"
    first.must("cancel_enrolment", OFFICER, reason="单位撤回")
    assert unit.enrol(relief, "CITY_CRITICAL", starts_on=in_days(200)).now["state"] == "LISTED"


def test_a_listed_worker_twice_or_unknown_is_named(relief: Desk, unit: Unit) -> None:
    twice = [{"worker_id": unit.worker_ids[0]}] * 2
    refused = relief.refused("enrol_unit", OFFICER, body=unit.body("CITY_CRITICAL", workers=twice))
    assert (refused["code"], pointers(refused)) == ("mutual-aid-listed-twice", ["/workers/1/worker_id"])
    unknown = [{"worker_id": unit.worker_ids[0]}, {"worker_id": new_id()}]
    refused = relief.refused("enrol_unit", OFFICER, body=unit.body("CITY_CRITICAL", workers=unknown))
    assert (refused["code"], pointers(refused)) == ("worker-unknown", ["/workers/1/worker_id"])


def test_a_fee_paid_after_the_first_day_is_too_late(relief: Desk, unit: Unit, on_day: OnDay) -> None:
    enrolment = unit.enrol(relief, "CITY_CRITICAL")
    on_day(1)
    late = enrolment.refused("pay_enrolment_fee", CASHIER, amount_fen=enrolment.now["fee_fen"], receipt_no="R")
    assert late == "mutual-aid-fee-late"


@pytest.mark.parametrize(("day", "state"), [(365, "IN_FORCE"), (394, "IN_FORCE"), (395, "WAITING")])
def test_renewed_within_thirty_days_there_is_no_waiting(relief: Desk, unit: Unit, on_day: OnDay, day: int,
                                                        state: str) -> None:
    old = unit.covered(relief, "CITY_CRITICAL")
    on_day(day)
    relief.tick()
    new = unit.covered(relief, "CITY_CRITICAL", renews_id=old.now["id"])
    assert (new.now["state"], new.now["waiting_until"] is None) == (state, state == "IN_FORCE")
    assert (old.read()["state"], old.now["renewed_by_id"]) == ("RENEWED", new.now["id"])


def test_renewed_early_the_old_term_runs_to_its_end(relief: Desk, unit: Unit, on_day: OnDay) -> None:
    old = unit.covered(relief, "CITY_CRITICAL")
    ends_on = old.now["ends_on"]
    on_day(350)
    relief.tick()
    overlapping = relief.refused("enrol_unit", OFFICER, body=unit.body("CITY_CRITICAL", starts_on=ends_on))
    assert overlapping["code"] == "mutual-aid-participates-already"
    new = unit.enrol(relief, "CITY_CRITICAL", starts_on=in_days(15), renews_id=old.now["id"])
    new.pay()
    relief.tick()
    assert (old.read()["state"], new.read()["state"]) == ("IN_FORCE", "FEE_PAID")
    on_day(365)
    relief.tick()
    assert (old.read()["state"], new.read()["state"]) == ("RENEWED", "IN_FORCE")
    assert [one["data"]["is_renewed"] for one in relief.told("mutual_aid_term_ended")] == [True]


def test_a_cancelled_renewal_leaves_the_old_term_the_last(relief: Desk, unit: Unit, on_day: OnDay) -> None:
    old = unit.covered(relief, "CITY_CRITICAL")
    on_day(350)
    new = unit.enrol(relief, "CITY_CRITICAL", starts_on=in_days(15), renews_id=old.now["id"])
    new.must("cancel_enrolment", OFFICER, reason="单位撤回")
    again = unit.enrol(relief, "CITY_CRITICAL", starts_on=in_days(15), renews_id=old.now["id"])
    assert again.now["waiting_until"] is None
    other = unit.body("ACCIDENT_DAILY", renews_id=old.now["id"])
    assert relief.refused("enrol_unit", OFFICER, body=other)["code"] == "mutual-aid-renewal"


def test_a_plan_is_what_it_was_when_the_unit_enrolled(relief: Desk, unit: Unit, tmp_path: Any,
                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    """A later edition changes nothing for those who are covered."""
    from services.relief.rules import mutual_aid

    shipped = (mutual_aid.HERE / "mutual_aid.yaml").read_text("utf-8")
    enrolment = unit.enrol(relief, "ACCIDENT_DAILY")
    (tmp_path / "mutual_aid.yaml").write_text(shipped.replace("fee_fen: 3000", "fee_fen: 9900"), "utf-8")
    monkeypatch.setenv("BANGFU_RULES", str(tmp_path))
    offered = {plan["plan"]: plan for plan in relief.must("get_mutual_aid_plans", OFFICER)["plans"]}
    assert offered["ACCIDENT_DAILY"]["fee_fen"] == 9_900
    enrolment.must("pay_enrolment_fee", CASHIER, amount_fen=12 * 3_000, receipt_no="R")


def test_another_districts_enrolment_is_not_found(relief: Desk, unit: Unit) -> None:
    enrolment = unit.enrol(relief, "CITY_CRITICAL")
    stranger = caller(Role.GRASSROOTS_OFFICER, org_path="/37/3702/370203/")
    found = relief.refused("get_enrolment", stranger, path={"enrolment_id": enrolment.now["id"]})
    assert found["code"] == "not-found"
    listed = relief.refused("enrol_unit", stranger, body=unit.body("CITY_CRITICAL"))
    assert listed["code"] == "worker-unknown"
