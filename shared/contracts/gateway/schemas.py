"""Accounts, API clients and tokens as they cross the door."""

from __future__ import annotations

from marshmallow import fields, validate

from shared.contracts.fields import Choice, Id, Moment, OrgPath, PageQuery, Record, Strict, Text, Whole, listed
from shared.kernel.roles import Role

MOST_GRANTS = 50
MOST_SCOPES = 50
LEAST_PASSWORD_CHARACTERS = 10
MOST_PASSWORD_CHARACTERS = 128
STATES = ("active", "disabled")


class AccountName(fields.String):
    """The name to sign in with: 3 to 40 lower-case letters, digits, dots, hyphens or underscores."""

    def __init__(self, **rest: object) -> None:
        super().__init__(validate=validate.Regexp(r"^[a-z0-9][a-z0-9._-]{2,39}\Z"), **rest)  # type: ignore[arg-type]


class NewPassword(fields.String):
    """A password, kept as it is typed, spaces included."""

    def __init__(self, **rest: object) -> None:
        super().__init__(validate=validate.Length(LEAST_PASSWORD_CHARACTERS, MOST_PASSWORD_CHARACTERS),
                         load_only=True, metadata={"format": "password"}, **rest)  # type: ignore[arg-type]


class ClientScope(fields.String):
    """What an API client may do, as the operations name it, for example `exchange:write`."""

    def __init__(self, **rest: object) -> None:
        super().__init__(validate=validate.Regexp(r"^[a-z][a-z0-9_-]{0,39}(?::[a-z][a-z0-9_-]{0,39}){0,2}\Z"),
                         **rest)  # type: ignore[arg-type]


class RoleCode(Choice):
    """A role of the centre (岗位), R1 to R25."""

    def __init__(self, **rest: object) -> None:
        super().__init__(Role, **rest)


class NewGrant(Strict):
    """A role in one part of the organisation tree."""

    role = RoleCode(required=True)
    org_path = OrgPath(required=True)


class Grant(NewGrant):
    id = Id(required=True)


class NewAccount(Strict):
    name = AccountName(required=True)
    display_name = Text(60, required=True)
    password = NewPassword(required=True)
    org_path = OrgPath(required=True, metadata={"description": "the unit the person belongs to"})
    worker_id = Id(load_default=None, allow_none=True)  # the worker this account speaks for; R25 needs it
    grants = listed(NewGrant, least=0, most=MOST_GRANTS, load_default=list)


class Account(Record):
    name = AccountName(required=True)
    display_name = fields.String(required=True)
    state = Choice(STATES, required=True)
    worker_id = Id(required=True, allow_none=True)
    grants = listed(Grant, least=0, most=MOST_GRANTS, required=True)
    created_at = Moment(required=True)


class AccountQuery(PageQuery):
    name = AccountName()
    state = Choice(STATES)
    role = RoleCode()


class Reason(Strict):
    reason = Text(500, required=True)


class PasswordReset(Strict):
    password = NewPassword(required=True)


class NewApiClient(Strict):
    """An agency's system that calls the API with its own credentials."""

    name = AccountName(required=True)
    display_name = Text(60, required=True)
    org_path = OrgPath(required=True, metadata={"description": "the only part of the tree it sees"})
    scopes = listed(ClientScope(), most=MOST_SCOPES, required=True)


class ApiClient(Record):
    name = AccountName(required=True)
    display_name = fields.String(required=True)
    state = Choice(STATES, required=True)
    scopes = listed(ClientScope(), most=MOST_SCOPES, required=True)
    secret_number = Whole(1, required=True)  # how many secrets it has had
    created_at = Moment(required=True)


class ApiClientSecret(ApiClient):
    client_secret = fields.String(required=True, metadata={
        "description": "shown in this answer and in repeats with the same Idempotency-Key only"})


class ApiClientQuery(PageQuery):
    state = Choice(STATES)


# -- signing in ------------------------------------------------------------------------------------------------


class SignIn(Strict):
    name = fields.String(required=True, validate=validate.Length(1, 100))
    password = fields.String(required=True, validate=validate.Length(1, 1000), load_only=True,
                             metadata={"format": "password"})


class Tokens(Strict):
    access_token = fields.String(required=True)
    token_type = Choice(("Bearer",), required=True)
    expires_in_seconds = Whole(required=True)
    refresh_token = fields.String(required=True, metadata={"description": "good for one use"})
    refresh_expires_in_seconds = Whole(required=True)


class Refresh(Strict):
    refresh_token = fields.String(required=True, validate=validate.Length(1, 200), load_only=True)


class ClientCredentials(Strict):
    client_id = fields.String(required=True, validate=validate.Length(1, 100))
    client_secret = fields.String(required=True, validate=validate.Length(1, 200), load_only=True)


class ClientToken(Strict):
    access_token = fields.String(required=True)
    token_type = Choice(("Bearer",), required=True)
    expires_in_seconds = Whole(required=True)


class HeldRole(Strict):
    role = RoleCode(required=True)
    zh = fields.String(required=True)
    en = fields.String(required=True)
    org_path = OrgPath(required=True)


class Me(Strict):
    """The caller: a person's account, or an API client (`kind` client, with `scopes`)."""

    id = Id(required=True)
    kind = Choice(("account", "client"), required=True)
    name = fields.String(required=True)
    display_name = fields.String(required=True)
    org_path = OrgPath(required=True)
    worker_id = Id(required=True, allow_none=True)
    roles = fields.List(fields.Nested(HeldRole), required=True)
    scopes = fields.List(fields.String(), required=True)


class PasswordChange(Strict):
    current_password = fields.String(required=True, validate=validate.Length(1, 1000), load_only=True,
                                     metadata={"format": "password"})
    new_password = NewPassword(required=True)
