"""What can be asked of relief about assistance plans (帮扶计划) and pair-ups (结对帮扶), and who may ask."""

from __future__ import annotations

from shared.contracts.fields import Empty
from shared.contracts.relief.plans import schemas as s
from shared.contracts.relief.who import AUDITOR, CHAIR, COUNTY, DIRECTOR, OFFICER, TOWNSHIP, WORKER
from shared.contracts.table import ask, change, create, listing
from shared.kernel.roles import Role

MAKERS = (OFFICER, COUNTY, DIRECTOR)
READERS = (*MAKERS, TOWNSHIP, CHAIR, AUDITOR, Role.DUTY_CADRE)
#: whoever may be a cadre of a pair, and those who keep the records for them
CADRES = (Role.DUTY_CADRE, OFFICER, COUNTY, DIRECTOR, CHAIR)
PLAN, PAIR = "/assistance-plans/<plan_id>", "/pair-ups/<pair_id>"
STEP = f"{PLAN}/steps/<step_id>"

OPERATIONS = (
    create("make_assistance_plan", "/assistance-plans", "制定帮扶计划", "Make an assistance plan",
           s.NewPlan, s.AssistancePlan, MAKERS),
    ask("get_assistance_plan", PLAN, "查看帮扶计划", "Read an assistance plan", s.AssistancePlan, (*READERS, WORKER)),
    listing("list_assistance_plans", "/assistance-plans", "列出帮扶计划", "List assistance plans", s.AssistancePlan,
            (*READERS, WORKER), query=s.PlanListQuery),
    change("start_assistance_plan", f"{PLAN}/start", "启动帮扶计划", "Start a plan", Empty, s.AssistancePlan, MAKERS),
    change("add_plan_step", f"{PLAN}/steps", "增加帮扶步骤", "Add a step", s.NewStep, s.AssistancePlan, MAKERS),
    change("finish_plan_step", f"{STEP}/finish", "完成帮扶步骤", "Finish a step", s.StepDone, s.AssistancePlan, MAKERS),
    change("drop_plan_step", f"{STEP}/drop", "取消帮扶步骤", "Drop a step", s.PlanReason, s.AssistancePlan, MAKERS),
    change("achieve_assistance_plan", f"{PLAN}/achieve", "认定计划达成", "The plan is achieved",
           s.PlanOutcome, s.AssistancePlan, [DIRECTOR]),
    change("revise_assistance_plan", f"{PLAN}/revise", "修订帮扶计划", "Revise a plan",
           s.PlanRevision, s.AssistancePlan, MAKERS),
    change("end_assistance_plan", f"{PLAN}/end", "终止帮扶计划", "End a plan",
           s.PlanReason, s.AssistancePlan, [DIRECTOR]),
    ask("get_referral_figures", "/referral-figures", "转介统计(协助纳入低保等)",
        "How many households were referred, for example into dibao, and what came of it", s.ReferralFigures,
        (*READERS, Role.STATISTICIAN), query=s.ReferralQuery),
    create("make_pair_up", "/pair-ups", "结对帮扶", "Pair a cadre with a household", s.NewPairUp, s.PairUp,
           [COUNTY, DIRECTOR]),
    ask("get_pair_up", PAIR, "查看结对", "Read a pair-up", s.PairUp, READERS),
    listing("list_pair_ups", "/pair-ups", "列出结对", "List pair-ups", s.PairUpRow, READERS, query=s.PairUpQuery),
    change("record_pair_contact", f"{PAIR}/contacts", "登记联系记录", "Record a contact",
           s.NewContact, s.PairUp, CADRES),
    change("hand_over_pair_up", f"{PAIR}/hand-over", "交接结对", "Hand a household over to another cadre",
           s.HandOver, s.PairUp, [COUNTY, DIRECTOR]),
    change("end_pair_up", f"{PAIR}/end", "结束结对", "End a pair-up", s.PairEnd, s.PairUp, [COUNTY, DIRECTOR]),
)
