"""Pair-ups of cadres with households, and the contacts they keep."""

from __future__ import annotations

from typing import Any

from services.relief.adapters.plans import pair_ups
from services.relief.application.plans.households import household
from services.relief.domain.files.hardship_file import HardshipFile
from services.relief.domain.plans.pair_up import PairUp
from services.relief.domain.plans.refusals import PairedAlready
from services.relief.rules.plans import contact_rule
from shared.kernel.calendar import months_later
from shared.kernel.clock import now, today
from shared.kernel.ids import new_id
from shared.service.dispatch import Asked
from shared.store.reading import Reading
from shared.store.work import Work


def make_pair_up(work: Work, asked: Asked) -> PairUp:
    file = household(work, asked.body["file_id"])
    pair = _pair(work, file, asked.body["cadre_id"], asked.body["rank"])
    pair.tell_made()
    return work.add(pair)


def _pair(work: Work, file: HardshipFile, cadre_id: str, rank: str) -> PairUp:
    """A pair of today. Raises PairedAlready; of two that are made at once the database lets one through."""
    known = work.find(PairUp, file_id=file.id, cadre_id=cadre_id, state="ACTIVE")
    if known:
        raise PairedAlready(pointer="/cadre_id", pair_no=known.pair_no)
    due_on = months_later(today(), contact_rule().value)
    return PairUp(new_id(), file.org_path, work.next_number("JD", file.org_path), file.id, cadre_id, rank, today(),
                  work.caller.account_id, now(), due_on)


def get_pair_up(reading: Reading, asked: Asked) -> PairUp:
    return reading.record(PairUp, asked.path["pair_id"])


def list_pair_ups(reading: Reading, asked: Asked) -> dict[str, Any]:
    columns = pair_ups.c
    where = [columns[name] == asked.query[name] for name in ("file_id", "cadre_id", "state", "is_overdue")
             if name in asked.query]
    return reading.page(PairUp, asked.query, sort=[columns.created_at, columns.contact_due_on, columns.from_on],
                        where=where)


def record_pair_contact(work: Work, asked: Asked) -> PairUp:
    pair, body = _target(work, asked), asked.body
    pair.contact(body["contacted_on"] or today(), body["kind"], body["note"], contact_rule().value,
                 work.caller.account_id, today())
    return pair


def hand_over_pair_up(work: Work, asked: Asked) -> PairUp:
    """The new pair is the answer."""
    old, body = _target(work, asked), asked.body
    file = household(work, old.file_id)
    old.check_successor(body["cadre_id"])
    new = _pair(work, file, body["cadre_id"], body["rank"])
    old.hand_over(new, body["reason"], today())
    new.tell_made()
    return work.add(new)


def end_pair_up(work: Work, asked: Asked) -> PairUp:
    pair = _target(work, asked)
    pair.end(asked.body["reason"], asked.body["to_on"] or today(), today())
    return pair


def _target(work: Work, asked: Asked) -> PairUp:
    return work.target(PairUp, asked.path["pair_id"])
