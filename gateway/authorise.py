"""May this caller do this operation? Read off the row of the contract, and nothing else."""

from __future__ import annotations

from gateway.identities import Identities, Identity
from gateway.refusals import RoleMissing, ScopeMissing, SignInNeeded, TokenInvalid
from gateway.tokens import CLIENT
from shared.contracts.table import Operation
from shared.kernel.caller import Caller
from shared.kernel.roles import Role

#: who asks for what is open to everybody
NOBODY = Caller("public", "public")
_BEARER = "bearer "


def identify(authorization: str | None, identities: Identities) -> Identity:
    """The identity behind an Authorization header. Raises a SignInNeeded."""
    if not authorization:
        raise SignInNeeded
    if not authorization[: len(_BEARER)].lower() == _BEARER:
        raise TokenInvalid
    return identities.of(authorization[len(_BEARER):].strip())


def caller_for(identity: Identity, row: Operation) -> Caller:
    """The caller as far as it may act in this operation. Raises RoleMissing, ScopeMissing."""
    if identity.kind == CLIENT:
        if row.client_scope is None or row.client_scope not in identity.scopes:
            raise ScopeMissing(operation_zh=row.zh, operation_en=row.en, scope=row.client_scope or "-")
        return identity.as_client()
    caller = identity.caller(row.roles)
    if caller is None:
        raise RoleMissing(operation_zh=row.zh, operation_en=row.en, roles_zh=_names(row, "zh"),
                          roles_en=_names(row, "en"))
    return caller


def _names(row: Operation, language: str) -> str:
    roles = sorted(row.roles, key=list(Role).index)
    return ", ".join(f"{role.value} {getattr(role, language)}" for role in roles) or "-"
