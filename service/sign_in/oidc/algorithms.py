"""The accepted algorithms of a token's signature, and the bound on its length."""

from __future__ import annotations

from copy import copy

from joserfc.jws import JWSRegistry

MAX_TOKEN_LENGTH = 16 * 1024
"""Characters of a token."""

ASYMMETRIC = (
    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519",
    "EdDSA",
)  # fmt: skip
"""No others: with a symmetric one the public key would be the password."""

# RFC 9864 has replaced the name, but most providers use it: no reason for a warning a token.
_EDDSA = copy(JWSRegistry.algorithms["EdDSA"])
_EDDSA.security_warning = None


class Accepted(JWSRegistry):
    """The asymmetric algorithms: to joserfc there are no others, whatever a token asks for.

    The library's own bounds, 512 bytes of header for one, are less than what providers send.
    """

    algorithms = {name: JWSRegistry.algorithms[name] for name in ASYMMETRIC} | {"EdDSA": _EDDSA}
    max_header_length = MAX_TOKEN_LENGTH
    max_signature_length = MAX_TOKEN_LENGTH


def key_type(algorithm: str) -> str:
    """Returns the `kty` of the keys that the algorithm works with."""
    return Accepted.algorithms[algorithm].key_type
