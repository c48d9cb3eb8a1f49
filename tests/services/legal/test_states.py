"""The state tables of legal: everything they do not name is refused and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from services.legal.domain.lawyer import Lawyer
from services.legal.domain.states import AID, DUTY_CALLS, RECOVERIES
from shared.contracts.legal.schemas import AID_STATES, DUTY_STATES, RECOVERY_STATES
from shared.kernel.errors import WrongState
from shared.kernel.states import Machine
from tests.services.legal import samples as s

Commands = dict[str, Callable[[Any], None]]

AID_COMMANDS: Commands = {
    "ask_supplement": lambda c: c.ask_supplement(["身份证明"], s.ON + timedelta(days=5), s.ON),
    "supplement": lambda c: c.supplement(s.ON),
    "withdraw": lambda c: c.withdraw("已解决"),
    "grant_urgent": lambda c: c.grant_urgent(s.CASE_NO, "PRESERVATION", "officer", s.ON),
    "grant": lambda c: c.grant(s.CASE_NO, "EXEMPT_MIGRANT_WAGE", None, "officer", s.ON),
    "verify_means": lambda c: c.verify_means("EXEMPT_MIGRANT_WAGE", None),
    "refuse": lambda c: c.refuse("不在范围", "officer", s.ON),
    "object": lambda c: c.object("应予援助", s.ON),
    "uphold_objection": lambda c: c.uphold_objection(s.CASE_NO, "EXEMPT_MIGRANT_WAGE", None, "director", s.ON),
    "dismiss_objection": lambda c: c.dismiss_objection("维持", "director"),
    "assign": lambda c: c.assign(s.lawyer(), [], s.ON),
    "start": lambda c: c.start(),
    "report": lambda c: c.report("ARBITRATION_FILED", s.ON, "已立案", "lawyer"),
    "terminate": lambda c: c.terminate("OTHER", "其他", s.ON),
    "close": lambda c: c.close("WON", 0, s.ON),
    "follow_up": lambda c: c.note_follow_up("满意"),
}
RECOVERY_COMMANDS: Commands = {
    "seek_order": lambda c: c.seek_order("UNDERTAKING", "某某区人民法院", s.ON, s.ON),
    "issue_order": lambda c: c.issue_order("(2026)鲁0202民督1号", s.ON, s.ON),
    "receive": lambda c: c.move("receive"),
    "recover": lambda c: c.recover("已到账", s.ON),
    "close": lambda c: c.close("债务人破产", s.ON),
}
DUTY_COMMANDS: Commands = {
    "assign": lambda c: c.assign(s.lawyer()),
    "attend": lambda c: c.attend("已到场"),
    "cancel": lambda c: c.cancel("人员已散去"),
}
TABLES: list[tuple[Machine, Commands, Callable[[], Any]]] = [
    (AID, AID_COMMANDS, s.applied),
    (RECOVERIES, RECOVERY_COMMANDS, s.recovery),
    (DUTY_CALLS, DUTY_COMMANDS, s.duty_call),
]


def forbidden() -> list[Any]:
    return [pytest.param(make, state, commands[command], id=f"{make.__name__}-{state}-{command}")
            for machine, commands, make in TABLES
            for state in sorted(machine.states) for command in sorted(machine.commands)
            if command not in machine.allowed(state)]


def allowed() -> list[Any]:
    return [pytest.param(make, state, commands[command], machine.next(state, command),
                         id=f"{make.__name__}-{state}-{command}")
            for machine, commands, make in TABLES
            for state in sorted(machine.states) for command in machine.allowed(state)]


def test_every_command_of_the_tables_is_tried_here() -> None:
    for machine, commands, _ in TABLES:
        assert set(commands) == machine.commands


def test_the_contract_names_the_states_of_the_tables() -> None:
    assert (set(AID_STATES), set(RECOVERY_STATES), set(DUTY_STATES)) == (
        AID.states, RECOVERIES.states, DUTY_CALLS.states)


@pytest.mark.parametrize(("make", "state", "command"), forbidden())
def test_a_forbidden_command_is_refused_and_changes_nothing(
        make: Callable[[], Any], state: str, command: Callable[[Any], None]) -> None:
    record = make()
    record.state, before = state, (record.version, len(record.happened))
    with pytest.raises(WrongState):
        command(record)
    assert (record.state, record.version, len(record.happened)) == (state, *before)


@pytest.mark.parametrize(("make", "state", "command", "target"), allowed())
def test_an_allowed_command_leads_where_the_table_says(
        make: Callable[[], Any], state: str, command: Callable[[Any], None], target: str) -> None:
    record = make()
    record.state = state
    command(record)
    assert record.state == target
    assert record.version > 1


def test_a_retired_lawyer_stays_retired() -> None:
    lawyer = s.lawyer()
    lawyer.retire()
    for command in (lawyer.retire, lambda: lawyer.update([1], [])):
        with pytest.raises(WrongState):
            command()
    assert Lawyer.machine.states == {"ACTIVE", "RETIRED"}
