"""A draft from a visit: who came to the desk and was routed here need not be entered a second time."""

from __future__ import annotations

from sqlalchemy import select

from services.relief.application.files.files import draft_file
from services.relief.domain.files.hardship_file import HardshipFile
from services.relief.domain.files.refusals import ReferralWithoutWorker
from shared.kernel.errors import NotFound
from shared.kernel.referral import Referral
from shared.service.dispatch import Asked
from shared.store.referrals import referrals
from shared.store.work import Work


def open_referred_file(work: Work, asked: Asked) -> HardshipFile:
    """The worker of the referral is the head; reception hears that it was accepted, and as which file.

    Raises NotFound, ReferralWithoutWorker, WrongState, and what opening a file raises.
    """
    referral_id = asked.path["referral_id"]
    head = _worker_of(work, referral_id)
    members = [{"worker_id": head, "relation": "HEAD", "is_adult": True, "details": None, "health": None},
               *asked.body["members"]]
    file = draft_file(work, {**asked.body, "head_worker_id": head, "members": members})
    work.load(Referral, referral_id, lock=True).accept(work.caller.account_id, file.id)
    return file


def _worker_of(work: Work, referral_id: str) -> str:
    """Looked up before the transaction begins, as membership is asked about them first. Raises NotFound."""
    found = work.peek(select(referrals.c.worker_id, referrals.c.visit_no, referrals.c.org_path).where(
        referrals.c.id == referral_id))
    if not found or not work.caller.covers(found[0].org_path):
        raise NotFound(id=referral_id)
    if found[0].worker_id is None:
        raise ReferralWithoutWorker(visit_no=found[0].visit_no)
    return str(found[0].worker_id)
