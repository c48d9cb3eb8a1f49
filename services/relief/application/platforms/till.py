"""At the till: redemptions (核销), a school's term invoice, visits at preferential terms."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import select

from services.relief.adapters.files import hardship_files
from services.relief.adapters.platforms import care_cards, redemptions
from services.relief.application.platforms.agreements import A, rules_on
from services.relief.application.platforms.orders_on_cards import order_of
from services.relief.application.platforms.pins import check_pin
from services.relief.application.platforms.pupils import check_pupils
from services.relief.application.platforms.uses import take
from services.relief.domain.orders.order import Order
from services.relief.domain.platforms.agreement import PartnerAgreement
from services.relief.domain.platforms.card import CareCard
from services.relief.domain.platforms.card_number import is_card_no
from services.relief.domain.platforms.kinds import ITEMS_OF_PLATFORM
from services.relief.domain.platforms.partner import Outlet, Partner
from services.relief.domain.platforms.redemption import Redemption, check_items, check_moment, weights
from services.relief.domain.platforms.refusals import NoAgreement
from services.relief.domain.platforms.rules import PlatformRule
from services.relief.domain.platforms.till_refusals import (
    CardSuspended,
    CardUnknown,
    NotThisPlatform,
    TermCharged,
    TermTooFar,
)
from services.relief.domain.platforms.visit import CareVisit
from services.relief.domain.schools.school import is_after, next_term
from services.relief.rules import platforms as platform_rules
from shared.kernel.clock import SHANGHAI, now, today
from shared.kernel.errors import DayInFuture
from shared.kernel.ids import new_id
from shared.kernel.org import division_of, is_within
from shared.service.dispatch import Asked
from shared.store.encryption import cipher
from shared.store.work import Work


def redeem(work: Work, asked: Asked) -> Redemption:
    """A sale on a card. The till's number sent again gets the stored record; nothing is counted twice."""
    body, outlet = asked.body, _outlet_with_pin(work, asked)
    content = content_of(body)
    known = work.find(Redemption, outlet_id=outlet.id, till_no=body["till_no"])
    if known:
        known.require_same(content)
        return known
    partner = _open_partner(work, outlet, [kind for kind, classes in ITEMS_OF_PLATFORM.items() if classes])
    at = (body["at"] or now()).astimezone(SHANGHAI)
    _check_moment(at, outlet)
    agreement, order = agreement_on(work, partner.id, at.date()), order_of(work, body["order_no"])
    card = card_at_till(work, body["card_no"], body["pin"], partner.kind, partner.union_path, at)
    return _sell(work, outlet, agreement, card, order, body, content, at)


def _sell(work: Work, outlet: Outlet, agreement: PartnerAgreement, card: CareCard, order: Order | None,
          body: Mapping[str, Any], content: str, at: datetime) -> Redemption:
    division, day = division_of(outlet.org_path), at.date()
    weighed = [rule.item_class for rule in platform_rules.rules().quotas(day, division)]
    check_items(agreement.kind, body["items"], body["total_fen"], weighed)
    sale_id = new_id()
    if order:
        order.redeem(sale_id, card.id, body["total_fen"])  # what it took of limits and quotas is not taken again
    else:
        take(work, card, weights(body["items"]), body["total_fen"], day, division)
    return work.add(Redemption.record_sale(
        sale_id, outlet, agreement, body["till_no"], content, body["total_fen"], at, now(), work.caller.account_id,
        card_id=card.id, worker_id=card.worker_id, card_kind=card.kind, is_offline=body["at"] is not None,
        order_id=order and order.id,
        items=[dict(item) for item in body["items"]]))


def charge_term(work: Work, asked: Asked) -> Redemption:
    """A school's costs of a term (一学期一结) for children enrolled there, entered once for an outlet and term, by
    today's agreement. Raises TermTooFar, TermCharged."""
    body, outlet = asked.body, work.load(Outlet, asked.path["outlet_id"])
    content = content_of(body)
    known = work.find(Redemption, outlet_id=outlet.id, till_no=body["invoice_no"])
    if known:
        known.require_same(content)
        return known
    partner = _open_partner(work, outlet, ["SCHOOL"])
    if is_after(body["term"], last := next_term(today())):
        raise TermTooFar(pointer="/term", term=body["term"], last=last)
    _require_term_free(work, outlet, body["term"])
    check_pupils(work, outlet, body["term"], body["request_nos"])
    agreement = agreement_on(work, partner.id, today())
    return work.add(Redemption.record_sale(
        new_id(), outlet, agreement, body["invoice_no"], content, body["total_fen"], now(), now(),
        work.caller.account_id, source="TERM", term=body["term"],
        pupils=len(body["request_nos"]), request_nos=list(body["request_nos"])))


def _require_term_free(work: Work, outlet: Outlet, term: str) -> None:
    r = redemptions.c
    held = select(r.till_no).where(r.outlet_id == outlet.id, r.term == term, r.state != "REVERSED")
    found = work.session.execute(held.limit(1)).first()
    if found:
        raise TermCharged(pointer="/term", term=term, invoice_no=found.till_no)


def record_care_visit(work: Work, asked: Asked) -> CareVisit:
    body, outlet = asked.body, _outlet_with_pin(work, asked)
    content = content_of(body)
    known = work.find(CareVisit, outlet_id=outlet.id, till_no=body["till_no"])
    if known:
        known.require_same(content)
        return known
    partner = _open_partner(work, outlet, ["HOSPITAL"])
    at = _moment_of(body["visited_on"])
    _check_moment(at, outlet)
    agreement = agreement_on(work, partner.id, body["visited_on"])
    card = card_at_till(work, body["card_no"], body["pin"], partner.kind, partner.union_path, at)
    visit = CareVisit(
        new_id(), outlet.org_path, outlet.id, partner.id, agreement.id, body["till_no"], content, card.id,
        card.worker_id, body["kind"], body["visited_on"], body["department"], body["discount_fen"],
        work.caller.account_id, now(), body["health_file_no"], body["consent_no"])
    visit.require_consent()
    return work.add(visit)


def _moment_of(day: date) -> datetime:
    """The latest moment the visit can have been. Raises DayInFuture."""
    if day > today():
        raise DayInFuture(pointer="/visited_on", day=str(day))
    return min(now(), datetime.combine(day, time.max, SHANGHAI))


def content_of(body: Mapping[str, Any]) -> str:
    """A keyed hash of what was sent, but for the PIN: by it a repetition is known. What may be left out and was is no
    part of it: a sale recorded before that could be sent at all has the hash it had."""
    sent = {name: value for name, value in body.items()
            if name != "pin" and not (name in ("order_no", "health_file_no", "consent_no") and value is None)}
    return cipher().blind_index(json.dumps(sent, sort_keys=True, default=_plain, ensure_ascii=False), "redemptions")


def _plain(value: Any) -> str:
    """One moment has one text, whatever its offset."""
    return value.astimezone(SHANGHAI).isoformat() if isinstance(value, datetime) else str(value)


def _outlet_with_pin(work: Work, asked: Asked) -> Outlet:
    """The outlet, after the PIN was looked at."""
    rule = platform_rules.rules().general(today(), division_of(work.caller.org_path))
    check_pin(work, asked.body["card_no"], asked.body["pin"], rule.pin_tries)
    return work.load(Outlet, asked.path["outlet_id"])


def _open_partner(work: Work, outlet: Outlet, kinds: list[str]) -> Partner:
    """The outlet's partner, wherever the clerk was granted. Raises OutletClosed, PartnerNotActive, NotThisPlatform."""
    outlet.require_open()
    partner = work.find(Partner, id=outlet.partner_id)
    if partner is None:
        raise AssertionError(outlet.partner_id)
    partner.require_active()
    if partner.kind not in kinds:
        raise NotThisPlatform(platform=partner.kind)
    return partner


def rule_at(outlet: Outlet) -> PlatformRule:
    return platform_rules.rules().general(today(), division_of(outlet.org_path))


def _check_moment(at: datetime, outlet: Outlet) -> None:
    rule = rule_at(outlet)
    check_moment(at, now(), rule.offline_days, rule.document)


def agreement_on(work: Work, partner_id: str, day: date) -> PartnerAgreement:
    """The edition that rules on a day, held against its successor's signing until the commit. Raises NoAgreement."""
    query = select(PartnerAgreement).where(A.partner_id == partner_id, *rules_on(day)).with_for_update(read=True)
    # who waited for a signing finds the old edition gone and sees the new one only by looking again
    found = work.all(query) or work.all(query)
    if not found:
        raise NoAgreement(day=str(day))
    agreement: PartnerAgreement = found[0]
    return agreement


def card_at_till(work: Work, card_no: str, pin: str | None, platform: str, union_path: str, at: datetime) -> CareCard:
    """The card of that number if it sold at that moment, held until the commit: nobody freezes it meanwhile.

    A till knows no more than the number, so the card's own place in the tree is not asked of the clerk.
    Raises CardUnknown and what CareCard.require_usable raises.
    """
    query = select(CareCard).where(care_cards.c.card_no == card_no).with_for_update()
    found = work.session.scalars(query).one_or_none() if is_card_no(card_no) else None
    if found is None or not is_within(found.org_path, union_path):
        raise CardUnknown(pointer="/card_no", card_no=card_no)
    found.require_usable(platform, pin, at)
    _require_file_not_suspended(work, found)
    return found


def _require_file_not_suspended(work: Work, card: CareCard) -> None:
    f = hardship_files.c
    suspended = select(f.file_no).where(f.id == card.file_id, f.state == "SUSPENDED")
    found = work.session.execute(suspended).first() if card.file_id else None
    if found:
        raise CardSuspended(pointer="/card_no", file_no=found.file_no)
