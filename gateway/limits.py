"""How often somebody may ask (限流). Counted in the memory of each worker process: with N workers the true limit lies
between one and N times the number told in the `RateLimit-*` headers. A proxy in front may count for all.
"""

from __future__ import annotations

import math
import time

from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from gateway.refusals import TooMany
from gateway.settings import DoorSettings

WINDOW_SECONDS = 60


class Limits:
    """The counters of one worker."""

    def __init__(self, settings: DoorSettings) -> None:
        self._limiter = FixedWindowRateLimiter(MemoryStorage())
        self._account = RateLimitItemPerMinute(settings.rate_per_minute, namespace="account")
        self._name = RateLimitItemPerMinute(settings.sign_in_per_minute, namespace="name")
        self._address = RateLimitItemPerMinute(settings.sign_in_per_minute_address, namespace="address")

    def count_request(self, who: str) -> list[tuple[str, str]]:
        """Count a request of an account or API client; the headers that tell how many are left. Raises TooMany."""
        if not self._limiter.hit(self._account, who):
            raise self._refusal(self._account, who)
        reset_at, left = self._limiter.get_window_stats(self._account, who)
        return [("RateLimit-Limit", str(self._account.amount)), ("RateLimit-Remaining", str(left)),
                ("RateLimit-Reset", str(_seconds_to(reset_at)))]

    def count_public(self, address: str) -> None:
        """Count a request that nobody signed in for. Raises TooMany."""
        if not self._limiter.hit(self._account, f"address {address}"):
            raise self._refusal(self._account, f"address {address}")

    def count_sign_in(self, address: str, name: str) -> None:
        """Count an attempt to get a token. Raises TooMany."""
        for item, who in ((self._address, address), (self._name, name)):
            if not self._limiter.hit(item, who):
                raise self._refusal(item, who)

    def _refusal(self, item: RateLimitItem, who: str) -> TooMany:
        reset_at, _ = self._limiter.get_window_stats(item, who)
        return TooMany(limit=f"{item.amount}/min", retry_after_seconds=_seconds_to(reset_at))


def _seconds_to(moment: float) -> int:
    return min(max(1, math.ceil(moment - time.time())), WINDOW_SECONDS)
