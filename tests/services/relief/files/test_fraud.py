"""A file cancelled for fraud: what was paid is put up for recovery, and the household cannot be filed for a time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from shared.kernel.calendar import months_later
from shared.kernel.clock import today
from tests.services.desks import Desk
from tests.services.relief.applications import crowds
from tests.services.relief.applications.matters import AUDITOR, Application, apply, bank_says
from tests.services.relief.households import COUNTY, DIRECTOR, OFFICER, File, active, body_of, draft
from tests.services.relief.means.payments import paid
from tests.services.relief.samples import fund, give_card

Desks = Callable[[str], Desk]


def relief_paid(relief: Desk, desk: Desks, worker_id: str, amount_fen: int) -> Application:
    give_card(desk("membership"), worker_id)
    case = apply(relief, worker_id)
    case.propose(amount_fen)
    case.approve(fund(relief)["id"])
    bank_says(relief, case.now["id"], "PAID")
    case.read()
    return case


def cancelled(file: File) -> File:
    file.must("cancel_hardship_file", DIRECTOR, reason="FRAUD")
    return file


def until(file: File) -> date:
    return date.fromisoformat(file.now["banned_until"])


# -- what was paid ----------------------------------------------------------------------------------------------


def test_what_was_paid_is_put_up_for_recovery(relief: Desk, desk: Desks, hire: Callable[[], str],
                                              on_day: Callable[[int], None]) -> None:
    head, spouse = hire(), hire()
    file = active(relief, on_day, head, spouse)
    case = relief_paid(relief, desk, head, 100_000)
    paid(relief, spouse, 50_000, today(), "FESTIVAL", about_kind="ReliefCampaign")
    for kind, on in (("MutualAidClaim", today()), ("ReliefApplication", today() - timedelta(days=60))):
        paid(relief, spouse, 999_999, on, "MEDICAL", about_kind=kind)
    paid(relief, hire(), 999_999, today())
    cancelled(file)
    assert case.read()["recovery_reason"].startswith(f"虚假申报,档案 {file.now['file_no']} 已注销")
    assert case.must("confirm_relief_recovery", AUDITOR)["state"] == "RECOVERING"
    (finding,) = relief.must("list_findings", COUNTY, query={"code": "FRD-1"})["items"]
    assert (finding["file_id"], finding["state"]) == (file.now["id"], "OPEN")
    assert "2 笔,尚有 ¥1,500.00 未追回" in finding["explanation_zh"]
    assert "2 payment(s) were made, ¥1,500.00 of it is not back" in finding["explanation_en"]


def test_what_a_worker_was_given_for_another_ground_is_no_matter_of_the_file(
        relief: Desk, desk: Desks, hire: Callable[[], str], on_day: Callable[[int], None]) -> None:
    """A model worker's festival money is kept; what the file itself brought is asked back."""
    head = hire()
    file = active(relief, on_day, head)
    give_card(desk("membership"), head)
    case = crowds.draft(relief, amounts_fen={"MODEL_WORKER": 70_000}, workers=[
        {"worker_id": head, "ground": "MODEL_WORKER"}])
    case.approve(fund(relief)["id"])
    (line,) = case.lines()
    bank_says(relief, case.now["id"], "PAID", part=line["id"])
    cancelled(file)
    assert relief.must("list_findings", COUNTY, query={"code": "FRD-1"})["items"] == []


def test_who_was_paid_nothing_owes_nothing(relief: Desk, worker_id: str, on_day: Callable[[int], None]) -> None:
    cancelled(active(relief, on_day, worker_id))
    assert relief.must("list_findings", COUNTY, query={"code": "FRD-1"})["items"] == []


def test_another_end_demands_nothing_and_bans_nobody(relief: Desk, desk: Desks, worker_id: str,
                                                     on_day: Callable[[int], None]) -> None:
    file = active(relief, on_day, worker_id)
    case = relief_paid(relief, desk, worker_id, 100_000)
    file.must("cancel_hardship_file", DIRECTOR, reason="LEFT_AREA")
    assert (case.read()["recovery_reason"], file.now["banned_until"]) == (None, None)
    assert relief.must("list_findings", COUNTY, query={"code": "FRD-1"})["items"] == []
    assert draft(relief, worker_id).now["state"] == "DRAFT"


# -- the ban ----------------------------------------------------------------------------------------------------


def test_no_member_is_filed_again_before_the_ban_is_over(relief: Desk, hire: Callable[[], str],
                                                         on_day: Callable[[int], None]) -> None:
    head, spouse = hire(), hire()
    file = cancelled(draft(relief, head, spouse))
    last, first = until(file), today()
    assert last == months_later(first, 12)
    other = active(relief, on_day, hire())
    for day in (first, last):
        on_day((day - first).days)
        for one in (head, spouse):
            told = relief.refused("open_hardship_file", OFFICER, body=body_of(one))
            assert (told["code"], str(last) in str(told)) == ("refiling-banned", True)
        joining = {"joins": body_of(spouse)["members"], "reason": "结婚"}
        assert other.refused("change_household", OFFICER, **joining) == "refiling-banned"
    on_day((last - first).days + 1)
    assert draft(relief, head, spouse).now["state"] == "DRAFT"


def test_a_place_may_set_its_own_ban(relief: Desk, worker_id: str, tmp_path: Path,
                                     monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "files.yaml").write_text(
        "approvals: []\nparameters:\n  - {code: HF-BAN, zh: 限制, en: ban, value: 6, unit: month, jurisdiction: "
        "'370202', effective_from: 2010-01-01, document: 本地, certainty: D}\n")
    monkeypatch.setenv("BANGFU_RULES", str(tmp_path))
    assert until(cancelled(draft(relief, worker_id))) == months_later(today(), 6)
