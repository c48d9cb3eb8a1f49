"""What relief tells of assistance plans (帮扶计划) and pair-ups (结对帮扶)."""

from __future__ import annotations

from shared.contracts.fields import Choice, Day, Id, Strict, Text, Whole
from shared.contracts.relief.plans import codes
from shared.contracts.relief.told import told


class PlanTold(Strict):
    plan_id = Id(required=True)
    plan_no = Text(19, required=True)
    file_id = Id(required=True)


class PlanMade(PlanTold):
    steps = Whole(required=True)
    revises_id = Id(required=True, allow_none=True)


class StepSettled(PlanTold):
    step_id = Id(required=True)
    kind = Choice(codes.STEP_KINDS, required=True)
    tier = Choice(codes.TIERS, required=True)


class StepOverdue(PlanTold):
    step_id = Id(required=True)
    owner_id = Text(80, required=True)
    due_on = Day(required=True)


class PlanRevised(PlanTold):
    revised_by_id = Id(required=True)


class PairTold(Strict):
    pair_id = Id(required=True)
    pair_no = Text(19, required=True)
    file_id = Id(required=True)
    cadre_id = Text(80, required=True)


class PairMade(PairTold):
    from_on = Day(required=True)
    follows_id = Id(required=True, allow_none=True)


class PairContacted(PairTold):
    kind = Choice(codes.CONTACT_KINDS, required=True)
    contacted_on = Day(required=True)


class PairContactOverdue(PairTold):
    contact_due_on = Day(required=True)


class PairHandedOver(PairTold):
    followed_by_id = Id(required=True)


class PairEnded(PairTold):
    to_on = Day(required=True)


EVENTS = (
    told("assistance_plan_made", PlanMade, "帮扶计划已制定", "Assistance plan made"),
    told("assistance_plan_started", PlanTold, "帮扶计划已启动", "Assistance plan started"),
    told("assistance_step_done", StepSettled, "帮扶步骤已完成", "Step of a plan done"),
    told("assistance_step_dropped", StepSettled, "帮扶步骤已取消", "Step of a plan dropped"),
    told("assistance_step_overdue", StepOverdue, "帮扶步骤逾期", "Step of a plan overdue"),
    told("assistance_plan_achieved", PlanTold, "帮扶计划已达成", "Assistance plan achieved"),
    told("assistance_plan_revised", PlanRevised, "帮扶计划已修订", "Assistance plan revised"),
    told("assistance_plan_ended", PlanTold, "帮扶计划已终止", "Assistance plan ended"),
    told("pair_up_made", PairMade, "已结对", "Cadre and household paired"),
    told("pair_up_contacted", PairContacted, "结对已联系", "Pair in contact"),
    told("pair_up_contact_overdue", PairContactOverdue, "结对联系逾期", "Contact of a pair overdue"),
    told("pair_up_handed_over", PairHandedOver, "结对已交接", "Pair-up handed over"),
    told("pair_up_ended", PairEnded, "结对已结束", "Pair-up ended"),
)
