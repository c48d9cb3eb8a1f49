"""Notice, a file that falls, goods, and what comes after the decision."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import delete, update

from services.relief.adapters.files import hardship_files, hardship_members
from services.relief.adapters.payments import payment_lines
from services.relief.application.payments.outcomes import tell
from services.relief.domain.payments.line import Outcome
from shared.kernel.caller import system
from shared.kernel.clock import today
from shared.kernel.roles import Role
from shared.service.ticks import new_traceparent
from shared.store.work import Work
from tests.services.desks import Desk, caller
from tests.services.relief import households
from tests.services.relief.applications.matters import (
    APPROVAL,
    AUDITOR,
    BILL,
    CHAIR,
    COUNTY,
    DIBAO_FEN,
    DIRECTOR,
    GROUP,
    OFFICER,
    STUDENT,
    TOWNSHIP,
    Application,
    apply,
    bank_says,
    household,
    lines_of,
    proposed,
)
from tests.services.relief.payments.bank import DRAFTER, Batch, answer
from tests.services.relief.samples import assert_sound, fund, get_fund, give_card

Desks = Callable[[str], Desk]


def test_student_aid_is_approved_after_its_notice(desk: Desks, relief: Desk, on_day: Callable[[int], None]) -> None:
    case = proposed(desk, 500_000, "STUDENT", need=STUDENT)
    money = fund(relief)["id"]
    assert case.refused("approve_relief", DIRECTOR, fund_id=money, **APPROVAL) == "relief-notice-not-over"
    case.must("post_relief_notice", TOWNSHIP, place="校园公示栏")
    assert case.refused("approve_relief", DIRECTOR, fund_id=money, **APPROVAL) == "relief-notice-not-over"
    assert case.must("object_to_relief", OFFICER, reason="已毕业")["state"] == "COMPLETE"
    case.must("compute_relief", COUNTY)
    case.must("propose_relief", COUNTY, amount_fen=500_000)
    case.must("post_relief_notice", TOWNSHIP, place="校园公示栏")
    on_day(20)
    assert case.approve(money, DIRECTOR)["state"] == "RESERVED"


@pytest.mark.parametrize("moment", ["compute", "propose", "approve"])
def test_a_file_that_is_no_longer_active_stops_the_matter(desk: Desks, relief: Desk, moment: str) -> None:
    head, file = household(desk)
    case = apply(relief, head)
    case.must("accept_relief_application", TOWNSHIP)
    steps = [("compute_relief", COUNTY, {}), ("propose_relief", COUNTY, {"amount_fen": 1}),
             ("approve_relief", DIRECTOR, {"fund_id": fund(relief)["id"], **APPROVAL})]
    for name, who, body in steps:
        if name.startswith(moment):
            households.File(relief, file).must("suspend_hardship_file", households.COUNTY, reason="举报")
            assert case.refused(name, who, **body) == "relief-needs-active-file"
            break
        case.must(name, who, **body)


def test_a_new_grade_between_computation_and_approval_counts(desk: Desks, relief: Desk) -> None:
    case = proposed(desk, 12 * DIBAO_FEN)
    _change_file(relief, case, {"grade": "RELATIVE"})
    assert case.refused("approve_relief", CHAIR, fund_id=fund(relief)["id"], **APPROVAL) == "relief-above-cap"


def test_nobody_is_paid_who_has_left_the_household(desk: Desks, relief: Desk) -> None:
    """The household splits while its application waits."""
    head, file = household(desk, others=1)
    spouse = file["members"][1]["worker_id"]
    case = apply(relief, head, "STUDENT", need=STUDENT, payee_id=spouse)
    case.propose(100_000)
    with relief.database.write() as connection:
        connection.execute(delete(hardship_members).where(hardship_members.c.worker_id == spouse))
    assert case.refused("approve_relief", DIRECTOR, fund_id=fund(relief)["id"],
                        **APPROVAL) == "relief-payee-not-in-household"


def _change_file(relief: Desk, case: Application, values: dict[str, str]) -> None:
    with relief.database.write() as connection:
        connection.execute(update(hardship_files).where(hardship_files.c.id == case.now["file_id"]).values(**values))


def test_goods_are_handed_over_and_reserve_nothing(desk: Desks, relief: Desk) -> None:
    case = proposed(desk, 60_000, "GOODS", need={"goods": "米面油"})
    assert case.refused("approve_relief", DIRECTOR, fund_id=fund(relief)["id"], **APPROVAL) == "relief-fund-for-goods"
    assert case.approve(None, DIRECTOR)["state"] == "APPROVED"
    assert case.must("hand_over_goods", OFFICER, receipt_no="LQ-1")["state"] == "CLOSED"
    assert lines_of(relief, case.now["id"]) == []
    assert apply(relief, case.now["worker_id"], "GOODS", need={"goods": "棉被"}).compute() == 40_000


def test_a_withdrawal_gives_the_money_back_unless_it_is_on_its_way(desk: Desks, relief: Desk) -> None:
    money = fund(relief)["id"]
    one, two = proposed(desk), proposed(desk)
    for case in (one, two):
        case.approve(money)
    with relief.database.write() as connection:
        connection.execute(update(payment_lines).where(payment_lines.c.about_id == two.now["id"]).values(
            batch_id=two.now["id"], state="BATCHED"))
    assert one.must("withdraw_relief", DIRECTOR, reason="户主去世")["state"] == "WITHDRAWN"
    assert two.refused("withdraw_relief", DIRECTOR, reason="-") == "relief-payment-under-way"
    assert (get_fund(relief, money)["reserved_fen"], two.read()["state"]) == (100_000, "RESERVED")
    assert_sound(relief, money)


def test_a_payment_that_fails_or_comes_back_a_month_later_is_reserved_still(
        desk: Desks, relief: Desk, on_day: Callable[[int], None]) -> None:
    case = proposed(desk)
    case.approve(fund(relief)["id"])
    bank_says(relief, case.now["id"], "FAILED", reason="账号户名不符")
    assert (case.read()["state"], case.now["reason"]) == ("RESERVED", "账号户名不符")
    bank_says(relief, case.now["id"], "PAID")
    case.read()
    case.must("confirm_relief_receipt", OFFICER, receipt_no="HF-1")
    on_day(31)
    bank_says(relief, case.now["id"], "RETURNED", reason="账户已销")
    assert (case.read()["state"], case.now["paid_on"], case.now["receipt_no"]) == ("RESERVED", None, None)
    assert [event["type"].split(".")[1] for event in relief.told()][-4:] == [
        "relief_payment_failed", "relief_paid", "relief_closed", "relief_payment_returned"]


def test_money_paid_wrongly_is_recovered_by_two(desk: Desks, relief: Desk) -> None:
    case = proposed(desk, relief_type="MEDICAL", need=BILL)
    case.approve(fund(relief)["id"])
    bank_says(relief, case.now["id"], "PAID")
    case.read()
    assert case.refused("confirm_relief_recovery", AUDITOR) == "relief-recovery-not-proposed"
    case.must("propose_relief_recovery", DIRECTOR, reason="票据虚假")
    same = caller(Role.AUDITOR, account_id=DIRECTOR.account_id)
    assert case.refused("confirm_relief_recovery", same) == "separation-of-duty"
    assert case.must("confirm_relief_recovery", AUDITOR)["state"] == "RECOVERING"
    bank_says(relief, case.now["id"], "RECOVERED")
    assert case.read()["state"] == "RECOVERED"
    again = apply(relief, case.now["worker_id"], "MEDICAL", need=BILL)
    assert again.compute() == BILL["own_paid_fen"]


def test_money_paid_wrongly_comes_back_in_parts(desk: Desks, relief: Desk) -> None:
    """RECOVERING from the first part on; the bill stays met until all is back, and what is back counts no more."""
    case = proposed(desk, 500_000, "MEDICAL", need=BILL)
    case.approve(fund(relief)["id"])
    bank_says(relief, case.now["id"], "PAID")
    for fen, back in ((200_000, 200_000), (1, 200_001)):
        _part_comes_back(relief, case.now["id"], fen)
        assert (case.read()["state"], case.now["recovered_fen"]) == ("RECOVERING", back)
    told = [(one["data"]["amount_fen"], one["data"]["owed_fen"]) for one in relief.told("relief_partly_recovered")]
    assert told == [(200_000, 300_000), (1, 299_999)]
    body = {"worker_id": case.now["worker_id"], "relief_type": "MEDICAL", "need": BILL}
    assert relief.refused("apply_for_relief", OFFICER, body=body)["code"] == "relief-same-need"
    bank_says(relief, case.now["id"], "RECOVERED")
    assert (case.read()["state"], case.now["recovered_fen"]) == ("RECOVERED", 500_000)
    assert apply(relief, case.now["worker_id"], "MEDICAL", need=BILL).compute() == BILL["own_paid_fen"]


def test_what_never_comes_back_is_written_off_and_still_counts(desk: Desks, relief: Desk) -> None:
    """Only under recovery; the bill stays met, and the money counts against the household's year."""
    case = proposed(desk, 500_000, "MEDICAL", need=BILL)
    case.approve(fund(relief)["id"])
    _pay_by_a_batch(desk, case)
    line = lines_of(relief, case.now["id"])[0]
    body = {"line_id": line["id"], "document_no": "SW-1", "reason": "死亡,无遗产"}
    assert relief.refused("propose_payment_write_off", GROUP, body=body)["code"] == "wrong-state"
    case.must("propose_relief_recovery", DIRECTOR, reason="票据虚假")
    case.must("confirm_relief_recovery", AUDITOR)
    made = relief.must("propose_payment_write_off", GROUP, body=body)
    relief.must("confirm_payment_correction", AUDITOR, path={"correction_id": made["id"]}, version=1)
    assert (case.read()["state"], case.now["written_off_fen"], case.now["recovered_fen"]) == ("WRITTEN_OFF", 500_000, 0)
    assert [one["data"]["amount_fen"] for one in relief.told("relief_written_off")] == [500_000]
    again = {"worker_id": case.now["worker_id"], "relief_type": "MEDICAL", "need": BILL}
    assert relief.refused("apply_for_relief", OFFICER, body=again)["code"] == "relief-same-need"
    assert_sound(relief, case.now["fund_id"])


def test_what_came_back_is_free_within_the_cap_of_the_year(desk: Desks, relief: Desk) -> None:
    case = proposed(desk, 300_000, "LIVING")
    case.approve(fund(relief)["id"])
    bank_says(relief, case.now["id"], "PAID")
    case.read()
    case.must("confirm_relief_receipt", OFFICER, receipt_no="HF-1")
    again = apply(relief, case.now["worker_id"], "LIVING")
    before = again.compute()
    _part_comes_back(relief, case.now["id"], 120_000)
    assert again.must("compute_relief", COUNTY)["cap_fen"] == before + 120_000


def _pay_by_a_batch(desk: Desks, case: Application) -> None:
    relief = desk("relief")
    give_card(desk("membership"), case.now["worker_id"])
    batch = Batch(relief, relief.must("draft_payment_batch", DRAFTER, body={
        "fund_id": case.now["fund_id"], "purpose": case.now["relief_type"], "kind": "COLLECT"}))
    batch.settle()
    batch.send()
    batch.told(answer(batch.content(batch.files()[0]["id"]), lambda _: "成功"))
    assert case.read()["state"] == "PAID"


def _part_comes_back(relief: Desk, about_id: str, fen: int) -> None:
    """As the payments part books a part."""
    c = payment_lines.c
    with Work(relief.database, relief.definition.contract, system("relief"), "part", traceparent=new_traceparent(),
              outside=relief.outside) as work:
        work.session.execute(update(payment_lines).where(c.about_id == about_id).values(
            recovered_fen=c.recovered_fen + fen))
        tell(work, [Outcome("ReliefApplication", about_id, "1", "PARTLY_RECOVERED", fen, today(), "分期")])


def test_the_notice_shows_no_names_and_no_children(desk: Desks, relief: Desk, on_day: Callable[[int], None]) -> None:
    case = proposed(desk, 500_000, "STUDENT", need=STUDENT)
    assert relief.must("list_relief_notices", OFFICER)["items"] == []
    case.must("post_relief_notice", TOWNSHIP, place="校园公示栏")
    [line] = relief.must("list_relief_notices", OFFICER)["items"]
    assert (line["school_level"], line["amount_fen"], line["notice_place"]) == ("HIGHER", 500_000, "校园公示栏")
    assert not {case.now["application_no"], case.now["worker_id"], STUDENT["student_no"]} & set(map(str, line.values()))
    on_day(20)
    assert relief.must("list_relief_notices", OFFICER)["items"] == []
