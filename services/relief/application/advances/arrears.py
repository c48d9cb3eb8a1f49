"""A proposal is held against mediation: nobody is advanced wages that mediation has not verified."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from services.relief.domain.advances.arrears import Arrears
from services.relief.domain.advances.refusals import DisputeUnknown
from shared.kernel.errors import NotFound
from shared.service.place import place_of
from shared.store.work import Work


def verified_arrears(work: Work, asked: Mapping[str, Any]) -> Arrears:
    """What mediation says of the dispute of a proposal. Ask before the transaction begins.

    Raises NotFound (of the unit asked for), DisputeUnknown, DisputeOfAnotherUnit, DisputeOfAnotherEmployer,
    ArrearsNotVerified, Unavailable.
    """
    place_of(work.caller, asked.get("org_path"))
    unknown = DisputeUnknown(pointer="/dispute_id", dispute_id=asked["dispute_id"])
    try:
        found = Arrears.told(work.ask("mediation", "describe_arrears", dispute_id=asked["dispute_id"]))
    except NotFound:
        raise unknown from None
    if not work.caller.covers(found.org_path):
        raise unknown
    found.require_party(asked["employer_id"], asked.get("org_path"))
    return found
