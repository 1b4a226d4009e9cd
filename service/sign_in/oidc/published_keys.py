"""The keys that an identity provider publishes now: discovery, then its JSON Web Key Set."""

from __future__ import annotations

from typing import Any

from joserfc.jwk import JWKRegistry, Key, RSAKey

from service.sign_in.oidc.provider import address_in, asking, discovered, fetched
from service.sign_in.parse_errors import PARSE_ERRORS

MIN_RSA_BITS = 2048
"""Bits of an RSA key (RFC 7518, 3.3)."""

_ASYMMETRIC = ("RSA", "EC", "OKP")


async def published_keys(issuer: str) -> list[Key]:
    """Fetches the issuer's keys that can check signatures. IdentityProviderUnavailable without an
    answer.

    Nothing is fetched by plain http, unless the issuer itself is on this machine.
    """
    async with asking(issuer) as client:
        document = await discovered(client, issuer)
        published = await fetched(client, address_in(document, "jwks_uri"))
        return [key for jwk in published["keys"] if (key := _imported(jwk)) is not None]


def _imported(jwk: dict[str, Any]) -> Key | None:
    """Imports a key; None for one to skip (RFC 7517, 5): of an unknown kind, broken, or for
    something else.

    A symmetric key is never one: the tokens' algorithms are all asymmetric.
    """
    try:
        if jwk["kty"] not in _ASYMMETRIC or jwk.get("use", "sig") != "sig":
            return None
        key = JWKRegistry.import_key(jwk)
    except PARSE_ERRORS:
        return None
    is_short = isinstance(key, RSAKey) and key.raw_value.key_size < MIN_RSA_BITS
    return None if is_short else key
