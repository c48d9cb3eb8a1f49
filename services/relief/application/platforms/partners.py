"""Partners (合作商户) and their outlets (网点)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from services.relief.adapters.payments import payment_batches, payment_lines
from services.relief.adapters.platforms import care_settlements, outlets, partners
from services.relief.domain.platforms.partner import Outlet, Partner, Waiting
from services.relief.domain.platforms.refusals import OutletTwice
from services.relief.domain.platforms.settlement import ABOUT
from shared.kernel.clock import now
from shared.kernel.errors import EmployerUnknown, NotFound
from shared.kernel.ids import new_id
from shared.kernel.org import check_org_path, is_within
from shared.service.dispatch import Asked
from shared.service.place import place_of
from shared.store.reading import Reading
from shared.store.work import Work


def register_partner(work: Work, asked: Asked) -> Partner:
    _check_employer(work, asked.body["employer_id"])
    path = place_of(work.caller, asked.body.get("org_path"))
    partner = Partner.register(new_id(), path, work.next_number("HS", path), asked.body, now())
    check_org_path(partner.org_path, "/org_path")
    return work.add(partner)


def _check_employer(work: Work, employer_id: str | None) -> None:
    """Asks membership, so it comes before the first look at the database. Raises EmployerUnknown."""
    if employer_id and not work.ask("membership", "describe_employers", employer_ids=[employer_id])["employers"]:
        raise EmployerUnknown(pointer="/employer_id", employer_id=employer_id)


def get_partner(reading: Reading, asked: Asked) -> Partner:
    return reading.record(Partner, asked.path["partner_id"])


def serving(work: Work, partner_id: str, org_path: str, pointer: str = "/partner_id") -> Partner:
    """A partner of this centre's or of one above it: its tills take this centre's cards. Raises NotFound."""
    partner = work.find(Partner, id=partner_id)
    if partner is None or not is_within(org_path, partner.union_path):
        raise NotFound(pointer=pointer, id=partner_id)
    return partner


def list_partners(reading: Reading, asked: Asked) -> dict[str, Any]:
    where = [partners.c[name] == asked.query[name] for name in ("kind", "state") if name in asked.query]
    return reading.page(Partner, asked.query, sort=[partners.c.created_at, partners.c.name], where=where)


def set_partner_account(work: Work, asked: Asked) -> Partner:
    partner = _target(work, asked)
    partner.set_account(**asked.body, by=work.caller.account_id, waiting=_waiting(work, partner.id))
    return partner


def set_station_terms(work: Work, asked: Asked) -> Partner:
    _check_employer(work, asked.body["employer_id"])
    partner = _target(work, asked)
    partner.build_with(**asked.body)
    return partner


def confirm_partner_account(work: Work, asked: Asked) -> Partner:
    partner = _target(work, asked)
    partner.confirm_account(work.caller.account_id, _waiting(work, partner.id))
    return partner


def _waiting(work: Work, partner_id: str) -> Waiting:
    """Batches take lines under the lock of the batch, settlements theirs of the settlement: what is taken a moment
    later meets the account as it is then, and the check of the batch names it."""
    s, line, batch = care_settlements.c, payment_lines.c, payment_batches.c
    mine = work.session.execute(select(s.id, s.reserved_by, s.approved_by, s.state).where(
        s.partner_id == partner_id, s.state.in_(("APPROVED", "RESERVED")))).all()
    held = select(batch.batch_no).join_from(payment_lines, payment_batches, batch.id == line.batch_id).where(
        line.about_kind == ABOUT, line.about_id.in_([one.id for one in mine]), line.state == "BATCHED")
    return Waiting({one.reserved_by for one in mine if one.state == "RESERVED"}, {one.approved_by for one in mine},
                   work.session.execute(held.limit(1)).scalar())


def suspend_partner(work: Work, asked: Asked) -> Partner:
    partner = _target(work, asked)
    partner.suspend(asked.body["reason"])
    return partner


def resume_partner(work: Work, asked: Asked) -> Partner:
    partner = _target(work, asked)
    partner.resume()
    return partner


def end_partner(work: Work, asked: Asked) -> Partner:
    partner = _target(work, asked)
    partner.end(asked.body["reason"])
    return partner


def add_outlets(work: Work, asked: Asked) -> dict[str, Any]:
    """The list may be sent again with more lines: what is known is renamed or left as it is."""
    listed = asked.body["outlets"]
    _check_codes(listed)
    partner = work.load(Partner, asked.path["partner_id"])
    of_partner = select(Outlet).where(outlets.c.partner_id == partner.id)
    known: dict[str, Outlet] = {outlet.code: outlet for outlet in work.all(of_partner)}
    new = [line for line in listed if line["code"].lower() not in known]
    for line in new:
        work.add(Outlet.add(new_id(), partner, line, now()))
    old = [line for line in listed if line["code"].lower() in known]
    renamed = [line for line in old if known[line["code"].lower()].rename(line["name"], line["address"])]
    return {"partner_id": partner.id, "added": len(new), "renamed": len(renamed),
            "unchanged": len(old) - len(renamed)}


def _check_codes(listed: Sequence[Mapping[str, Any]]) -> None:
    codes: set[str] = set()
    for n, line in enumerate(listed):
        if line["code"].lower() in codes:
            raise OutletTwice(pointer=f"/outlets/{n}/code", outlet=line["code"])
        codes.add(line["code"].lower())


def get_outlet(reading: Reading, asked: Asked) -> Outlet:
    return reading.record(Outlet, asked.path["outlet_id"])


def list_outlets(reading: Reading, asked: Asked) -> dict[str, Any]:
    where = [outlets.c[name] == asked.query[name] for name in ("partner_id", "state") if name in asked.query]
    return reading.page(Outlet, asked.query, sort=[outlets.c.created_at, outlets.c.code], where=where)


def close_outlet(work: Work, asked: Asked) -> Outlet:
    outlet = work.target(Outlet, asked.path["outlet_id"])
    outlet.close()
    return outlet


def reopen_outlet(work: Work, asked: Asked) -> Outlet:
    outlet = work.target(Outlet, asked.path["outlet_id"])
    outlet.reopen()
    return outlet


def _target(work: Work, asked: Asked) -> Partner:
    return work.target(Partner, asked.path["partner_id"])
