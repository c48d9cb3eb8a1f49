"""A district's households tested one after the other, each with its explanation: the engine alone, no broker."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

from bench.machine import Machine
from bench.turns import Figure, Options
from services.relief.domain.means.codes import EXPENSES, INCOMES
from services.relief.domain.means.counting import run
from services.relief.domain.means.facts import facts_of
from services.relief.rules import means as means_rules

HOUSEHOLDS, GOAL_SECONDS = 11_853, 10.0
ON = date(2026, 5, 6)
PLACES = ("370202", "410402", "130502", "440703", "371083", "420102", "110101")


def measure(_machine: Machine, options: Options, _wanted: Callable[[str], bool]) -> list[Figure]:
    """`means_tests_11853_s`."""
    cases = households(HOUSEHOLDS)
    seconds = statistics.median(_turn(cases) for _ in range(options.rounds))
    more: dict[str, float | int | str] = {"households": HOUSEHOLDS, "rounds": options.rounds,
                                          "steps_mean": _steps(cases) / HOUSEHOLDS}
    return [Figure("means_tests_11853_s", seconds, "s", None, None, f"under {GOAL_SECONDS:g} s",
                   seconds < GOAL_SECONDS, more)]


def households(count: int) -> list[tuple[str, dict[str, Any]]]:
    """Invented households, the same every time: one to six persons, some with a bill, an accident, earlier relief."""
    dice = Random(11_853)
    return [(PLACES[n % len(PLACES)], _household(dice)) for n in range(count)]


def _household(dice: Random) -> dict[str, Any]:
    persons = [{"age": dice.randint(3, 85), "employment": dice.choice(("EMPLOYED", "NONE", "RETIRED"))}
               for _ in range(dice.randint(1, 6))]
    kinds = [kind for kind in INCOMES if kind != "IMPUTED_WAGE"]
    income = [{"kind": dice.choice(kinds), "amount_fen": dice.randint(0, 500_000), "months": dice.randint(1, 12),
               "person": number} for number in range(1, len(persons) + 1)]
    bills = [{"kind": dice.choice(list(EXPENSES)), "amount_fen": dice.randint(0, 4_000_000)}
             for _ in range(dice.randint(0, 3))]
    accident = {"kind": "TRAFFIC_ACCIDENT", "cost_fen": dice.randint(1, 9_000_000)} if dice.random() < 0.1 else None
    relief = {"UNION_LIVING": dice.randint(1, 1_200_000)} if dice.random() < 0.5 else {}
    return {"persons": persons, "income": income, "expenditure": bills, "accident": accident,
            "earlier_relief": relief, "assets": {"dwellings": dice.randint(0, 2)}}


def _turn(cases: list[tuple[str, dict[str, Any]]]) -> float:
    """From plain facts to the grade and its explanation, with the rules looked up for each household."""
    start = time.perf_counter()
    _steps(cases)
    return time.perf_counter() - start


def _steps(cases: list[tuple[str, dict[str, Any]]]) -> int:
    return sum(len(run(facts_of(facts), means_rules.standards().on(ON, place)).assessment.steps_zh)
               for place, facts in cases)
