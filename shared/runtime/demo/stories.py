"""The stories of the demonstration that need nothing but the cast, in the order in which they are told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shared.runtime.demo import goods
from shared.runtime.demo.cast import Cast

#: moves the centre's clock by days from today; 0 brings it back
Clock = Callable[[int], None]
#: the title, and the function that tells the story: the cast, the clock, and a number that tells its people apart
STORIES: tuple[tuple[str, Callable[[Cast, Clock, int], Any]], ...] = (
    ("F11 捐赠物资、入学名额和订单 / donated goods, a school place, an order", goods.tell),
)
