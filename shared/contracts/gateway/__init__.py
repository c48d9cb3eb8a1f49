"""What the door itself answers: who may come in (accounts, API clients), and signing in and out."""

from __future__ import annotations

from shared.contracts.gateway.operations import ACCOUNT_OPERATIONS, SESSION_OPERATIONS
from shared.contracts.operator import KIT_OPERATIONS
from shared.contracts.table import Contract

#: the gateway has no queue and so no parked messages; its audit trail is read like any other
AUDIT_OPERATIONS = tuple(row for row in KIT_OPERATIONS if "audit" in row.name)

CONTRACT = Contract("gateway", "账号与接入", "Accounts and access", (*ACCOUNT_OPERATIONS, *AUDIT_OPERATIONS))

#: served at /v1<path>, without the service's name and without an Idempotency-Key: a token is issued anew each time
SESSIONS = Contract("session", "登录", "Signing in", SESSION_OPERATIONS)

__all__ = ["CONTRACT", "SESSIONS"]
