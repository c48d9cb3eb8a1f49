"""Active hardship files: changes, reviews, exit, suspension and cancellation."""

from __future__ import annotations

from typing import Any

from services.relief.application.files.fraud import demand_back
from services.relief.application.means.assessing import keep_test, proposed_for
from services.relief.domain.files.hardship_file import HardshipFile
from services.relief.domain.files.record import FACTS
from services.relief.rules.files import value
from shared.kernel.calendar import months_later
from shared.kernel.clock import today
from shared.service.dispatch import Asked
from shared.store.work import Work


def update_file_facts(work: Work, asked: Asked) -> HardshipFile:
    file = _target(work, asked)
    file.update_facts(_facts(asked), asked.body["reason"], today())
    return file


def start_file_review(work: Work, asked: Asked) -> HardshipFile:
    file = _target(work, asked)
    file.start_review(asked.body["reason"])
    return file


def keep_hardship_file(work: Work, asked: Asked) -> HardshipFile:
    file = _target(work, asked)
    tested = proposed_for(work.session, file, asked.body["means_test_id"], _facts(asked))
    file.keep(_facts(asked), asked.body["grade"], asked.body["reason"], tested.computed, work.caller.account_id,
              today())
    keep_test(work, file, tested)
    return file


def propose_file_exit(work: Work, asked: Asked) -> HardshipFile:
    file = _target(work, asked)
    tested = proposed_for(work.session, file, asked.body["means_test_id"], _facts(asked))
    file.propose_exit(_facts(asked), tested.computed, asked.body["kind"], asked.body["reason"],
                      work.caller.account_id, today())
    keep_test(work, file, tested)
    return file


def contest_file_exit(work: Work, asked: Asked) -> HardshipFile:
    file = _target(work, asked)
    file.contest_exit(asked.body["reason"], today())
    return file


def confirm_file_exit(work: Work, asked: Asked) -> HardshipFile:
    file = _target(work, asked)
    file.confirm_exit(work.caller.account_id, today(), value("HF-WATCH", today(), file.org_path))
    return file


def suspend_hardship_file(work: Work, asked: Asked) -> HardshipFile:
    file = _target(work, asked)
    file.suspend(asked.body["reason"], today(), value("HF-SUSPENSION", today(), file.org_path))
    return file


def resume_hardship_file(work: Work, asked: Asked) -> HardshipFile:
    file = _target(work, asked)
    file.resume(asked.body["reason"])
    return file


def cancel_hardship_file(work: Work, asked: Asked) -> HardshipFile:
    """Fraud bans the household for a time and puts what it was paid up for recovery."""
    file, on = _target(work, asked), today()
    is_fraud = asked.body["reason"] == "FRAUD"
    file.cancel(asked.body["reason"], on, months_later(on, value("HF-BAN", on, file.org_path)) if is_fraud else None)
    if is_fraud:
        demand_back(work, file)
    return file


def confirm_file_paper(work: Work, asked: Asked) -> HardshipFile:
    file = _target(work, asked)
    file.confirm_paper()
    return file


def _facts(asked: Asked) -> dict[str, Any]:
    return {name: asked.body[name] for name in FACTS}


def _target(work: Work, asked: Asked) -> HardshipFile:
    return work.target(HardshipFile, asked.path["file_id"])
