"""F1, the ¥70,000 case (垫付欠薪): forty-three migrant workers, a delayed bank transfer, and an advance repaid.

Told step by step through the public API. Each function takes what the step before made and returns the record.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from shared.kernel.clock import today
from shared.runtime.demo.api import until
from shared.runtime.demo.cast import Cast, employ, hire

HEADCOUNT = 43
ADVANCE_FEN = 7_000_000
ENDOWMENT_FEN = 20_000_000


@dataclass
class Story:
    """What the case has made so far. `number` sets one telling apart from another."""

    cast: Cast
    number: int = 0
    advance_fen: int = ADVANCE_FEN
    employer: Any = None
    workers: list[Any] = field(default_factory=list)
    visit_id: str = ""
    dispute_id: str = ""
    advance_id: str = ""
    fund: Any = None

    def key(self, step: str) -> str:
        """The Idempotency-Key of a step: a story told again goes on where it broke off."""
        return f"demo advance {self.number} {step}"

    @property
    def first_person(self) -> int:
        return 1000 * (self.number + 1)

    @property
    def visit(self) -> Any:
        return self.cast["R1"].reads(f"/v1/reception/visits/{self.visit_id}")

    @property
    def dispute(self) -> Any:
        return self.cast["R17"].reads(f"/v1/mediation/disputes/{self.dispute_id}")

    @property
    def advance(self) -> Any:
        return self.cast["R11"].reads(f"/v1/relief/wage-advances/{self.advance_id}")


def claimed_fen(index: int) -> int:
    """What the worker at `index` claims: no two alike, 8,914,481 fen for forty-three."""
    return 180_000 + 1_300 * index + 7 * (index % 5)


def in_dispute(story: Story, step: str, body: Any = None) -> Any:
    """A command of the mediator on the case."""
    return story.cast["R17"].changes(f"/v1/mediation/disputes/{story.dispute_id}", step, body)


def on_advance(story: Story, role: str, step: str, body: Any = None) -> Any:
    """A command on the advance by somebody of that role."""
    return story.cast[role].changes(f"/v1/relief/wage-advances/{story.advance_id}", step, body)


def come_to_reception(story: Story, headcount: int = HEADCOUNT) -> Any:
    """The workers come; the clerk registers the group and reports the incident."""
    cast = story.cast
    story.employer = employ(cast, story.first_person, f"某建筑工程公司{story.number or ''}")
    story.workers = hire(cast, story.employer["id"], range(story.first_person, story.first_person + headcount))
    visit = cast["R1"].does("/v1/reception/visits", {
        "channel": "WINDOW", "headcount": headcount, "categories": ["WAGE_ARREARS", "MIGRANT_RIGHTS"],
        "representatives": [worker["id"] for worker in story.workers[:3]], "worker_id": story.workers[0]["id"],
        "summary": "农民工集体讨要拖欠工资,情绪激动,扬言堵路", "urgency": "URGENT"}, key=story.key("visit"))
    story.visit_id = visit["id"]
    return cast["R2"].changes(f"/v1/reception/visits/{visit['id']}", "incident", {
        "employer_id": story.employer["id"], "cause_hint": "BANK_TRANSFER_DELAY", "blocks_road": True})


def open_case(story: Story) -> Any:
    """Mediation has heard of the incident and opens the case with the whole roster."""
    cast = story.cast
    incident = until("the incident in mediation", lambda: cast["R17"].reads(
        "/v1/mediation/incidents", visit_id=story.visit_id)["items"])[0]
    dispute = cast["R17"].does("/v1/mediation/disputes", {
        "kind": "WAGE", "employer_id": story.employer["id"], "summary": "因银行转账延误拖欠两个月工资",
        "visit_id": story.visit_id, "incident_id": incident["id"], "knew_on": str(today() - timedelta(days=20)),
        "has_consent": True, "claimants": roster(story.workers)}, key=story.key("dispute"))
    story.dispute_id = dispute["id"]
    in_dispute(story, "representatives", {"worker_ids": [worker["id"] for worker in story.workers[:3]]})
    in_dispute(story, "accept", {"employer_willing": True, "claimants_willing": True})
    return assign(story)


def roster(workers: Sequence[Any]) -> list[dict[str, Any]]:
    """Each worker with a claim of their own."""
    start, end = today() - timedelta(days=80), today() - timedelta(days=20)
    return [{"worker_id": worker["id"], "claimed_fen": claimed_fen(index), "period_from": str(start),
             "period_to": str(end)} for index, worker in enumerate(workers)]


def assign(story: Story) -> Any:
    """A chief mediator and a duty lawyer, as a collective case needs."""
    return in_dispute(story, "mediators", {"chief_mediator_id": chief_mediator(story.cast)["id"],
                                           "duty_lawyer_id": duty_lawyer(story.cast)["id"]})


def chief_mediator(cast: Cast) -> Any:
    """The one there is, or a new one."""
    known = cast["R17"].reads("/v1/mediation/mediators", is_chief="true")["items"]
    return known[0] if known else cast["R8"].does("/v1/mediation/mediators", {
        "name": "原区法院退休老庭长", "account_id": cast["R17"].reads("/v1/me")["id"], "is_chief": True},
        key="demo chief mediator")


def duty_lawyer(cast: Cast) -> Any:
    """The lawyer of the roster."""
    known = cast["R15"].reads("/v1/legal/lawyers")["items"]
    return known[0] if known else cast["R15"].does("/v1/legal/lawyers", {
        "name": "值班律师", "account_id": cast["R16"].reads("/v1/me")["id"], "licence_no": "13701202610000001",
        "duty_weekdays": [1, 2, 3, 4, 5]}, key="demo lawyer")


def find_the_cause(story: Story) -> Any:
    """The session finds that a bank transfer is late; the employer acknowledges every claim."""
    return in_dispute(story, "sessions", {
        "held_on": str(today()), "minutes": "厂方出示银行付款凭证,款项因转账延误未到账;双方对工资数额无异议。",
        "cause": "BANK_TRANSFER_DELAY", "wages_undisputed": True, "short_term_inability": True,
        "employer_acknowledges_fen": sum(claimed_fen(index) for index in range(len(story.workers)))})


def ask_for_the_advance(story: Story, total_fen: int | None = None) -> Any:
    """Mediation asks; relief proposes what was asked for."""
    in_dispute(story, "wage-advances", {"total_fen": total_fen or story.advance_fen})
    found = until("the advance in relief", lambda: story.cast["R11"].reads(
        "/v1/relief/wage-advances", dispute_id=story.dispute_id, state="PROPOSED")["items"])[0]
    story.advance_id = found["id"]
    return found


def endow(story: Story, source: str = "UNION", amount_fen: int = ENDOWMENT_FEN) -> Any:
    """A fund with money in it."""
    cast, key = story.cast, f"{story.key('fund')} {source}"
    fund = cast["R11"].does("/v1/relief/funds", {"source": source, "name": f"帮扶资金 {source} {story.number}"},
                            key=key)
    if amount_fen:
        cast["R11"].does(f"/v1/relief/funds/{fund['id']}/receipts",
                         {"amount_fen": amount_fen, "receipt_no": f"SJ-{source}-{story.number}"}, key=f"{key} receipt")
    return cast["R11"].reads(f"/v1/relief/funds/{fund['id']}")


def approve_and_secure(story: Story) -> Any:
    """The chair approves as an emergency; the employer undertakes to repay when the bank's money arrives."""
    on_advance(story, "R9", "approve-emergency")
    return on_advance(story, "R8", "undertaking", {
        "signer": "公司法定代表人", "signed_on": str(today()), "repay_due_on": str(today() + timedelta(days=10)),
        "evidence_no": f"YH-{story.number}", "assignment_no": f"ZR-{story.number}"})


def disburse(story: Story) -> Any:
    """The cashier pays each worker's own account from union money; mediation hears of it."""
    story.fund = endow(story)
    paid = on_advance(story, "R11", "disburse", {"fund_id": story.fund["id"], "document_no": f"FK-{story.number}"})
    until("the claims marked as advanced", lambda: all(
        claim["advance_state"] == "DISBURSED" for claim in story.dispute["claims"]))
    return paid


def agree(story: Story) -> Any:
    """The employer will repay the union, and pay the workers what the advance left open."""
    claims = sum(claimed_fen(index) for index in range(len(story.workers)))
    due = str(today() + timedelta(days=10))
    rest = [{"kind": "PAY_WORKERS", "amount_fen": claims - story.advance_fen, "due_on": due}]
    return in_dispute(story, "agreement", {
        "obligations": [{"kind": "REPAY_UNION", "amount_fen": story.advance_fen, "due_on": due}, *rest],
        "signatures": [{"party": party, "signed_on": str(today())}
                       for party in ("EMPLOYER", "CLAIMANTS", "MEDIATOR", "ORGANISATION_SEAL")],
        "effective_on": str(today()), "represented_consent": True})


def repay(story: Story, amount_fen: int, number: int) -> Any:
    """A part of the money comes back."""
    return on_advance(story, "R11", "repayments",
                      {"amount_fen": amount_fen, "receipt_no": f"HK-{story.number}-{number}"})


def pay_the_rest(story: Story) -> Any:
    """The employer pays the workers what is still open."""
    (rest,) = [o for o in story.dispute["obligations"] if o["kind"] == "PAY_WORKERS"]
    return in_dispute(story, "performances", {"obligation_id": rest["id"], "amount_fen": rest["amount_fen"],
                                              "done_on": str(today()), "evidence": f"银行代发清单 {story.number}"})


def close_and_rate(story: Story) -> Any:
    """Performed, closed, the visit answered and closed; a representative rates it."""
    cast = story.cast
    until("the case performed", lambda: story.dispute["state"] == "PERFORMED")
    in_dispute(story, "close")
    until("the visit answered", lambda: story.visit["state"] == "ANSWERED")
    visit = f"/v1/reception/visits/{story.visit_id}"
    cast["R1"].changes(visit, "close", {"reply": "工资已垫付并足额归还,协议履行完毕。"})
    worker = cast.worker_account(story.workers[0]["id"], story.first_person)
    return worker.changes(visit, "rating", {"result_score": 5, "attitude_score": 5, "comment": "感谢工会"})


def tell(cast: Cast, number: int = 0, headcount: int = HEADCOUNT, advance_fen: int = ADVANCE_FEN) -> Story:
    """The whole case. `advance_fen` may not be above what `headcount` workers claim."""
    story = Story(cast, number, advance_fen)
    come_to_reception(story, headcount)
    open_case(story)
    find_the_cause(story)
    ask_for_the_advance(story)
    approve_and_secure(story)
    disburse(story)
    agree(story)
    first_part = advance_fen * 3 // 7
    repay(story, first_part, 1)
    repay(story, advance_fen - first_part, 2)
    pay_the_rest(story)
    close_and_rate(story)
    return story
