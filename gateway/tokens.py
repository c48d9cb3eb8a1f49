"""Access tokens (访问令牌): signed with HS256, short-lived, without personal data."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from gateway.refusals import TokenExpired, TokenInvalid
from shared.kernel.clock import real_now

ISSUER = "bangfu"
AUDIENCE = "bangfu-api"
ALGORITHM = "HS256"
MOST_CHARACTERS = 2_000
ACCOUNT, CLIENT = "account", "client"


@dataclass(frozen=True)
class Claims:
    """Whose token it is: an account's in a session, or an API client's by its n-th secret (the session is that n)."""

    subject: str
    kind: str
    session_id: str
    expires_at: float


class Tokens:
    """Issues and reads. `lives_seconds` is the life of a token."""

    def __init__(self, secret: bytes, lives_seconds: int) -> None:
        self.lives_seconds = lives_seconds
        self._kid = hashlib.sha256(b"kid" + secret).hexdigest()[:8]
        self._key = OctKey.import_key(secret, {"kid": self._kid})

    def issue(self, subject: str, kind: str, session_id: str) -> str:
        at = int(real_now().timestamp())
        claims = {"iss": ISSUER, "aud": AUDIENCE, "sub": subject, "kind": kind, "sid": session_id, "iat": at,
                  "exp": at + self.lives_seconds}
        return jwt.encode({"alg": ALGORITHM, "kid": self._kid, "typ": "at+jwt"}, claims, self._key)

    def read(self, token: str) -> Claims:
        """The claims of a token of ours. Raises TokenInvalid, TokenExpired."""
        try:
            claims = jwt.decode(token[:MOST_CHARACTERS], self._key, algorithms=[ALGORITHM]).claims
            if claims["iss"] != ISSUER or claims["aud"] != AUDIENCE:
                raise TokenInvalid
            read = Claims(claims["sub"], claims["kind"], str(claims["sid"]), float(claims["exp"]))
        except (JoseError, ValueError, KeyError, TypeError):
            raise TokenInvalid from None
        if read.expires_at <= real_now().timestamp():
            raise TokenExpired
        return read
