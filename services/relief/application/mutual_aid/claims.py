"""Claims on mutual aid: filed, checked, submitted; decided here or by the scheme of a higher union."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from services.relief.adapters.mutual_aid import mutual_aid_claims, mutual_aid_enrolments, mutual_aid_participants
from services.relief.application.applications import by_file, needs, payment_caps
from services.relief.application.mutual_aid.borne import is_whole
from services.relief.application.payments.reserving import release, reserve
from services.relief.domain.applications.programme import CENTRAL_SET
from services.relief.domain.mutual_aid.claim import MutualAidClaim
from services.relief.domain.mutual_aid.enrolment import Enrolment
from services.relief.domain.mutual_aid.plan import Plan
from services.relief.domain.mutual_aid.refusals import BillClaimed, ClaimedAlready, InPayment, NotCovered
from services.relief.domain.mutual_aid.states import COVERING, GRANTED, STANDING
from services.relief.domain.payments.line import Due
from services.relief.rules.tiers import tier_of
from shared.kernel.clock import now, today
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from shared.service.dispatch import Asked
from shared.store.reading import Reading
from shared.store.work import Work

KIND, PART = "MutualAidClaim", "benefit"
C, P = mutual_aid_claims.c, mutual_aid_participants.c


def file_mutual_aid_claim(work: Work, asked: Asked) -> MutualAidClaim:
    held = _participation(work, asked.body)
    plan = work.load(Enrolment, held.enrolment_id).edition
    known = {name: value for name, value in asked.body.items() if name not in ("plan", "worker_id")}
    claim = MutualAidClaim(
        new_id(), held.org_path, work.next_number("LP", held.org_path), plan.plan, held.enrolment_id, held.id,
        held.worker_id, held.shares, held.starts_on, held.is_waiting_waived, **known, is_external=plan.is_external,
        filed_by=work.caller.account_id, created_at=now(), tier=tier_of("MUTUAL_AID_CLAIM", held.org_path))
    _hold_event(work, claim, plan)
    _count_granted(work, claim, plan)
    claim.file(plan, today())
    return work.add(claim)


def _participation(work: Work, body: Any) -> Any:
    """The participation that covers the day of the diagnosis, held until the commit so that claims take turns.

    Raises NotCovered.
    """
    e = mutual_aid_enrolments.c
    covering = select(mutual_aid_participants).join(mutual_aid_enrolments, e.id == P.enrolment_id).where(
        P.plan == body["plan"], P.worker_id == body["worker_id"], P.starts_on <= body["diagnosed_on"],
        P.ends_on >= body["diagnosed_on"], e.state.in_(COVERING), is_whole())
    found = work.session.execute(covering.with_for_update(of=mutual_aid_participants)).first()
    if found is None or not work.caller.covers(found.org_path):
        raise NotCovered(pointer="/diagnosed_on", diagnosed_on=str(body["diagnosed_on"]), plan=body["plan"])
    return found


def _hold_event(work: Work, claim: MutualAidClaim, plan: Plan) -> None:
    """No other standing claim of the worker is for the same. Two that race meet in the table's key; the later one
    looks again and is refused. Raises BillMissing, BillClaimed, ClaimedAlready."""
    claim.event_key = needs.hashed(claim.event(plan))
    standing = work.all(select(MutualAidClaim).where(
        C.plan == claim.plan, C.worker_id == claim.worker_id, C.state.in_(STANDING)).order_by(C.created_at, C.id))
    same = next((one for one in standing if one.is_for_the_same(claim, plan)), None)
    if same and plan.family == "F1":
        raise ClaimedAlready(claim_no=same.claim_no)
    if same:
        raise BillClaimed(pointer="/bill_no", claim_no=same.claim_no)


def _count_granted(work: Work, claim: MutualAidClaim, plan: Plan) -> None:
    """What the term has granted others of the worker's claims; what is only filed holds nothing."""
    others = (C.participant_id == claim.participant_id, C.id != claim.id, C.state.in_(GRANTED))
    granted = work.session.execute(select(func.coalesce(func.sum(C.approved_fen), 0).label("fen"),
                                          func.coalesce(func.sum(C.days), 0).label("days")).where(*others)).one()
    claim.count_granted(plan, int(granted.fen), int(granted.days))


def get_mutual_aid_claim(reading: Reading, asked: Asked) -> MutualAidClaim:
    """An illness is told: whoever but the worker reads it is kept in the audit."""
    claim = reading.record(MutualAidClaim, asked.path["claim_id"])
    if not reading.caller.worker_id:
        reading.note("read of an illness", KIND, claim.id, {"purpose": "理赔办理 / handling the claim"})
    return claim


def list_mutual_aid_claims(reading: Reading, asked: Asked) -> dict[str, Any]:
    where = [C[name] == asked.query[name] for name in ("plan", "state", "worker_id", "enrolment_id", "tier")
             if name in asked.query]
    return reading.page(MutualAidClaim, asked.query, sort=[C.created_at, C.paid_fen, C.claim_no], where=where,
                        worker=C.worker_id)


def get_claim_computation(reading: Reading, asked: Asked) -> dict[str, Any]:
    claim = reading.record(MutualAidClaim, asked.path["claim_id"])
    enrolment = reading.session.get(Enrolment, claim.enrolment_id)
    if enrolment is None:
        raise NotFound(id=claim.enrolment_id)
    plan = enrolment.edition
    found = claim.computation(plan)
    return {"claim_id": claim.id, "amount_fen": found.amount_fen, "document": plan.document,
            "jurisdiction": plan.jurisdiction, "effective_from": plan.effective_from, "certainty": plan.certainty,
            "steps_zh": found.steps_zh, "steps_en": found.steps_en}


def check_claim_documents(work: Work, asked: Asked) -> MutualAidClaim:
    claim = _target(work, asked)
    claim.check_docs(_plan_of(work, claim), asked.body["documents"], work.caller.account_id)
    return claim


def submit_mutual_aid_claim(work: Work, asked: Asked) -> MutualAidClaim:
    claim = _target(work, asked)
    claim.submit(today())
    return claim


def approve_mutual_aid_claim(work: Work, asked: Asked) -> MutualAidClaim:
    """Computed again from what the term has granted by now; the money is reserved for the worker, and a payment batch
    takes it from there. Raises what the source of the money asks of the household too: SourceNotForFile, NotAMember,
    PaymentAboveCap."""
    body, source = asked.body, by_file.source_of(work, asked.body["fund_id"])
    rows = work.peek(select(C.worker_id).where(C.id == asked.path["claim_id"])) if source else []
    told = by_file.told_of(work, source, [row.worker_id for row in rows])
    claim = _target(work, asked)
    plan = _plan_of(work, claim)
    purpose = plan.purpose
    _take_turns(work, claim)
    _count_granted(work, claim, plan)
    amount_fen = claim.approve(body["fund_id"], body["document_no"], work.caller.account_id, today(), plan)
    _require_household(work, claim, purpose, source, told)
    due = Due(KIND, claim.id, PART, "WORKER", claim.worker_id, amount_fen, body["document_no"],
              tier=claim.tier)
    reserve(work, body["fund_id"], purpose, [due],
            is_collective=Role.LEADING_GROUP in work.caller.roles)
    return claim


def _take_turns(work: Work, claim: MutualAidClaim) -> None:
    """Hold the participation until the commit: of two approvals the later one sees what the first has granted."""
    work.session.execute(select(P.id).where(P.id == claim.participant_id).with_for_update())


def _require_household(work: Work, claim: MutualAidClaim, purpose: str, source: str | None,
                       told: by_file.Told) -> None:
    """Raises SourceNotForFile, NotAMember, PaymentAboveCap."""
    if source is None:  # no such fund, which `reserve` tells
        return
    look = by_file.inside(work)
    file_id = by_file.active_files(look, [claim.worker_id]).get(claim.worker_id)
    by_file.require(look, source, claim.org_path, by_file.Recipient(claim.worker_id, file_id), told)
    if source != CENTRAL_SET or file_id is None:
        return
    payment = payment_caps.Payment(claim.worker_id, file_id, claim.approved_fen or 0,
                                   {"own_paid_fen": claim.own_paid_fen})
    asked = payment_caps.Asked(purpose, claim.org_path, (CENTRAL_SET,))
    for refusal in payment_caps.refusals(look, asked, {claim.id: payment}).values():
        raise refusal


def decline_mutual_aid_claim(work: Work, asked: Asked) -> MutualAidClaim:
    claim = _target(work, asked)
    is_reserved = claim.state == "APPROVED" and not claim.is_external
    claim.decline(asked.body["reason"])
    if is_reserved and not release(work, KIND, claim.id, claim.claim_no):
        raise InPayment
    return claim


def _plan_of(work: Work, claim: MutualAidClaim) -> Plan:
    return work.load(Enrolment, claim.enrolment_id).edition


def _target(work: Work, asked: Asked) -> MutualAidClaim:
    return work.target(MutualAidClaim, asked.path["claim_id"])
