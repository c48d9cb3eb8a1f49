"""What can be asked of jobs, and who may ask."""

from __future__ import annotations

from shared.contracts.fields import Empty
from shared.contracts.jobs import schemas as s
from shared.contracts.table import ask, change, create, listing
from shared.kernel.roles import Role

COUNSELLOR, WORKER = (Role.JOB_COUNSELLOR,), (Role.WORKER,)
READERS = (Role.JOB_COUNSELLOR, Role.WINDOW_CLERK, Role.GRASSROOTS_OFFICER, Role.COUNTY_REVIEWER,
           Role.CENTRE_DIRECTOR, Role.STATISTICIAN, Role.AUDITOR)
SEEKER, VACANCY, FAIR = "/job-seekers/<seeker_id>", "/vacancies/<vacancy_id>", "/job-fairs/<fair_id>"
INTENTION, PLACEMENT = "/intentions/<intention_id>", "/placements/<placement_id>"

SEEKERS = (
    create("register_job_seeker", "/job-seekers", "求职登记", "Register a job seeker", s.NewSeeker, s.Seeker,
           [*COUNSELLOR, Role.WINDOW_CLERK, *WORKER]),
    ask("get_job_seeker", SEEKER, "查看求职登记", "Read a job seeker", s.Seeker, [*READERS, *WORKER]),
    listing("list_job_seekers", "/job-seekers", "列出求职登记", "List job seekers", s.Seeker, [*READERS, *WORKER],
            query=s.SeekerQuery),
    change("close_job_seeker", f"{SEEKER}/close", "结束求职登记", "Close a registration", s.Reason, s.Seeker,
           [*COUNSELLOR, *WORKER]),
)

VACANCIES = (
    create("draft_vacancy", "/vacancies", "登记岗位", "Draft a vacancy", s.NewVacancy, s.Vacancy, COUNSELLOR),
    ask("get_vacancy", VACANCY, "查看岗位", "Read a vacancy", s.Vacancy, READERS),
    listing("list_vacancies", "/vacancies", "列出岗位", "List vacancies", s.Vacancy, READERS, query=s.VacancyQuery),
    change("verify_vacancy", f"{VACANCY}/verify", "核验岗位", "Verify the employer of a vacancy", Empty, s.Vacancy,
           COUNSELLOR),
    change("publish_vacancy", f"{VACANCY}/publish", "发布岗位", "Publish a vacancy", Empty, s.Vacancy, COUNSELLOR),
    change("close_vacancy", f"{VACANCY}/close", "关闭岗位", "Close a vacancy", s.Reason, s.Vacancy, COUNSELLOR),
    change("withdraw_vacancy", f"{VACANCY}/withdraw", "撤回岗位", "Withdraw a vacancy", s.Reason, s.Vacancy,
           COUNSELLOR),
)

FAIRS = (
    create("plan_job_fair", "/job-fairs", "计划招聘会", "Plan a job fair", s.NewFair, s.Fair, COUNSELLOR),
    ask("get_job_fair", FAIR, "查看招聘会", "Read a job fair", s.Fair, READERS),
    listing("list_job_fairs", "/job-fairs", "列出招聘会", "List job fairs", s.Fair, READERS, query=s.FairQuery),
    change("file_job_fair", f"{FAIR}/file", "招聘会备案", "File a job fair", s.FairFiling, s.Fair, COUNSELLOR),
    change("open_job_fair", f"{FAIR}/open", "开放招聘会", "Open a job fair", Empty, s.Fair, COUNSELLOR),
    change("hold_job_fair", f"{FAIR}/hold", "登记招聘会成果", "Enter what came of a job fair", s.FairCounts, s.Fair,
           COUNSELLOR),
    change("report_job_fair", f"{FAIR}/report", "报送招聘会情况", "Report a job fair", s.FairReport, s.Fair,
           COUNSELLOR),
    change("cancel_job_fair", f"{FAIR}/cancel", "取消招聘会", "Cancel a job fair", s.Reason, s.Fair, COUNSELLOR),
)

INTENTIONS = (
    create("record_intention", "/intentions", "登记求职意向", "Record an intention", s.NewIntention, s.Intention,
           COUNSELLOR),
    ask("get_intention", INTENTION, "查看求职意向", "Read an intention", s.Intention, [*READERS, *WORKER]),
    listing("list_intentions", "/intentions", "列出求职意向", "List intentions", s.Intention, [*READERS, *WORKER],
            query=s.IntentionQuery),
    change("invite_to_interview", f"{INTENTION}/interview", "安排面试", "Invite to an interview", Empty, s.Intention,
           COUNSELLOR),
    change("offer_post", f"{INTENTION}/offer", "发出录用意向", "Offer the post", Empty, s.Intention, COUNSELLOR),
    change("accept_offer", f"{INTENTION}/accept", "接受录用", "Accept the offer", Empty, s.Intention,
           [*COUNSELLOR, *WORKER]),
    change("decline_intention", f"{INTENTION}/decline", "放弃意向", "Decline", s.Reason, s.Intention,
           [*COUNSELLOR, *WORKER]),
)

PLACEMENTS = (
    create("report_placement", "/placements", "登记就业安置", "Report a placement", s.NewPlacement, s.Placement,
           [*COUNSELLOR, *WORKER]),
    ask("get_placement", PLACEMENT, "查看就业安置", "Read a placement", s.Placement, [*READERS, *WORKER]),
    listing("list_placements", "/placements", "列出就业安置", "List placements", s.Placement, [*READERS, *WORKER],
            query=s.PlacementQuery),
    change("onboard_worker", f"{PLACEMENT}/onboard", "登记上岗", "Enter the start of work", s.Onboarding, s.Placement,
           COUNSELLOR),
    change("confirm_placement", f"{PLACEMENT}/confirm", "确认就业", "Confirm a placement", s.Proof, s.Placement,
           COUNSELLOR),
    change("end_placement", f"{PLACEMENT}/end", "结束安置", "End a placement", s.PlacementEnd, s.Placement, COUNSELLOR),
)

OPERATIONS = SEEKERS + VACANCIES + FAIRS + INTENTIONS + PLACEMENTS
