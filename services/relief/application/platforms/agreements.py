"""Partner agreements (合作协议), edition by edition."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select

from services.relief.adapters.platforms import partner_agreements, redemptions
from services.relief.domain.platforms.agreement import PartnerAgreement
from services.relief.domain.platforms.partner import Partner
from services.relief.domain.platforms.refusals import AgreementDaysRedeemed, AgreementOverlaps, NoAgreement
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.store.reading import Reading
from shared.store.work import Work

A = partner_agreements.c
RULING = ("SIGNED", "TERMINATED")


def draft_agreement(work: Work, asked: Asked) -> PartnerAgreement:
    partner = work.load(Partner, asked.path["partner_id"], lock=True)
    last = select(func.coalesce(func.max(A.edition), 0)).where(A.partner_id == partner.id)
    edition = work.session.execute(last).scalar_one() + 1
    number = work.next_number("HX", partner.org_path)
    return work.add(PartnerAgreement.draft(new_id(), partner, number, edition, asked.body, work.caller.account_id,
                                           now()))


def get_partner_agreement(reading: Reading, asked: Asked) -> PartnerAgreement:
    return reading.record(PartnerAgreement, asked.path["agreement_id"])


def list_partner_agreements(reading: Reading, asked: Asked) -> dict[str, Any]:
    where = [A[name] == asked.query[name] for name in ("partner_id", "kind", "state") if name in asked.query]
    if "on" in asked.query:
        where += rules_on(asked.query["on"])
    return reading.page(PartnerAgreement, asked.query, sort=[A.created_at, A.valid_from, A.edition], where=where)


def ruling_on(work: Work, partner_id: str, day: date) -> PartnerAgreement:
    """The edition that rules on a day, read only; a till holds it (`till.agreement_on`). Raises NoAgreement."""
    found = work.all(select(PartnerAgreement).where(A.partner_id == partner_id, *rules_on(day)))
    if not found:
        raise NoAgreement(day=str(day))
    agreement: PartnerAgreement = found[0]
    return agreement


def rules_on(day: date) -> list[ColumnElement[bool]]:
    """The condition that an edition ruled on a day."""
    return [A.state.in_(RULING), A.valid_from <= day, or_(A.valid_to.is_(None), A.valid_to >= day)]


def sign_agreement(work: Work, asked: Asked) -> PartnerAgreement:
    """From its first day the edition takes the place of the one before, unless that has sold on those days."""
    agreement = _target(work, asked)
    work.load(Partner, agreement.partner_id, lock=True).require_active()
    agreement.sign(**asked.body, by=work.caller.account_id, today=today())
    # held until the commit: a till reads the edition with a lock too
    others = select(PartnerAgreement).where(A.partner_id == agreement.partner_id, A.id != agreement.id,
                                            A.state.in_(RULING)).with_for_update()
    _make_room(work, agreement, work.all(others))
    return agreement


def _make_room(work: Work, new: PartnerAgreement, others: Sequence[PartnerAgreement]) -> None:
    for old in others:
        over = old.valid_to is not None and old.valid_to < new.valid_from
        later = new.valid_to is not None and new.valid_to < old.valid_from
        if over or later:
            continue
        if old.valid_from >= new.valid_from or old.state != "SIGNED":
            raise AgreementOverlaps(agreement_no=old.agreement_no, valid_from=str(old.valid_to or old.valid_from))
        _require_nothing_redeemed(work, old, new.valid_from)
        old.supersede(new.valid_from)


def _require_nothing_redeemed(work: Work, old: PartnerAgreement, from_day: date) -> None:
    r = redemptions.c
    last = work.session.execute(select(func.max(r.redeemed_on)).where(
        r.agreement_id == old.id, r.redeemed_on >= from_day)).scalar_one()
    if last:
        raise AgreementDaysRedeemed(valid_from=str(from_day), last_redeemed_on=str(last))


def withdraw_agreement(work: Work, asked: Asked) -> PartnerAgreement:
    agreement = _target(work, asked)
    agreement.withdraw(asked.body["reason"])
    return agreement


def terminate_agreement(work: Work, asked: Asked) -> PartnerAgreement:
    agreement = _target(work, asked)
    agreement.terminate(asked.body["last_day"], asked.body["reason"], today())
    return agreement


def _target(work: Work, asked: Asked) -> PartnerAgreement:
    return work.target(PartnerAgreement, asked.path["agreement_id"])
