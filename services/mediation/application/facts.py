"""What mediation asks other services. Ask before the first look at our own database: the transaction begins there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from services.mediation.domain.dispute import DutyLawyer
from services.mediation.domain.refusals import LawyerUnfit
from shared.kernel.errors import NotFound
from shared.store.work import Work


def check_employer(work: Work, employer_id: str | None) -> None:
    """Raises NotFound when membership knows no such employer."""
    if employer_id is None:
        return
    if not work.ask("membership", "describe_employers", employer_ids=[employer_id])["employers"]:
        raise NotFound(pointer="/employer_id", id=employer_id)


def employers_of(work: Work, claimants: Sequence[Mapping[str, Any]]) -> dict[str, str | None]:
    """For whom each of these workers works; those membership does not know are left out."""
    if not claimants:
        return {}
    worker_ids = sorted({told["worker_id"] for told in claimants})
    found = work.ask("membership", "describe_workers", worker_ids=worker_ids)["workers"]
    return {worker["worker_id"]: worker["employer_id"] for worker in found}


def duty_lawyer(work: Work, lawyer_id: str | None) -> DutyLawyer | None:
    """The lawyer, from legal's roster. Raises LawyerUnfit when there is none of that id."""
    if lawyer_id is None:
        return None
    found = work.ask("legal", "describe_lawyers", lawyer_ids=[lawyer_id])["lawyers"]
    if not found:
        raise LawyerUnfit(pointer="/duty_lawyer_id", lawyer_id=lawyer_id)
    told = found[0]
    return DutyLawyer(lawyer_id, told["account_id"], told["state"] == "ACTIVE", told["client_employer_ids"])
