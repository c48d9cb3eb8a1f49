"""The state tables of hardship files and of what belongs to them: each move allowed once, each other one refused."""

from __future__ import annotations

import pytest

from services.relief.domain.files.access import ACCESS
from services.relief.domain.files.attachment import ATTACHMENT
from services.relief.domain.files.destruction import LIST
from services.relief.domain.files.leaving import EXIT_KINDS
from services.relief.domain.files.objection import OBJECTION
from services.relief.domain.files.review_year import REVIEW_YEAR
from services.relief.domain.files.states import HARDSHIP_FILE
from services.relief.domain.files.transfer import TRANSFER
from shared.contracts.relief.files import codes
from shared.kernel.errors import WrongState
from shared.kernel.states import Machine

MACHINES = {
    "file": (HARDSHIP_FILE, codes.FILE_STATES), "objection": (OBJECTION, codes.OBJECTION_STATES),
    "transfer": (TRANSFER, codes.TRANSFER_STATES), "access": (ACCESS, codes.ACCESS_STATES),
    "review": (REVIEW_YEAR, codes.REVIEW_STATES), "destruction": (LIST, codes.DESTRUCTION_STATES),
    "attachment": (ATTACHMENT, codes.ATTACHMENT_STATES),
}
FORBIDDEN = [pytest.param(machine, state, command, id=f"{name} {state} {command}")
             for name, (machine, _) in MACHINES.items()
             for state in sorted(machine.states) for command in sorted(machine.commands)
             if command not in machine.allowed(state)]


@pytest.mark.parametrize(("machine", "state", "command"), FORBIDDEN)
def test_every_other_move_is_refused(machine: Machine, state: str, command: str) -> None:
    with pytest.raises(WrongState) as refused:
        machine.next(state, command)
    assert refused.value.params["state"] == state


def test_the_contract_has_the_ways_out_of_the_domain() -> None:
    assert codes.EXIT_KINDS == EXIT_KINDS


@pytest.mark.parametrize("name", MACHINES)
def test_the_contract_has_the_states_of_the_domain(name: str) -> None:
    machine, states = MACHINES[name]
    assert set(states) == machine.states


def test_the_small_tables_are_these() -> None:
    assert {state: OBJECTION.allowed(state) for state in OBJECTION.states} == {
        "RAISED": ["examine"], "EXAMINED": ["dismiss", "uphold"], "UPHELD": [], "DISMISSED": []}
    assert {state: REVIEW_YEAR.allowed(state) for state in REVIEW_YEAR.states} == {
        "LISTED": ["begin"], "STARTED": ["check", "close"], "CLOSED": []}
    assert {state: TRANSFER.allowed(state) for state in TRANSFER.states} == {
        "PROPOSED": ["accept", "decline", "withdraw"], "ACCEPTED": [], "DECLINED": [], "WITHDRAWN": []}
    assert {state: LIST.allowed(state) for state in LIST.states} == {
        "PROPOSED": ["destroy", "withdraw"], "DESTROYED": [], "WITHDRAWN": []}
