"""Field encryption: AES-256-GCM with key ids, and blind indexes for looking a number up without reading it.

Keys come from `shared.runtime.keys`; a service that holds personal data calls `use(keys)` once at its start.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Column, ColumnElement, Dialect, Text, type_coerce
from sqlalchemy.types import TypeDecorator

NONCE_BYTES = 12


class CannotDecrypt(RuntimeError):
    """The key is missing or the value was altered. The message names the key id, never the value."""


@dataclass(frozen=True)
class Cipher:
    """`keys` by key id (32 bytes each); `current` is the one that new values take; `index_key` is for blind indexes."""

    keys: Mapping[str, bytes]
    current: str
    index_key: bytes

    def encrypt(self, value: str, purpose: str) -> str:
        """`key id:base64`. `purpose` (table.column) is bound in: a value moved to another column will not open."""
        nonce = os.urandom(NONCE_BYTES)
        sealed = AESGCM(self.keys[self.current]).encrypt(nonce, value.encode(), purpose.encode())
        return f"{self.current}:{b64encode(nonce + sealed).decode()}"

    def decrypt(self, stored: str, purpose: str) -> str:
        key_id, _, text = stored.partition(":")
        if key_id not in self.keys:
            raise CannotDecrypt(f"no key {key_id!r} for {purpose}: add it to the key file again")
        raw = b64decode(text)
        try:
            return AESGCM(self.keys[key_id]).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], purpose.encode()).decode()
        except InvalidTag as error:
            raise CannotDecrypt(f"{purpose}: the value was altered, or key {key_id!r} is another one") from error

    def blind_index(self, value: str, purpose: str) -> str:
        """A keyed hash (HMAC-SHA256) by which equal values are found."""
        return hmac.new(self.index_key, f"{purpose}:{value}".encode(), hashlib.sha256).hexdigest()


_cipher: Cipher | None = None
_read_again: Callable[[], Cipher] | None = None


def use(cipher: Cipher, read_again: Callable[[], Cipher] | None = None) -> None:
    """Set the process's keys, and how to read them again when a value names a key that is new."""
    global _cipher, _read_again
    _cipher, _read_again = cipher, read_again


def cipher() -> Cipher:
    """The process's keys. Raises CannotDecrypt when none were set."""
    if _cipher is None:
        raise CannotDecrypt("no encryption keys are loaded in this process")
    return _cipher


def _cipher_for(stored: str) -> Cipher:
    if stored.partition(":")[0] not in cipher().keys and _read_again is not None:
        use(_read_again(), _read_again)
    return cipher()


class Encrypted(TypeDecorator[str]):
    """A column whose text is encrypted at rest. `purpose` is `table.column`."""

    impl = Text
    cache_ok = True

    def __init__(self, purpose: str) -> None:
        super().__init__()
        self.purpose = purpose

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else cipher().encrypt(value, self.purpose)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> str | None:
        return None if value is None else _cipher_for(value).decrypt(value, self.purpose)

    @staticmethod
    def stored(column: Column[Any]) -> ColumnElement[str]:
        """The column as it lies in the database."""
        return type_coerce(column, Text())
