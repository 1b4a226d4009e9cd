"""For how long somebody may follow: as long as the token holds, and lets them do the same."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from service.sign_in import IdentityProviderUnavailable, NotSignedIn, SignedIn, SignIn

LOOK_AGAIN = 15.0
"""Seconds between two looks whether a bearer is still who they were."""


async def until_it_ends(sign_in: SignIn, token: str, bearer: SignedIn) -> str:
    """Returns why, once the token is no longer good for what it was good for at first."""
    while True:
        left = (bearer.expires_at - datetime.now(UTC)).total_seconds()
        if left <= 0:
            return "the token has expired"
        await asyncio.sleep(min(left, LOOK_AGAIN))
        try:
            now = await sign_in(token)
        except NotSignedIn as stranger:
            return str(stranger)
        except IdentityProviderUnavailable:
            continue
        if now.principal.roles != bearer.principal.roles or now.principal.id != bearer.principal.id:
            return "the roles have changed"
