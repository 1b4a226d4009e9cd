"""Around every request: its id, its log line, its metrics, and a bound on its body."""

from __future__ import annotations

import re
import time
from collections.abc import MutableMapping
from typing import Any
from uuid import uuid4

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.http.answers import refusal
from service.telemetry.metrics import DURATION, REQUESTS

LARGEST_BODY = 8 * 1024 * 1024
"""Bytes of a JSON body (service.md, "Limits")."""
MOST_DISCARDED = 128 * 1024 * 1024
"""Bytes of a body too large that are read and thrown away, so that the sender reads the answer:
closing at once would reset its connection."""

PATHS = ("/graphql", "/health/live", "/health/ready", "/metrics")
_REQUEST_ID = re.compile(r"[A-Za-z0-9._:-]{1,128}")
_words = structlog.get_logger("http")


class Requests:
    """Takes or makes the request id, returns it, and tells of each request when it is answered."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request_id = _id_of(Headers(scope=scope))
        scope.setdefault("state", {})["request_id"] = request_id
        status = 500
        started = time.perf_counter()

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = request_id
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive, send_with_id)
            finally:
                _tell(scope, status, time.perf_counter() - started)


class BodyLimit:
    """Answers 413 to bodies over the bound, after reading them to their end."""

    def __init__(self, app: ASGIApp, largest: int = LARGEST_BODY) -> None:
        self._app = app
        self._largest = largest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("POST", "PUT", "PATCH"):
            await self._app(scope, receive, send)
            return
        body = bytearray()
        size = 0
        more = True
        while more and size <= MOST_DISCARDED:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            chunk = message.get("body", b"")
            size += len(chunk)
            if size <= self._largest:
                body += chunk
            more = message.get("more_body", False)
        if size > self._largest:
            answer = refusal(413, "LIMIT", f"The body is at most {self._largest:,} bytes.")
            await answer(scope, receive, send)
            return
        await self._app(scope, _once(bytes(body), receive), send)


def _once(body: bytes, receive: Receive) -> Receive:
    """A receive that hands out the body that was read, then what comes after it."""
    messages: list[MutableMapping[str, Any]] = [
        {"type": "http.request", "body": body, "more_body": False}
    ]

    async def next_message() -> MutableMapping[str, Any]:
        return messages.pop() if messages else await receive()

    return next_message


def _id_of(headers: Headers) -> str:
    given = headers.get("x-request-id", "")
    return given if _REQUEST_ID.fullmatch(given) else uuid4().hex


def _tell(scope: Scope, status: int, seconds: float) -> None:
    path = scope["path"] if scope["path"] in PATHS else "other"
    REQUESTS.labels(scope["method"], path, status).inc()
    DURATION.labels(path).observe(seconds)
    milliseconds = round(seconds * 1000, 2)
    _words.info("answered", method=scope["method"], path=path, status=status, ms=milliseconds)
