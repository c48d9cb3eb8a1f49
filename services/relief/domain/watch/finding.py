"""Finding (比对发现): a duplicate or a blind spot for people to look into, once for a subject and period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from services.relief.domain.watch.refusals import ActionUnfit, FindingNotYours
from services.relief.domain.watch.states import FINDING
from services.relief.domain.watch.wording import TEXTS, words
from shared.kernel import deadlines
from shared.kernel.aggregate import Aggregate
from shared.kernel.dated import Dated
from shared.kernel.ids import new_id
from shared.kernel.org import division_of

CODES = tuple(TEXTS)
SUBJECT_KINDS = ("FILE", "WORKER")
#: what can be done about each
ACTIONS = {
    "DUP-1": ("MERGED", "REVIEWED"),
    "DUP-2": ("REVIEWED", "REDUCED", "RECOVERED"),
    "DUP-3": ("REVIEWED", "REDUCED", "RECOVERED"),
    "DUP-4": ("REVIEWED", "REDUCED", "RECOVERED"),
    "FRD-1": ("REVIEWED", "RECOVERED"),
    "DEC-1": ("ENDED", "REVIEWED"),
    "BLD-1": ("HELPED_TO_APPLY", "INVITED", "REVIEWED"),
    "BLD-2": ("HELPED_TO_APPLY", "REVIEWED"),
    "BLD-3": ("FOLLOWED_UP", "REVIEWED"),
    "BLD-4": ("HELPED_INTO_WORK", "HELPED_TO_APPLY", "INVITED", "FOLLOWED_UP"),
    "BLD-5": ("INVITED", "FOLLOWED_UP"),
    "BLD-6": ("INVITED", "FOLLOWED_UP"),
}


@dataclass(frozen=True)
class Hit:
    """What a search came upon. `figures` fill the explanation; `rule` is the row whose threshold was passed."""

    code: str
    subject_kind: str
    subject_id: str
    org_path: str
    period: str
    figures: Mapping[str, Any]
    file_id: str | None = None
    worker_id: str | None = None
    rule: Dated | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What a finding is once for."""
        return self.code, self.subject_id, self.period


@dataclass(eq=False)
class Finding(Aggregate):
    """People are account ids; amounts in the explanation are yuan."""

    machine = FINDING

    id: str
    org_path: str
    finding_no: str
    code: str
    subject_kind: str
    subject_id: str
    period: str
    file_id: str | None
    worker_id: str | None
    explanation_zh: str
    explanation_en: str
    document: str | None
    certainty: str | None
    found_on: date
    due_on: date
    created_at: datetime
    figures: dict[str, Any] = field(default_factory=dict)
    is_overdue: bool = False
    assigned_to: str | None = None
    decided_by: str | None = None
    reason: str | None = None
    action: str | None = None
    note: str | None = None
    state: str = "OPEN"
    version: int = 1

    @classmethod
    def open(cls, hit: Hit, finding_no: str, on: date, at: datetime) -> Finding:
        """To be handled within the working days of D-31."""
        zh, en = words(hit.code, hit.figures)
        due_on = deadlines.due("D-31", on, division=division_of(hit.org_path)).due_on
        found = cls(new_id(), hit.org_path, finding_no, hit.code, hit.subject_kind, hit.subject_id, hit.period,
                    hit.file_id, hit.worker_id, zh, en, hit.rule.document if hit.rule else None,
                    hit.rule.certainty if hit.rule else None, on, due_on, at, dict(hit.figures))
        found._tell("finding_opened", subject_kind=hit.subject_kind, subject_id=hit.subject_id, period=hit.period,
                    due_on=due_on)
        return found

    def assign(self, account_id: str) -> None:
        """Somebody looks into it; also anew, when they do not come to it."""
        self.move("assign")
        self.assigned_to = account_id
        self._tell("finding_assigned")

    def confirm(self, reason: str, by: str) -> None:
        """Raises FindingNotYours."""
        self._require_assignee(by)
        self.move("confirm")
        self.decided_by, self.reason = by, reason
        self._tell("finding_confirmed")

    def dismiss(self, reason: str, by: str) -> None:
        """There is nothing to it, for this reason. Raises FindingNotYours."""
        self._require_assignee(by)
        self.move("dismiss")
        self.decided_by, self.reason = by, reason
        self._tell("finding_dismissed")

    def resolve(self, action: str, note: str, by: str) -> None:
        """What was done about it. Raises FindingNotYours, ActionUnfit."""
        self._require_assignee(by)
        if action not in ACTIONS[self.code]:
            raise ActionUnfit(pointer="/action", finding_code=self.code, allowed=", ".join(ACTIONS[self.code]))
        self.move("resolve")
        self.action, self.note = action, note
        self._tell("finding_resolved", action=action)

    def pass_due(self) -> None:
        """Its last day (D-31) is over: told once, nothing else changes."""
        self.is_overdue = True
        self.touch()
        self._tell("finding_overdue")

    def _require_assignee(self, by: str) -> None:
        if self.assigned_to not in (None, by):
            raise FindingNotYours(assigned_to=self.assigned_to)

    def _tell(self, event: str, **data: Any) -> None:
        self.record(event, finding_id=self.id, code=self.code, **data)
