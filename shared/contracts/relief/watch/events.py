"""What relief tells of findings (比对发现)."""

from __future__ import annotations

from shared.contracts.fields import Choice, Day, Id, Strict, Text
from shared.contracts.relief.told import told
from shared.contracts.relief.watch.codes import ACTIONS, FINDING_CODES, SUBJECT_KINDS


class FindingTold(Strict):
    finding_id = Id(required=True)
    code = Choice(FINDING_CODES, required=True)


class FindingOpened(FindingTold):
    subject_kind = Choice(SUBJECT_KINDS, required=True)
    subject_id = Id(required=True)
    period = Text(40, required=True)
    due_on = Day(required=True)


class FindingResolved(FindingTold):
    action = Choice(ACTIONS, required=True)


EVENTS = (
    told("finding_opened", FindingOpened, "产生比对发现", "Finding opened", "PERSONAL"),
    told("finding_assigned", FindingTold, "发现已指派", "Finding assigned"),
    told("finding_confirmed", FindingTold, "发现已核实", "Finding confirmed"),
    told("finding_dismissed", FindingTold, "发现已排除", "Finding dismissed"),
    told("finding_resolved", FindingResolved, "发现已处理", "Finding resolved"),
    told("finding_overdue", FindingTold, "发现逾期未处理(D-31)", "Finding overdue"),
)
