"""What can be asked of reporting, and who may ask."""

from __future__ import annotations

from shared.contracts.reporting import schemas as s
from shared.contracts.table import ask, listing
from shared.kernel.roles import Role

READERS = (Role.STATISTICIAN, Role.CENTRE_DIRECTOR, Role.CHAIR, Role.AUDITOR)

OPERATIONS = (
    ask("get_summary", "/summary", "查看统计汇总", "Read what a period came to", s.Summary, READERS,
        query=s.SummaryQuery),
    listing("list_facts", "/facts", "列出统计事实", "List the counted events behind the figures", s.Fact,
            [Role.STATISTICIAN, Role.AUDITOR], query=s.FactQuery),
)
