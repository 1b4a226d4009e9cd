"""Sign-in with any OpenID Connect identity provider: its tokens, checked against its keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from domain.kernel.clock import Clock, utc_now
from domain.kernel.principal import ActorKind, Principal
from domain.people.identifiers.lookup import UserKey
from service.sign_in.errors import NotSignedIn
from service.sign_in.oidc.algorithms import ASYMMETRIC
from service.sign_in.oidc.claims import claim_at, display_name, name_in, roles_in
from service.sign_in.oidc.key_ring import KeyRing
from service.sign_in.session import SignedIn, opaque_id
from service.sign_in.tokens import Tokens, expiry_of


@dataclass(frozen=True, slots=True)
class ClaimNames:
    """The names of the claims in a provider's tokens."""

    user: str = "preferred_username"
    user_is: UserKey = UserKey.USERNAME
    roles: str = "roles"


class OidcSignIn:
    """Checks an identity provider's tokens."""

    def __init__(
        self,
        ring: KeyRing,
        issuer: str,
        audience: str,
        names: ClaimNames,
        identity_key: bytes,
        clock: Clock = utc_now,
    ) -> None:
        self._ring = ring
        self._issuer = issuer
        self._tokens = Tokens(ASYMMETRIC, issuer, audience, clock)
        self._names = names
        self._identity_key = identity_key

    async def __call__(self, token: str) -> SignedIn:
        """See SignIn."""
        taken_apart = self._tokens.read(token)
        header = taken_apart.protected
        key = await self._ring.find(header.get("kid"), header["alg"])
        if key is None:
            raise NotSignedIn("the token's key is not known")
        claims = self._tokens.claims(taken_apart, key)
        by = self._names.user_is
        name = name_in(claims, self._names.user, by)
        return SignedIn(self._principal(claims), expiry_of(claims), name, by)

    def _principal(self, claims: dict[str, Any]) -> Principal:
        """Returns the bearer; with `act` (RFC 8693, 4.1) the actor, on behalf of the token's
        subject.
        """
        subject = self._id(claims["sub"])
        roles = roles_in(claim_at(claims, self._names.roles))
        if "act" not in claims:
            name = display_name(claims, otherwise=subject)
            return Principal(subject, ActorKind.USER, roles, name)
        acting = _acting(claims["act"])
        actor = self._id(acting["sub"])
        name = display_name({"name": acting["sub"], **acting}, otherwise=actor)
        return Principal(actor, ActorKind.SERVICE, roles, name, on_behalf_of=subject)

    def _id(self, subject: str) -> str:
        return opaque_id(self._identity_key, self._issuer, subject)


def _acting(act: Any) -> dict[str, Any]:
    """Returns the actor. NotSignedIn when there is none: the log must not blame the subject for
    it.
    """
    if isinstance(act, dict) and isinstance(act.get("sub"), str) and act["sub"]:
        return act
    raise NotSignedIn("the token does not say who acts")
