"""What every token must stand up to before anything in it is believed."""

from __future__ import annotations

import base64
import json
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import Key

from domain.kernel.clock import Clock
from service.sign_in.errors import NotSignedIn

LONGEST_TOKEN = 16 * 1024
"""Characters."""
LEEWAY = 30
"""Seconds by which two machines' clocks may differ."""

_TYPES = {"jwt", "at+jwt", "application/at+jwt"}


def header_of(token: str, algorithms: Collection[str]) -> dict[str, Any]:
    """The token's header, whose algorithm is one of those, and which asks for nothing special.

    Keys named or brought by a token (jwk, jku, x5c, x5u) are never looked at: which key to use is
    ours to know. NotSignedIn otherwise.
    """
    if len(token) > LONGEST_TOKEN:
        raise NotSignedIn("the token is too long")
    header = _decoded_header(token)
    if header.get("alg") not in algorithms:
        raise NotSignedIn("the token's algorithm is not accepted")
    if "crit" in header or "b64" in header:
        raise NotSignedIn("the token asks for an extension that is not accepted")
    kind = header.get("typ")
    if kind is not None and (not isinstance(kind, str) or kind.lower() not in _TYPES):
        raise NotSignedIn("the token is of another type")
    return header


def verified_claims(
    token: str, key: Key, algorithms: Collection[str], issuer: str, audience: str, clock: Clock
) -> dict[str, Any]:
    """The claims of a token signed with `key`, from `issuer`, for `audience`, in its time."""
    try:
        claims = jwt.decode(token, key, algorithms=list(algorithms)).claims
        jwt.JWTClaimsRegistry(
            now=lambda: int(clock().timestamp()),
            leeway=LEEWAY,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": audience},
            exp={"essential": True},
            sub={"essential": True},
        ).validate(claims)
    except (JoseError, ValueError, TypeError, OverflowError) as broken:
        raise NotSignedIn(_reason(broken)) from None
    if not isinstance(claims["sub"], str) or not claims["sub"]:
        raise NotSignedIn("the token names nobody")
    return dict(claims)


def expiry_of(claims: dict[str, Any]) -> datetime:
    """When the token ends. NotSignedIn for a time that no calendar has."""
    try:
        return datetime.fromtimestamp(float(claims["exp"]), UTC)
    except (ValueError, OverflowError, OSError):
        raise NotSignedIn("the token's expiry is no time") from None


def _decoded_header(token: str) -> dict[str, Any]:
    try:
        part = token.split(".", maxsplit=1)[0]
        header = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, RecursionError):
        raise NotSignedIn("the token cannot be read") from None
    if token.count(".") != 2 or not isinstance(header, dict):
        raise NotSignedIn("the token cannot be read")
    return header


def _reason(broken: Exception) -> str:
    name = type(broken).__name__
    known = {
        "ExpiredTokenError": "the token has expired",
        "InvalidTokenError": "the token is not valid yet",
        "BadSignatureError": "the token's signature does not hold",
        "InvalidClaimError": "the token is for somebody else",
        "MissingClaimError": "the token lacks a claim",
    }
    return known.get(name, "the token is not valid")
