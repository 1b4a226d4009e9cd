"""A real little identity provider on loopback, whose keys can be changed, and which can be away."""

from __future__ import annotations

import asyncio
import base64
import functools
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from typing import Any

import uvicorn
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey
from joserfc.jws import JWSRegistry
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from service.sign_in.oidc.algorithms import Accepted
from tests.service.sign_in.grants import Grants

AUDIENCE = "segments"
NOW = int(datetime.now(UTC).timestamp())
DISCOVERY = ".well-known/openid-configuration"
KEYS = "keys"


@functools.cache
def rsa_key() -> RSAKey:
    """An RSA key: they take long to make, so that there is one."""
    return RSAKey.generate_key(2048, auto_kid=True)


def ec_key() -> ECKey:
    """A new key; these are made at once."""
    return ECKey.generate_key("P-256", auto_kid=True)


def ed_key() -> OKPKey:
    """A new key on an Edwards curve."""
    return OKPKey.generate_key("Ed25519", auto_kid=True)


def encoded(part: object) -> str:
    """One part of a token: bytes as they are, all else as JSON."""
    content = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def signed(header: object, claims: object, key: Key, algorithm: str) -> str:
    """A token with just that in it, and a signature that holds: by hand, as libraries refuse."""
    content = f"{encoded(header)}.{encoded(claims)}"
    registry = JWSRegistry if algorithm not in Accepted.algorithms else Accepted
    signature = registry.algorithms[algorithm].sign(content.encode(), key)
    return f"{content}.{encoded(signature)}"


class Issuer:
    """One provider: what it publishes, what it was asked, and tokens that it signs."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.keys: list[Key] = [ec_key()]
        self.asked: list[str] = []
        self.instead: dict[str, Response] = {}
        self.is_away = False
        self.arrived = threading.Event()
        self.gate = threading.Event()
        self.gate.set()
        self.grants = Grants(url, self.token)

    def claims(self, **claims: Any) -> dict[str, Any]:
        """What a good token says, but for what is given; a claim given as None is left out."""
        good: dict[str, Any] = {
            "iss": self.url,
            "aud": AUDIENCE,
            "sub": "248289761001",
            "iat": NOW,
            "exp": NOW + 3600,
            "name": "Ada Admin",
            "preferred_username": "ada",
            "roles": ["site-admin"],
        }
        return {name: value for name, value in (good | claims).items() if value is not None}

    def header(self, **header: Any) -> dict[str, Any]:
        """A good header, but for what is given; a parameter given as None is left out."""
        algorithm = {"RSA": "RS256", "EC": "ES256", "OKP": "EdDSA"}[self.keys[0].key_type]
        good = {"alg": algorithm, "kid": self.keys[0].kid, "typ": "JWT"} | header
        return {name: value for name, value in good.items() if value is not None}

    def token(self, header: dict[str, Any] | None = None, **claims: Any) -> str:
        """A token whose signature holds, good but for what is given."""
        head = self.header(**(header or {}))
        return signed(head, self.claims(**claims), self.keys[0], self.header()["alg"])

    def fetches(self) -> int:
        """How often the keys were asked for."""
        return self.asked.count(DISCOVERY)

    async def answer(self, place: str, request: Request) -> Response:
        """As HTTP has it; while the gate is shut, not yet."""
        self.asked.append(place)
        self.arrived.set()
        await asyncio.to_thread(self.gate.wait, 10)
        if self.is_away:
            return Response(status_code=503)
        if place in self.instead:
            return self.instead[place]
        if place == DISCOVERY:
            keys = {"issuer": self.url, "jwks_uri": f"{self.url}/{KEYS}"}
            return JSONResponse(keys | self.grants.discovery())
        return await self.grants.answer(place, request) or JSONResponse(self.key_set())

    def key_set(self, *others: dict[str, Any]) -> dict[str, Any]:
        """The public keys, after the others."""
        return {"keys": [*others, *(key.as_dict(private=False) for key in self.keys)]}


class Provider:
    """A server with as many issuers as are wanted."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._issuers: dict[str, Issuer] = {}
        self._numbers = count()

    def new_issuer(self) -> Issuer:
        """One that nobody has asked yet."""
        name = f"realm-{next(self._numbers)}"
        self._issuers[name] = Issuer(f"{self._url}/{name}")
        return self._issuers[name]

    async def answer(self, request: Request) -> Response:
        """What the issuer in the path answers."""
        issuer = self._issuers[request.path_params["issuer"]]
        return await issuer.answer(request.path_params["place"], request)


@contextmanager
def running_provider() -> Iterator[Provider]:
    """A provider that answers over real HTTP until the end of the block."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        # Python 3.11's asyncio sets this for sockets that it made itself only: 40 ms an answer.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        provider = Provider(f"http://127.0.0.1:{listener.getsockname()[1]}")
        route = Route("/{issuer}/{place:path}", provider.answer, methods=["GET", "POST"])
        app = Starlette(routes=[route])
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=asyncio.run, args=[server.serve([listener])])
        thread.start()
        try:
            yield provider
        finally:
            server.should_exit = True
            thread.join(10)
