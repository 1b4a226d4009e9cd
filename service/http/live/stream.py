"""`POST /graphql/stream`: server-sent events (graphql-sse, distinct connections mode)."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import AsyncExitStack
from typing import Any

import orjson
from graphql import GraphQLError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError

from graph.schema import schema
from graph.support.context import Context
from graph.support.errors import QueryError, QueryErrorCode
from graph.support.execution.error_masking import response_of
from graph.support.execution.subscription import Subscription, payload_of
from service.http.bearer import or_refused, token_of
from service.http.content_types import JSON
from service.http.disconnect import ClientDisconnected, ServerStopping, awaited, farewell
from service.http.graphql import context_of
from service.http.live.connection_limits import ConnectionLimits, TooMany
from service.http.live.pusher import TooSlow, follow
from service.http.live.session import LiveSession
from service.http.middleware.bodies import lift_bound
from service.http.operations import in_body, refuse_other_content
from service.http.positions import POSITION_HEADER
from service.http.responses import error_response, refused_by, refused_operation
from service.sign_in import NotSignedIn

EVENT_STREAM = "text/event-stream"
KEEP_ALIVE = 12.0
"""Seconds between comments, so that no proxy takes a silent stream for a dead one."""
CLOSE_TIMEOUT_S = 5.0
"""Seconds in which the end must reach a slow client."""

_STOPS = "This process stops: subscribe again after the last position that you saw."


async def stream(request: Request) -> Response:
    """Serves the endpoint: any operation, its results as events."""
    return await or_refused(_streamed(request))


async def _streamed(request: Request) -> Response:
    session = await LiveSession.begin(request.state, token_of(request))
    if EVENT_STREAM not in request.headers.get("accept", ""):
        return error_response(406, "INVALID", f"Ask for {EVENT_STREAM} in Accept.")
    lift_bound(request, session.principal)
    try:
        refuse_other_content(request, JSON)
        async with AsyncExitStack() as slot:
            await slot.enter_async_context(request.state.request_slots.slot(session.principal.id))
            context, begun = await _begun(request, session)
            if isinstance(begun, PreExecutionError):
                return refused_operation(response_of(begun), begun.errors or (), 400)
            until_taken = slot.pop_all() if isinstance(begun, ExecutionResult) else slot
    except (ClientDisconnected, ServerStopping) as end:
        return farewell(end)
    except (HTTPException, QueryError) as refused:
        return refused_by(refused)
    return EventStream(begun, context, request, session, until_taken)


async def _begun(
    request: Request, session: LiveSession
) -> tuple[Context, Subscription | ExecutionResult]:
    """Begins the stream if the client is still signed in once the body is read."""
    async with in_body(request, session.principal) as operation:
        await session.again()
        context = context_of(request, session.principal, operation)
        begin = schema.begin(operation.text, operation.variables, operation.name, context)
        return context, await awaited(request, context, begin)


class EventStream(Response):
    """Pushes until the operation, the session or the process ends, or the client disconnects.
    `slot` ends with it.
    """

    def __init__(
        self,
        begun: Subscription | ExecutionResult,
        context: Context,
        request: Request,
        session: LiveSession,
        slot: AsyncExitStack,
    ) -> None:
        headers = {"X-Accel-Buffering": "no"}
        if isinstance(begun, ExecutionResult):
            headers[POSITION_HEADER] = str(context.position)
        super().__init__(headers=headers)
        self._slot = slot
        self._begun = begun
        self._context = context
        self._state = request.state
        self._session = session

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        connection_limits: ConnectionLimits = self._state.connection_limits
        try:
            async with self._slot:
                with connection_limits.operation(self._session.principal.id):
                    await self._stream(receive, send)
        except TooMany as too_many:
            await error_response(429, "LIMIT", str(too_many))(scope, receive, send)

    async def _stream(self, receive: Receive, send: Send) -> None:
        kind = (b"content-type", f"{EVENT_STREAM}; charset=utf-8".encode())
        others = [header for header in self.raw_headers if header[0] != b"content-length"]
        await send({"type": "http.response.start", "status": 200, "headers": [kind, *others]})
        errors = await _first(
            self._results(send), self._ended(), self._stopped(), _gone(receive), _alive(send)
        )
        if errors is None:
            return
        try:
            async with asyncio.timeout(CLOSE_TIMEOUT_S):
                if errors:
                    told = {"errors": [error.formatted for error in errors]}
                    await _tell(send, "next", orjson.dumps(told).decode())
                await _tell(send, "complete", "")
                await send({"type": "http.response.body", "body": b""})
        except TimeoutError:
            return

    async def _results(self, send: Send) -> list[GraphQLError]:
        async def push(payload: str) -> None:
            await self._session.confirm()
            await _tell(send, "next", payload)

        if isinstance(self._begun, ExecutionResult):
            await _tell(send, "next", payload_of(self._begun))
            return []
        try:
            return await follow(self._begun, self._context, push)
        except NotSignedIn as ended:
            return [_sign_in_again(str(ended))]
        except TooSlow as too_slow:
            return [QueryError(QueryErrorCode.LIMIT, str(too_slow))]

    async def _ended(self) -> list[GraphQLError]:
        return [_sign_in_again(await self._session.wait_for_token_end())]

    async def _stopped(self) -> list[GraphQLError]:
        await self._state.stopping.wait()
        return [QueryError(QueryErrorCode.UNAVAILABLE, _STOPS)]


def _sign_in_again(reason: str) -> GraphQLError:
    return GraphQLError(f"Sign in again: {reason}.", extensions={"code": "UNAUTHENTICATED"})


async def _first(
    *ways: Coroutine[Any, Any, list[GraphQLError] | None],
) -> list[GraphQLError] | None:
    """Returns the result of the first of them to end; the others are cancelled."""
    tasks = [asyncio.create_task(way) for way in ways]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
    return next(iter(done)).result()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _alive(send: Send) -> None:
    while True:
        await asyncio.sleep(KEEP_ALIVE)
        await send({"type": "http.response.body", "body": b":\n\n", "more_body": True})


async def _tell(send: Send, event: str, payload: str) -> None:
    body = f"event: {event}\ndata: {payload}\n\n".encode()
    await send({"type": "http.response.body", "body": body, "more_body": True})
