"""Every separation of duty (职责分离) of the product, each tried: one account holds all roles, and is refused.

`everybody` could do any step; what keeps it from the second step of a matter is only that it did the first.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from shared.kernel.clock import today
from shared.runtime.demo import advance as f1
from shared.runtime.demo import legal_aid
from shared.runtime.demo.api import Person, Reply, until
from shared.runtime.demo.cast import DISTRICT, hire
from shared.runtime.demo.household import FILLED, member
from shared.runtime.demo.job_fair import FILE, MEANS
from tests.authorisation import (
    applications_duties,
    files_duties,
    funds_duties,
    goods_duties,
    membership_duties,
    mutual_aid_duties,
    payment_duties,
    platforms_duties,
)
from tests.authorisation.duty import NUMBERS, Duty, Setup
from tests.stage import Stage

TOP = Path(__file__).parents[2]
# -- relief: wage advances -------------------------------------------------------------------------------------


def dispute(stage: Stage) -> f1.Story:
    story = f1.Story(stage.cast, next(NUMBERS))
    f1.come_to_reception(story, 11)
    f1.open_case(story)
    f1.find_the_cause(story)
    return story


def proposed(stage: Stage, by: Person) -> f1.Story:
    """An advance that `by` asked for in mediation."""
    story = dispute(stage)
    by.changes(f"/v1/mediation/disputes/{story.dispute_id}", "wage-advances", {"total_fen": 100_000})
    found = until("the advance", lambda: stage.cast["R11"].reads(
        "/v1/relief/wage-advances", dispute_id=story.dispute_id)["items"])
    story.advance_id = found[0]["id"]
    return story


def path_of(story: f1.Story) -> str:
    return f"/v1/relief/wage-advances/{story.advance_id}"


def asked_for(stage: Stage) -> str:
    return path_of(proposed(stage, stage.everybody))


def asked_for_and_secured(stage: Stage) -> str:
    story = proposed(stage, stage.everybody)
    f1.approve_and_secure(story)
    return path_of(story)


def approved(stage: Stage) -> str:
    story = proposed(stage, stage.cast["R17"])
    stage.everybody.changes(path_of(story), "approve-emergency")
    return path_of(story)


def employer_payment_entered(stage: Stage) -> str:
    """The entry, below its advance."""
    path = path_of(proposed(stage, stage.cast["R17"]))
    claim_id = stage.everybody.reads(path)["lines"][0]["claim_id"]
    entered = stage.everybody.changes(path, "employer-payments", {
        "payments": [{"claim_id": claim_id, "amount_fen": 1}], "evidence_no": "DW-1"})
    return f"{path}/employer-payments/{entered['employer_payments'][0]['id']}"


def earlier_day_proposed(stage: Stage) -> str:
    story = proposed(stage, stage.cast["R17"])
    f1.approve_and_secure(story)
    stage.everybody.changes(path_of(story), "earlier-day", {
        "repay_due_on": str(today() + timedelta(days=1)), "reason": "登记有误"})
    return path_of(story)


def approved_and_secured(stage: Stage) -> str:
    story = proposed(stage, stage.cast["R17"])
    stage.everybody.changes(path_of(story), "approve-emergency")
    f1.on_advance(story, "R8", "undertaking", {"signer": "法定代表人", "signed_on": str(today()), "evidence_no": "YH-1",
                                               "repay_due_on": str(today())})
    return path_of(story)


def write_off_proposed(stage: Stage) -> str:
    """Of the advance that nobody repays."""
    found = stage.cast["R11"].reads("/v1/relief/wage-advances", state="OVERDUE")["items"][0]
    path = f"/v1/relief/wage-advances/{found['id']}"
    stage.cast["R8"].changes(path, "recovery", {"note": "申请支付令"})
    if not found["ratified_on"]:
        stage.everybody.changes(path, "ratify")
    stage.everybody.changes(path, "propose-write-off", {"reason": "企业破产", "evidence_no": "PC-1"})
    return path


def disbursement(stage: Stage) -> dict[str, str]:
    fund = stage.cast["R11"].does("/v1/relief/funds", {"source": "UNION", "name": "垫付资金"}, key="duties fund")
    return {"fund_id": fund["id"], "document_no": "FK-1"}


# -- relief: hardship files ------------------------------------------------------------------------------------


def file(stage: Stage, by: dict[str, Person]) -> str:
    """A file as far as its first survey signature, or as far as `by` names somebody for its steps."""
    number = next(NUMBERS)
    (worker,) = hire(stage.cast, None, range(800_000 + number, 800_001 + number))
    opened = by["draft"].does(FILE, {**MEANS, **FILLED, "head_worker_id": worker["id"], "level": "COUNTY",
                                     "org_path": DISTRICT, "main_cause": "NOT_EMPLOYED",
                                     "members": [member(worker["id"], "HEAD")]})
    path = f"{FILE}/{opened['id']}"
    if "submit" in by:
        by["submit"].changes(path, "submit", {"authorisation_no": f"SQ-{number}", "authorised_on": str(today()),
                                              "all_adults_signed": True})
    for step in ("survey", "second survey"):
        if step in by:
            by[step].changes(path, "survey", {**MEANS, "note": "入户核实"})
    if "assess" in by:
        stage.cast["R6"].changes(path, "request-verification")
        stage.cast["R20"].changes(path, "report", {"report_no": f"HD-{number}"})
        by["assess"].changes(path, "assess", {"grade": by["assess"].reads(f"{path}/means-test")["grade"]})
    return path


def file_of(**everybody_does: bool) -> Setup:
    """A file up to the last step named, where `everybody` does those that are true."""

    def made(stage: Stage) -> str:
        others = {"draft": stage.cast["R4"], "submit": stage.cast["R4"], "survey": stage.cast["R5"],
                  "second_survey": stage.cast.named("r5-second-surveyor"), "assess": stage.cast["R7"]}
        return file(stage, {name.replace("_", " "): stage.everybody if mine else others[name]
                            for name, mine in everybody_does.items()})

    return made


SURVEY = {**MEANS, "note": "入户核实"}


# -- legal -----------------------------------------------------------------------------------------------------


def aid(stage: Stage, by: Person) -> str:
    number = next(NUMBERS)
    (worker,) = hire(stage.cast, None, range(810_000 + number, 810_001 + number))
    case = by.does("/v1/legal/aid-cases", {"matter": "WAGE", "summary": "拖欠工资", "applicant_ids": [worker["id"]],
                                           "org_path": DISTRICT})
    return f"/v1/legal/aid-cases/{case['id']}"


def applied(stage: Stage) -> str:
    return aid(stage, stage.everybody)


def objected(applicant: str, decider: str) -> Setup:
    def made(stage: Stage) -> str:
        people = {"everybody": stage.everybody, "R1": stage.cast["R1"], "R15": stage.cast["R15"]}
        path = aid(stage, people[applicant])
        people[decider].changes(path, "refuse", {"reason": "不属于援助范围"})
        stage.cast["R1"].changes(path, "objection", {"reason": "属于欠薪"})
        return path

    return made


def mediated(stage: Stage) -> str:
    """An aid case whose dispute the only lawyer-to-be mediated."""
    story = legal_aid.fail(stage.cast, next(NUMBERS))
    found = until("the application", lambda: stage.cast["R15"].reads(
        "/v1/legal/aid-cases", dispute_id=story.dispute_id)["items"])[0]
    path = f"/v1/legal/aid-cases/{found['id']}"
    stage.cast["R15"].changes(path, "grant", {"basis": "EXEMPT_MIGRANT_WAGE"})
    return path


def lawyer_who_mediates(stage: Stage) -> dict[str, str]:
    """The mediator of the cases, entered as a lawyer too."""
    mine = stage.cast["R17"].reads("/v1/me")["id"]
    lawyer = stage.cast["R15"].does("/v1/legal/lawyers", {
        "name": "兼任律师", "account_id": mine, "licence_no": "13701202610000009", "duty_weekdays": [1]},
        key="a lawyer who mediates")
    return {"lawyer_id": lawyer["id"]}


def collective(stage: Stage) -> str:
    story = f1.Story(stage.cast, next(NUMBERS))
    f1.come_to_reception(story, 11)
    made = stage.cast["R17"].does("/v1/mediation/disputes", {
        "kind": "WAGE", "employer_id": story.employer["id"], "summary": "拖欠工资", "has_consent": True,
        "claimants": f1.roster(story.workers)})
    path = f"/v1/mediation/disputes/{made['id']}"
    stage.cast["R17"].changes(path, "representatives", {"worker_ids": [one["id"] for one in story.workers[:3]]})
    stage.cast["R17"].changes(path, "accept", {"employer_willing": True, "claimants_willing": True})
    return path


def mediator_and_duty_lawyer(stage: Stage) -> dict[str, str]:
    chief = stage.cast["R17"].reads("/v1/mediation/mediators", is_chief="true")["items"][0]
    return {"chief_mediator_id": chief["id"], "duty_lawyer_id": lawyer_who_mediates(stage)["lawyer_id"]}


# -- the door --------------------------------------------------------------------------------------------------


def myself(stage: Stage) -> str:
    return f"/v1/gateway/accounts/{stage.everybody.reads('/v1/me')['id']}"


def my_grant(stage: Stage) -> str:
    account = stage.everybody.reads(myself(stage))
    return f"{myself(stage)}/grants/{account['grants'][0]['id']}"


ADVANCES, HARDSHIP = "services.relief.domain.advances", "services.relief.domain.files"
ADVANCE = f"{ADVANCES}.wage_advance"
AID, DISPUTE, ACCOUNT = "services.legal.domain.aid", "services.mediation.domain.dispute", "gateway.accounts.domain"
REASON = {"reason": "自己办自己"}
#: the duties of a part that are tried in a file of its own: add its DUTIES here
ELSEWHERE: tuple[Duty, ...] = (
    *funds_duties.DUTIES, *payment_duties.DUTIES, *files_duties.DUTIES, *applications_duties.DUTIES,
    *platforms_duties.DUTIES, *mutual_aid_duties.DUTIES, *goods_duties.DUTIES,
    *membership_duties.DUTIES,
)
DUTIES = (
    *ELSEWHERE,
    Duty(f"{ADVANCE}.approve_emergency", "proposal", asked_for, "approve-emergency"),
    Duty(f"{ADVANCE}.approve", "proposal", asked_for, "approve"),
    Duty(f"{ADVANCE}.ratify", "proposal", asked_for_and_secured, "ratify"),
    Duty(f"{ADVANCE}.ratify", "approval", approved, "ratify"),
    Duty(f"{ADVANCE}.disburse", "proposal", asked_for_and_secured, "disburse", disbursement),
    Duty(f"{ADVANCE}.disburse", "approval", approved_and_secured, "disburse", disbursement),
    Duty(f"{ADVANCE}.confirm_write_off", "proposing it", write_off_proposed, "confirm-write-off"),
    Duty(f"{ADVANCES}.employer_payments.reverse", "entering it", employer_payment_entered, "reverse", REASON),
    Duty(f"{ADVANCES}.aftermath.confirm_earlier_day", "proposing it", earlier_day_proposed, "confirm-earlier-day"),
    Duty(f"{HARDSHIP}.applying.survey", "drafting", file_of(draft=True, submit=False), "survey", SURVEY),
    Duty(f"{HARDSHIP}.applying.survey", "submission", file_of(draft=False, submit=True), "survey", SURVEY),
    Duty(f"{HARDSHIP}.deciding.decide_grade", "survey",
         file_of(draft=False, submit=False, survey=True, second_survey=False), "assess", {"grade": "DEEP"}),
    Duty(f"{HARDSHIP}.deciding.decide_grade", "submission",
         file_of(draft=False, submit=True, survey=False, second_survey=False), "assess", {"grade": "DEEP"}),
    Duty(f"{HARDSHIP}.deciding.approve", "survey", file_of(draft=False, submit=False, survey=True), "approve"),
    Duty(f"{HARDSHIP}.deciding.approve", "submission", file_of(draft=False, submit=True), "approve"),
    Duty(f"{HARDSHIP}.deciding.approve", "assessment",
         file_of(draft=False, submit=False, survey=False, second_survey=False, assess=True), "approve"),
    Duty(f"{HARDSHIP}.leaving.confirm_exit", "assessment",
         file_of(draft=False, submit=False, survey=False, second_survey=False, assess=True), "confirm-exit"),
    Duty(f"{AID}._check_decider", "application", applied, "grant", {"basis": "EXEMPT_MIGRANT_WAGE"}),
    Duty(f"{AID}._check_decider", "application", applied, "grant-urgently", {"ground": "LIMITATION"}),
    Duty(f"{AID}._check_decider", "application", applied, "refuse", REASON),
    Duty(f"{AID}._check_reviewer", "decision", objected("R1", "everybody"), "objection/decide",
         {"is_upheld": False, "reason": "维持"}),
    Duty(f"{AID}._check_reviewer", "application", objected("everybody", "R15"), "objection/decide",
         {"is_upheld": False, "reason": "维持"}),
    Duty(f"{AID}.assign", "mediation", mediated, "lawyer", lawyer_who_mediates),
    Duty(f"{DISPUTE}._check_lawyer", "mediation", collective, "mediators", mediator_and_duty_lawyer),
    Duty(f"{ACCOUNT}.grant", "own account", myself, "grants", {"role": "R9", "org_path": DISTRICT}, "own-account"),
    Duty(f"{ACCOUNT}.check_reach", "own account", my_grant, "revoke", REASON, "own-account"),
    Duty(f"{ACCOUNT}.check_reach", "own account", myself, "disable", REASON, "own-account"),
    Duty(f"{ACCOUNT}.check_reach", "own account", myself, "enable", REASON, "own-account"),
    Duty(f"{ACCOUNT}.check_reach", "own account", myself, "reset-password", {"password": "another password"},
         "own-account"),
    Duty(f"{ACCOUNT}.check_reach", "own account", myself, "unlock", REASON, "own-account"),
)


@pytest.mark.parametrize("duty", DUTIES, ids=lambda duty: f"{duty.rule.split('.')[-1]} after {duty.first}, {duty.step}")
def test_one_person_may_not_do_both(stage: Stage, duty: Duty) -> None:
    path = duty.setup(stage)
    body = duty.body(stage) if callable(duty.body) else duty.body
    before = stage.everybody.reads(record_at(path))
    refused = attempt(stage.everybody, path, duty.step, body)
    assert (refused.status, refused.code) == (403, duty.code), refused.data
    assert stage.everybody.reads(record_at(path)) == before


def attempt(person: Person, path: str, step: str, body: Any) -> Reply:
    """The step with the record's present version; events may change it meanwhile."""
    for _ in range(5):
        reply = person.post(f"{path}/{step}", body, version=person.reads(record_at(path))["version"])
        if reply.status != 412:
            break
    return reply


def record_at(path: str) -> str:
    return path.partition("/grants/")[0].partition("/employer-payments/")[0]


def test_the_table_holds_every_separation_of_duty_there_is() -> None:
    """Whoever writes a new one must try it here, with each of the steps that stand in its way."""
    tried, rules = Counter(duty.rule for duty in DUTIES), dict(_rules())
    del rules["services.relief.domain.duty.different"]
    assert set(rules) == set(tried)
    assert {rule: (tried[rule], steps) for rule, steps in rules.items() if tried[rule] < steps} == {}


def _rules() -> Iterator[tuple[str, int]]:
    """The functions that refuse somebody for what they did before, by module, and how many steps each looks at."""
    for file_name in [*TOP.glob("services/*/*/**/*.py"), *TOP.glob("gateway/accounts/*.py")]:
        module = ".".join(file_name.relative_to(TOP).with_suffix("").parts)
        for node in ast.walk(ast.parse(file_name.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and _refuses(node):
                yield f"{module}.{node.name}", max(1, _steps(node))


def _steps(function: ast.FunctionDef) -> int:
    """Pairs that `different` is given: after who asks, and what for."""
    return sum(len(node.args) - 2 for node in ast.walk(function) if isinstance(node, ast.Call)
               and isinstance(node.func, ast.Name) and node.func.id == "different")


def _refuses(function: ast.FunctionDef) -> bool:
    parts = list(ast.walk(function))
    said = [node.func for node in parts if isinstance(node, ast.Call)]
    said += [node.exc for node in parts if isinstance(node, ast.Raise) and node.exc]
    return bool({"SamePerson", "OwnAccount", "different"} & {name.id for name in said if isinstance(name, ast.Name)})
