"""F3, a visit (来访): registered, routed to legal aid, accepted, finished, closed and rated."""

from __future__ import annotations

from typing import Any

from shared.runtime.demo.api import until
from shared.runtime.demo.cast import Cast, hire


def tell(cast: Cast, number: int = 0) -> Any:
    """The whole visit; the rated record."""
    person = 200_000 + number
    (worker,) = hire(cast, None, range(person, person + 1))
    visit = cast["R1"].does("/v1/reception/visits", {
        "channel": "WINDOW", "worker_id": worker["id"], "categories": ["LEGAL_AID"],
        "summary": "咨询工伤认定时限"}, key=f"demo visit {number}")
    path = f"/v1/reception/visits/{visit['id']}"
    cast["R1"].changes(path, "route", {"referrals": [{"service": "legal", "matter": "LEGAL_AID"}]})
    referral = until("the referral in legal", lambda: cast["R15"].reads(
        "/v1/legal/referrals", visit_id=visit["id"])["items"])[0]
    task = f"/v1/legal/referrals/{referral['id']}"
    cast["R15"].changes(task, "accept")
    until("the visit in service", lambda: cast["R1"].reads(path)["state"] == "IN_SERVICE")
    cast["R15"].changes(task, "finish", {"outcome": "已当面解答,并告知一年申请时限"})
    until("the visit answered", lambda: cast["R1"].reads(path)["state"] == "ANSWERED")
    cast["R1"].changes(path, "close")
    return cast.worker_account(worker["id"], person).changes(path, "rating", {"result_score": 5, "attitude_score": 4})
