"""Bounds on the body of each request: on its size, and on the time that it takes.

Bodies are passed on as they come, so that the principal is known before any of it is kept. Large
ones are for principals whose commands need them.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, MutableMapping
from typing import Any, NamedTuple

from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from domain.kernel.permission import Permission
from domain.kernel.principal import Principal
from domain.policy import may
from service.http.content_types import MULTIPART, content_type_of
from service.http.disconnect import ServerStopping, farewell
from service.http.responses import error_response
from service.process.server import CLOSE_TIMEOUT_S, STOPPING

MAX_SIGN_IN_BYTES = 64 * 1024
"""Bytes of a body from a client that only signs in."""
MAX_BODY_BYTES = 256 * 1024
"""Bytes of a body from a principal who may change no roster, and of a form's own operation."""
MAX_JSON_BYTES = 8 * 1024 * 1024
"""Bytes of a JSON body from one who may: a call with 100,000 users needs 6 MiB."""
MAX_FORM_BYTES = 65 * 1024 * 1024
"""Bytes of a form: a file of 64 MiB, and a little."""
MAX_DISCARDED_BYTES = 128 * 1024 * 1024
"""Bytes of a body too large that are read and discarded, so that the client reads the answer:
closing at once would reset its connection.
"""
MAX_PAUSE_S = 30.0
"""Seconds between two pieces of a body."""
JSON_TIMEOUT_S = 30.0
"""Seconds that a JSON body may take in all."""
FORM_TIMEOUT_S = 600.0
"""Seconds that a form may take in all: one of the largest comes at 110 kB/s or more."""
LOOK = 1.0
"""Seconds without a piece after which a process that is to stop waits for no more."""
STOP_TIMEOUT_S = CLOSE_TIMEOUT_S - 5.0
"""Seconds that a body may still take in all once the process is told to stop: the rest of the time
is for executing and answering the request.
"""


GRAPHQL = "/graphql"
"""The one path that takes forms."""


class Bound(NamedTuple):
    """The bound of a body: `lifted` bytes from principals who may send large ones."""

    name: str
    largest: int
    lifted: int
    longest: float


class BodyLimit:
    """Answers 413 to bodies over the bound, after reading them to their end; 408 to slow ones, and
    503 to those that a process which is to stop does not wait for.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("POST", "PUT", "PATCH"):
            await self._app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        body = _Body(receive, _bound_of(scope), state.get(STOPPING))
        state["body"] = body

        async def unless_refused(message: Message) -> None:
            if body.refusal is None:
                await send(message)

        try:
            await self._app(scope, body.receive, unless_refused)
        except ClientDisconnect:
            if body.refusal is None:
                raise
        if body.refusal is not None:
            await body.refusal(scope, receive, send)


def _bound_of(scope: Scope) -> Bound:
    if scope["path"].startswith("/sign-in/"):
        return Bound("body", MAX_SIGN_IN_BYTES, MAX_SIGN_IN_BYTES, JSON_TIMEOUT_S)
    if scope["path"] == GRAPHQL and content_type_of(Headers(scope=scope)) == MULTIPART:
        return Bound("form", MAX_BODY_BYTES, MAX_FORM_BYTES, FORM_TIMEOUT_S)
    return Bound("body", MAX_BODY_BYTES, MAX_JSON_BYTES, JSON_TIMEOUT_S)


def may_send_much(principal: Principal) -> bool:
    """Whether a principal has a permission that takes large bodies: name thousands of users, upload
    a file.
    """
    return may(principal, Permission.CHANGE_MEMBERS)


def largest_for(principal: Principal) -> int:
    """Returns the bytes of JSON that a principal may send."""
    return MAX_JSON_BYTES if may_send_much(principal) else MAX_BODY_BYTES


def lift_bound(request: HTTPConnection, principal: Principal) -> None:
    """Lifts the bound of a principal's body; called once they are known, and before it is read."""
    body: _Body | None = getattr(request.state, "body", None)
    if body is not None and may_send_much(principal):
        body.lift()


class _Body:
    """A body that is being received. The application gets no more than the bound, then a
    disconnect.
    """

    def __init__(self, receive: Receive, bound: Bound, stopping: asyncio.Event | None) -> None:
        self.refusal: Response | None = None
        self._receive = receive
        self._bound = bound
        self._stopping = stopping
        self._is_hurried = False
        self._largest = bound.largest
        self._deadline = asyncio.get_running_loop().time() + bound.longest
        self._size = 0
        self._is_whole = False

    def lift(self) -> None:
        """Lets it be as large as the largest from now on."""
        self._largest = self._bound.lifted

    async def receive(self) -> MutableMapping[str, Any]:
        """Returns the next piece; after the last one the next message, whatever it is."""
        if self._is_whole:
            return await self._receive()
        try:
            message = await self._next()
            if self._size > self._largest:
                return await self._too_large()
        except ServerStopping as stopped:
            return self._refused(farewell(stopped))
        except TimeoutError:
            return self._too_late()
        return message

    async def _next(self) -> MutableMapping[str, Any]:
        message = await self._piece(asyncio.get_running_loop().time)
        self._size += len(message.get("body", b""))
        self._is_whole = not message.get("more_body", False)
        return message

    async def _piece(self, now: Callable[[], float]) -> MutableMapping[str, Any]:
        """Returns the next piece. TimeoutError when it is late, ServerStopping when the process is
        to stop and nothing comes.
        """
        self._hurry(now())
        end = min(now() + MAX_PAUSE_S, self._deadline)
        while True:
            try:
                async with asyncio.timeout_at(min(now() + LOOK, end)):
                    return await self._receive()
            except TimeoutError:
                if self._is_to_stop():
                    raise ServerStopping from None
                if now() >= end:
                    raise

    def _hurry(self, now: float) -> None:
        if self._is_to_stop() and not self._is_hurried:
            self._is_hurried = True
            self._deadline = min(self._deadline, now + STOP_TIMEOUT_S)

    def _is_to_stop(self) -> bool:
        return self._stopping is not None and self._stopping.is_set()

    async def _too_large(self) -> MutableMapping[str, Any]:
        while not self._is_whole and self._size < MAX_DISCARDED_BYTES:
            await self._next()
        told = f"The {self._bound.name} is at most {self._largest:,} bytes."
        return self._refused(error_response(413, "LIMIT", told))

    def _too_late(self) -> MutableMapping[str, Any]:
        told = (
            f"The {self._bound.name} takes at most {self._bound.longest:g} seconds,"
            f" and {MAX_PAUSE_S:g} between two pieces."
        )
        return self._refused(error_response(408, "LIMIT", told, {"Connection": "close"}))

    def _refused(self, answer: Response) -> MutableMapping[str, Any]:
        self.refusal = answer
        return {"type": "http.disconnect"}
