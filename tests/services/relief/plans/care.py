"""Households in care, their plans and pairs, driven by commands."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from shared.kernel.clock import today
from shared.kernel.roles import Role
from tests.services.desks import Desk, caller

OFFICER, DIRECTOR, CADRE = caller(Role.GRASSROOTS_OFFICER), caller(Role.CENTRE_DIRECTOR), caller(Role.DUTY_CADRE)


def step(kind: str = "SCHOOLING", tier: str = "EMERGENCY", days: int = 20, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "tier": tier, "what": "经居委会联系入学", "due_on": in_days(days), **more}


def in_days(days: int) -> str:
    return (today() + timedelta(days=days)).isoformat()


class Plan:
    """One plan; `steps` are by position."""

    def __init__(self, relief: Desk, record: dict[str, Any]) -> None:
        self.relief, self.now = relief, record

    def do(self, operation: str, who: Any, *, step: int | None = None, **body: Any) -> tuple[int, Any]:
        path = {"plan_id": self.now["id"]} | ({} if step is None else {"step_id": self.now["steps"][step]["id"]})
        status, data = self.relief.do(operation, who, path=path, body=body, version=self.now["version"])
        if status < 300 and data["id"] == self.now["id"]:
            self.now = data
        return status, data

    def must(self, operation: str, who: Any = OFFICER, **body: Any) -> dict[str, Any]:
        status, data = self.do(operation, who, **body)
        assert status < 300, (operation, data)
        return dict(data)

    def refused(self, operation: str, who: Any = OFFICER, **body: Any) -> str:
        status, data = self.do(operation, who, **body)
        assert status >= 400, (operation, data)
        return str(data["code"])

    def read(self) -> dict[str, Any]:
        self.now = self.relief.must("get_assistance_plan", OFFICER, path={"plan_id": self.now["id"]})
        return self.now


def make(relief: Desk, file_id: str, *steps: dict[str, Any]) -> Plan:
    body = {"file_id": file_id, "goal": "一年内自立", "steps": list(steps)}
    return Plan(relief, relief.must("make_assistance_plan", OFFICER, body=body))


class Pair:
    """One pair-up."""

    def __init__(self, relief: Desk, file_id: str, cadre_id: str) -> None:
        self.relief = relief
        self.now = relief.must("make_pair_up", DIRECTOR, body={"file_id": file_id, "cadre_id": cadre_id,
                                                               "rank": "SECTION"})

    def do(self, operation: str, who: Any, **body: Any) -> tuple[int, Any]:
        status, data = self.relief.do(operation, who, path={"pair_id": self.now["id"]}, body=body,
                                      version=self.now["version"])
        if status < 300 and data["id"] == self.now["id"]:
            self.now = data
        return status, data

    def must(self, operation: str, who: Any = CADRE, **body: Any) -> dict[str, Any]:
        status, data = self.do(operation, who, **body)
        assert status < 300, (operation, data)
        return dict(data)

    def refused(self, operation: str, who: Any = CADRE, **body: Any) -> str:
        status, data = self.do(operation, who, **body)
        assert status >= 400, (operation, data)
        return str(data["code"])

    def read(self) -> dict[str, Any]:
        self.now = self.relief.must("get_pair_up", DIRECTOR, path={"pair_id": self.now["id"]})
        return self.now
