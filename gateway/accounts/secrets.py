"""Passwords and secrets: argon2id over a keyed hash (pepper), so that what lies in the database cannot be tried out."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import TypeVar

import gevent
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from gevent import monkey

T = TypeVar("T")
LEAST_RANDOM_BYTES = 32


class Secrets:
    """Hashes and checks with the installation's index key, which is never rotated (blind indexes hang on it too)."""

    def __init__(self, index_key: bytes, argon2_costs: tuple[int, int, int]) -> None:
        memory_kib, passes, lanes = argon2_costs
        self._index_key = index_key
        self._hasher = PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=lanes)
        self._nobody = self._hasher.hash(secrets.token_hex(16))

    def peppered(self, password: str) -> str:
        """The form in which a password goes inwards: nothing behind the door sees what was typed."""
        return self._mac("password", password)

    def hashed(self, peppered: str) -> str:
        return _beside(lambda: self._hasher.hash(peppered))

    def is_right(self, peppered: str, password_hash: str | None) -> bool:
        """Whether it is the password of the hash. Without a hash it takes as long and is wrong."""
        return _beside(lambda: self._verify(peppered, password_hash or self._nobody)) and password_hash is not None

    def is_outdated(self, password_hash: str) -> bool:
        """Whether the hash was made with other costs than today's."""
        return self._hasher.check_needs_rehash(password_hash)

    def name_hash(self, name: str) -> str:
        """Under which the failures of a name are counted."""
        return self._mac("name", name)

    def client_secret(self, client_id: str, number: int) -> str:
        """The secret of an API client. Derived, so that a repeated request can show it and no row holds it."""
        mac = hmac.digest(self._index_key, f"client:{client_id}:{number}".encode(), hashlib.sha256)
        return urlsafe_b64encode(mac).decode().rstrip("=")

    def _mac(self, purpose: str, text: str) -> str:
        return hmac.new(self._index_key, f"{purpose}:{text}".encode(), hashlib.sha256).hexdigest()

    def _verify(self, peppered: str, password_hash: str) -> bool:
        try:
            return self._hasher.verify(password_hash, peppered)
        except (VerificationError, InvalidHashError):
            return False


def new_token() -> str:
    """A random token of 256 bits."""
    return secrets.token_urlsafe(LEAST_RANDOM_BYTES)


def token_hash(token: str) -> str:
    """Under which a random token is kept; it needs no salt, nobody can guess 256 bits."""
    return hashlib.sha256(token.encode()).hexdigest()


def _beside(work: Callable[[], T]) -> T:
    """Run CPU work outside of the gevent loop (argon2 releases the GIL), so that the door stays open meanwhile."""
    if not monkey.is_module_patched("threading"):
        return work()
    result: T = gevent.get_hub().threadpool.apply(work)
    return result


_secrets: Secrets | None = None


def use(made: Secrets) -> None:
    """Set the process's secrets, like `shared.store.encryption.use`."""
    global _secrets
    _secrets = made


def current() -> Secrets:
    if _secrets is None:
        raise RuntimeError("no secrets are loaded in this process")
    return _secrets
