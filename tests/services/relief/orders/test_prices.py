"""What an order costs and what an offer still has, for all quantities."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.relief.domain.orders.catalogue import Offer
from services.relief.domain.orders.order import Order
from services.relief.domain.orders.refusals import CareCardTooMuch, OfferLimit, OfferSoldOut
from shared.kernel.clock import now
from shared.kernel.ids import new_id

PLACE = "/37/3702/370202/"
PRICES = st.integers(0, 10**9)


def offer(member_fen: int = 300, hardship_fen: int = 100, available: int | None = None,
          most: int | None = None, item_class: str | None = None) -> Offer:
    return Offer(new_id(), PLACE, new_id(), "PARTNER", "FOOD", "白菜", now(), member_fen=member_fen,
                 hardship_fen=hardship_fen, available=available, most_per_household=most, item_class=item_class)


def order(tier: str) -> Order:
    return Order(new_id(), PLACE, "DD1", new_id(), "PHONE", new_id(), new_id(), tier, "r", "p", "a", "t",
                 date(2026, 5, 6), "agent", now())


@given(st.lists(st.tuples(PRICES, PRICES, st.integers(1, 1000), st.booleans()), min_size=1, max_size=8), st.data())
def test_the_total_is_the_lines_and_the_card_pays_no_more(wanted: list[tuple[int, int, int, bool]],
                                                          data: st.DataObject) -> None:
    tier = data.draw(st.sampled_from(["MEMBER", "HARDSHIP"]))
    sums = [((m if tier == "MEMBER" else h) * n, on_card) for m, h, n, on_card in wanted]
    total, most = sum(fen for fen, _ in sums), sum(fen for fen, on_card in sums if on_card)
    items = [(offer(m, h, item_class="FOOD" if on_card else None), n) for m, h, n, on_card in wanted]
    made = order(tier)
    made.fill(items, data.draw(st.integers(0, most)))
    assert made.total_fen == total == sum(line.quantity * line.unit_fen for line in made.lines)
    with pytest.raises(CareCardTooMuch):
        order(tier).fill(items, most + 1)


@given(st.integers(1, 50), st.lists(st.integers(1, 20), max_size=20))
def test_no_more_is_ordered_than_is_offered(available: int, asked: list[int]) -> None:
    found, taken = offer(available=available), []
    for quantity in asked:
        try:
            found.take(quantity, 0)
            taken.append(quantity)
        except OfferSoldOut:
            assert found.ordered + quantity > available
        assert found.ordered == sum(taken) <= available
    for quantity in taken:
        found.give_back(quantity)
    assert found.ordered == 0


@given(st.integers(1, 20), st.integers(0, 20), st.integers(1, 20))
def test_a_households_share_of_an_offer(most: int, taken: int, quantity: int) -> None:
    found = offer(most=most)
    if taken + quantity <= most:
        found.take(quantity, taken)
        return
    with pytest.raises(OfferLimit):
        found.take(quantity, taken)
    assert found.ordered == 0
