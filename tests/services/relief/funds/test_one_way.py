"""Money moves in one place only: whoever entered into a fund past the ledger's `post` would spend past the budget."""

from __future__ import annotations

import ast
from pathlib import Path

APPLICATION = Path(__file__).parents[4] / "services" / "relief" / "application"


def test_nobody_but_the_ledger_enters_into_a_fund() -> None:
    found = {f"{file.relative_to(APPLICATION)}:{node.lineno}" for file in APPLICATION.glob("**/*.py")
             if file.parent.name != "funds" for node in ast.walk(ast.parse(file.read_text("utf-8")))
             if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "post"}
    assert found == set(), "use services.relief.application.funds.ledger.post"
