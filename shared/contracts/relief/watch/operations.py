"""What can be asked of relief about the spread of its money and about findings, and who may ask."""

from __future__ import annotations

from shared.contracts.relief.watch import schemas as s
from shared.contracts.relief.who import AUDITOR, CHAIR, COUNTY, DIRECTOR, GROUP, OFFICER, TOWNSHIP
from shared.contracts.table import ask, change, listing
from shared.kernel.roles import Role

WATCHERS = (COUNTY, DIRECTOR, CHAIR, GROUP, AUDITOR)
HANDLERS = (OFFICER, TOWNSHIP, COUNTY, DIRECTOR)
FINDING = "/findings/<finding_id>"

OPERATIONS = (
    ask("get_spread", "/spread", "资金投放监测:节日集中、集中度、撒芝麻盐",
        "How money was spread over months and households", s.SpreadReport, (*WATCHERS, Role.STATISTICIAN),
        query=s.SpreadQuery),
    ask("get_spread_by_unit", "/spread/units", "分单位的资金投放监测", "The same for each unit below",
        s.SpreadByUnit, (*WATCHERS, Role.STATISTICIAN), query=s.SpreadQuery),
    ask("get_spread_by_household", "/spread/households", "各户所得", "Who got most, or least", s.SpreadByHousehold,
        WATCHERS, query=s.HouseholdsQuery),
    listing("list_findings", "/findings", "列出比对发现", "List findings", s.Finding, (*WATCHERS, OFFICER, TOWNSHIP),
            query=s.FindingQuery),
    ask("get_finding", FINDING, "查看比对发现", "Read a finding", s.Finding, (*WATCHERS, OFFICER, TOWNSHIP)),
    change("assign_finding", f"{FINDING}/assign", "指派核查人", "Say who looks into a finding",
           s.Assignment, s.Finding, [COUNTY, DIRECTOR]),
    change("confirm_finding", f"{FINDING}/confirm", "核实发现", "Confirm a finding", s.FindingReason, s.Finding,
           HANDLERS),
    change("dismiss_finding", f"{FINDING}/dismiss", "排除发现", "Dismiss a finding", s.FindingReason, s.Finding,
           HANDLERS),
    change("resolve_finding", f"{FINDING}/resolve", "登记处理结果", "Enter what was done about a finding",
           s.Resolution, s.Finding, HANDLERS),
)
