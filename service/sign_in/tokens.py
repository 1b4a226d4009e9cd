"""Checks that every token must pass before anything in it is believed."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import (
    BadSignatureError,
    ExpiredTokenError,
    InvalidClaimError,
    MissingClaimError,
)
from joserfc.jwk import Key

from domain.kernel.clock import Clock
from service.sign_in.errors import NotSignedIn
from service.sign_in.oidc.algorithms import MAX_TOKEN_LENGTH, Accepted
from service.sign_in.parse_errors import PARSE_ERRORS

LEEWAY = 30
"""Seconds by which two machines' clocks may differ."""

_TYPES = {"jwt", "at+jwt", "application/at+jwt"}

_WRONG_CLAIMS = {
    "iss": "the token is another issuer's",
    "aud": "the token is for another audience",
    "nbf": "the token is not valid yet",
    "iat": "the token was issued in the future",
}


class Tokens:
    """Checks the tokens of one issuer, for one audience, signed by one of a few algorithms."""

    def __init__(
        self, algorithms: Collection[str], issuer: str, audience: str, clock: Clock
    ) -> None:
        self._algorithms = algorithms
        self._registry = Accepted(algorithms=algorithms, strict_check_header=False)
        self._rules = jwt.JWTClaimsRegistry(
            now=lambda: int(clock().timestamp()),
            leeway=LEEWAY,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": audience},
            exp={"essential": True},
            sub={"essential": True},
        )

    def read(self, token: str) -> jws.CompactSignature:
        """Parses the token: it is of an accepted algorithm, and asks for nothing special.

        Nothing in it is to be believed yet. NotSignedIn otherwise. Keys named or brought by a token
        (jwk, jku, x5c, x5u) are never used: which key to use is ours to know.
        """
        if len(token) > MAX_TOKEN_LENGTH:
            raise NotSignedIn("the token is too long")
        try:
            taken_apart = jws.extract_compact(token.encode(), registry=self._registry)
            self._check_header(taken_apart.protected)
        except PARSE_ERRORS:
            raise NotSignedIn("the token cannot be read") from None
        return taken_apart

    def _check_header(self, header: dict[str, Any]) -> None:
        if header.get("alg") not in self._algorithms:
            raise NotSignedIn("the token's algorithm is not accepted")
        if "crit" in header or "b64" in header:
            raise NotSignedIn("the token asks for an extension that is not accepted")
        self._registry.check_header(header)
        if header.get("typ", "JWT").lower() not in _TYPES:
            raise NotSignedIn("the token is of another type")

    def claims(self, taken_apart: jws.CompactSignature, key: Key) -> dict[str, Any]:
        """Returns the claims of a token that `key` has signed, and that is valid now. NotSignedIn
        otherwise.
        """
        try:
            if not jws.validate_compact(taken_apart, key, registry=self._registry):
                raise BadSignatureError
            claims: dict[str, Any] = json.loads(taken_apart.payload or b"")
            self._rules.validate(claims)
        except PARSE_ERRORS as broken:
            raise NotSignedIn(_reason(broken)) from None
        return claims


def expiry_of(claims: dict[str, Any]) -> datetime:
    """Returns the time at which the token expires. NotSignedIn for a time that no calendar has."""
    try:
        return datetime.fromtimestamp(float(claims["exp"]), UTC)
    except (ValueError, OverflowError, OSError):
        raise NotSignedIn("the token's expiry is not a valid time") from None


def _reason(broken: Exception) -> str:
    """Returns a fixed phrase: the library's message may hold words of the token."""
    match broken:
        case BadSignatureError():
            return "the token's signature is not valid"
        case ExpiredTokenError():
            return "the token has expired"
        case MissingClaimError():
            return "the token lacks a claim"
        case InvalidClaimError(claim=claim):
            return _WRONG_CLAIMS.get(claim, "the token's claims are not valid")
    return "the token is not valid"
