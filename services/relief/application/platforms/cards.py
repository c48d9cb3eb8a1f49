"""Care cards (爱心卡): from the request to the last day."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from services.relief.adapters.files import hardship_files, hardship_members
from services.relief.adapters.platforms import care_cards
from services.relief.application.platforms.uses import use_of
from services.relief.application.workers import living_worker
from services.relief.domain.platforms.card import CareCard
from services.relief.domain.platforms.card_number import new_card_no
from services.relief.domain.platforms.kinds import CARD_KINDS
from services.relief.domain.platforms.refusals import CardHeld, CardWithoutBasis
from services.relief.domain.platforms.rules import CardRule
from services.relief.rules import platforms as platform_rules
from shared.kernel.clock import now, today
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.kernel.org import division_of
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.reading import Reading
from shared.store.work import Work

IN_HARDSHIP = ("ACTIVE", "REVIEWING", "EXITING")
LIVE = ("REQUESTED", "ISSUED", "ACTIVE", "FROZEN")
C = care_cards.c


def request_care_card(work: Work, asked: Asked) -> CareCard:
    body = asked.body
    path = _place(work, body.get("org_path"), body["worker_id"])
    file_id = _file_of(work, body["worker_id"])
    # a worker cannot name a rule for themselves
    if file_id is None and (body["basis_no"] is None or work.caller.worker_id):
        raise CardWithoutBasis(pointer="/basis_no")
    _require_none_held(work, body["worker_id"], body["kind"])
    return work.add(CareCard(new_id(), path, body["kind"], body["worker_id"], file_id, body["basis_no"],
                             work.caller.account_id, now()))


def _place(work: Work, wanted: str | None, worker_id: str) -> str:
    """The unit the holder belongs to. A worker asks for themselves only. Raises NotFound, WorkerUnknown,
    WorkerDeceased."""
    if wanted is not None:
        place_of(work.caller, wanted)
    known = living_worker(work, worker_id)
    if work.caller.worker_id is None:
        return place_of(work.caller, wanted or str(known["org_path"]), "/worker_id")
    if work.caller.worker_id != worker_id:
        raise NotFound(pointer="/worker_id", id=worker_id)
    return str(known["org_path"])


def _file_of(work: Work, worker_id: str) -> str | None:
    """The hardship file in which the worker is now."""
    m, f = hardship_members.c, hardship_files.c
    query = select(f.id).join_from(hardship_members, hardship_files).where(m.worker_id == worker_id, m.is_open,
                                                                           f.state.in_(IN_HARDSHIP))
    found = work.session.execute(query.limit(1)).first()
    return found.id if found else None


def _require_none_held(work: Work, worker_id: str, kind: str) -> None:
    held = select(C.state).where(C.worker_id == worker_id, C.kind == kind, C.state.in_(LIVE))
    found = work.session.execute(held.limit(1)).first()
    if found:
        raise CardHeld(pointer="/kind", state=found.state)


def get_care_card(reading: Reading, asked: Asked) -> CareCard:
    return reading.record(CareCard, asked.path["card_id"])


def list_care_cards(reading: Reading, asked: Asked) -> dict[str, Any]:
    where = [C[name] == asked.query[name] for name in ("worker_id", "kind", "state", "card_no") if name in asked.query]
    return reading.page(CareCard, asked.query, sort=[C.created_at], where=where, worker=C.worker_id)


def get_care_card_use(reading: Reading, asked: Asked) -> dict[str, Any]:
    card = reading.record(CareCard, asked.path["card_id"])
    return use_of(reading, card, asked.query.get("on") or today())


def get_care_rules(reading: Reading, asked: Asked) -> dict[str, Any]:
    """At the caller's own place."""
    on, division = asked.query.get("on") or today(), division_of(reading.caller.org_path)
    rules = platform_rules.rules()
    general = rules.general(on, division)
    return {"on": on, "quotas": rules.quotas(on, division), "offline_days": general.offline_days,
            "cards": [rules.card(kind, on, division) for kind in CARD_KINDS], "document": general.document,
            "director_most_fen": general.director_most_fen, "certainty": general.certainty}


def issue_care_card(work: Work, asked: Asked) -> CareCard:
    card, on = _target(work, asked), today()
    rule = rule_of(card)
    card.issue(new_card_no(), asked.body["monthly_limit_fen"], asked.body["yearly_limit_fen"],
               asked.body["valid_to"] or rule.last_day(on), rule, work.caller.account_id, on)
    return card


def rule_of(card: CareCard) -> CardRule:
    return platform_rules.rules().card(card.kind, today(), division_of(card.org_path))


def activate_care_card(work: Work, asked: Asked) -> CareCard:
    card = _target(work, asked)
    card.activate(asked.body["pin"], now())
    return card


def freeze_care_card(work: Work, asked: Asked) -> CareCard:
    card = _target(work, asked)
    card.freeze(asked.body["reason"], now())
    return card


def unfreeze_care_card(work: Work, asked: Asked) -> CareCard:
    card = _target(work, asked)
    card.unfreeze()
    return card


def replace_care_card(work: Work, asked: Asked) -> CareCard:
    card = _target(work, asked)
    new = card.replace(new_id(), new_card_no(), asked.body["reason"], work.caller.account_id, now())
    work.session.flush()  # the old card gives up its place as the one of its kind before the new one takes it
    work.add(new)
    return card


def cancel_care_card(work: Work, asked: Asked) -> CareCard:
    card = _target(work, asked)
    card.cancel(asked.body["reason"], now())
    return card


def _target(work: Work, asked: Asked) -> CareCard:
    return work.target(CareCard, asked.path["card_id"])
