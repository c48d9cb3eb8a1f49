"""Adding an account from the command line: the first administrator cannot come through the door."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from marshmallow import ValidationError
from sqlalchemy import select

from gateway.accounts import accounts, secrets
from gateway.accounts.sessions import NOTHING_OUTSIDE
from gateway.adapters.tables import accounts as accounts_table
from gateway.settings import DoorSettings
from shared.contracts.gateway import CONTRACT
from shared.contracts.gateway.schemas import Account, NewAccount
from shared.kernel.caller import system
from shared.runtime import keys as key_file
from shared.runtime.config import Settings
from shared.service.dispatch import Asked
from shared.service.ticks import new_traceparent
from shared.store.engine import Database, service_url
from shared.store.work import Work


class AccountInvalid(ValueError):
    """The account cannot be made like this. The message says why."""


def add_account(settings: Settings, name: str, password: str, display_name: str, grants: Iterable[tuple[str, str]],
                worker_id: str | None = None, org_path: str | None = None) -> dict[str, Any]:
    """Add an account and return it as the API would. `grants` are (role code, organisation path).

    `org_path` is the unit it belongs to, that of the first grant if not given. The database must have been migrated.
    Raises AccountInvalid, NameTaken (also for the very same account), WorkerNeeded, KeysInvalid.
    """
    given = [{"role": role, "org_path": path} for role, path in grants]
    body = {"name": name, "password": password, "display_name": display_name, "grants": given, "worker_id": worker_id,
            "org_path": org_path or (given[0]["org_path"] if given else "")}
    _use_secrets(settings)
    try:
        loaded = NewAccount().load(body)
    except ValidationError as error:
        raise AccountInvalid(f"账号内容有误 / the account is not valid: {error.messages}") from error
    loaded["password"] = secrets.current().peppered(loaded["password"])
    database = Database(service_url("gateway", settings.database_url, settings.data))
    try:
        work = Work(database, CONTRACT, system("cli"), "create_account", traceparent=new_traceparent(),
                    outside=NOTHING_OUTSIDE)
        with work:
            made = accounts.create_account(work, Asked({}, {}, loaded))
        return dict(Account().dump(made))
    finally:
        database.close()


def has_accounts(settings: Settings) -> bool:
    """Whether anybody can sign in already."""
    database = Database(service_url("gateway", settings.database_url, settings.data))
    try:
        with database.read() as connection:
            return connection.execute(select(accounts_table.c.id).limit(1)).first() is not None
    finally:
        database.close()


def _use_secrets(settings: Settings) -> None:
    keys = key_file.load(settings)
    key_file.use(settings)
    secrets.use(secrets.Secrets(keys.index_key, DoorSettings.read().argon2_costs))
