"""What an operator may choose of the door alone, beside `shared.runtime.config`. Each field names its variable."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from shared.runtime.config import SettingInvalid

#: OWASP's second choice for argon2id: 19 MiB, two passes, one lane; about 20 ms
ARGON2 = "19456,2,1"


@dataclass(frozen=True)
class DoorSettings:
    """Rates are per worker process: they are counted in its memory."""

    rate_per_minute: int = 600  # BANGFU_RATE_PER_MINUTE: requests of one account or API client
    sign_in_per_minute: int = 10  # BANGFU_SIGN_IN_PER_MINUTE: tries for one name
    sign_in_per_minute_address: int = 30  # BANGFU_SIGN_IN_PER_MINUTE_ADDRESS: tries from one address
    access_seconds: int = 900  # BANGFU_ACCESS_SECONDS: life of an access token
    session_seconds: int = 43_200  # BANGFU_SESSION_SECONDS: life of a session, however often it is refreshed
    argon2: str = ARGON2  # BANGFU_ARGON2: memory in KiB, passes, lanes
    trusted_proxies: int = 0  # BANGFU_TRUSTED_PROXIES: how many proxies before us set X-Forwarded-For
    access_log: int = 0  # BANGFU_ACCESS_LOG: 1 logs a line for each request

    @classmethod
    def read(cls, env: Mapping[str, str] = os.environ) -> DoorSettings:
        """The settings in `env`. Raises SettingInvalid."""
        given = {f.name: env.get(f"BANGFU_{f.name.upper()}") for f in fields(cls)}
        read = {name: _read(name, text) for name, text in given.items() if text}
        return cls(**read)

    @property
    def argon2_costs(self) -> tuple[int, int, int]:
        """Memory in KiB, passes, lanes."""
        memory, passes, lanes = (int(part) for part in self.argon2.split(","))
        return memory, passes, lanes


def _read(name: str, text: str) -> Any:
    parts = text.split(",") if name == "argon2" else [text]
    if not all(part.strip().isdigit() for part in parts) or (name == "argon2" and len(parts) != 3):
        wanted = "memory KiB,passes,lanes" if name == "argon2" else "a whole number"
        raise SettingInvalid(f"BANGFU_{name.upper()}={text}: 应为 {wanted} / must be {wanted}")
    return text if name == "argon2" else int(text)
