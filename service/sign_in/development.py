"""Signing in without an identity provider: short-lived tokens of the data directory's own key."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from joserfc import jwt
from joserfc.jwk import OKPKey

from domain.kernel.clock import Clock, utc_now
from domain.kernel.principal import ActorKind, Principal, Role
from service.sign_in.session import SignedIn, opaque_id
from service.sign_in.tokens import expiry_of, header_of, verified_claims

ISSUER = "segments-development"
AUDIENCE = "segments"
ALGORITHM = "Ed25519"

STAND_INS = {
    Role.SITE_ADMIN: "Site Admin",
    Role.TRAINING_MANAGER: "Training Manager",
    Role.AUDITOR: "Auditor",
    Role.LEARNER: "Learner",
}
"""Who acts when no user is named: one person a role, the first of these that the token has."""


class DevelopmentSignIn:
    """Checks the tokens that `issue` made with the same data directory's key."""

    def __init__(self, key: OKPKey, identity_key: bytes, clock: Clock = utc_now) -> None:
        self._key = key
        self._identity_key = identity_key
        self._clock = clock

    async def __call__(self, token: str) -> SignedIn:
        """See SignIn."""
        header_of(token, [ALGORITHM])
        claims = verified_claims(token, self._key, [ALGORITHM], ISSUER, AUDIENCE, self._clock)
        roles = claims.get("roles")
        named: list[object] = roles if isinstance(roles, list) else []
        principal = Principal(
            id=opaque_id(self._identity_key, ISSUER, claims["sub"]),
            kind=ActorKind.USER,
            roles=frozenset(role for role in Role if role in named),
            display_name=str(claims.get("name") or claims["sub"]),
        )
        return SignedIn(principal, expiry_of(claims))


def issue(
    key: OKPKey, roles: Iterable[Role], user: str | None, ttl: timedelta, now: datetime
) -> str:
    """A token for `user`, or for the roles' stand-in."""
    held = sorted(set(roles))
    name = user or next((n for role, n in STAND_INS.items() if role in held), "Nobody")
    claims = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": f"user:{user}" if user else f"role:{name}",
        "name": name,
        "roles": [role.value for role in held],
        "iat": int(now.timestamp()),
        "nbf": int(now.timestamp()),
        "exp": int((now + ttl).timestamp()),
        "jti": uuid4().hex,
    }
    return jwt.encode({"alg": ALGORITHM}, claims, key, algorithms=[ALGORITHM])


def signing_key(data_dir: Path) -> OKPKey:
    """The data directory's key, made at first use, readable by its owner only.

    Of several processes that make it at once one wins, and all use that one's.
    """
    file = data_dir / "keys" / "token-signing.pem"
    if not file.exists():
        _make(file)
    return OKPKey.import_key(file.read_bytes())


def _make(file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    pem = OKPKey.generate_key("Ed25519").as_pem(private=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(pem)
        out.flush()
        os.fsync(out.fileno())
    with contextlib.suppress(FileExistsError):
        os.link(draft, file)  # unlike a rename, it never replaces what another has just made
    draft.unlink()
