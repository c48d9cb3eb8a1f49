"""What a decision on a file rests on: structured facts where there are some, else sums and the ledger."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from services.relief.application.means.earlier import year_before
from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services import people
from tests.services.desks import Desk, caller
from tests.services.relief.households import COUNTY, FACTS, OFFICER, RICH, File, active, draft
from tests.services.relief.means.payments import paid

AUDITOR = caller(Role.AUDITOR)
#: ¥2,000 a month; with ¥13,000 of illness that is deep hardship for one person
POOR: dict[str, Any] = {"persons": [{"age": 45}],
                        "income": [{"kind": "WAGES", "amount_fen": 200_000, "months": 12, "person": 1}],
                        "expenditure": [{"kind": "ILLNESS", "amount_fen": 1_300_000, "person": 1}]}
WELL_OFF: dict[str, Any] = {**POOR, "income": [{"kind": "WAGES", "amount_fen": 900_000, "months": 12, "person": 1}]}
#: lives in the city for half a year only
NEWCOMER = {"lives_in_city": False, "is_member": True, "labour_months": 6}


@pytest.fixture
def relief(desk: Callable[[str], Desk]) -> Desk:
    return desk("relief")


@pytest.fixture
def worker_id(desk: Callable[[str], Desk]) -> str:
    return people.worker(desk("membership"), None)


def record(file: File, facts: dict[str, Any], **more: Any) -> str:
    made = file.relief.must("record_means_test", OFFICER, path={"file_id": file.now["id"]}, body={**facts, **more})
    return str(made["id"])


def kept(file: File) -> Any:
    return file.relief.must("get_recorded_means_test", AUDITOR, path={"test_id": file.now["means_test_id"]})


def proposal(file: File) -> Any:
    return file.relief.must("get_means_test", COUNTY, path={"file_id": file.now["id"]})


# -- earlier relief ---------------------------------------------------------------------------------------------


def test_paid_relief_is_added_to_the_sums(relief: Desk, worker_id: str) -> None:
    """¥11,000 is below the line of ¥12,000; with ¥1,000 of living relief it reaches the line. Festival money does not
    count in Qingdao."""
    file = draft(relief, worker_id)
    file.verify()
    paid(relief, worker_id, 99_900, today())
    paid(relief, worker_id, 500_000, today(), "FESTIVAL")
    assert proposal(file)["grade"] == "DEEP"
    paid(relief, worker_id, 100, today())
    proposed = proposal(file)
    assert (proposed["grade"], proposed["basis"]) == ("RELATIVE", "SUMS")
    assert file.refused("assess_hardship_file", COUNTY, grade="DEEP") == "grade-needs-reason"
    file.must("assess_hardship_file", COUNTY, grade="RELATIVE")
    assert (file.now["proposed_grade"], file.now["explanation_zh"]) == ("RELATIVE", proposed["steps_zh"])
    zh, en = "\n".join(file.now["explanation_zh"]), "\n".join(file.now["explanation_en"])
    assert "近12个月已发放的工会生活救助(据资金明细账)¥1,000.00,计入" in zh
    assert "登记的家庭收入 ¥24,000.00 + 既往救助 ¥1,000.00 = ¥25,000.00" in zh
    assert "union living relief paid in the 12 months by the union's ledger: ¥1,000.00, counts" in en
    assert "festival consolation money paid in the 12 months by the union's ledger: ¥5,000.00, does not count" in en
    assert (kept(file)["basis"], kept(file)["income12_fen"]) == ("SUMS", 2_500_000)
    same = relief.must("compare_means_test", COUNTY, path={"test_id": file.now["means_test_id"]})
    assert same["result"]["steps_zh"] == kept(file)["steps_zh"] == file.now["explanation_zh"]


def test_relief_of_the_year_before_last_is_no_income(relief: Desk, worker_id: str,
                                                     on_day: Callable[[int], None]) -> None:
    file = active(relief, on_day, worker_id)
    paid(relief, worker_id, 900_000, today())
    file.must("start_file_review", COUNTY, reason="复核")
    assert file.refused("keep_hardship_file", COUNTY, grade="DEEP", **FACTS) == "grade-needs-reason"
    on_day(30 + 366)
    file.must("keep_hardship_file", COUNTY, grade="DEEP", **FACTS)
    assert "既往救助" not in "\n".join(file.now["explanation_zh"])


# -- structured facts -------------------------------------------------------------------------------------------


def test_the_newest_test_of_items_is_what_is_decided_on(relief: Desk, worker_id: str) -> None:
    file = draft(relief, worker_id)
    file.verify()
    record(file, WELL_OFF)
    record(file, {**POOR, "migrant": NEWCOMER})
    proposed = proposal(file)
    assert (proposed["grade"], proposed["basis"]) == ("NONE", "ITEMS")
    assert file.refused("assess_hardship_file", COUNTY, grade="DEEP") == "grade-needs-reason"
    file.must("assess_hardship_file", COUNTY, grade="NONE")
    assert any("农民工附加条件未满足" in step for step in file.now["explanation_zh"])
    assert any("conditions for migrant workers not met" in step for step in file.now["explanation_en"])
    assert "青岛市" in file.now["grade_document"]
    whole = kept(file)
    assert (whole["basis"], whole["tested_by"], whole["facts"]["migrant"]) == ("ITEMS", COUNTY.account_id, NEWCOMER)
    # the single items, with whose illness, stay in the sealed record
    assert not any("第1人" in step for step in file.now["explanation_zh"])
    assert any("第1人 疾病支出" in step for step in whole["steps_zh"])


def test_a_recorded_test_may_be_named(relief: Desk, worker_id: str) -> None:
    file = draft(relief, worker_id)
    file.verify()
    first = record(file, POOR)
    record(file, WELL_OFF)
    assert proposal(file)["grade"] == "NONE"
    file.must("assess_hardship_file", COUNTY, grade="DEEP", means_test_id=first)
    assert (file.now["proposed_grade"], kept(file)["facts"]["income"][0]["amount_fen"]) == ("DEEP", 200_000)


def test_relief_paid_since_the_test_counts_when_it_is_decided_on(relief: Desk, worker_id: str) -> None:
    file = draft(relief, worker_id)
    file.verify()
    named = record(file, POOR)
    paid(relief, worker_id, 100_000, today())
    assert file.refused("assess_hardship_file", COUNTY, grade="DEEP", means_test_id=named) == "grade-needs-reason"
    file.must("assess_hardship_file", COUNTY, grade="RELATIVE", means_test_id=named)
    assert any("近12个月已发放的工会生活救助" in step for step in file.now["explanation_zh"])
    assert kept(file)["earlier_relief"] == [{"kind": "UNION_LIVING", "amount_fen": 100_000}]


def test_a_test_from_before_the_facts_changed_is_not_of_the_household(relief: Desk, worker_id: str,
                                                                      on_day: Callable[[int], None]) -> None:
    file = active(relief, on_day, worker_id)
    old = record(file, WELL_OFF)
    assert proposal(file)["basis"] == "ITEMS"
    file.must("update_file_facts", OFFICER, reason="失业", **{**FACTS, "income12_fen": 2_300_000})
    assert proposal(file)["basis"] == "SUMS"
    before_review = record(file, WELL_OFF)
    file.must("start_file_review", COUNTY, reason="复核")
    for outdated in (old, before_review):
        told = file.refused("keep_hardship_file", COUNTY, grade="DEEP", means_test_id=outdated, **FACTS)
        assert told == "means-test-outdated"
    file.must("keep_hardship_file", COUNTY, grade="DEEP", **FACTS)
    assert kept(file)["basis"] == "SUMS"


def test_facts_of_long_ago_are_left_aside(relief: Desk, worker_id: str) -> None:
    file = draft(relief, worker_id)
    file.verify()
    long_ago = record(file, WELL_OFF, on=str(year_before(today())))
    assert proposal(file)["basis"] == "SUMS"
    told = file.refused("assess_hardship_file", COUNTY, grade="DEEP", means_test_id=long_ago)
    assert told == "means-test-outdated"
    record(file, WELL_OFF, on=str(year_before(today()) + timedelta(days=1)))
    assert proposal(file)["basis"] == "ITEMS"


def test_only_a_test_of_items_of_this_file_may_be_named(relief: Desk, desk: Callable[[str], Desk], worker_id: str,
                                                        on_day: Callable[[int], None]) -> None:
    file = active(relief, on_day, worker_id)
    others = record(draft(relief, people.worker(desk("membership"), None)), POOR)
    of_sums = str(file.now["means_test_id"])
    file.must("start_file_review", COUNTY, reason="复核")
    for wrong in (others, of_sums, new_id()):
        for operation, body in (("keep_hardship_file", {"grade": "DEEP", **FACTS}),
                                ("propose_file_exit", {"kind": "EMPLOYMENT", "reason": "就业", **RICH})):
            assert file.refused(operation, COUNTY, means_test_id=wrong, **body) == "means-test-unknown"


def test_an_exit_rests_on_items_too_and_a_contest_ends_them(relief: Desk, worker_id: str,
                                                            on_day: Callable[[int], None]) -> None:
    file = active(relief, on_day, worker_id)
    file.must("start_file_review", COUNTY, reason="复核")
    record(file, POOR)
    assert file.refused("propose_file_exit", COUNTY, kind="EMPLOYMENT", reason="就业", **RICH) == "still-in-hardship"
    record(file, WELL_OFF)
    file.must("propose_file_exit", COUNTY, kind="EMPLOYMENT", reason="就业", **RICH)
    assert (file.now["grade"], kept(file)["basis"]) == ("NONE", "ITEMS")
    file.must("contest_file_exit", OFFICER, reason="已被辞退")
    assert proposal(file)["basis"] == "SUMS"
