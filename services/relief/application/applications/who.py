"""Who may approve how much (审批权限)."""

from __future__ import annotations

from services.relief.domain.applications.refusals import ApprovalTooHigh
from services.relief.rules.programmes import LIMITS
from shared.kernel.clock import today
from shared.kernel.money import format_yuan
from shared.kernel.org import division_of
from shared.kernel.roles import Role
from shared.store.work import Work

#: from the lowest to the highest
LADDER = (Role.CENTRE_DIRECTOR, Role.CHAIR, Role.LEADING_GROUP)


def require_level(work: Work, org_path: str, amount_fen: int, kind: str) -> None:
    """`kind` is approval (one household) or campaign (a whole list). Raises ApprovalTooHigh, naming the rule."""
    on, division = today(), division_of(org_path)
    limits = [LIMITS.row(f"{kind}.{name}", on, division) for name in ("director", "chair")]
    passed = [limit for limit in limits if amount_fen > limit.value]
    rank = len(passed)
    if not set(LADDER[rank:]) & set(work.caller.roles):
        needed = LADDER[rank]
        rule = passed[-1]
        raise ApprovalTooHigh(amount=format_yuan(amount_fen), needed=f"{needed.value} {needed.zh} / {needed.en}",
                              rule_zh=rule.zh, rule_en=rule.en, most=format_yuan(rule.value), document=rule.document)


def is_collective(work: Work) -> bool:
    """Whether the leading group decides."""
    return Role.LEADING_GROUP in work.caller.roles
