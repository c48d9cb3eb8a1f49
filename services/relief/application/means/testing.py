"""Means tests: figures to try, records of a file, and what another edition of the rules says."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from services.relief.adapters.means import means_tests
from services.relief.application.means.assessing import owner_of
from services.relief.application.means.earlier import relief_by_kind
from services.relief.domain.files.hardship_file import HardshipFile
from services.relief.domain.files.states import CLOSED
from services.relief.domain.means.comparing import differences
from services.relief.domain.means.counting import Computed, run
from services.relief.domain.means.facts import Assets, facts_of
from services.relief.domain.means.record import MeansTest, record, rule_row, sums_of, tested_items
from services.relief.domain.means.refusals import FileClosed, PersonsDiffer
from services.relief.rules import means as means_rules
from shared.kernel.clock import now, today
from shared.kernel.errors import DayInFuture
from shared.kernel.org import division_of
from shared.service.dispatch import Asked
from shared.store.reading import Reading
from shared.store.work import Work

OPTIONS = ("on", "division", "compare_on")


def try_means_test(work: Work, asked: Asked) -> dict[str, Any]:
    """For clerks and workers: what the figures would lead to. Nothing is kept."""
    body = asked.body
    facts = facts_of({name: value for name, value in body.items() if name not in OPTIONS})
    division = body["division"] or division_of(work.caller.org_path)
    on = body["on"] or today()
    result = run(facts, means_rules.standards().on(on, division))
    if body["compare_on"] is None:
        return {"result": _shown(result, on), "compared": None, "differences": []}
    other = run(facts, means_rules.standards().on(body["compare_on"], division))
    return _compared(result, on, other, body["compare_on"])


def record_means_test(work: Work, asked: Asked) -> MeansTest:
    """Assets are those of the file, if it knows them. Raises DayInFuture, FileClosed, PersonsDiffer, AssetsDiffer."""
    file = work.load(HardshipFile, asked.path["file_id"])
    facts = {name: value for name, value in asked.body.items() if name != "on"}
    on = asked.body["on"] or today()
    if on > today():
        raise DayInFuture(pointer="/on", day=str(on))
    if file.state in CLOSED:
        raise FileClosed(file_no=file.file_no)
    if len(facts["persons"]) != len(file.members):
        raise PersonsDiffer(pointer="/persons", given=len(facts["persons"]), members=len(file.members))
    if file.assets is not None:
        file.require_assets(facts["assets"])
    facts["assets"] = file.assets or facts["assets"] or asdict(Assets())
    facts["earlier_relief"] = relief_by_kind(work.session.connection(),
                                             [m.worker_id for m in file.members if m.worker_id], on)
    standard = means_rules.standards().on(on, division_of(file.org_path))
    return work.add(record(owner_of(file), tested_items(facts, standard), on, work.caller.account_id, now()))


def list_means_tests(reading: Reading, asked: Asked) -> dict[str, Any]:
    columns = means_tests.c
    where = [columns[name] == asked.query[name] for name in ("file_id", "grade") if name in asked.query]
    return reading.page(MeansTest, asked.query, sort=[columns.created_at, columns.tested_on], where=where,
                        worker=columns.head_worker_id)


def get_recorded_means_test(reading: Reading, asked: Asked) -> MeansTest:
    """It tells of illness and disability, so the trail keeps who read it."""
    test = reading.record(MeansTest, asked.path["test_id"])
    reading.note("get_recorded_means_test", "MeansTest", test.id, {"file_id": test.file_id})
    return test


def compare_means_test(reading: Reading, asked: Asked) -> dict[str, Any]:
    """The recorded inputs under the rules of the recorded day and under those of another."""
    test, other_on = reading.record(MeansTest, asked.path["test_id"]), asked.query.get("on") or today()
    reading.note("compare_means_test", "MeansTest", test.id, {"file_id": test.file_id, "on": str(other_on)})
    division, standards = division_of(test.org_path), means_rules.standards()
    return _compared(test.rerun(standards.on(test.tested_on, division)), test.tested_on,
                     test.rerun(standards.on(other_on, division)), other_on)


def _compared(one: Computed, on: date, other: Computed, other_on: date) -> dict[str, Any]:
    found = [{"figure": name, "was": _text(was), "other": _text(now_is)}
             for name, was, now_is in differences(one, other)]
    return {"result": _shown(one, on), "compared": _shown(other, other_on), "differences": found}


def _text(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def _shown(tested: Computed, on: date) -> dict[str, Any]:
    found, h = tested.assessment, tested.assessment.household
    return {"grade": found.grade, "generation": found.standard.generation, "on": on, "persons": h.persons,
            "income12_fen": h.income12_fen, "rigid12_fen": h.rigid12_fen, "net_fen": h.income12_fen - h.rigid12_fen,
            "dibao_fen": found.standard.dibao_fen, "line_fen": found.line_fen,
            "accident_cost_fen": h.accident_cost_fen, "vetoes": found.vetoes, "missing": h.missing,
            "income": sums_of(tested.income), "rigid": sums_of(tested.rigid),
            "certainty": found.standard.certainty, "rules": [rule_row(row) for row in found.standard.rows],
            "steps_zh": found.steps_zh, "steps_en": found.steps_en}
