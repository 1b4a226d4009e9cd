"""Signing in with any OpenID Connect identity provider: its tokens, checked against its keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from domain.kernel.clock import Clock, utc_now
from domain.kernel.principal import ActorKind, Principal, Role
from service.sign_in.errors import NotSignedIn
from service.sign_in.key_ring import KeyRing
from service.sign_in.session import SignedIn, opaque_id
from service.sign_in.tokens import expiry_of, header_of, verified_claims

ALGORITHMS = (
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519",
    "EdDSA",
)  # fmt: skip
"""Asymmetric ones only: with a symmetric one the public key would be the password."""


@dataclass(frozen=True, slots=True)
class ClaimNames:
    """Where a provider's tokens say what."""

    audience: str
    user: str
    roles: str
    site_admin: str | None = None


class OidcSignIn:
    """Checks an identity provider's tokens."""

    def __init__(
        self,
        issuer: str,
        names: ClaimNames,
        identity_key: bytes,
        ring: KeyRing | None = None,
        clock: Clock = utc_now,
    ) -> None:
        self._issuer = issuer
        self._names = names
        self._identity_key = identity_key
        self._ring = ring or KeyRing(issuer)
        self._clock = clock

    async def __call__(self, token: str) -> SignedIn:
        """See SignIn."""
        header = header_of(token, ALGORITHMS)
        kid = header.get("kid")
        if kid is not None and not isinstance(kid, str):
            raise NotSignedIn("the token cannot be read")
        key = await self._ring.find(kid)
        if key is None:
            raise NotSignedIn("the token's key is not known")
        claims = verified_claims(
            token, key, ALGORITHMS, self._issuer, self._names.audience, self._clock
        )
        return SignedIn(self._principal(claims), expiry_of(claims))

    def _principal(self, claims: dict[str, Any]) -> Principal:
        """The bearer; with `act` (RFC 8693) whoever acts, on behalf of the token's subject."""
        subject = self._id(claims["sub"])
        roles = _roles(_inside(claims, self._names.roles)) | self._first_admin(claims)
        act = claims.get("act")
        if isinstance(act, dict) and isinstance(act.get("sub"), str):
            actor = self._id(act["sub"])
            return Principal(actor, ActorKind.SERVICE, roles, act["sub"], on_behalf_of=subject)
        return Principal(subject, ActorKind.USER, roles, _display_name(claims))

    def _id(self, subject: str) -> str:
        return opaque_id(self._identity_key, self._issuer, subject)

    def _first_admin(self, claims: dict[str, Any]) -> frozenset[Role]:
        admin, user = self._names.site_admin, _inside(claims, self._names.user)
        if admin and isinstance(user, str) and user.casefold() == admin.casefold():
            return frozenset({Role.SITE_ADMIN})
        return frozenset()


def _roles(claim: Any) -> frozenset[Role]:
    named = claim.split() if isinstance(claim, str) else claim
    return frozenset(role for role in Role if isinstance(named, list) and role.value in named)


def _inside(claims: dict[str, Any], path: str) -> Any:
    """The claim of that name, or the one that its dots lead to."""
    if path in claims:
        return claims[path]
    found: Any = claims
    for step in path.split("."):
        found = found.get(step) if isinstance(found, dict) else None
    return found


def _display_name(claims: dict[str, Any]) -> str:
    names = (claims.get(claim) for claim in ("name", "preferred_username", "email"))
    return next((name for name in names if isinstance(name, str) and name), "Unnamed person")
