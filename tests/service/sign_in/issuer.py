"""A real little identity provider on loopback, whose keys can be changed, and which can be away."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import uvicorn
from joserfc import jwt
from joserfc.jwk import ECKey, Key, KeySet, OKPKey, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

AUDIENCE = "segments"
NOW = int(datetime.now(UTC).timestamp())


class Issuer:
    """What the provider publishes, how often it was asked, and tokens that it signs."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.keys: list[Key] = []
        self.fetches = 0
        self.claimed = url
        self.answers = True
        self.rotate("RSA")

    def rotate(self, kind: str) -> Key:
        """A new key, beside no other."""
        if kind == "RSA":
            key: Key = RSAKey.generate_key(2048, auto_kid=True)
        elif kind == "EC":
            key = ECKey.generate_key("P-256", auto_kid=True)
        else:
            key = OKPKey.generate_key("Ed25519", auto_kid=True)
        self.keys = [key]
        return key

    def token(self, header: dict[str, Any] | None = None, **claims: Any) -> str:
        """A good token, but for what is given; a claim given as None is left out."""
        algorithm = {"RSA": "RS256", "EC": "ES256", "OKP": "Ed25519"}[self.keys[0].key_type]
        head = {"alg": algorithm, "kid": self.keys[0].kid, "typ": "JWT"} | (header or {})
        body: dict[str, Any] = {
            "iss": self.url,
            "aud": AUDIENCE,
            "sub": "248289761001",
            "iat": NOW,
            "exp": NOW + 3600,
            "name": "Ada Admin",
            "preferred_username": "ada",
            "roles": ["site-admin"],
        }
        body = {name: value for name, value in (body | claims).items() if value is not None}
        head = {name: value for name, value in head.items() if value is not None}
        return jwt.encode(head, body, self.keys[0], algorithms=[algorithm], default_type=None)

    async def discovery(self, _: Request) -> JSONResponse:
        """Where the keys are."""
        if not self.answers:
            return JSONResponse({}, status_code=503)
        return JSONResponse({"issuer": self.claimed, "jwks_uri": f"{self.url}/keys"})

    async def jwks(self, _: Request) -> JSONResponse:
        """The public keys."""
        self.fetches += 1
        return JSONResponse(KeySet(self.keys).as_dict(private=False))


@contextmanager
def running_issuer() -> Iterator[Issuer]:
    """An issuer that answers over real HTTP until the end of the block."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        issuer = Issuer(f"http://127.0.0.1:{listener.getsockname()[1]}")
        routes = [
            Route("/.well-known/openid-configuration", issuer.discovery),
            Route("/keys", issuer.jwks),
        ]
        config = uvicorn.Config(Starlette(routes=routes), log_level="error", lifespan="off")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=asyncio.run, args=[server.serve([listener])])
        thread.start()
        try:
            yield issuer
        finally:
            server.should_exit = True
            thread.join(10)
