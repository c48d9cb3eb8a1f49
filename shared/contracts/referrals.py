"""What the five services to which reception routes a visit have in common: their referrals (转办单).

A service adds `referral_operations(...)` and `referral_events(...)` to its contract, VISIT_ROUTED to what it consumes,
`referral_table(metadata)` to its tables, and the module `shared.service.referrals` to its definition.
"""

from __future__ import annotations

from collections.abc import Iterable

from marshmallow import fields

from shared.contracts.fields import Choice, Day, Id, Moment, PageQuery, Record, Strict, Text, Whole
from shared.contracts.table import Event, Operation, ask, change, listing
from shared.kernel.roles import Role

#: the services to which reception can route a visit
TARGETS = ("membership", "mediation", "relief", "legal", "jobs")
STATES = ("RECEIVED", "ACCEPTED", "REFUSED", "FINISHED")
VISIT_ROUTED = "reception.visit_routed.v1"


class Referral(Record):
    """One matter of a visit, handed to this service. `record_id` is the case opened for it."""

    visit_id = Id(required=True)
    visit_no = Text(19, required=True)
    matter = Text(40, required=True)
    headcount = Whole(1, required=True)
    worker_id = Id(required=True, allow_none=True)
    state = Choice(STATES, required=True)
    routed_on = Day(required=True)
    accept_due_on = Day(required=True)
    refuse_due_on = Day(required=True)
    record_id = Id(required=True, allow_none=True)
    handled_by = Text(80, required=True, allow_none=True)
    reason = Text(300, required=True, allow_none=True)
    outcome = Text(300, required=True, allow_none=True)
    created_at = Moment(required=True)


class ReferralQuery(PageQuery):
    state = Choice(STATES)
    visit_id = Id()
    overdue = fields.Boolean(metadata={"description": "true: not accepted although due"})


class Acceptance(Strict):
    record_id = Id(load_default=None, allow_none=True)


class Refusal(Strict):
    reason = Text(300, required=True, metadata={"description": "why another unit must handle it; no personal data"})


class Outcome(Strict):
    outcome = Text(300, required=True, metadata={"description": "what came of it; no personal data"})


class ReferralAccepted(Strict):
    referral_id = Id(required=True)
    visit_id = Id(required=True)
    record_id = Id(required=True, allow_none=True)


class ReferralRefused(Strict):
    referral_id = Id(required=True)
    visit_id = Id(required=True)
    reason = Text(300, required=True)


class ReferralFinished(Strict):
    referral_id = Id(required=True)
    visit_id = Id(required=True)
    outcome = Text(300, required=True)


def referral_operations(service: str, roles: Iterable[Role]) -> tuple[Operation, ...]:
    """The rows of a service that takes referrals; `roles` handle them. Raises ValueError for another service."""
    if service not in TARGETS:
        raise ValueError(f"reception routes to {', '.join(TARGETS)}, not to {service}")
    by = frozenset(roles)
    readers = by | {Role.CENTRE_DIRECTOR, Role.AUDITOR}
    one = "/referrals/<referral_id>"
    return (
        listing("list_referrals", "/referrals", "列出转办单", "List referrals", Referral, readers, query=ReferralQuery),
        ask("get_referral", one, "查看转办单", "Read a referral", Referral, readers),
        change("accept_referral", f"{one}/accept", "受理转办单", "Accept a referral", Acceptance, Referral, by),
        change("refuse_referral", f"{one}/refuse", "退回转办单", "Refuse a referral", Refusal, Referral, by),
        change("finish_referral", f"{one}/finish", "办结转办单", "Finish a referral", Outcome, Referral, by),
    )


def referral_events(service: str) -> tuple[Event, ...]:
    """What such a service tells reception."""
    return (
        Event(service, "referral_accepted", 1, ReferralAccepted, "转办已受理", "Referral accepted"),
        Event(service, "referral_refused", 1, ReferralRefused, "转办已退回", "Referral refused"),
        Event(service, "referral_finished", 1, ReferralFinished, "转办已办结", "Referral finished"),
    )
