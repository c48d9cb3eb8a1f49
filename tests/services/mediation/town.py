"""A mediation desk with its neighbours, an employer and the people who work there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

from shared.kernel.clock import today
from shared.kernel.ids import new_id
from shared.kernel.roles import Role
from tests.services import people
from tests.services.desks import Desk, caller

CLERK = caller(Role.WINDOW_CLERK)
MEDIATOR = caller(Role.MEDIATOR)
DIRECTOR = caller(Role.CENTRE_DIRECTOR)
OFFICER = caller(Role.LEGAL_AID_OFFICER)


class Town:
    """Takes a dispute step by step as the centre would; every step returns the record."""

    def __init__(self, desk: Callable[[str], Desk]) -> None:
        self.mediation, self.legal, self.membership = desk("mediation"), desk("legal"), desk("membership")
        self.employer_id = people.employer(self.membership)

    def workers(self, count: int) -> list[str]:
        return [people.worker(self.membership, self.employer_id) for _ in range(count)]

    def claims(self, amounts_fen: Sequence[int], workers: Sequence[str] | None = None) -> list[dict[str, Any]]:
        workers = workers or self.workers(len(amounts_fen))
        return [{"worker_id": worker_id, "claimed_fen": amount, "period_from": "2025-11-01", "period_to": "2026-01-31"}
                for worker_id, amount in zip(workers, amounts_fen, strict=True)]

    def new_dispute(self, **rest: Any) -> dict[str, Any]:
        return {"kind": "WAGE", "employer_id": self.employer_id, "summary": "拖欠工资", **rest}

    def open(self, amounts_fen: Sequence[int] = (), **rest: Any) -> Any:
        body = self.new_dispute(claimants=self.claims(amounts_fen), **rest)
        return self.mediation.must("open_dispute", CLERK, body=body)

    def step(self, operation: str, dispute: Any, body: dict[str, Any] | None = None, who: Any = MEDIATOR) -> Any:
        return self.mediation.must(operation, who, path={"dispute_id": dispute["id"]}, body=body,
                                   version=dispute["version"])

    def refused(self, operation: str, dispute: Any, body: dict[str, Any] | None = None, who: Any = MEDIATOR) -> Any:
        return self.mediation.refused(operation, who, path={"dispute_id": dispute["id"]}, body=body,
                                      version=dispute["version"])

    def read(self, dispute: Any, who: Any = MEDIATOR) -> Any:
        return self.mediation.must("get_dispute", who, path={"dispute_id": dispute["id"]})

    def mediator(self, account_id: str | None = None, *, is_chief: bool = True) -> str:
        body = {"name": "李调解", "account_id": account_id or new_id(), "is_chief": is_chief}
        return str(self.mediation.must("register_mediator", DIRECTOR, body=body)["id"])

    def lawyer(self, account_id: str | None = None, clients: Sequence[str] = ()) -> str:
        body = {"name": "王律师", "account_id": account_id or new_id(), "licence_no": "13702201010000001",
                "client_employer_ids": list(clients)}
        return str(self.legal.must("register_lawyer", OFFICER, body=body)["id"])

    def accepted(self, amounts_fen: Sequence[int], **rest: Any) -> Any:
        return self.step("accept_dispute", self.open(amounts_fen, **rest),
                         {"employer_willing": True, "claimants_willing": True})

    def in_mediation(self, amounts_fen: Sequence[int], **rest: Any) -> Any:
        assignment = {"chief_mediator_id": self.mediator(), "duty_lawyer_id": self.lawyer()}
        return self.step("assign_mediators", self.accepted(amounts_fen, **rest), assignment)

    def with_facts(self, amounts_fen: Sequence[int], **rest: Any) -> Any:
        return self.step("hold_session", self.in_mediation(amounts_fen, **rest), finding(sum(amounts_fen)))

    def requested(self, amounts_fen: Sequence[int], total_fen: int, **rest: Any) -> Any:
        return self.step("request_wage_advance", self.with_facts(amounts_fen, **rest), {"total_fen": total_fen})

    # -- what relief would tell --------------------------------------------------------------------------------

    def advance_told(self, name: str, dispute: Any, advance_id: str, **data: Any) -> str:
        return self.mediation.tell(f"relief.{name}.v1", {"advance_id": advance_id, "dispute_id": dispute["id"], **data})

    def disbursed(self, dispute: Any, advance_id: str, total_fen: int) -> str:
        lines = self.mediation.told("wage_advance_requested")[-1]["data"]["lines"]
        kept = [{name: line[name] for name in ("claim_id", "worker_id", "advanced_fen")} for line in lines]
        return self.advance_told("wage_advance_disbursed", dispute, advance_id, advance_no=ADVANCE_NO,
                                 total_fen=total_fen, disbursed_on=today().isoformat(), lines=kept)

    def repaid(self, dispute: Any, advance_id: str, repaid_fen: int, total_fen: int) -> str:
        return self.advance_told("wage_advance_repaid", dispute, advance_id, advance_no=ADVANCE_NO, amount_fen=1,
                                 repaid_fen=repaid_fen, balance_fen=total_fen - repaid_fen,
                                 is_full=repaid_fen == total_fen, repaid_on=today().isoformat())


ADVANCE_NO = "DF3702022026000001X"


def finding(acknowledges_fen: int | None, **rest: Any) -> dict[str, Any]:
    return {"held_on": today().isoformat(), "minutes": "银行转账延迟,单位承认欠薪", "cause": "BANK_TRANSFER_DELAY",
            "wages_undisputed": True, "employer_acknowledges_fen": acknowledges_fen, "short_term_inability": True,
            **rest}


def agreement(*obligations: tuple[str, int], days: int = 20, consent: bool = True) -> dict[str, Any]:
    on, due_on = today().isoformat(), (today() + timedelta(days=days)).isoformat()
    parties = ("EMPLOYER", "CLAIMANTS", "MEDIATOR", "ORGANISATION_SEAL")
    return {"obligations": [{"kind": kind, "amount_fen": amount, "due_on": due_on} for kind, amount in obligations],
            "signatures": [{"party": party, "signed_on": on} for party in parties],
            "effective_on": on, "represented_consent": consent}
