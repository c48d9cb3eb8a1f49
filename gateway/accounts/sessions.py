"""Signing in and out (登录会话): tokens, their renewal, and the end of a session.

These commands commit also when they refuse (a failure is counted, a stolen session ended), so they do not run in the
dispatcher's unit of work but in one of their own.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from gateway.accounts import secrets
from gateway.accounts.domain import Account
from gateway.accounts.failures import check_not_locked, count_failure, forget_failures
from gateway.accounts.refusals import (
    AccountDisabled,
    CredentialsWrong,
    CurrentPasswordWrong,
    NoPassword,
    PasswordIsName,
    RefreshReused,
    RefreshUnknown,
)
from gateway.accounts.revoking import end_session, end_sessions_of
from gateway.accounts.secrets import new_token, token_hash
from gateway.adapters.tables import accounts, api_clients, refresh_tokens, sessions
from gateway.identities import Identity
from gateway.tokens import ACCOUNT, CLIENT, Tokens
from shared.contracts.gateway import SESSIONS
from shared.kernel.caller import Caller
from shared.kernel.clock import real_now
from shared.kernel.ids import is_id, new_id
from shared.kernel.roles import Role
from shared.store.engine import Database
from shared.store.work import Work

BEARER = "Bearer"
ROLES = {role.value: role for role in Role}


@dataclass(frozen=True)
class Visit:
    """One request of this kind: its loaded body, and who asks (None before they are signed in)."""

    body: dict[str, Any]
    identity: Identity | None
    traceparent: str


class Sessions:
    """The operations of the SESSIONS contract, a method each."""

    def __init__(self, database: Database, tokens: Tokens, session_seconds: int) -> None:
        self.database, self.tokens, self.session_seconds = database, tokens, session_seconds

    def sign_in(self, visit: Visit) -> dict[str, Any]:
        kept, name = secrets.current(), visit.body["name"].strip().lower()
        name_hash = kept.name_hash(name)
        check_not_locked(self.database, name_hash)
        account = self._account(accounts.c.name == name)
        peppered = kept.peppered(visit.body["password"])
        if not kept.is_right(peppered, account.password_hash if account else None):
            self._failed(visit, name_hash, account)
            raise CredentialsWrong
        if account.state != "active":
            raise AccountDisabled
        return self._new_session(visit, account, name_hash, peppered)

    def refresh(self, visit: Visit) -> dict[str, Any]:
        token = visit.body["refresh_token"]
        with self.database.read() as connection:
            session = connection.execute(_session_of(token)).first()
        if session is None or session.state != "active" or session.expires_at <= real_now():
            raise RefreshUnknown
        caller = Caller(session.account_id, session.display_name, org_path=session.org_path)
        renewed, refusal = new_token(), None
        with self._work(visit, caller, "refresh") as work:
            if not _use(work.session.connection(), token):
                work.note("refresh_token_reused", "Session", session.id, {})
                work.at_the_end(end_session(session.id, "refresh token reused"))
                refusal = RefreshReused()
            else:
                work.at_the_end(partial(_keep, token=renewed, session_id=session.id))
        if refusal is not None:
            raise refusal
        return self._pair(session.account_id, session.id, renewed, (session.expires_at - real_now()).total_seconds())

    def client_token(self, visit: Visit) -> dict[str, Any]:
        client_id, c = visit.body["client_id"], api_clients.c
        query = select(c.id, c.display_name, c.org_path, c.secret_number, c.state).where(c.id == client_id)
        client = None
        if is_id(client_id):
            with self.database.read() as connection:
                client = connection.execute(query).first()
        right = secrets.current().client_secret(client_id, client.secret_number if client else 0)
        matches = hmac.compare_digest(right.encode(), visit.body["client_secret"].encode())
        if client is None or not matches:
            raise CredentialsWrong
        if client.state != "active":
            raise AccountDisabled
        with self._work(visit, _self(client), "client_token") as work:
            work.note("client_token", "ApiClient", client.id, {})
        return {"access_token": self.tokens.issue(client.id, CLIENT, str(client.secret_number)), "token_type": BEARER,
                "expires_in_seconds": self.tokens.lives_seconds}

    def sign_out(self, visit: Visit) -> None:
        identity = _known(visit)
        with self._work(visit, identity.as_itself(), "sign_out") as work:
            if identity.session_id is not None:
                work.note("sign_out", "Session", identity.session_id, {})
                work.at_the_end(end_session(identity.session_id, "signed out"))

    def get_me(self, visit: Visit) -> dict[str, Any]:
        identity = _known(visit)
        roles = [{"role": role, "zh": ROLES[role].zh, "en": ROLES[role].en, "org_path": org_path}
                 for role, org_path in identity.held]
        return {"id": identity.id, "kind": identity.kind, "name": identity.name, "display_name": identity.display_name,
                "org_path": identity.org_path, "worker_id": identity.worker_id, "roles": roles,
                "scopes": sorted(identity.scopes)}

    def change_password(self, visit: Visit) -> None:
        identity, kept = _known(visit), secrets.current()
        if identity.kind == CLIENT:
            raise NoPassword
        name_hash = kept.name_hash(identity.name)
        check_not_locked(self.database, name_hash)
        account = self._account(accounts.c.id == identity.id)
        if account is None or not kept.is_right(kept.peppered(visit.body["current_password"]), account.password_hash):
            self._failed(visit, name_hash, account)
            raise CurrentPasswordWrong
        if visit.body["new_password"].lower() == identity.name:
            raise PasswordIsName(pointer="/new_password")
        password_hash = kept.hashed(kept.peppered(visit.body["new_password"]))
        with self._work(visit, _itself_everywhere(identity), "change_password") as work:
            changed = work.load(Account, identity.id, lock=True)
            changed.password_hash = password_hash
            changed.touch()
            work.at_the_end(end_sessions_of(identity.id, "password changed", but=identity.session_id))

    # -- parts -------------------------------------------------------------------------------------------------

    def _account(self, condition: Any) -> Any:
        c = accounts.c
        query = select(c.id, c.name, c.display_name, c.org_path, c.state, c.password_hash).where(condition)
        with self.database.read() as connection:
            return connection.execute(query).first()

    def _failed(self, visit: Visit, name_hash: str, account: Any) -> None:
        who = _self(account) if account else Caller("public", "public")
        with self._work(visit, who, "sign_in") as work:
            work.note("sign_in_failed", "Account", account.id if account else name_hash, {})
            work.at_the_end(partial(count_failure, self.database, name_hash))

    def _new_session(self, visit: Visit, account: Any, name_hash: str, peppered: str) -> dict[str, Any]:
        session_id, token, at = new_id(), new_token(), real_now()
        row = {"id": session_id, "account_id": account.id, "started_at": at,
               "expires_at": at + timedelta(seconds=self.session_seconds)}
        outdated = secrets.current().is_outdated(account.password_hash)
        password_hash = secrets.current().hashed(peppered) if outdated else None
        with self._work(visit, _self(account), "sign_in") as work:
            work.note("sign_in", "Session", session_id, {})
            connection = work.session.connection()
            forget_failures(connection, name_hash)
            connection.execute(delete(sessions).where(sessions.c.account_id == account.id,
                                                      sessions.c.expires_at < at - timedelta(days=1)))
            connection.execute(insert(sessions).values(**row))
            _keep(connection, token, session_id)
            if password_hash is not None:
                same = update(accounts).where(accounts.c.id == account.id)
                connection.execute(same.values(password_hash=password_hash))
        return self._pair(account.id, session_id, token, self.session_seconds)

    def _pair(self, account_id: str, session_id: str, token: str, left_seconds: float) -> dict[str, Any]:
        return {"access_token": self.tokens.issue(account_id, ACCOUNT, session_id), "token_type": BEARER,
                "expires_in_seconds": self.tokens.lives_seconds, "refresh_token": token,
                "refresh_expires_in_seconds": int(left_seconds)}

    def _work(self, visit: Visit, caller: Caller, action: str) -> Work:
        return Work(self.database, SESSIONS, caller, action, traceparent=visit.traceparent, outside=NOTHING_OUTSIDE)


class NothingOutside:
    """The gateway's own operations ask no other service."""

    def ask(self, service: str, operation: str, query: dict[str, Any]) -> dict[str, Any]:
        raise LookupError(f"the gateway does not ask {service}.{operation}")


NOTHING_OUTSIDE = NothingOutside()


def _known(visit: Visit) -> Identity:
    assert visit.identity is not None, "the door identifies the caller of every row that is not public"
    return visit.identity


def _self(row: Any) -> Caller:
    """The account or API client of a row, acting for itself."""
    return Caller(row.id, row.display_name, org_path=row.org_path)


def _itself_everywhere(identity: Identity) -> Caller:
    """An account may change its own password wherever it is homed."""
    return Caller(identity.id, identity.display_name, scopes=(identity.org_path,), org_path=identity.org_path)


def _session_of(token: str) -> Any:
    query = select(sessions.c.id, sessions.c.account_id, sessions.c.expires_at, accounts.c.state,
                   accounts.c.display_name, accounts.c.org_path)
    return query.join_from(refresh_tokens, sessions).join(accounts, accounts.c.id == sessions.c.account_id).where(
        refresh_tokens.c.hash == token_hash(token), sessions.c.ended_at.is_(None))


def _use(connection: Connection, token: str) -> bool:
    """Whether this was the token's first use."""
    first = update(refresh_tokens).where(refresh_tokens.c.hash == token_hash(token), refresh_tokens.c.used_at.is_(None))
    return bool(connection.execute(first.values(used_at=real_now())).rowcount)


def _keep(connection: Connection, token: str, session_id: str) -> None:
    row = {"hash": token_hash(token), "session_id": session_id, "issued_at": real_now()}
    connection.execute(insert(refresh_tokens).values(**row))
