"""Around every request: its id, its log line, its metrics, and a bound on its body."""

from __future__ import annotations

import re
import time
from collections.abc import MutableMapping
from typing import Any
from uuid import uuid4

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.http.answers import refusal
from service.telemetry.metrics import DURATION, REQUESTS

LARGEST_BODY = 8 * 1024 * 1024
"""Bytes of a JSON body (service.md, "Limits")."""
LARGEST_FORM = 65 * 1024 * 1024
"""Bytes of a form: a file of 64 MiB, and a little."""
MOST_DISCARDED = 128 * 1024 * 1024
"""Bytes of a body too large that are read and thrown away, so that the sender reads the answer:
closing at once would reset its connection."""

PATHS = ("/", "/graphql", "/graphql/stream", "/health/live", "/health/ready", "/metrics")
FILES = ("/assets", "/files/templates", "/files/segments", "/files/uploads", "/sign-in")
"""Below these stand ids and names: only the beginning is told."""
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
    """Answers 413 to bodies over the bound, after reading them to their end.

    Forms are passed on as they come, files in them being large; other bodies are read first.
    """

    def __init__(
        self, app: ASGIApp, largest: int = LARGEST_BODY, largest_form: int = LARGEST_FORM
    ) -> None:
        self._app = app
        self._largest = largest
        self._largest_form = largest_form

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("POST", "PUT", "PATCH"):
            await self._app(scope, receive, send)
            return
        if Headers(scope=scope).get("content-type", "").lower().startswith("multipart/"):
            await self._pass_on(scope, receive, send)
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

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The application gets no more than the bound; what it answers then is not sent."""
        size = 0
        is_over = False

        async def counted() -> MutableMapping[str, Any]:
            nonlocal size, is_over
            message = await receive()
            size += len(message.get("body", b""))
            if size > self._largest_form:
                is_over = True
                await _discarded(message, receive)
                return {"type": "http.disconnect"}
            return message

        async def unless_over(message: Message) -> None:
            if not is_over:
                await send(message)

        try:
            await self._app(scope, counted, unless_over)
        except ClientDisconnect:
            if not is_over:
                raise
        if is_over:
            answer = refusal(413, "LIMIT", f"The form is at most {self._largest_form:,} bytes.")
            await answer(scope, receive, send)


async def _discarded(message: MutableMapping[str, Any], receive: Receive) -> None:
    """Reads the rest of a body, up to MOST_DISCARDED bytes."""
    left = MOST_DISCARDED
    while message.get("more_body", False) and left > 0:
        message = await receive()
        left -= len(message.get("body", b""))


def _once(body: bytes, receive: Receive) -> Receive:
    """A receive that hands out the body that was read, then what comes after it."""
    messages: list[MutableMapping[str, Any]] = [
        {"type": "http.request", "body": body, "more_body": False}
    ]

    async def next_message() -> MutableMapping[str, Any]:
        return messages.pop() if messages else await receive()

    return next_message


def _told_path(path: str) -> str:
    if path in PATHS:
        return path
    return next((known for known in FILES if path.startswith(f"{known}/")), "other")


def _id_of(headers: Headers) -> str:
    given = headers.get("x-request-id", "")
    return given if _REQUEST_ID.fullmatch(given) else uuid4().hex


def _tell(scope: Scope, status: int, seconds: float) -> None:
    path = _told_path(scope["path"])
    REQUESTS.labels(scope["method"], path, status).inc()
    DURATION.labels(path).observe(seconds)
    milliseconds = round(seconds * 1000, 2)
    _words.info("answered", method=scope["method"], path=path, status=status, ms=milliseconds)
