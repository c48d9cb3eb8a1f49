"""The separation of duty around the master record of workers."""

from __future__ import annotations

from shared.kernel.clock import today
from shared.runtime.demo.cast import hire
from tests.authorisation.duty import NUMBERS, Duty
from tests.stage import Stage


def dead(stage: Stage) -> str:
    """A worker whose death `everybody` recorded."""
    number = next(NUMBERS)
    (worker,) = hire(stage.cast, None, range(830_000 + number, 830_001 + number))
    path = f"/v1/membership/workers/{worker['id']}"
    stage.everybody.changes(path, "death", {"died_on": str(today()), "evidence_kind": "CREMATION",
                                            "evidence_no": f"HH-{number}"})
    return path


DUTIES = (
    Duty("services.membership.domain.worker.correct_death", "recording it", dead, "correct-death",
         {"reason": "登记错人"}),
)
