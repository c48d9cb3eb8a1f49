"""The record of a means test (测算记录) of a file: what was computed when, with which rules, and why. Append-only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from services.relief.domain.means.counting import Computed, run, run_sums
from services.relief.domain.means.facts import facts_of
from services.relief.domain.means.household import Household
from services.relief.domain.means.refusals import FactsForgotten
from services.relief.domain.means.standards import MeansStandard
from shared.kernel.aggregate import Aggregate
from shared.kernel.dated import Dated
from shared.kernel.ids import new_id
from shared.kernel.states import Machine

#: a record has one state and never leaves it
RECORD = Machine("COMPUTED", [])
ITEMS, SUMS = "ITEMS", "SUMS"
RULE_KINDS = {"CriteriaG1": "CRITERIA", "CriteriaG2": "CRITERIA", "Dibao": "DIBAO", "MinimumWage": "MINIMUM_WAGE"}
DAYS = ("effective_from", "effective_to")
#: what the sealed parts say once the file was destroyed (档案销毁): grade, sums and rules stay
NOTHING = "null"
FORGOTTEN = {"sealed_facts": NOTHING, "sealed_steps": json.dumps({
    "zh": ["档案已销毁,测算依据与说明不再保存"],
    "en": ["The file was destroyed: facts and explanation are kept no longer"]}, ensure_ascii=False)}


@dataclass(eq=False)
class MeansTest(Aggregate):
    """`sealed_facts` and `sealed_steps` are JSON, encrypted at rest: they tell of illness and disability.
    `facts_edition` is the file's when it was tested; 0 where that was not kept yet."""

    machine = RECORD

    id: str
    org_path: str
    file_id: str
    file_no: str
    head_worker_id: str
    tested_on: date
    tested_by: str
    basis: str
    grade: str
    generation: str
    persons: int
    income12_fen: int
    rigid12_fen: int
    dibao_fen: int
    certainty: str
    receives_dibao: bool | None
    rule_rows: list[dict[str, Any]]
    sealed_facts: str
    sealed_steps: str
    created_at: datetime
    facts_edition: int = 0
    state: str = "COMPUTED"
    version: int = 1

    def belongs_to(self, worker_id: str) -> bool:
        return self.head_worker_id == worker_id

    @property
    def is_forgotten(self) -> bool:
        return self.sealed_facts == NOTHING

    @property
    def facts(self) -> dict[str, Any] | None:
        """The declared facts; None where sums were tested, or the file was destroyed."""
        if self.basis == SUMS or self.is_forgotten:
            return None
        found = self._inputs()
        del found["earlier_relief"]
        return found

    @property
    def earlier_relief(self) -> list[dict[str, Any]]:
        return sums_of(self._inputs().get("earlier_relief", {}))

    @property
    def rules(self) -> list[dict[str, Any]]:
        """The rows of the rules that were used."""
        return [{**row, **{name: row[name] and date.fromisoformat(row[name]) for name in DAYS}}
                for row in self.rule_rows]

    @property
    def steps_zh(self) -> list[str]:
        return list(json.loads(self.sealed_steps)["zh"])

    @property
    def steps_en(self) -> list[str]:
        return list(json.loads(self.sealed_steps)["en"])

    def rerun(self, standard: MeansStandard) -> Computed:
        """The same inputs under a standard: the recorded one gives the recorded result. Raises FactsForgotten."""
        if self.is_forgotten:
            raise FactsForgotten(file_no=self.file_no)
        return Tested(self.basis, self._inputs(), standard).computed

    def _inputs(self) -> dict[str, Any]:
        return dict(json.loads(self.sealed_facts) or {})


@dataclass(frozen=True)
class Owner:
    """The file that a test is of."""

    file_id: str
    file_no: str
    org_path: str
    head_worker_id: str
    facts_edition: int


@dataclass(frozen=True)
class Tested:
    """Inputs of a basis (ITEMS or SUMS), and what they come to under a standard."""

    basis: str
    inputs: Mapping[str, Any]
    standard: MeansStandard

    @cached_property
    def computed(self) -> Computed:
        """Raises PersonUnknown."""
        if self.basis == ITEMS:
            return run(facts_of(self.inputs), self.standard)
        return run_sums(Household(**self.inputs["household"]), self.inputs["rigid"],
                        self.inputs.get("earlier_relief", {}), self.standard)


def tested_items(facts: Mapping[str, Any], standard: MeansStandard) -> Tested:
    """Structured facts, with `earlier_relief`."""
    return Tested(ITEMS, facts, standard)


def tested_sums(household: Household, rigid: Mapping[str, int], earlier_relief: Mapping[str, int],
                standard: MeansStandard) -> Tested:
    """The sums that a file holds; `rigid` are the parts of its rigid expenditure."""
    plain = {**vars(household), "vetoes": list(household.vetoes), "missing": list(household.missing)}
    return Tested(SUMS, {"household": plain, "rigid": dict(rigid), "earlier_relief": dict(earlier_relief)}, standard)


def record(owner: Owner, tested: Tested, on: date, by: str, at: datetime) -> MeansTest:
    """Keep what was tested."""
    found, standard = tested.computed.assessment, tested.standard
    h = found.household
    steps = json.dumps({"zh": found.steps_zh, "en": found.steps_en}, ensure_ascii=False)
    return MeansTest(
        new_id(), owner.org_path, owner.file_id, owner.file_no, owner.head_worker_id, on, by, tested.basis, found.grade,
        standard.generation, h.persons, h.income12_fen, h.rigid12_fen, standard.dibao_fen, standard.certainty,
        h.receives_dibao, [_kept(row) for row in standard.rows], json.dumps(tested.inputs, ensure_ascii=False), steps,
        at, owner.facts_edition)


def rule_row(row: Dated) -> dict[str, Any]:
    """A row of the rules as plain data."""
    return {"kind": RULE_KINDS[type(row).__name__], "jurisdiction": row.jurisdiction,
            "effective_from": row.effective_from, "effective_to": row.effective_to, "document": row.document,
            "certainty": row.certainty}


def _kept(row: Dated) -> dict[str, Any]:
    """The same as JSON."""
    plain = rule_row(row)
    return {**plain, **{name: plain[name] and plain[name].isoformat() for name in DAYS}}


def sums_of(by_kind: Mapping[str, int]) -> list[dict[str, Any]]:
    return [{"kind": kind, "amount_fen": fen} for kind, fen in sorted(by_kind.items())]
