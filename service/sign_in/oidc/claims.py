"""Reads a token's claims about its bearer: roles, a username, a display name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from domain.kernel.principal import Role
from domain.people.identifiers.lookup import UserKey

MAX_NAME_LENGTH = 200
"""Characters of a display name; longer ones are cut."""

# Controls and lone surrogates, which PostgreSQL refuses in part, line breaks, bidi controls.
_NOT_SHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

_CALLED_EMAIL = re.compile(r"(?:^|\W)email$", re.ASCII)
"""Matches a claim that is called `email`, at the end of its path, or of its address."""


def claim_at(claims: Mapping[str, Any], path: str) -> Any:
    """Returns the claim of that name, or the one that its dots lead to; None when there is none."""
    if path in claims:
        return claims[path]
    found: Any = claims
    for step in path.split("."):
        found = found.get(step) if isinstance(found, dict) else None
    return found


def roles_in(claim: Any) -> frozenset[Role]:
    """Returns the roles in a list, or in a text with blanks; words that are no role of ours are
    skipped.

    A value that is neither has none.
    """
    named = claim.split() if isinstance(claim, str) else claim
    return frozenset(role for role in Role if isinstance(named, list) and role.value in named)


def name_in(claims: Mapping[str, Any], path: str, by: UserKey) -> str | None:
    """Returns the subject's name in the claim at `path`, as that kind of identifier; None for none,
    and for an e-mail address that the provider does not say it has verified.

    At many providers anybody can enter anybody's address (OpenID Connect Core, 5.7), so whatever is
    called `email` must be verified, though it is a username, and so must whatever is an address.
    """
    named = claim_at(claims, path)
    is_address = by is UserKey.EMAIL or _CALLED_EMAIL.search(path) is not None
    if is_address and not _is_verified(claims, path):
        return None
    return named if isinstance(named, str) and named else None


def _is_verified(claims: Mapping[str, Any], path: str) -> bool:
    """Whether the claim is verified: by `email_verified` beside it, as in `user.email`; for a claim
    of another name by the token's own. Some providers write it as a text.
    """
    beside = f"{path}_verified" if _CALLED_EMAIL.search(path) else "email_verified"
    said = claim_at(claims, beside)
    return said is True or said == "true"


def display_name(claims: Mapping[str, Any], otherwise: str) -> str:
    """Returns `name`, else `preferred_username`, as a line that can be shown and stored; else
    `otherwise`.
    """
    said = (claims.get(claim) for claim in ("name", "preferred_username"))
    lines = (_line(name) for name in said if isinstance(name, str))
    return next(filter(None, lines), otherwise)


def _line(text: str) -> str:
    return " ".join(_NOT_SHOWN.sub(" ", text[:MAX_NAME_LENGTH]).split())
