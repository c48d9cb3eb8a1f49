"""Every contract of the product. The gateway, AsyncAPI, the frozen schemas and the tests start from here."""

from __future__ import annotations

from importlib import import_module

from shared.contracts.table import Contract, Event

#: the services, in the order a newcomer would meet them
NAMES = ("membership", "reception", "mediation", "relief", "legal", "jobs", "exchange", "reporting")


def _load() -> dict[str, Contract]:
    return {name: import_module(f"shared.contracts.{name}").CONTRACT for name in NAMES}


CONTRACTS: dict[str, Contract] = _load()
EVENTS: dict[str, Event] = {event.type: event for contract in CONTRACTS.values() for event in contract.events}
