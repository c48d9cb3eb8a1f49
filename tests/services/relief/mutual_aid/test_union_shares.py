"""What the union bears of a fee: reserved, paid to the scheme once, given back when the list falls away; books zero."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from services.relief.adapters.payments import payment_lines
from shared.kernel.clock import today
from shared.kernel.roles import Role
from tests.services.desks import PLACE, Desk, caller
from tests.services.relief.mutual_aid.aid import (
    ACCOUNT,
    CASHIER,
    DIRECTOR,
    GROUP,
    OFFICER,
    Enrolment,
    Record,
    Unit,
    half_is_borne,
    in_days,
)
from tests.services.relief.mutual_aid.aid import BORNE_PLAN as PLAN
from tests.services.relief.payments.bank import AUDITOR, CHECKER, DRAFTER, Batch, answer
from tests.services.relief.samples import assert_sound, fund, get_fund

DeskOf = Callable[[str], Desk]
OnDay = Callable[[int], None]
#: of 12 workers at 30 yuan each the union bears half
FEE, SHARE = 36_000, 18_000


class Share(Record):
    kind = "share"

    def read(self) -> dict[str, Any]:
        self.now = self.relief.must("get_union_share", DIRECTOR, path={"share_id": self.now["id"]})
        return self.now


@pytest.fixture
def relief(desk: DeskOf) -> Desk:
    return desk("relief")


@pytest.fixture(autouse=True)
def local_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    half_is_borne(tmp_path, monkeypatch)


@pytest.fixture
def unit(desk: DeskOf) -> Unit:
    return Unit(desk("membership"), 12)


@pytest.fixture
def account(relief: Desk) -> Record:
    made = Record(relief, relief.must("enter_scheme_account", CASHIER, body={"plan": PLAN, **ACCOUNT}))
    made.kind = "account"
    return made


def asked(enrolment: Enrolment, money: Any) -> dict[str, Any]:
    return {"path": {"enrolment_id": enrolment.now["id"]}, "body": {"fund_id": money["id"], "document_no": "PF-1"}}


def approve(enrolment: Enrolment, money: Any, who: Any = DIRECTOR) -> Share:
    made = Share(enrolment.relief, enrolment.relief.must("approve_union_share", who, **asked(enrolment, money)))
    enrolment.read()
    return made


def refused(enrolment: Enrolment, money: Any, who: Any = DIRECTOR) -> str:
    return str(enrolment.relief.refused("approve_union_share", who, **asked(enrolment, money))["code"])


def pay_units_part(enrolment: Enrolment) -> None:
    enrolment.must("pay_enrolment_fee", CASHIER, amount_fen=FEE - SHARE, receipt_no="HZ-1")


def collected(relief: Desk, money: Any) -> Batch:
    """A batch of what waits for these fees."""
    batch = Batch(relief, relief.must("draft_payment_batch", DRAFTER, body={
        "fund_id": money["id"], "purpose": "MUTUAL_AID_FEE", "kind": "COLLECT"}))
    batch.settle()
    return batch


def balances(relief: Desk, money: Any) -> tuple[int, int, int]:
    found = get_fund(relief, money["id"])
    assert_sound(relief, money["id"])
    return found["available_fen"], found["reserved_fen"], found["paid_fen"]


def test_half_of_a_fee_from_the_list_to_the_schemes_account(relief: Desk, unit: Unit, account: Record) -> None:
    money = fund(relief, fen=100_000)
    enrolment = unit.enrol(relief, PLAN)
    assert [enrolment.now[f"{part}fee_fen"] for part in ("", "union_", "unit_")] == [FEE, SHARE, FEE - SHARE]
    share = approve(enrolment, money)
    assert balances(relief, money) == (100_000 - SHARE, SHARE, 0)
    assert enrolment.refused("pay_enrolment_fee", CASHIER, amount_fen=FEE, receipt_no="R") == "mutual-aid-fee"
    assert collected(relief, money).now["lines_count"] == 0  # the unit has not paid yet
    pay_units_part(enrolment)
    batch = collected(relief, money)
    [line] = batch.rows()
    assert (line["payee_kind"], line["payee_id"], line["amount_fen"]) == ("SCHEME", account.now["id"], SHARE)
    batch.send()
    content = batch.content(batch.files()[0]["id"])
    assert ACCOUNT["number"] in content.decode("utf-8-sig")
    batch.told(answer(content, lambda _line: "成功"))
    assert (share.read()["state"], share.now["paid_on"]) == ("PAID", today().isoformat())
    assert balances(relief, money) == (100_000 - SHARE, 0, SHARE)
    assert [told["data"]["amount_fen"] for told in relief.told("mutual_aid_union_share_paid")] == [SHARE]
    entries = relief.must("list_ledger_entries", AUDITOR, path={"fund_id": money["id"]},
                          query={"purpose": "MUTUAL_AID_FEE"})["items"]
    assert sorted((entry["kind"], entry["amount_fen"]) for entry in entries) == [("PAID", SHARE), ("RESERVED", SHARE)]
    assert collected(relief, money).now["lines_count"] == 0
    assert refused(enrolment, money) == "mutual-aid-share-borne"


def test_the_fee_waits_for_the_unions_share(relief: Desk, unit: Unit, account: Record) -> None:
    enrolment = unit.enrol(relief, PLAN)
    late = enrolment.refused("pay_enrolment_fee", CASHIER, amount_fen=FEE - SHARE, receipt_no="R")
    assert (late, enrolment.read()["state"]) == ("mutual-aid-share-not-reserved", "LISTED")
    approve(enrolment, fund(relief))
    pay_units_part(enrolment)


def test_a_cancelled_list_gives_the_money_back(relief: Desk, unit: Unit, account: Record) -> None:
    money = fund(relief, fen=100_000)
    enrolment = unit.enrol(relief, PLAN)
    share = approve(enrolment, money)
    enrolment.must("cancel_enrolment", OFFICER, reason="单位撤回")
    assert (share.read()["state"], balances(relief, money)) == ("RELEASED", (100_000, 0, 0))
    assert refused(enrolment, money) == "mutual-aid-share-not-due"


def test_a_list_that_nobody_paid_lapses_with_its_first_day(relief: Desk, unit: Unit, account: Record,
                                                           on_day: OnDay) -> None:
    money = fund(relief, fen=100_000)
    enrolment = unit.enrol(relief, PLAN)
    share = approve(enrolment, money)
    relief.tick()
    assert enrolment.read()["state"] == "LISTED"
    on_day(1)
    relief.tick()
    assert (enrolment.read()["state"], share.read()["state"]) == ("CANCELLED", "RELEASED")
    assert balances(relief, money) == (100_000, 0, 0)
    assert unit.enrol(relief, PLAN).now["state"] == "LISTED"


def test_a_batch_that_has_the_share_before_the_unit_paid_does_not_pay_it(relief: Desk, unit: Unit, account: Record,
                                                                        on_day: OnDay) -> None:
    """As when it collects on the day after the first, a moment before the list lapses."""
    money = fund(relief, fen=100_000)
    enrolment = unit.enrol(relief, PLAN)
    share = approve(enrolment, money)
    with relief.database.write() as connection:
        connection.execute(payment_lines.update().values(due_from=None))
    batch = collected(relief, money)
    batch.must("check_payment_batch", CHECKER)
    assert [line["fault"] for line in batch.rows()] == ["FEE_NOT_PAID"]
    on_day(1)
    relief.tick()
    assert enrolment.read()["state"] == "LISTED"  # its money is still in the batch
    batch.must("cancel_payment_batch", DRAFTER, reason="单位未缴费")
    relief.tick()
    assert (enrolment.read()["state"], share.read()["state"]) == ("CANCELLED", "RELEASED")
    assert balances(relief, money) == (100_000, 0, 0)


def test_a_share_is_released_and_taken_from_another_fund(relief: Desk, unit: Unit, account: Record) -> None:
    first, second = fund(relief, fen=100_000), fund(relief, "MUTUAL_SURPLUS", fen=100_000)
    enrolment = unit.enrol(relief, PLAN)
    share = approve(enrolment, first)
    pay_units_part(enrolment)
    share.must("release_union_share", DIRECTOR, reason="改用互助结余")
    approve(enrolment, second)
    assert (balances(relief, first), balances(relief, second)) == ((100_000, 0, 0), (100_000 - SHARE, SHARE, 0))
    batch = collected(relief, second)
    assert batch.now["lines_count"] == 1
    [waiting] = relief.must("list_union_shares", DIRECTOR, query={"state": "RESERVED"})["items"]
    in_batch = Share(relief, waiting)
    assert in_batch.refused("release_union_share", DIRECTOR, reason="-") == "mutual-aid-share-in-batch"


def test_no_term_begins_whose_fee_is_not_whole(relief: Desk, unit: Unit, account: Record, on_day: OnDay) -> None:
    money = fund(relief, fen=100_000)
    enrolment = unit.enrol(relief, PLAN)
    share = approve(enrolment, money)
    pay_units_part(enrolment)
    share.must("release_union_share", DIRECTOR, reason="换账户")
    on_day(1)
    relief.tick()
    assert enrolment.read()["state"] == "FEE_PAID"
    again = approve(enrolment, money)
    relief.tick()
    assert enrolment.read()["state"] in ("WAITING", "IN_FORCE")
    assert again.refused("release_union_share", DIRECTOR, reason="-") == "mutual-aid-term-begun"
    batch = collected(relief, money)
    batch.send()
    batch.told(answer(batch.content(batch.files()[0]["id"]), lambda _line: "失败"))
    again.read()
    again.must("release_union_share", DIRECTOR, reason="银行退回")


def test_what_the_bank_returns_waits_and_is_paid_again(relief: Desk, unit: Unit, account: Record) -> None:
    money = fund(relief, fen=100_000)
    enrolment = unit.enrol(relief, PLAN)
    share = approve(enrolment, money)
    pay_units_part(enrolment)
    for outcome, expected in (("失败", "RESERVED"), ("成功", "PAID")):
        batch = collected(relief, money)
        batch.send()
        sent = batch.content(batch.files()[0]["id"])
        batch.told(answer(sent, lambda _line, said=outcome: said))  # type: ignore[misc]
        assert share.read()["state"] == expected
    batch.told(answer(sent, lambda _line: "退汇"))
    assert (share.read()["state"], share.now["paid_on"]) == ("RESERVED", None)
    assert balances(relief, money) == (100_000 - SHARE, SHARE, 0)
    again = collected(relief, money)
    again.send()
    again.told(answer(again.content(again.files()[0]["id"]), lambda _line: "成功"))
    assert (share.read()["state"], balances(relief, money)) == ("PAID", (100_000 - SHARE, 0, SHARE))


def test_only_money_that_may(relief: Desk, unit: Unit, account: Record) -> None:
    enrolment = unit.enrol(relief, PLAN)
    passed_down = fund(relief, "LOCAL_FISCAL", fiscal_level="PROVINCIAL")
    assert refused(enrolment, fund(relief, "CENTRAL")) == "fund-purpose-denied"
    assert refused(enrolment, passed_down) == "fund-purpose-denied"
    assert refused(enrolment, fund(relief, fen=SHARE - 1)) == "fund-insufficient"
    donated = fund(relief, "ONE_DAY_DONATION")
    assert refused(enrolment, donated) == "fund-needs-collective-approval"
    assert relief.must("list_union_shares", DIRECTOR)["items"] == []
    approve(enrolment, donated, GROUP)


def test_no_list_of_people_pays_a_fee(relief: Desk) -> None:
    listed = relief.refused("draft_payment_batch", DRAFTER, body={
        "fund_id": fund(relief)["id"], "purpose": "MUTUAL_AID_FEE", "kind": "LIST", "document_no": "L-1",
        "declared_count": 1, "declared_fen": 1})
    assert listed["code"] == "list-of-cases"


def test_whoever_listed_the_unit_or_named_the_account_does_not_approve(relief: Desk, unit: Unit) -> None:
    everybody = caller(Role.GRASSROOTS_OFFICER, Role.CASHIER, Role.CENTRE_DIRECTOR)
    money = fund(relief)
    enrolment = unit.enrol(relief, PLAN)
    assert refused(enrolment, money) == "mutual-aid-scheme-account-missing"
    relief.must("enter_scheme_account", everybody, body={"plan": PLAN, **ACCOUNT})
    assert refused(enrolment, money, everybody) == "separation-of-duty"
    own = Enrolment(relief, relief.must("enrol_unit", everybody, body=unit.body("HOSPITAL_TIERS")))
    relief.must("enter_scheme_account", CASHIER, body={"plan": "HOSPITAL_TIERS", **ACCOUNT})
    assert refused(own, money, everybody) == "separation-of-duty"
    assert refused(own, money) == "mutual-aid-share-not-due"  # the plan has no share of the union


def test_nobody_redirects_what_was_approved(relief: Desk, unit: Unit, account: Record) -> None:
    money = fund(relief)
    share = approve(unit.enrol(relief, PLAN), money)
    elsewhere = {**ACCOUNT, "number": "11112222"}
    assert account.refused("set_scheme_account", CASHIER, **elsewhere) == "mutual-aid-scheme-account-in-use"
    share.must("release_union_share", DIRECTOR, reason="账户变更")
    account.must("set_scheme_account", CASHIER, **elsewhere)
    assert (account.now["account_tail"], "11112222" in str(account.now)) == ("2222", False)


def test_one_account_a_plan_and_place_also_for_those_below(relief: Desk, desk: DeskOf, account: Record) -> None:
    again = relief.refused("enter_scheme_account", CASHIER, body={"plan": PLAN, **ACCOUNT})
    assert again["code"] == "mutual-aid-scheme-account-known"
    unknown = relief.refused("enter_scheme_account", CASHIER, body={"plan": "NONE", **ACCOUNT})
    assert unknown["code"] == "mutual-aid-plan-unknown"
    enrolment = Unit(desk("membership"), 12).enrol(relief, PLAN, org_path=f"{PLACE}street/", starts_on=in_days(3))
    assert approve(enrolment, fund(relief)).now["account_id"] == account.now["id"]
    with relief.database.read() as connection:
        stored = str(connection.exec_driver_sql("SELECT account_number FROM mutual_aid_scheme_accounts").all())
    assert ACCOUNT["number"] not in stored
