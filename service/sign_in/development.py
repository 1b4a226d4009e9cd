"""Sign-in without an identity provider: short-lived tokens of the data directory's own key."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import uuid4

from joserfc import jwt
from joserfc.jwk import OKPKey

from domain.kernel.clock import Clock, utc_now
from domain.kernel.principal import ActorKind, Principal, Role
from domain.people.identifiers.lookup import UserKey
from service.sign_in.oidc.claims import display_name, name_in, roles_in
from service.sign_in.session import SignedIn, opaque_id
from service.sign_in.tokens import Tokens, expiry_of

ISSUER = "segments-development"
AUDIENCE = "segments"
ALGORITHM = "Ed25519"
"""The name in RFC 9864 for EdDSA with that curve."""

STAND_INS = {
    Role.SITE_ADMIN: "Site Admin",
    Role.TRAINING_MANAGER: "Training Manager",
    Role.AUDITOR: "Auditor",
    Role.LEARNER: "Learner",
}
"""The users of tokens that name none: one person a role, the first of these that the token has."""


class DevelopmentSignIn:
    """Checks the tokens that `issue` made with the same data directory's key."""

    def __init__(self, key: OKPKey, identity_key: bytes, clock: Clock = utc_now) -> None:
        self._key = key
        self._identity_key = identity_key
        self._tokens = Tokens([ALGORITHM], ISSUER, AUDIENCE, clock)

    async def __call__(self, token: str) -> SignedIn:
        """See SignIn."""
        claims = self._tokens.claims(self._tokens.read(token), self._key)
        person = opaque_id(self._identity_key, ISSUER, claims["sub"])
        principal = Principal(
            id=person,
            kind=ActorKind.USER,
            roles=roles_in(claims.get("roles")),
            display_name=display_name(claims, otherwise=person),
        )
        name = name_in(claims, "preferred_username", UserKey.USERNAME)
        return SignedIn(principal, expiry_of(claims), name)


def issue(
    key: OKPKey, roles: Iterable[Role], user: str | None, ttl: timedelta, now: datetime
) -> str:
    """Returns a token for `user`, or for the roles' stand-in."""
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
    if user:
        claims["preferred_username"] = user
    return jwt.encode({"alg": ALGORITHM}, claims, key, algorithms=[ALGORITHM])
