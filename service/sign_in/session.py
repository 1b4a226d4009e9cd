"""The session of a signed-in client."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.kernel.principal import Principal
from domain.people.identifiers.lookup import UserKey


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The bearer of a token, and the time at which the token expires.

    `name` is the token's name for its subject (SEGMENTS_OIDC_USER_CLAIM), and `named_by` which kind
    of identifier of the directory that is: for admission only, never recorded.
    """

    principal: Principal
    expires_at: datetime
    name: str | None = None
    named_by: UserKey = UserKey.USERNAME


class SignIn(Protocol):
    """Checks a bearer token. NotSignedIn or IdentityProviderUnavailable when it is not valid or
    cannot be checked.
    """

    async def __call__(self, token: str) -> SignedIn: ...


def opaque_id(identity_key: bytes, issuer: str, subject: str) -> str:
    """Returns the id under which an issuer's subject acts: a keyed hash, so that it tells nothing.

    The key is kept in the database's vault, so the id is the same in every process and for ever.
    """
    named = f"{len(issuer)}:{issuer}{subject}".encode(errors="surrogatepass")
    return f"person_{hmac.new(identity_key, named, hashlib.sha256).hexdigest()[:32]}"
