"""Who a token stands for. Looked up once per worker, then remembered until the token expires or is revoked."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import String, cast, select

from gateway.accounts.revoking import LOOK_BACK
from gateway.adapters.tables import accounts, api_clients, grants, revocations, sessions
from gateway.refusals import SessionEnded, TokenExpired
from gateway.tokens import CLIENT, Claims, Tokens
from shared.kernel.caller import Caller
from shared.kernel.clock import real_now
from shared.kernel.roles import Role
from shared.store.engine import Database, DatabaseAway

#: a worker reads the revocations at most this often, and never answers on older knowledge than MOST_AGE_SECONDS
CHECK_EVERY_SECONDS = 1.0
MOST_AGE_SECONDS = 1.8
#: after the database did not answer, nobody waits for it for so long: in turn they would wait too long
REST_SECONDS = 1.0
MOST_REMEMBERED = 20_000


@dataclass
class Identity:
    """An account or an API client, as its tokens show it. `held` are (role, org_path), oldest grant first."""

    id: str
    kind: str
    name: str
    display_name: str
    org_path: str
    worker_id: str | None
    session_id: str | None
    expires_at: float
    held: tuple[tuple[str, str], ...] = ()
    scopes: frozenset[str] = frozenset()
    _callers: dict[frozenset[Role], Caller | None] = field(default_factory=dict)

    def caller(self, roles: frozenset[Role]) -> Caller | None:
        """The account acting in those of its roles that are among `roles`; None when it holds none of them."""
        if roles not in self._callers:
            self._callers[roles] = self._caller(roles)
        return self._callers[roles]

    def _caller(self, roles: frozenset[Role]) -> Caller | None:
        fitting = [(role, org_path) for role, org_path in self.held if role in roles]
        if not fitting:
            return None
        acting = tuple(dict.fromkeys(role for role, _ in fitting))
        return Caller(self.id, self.display_name, acting, _scopes(fitting), fitting[0][1],
                      self.worker_id if Role.WORKER in acting else None)

    def as_client(self) -> Caller:
        return Caller(self.id, self.display_name, ("CLIENT",), (self.org_path,), self.org_path)

    def as_itself(self) -> Caller:
        """Not acting in any role: for what everybody may do with their own account."""
        return Caller(self.id, self.display_name, tuple(dict.fromkeys(role for role, _ in self.held)), (),
                      self.org_path)


def _scopes(held: list[tuple[str, str]]) -> tuple[str, ...]:
    """Where these roles reach. A worker (R25) reaches their own matters only, wherever the union is."""
    return tuple(dict.fromkeys(org_path for role, org_path in held if role != Role.WORKER))


class Identities:
    """The memory of one worker process."""

    def __init__(self, database: Database, tokens: Tokens) -> None:
        self._database, self._tokens = database, tokens
        self._remembered: OrderedDict[str, Identity] = OrderedDict()
        self._checking = threading.Lock()
        self._checked_at = 0.0
        self._rests_until = 0.0

    def of(self, token: str) -> Identity:
        """Raises TokenInvalid, TokenExpired, SessionEnded, DatabaseAway."""
        self._heed_revocations()
        found = self._remembered.get(token)
        if found is None:
            found = self._looked_up(self._tokens.read(token))
            self._remembered[token] = found
            if len(self._remembered) > MOST_REMEMBERED:
                self._remembered.popitem(last=False)
        elif found.expires_at <= time.time():
            self._remembered.pop(token, None)
            raise TokenExpired
        return found

    # -- revocations -------------------------------------------------------------------------------------------

    def _heed_revocations(self) -> None:
        age = time.monotonic() - self._checked_at
        if age < CHECK_EVERY_SECONDS or not self._checking.acquire(blocking=age >= MOST_AGE_SECONDS):
            return
        try:
            if time.monotonic() - self._checked_at >= CHECK_EVERY_SECONDS:
                self._check_revocations()
        finally:
            self._checking.release()

    def _check_revocations(self) -> None:
        began = time.monotonic()
        if began < self._rests_until:
            raise DatabaseAway("数据库 / the database")
        try:
            self._forget(self._revoked())
        except DatabaseAway:
            self._rests_until = time.monotonic() + REST_SECONDS
            raise
        self._checked_at = began

    def _revoked(self) -> frozenset[str]:
        recent = select(revocations.c.subject).where(revocations.c.at > real_now() - LOOK_BACK)
        with self._database.read() as connection:
            return frozenset(connection.execute(recent).scalars())

    def _forget(self, subjects: frozenset[str]) -> None:
        if not subjects:
            return
        for token in [token for token, held in list(self._remembered.items())
                      if held.id in subjects or held.session_id in subjects]:
            self._remembered.pop(token, None)

    # -- looking up --------------------------------------------------------------------------------------------

    def _looked_up(self, claims: Claims) -> Identity:
        found = self._client(claims) if claims.kind == CLIENT else self._account(claims)
        if found is None:
            raise SessionEnded
        return found

    def _client(self, claims: Claims) -> Identity | None:
        c = api_clients.c
        query = select(c.id, c.name, c.display_name, c.org_path, c.scopes).where(
            c.id == claims.subject, c.state == "active", cast(c.secret_number, String) == claims.session_id)
        with self._database.read() as connection:
            row = connection.execute(query).first()
        return row and Identity(row.id, claims.kind, row.name, row.display_name, row.org_path, None, None,
                                claims.expires_at, scopes=frozenset(row.scopes))

    def _account(self, claims: Claims) -> Identity | None:
        c = accounts.c
        query = select(c.id, c.name, c.display_name, c.org_path, c.worker_id).join_from(
            accounts, sessions, sessions.c.account_id == c.id).where(
            sessions.c.id == claims.session_id, sessions.c.ended_at.is_(None), c.id == claims.subject,
            c.state == "active")
        with self._database.read() as connection:
            row = connection.execute(query).first()
            held = self._held(connection, claims.subject) if row else ()
        return row and Identity(row.id, claims.kind, row.name, row.display_name, row.org_path, row.worker_id,
                                claims.session_id, claims.expires_at, held)

    @staticmethod
    def _held(connection: Any, account_id: str) -> tuple[tuple[str, str], ...]:
        mine = select(grants.c.role, grants.c.org_path).where(grants.c.account_id == account_id)
        return tuple((row.role, row.org_path) for row in
                     connection.execute(mine.order_by(grants.c.id)))
