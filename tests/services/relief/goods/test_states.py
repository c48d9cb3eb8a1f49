"""Every state table of goods, school places and orders: each forbidden move is refused and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from services.relief.domain.goods.adjustment import StockAdjustment
from services.relief.domain.goods.campaign import LINE_STATES, GoodsCampaign
from services.relief.domain.goods.issue import GoodsIssue
from services.relief.domain.goods.lot import DonationLot
from services.relief.domain.goods.policy import GoodsRule
from services.relief.domain.goods.states import CLASSES, INTENTS, OCCASIONS
from services.relief.domain.goods.stock import KINDS
from services.relief.domain.orders.catalogue import Catalogue, Offer
from services.relief.domain.orders.order import Order
from services.relief.domain.orders.states import CATALOGUES, SOURCES
from services.relief.domain.schools.request import PlacementRequest
from services.relief.domain.schools.school import TermSchool
from services.relief.domain.schools.states import BASES, STAGES
from shared.contracts.relief.goods import codes as goods_codes
from shared.contracts.relief.orders import codes as order_codes
from shared.contracts.relief.schools import codes as school_codes
from shared.kernel.aggregate import Aggregate
from shared.kernel.clock import now
from shared.kernel.errors import WrongState
from shared.kernel.ids import new_id

DAY, PLACE = date(2026, 5, 6), "/37/3702/370202/"
RULE = GoodsRule(goods_class="CLOTHES", needs_disinfection=False, needs_expiry=False, most=None, days=1,
                 jurisdiction="CN", effective_from=date(2008, 1, 1), document="d", certainty="D")


def lot() -> DonationLot:
    made = DonationLot(new_id(), PLACE, "JZ1", "CLOTHES", "棉衣", "PIECE", "GOOD", DAY, "clerk", now())
    made.receive(100)
    return made


def adjustment() -> StockAdjustment:
    return StockAdjustment(new_id(), PLACE, new_id(), "STOCK_TAKE", 1, "盘点", "clerk", now(), 101)


def request() -> PlacementRequest:
    return PlacementRequest(new_id(), PLACE, "RX1", "2026-AUTUMN", "PRIMARY", new_id(), "MIGRANT", "370202", "n", "i",
                            "k", "clerk", now())


def order() -> Order:
    return Order(new_id(), PLACE, "DD1", new_id(), "PHONE", new_id(), new_id(), "MEMBER", "r", "p", "a", "t", DAY,
                 "agent", now())


def campaign() -> GoodsCampaign:
    """Of three households."""
    made = GoodsCampaign(new_id(), PLACE, "WZ1", "送年货", "SPRING_FESTIVAL", 2027, "drafter", now(), listed_count=3)
    made.pack([lot()], [2])
    return made


def confirmed(a: Any) -> None:
    a.confirm(lot(), "director")


#: what makes one, and what gives each command of its table
TABLES: dict[str, tuple[Callable[[], Any], dict[str, Callable[[Any], object]]]] = {
    "lot": (lot, {
        "disinfect": lambda a: a.disinfect("臭氧", DAY, "clerk", DAY),
        "sort": lambda a: a.sort([{"grade": "A", "category": "成人", "quantity": a.on_hand}], 0, RULE, "clerk", DAY),
        "shelve": lambda a: a.shelve("A-1", DAY),
        "expire": lambda a: a.expire(),
        "release": lambda a: (a.book("HELD", 1, "Test", "t"), a.release(1, RULE, None, "clerk", DAY)),
    }),
    "issue": (lambda: GoodsIssue(new_id(), PLACE, "FF1", new_id(), "CLOTHES", 100, "h", None, "h", DAY, "clerk", now()),
              {"return_part": lambda a: a.take_back(1, "不合"), "return_all": lambda a: a.take_back(
                  max(1, a.quantity - a.returned), "不合")}),
    "adjustment": (adjustment, {"confirm": confirmed, "reject": lambda a: a.reject("不同意", "director")}),
    "campaign in kind": (campaign, {
        "exclude": lambda a: a.take_off(), "cancel": lambda a: a.cancel("改期"),
        "approve": lambda a: a.approve("W", 3, 0, [lot()], "director", DAY),
        "hand_over": lambda a: a.hand_over(1), "finish": lambda a: a.finish("结束")}),
    "school": (lambda: TermSchool(new_id(), PLACE, "2026-AUTUMN", "一小", "PRIMARY", "370202", 3, now()),
               {"change_quota": lambda a: a.change_quota(2), "close": lambda a: a.close()}),
    "request": (request, {
        "consent": lambda a: a.consent("TY", DAY, DAY),
        "offer": lambda a: a.offer("school", 7, DAY),
        "accept": lambda a: a.accept(DAY),
        "decline": lambda a: a.decline("太远"),
        "lapse": lambda a: a.lapse("逾期"),
        "enrol": lambda a: a.enrol(DAY),
        "leave": lambda a: a.leave(DAY, "转学", DAY),
        "withdraw": lambda a: a.withdraw("回乡"),
    }),
    "catalogue": (lambda: Catalogue(new_id(), PLACE, "ALWAYS", "常年", DAY, DAY, "director", now()),
                  {"open": lambda a: a.open(DAY), "close": lambda a: a.close()}),
    "offer": (lambda: Offer(new_id(), PLACE, new_id(), "PARTNER", "FOOD", "白菜", now()),
              {"withdraw": lambda a: a.withdraw()}),
    "order": (order, {
        "confirm": lambda a: a.confirm(), "pack": lambda a: a.pack(), "dispatch": lambda a: a.dispatch("鲁B", DAY),
        "deliver": lambda a: a.deliver("QS", DAY), "bring_back": lambda a: a.bring_back("无人"),
        "cancel": lambda a: a.cancel("改期"),
    }),
}


def ways(name: str) -> dict[str, list[str]]:
    """The shortest way of commands into every state."""
    make, _ = TABLES[name]
    machine = type(make()).machine
    found, waiting = {machine.initial: []}, [machine.initial]
    while waiting:
        state = waiting.pop(0)
        for command in machine.allowed(state):
            target = machine.next(state, command)
            if target not in found:
                found[target] = [*found[state], command]
                waiting.append(target)
    return found


#: every move of school places and orders by name, so that no table can be widened without being asked
BY_NAME = {
    "school": "OPEN change_quota OPEN, OPEN close CLOSED",
    "request": "REQUESTED consent CONSENTED, CONSENTED offer OFFERED, DECLINED offer OFFERED, OFFERED accept ACCEPTED, "
               "OFFERED decline DECLINED, OFFERED lapse DECLINED, ACCEPTED enrol ENROLLED, "
               "ENROLLED leave WITHDRAWN, "
               "REQUESTED withdraw WITHDRAWN, CONSENTED withdraw WITHDRAWN, OFFERED withdraw WITHDRAWN, "
               "ACCEPTED withdraw WITHDRAWN, DECLINED withdraw WITHDRAWN",
    "catalogue": "PLANNED open OPEN, PLANNED close CLOSED, OPEN close CLOSED",
    "offer": "OFFERED withdraw WITHDRAWN",
    "order": "ORDERED confirm CONFIRMED, CONFIRMED pack PACKED, PACKED dispatch DISPATCHED, "
             "DISPATCHED deliver DELIVERED, DISPATCHED bring_back RETURNED, ORDERED cancel CANCELLED, "
             "CONFIRMED cancel CANCELLED, PACKED cancel CANCELLED",
}


@pytest.mark.parametrize("name", BY_NAME)
def test_the_table_has_these_moves_and_no_other(name: str) -> None:
    machine = type(TABLES[name][0]()).machine
    there = {f"{state} {command} {machine.next(state, command)}" for state in machine.states
             for command in machine.allowed(state)}
    assert there == set(BY_NAME[name].split(", "))


EVERY = [pytest.param(name, state, command, id=f"{name} {state} {command}")
         for name, (_, commands) in TABLES.items() for state in ways(name) for command in commands]


@pytest.mark.parametrize("name", TABLES)
def test_every_command_of_the_table_is_tried_and_every_state_reached(name: str) -> None:
    make, commands = TABLES[name]
    machine = type(make()).machine
    assert set(commands) == machine.commands
    assert set(ways(name)) == machine.states


@pytest.mark.parametrize(("name", "state", "command"), EVERY)
def test_a_move_is_made_or_refused_by_the_table(name: str, state: str, command: str) -> None:
    make, commands = TABLES[name]
    made: Aggregate = make()
    for step in ways(name)[state]:
        commands[step](made)
    assert made.state == state
    if command in made.machine.allowed(state):
        commands[command](made)
        assert made.state == made.machine.next(state, command)
        return
    before = {k: v for k, v in vars(made).items() if k not in ("held", "version", "movements_count", "_happened")}
    with pytest.raises(WrongState):
        commands[command](made)
    assert {k: v for k, v in vars(made).items() if k in before} == before


def test_the_contract_and_the_domain_have_the_same_codes() -> None:
    assert goods_codes.CLASSES == CLASSES
    assert goods_codes.INTENTS == INTENTS
    assert (goods_codes.OCCASIONS, goods_codes.GOODS_LINE_STATES) == (OCCASIONS, LINE_STATES)
    assert set(goods_codes.MOVEMENTS) == set(KINDS)
    assert (school_codes.STAGES, school_codes.BASES) == (STAGES, BASES)
    assert (order_codes.CATALOGUES, order_codes.SOURCES) == (CATALOGUES, SOURCES)
    for codes, kind in ((goods_codes.LOT_STATES, DonationLot), (goods_codes.ISSUE_STATES, GoodsIssue),
                        (goods_codes.ADJUSTMENT_STATES, StockAdjustment),
                        (goods_codes.GOODS_CAMPAIGN_STATES, GoodsCampaign),
                        (school_codes.SCHOOL_STATES, TermSchool),
                        (school_codes.REQUEST_STATES, PlacementRequest), (order_codes.CATALOGUE_STATES, Catalogue),
                        (order_codes.OFFER_STATES, Offer), (order_codes.ORDER_STATES, Order)):
        assert set(codes) == kind.machine.states
