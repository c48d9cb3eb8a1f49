"""What the daily search finds, once each, and how people handle it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from services.relief.adapters.advances import wage_advance_lines
from services.relief.adapters.watch import watch_runs
from services.relief.application.watch import ticks
from services.relief.application.watch.scans import SCANS
from shared.kernel.clock import today
from shared.kernel.ids import new_id
from tests.services import people
from tests.services.desks import Desk
from tests.services.relief.applications.matters import STUDENT, apply, household
from tests.services.relief.households import COUNTY, DIRECTOR, OFFICER, draft
from tests.services.relief.means.payments import paid
from tests.services.relief.mutual_aid import aid
from tests.services.relief.samples import CHAIR, Roster, fund, request
from tests.services.relief.watch.searching import START, active, found, handle, search
from tests.services.relief.watch.test_blind_spots import listed

LIVING_CAP, STUDENT_CAP = 12 * 100_000, 10 * 100_000
OWN_PAID = 1_300_000


@pytest.fixture
def relief(desk: Callable[[str], Desk]) -> Desk:
    return desk("relief")


@pytest.fixture
def hire(desk: Callable[[str], Desk]) -> Callable[[], str]:
    return lambda: people.worker(desk("membership"), None)


# -- duplicates ------------------------------------------------------------------------------------------------


def test_a_household_split_over_two_files_is_found(relief: Desk, hire: Callable[[], str]) -> None:
    one, other = hire(), hire()
    old = draft(relief, one, other)
    old.must("cancel_hardship_file", DIRECTOR, reason="MERGED")
    first = draft(relief, one)
    assert search(relief, "DUP-1") == []
    second = draft(relief, other)
    forget_runs(relief)
    (finding,) = search(relief, "DUP-1")
    assert {finding["subject_id"], finding["period"]} == {first.now["id"], second.now["id"]}
    assert old.now["file_no"] in finding["explanation_zh"]


@pytest.mark.parametrize(("purpose", "cap_fen"), [("LIVING", LIVING_CAP), ("STUDENT", STUDENT_CAP)])
def test_one_need_met_twice_above_the_cap_is_found(relief: Desk, purpose: str, cap_fen: int) -> None:
    funds = [fund(relief, fen=0)["id"] for _ in range(2)]
    above, at_cap, one_payer = new_id(), new_id(), new_id()
    for worker_id, parts, payers in ((above, (cap_fen, 1), funds), (at_cap, (cap_fen - 1, 1), funds),
                                     (one_payer, (cap_fen, 1), funds[:1] * 2)):
        for fen, fund_id in zip(parts, payers, strict=True):
            paid(relief, worker_id, fen, today(), purpose, fund_id=fund_id)
    (finding,) = search(relief, "DUP-2")
    assert (finding["subject_id"], finding["worker_id"], finding["file_id"]) == (above, above, None)
    assert finding["period"] == f"{today().year} {purpose}"
    assert finding["document"].startswith("总工发〔2015〕20号")


def test_the_same_need_in_two_years_is_no_duplicate(relief: Desk) -> None:
    worker_id, funds = new_id(), [fund(relief, fen=0)["id"] for _ in range(2)]
    for year, fund_id in zip((today().year, today().year - 1), funds, strict=True):
        paid(relief, worker_id, LIVING_CAP, date(year, 1, 1), fund_id=fund_id)
    assert search(relief, "DUP-2") == []


def test_student_aid_twice_a_year_is_found(relief: Desk) -> None:
    fund_id, twice, once, parts = fund(relief, fen=0)["id"], new_id(), new_id(), new_id()
    matter = new_id()
    for worker_id, more in ((twice, {}), (twice, {}), (once, {}), (parts, {"about_id": matter}),
                            (parts, {"about_id": matter, "about_part": "2"})):
        paid(relief, worker_id, 100, today(), "STUDENT", fund_id=fund_id, **more)
    paid(relief, once, 100, date(today().year - 1, 9, 1), "STUDENT", fund_id=fund_id)
    (finding,) = search(relief, "DUP-3")
    assert (finding["subject_id"], finding["certainty"]) == (twice, "D")
    assert "2 次" in finding["explanation_zh"]


def test_living_relief_counts_by_household_whoever_of_it_was_paid(desk: Callable[[str], Desk], relief: Desk) -> None:
    head, file = household(desk, others=1)
    other = next(one["worker_id"] for one in file["members"] if one["worker_id"] != head)
    for worker_id, fen in ((head, LIVING_CAP), (other, 1)):
        paid(relief, worker_id, fen, today())
    (finding,) = search(relief, "DUP-2")
    assert (finding["subject_kind"], finding["file_id"]) == ("FILE", file["id"])


@pytest.mark.parametrize(("fen", "same", "count"), [(1, True, 1), (1, False, 0), (0, True, 0)])
def test_what_others_gave_for_the_same_need_counts(desk: Callable[[str], Desk], relief: Desk, fen: int, same: bool,
                                                   count: int) -> None:
    """One fund and civil affairs are two payers; to the fen of the cap is no finding."""
    head, _ = household(desk)
    aid = [{"payer": "CIVIL_AFFAIRS", "amount_fen": 400_000, "is_same_need": same}]
    case = apply(relief, head, other_aid=aid)
    case.propose(100_000)
    case.approve(fund(relief)["id"])
    paid(relief, head, LIVING_CAP - 400_000 + fen, today(), about_id=case.now["id"], about_part="2")
    assert len(search(relief, "DUP-2")) == count


def studied(relief: Desk, worker_id: str, number: str, semester: str, fen: int = 100) -> None:
    """A student of this number was aided, and this parent paid."""
    case = apply(relief, worker_id, "STUDENT", payee_id=worker_id, need={
        **STUDENT, "student_no": number, "semester": semester})
    paid(relief, worker_id, fen, today(), "STUDENT", about_id=case.now["id"])


def test_two_children_of_one_parent_are_two_students(desk: Callable[[str], Desk], relief: Desk) -> None:
    head, _ = household(desk)
    for number in ("G1", "G2"):
        studied(relief, head, number, "2026-AUTUMN", STUDENT_CAP)
    assert (search(relief, "DUP-3"), found(relief, "DUP-2")) == ([], [])


def test_one_child_is_one_student_whichever_parent_is_paid(desk: Callable[[str], Desk], relief: Desk,
                                                           monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ticks, "CHUNK", 1)
    head, file = household(desk, others=1)
    other = next(one["worker_id"] for one in file["members"] if one["worker_id"] != head)
    studied(relief, head, "G1", "2026-AUTUMN")
    studied(relief, other, "G1", "2027-SPRING", STUDENT_CAP)
    for _ in range(4):
        relief.tick()
    (twice,), (above,) = found(relief, "DUP-3"), found(relief, "DUP-2")
    assert (twice["subject_id"], twice["file_id"]) == (above["subject_id"], above["file_id"]) == (head, file["id"])
    assert "¥10,001.00" in above["explanation_zh"]
    forget_runs(relief)
    for _ in range(4):
        relief.tick()
    assert [len(found(relief, code)) for code in ("DUP-2", "DUP-3")] == [1, 1]


def test_more_than_the_bill_is_found(relief: Desk, hire: Callable[[], str], on_day: Callable[[int], None]) -> None:
    within, above = hire(), hire()
    files = active(relief, on_day, within, above)
    for worker_id, fen in ((within, OWN_PAID), (above, OWN_PAID), (above, 1)):
        paid(relief, worker_id, fen, today(), "MEDICAL")
    (finding,) = search(relief, "DUP-4")
    assert (finding["file_id"], finding["subject_kind"]) == (files[1].now["id"], "FILE")
    assert "¥13,000.01" in finding["explanation_en"]


# -- blind spots -----------------------------------------------------------------------------------------------


def test_deep_hardship_without_dibao_is_found(relief: Desk, hire: Callable[[], str],
                                              on_day: Callable[[int], None]) -> None:
    files = active(relief, on_day, hire(), hire(), hire())
    for file, receives in zip(files, (True, False), strict=False):
        relief.must("record_means_test", OFFICER, path={"file_id": file.now["id"]},
                    body={"persons": [{"age": 50}], "receives_dibao": receives})
    relief.must("record_means_test", OFFICER, path={"file_id": files[0].now["id"]}, body={"persons": [{"age": 50}]})
    assert {f["file_id"] for f in search(relief, "BLD-2")} == {files[1].now["id"], files[2].now["id"]}


@pytest.mark.parametrize(("told", "count"), [
    ({}, 0), ({"category": "EXTREME_POVERTY"}, 0), ({"category": "BORDERLINE"}, 1), ({"is_running": False}, 1),
    ({"until": str(today() - timedelta(days=1))}, 1)])
def test_who_stands_on_the_dibao_list_is_in_dibao(relief: Desk, hire: Callable[[], str],
                                                  on_day: Callable[[int], None], told: dict[str, Any],
                                                  count: int) -> None:
    worker_id = hire()
    active(relief, on_day, worker_id)
    listed(relief, worker_id, **told)
    assert len(search(relief, "BLD-2")) == count


def test_a_file_without_aid_is_found(relief: Desk, hire: Callable[[], str], on_day: Callable[[int], None]) -> None:
    never, aided = hire(), hire()
    files = active(relief, on_day, never, aided)
    on_day(START + 60)
    paid(relief, aided, 100, today())
    on_day(START + 90)
    assert search(relief, "BLD-3") == []
    on_day(START + 91)
    (first,) = search(relief, "BLD-3")
    assert first["file_id"] == files[0].now["id"]
    assert "91 天" in first["explanation_zh"]
    assert "无" in first["explanation_zh"]
    on_day(START + 60 + 365)
    assert files[1].now["id"] not in {f["file_id"] for f in search(relief, "BLD-3")}
    on_day(START + 60 + 366)
    assert files[1].now["id"] in {f["file_id"] for f in search(relief, "BLD-3")}


@pytest.mark.parametrize("how", ["source", "matter"])
def test_mutual_aid_without_a_file_is_found(relief: Desk, hire: Callable[[], str], how: str) -> None:
    with_file, least, below = hire(), new_id(), new_id()
    draft(relief, with_file)
    more = {"fund_id": fund(relief, "MUTUAL_SURPLUS" if how == "source" else "UNION", fen=0)["id"]}
    if how == "matter":
        more["about_kind"] = "MutualAidClaim"
    for worker_id, fen in ((with_file, 9_000_000), (least, 400_000), (least, 600_000), (below, 999_999)):
        paid(relief, worker_id, fen, today(), "MEDICAL", **more)
    paid(relief, new_id(), 9_000_000, today(), "MEDICAL")
    (finding,) = search(relief, "BLD-5")
    assert finding["subject_id"] == least


@pytest.mark.parametrize(("fen", "count"), [(999_999, 0), (1_000_000, 1)])
def test_mutual_aid_of_the_city_counts_too(relief: Desk, desk: Callable[[str], Desk], fen: int, count: int) -> None:
    unit = aid.Unit(desk("membership"), 1)
    unit.covered(relief, "CITY_CRITICAL")
    claim = aid.file_claim(relief, "CITY_CRITICAL", unit.worker_ids[0], "CRITICAL_ILLNESS")
    claim.submit()
    rows = [aid.status_row(claim, state, fen) for state in ("APPROVED", "PAID")]
    relief.must("import_scheme_file", aid.EXCHANGE, body=aid.status_file("S-1", *rows))
    forget_runs(relief)
    assert [one["subject_id"] for one in search(relief, "BLD-5")] == unit.worker_ids[:count]


def test_what_this_union_paid_for_a_claim_counts_once(relief: Desk, desk: Callable[[str], Desk]) -> None:
    unit = aid.Unit(desk("membership"), 1)
    unit.covered(relief, "CITY_CRITICAL")
    claim = aid.file_claim(relief, "CITY_CRITICAL", unit.worker_ids[0], "CRITICAL_ILLNESS")
    claim.submit()
    rows = [aid.status_row(claim, state, 600_000) for state in ("APPROVED", "PAID")]
    relief.must("import_scheme_file", aid.EXCHANGE, body=aid.status_file("S-1", *rows))
    paid(relief, unit.worker_ids[0], 600_000, today(), "MEDICAL", about_kind="MutualAidClaim",
         about_id=claim.now["id"], about_part="benefit", fund_id=fund(relief, "MUTUAL_SURPLUS", fen=0)["id"])
    forget_runs(relief)
    assert search(relief, "BLD-5") == []


def test_who_was_refused_an_advance_is_still_owed_wages(relief: Desk, desk: Callable[[str], Desk]) -> None:
    roster = Roster(desk("membership"), [300_000])
    first = request(relief, roster)
    first.must("refuse_wage_advance", CHAIR, reason="资金不足", alternatives=["PAYMENT_ORDER"])
    request(relief, roster)
    (finding,) = search(relief, "BLD-6")
    assert (finding["subject_id"], finding["period"]) == (roster.lines[0]["worker_id"], first.now["id"])


def test_what_the_employer_has_paid_is_not_owed(relief: Desk, desk: Callable[[str], Desk]) -> None:
    roster = Roster(desk("membership"), [300_000])
    request(relief, roster)
    with relief.database.write() as connection:
        connection.execute(wage_advance_lines.update().values(employer_paid_fen=1))
    assert search(relief, "BLD-6") == []


def test_owed_wages_without_a_file_are_found(relief: Desk, desk: Callable[[str], Desk]) -> None:
    roster = Roster(desk("membership"), [300_000, 299_999, 900_000])
    draft(relief, roster.lines[2]["worker_id"])
    case = request(relief, roster)
    (finding,) = search(relief, "BLD-6")
    assert (finding["subject_id"], finding["period"]) == (roster.lines[0]["worker_id"], case.now["id"])


# -- the search ------------------------------------------------------------------------------------------------


def forget_runs(relief: Desk) -> None:
    """As on the next day."""
    with relief.database.write() as connection:
        connection.execute(watch_runs.delete())


def run_of(relief: Desk, scan: str) -> Any:
    with relief.database.read() as connection:
        return connection.execute(select(watch_runs).where(watch_runs.c.scan == scan)).one()


def test_each_is_found_once_whatever_became_of_it(relief: Desk, on_day: Callable[[int], None]) -> None:
    worker_id, fund_id = new_id(), fund(relief, fen=0)["id"]
    for _ in range(2):
        paid(relief, worker_id, 100, today(), "STUDENT", fund_id=fund_id)
    (finding,) = search(relief, "DUP-3")
    handle(relief, finding, "assign_finding", COUNTY, account_id=OFFICER.account_id)
    handle(relief, finding, "dismiss_finding", OFFICER, reason="两个孩子")
    for day in (1, 2, 3):
        on_day(day)
        assert [f["state"] for f in search(relief, "DUP-3")] == ["DISMISSED"]
    assert len(relief.told("finding_opened")) == 1


def test_the_search_goes_on_where_it_stopped_and_ends_for_the_day(relief: Desk,
                                                                  monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ticks, "CHUNK", 2)
    fund_id, workers = fund(relief, fen=0)["id"], sorted(new_id() for _ in range(5))
    for worker_id in workers * 2:
        paid(relief, worker_id, 100, today(), "STUDENT", fund_id=fund_id)
    for seen in (2, 4, 5, 5):
        assert len(search(relief, "DUP-3")) == seen
    run = run_of(relief, "payees")
    assert (run.run_on, run.after) == (today(), None)
    late = new_id()
    for _ in range(2):
        paid(relief, late, 100, today(), "STUDENT", fund_id=fund_id)
    assert len(search(relief, "DUP-3")) == 5
    forget_runs(relief)
    for _ in range(4):
        relief.tick()
    assert len(found(relief, "DUP-3")) == 6


def test_a_search_that_fails_leaves_neither_findings_nor_its_place(relief: Desk,
                                                                   monkeypatch: pytest.MonkeyPatch) -> None:
    fund_id, worker_id = fund(relief, fen=0)["id"], new_id()
    for _ in range(2):
        paid(relief, worker_id, 100, today(), "STUDENT", fund_id=fund_id)

    def breaks(*_: Any) -> None:
        raise RuntimeError("the power goes out")

    with monkeypatch.context() as broken, pytest.raises(RuntimeError):
        broken.setattr("services.relief.application.watch.raising.now", breaks)
        relief.tick()
    assert found(relief) == []
    assert len(search(relief, "DUP-3")) == 1


def test_idle_searches_do_not_even_begin_to_write(relief: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    relief.tick()
    assert {run_of(relief, scan).after for scan in SCANS} == {None}
    searches = [tick for tick in ticks.TICKS if tick.__name__.startswith("search_")]
    assert len(searches) == len(SCANS)

    def refuses() -> Any:
        raise AssertionError("a write began")

    monkeypatch.setattr(relief.database, "write", refuses)
    relief.definition = replace(relief.definition, ticks=searches)
    relief.tick()
    forget = replace(relief.definition, ticks=[ticks.pass_due_findings])
    relief.definition = forget
    with pytest.raises(AssertionError, match="a write began"):
        relief.tick()
