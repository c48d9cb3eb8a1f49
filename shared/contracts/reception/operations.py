"""What can be asked of reception, and who may ask."""

from __future__ import annotations

from shared.contracts.fields import Empty
from shared.contracts.reception import schemas as s
from shared.contracts.table import ask, change, create, listing
from shared.kernel.roles import Role

CLERK, CADRE, AGENT = Role.WINDOW_CLERK, Role.DUTY_CADRE, Role.HOTLINE_AGENT
DIRECTOR, WORKER = Role.CENTRE_DIRECTOR, Role.WORKER
#: the services' own people, who ask for documents and read what the visit was about
SERVICES = (Role.GRASSROOTS_OFFICER, Role.COUNTY_REVIEWER, Role.JOB_COUNSELLOR, Role.LEGAL_AID_OFFICER, Role.MEDIATOR)
READERS = (CLERK, CADRE, AGENT, DIRECTOR, WORKER, Role.CHAIR, Role.AUDITOR, *SERVICES)
ONE = "/visits/<visit_id>"

OPERATIONS = (
    create("register_visit", "/visits", "登记来访", "Register a visit", s.NewVisit, s.Visit,
           [CLERK, CADRE, AGENT, WORKER]),
    ask("get_visit", ONE, "查看来访", "Read a visit", s.Visit, READERS),
    listing("list_visits", "/visits", "列出来访", "List visits", s.VisitLine, READERS, query=s.VisitQuery),
    change("answer_on_spot", f"{ONE}/answer", "当场答复", "Answer on the spot", s.Reply, s.Visit, [CLERK, CADRE]),
    change("route_visit", f"{ONE}/route", "分流转办", "Route a visit to services", s.Routing, s.Visit, [CLERK, CADRE]),
    change("report_incident", f"{ONE}/incident", "上报群体性事件", "Report an incident", s.Incident, s.Visit,
           [CLERK, CADRE]),
    change("ask_for_documents", f"{ONE}/documents-request", "一次性告知补件", "Ask for missing documents, once",
           s.Documents, s.Visit, [CLERK, CADRE, *SERVICES]),
    change("submit_documents", f"{ONE}/documents", "补交材料", "Hand in the documents", Empty, s.Visit,
           [CLERK, CADRE, WORKER]),
    change("record_outcome", f"{ONE}/outcome", "代记办理结果", "Write down an outcome its service cannot tell",
           s.DeskOutcome, s.Visit, [CADRE, DIRECTOR]),
    change("close_visit", f"{ONE}/close", "办结", "Close a visit", s.Closing, s.Visit, [CLERK, DIRECTOR]),
    change("rate_visit", f"{ONE}/rating", "评价", "Rate a visit, also by call-back",
           s.Rating, s.Visit, [WORKER, AGENT]),
    change("reopen_visit", f"{ONE}/reopen", "重新办理", "Reopen a visit", s.Reopening, s.Visit, [DIRECTOR]),
    create("register_window", "/windows", "登记窗口", "Register a window", s.NewWindow, s.Window,
           [DIRECTOR, Role.SYSTEM_ADMIN]),
    listing("list_windows", "/windows", "列出窗口", "List windows", s.Window, [*READERS, Role.SYSTEM_ADMIN],
            query=s.WindowQuery),
    change("close_window", "/windows/<window_id>/close", "停用窗口", "Close a window", Empty, s.Window,
           [DIRECTOR, Role.SYSTEM_ADMIN]),
    change("open_window", "/windows/<window_id>/open", "启用窗口", "Open a closed window", Empty, s.Window,
           [DIRECTOR, Role.SYSTEM_ADMIN]),
)
