"""What a hardship file (困难职工档案) holds. What it does stands in the files beside this one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from services.relief.domain.files.household import Member, opened
from services.relief.domain.files.refusals import AssetsDiffer, DeceasedInHousehold, FileReadOnly, HeadDeceased
from services.relief.domain.files.states import AFTER_APPROVAL, CLOSED, HARDSHIP_FILE, OPEN
from services.relief.domain.means.household import Household
from shared.kernel import deadlines
from shared.kernel.aggregate import Aggregate
from shared.kernel.money import total
from shared.kernel.org import division_of

#: `assets` None in newer facts: as they are
FACTS = ("income12_fen", "rigid", "accident_cost_fen", "vetoes", "assets")
SUBMISSION, SURVEY, ASSESSMENT = "提交 / submission", "入户调查 / survey", "认定 / assessment"


@dataclass(eq=False)
class FileRecord(Aggregate):
    """Amounts are fen of the last 12 months for the whole household; people are account ids. `assets` are the fields of
    `domain.means.facts.Assets`; None while nobody has said. `verifying_version`
    is that of the request which a report answers.

    `temporary_until` stays when a temporary file has become a lasting one.

    `form_text` and `home_text` are JSON, encrypted at rest. `link` says what
    the file before (`previous_file_id`) is to this one. While `paper_due_on` is set, paper and record differ.
    `facts_edition` counts the changes of who lives together and of their means, and the reviews that establish both
    anew: a means test of an earlier edition is not of the household as it is. `means_test_id` is the record that the
    grade rests on. To `banned_until`, that day included, its members cannot be filed again. `last_aid_on` is the last
    day on which relief reached a member.
    """

    machine = HARDSHIP_FILE

    id: str
    org_path: str
    file_no: str
    level: str
    head_worker_id: str
    main_cause: str
    drafted_by: str
    created_at: datetime
    members: list[Member] = field(default_factory=list)
    other_causes: list[str] = field(default_factory=list)
    income12_fen: int = 0
    rigid: dict[str, int] = field(default_factory=dict)
    accident_cost_fen: int = 0
    vetoes: list[str] = field(default_factory=list)
    authorisation_no: str | None = None
    authorised_on: date | None = None
    submitted_by: str | None = None
    survey_due_on: date | None = None
    surveyors: list[str] = field(default_factory=list)
    survey_notes: list[str] = field(default_factory=list)
    surveyed_on: date | None = None
    report_no: str | None = None
    report_hits: list[str] = field(default_factory=list)
    report_explanation: str | None = None
    grade: str | None = None
    proposed_grade: str | None = None
    grade_reason: str | None = None
    grade_document: str | None = None
    explanation_zh: list[str] = field(default_factory=list)
    explanation_en: list[str] = field(default_factory=list)
    assessed_by: str | None = None
    notice_place: str | None = None
    notice_until: date | None = None
    objection: str | None = None
    approved_by: str | None = None
    approved_on: date | None = None
    next_review_on: date | None = None
    review_reason: str | None = None
    reviewed_placements: list[str] = field(default_factory=list)
    exit_until: date | None = None
    exit_on: date | None = None
    reason: str | None = None
    state: str = "DRAFT"
    version: int = 1
    is_migrant: bool = False
    form_text: str | None = None
    home_text: str | None = None
    may_publish: bool = False
    noticed_on: date | None = None
    open_objections: int = 0
    approvals: list[dict[str, Any]] = field(default_factory=list)
    is_temporary: bool = False
    temporary_until: date | None = None
    suspended_until: date | None = None
    reviewed_on: date | None = None
    review_result: str | None = None
    changed_on: date | None = None
    paper_due_on: date | None = None
    is_paper_overdue: bool = False
    previous_file_id: str | None = None
    link: str | None = None
    merged_into_id: str | None = None
    watch_until: date | None = None
    relapse_flagged_on: date | None = None
    archive_until: date | None = None
    paper_no: str | None = None
    established_year: int | None = None
    source_document: str | None = None
    facts_edition: int = 1
    means_test_id: str | None = None
    banned_until: date | None = None
    exit_kind: str | None = None
    last_aid_on: date | None = None
    assets: dict[str, Any] | None = None
    verifying_version: int | None = None

    @property
    def rigid12_fen(self) -> int:
        return sum(self.rigid.values())

    @property
    def income12_per_head_fen(self) -> int:
        """Per-capita income (人均年收入) for people to read, down to the fen; means tests compare without dividing."""
        return self.income12_fen // len(self.members)

    @property
    def form(self) -> dict[str, Any] | None:
        return opened(self.form_text)

    @property
    def home(self) -> dict[str, Any] | None:
        return opened(self.home_text)

    @property
    def proposed_cancellation(self) -> str | None:
        """Why the file should be cancelled, or have another head: DEATH of its head."""
        is_dead = any(member.worker_id == self.head_worker_id and member.died_on for member in self.members)
        return "DEATH" if is_dead and self.state in OPEN else None

    @property
    def deceased(self) -> list[Member]:
        return [member for member in self.members if member.died_on]

    def require_all_living(self) -> None:
        """Raises HeadDeceased where the file cannot have another head any more, DeceasedInHousehold."""
        if self.proposed_cancellation and "change_household" not in self.machine.allowed(self.state):
            raise HeadDeceased
        if self.deceased:
            raise DeceasedInHousehold(member_ids=", ".join(member.id for member in self.deceased))

    def belongs_to(self, worker_id: str) -> bool:
        return any(member.worker_id == worker_id for member in self.members)

    def require_open(self) -> None:
        """Raises FileReadOnly: what is in the archive stays as it is."""
        if self.state not in OPEN:
            raise FileReadOnly(state=self.state)

    def set_facts(self, facts: Mapping[str, Any]) -> None:
        """Raises SumTooLarge."""
        rigid_total(facts["rigid"])
        held = {name: getattr(self, name) for name in FACTS}
        newer = {**facts, "assets": self._assets(facts)}
        if any(newer[name] != held[name] for name in FACTS):
            self._new_edition()
        self.income12_fen, self.rigid = facts["income12_fen"], dict(facts["rigid"])
        self.accident_cost_fen, self.vetoes = facts["accident_cost_fen"], list(facts["vetoes"])
        self.assets = newer["assets"]

    def require_assets(self, assets: Mapping[str, Any] | None) -> None:
        """That others found the same, or say nothing of them. Raises AssetsDiffer."""
        held = self.assets or {}
        differing = [name for name, value in (assets or {}).items() if held.get(name) != value]
        if differing:
            raise AssetsDiffer(pointer="/assets", fields=", ".join(differing))

    def _assets(self, facts: Mapping[str, Any]) -> dict[str, Any] | None:
        return self.assets if facts["assets"] is None else dict(facts["assets"])

    def household(self, facts: Mapping[str, Any] | None = None) -> Household:
        """The sums for a means test: of its facts, or of newer ones. Raises SumTooLarge."""
        f = facts or {name: getattr(self, name) for name in FACTS}
        return Household(len(self.members), f["income12_fen"], rigid_total(f["rigid"]), f["accident_cost_fen"],
                         tuple(f["vetoes"]), assets=self._assets(f))

    def rest_on(self, means_test_id: str) -> None:
        """The record of the test on which the grade was decided."""
        self.means_test_id = means_test_id

    def _new_edition(self) -> None:
        self.facts_edition += 1

    def _changed(self, on: date) -> None:
        """The content is another now: once approved, the paper file must follow within the days of D-25."""
        self.changed_on = on
        if self.state in AFTER_APPROVAL and self.paper_due_on is None:
            self.paper_due_on = self._due("D-25", on)

    def _close(self, reason: str | None, on: date) -> None:
        """The members are free for another file; this one is kept for the years of D-26."""
        if self.state not in CLOSED:
            raise AssertionError(self.state)
        self.reason, self.archive_until, self.changed_on = reason, self._due("D-26", on), on
        self.paper_due_on, self.is_paper_overdue = None, False
        for member in self.members:
            member.is_open = False

    def _due(self, code: str, on: date) -> date:
        return deadlines.due(code, on, division=division_of(self.org_path)).due_on

    def _tell(self, event: str, **data: Any) -> None:
        self.record(event, file_id=self.id, file_no=self.file_no, **data)


def rigid_total(rigid: Mapping[str, int]) -> int:
    """Rigid expenditure (刚性支出) of 12 months in fen. Raises SumTooLarge."""
    return total((f"/rigid/{kind}", fen) for kind, fen in rigid.items())
