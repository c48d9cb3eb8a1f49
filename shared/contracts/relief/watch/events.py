"""What relief tells of findings (比对发现).

The first versions named the codes and actions there were then. From the second on a code or an action is a text: more
of them need no new version, and who listens passes over those that it does not know. Only the newest version is told.
"""

from __future__ import annotations

from shared.contracts.fields import Choice, Day, Id, Strict, Text
from shared.contracts.relief.told import told
from shared.contracts.relief.watch.codes import SUBJECT_KINDS

FIRST_CODES = ("DUP-1", "DUP-2", "DUP-3", "DUP-4", "BLD-2", "BLD-3", "BLD-5", "BLD-6")
FIRST_ACTIONS = ("MERGED", "REVIEWED", "REDUCED", "RECOVERED", "HELPED_TO_APPLY", "FOLLOWED_UP", "INVITED")


class FindingToldV1(Strict):
    finding_id = Id(required=True)
    code = Choice(FIRST_CODES, required=True)


class FindingOpenedV1(FindingToldV1):
    subject_kind = Choice(SUBJECT_KINDS, required=True)
    subject_id = Id(required=True)
    period = Text(40, required=True)
    due_on = Day(required=True)


class FindingResolvedV1(FindingToldV1):
    action = Choice(FIRST_ACTIONS, required=True)


class FindingTold(Strict):
    finding_id = Id(required=True)
    code = Text(8, required=True)


class FindingOpened(FindingTold):
    subject_kind = Choice(SUBJECT_KINDS, required=True)
    subject_id = Id(required=True)
    period = Text(40, required=True)
    due_on = Day(required=True)


class FindingResolved(FindingTold):
    action = Text(20, required=True)


EVENTS = (
    told("finding_opened", FindingOpenedV1, "产生比对发现", "Finding opened", "PERSONAL"),
    told("finding_assigned", FindingToldV1, "发现已指派", "Finding assigned"),
    told("finding_confirmed", FindingToldV1, "发现已核实", "Finding confirmed"),
    told("finding_dismissed", FindingToldV1, "发现已排除", "Finding dismissed"),
    told("finding_resolved", FindingResolvedV1, "发现已处理", "Finding resolved"),
    told("finding_overdue", FindingToldV1, "发现逾期未处理(D-31)", "Finding overdue"),
    told("finding_opened", FindingOpened, "产生比对发现", "Finding opened", "PERSONAL", 2),
    told("finding_assigned", FindingTold, "发现已指派", "Finding assigned", version=2),
    told("finding_confirmed", FindingTold, "发现已核实", "Finding confirmed", version=2),
    told("finding_dismissed", FindingTold, "发现已排除", "Finding dismissed", version=2),
    told("finding_resolved", FindingResolved, "发现已处理", "Finding resolved", version=2),
    told("finding_overdue", FindingTold, "发现逾期未处理(D-31)", "Finding overdue", version=2),
)
