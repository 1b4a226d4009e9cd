"""Around every request: its id, what protects its answer, its log line, and its metrics."""

from __future__ import annotations

import asyncio
import re
import time
from uuid import uuid4

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.http.protection import protect
from service.process.server import STOPPING
from service.telemetry.metrics import DURATION, REQUESTS

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
        try:
            if scope["type"] == "http":
                await self._answer(scope, receive, send)
            else:
                await self._app(scope, receive, send)
        except asyncio.CancelledError:
            # By a server that stops, once it has cut the connection: nobody is there any more.
            if not _is_stopping(scope):
                raise

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        request_id = _id_of(Headers(scope=scope))
        scope.setdefault("state", {})["request_id"] = request_id
        status = 500
        started = time.perf_counter()

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers["X-Request-ID"] = request_id
                protect(headers, scope)
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive, send_with_id)
            finally:
                _tell(scope, status, time.perf_counter() - started)


def _is_stopping(scope: Scope) -> bool:
    stopping = scope.get("state", {}).get(STOPPING)
    return stopping is not None and stopping.is_set()


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
