"""Who must approve a file of each level (审批权限): dated rows, see rules/file_approvals.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from services.relief.domain.files.refusals import ApproverRole, OutsideNumberMissing
from shared.kernel.dated import Dated, RuleGap, in_force
from shared.kernel.roles import Role

ROLES = {str(role): role for role in Role}


@dataclass(frozen=True, kw_only=True)
class ApprovalRule(Dated):
    """`steps` are roles in the order in which they approve; with `needs_outside_no` the last records the number under
    which the level above has approved."""

    level: str
    steps: tuple[str, ...]
    needs_outside_no: bool

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.steps or any(step not in ROLES for step in self.steps):
            raise ValueError(f"steps {self.steps!r}")

    @property
    def series(self) -> str:
        return self.level

    def check_step(self, done: int, roles: Sequence[str], outside_no: str | None) -> bool:
        """Whether the next approval is the last. Raises ApproverRole, OutsideNumberMissing."""
        wanted, is_last = ROLES[self.steps[done]], done + 1 == len(self.steps)
        if wanted not in roles:
            raise ApproverRole(step=done + 1, steps=len(self.steps), role_zh=wanted.zh, role_en=wanted.en,
                               document=self.document)
        if is_last and self.needs_outside_no and not outside_no:
            raise OutsideNumberMissing(pointer="/outside_no", level=self.level)
        return is_last


class ApprovalRules:
    """All rules."""

    def __init__(self, rows: Iterable[ApprovalRule]) -> None:
        self._rows = list(rows)

    def on(self, day: date, division: str, level: str) -> ApprovalRule:
        """The rule in force. RuleGap when there is none."""
        found = in_force([row for row in self._rows if row.level == level], day, division)
        if found is None:
            raise RuleGap(f"file_approvals: no rule for {level} on {day} in {division}")
        return found
