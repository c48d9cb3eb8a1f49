"""Both state tables: what they allow, and that everything else is refused and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from services.mediation.domain.dispute import Dispute
from services.mediation.domain.incident import Incident
from services.mediation.domain.mediator import Mediator
from services.mediation.domain.states import DISPUTES, ENDED
from shared.contracts.mediation.schemas import INCIDENT_STATES, OUTCOMES, STATES
from shared.kernel.errors import WrongState
from shared.kernel.ids import new_id
from shared.kernel.states import Machine
from tests.services.desks import PLACE
from tests.services.mediation import samples as s

COMMANDS: dict[str, Callable[[Dispute], None]] = {
    "add_claimants": lambda d: d.add_claimants([], {}, s.RULE),
    "choose_representatives": lambda d: d.choose_representatives([], s.RULE),
    "accept": lambda d: d.accept("TJ37020220260000019", True, True, s.APPLIED_ON),
    "reject": lambda d: d.reject("不属于劳动争议"),
    "assign_mediators": lambda d: d.assign_mediators([s.mediator()], s.lawyer()),
    "hold_session": lambda d: d.hold_session(s.APPLIED_ON, "mediator", s.finding(1)),
    "request_wage_advance": lambda d: d.request_wage_advance(1, None, "mediator", s.APPLIED_ON),
    "extend": lambda d: d.extend(d.mediation_due_on + timedelta(days=5), True),
    "agree": lambda d: s.agree(d, s.owed("PAY_WORKERS", 1)),
    "fail": lambda d: d.fail("未达成一致", s.APPLIED_ON),
    "withdraw": lambda d: d.withdraw("自行和解"),
    "record_performance": lambda d: d.record_performance(new_id(), 1, s.APPLIED_ON),
    "perform": lambda d: d.move("perform"),
    "pass_due": lambda d: d.pass_due(),
    "refer": lambda d: d.refer("可申请仲裁"),
    "close": lambda d: d.close(s.APPLIED_ON),
}

INCIDENT_COMMANDS: dict[str, Callable[[Incident], None]] = {
    "record_action": lambda i: i.record_action("到场", "cadre", s.NOW),
    "calm": lambda i: i.calm("已平息", "cadre", s.NOW),
    "close": lambda i: i.close("结束", "cadre", s.NOW),
}


def forbidden(machine: Machine) -> list[tuple[str, str]]:
    return [(state, command) for state in sorted(machine.states) for command in sorted(machine.commands)
            if command not in machine.allowed(state)]


def test_every_command_of_the_tables_is_tried_here() -> None:
    assert set(COMMANDS) == DISPUTES.commands
    assert set(INCIDENT_COMMANDS) == Incident.machine.commands


def test_the_contract_names_the_states_of_the_tables() -> None:
    assert set(STATES) == DISPUTES.states
    assert set(INCIDENT_STATES) == Incident.machine.states
    assert set(OUTCOMES) == set(ENDED)


@pytest.mark.parametrize(("state", "command"), forbidden(DISPUTES))
def test_a_forbidden_command_is_refused_and_changes_nothing(state: str, command: str) -> None:
    dispute = s.applied([100, 200])
    dispute.state, before = state, (dispute.version, len(dispute.happened))
    with pytest.raises(WrongState) as refused:
        COMMANDS[command](dispute)
    assert refused.value.params["state"] == state
    assert (dispute.state, dispute.version, len(dispute.happened)) == (state, *before)


@pytest.mark.parametrize(("state", "command"), forbidden(Incident.machine))
def test_a_forbidden_command_on_an_incident(state: str, command: str) -> None:
    incident = Incident.open(new_id(), PLACE, 43, "HIGH", s.NOW)
    incident.state = state
    with pytest.raises(WrongState):
        INCIDENT_COMMANDS[command](incident)
    assert (incident.state, incident.actions) == (state, [])


def test_a_retired_mediator_stays_retired() -> None:
    mediator = s.mediator()
    mediator.retire()
    with pytest.raises(WrongState):
        mediator.retire()
    assert Mediator.machine.states == {"ACTIVE", "RETIRED"}


def test_every_state_but_the_ended_ones_leads_on() -> None:
    for state in DISPUTES.states - set(ENDED):
        assert any(DISPUTES.next(state, command) != state for command in DISPUTES.allowed(state)), state
