"""A legal desk with its neighbours, an employer and its workers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from shared.kernel.caller import Caller
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services import people
from tests.services.desks import Desk, caller

CLERK = caller(Role.WINDOW_CLERK)
OFFICER = caller(Role.LEGAL_AID_OFFICER)
DIRECTOR = caller(Role.CENTRE_DIRECTOR)
MEDIATOR = caller(Role.MEDIATOR)


class Office:
    """Takes a legal-aid case step by step; every step returns the record."""

    def __init__(self, desk: Callable[[str], Desk]) -> None:
        self.legal, self.mediation, self.membership = desk("legal"), desk("mediation"), desk("membership")
        self.employer_id = people.employer(self.membership)

    def worker(self, *, is_migrant: bool = True) -> str:
        registration = "OUTSIDE_RURAL" if is_migrant else "LOCAL_URBAN"
        return people.worker(self.membership, self.employer_id, registration=registration)

    def application(self, *workers: str, **rest: Any) -> dict[str, Any]:
        return {"matter": "WAGE", "summary": "拖欠工资三个月", "applicant_ids": list(workers or (self.worker(),)),
                "employer_id": self.employer_id, **rest}

    def apply(self, *workers: str, **rest: Any) -> Any:
        return self.legal.must("apply_legal_aid", CLERK, body=self.application(*workers, **rest))

    def step(self, operation: str, case: Any, body: dict[str, Any] | None = None, who: Caller = OFFICER) -> Any:
        return self.legal.must(operation, who, path={"application_id": case["id"]}, body=body, version=case["version"])

    def refused(self, operation: str, case: Any, body: dict[str, Any] | None = None, who: Caller = OFFICER) -> Any:
        return self.legal.refused(operation, who, path={"application_id": case["id"]}, body=body,
                                  version=case["version"])

    def lawyer(self, account_id: str | None = None, **rest: Any) -> str:
        body = {"name": "王律师", "account_id": account_id or new_id(), "licence_no": "13702201010000001", **rest}
        return str(self.legal.must("register_lawyer", OFFICER, body=body)["id"])

    def granted(self, **rest: Any) -> Any:
        return self.step("grant_aid", self.apply(**rest), {"basis": "EXEMPT_MIGRANT_WAGE"})

    def dispute(self, workers: Sequence[str], mediator_account: str | None = None) -> Any:
        """A dispute in mediation, led by the mediator with this account."""
        claims = [{"worker_id": worker, "claimed_fen": 100_000, "period_from": "2025-11-01",
                   "period_to": "2026-01-31"} for worker in workers]
        body = {"kind": "WAGE", "employer_id": self.employer_id, "summary": "拖欠工资", "claimants": claims,
                "has_consent": True, "termination_on": "2026-02-10"}
        dispute = self.mediation.must("open_dispute", CLERK, body=body)
        dispute = self.mediate("accept_dispute", dispute, {"employer_willing": True, "claimants_willing": True})
        account = {"name": "李调解", "account_id": mediator_account or new_id(), "is_chief": True}
        chief = self.mediation.must("register_mediator", DIRECTOR, body=account)
        return self.mediate("assign_mediators", dispute, {"chief_mediator_id": chief["id"]})

    def mediate(self, operation: str, dispute: Any, body: dict[str, Any]) -> Any:
        return self.mediation.must(operation, MEDIATOR, path={"dispute_id": dispute["id"]}, body=body,
                                   version=dispute["version"])

    def failed(self, workers: Sequence[str], **rest: Any) -> Any:
        """A dispute whose mediation has failed, and of which legal has heard."""
        dispute = self.mediate("fail_mediation", self.dispute(workers, **rest), {"reason": "未达成一致"})
        self.legal.hear(self.mediation.told())
        return dispute

    def list(self, who: Caller = OFFICER, **query: Any) -> list[Any]:
        return list(self.legal.must("list_aid_cases", who, query=query)["items"])
