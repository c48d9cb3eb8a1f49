"""Approval of a settlement, and the money to the partner's account."""

from __future__ import annotations

from services.relief.adapters.payments import payment_lines
from services.relief.application.platforms.accounts import partner_accounts, partner_faults, reveal_partner_accounts
from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services.desks import caller
from tests.services.relief.payments.bank import Batch
from tests.services.relief.platforms.settling import Clock, Desks, Sold, hear, payment_rows, work_on
from tests.services.relief.platforms.shop import (
    ACCOUNT,
    CASHIER,
    CHAIR,
    DIRECTOR,
    SECOND_CASHIER,
    SECOND_DIRECTOR,
    Record,
    Shop,
    days_to,
    month,
)
from tests.services.relief.samples import assert_sound, fund, get_fund


def test_a_hundred_yuan_from_the_till_to_the_partners_account(desk: Desks, on_day: Clock) -> None:
    sold = Sold(desk, 10_000)
    money = fund(sold.relief, fen=50_000)
    on_day(days_to(1))
    settlement = sold.approved(month())
    assert (settlement["total_fen"], settlement["partner_fen"], settlement["union_fen"]) == (10_000, 1_200, 8_800)
    settlement.must("reserve_settlement", CASHIER, fund_id=money["id"], document_no="JS-1")
    assert (settlement["state"], get_fund(sold.relief, money["id"])["reserved_fen"]) == ("RESERVED", 8_800)
    [line] = payment_rows(sold.relief)
    assert (line.payee_kind, line.payee_id, line.amount_fen, line.purpose, line.about_kind, line.about_id) == (
        "PARTNER", sold.shop.agreement["id"], 8_800, "LIVING", "CareSettlement", settlement["id"])
    assert_sound(sold.relief, money["id"])


def test_what_the_bank_says_reaches_the_settlement(desk: Desks, on_day: Clock) -> None:
    sold = Sold(desk, 10_000)
    money = fund(sold.relief)
    on_day(days_to(1))
    settlement = sold.approved(month())
    settlement.must("reserve_settlement", CASHIER, fund_id=money["id"], document_no="JS-1")
    hear(settlement, "FAILED", reason="账号有误")
    assert (settlement["state"], "账号有误" in settlement["note"]) == ("RESERVED", True)
    hear(settlement, "PAID")
    assert (settlement["state"], settlement["paid_on"], settlement["note"]) == ("PAID", str(today()), None)
    assert [told["data"]["union_fen"] for told in sold.relief.told("care_settlement_paid")] == [8_800]
    hear(settlement, "RETURNED", reason="退汇")
    assert (settlement["state"], settlement["paid_on"]) == ("RESERVED", None)
    hear(settlement, "PAID")
    hear(settlement, "RECOVERED", reason="多付")
    assert settlement["state"] == "RECOVERED"


def test_two_people_and_the_chair_above_the_limit(desk: Desks, on_day: Clock) -> None:
    sold = Sold(desk, 5_681_819)
    on_day(days_to(1))
    both = caller(Role.CASHIER, Role.CENTRE_DIRECTOR)
    settlement = Record(sold.relief, "settlement", sold.relief.must("draft_settlement", both, body={
        "agreement_id": sold.shop.agreement["id"], "month": month()}))
    assert settlement["union_fen"] == 5_000_001
    settlement.must("confirm_settlement", sold.shop.clerk)
    assert settlement.refused("approve_settlement", both) == "separation-of-duty"
    assert settlement.refused("approve_settlement", DIRECTOR) == "settlement-above-limit"
    settlement.must("approve_settlement", CHAIR)
    money = fund(sold.relief)
    also_cashier = caller(Role.CASHIER, account_id=CHAIR.account_id)
    assert settlement.refused("reserve_settlement", also_cashier, fund_id=money["id"], document_no="-") == \
        "separation-of-duty"


def test_the_money_must_be_there_and_meant_for_it(desk: Desks, on_day: Clock) -> None:
    sold = Sold(desk, 10_000)
    poor, central = fund(sold.relief, fen=8_799), fund(sold.relief, "CENTRAL")
    on_day(days_to(1))
    settlement = sold.approved(month())
    assert settlement.refused("reserve_settlement", CASHIER, fund_id=poor["id"], document_no="JS") == \
        "fund-insufficient"
    sponsor = fund(sold.relief, "SPONSOR", intents=["STUDENT"])
    assert settlement.refused("reserve_settlement", CASHIER, fund_id=sponsor["id"], document_no="JS") == \
        "fund-purpose-denied"
    # living relief is among its uses, but it goes household by household
    assert settlement.refused("reserve_settlement", CASHIER, fund_id=central["id"], document_no="JS") == \
        "settlement-source-wants-households"
    assert (settlement.read("get_settlement")["state"], payment_rows(sold.relief)) == ("APPROVED", [])
    settlement.must("reserve_settlement", CASHIER, fund_id=fund(sold.relief)["id"], document_no="JS")


def test_money_is_released_and_reserved_in_another_fund(desk: Desks, on_day: Clock) -> None:
    sold = Sold(desk, 10_000)
    first, second = fund(sold.relief), fund(sold.relief)
    on_day(days_to(1))
    settlement = sold.approved(month())
    settlement.must("reserve_settlement", CASHIER, fund_id=first["id"], document_no="JS-1")
    settlement.must("release_settlement", SECOND_CASHIER)
    assert (settlement["state"], get_fund(sold.relief, first["id"])["reserved_fen"]) == ("APPROVED", 0)
    settlement.must("reserve_settlement", CASHIER, fund_id=second["id"], document_no="JS-2")
    assert [(row.about_part, row.state) for row in payment_rows(sold.relief)] == [("1", "RELEASED"), ("2", "RESERVED")]
    hear(settlement, "PAID", part="1")  # of the line that was given back: not of this one
    assert settlement["state"] == "RESERVED"
    with sold.relief.database.write() as connection:
        connection.execute(payment_lines.update().where(payment_lines.c.about_part == "2").values(batch_id=new_id()))
    assert settlement.refused("release_settlement", CASHIER) == "settlement-in-batch"
    assert_sound(sold.relief, first["id"])
    assert_sound(sold.relief, second["id"])


def test_a_partner_without_an_account_is_not_paid(desk: Desks, on_day: Clock) -> None:
    sold = Sold(desk, 10_000, account=False)
    money = fund(sold.relief)
    on_day(days_to(1))
    settlement = sold.approved(month())
    assert settlement.refused("reserve_settlement", CASHIER, fund_id=money["id"], document_no="JS") == \
        "partner-account-missing"


def test_who_reserved_does_not_redirect_the_money(desk: Desks, on_day: Clock) -> None:
    sold = Sold(desk, 10_000)
    money = fund(sold.relief)
    on_day(days_to(1))
    settlement = sold.approved(month())
    settlement.must("reserve_settlement", CASHIER, fund_id=money["id"], document_no="JS")
    partner = Record(sold.relief, "partner", sold.shop.partner)
    elsewhere = {**ACCOUNT, "number": "11112222", "note": "总部账户"}
    for who in (CASHIER, DIRECTOR):  # reserved, approved
        assert partner.refused("set_partner_account", who, **elsewhere) == "separation-of-duty"
    partner.must("set_partner_account", SECOND_CASHIER, **elsewhere)
    for who in (CASHIER, DIRECTOR, SECOND_CASHIER):
        assert partner.refused("confirm_partner_account", who) == "separation-of-duty"
    partner.must("confirm_partner_account", SECOND_DIRECTOR)
    hear(settlement, "PAID")
    partner.must("set_partner_account", CASHIER, **elsewhere)
    partner.must("confirm_partner_account", DIRECTOR)


def test_an_account_counts_when_a_second_person_has_confirmed_it(desk: Desks) -> None:
    shop = Shop(desk("relief"), account=False)
    partner = Record(shop.relief, "partner", shop.partner)
    assert partner.refused("confirm_partner_account", CASHIER) == "partner-account-not-entered"
    own = {**ACCOUNT, "account_name": "supermarket  一店"}
    partner.must("set_partner_account", DIRECTOR, **own)
    assert (partner["account_tail"], partner["new_account_tail"]) == (None, "5566")
    with work_on(shop.relief) as work:
        assert partner_faults(work, [shop.agreement["id"]]) == {shop.agreement["id"]: "CARD_MISSING"}
    partner.must("confirm_partner_account", CASHIER)
    assert (partner["account_tail"], partner["new_account_tail"], partner["account_note"]) == ("5566", None, None)


def test_another_name_than_the_partners_wants_a_reason(desk: Desks) -> None:
    shop = Shop(desk("relief"), account=False)
    partner = Record(shop.relief, "partner", shop.partner)
    private = {**ACCOUNT, "account_name": "张三"}
    assert partner.refused("set_partner_account", DIRECTOR, **private) == "partner-account-name"
    partner.must("set_partner_account", DIRECTOR, **private, note="个体工商户经营者本人账户")
    assert partner["new_account_note"] == "个体工商户经营者本人账户"
    partner.must("confirm_partner_account", CASHIER)
    assert (partner["account_name"], partner["account_note"]) == ("张三", "个体工商户经营者本人账户")


def test_an_account_stands_still_while_a_batch_holds_its_money(desk: Desks, on_day: Clock) -> None:
    sold = Sold(desk, 10_000)
    money = fund(sold.relief)
    on_day(days_to(1))
    settlement = sold.approved(month())
    settlement.must("reserve_settlement", CASHIER, fund_id=money["id"], document_no="JS")
    partner = Record(sold.relief, "partner", sold.shop.partner)
    elsewhere = {**ACCOUNT, "number": "11112222", "note": "总部账户"}
    partner.must("set_partner_account", SECOND_CASHIER, **elsewhere)
    body = {"fund_id": money["id"], "purpose": "LIVING", "kind": "COLLECT"}
    batch = Batch(sold.relief, sold.relief.must("draft_payment_batch", SECOND_CASHIER, body=body))
    batch.settle()
    assert batch.now["lines_count"] == 1
    for operation, more in (("confirm_partner_account", {}), ("set_partner_account", elsewhere)):
        assert partner.refused(operation, SECOND_DIRECTOR, **more) == "partner-in-batch"
    batch.must("cancel_payment_batch", CASHIER, reason="账户变更")
    partner.must("confirm_partner_account", SECOND_DIRECTOR)


def test_where_the_money_goes_is_known_to_payments_and_to_nobody_else(desk: Desks) -> None:
    sold, silent = Sold(desk), Shop(desk("relief"), "PHARMACY", account=False)
    ids = [sold.shop.agreement["id"], silent.agreement["id"], new_id()]
    with work_on(sold.relief) as work:
        accounts = reveal_partner_accounts(work, ids, "银行代发文件", "batch")
        assert accounts == partner_accounts(work, ids)
        assert partner_faults(work, ids) == {ids[0]: None, ids[1]: "CARD_MISSING"}
    assert accounts == {ids[0]: {"partner_id": sold.shop.partner["id"], **ACCOUNT}}
    assert sold.shop.partner["account_tail"] == ACCOUNT["number"][-4:]
    assert ACCOUNT["number"] not in str(sold.shop.partner)
    with sold.relief.database.read() as connection:
        stored = connection.exec_driver_sql("SELECT account_number FROM partners").scalars().all()
        trail = str(connection.exec_driver_sql("SELECT * FROM audit").all())
    assert ACCOUNT["number"] not in str(stored)
    assert ACCOUNT["number"] not in trail
    assert "reveal_partner_account" in trail
