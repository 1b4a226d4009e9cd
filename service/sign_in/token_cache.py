"""A cache of checked tokens: checking a signature costs more than a whole read."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from datetime import datetime, timedelta

from domain.kernel.clock import Clock, utc_now
from service.sign_in.session import SignedIn, SignIn

MAX_TOKENS = 10_000
MAX_CACHE_AGE = timedelta(minutes=10)
"""The age at which a token is checked again, though it is still valid: its key may be withdrawn."""


class TokenCache:
    """Asks another SignIn once a token and ten minutes, and never returns a result past the token's
    end; nor one from before it asked, a time to which a clock may be put back.
    """

    def __init__(self, sign_in: SignIn, clock: Clock = utc_now, most: int = MAX_TOKENS) -> None:
        self._sign_in = sign_in
        self._clock = clock
        self._most = most
        self._known: OrderedDict[bytes, tuple[SignedIn, datetime, datetime]] = OrderedDict()

    async def __call__(self, token: str) -> SignedIn:
        """See SignIn."""
        name = hashlib.sha256(token.encode(errors="replace")).digest()
        known = self._known.get(name)
        if known is not None and known[1] <= self._clock() < known[2]:
            self._known.move_to_end(name)
            return known[0]
        self._known.pop(name, None)
        signed_in = await self._sign_in(token)
        self._keep(name, signed_in)
        return signed_in

    def _keep(self, name: bytes, signed_in: SignedIn) -> None:
        now = self._clock()
        until = min(signed_in.expires_at, now + MAX_CACHE_AGE)
        self._known[name] = (signed_in, now, until)
        if len(self._known) > self._most:
            self._known.popitem(last=False)
