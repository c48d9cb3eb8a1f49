"""The stories of the demonstration that need nothing but the cast, in the order in which they are told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shared.runtime.demo import (
    assistance,
    blind_spots,
    care,
    funds,
    goods,
    hardship_files,
    means,
    mutual_aid,
    payments,
    relief_case,
)
from shared.runtime.demo.cast import Cast

#: moves the centre's clock by days from today; 0 brings it back
Clock = Callable[[int], None]
#: the title, and the function that tells the story: the cast, the clock, and a number that tells its people apart
STORIES: tuple[tuple[str, Callable[[Cast, Clock, int], Any]], ...] = (
    ("F12 资金年度 a year of funds", funds.tell),
    ("困难职工档案管理 around hardship files", hardship_files.tell),
    ("家计调查与比对发现 means tests and findings", means.tell),
    ("部门名单与零就业家庭 blind spots: an agency's list, and a household without work", blind_spots.tell),
    ("F5 医疗救助和中秋慰问 relief for a household, and a festival", relief_case.tell),
    ("F5 名册代发 a list is paid", payments.tell),
    ("F7 医疗互助 mutual aid", mutual_aid.tell),
    ("F10 爱心超市 a care supermarket", care.tell),
    ("帮扶计划与结对 a plan and a pair", assistance.tell),
    ("F11 捐赠物资、入学名额和订单 / donated goods, a school place, an order", goods.tell),
)
