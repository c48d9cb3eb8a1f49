"""What households have had of a class, and that two who serve one household take turns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import timedelta

from sqlalchemy import func, select

from services.relief.adapters.goods import goods_households, goods_issues
from services.relief.adapters.goods_campaigns import goods_campaign_lines, goods_campaigns
from services.relief.adapters.orders import order_lines, orders
from services.relief.domain.goods.policy import GoodsRule
from services.relief.domain.orders.states import TAKING
from shared.kernel.clock import today
from shared.store.work import Work

LINE = goods_campaign_lines.c


def take_turns(work: Work, households: Collection[str], goods_class: str) -> None:
    """Hold the households' rows of a class until the commit, so that their limits are counted by one at a time. In one
    order, so that two who hold many wait for one another and never both."""
    rows = [{"household": household, "goods_class": goods_class, "served": 1} for household in sorted(households)]
    first = work.database.insert(goods_households).values(rows)
    work.session.execute(first.on_conflict_do_update(
        index_elements=["household", "goods_class"], set_={"served": goods_households.c.served + 1}))


def check_limit(work: Work, household: str, rule: GoodsRule, quantity: int) -> None:
    """Raises HouseholdLimit."""
    taken = taken_by(work, [household], rule)
    rule.check_limit(taken.get(household, 0), quantity)


def taken_by(work: Work, households: Collection[str], rule: GoodsRule) -> Mapping[str, int]:
    """What each household was issued or ordered within the days of the rule, and what a campaign has reserved for it;
    nobody else serves them until the commit."""
    take_turns(work, households, rule.goods_class)
    since = today() - timedelta(days=rule.days - 1)
    i, o, line = goods_issues.c, orders.c, order_lines.c
    issued = select(i.household, func.sum(i.quantity - i.returned)).where(
        i.household.in_(households), i.goods_class == rule.goods_class, i.issued_on >= since).group_by(i.household)
    ordered = select(o.household, func.sum(line.quantity)).join_from(order_lines, orders).where(
        o.household.in_(households), line.goods_class == rule.goods_class, line.lot_id.is_not(None),
        o.ordered_on >= since, o.state.in_(TAKING)).group_by(o.household)
    found = Counter(_promised(work, households, rule.goods_class))
    for query in (issued, ordered):
        found.update({household: int(quantity) for household, quantity in work.session.execute(query)})
    return found


def _promised(work: Work, households: Collection[str], goods_class: str) -> Mapping[str, int]:
    """What campaigns in kind keep for households. A package is the same for all of a campaign."""
    waiting = select(LINE.file_id, LINE.campaign_id).where(LINE.file_id.in_(households), LINE.state == "RESERVED")
    lines = work.session.execute(waiting).all()
    c, found = goods_campaigns.c, Counter[str]()
    of_them = select(c.id, c.package).where(c.id.in_({line.campaign_id for line in lines}))
    packages = {row.id: row.package for row in work.session.execute(of_them)}
    for line in lines:
        found[line.file_id] += sum(item["quantity"] for item in packages[line.campaign_id]
                                   if item["goods_class"] == goods_class)
    return found
