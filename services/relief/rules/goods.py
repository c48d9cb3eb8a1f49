"""What holds for the classes of donated goods (捐赠物资分类规定)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from services.relief.domain.goods.policy import GoodsRule, GoodsRules
from shared.kernel import data
from shared.kernel.dated import files, rows_of
from shared.kernel.parameters import RULES_VARIABLE

HERE = Path(__file__).parent


def goods() -> GoodsRules:
    """The rules by class. Raises RuleTableError."""
    return _goods(files(HERE, "goods.yaml", RULES_VARIABLE))


@lru_cache(maxsize=4)
def _goods(stamps: tuple[data.Stamp, ...]) -> GoodsRules:
    return GoodsRules(rows_of(stamps, "goods", lambda entry: [GoodsRule(**entry)]))
