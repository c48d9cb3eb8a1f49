"""F8: mediation fails, legal aid takes over without a means check, and a lawyer is assigned."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from shared.kernel.clock import today
from shared.runtime.demo.advance import Story, chief_mediator, duty_lawyer, in_dispute, roster
from shared.runtime.demo.api import until
from shared.runtime.demo.cast import Cast, employ, hire


def fail(cast: Cast, number: int = 0) -> Story:
    """Three migrant workers' wage dispute in which the employer contests the wages."""
    person = 300_000 + 10 * number
    story = Story(cast, person)
    story.employer = employ(cast, person, f"某装饰公司{number or ''}")
    story.workers = hire(cast, story.employer["id"], range(person, person + 3))
    dispute = cast["R17"].does("/v1/mediation/disputes", {
        "kind": "WAGE", "employer_id": story.employer["id"], "summary": "用人单位否认拖欠加班工资",
        "knew_on": str(today() - timedelta(days=30)), "has_consent": True, "claimants": roster(story.workers)},
        key=f"demo failed dispute {number}")
    story.dispute_id = dispute["id"]
    in_dispute(story, "accept", {"employer_willing": True, "claimants_willing": True})
    in_dispute(story, "mediators", {"chief_mediator_id": chief_mediator(cast)["id"]})
    in_dispute(story, "fail", {"reason": "双方对工资数额分歧较大"})
    return story


def tell(cast: Cast, number: int = 0) -> Any:
    """The whole of it; the aid case with its lawyer."""
    story = fail(cast, number)
    found = until("the application in legal aid", lambda: cast["R15"].reads(
        "/v1/legal/aid-cases", dispute_id=story.dispute_id)["items"])[0]
    path = f"/v1/legal/aid-cases/{found['id']}"
    cast["R15"].changes(path, "grant", {"basis": "EXEMPT_MIGRANT_WAGE"})
    return cast["R15"].changes(path, "lawyer", {"lawyer_id": duty_lawyer(cast)["id"]})
