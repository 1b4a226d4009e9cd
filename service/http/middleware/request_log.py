"""Wraps every request: its id, security headers, its log line, and its metrics."""

from __future__ import annotations

import asyncio
import time

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from service.http.middleware.request_ids import REQUEST_ID, id_of
from service.http.middleware.security_headers import protect
from service.http.responses import failure
from service.process.server import STOPPING
from service.telemetry.metrics import DURATION, REQUESTS

PATHS = ("/", "/graphql", "/graphql/stream", "/health/live", "/health/ready", "/metrics")
FILES = ("/assets", "/files/templates", "/files/segments", "/files/uploads", "/sign-in")
"""Path prefixes below which are ids and names: only the prefix is logged."""
GONE = 499
"""The status for our own metrics, nginx's, of a client that has disconnected."""
_logger = structlog.get_logger("http")


class RequestLogMiddleware:
    """Takes or makes the request id, returns it, and logs each request when it is answered. An
    unexpected exception is logged, and answered as INTERNAL.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            if scope["type"] == "http":
                await self._answer(scope, receive, send)
            else:
                await self._app(scope, receive, send)
        except asyncio.CancelledError:
            # By a server that stops, once it has cut the connection: no client is there any more.
            if not _is_stopping(scope):
                raise

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        request_id = id_of(Headers(scope=scope))
        scope.setdefault("state", {})["request_id"] = request_id
        status: int | None = None
        started = time.perf_counter()

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                headers[REQUEST_ID] = request_id
                protect(headers, scope)
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=request_id):
            try:
                await self._app(scope, receive, send_with_id)
            except ClientDisconnect:
                status = status or GONE
            except Exception as unexpected:
                if status is not None:  # it is sent already; the server logs why it ends there
                    _logger.error("answer cut off", error=type(unexpected).__name__)
                    raise
                _logger.error("unexpected failure", exc_info=unexpected)
                await failure(request_id)(scope, receive, send_with_id)
            finally:
                _tell(scope, status or 500, time.perf_counter() - started)


def _is_stopping(scope: Scope) -> bool:
    stopping = scope.get("state", {}).get(STOPPING)
    return stopping is not None and stopping.is_set()


def _told_path(path: str) -> str:
    if path in PATHS:
        return path
    return next((known for known in FILES if path.startswith(f"{known}/")), "other")


def _tell(scope: Scope, status: int, seconds: float) -> None:
    path = _told_path(scope["path"])
    REQUESTS.labels(scope["method"], path, status).inc()
    DURATION.labels(path).observe(seconds)
    milliseconds = round(seconds * 1000, 2)
    _logger.info("answered", method=scope["method"], path=path, status=status, ms=milliseconds)
