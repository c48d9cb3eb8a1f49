"""The last day on which relief reached a household: by money, on a care card, in goods; and what is taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from services.relief.application.files.last_aid import reckon_later
from shared.kernel.clock import today
from tests.services import people
from tests.services.desks import Desk
from tests.services.relief.funds.money import work
from tests.services.relief.goods.stores import give, shelved, step
from tests.services.relief.households import COUNTY, OFFICER, File, active, draft
from tests.services.relief.payments.bank import answer, filled, lines
from tests.services.relief.platforms.settling import Sold, hear
from tests.services.relief.platforms.shop import CASHIER, days_to, month
from tests.services.relief.samples import fund, give_card

Desks = Callable[[str], Desk]
Clock = Callable[[int], None]


def listed(relief: Desk, **query: str) -> list[str]:
    items = relief.must("list_hardship_files", COUNTY, query=query)["items"]
    return [item["id"] for item in items]


def last(file: File) -> str | None:
    found: str | None = file.read()["last_aid_on"]
    return found


def pay(desk: Desks, *worker_ids: str, says: str = "成功") -> Any:
    """A list batch to the bank and back; the batch."""
    relief = desk("relief")
    for worker_id in worker_ids:
        give_card(desk("membership"), worker_id)
    batch = filled(relief, fund(relief), lines(worker_ids))
    batch.send()
    tell(batch, says)
    return batch


def tell(batch: Any, says: str) -> None:
    """A return file about every line."""
    [bank_file] = batch.files()
    batch.told(answer(batch.content(bank_file["id"]), lambda _: says))


def test_a_payment_to_a_member_counts_from_its_day(desk: Desks, hire: Callable[[], str], on_day: Clock) -> None:
    relief = desk("relief")
    spouse = hire()
    aided, never = draft(relief, hire(), spouse), draft(relief, hire())
    version = aided.now["version"]
    assert set(listed(relief, is_never_aided="true")) == {aided.now["id"], never.now["id"]}
    on_day(3)
    pay(desk, spouse)
    assert (last(aided), last(never)) == (str(today()), None)
    assert aided.now["version"] == version, "nobody who edits the file is thrown back by a payment"
    assert listed(relief, is_never_aided="true") == [never.now["id"]]
    assert listed(relief, is_never_aided="false") == [aided.now["id"]]


def test_what_failed_never_reached_anybody(desk: Desks, hire: Callable[[], str]) -> None:
    head = hire()
    file = draft(desk("relief"), head)
    pay(desk, head, says="失败")
    assert last(file) is None


def test_a_payment_that_comes_back_makes_it_an_earlier_day(desk: Desks, hire: Callable[[], str],
                                                           on_day: Clock) -> None:
    head = hire()
    file = draft(desk("relief"), head)
    pay(desk, head)
    first = str(today())
    on_day(10)
    batch = pay(desk, head)
    assert last(file) == str(today())
    on_day(12)
    tell(batch, "退汇")
    assert last(file) == first


def test_files_are_found_and_sorted_by_it(desk: Desks, hire: Callable[[], str], on_day: Clock) -> None:
    relief, (old, new) = desk("relief"), (hire(), hire())
    files = [draft(relief, one).now["id"] for one in (old, new, hire())]
    pay(desk, old)
    on_day(10)
    pay(desk, new)
    assert set(listed(relief, last_aid_before=str(today()))) == {files[0], files[2]}
    assert [one for one in listed(relief, sort="-last_aid_on") if one != files[2]] == [files[1], files[0]]


def test_goods_count_until_all_of_them_come_back(relief: Desk, hire: Callable[[], str], on_day: Clock) -> None:
    file = active(relief, on_day, hire())
    issue = give(relief, shelved(relief), 2, file_id=file.now["id"])
    assert last(file) == str(today())
    issue = step(relief, "return_goods", issue, quantity=1, reason="尺码不合")
    assert last(file) == str(today())
    step(relief, "return_goods", issue, quantity=1, reason="尺码不合")
    assert last(file) is None


def test_a_sale_on_a_card_counts_once_the_union_has_paid_the_shop(desk: Desks, on_day: Clock) -> None:
    sold = Sold(desk, 10_000)
    file, sold_on = draft(sold.relief, sold.card["worker_id"]), str(today())
    money = fund(sold.relief)
    on_day(days_to(1))
    settlement = sold.approved(month())
    settlement.must("reserve_settlement", CASHIER, fund_id=money["id"], document_no="JS-1")
    assert last(file) is None
    hear(settlement, "PAID")
    assert last(file) == sold_on
    hear(settlement, "RETURNED", reason="退汇")
    assert last(file) is None


def test_who_comes_into_the_household_brings_it_along(desk: Desks, hire: Callable[[], str], on_day: Clock) -> None:
    relief, (aided, head) = desk("relief"), (hire(), hire())
    pay(desk, aided)
    file = draft(relief, head)
    assert file.now["last_aid_on"] is None
    file.must("change_household", OFFICER, reason="结婚", joins=[
        {"worker_id": aided, "relation": "SPOUSE", "is_adult": True}])
    assert file.now["last_aid_on"] == last(file) == str(today())
    (spouse,) = (member["id"] for member in file.now["members"] if member["worker_id"] == aided)
    file.must("change_household", OFFICER, reason="离婚", leaves=[spouse])
    assert file.now["last_aid_on"] is None
    assert draft(relief, aided).now["last_aid_on"] == str(today())


@pytest.mark.parametrize("times", [1, 2])
def test_reckoning_again_changes_nothing(desk: Desks, hire: Callable[[], str], times: int) -> None:
    head = hire()
    file = draft(desk("relief"), head)
    pay(desk, head)
    for _ in range(times):
        with work(desk("relief")) as again:
            reckon_later(again, [head, people.worker(desk("membership"), None)])
    assert last(file) == str(today())
