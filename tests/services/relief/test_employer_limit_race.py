"""Two funds pay one employer's workers at once: together no more than the employer may owe."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from services.relief.rules import advances as rules
from tests.services.desks import Desk
from tests.services.relief.samples import CASHIER, fund, get_fund
from tests.services.relief.test_races import TwoDesks, at_once, command, secured


def test_two_funds_together_stay_within_the_employers_limit(two: TwoDesks, desk: Callable[[str], Desk], tmp_path: Path,
                                                            monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = two
    limited = (rules.HERE / "wage_advance.yaml").read_text("utf-8").replace(
        "most_employer_fen: 100000000", "most_employer_fen: 300000")
    (tmp_path / "wage_advance.yaml").write_text(limited, "utf-8")
    monkeypatch.setenv("BANGFU_RULES", str(tmp_path))
    cases = [secured(one, desk("membership"), 200_000), secured(one, desk("membership"), 200_000)]
    _of_one_employer(one)
    money = [fund(one), fund(one)]
    answers = at_once([
        (desk_, command("disburse_wage_advance", CASHIER, {"fund_id": source["id"], "document_no": "D"}, case))
        for desk_, source, case in zip((one, other), money, cases, strict=True)])
    assert sorted(answer.status for answer in answers) == [200, 409]
    assert sum(get_fund(one, source["id"])["receivable_fen"] for source in money) == 200_000


def _of_one_employer(relief: Desk) -> None:
    """The two rosters are of one employer who has two sites."""
    with relief.database.write() as connection:
        connection.execute(text("UPDATE wage_advances SET employer_id = (SELECT min(employer_id) FROM wage_advances)"))
