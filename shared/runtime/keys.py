"""The secrets of an installation: one small JSON file, made on first start, readable by its owner alone."""

from __future__ import annotations

import json
import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shared.runtime.config import Settings
from shared.store import encryption
from shared.store.encryption import Cipher

KEY_BYTES = 32


class KeysInvalid(ValueError):
    """The key file is missing or damaged. The message says what to do."""


@dataclass(frozen=True, repr=False)
class Keys:
    """`field_keys` by key id; `current_field_key` is the one new values take. All keys are 32 bytes."""

    token_secret: bytes
    field_keys: Mapping[str, bytes]
    current_field_key: str
    index_key: bytes


def generate() -> dict[str, Any]:
    """A new set of keys in the form of the file."""
    return {
        "token_secret": _new_key(),
        "field_keys": {"k1": _new_key()},
        "current_field_key": "k1",
        "index_key": _new_key(),
    }


def ensure(settings: Settings) -> Keys:
    """The keys, made first if this installation has none yet. Raises KeysInvalid."""
    if settings.keys is None and not settings.keys_file.exists():
        settings.data.mkdir(parents=True, exist_ok=True)
        write(settings.keys_file, generate())
    return load(settings)


def load(settings: Settings) -> Keys:
    """The keys of BANGFU_KEYS, else of data/keys.json. Raises KeysInvalid."""
    source = "BANGFU_KEYS" if settings.keys is not None else str(settings.keys_file)
    try:
        raw = json.loads(settings.keys if settings.keys is not None else settings.keys_file.read_text("utf-8"))
        return _parse(raw)
    except FileNotFoundError:
        raise KeysInvalid(
            f"找不到密钥文件 {source}。首次启动请运行 bangfu run;若数据已存在,请从备份恢复该文件。 / "
            f"No key file {source}. `bangfu run` makes one on first start; if there is data already, restore the file."
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise KeysInvalid(
            f"密钥 {source} 格式有误,请从备份恢复。 / The keys in {source} are damaged, restore them: {error}"
        ) from error


def cipher(settings: Settings) -> Cipher:
    """The keys in the form that field encryption takes."""
    keys = load(settings)
    return Cipher(keys.field_keys, keys.current_field_key, keys.index_key)


def use(settings: Settings) -> None:
    """Give this process the field keys; a key added later is found when a value names it."""
    encryption.use(cipher(settings), lambda: cipher(settings))


def add_field_key(settings: Settings) -> str:
    """Add a new field key to the file and make it the current one; the old ones stay for reading. Returns its id."""
    load(settings)
    raw = json.loads(settings.keys_file.read_text("utf-8"))
    key_id = f"k{len(raw['field_keys']) + 1}"
    raw["field_keys"][key_id] = _new_key()
    write(settings.keys_file, {**raw, "current_field_key": key_id})
    return key_id


def write(path: Path, keys: Mapping[str, Any]) -> None:
    """Put the file in place at once, so that a crash leaves the old one or the new one."""
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(keys, file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def _parse(raw: Mapping[str, Any]) -> Keys:
    keys = Keys(
        token_secret=_decode(raw["token_secret"], "token_secret"),
        field_keys={key_id: _decode(text, f"field_keys.{key_id}") for key_id, text in raw["field_keys"].items()},
        current_field_key=str(raw["current_field_key"]),
        index_key=_decode(raw["index_key"], "index_key"),
    )
    if keys.current_field_key not in keys.field_keys:
        raise ValueError(f"current_field_key {keys.current_field_key} is not among field_keys")
    return keys


def _decode(text: str, name: str) -> bytes:
    key = b64decode(text, validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError(f"{name} must be {KEY_BYTES} bytes in base64")
    return key


def _new_key() -> str:
    return b64encode(secrets.token_bytes(KEY_BYTES)).decode()
