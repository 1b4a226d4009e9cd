"""`/graphql` by WebSocket: graphql-transport-ws, for all operations.

The protocol is Strawberry's; authentication, timeouts, limits, and running operations are ours.
Close codes beside the protocol's own: 4403 when the client is not or no longer signed in, 4429 over
the limit of connections, 1013 for a subscriber that is too slow, and while the database does not
answer.
"""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from datetime import timedelta
from typing import Any, cast
from uuid import uuid4

import orjson
import psycopg
from graphql import GraphQLError
from starlette.websockets import WebSocket
from strawberry.http.async_base_view import AsyncBaseHTTPView
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import (
    BaseGraphQLTransportWSHandler,
    Operation,
)
from strawberry.subscriptions.protocols.graphql_transport_ws.types import (
    ConnectionInitMessage,
    Message,
    SubscribeMessage,
)
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError

from domain.kernel.principal import Principal
from domain.kernel.read_model_behind import ReadModelBehind
from graph.schema import schema
from graph.support.context import Context
from graph.support.errors import QueryError, QueryErrorCode, status_of
from graph.support.execution.subscription import payload_of
from graph.support.limits.rate_limit import LeakyBuckets, RateLimitExceeded
from service.http.bearer import token_of
from service.http.graphql import channel_of
from service.http.live.connection_limits import ConnectionLimits, TooMany
from service.http.live.messages import EXTENSIONS, GONE, SIZE, VIEW, Adapter
from service.http.live.pusher import TooSlow, follow
from service.http.live.session import LiveSession
from service.http.middleware.bodies import largest_for
from service.http.operations import most_for
from service.http.positions import extended_position
from service.http.protocols.websocket import lift_bounds
from service.http.request_slots import RequestSlots
from service.sign_in import IdentityProviderUnavailable, NotSignedIn

SILENCE_TIMEOUT = timedelta(seconds=10)
"""Time for which a client may be connected without sending its token."""
CLOSE_TIMEOUT_S = 15.0
"""Seconds in which a close must reach a slow client. One that takes nothing even then is dropped by
the server, as a connection that is dead.
"""

MAX_REJECTIONS = 100
"""Operations that are rejected as there were too many before, and one more each second. A client
that sends more is dropped.
"""

_NOT_LET_IN = 4403
_TOO_MANY = 4429
_TRY_AGAIN_LATER = 1013


async def socket(websocket: WebSocket) -> None:
    """Serves the endpoint. Other subprotocols, the older graphql-ws among them, are refused."""
    if GRAPHQL_TRANSPORT_WS_PROTOCOL not in websocket.scope["subprotocols"]:
        await websocket.close()
        return
    await websocket.accept(GRAPHQL_TRANSPORT_WS_PROTOCOL)
    with ExitStack() as stack:
        await Conversation(websocket, stack).handle()


class Conversation(BaseGraphQLTransportWSHandler[Any, None]):
    """One connection."""

    def __init__(self, websocket: WebSocket, stack: ExitStack) -> None:
        view: AsyncBaseHTTPView[Any, Any, Any, Any, Any, Any, None] = VIEW
        self._messages = Adapter(websocket)
        super().__init__(view, self._messages, None, None, schema, SILENCE_TIMEOUT)
        self._peer = websocket
        self._stack = stack
        self._connection_limits: ConnectionLimits = websocket.state.connection_limits
        self._turns: RequestSlots = websocket.state.request_slots
        self._channel = channel_of(websocket)
        self._session: LiveSession | None = None
        self._watch: asyncio.Task[None] | None = None
        self._refusals = LeakyBuckets(MAX_REJECTIONS, per_second=1)

    async def shutdown(self) -> None:
        """Called when the connection has ended, by either side."""
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.wait([self._watch])
        await super().shutdown()

    async def handle_message(self, message: Message) -> None:
        """Handles any message of the client's."""
        if not _is_well_formed(message):
            await self.handle_invalid_message("The message is not one of the protocol's")
            return
        await super().handle_message(message)

    async def handle_subscribe(self, message: SubscribeMessage) -> None:
        """Begins an operation, which inherits the extensions of its message."""
        EXTENSIONS.set(message["payload"].get("extensions"))
        await super().handle_subscribe(message)

    async def handle_connection_init(self, message: ConnectionInitMessage) -> None:
        """Signs in by the token of the first message, and watches its expiry from then on."""
        if not self.connection_init_received:
            refused = await self._sign_in(message.get("payload") or {})
            if refused is not None:
                await self._close(*refused)
                return
        await super().handle_connection_init(message)

    async def _sign_in(self, said: object) -> tuple[int, str] | None:
        """Returns the code and the reason to close with; None when the client is signed in."""
        token = _token_in(said) or _token_of_upgrade(self._peer)
        if token is None:
            return _NOT_LET_IN, "Forbidden: a bearer token is needed"
        try:
            session = await LiveSession.begin(self._peer.state, token)
            self._stack.enter_context(self._connection_limits.socket(session.principal.id))
        except NotSignedIn as stranger:
            return _NOT_LET_IN, f"Forbidden: {stranger}"
        except IdentityProviderUnavailable:
            return _NOT_LET_IN, "Forbidden: the identity provider cannot be reached"
        except (psycopg.OperationalError, psycopg.InterfaceError, ReadModelBehind):
            return _TRY_AGAIN_LATER, "The database does not answer"
        except TooMany as too_many:
            return _TOO_MANY, f"Too many connections: {too_many}"
        lift_bounds(self._peer, largest_for(session.principal))
        self._messages.most = most_for(session.principal)
        self._session = session
        self._watch = asyncio.create_task(self._watched(session))
        return None

    async def _watched(self, session: LiveSession) -> None:
        await self._close(_NOT_LET_IN, f"Forbidden: {await session.wait_for_token_end()}")

    async def run_operation(self, operation: Operation[Any, None]) -> None:
        """Runs an operation, from the subscribe message to its end."""
        session = cast("LiveSession", self._session)
        try:
            largest = largest_for(session.principal)
            with self._connection_limits.operation(session.principal.id, SIZE.get(), largest):
                await self._tell(operation, await self._run(operation, session))
        except NotSignedIn as ended:
            await self._close(_NOT_LET_IN, f"Forbidden: {ended}")
        except TooMany as too_many:
            limit = QueryError(QueryErrorCode.LIMIT, str(too_many), status=429)
            await self._tell(operation, [limit])
        except QueryError as unavailable:
            await self._tell(operation, [unavailable])
        except TooSlow as too_slow:
            await self._close(_TRY_AGAIN_LATER, str(too_slow))
        except GONE:
            return

    async def _tell(self, operation: Operation[Any, None], errors: list[GraphQLError]) -> None:
        """Sends the end of an operation. Until the client takes that, the operation counts as one
        that runs.
        """
        if self._is_one_too_many(errors):
            await self._close(_TOO_MANY, "Too many operations: a hundred of them were refused")
        elif errors:
            await operation.send_initial_errors(errors)
        else:
            await operation.send_operation_message({"id": operation.id, "type": "complete"})

    def _is_one_too_many(self, errors: list[GraphQLError]) -> bool:
        """Counts rejections before they are sent: each waits for a client that does not read."""
        if status_of(errors) != 429:
            return False
        try:
            self._refusals.take("this connection", 1)
        except RateLimitExceeded:
            return True
        return False

    async def _run(
        self, operation: Operation[Any, None], session: LiveSession
    ) -> list[GraphQLError]:
        """Runs an operation in its turn, if the client is still signed in then."""
        opening = f'{{"id":{orjson.dumps(operation.id).decode()},"type":"next","payload":'

        async def send(payload: str) -> None:
            if not operation.completed:
                await self._peer.send({"type": "websocket.send", "text": f"{opening}{payload}}}"})

        async def push(payload: str) -> None:
            await session.confirm()
            await send(payload)

        async with self._turns.slot(session.principal.id):
            await session.again()
            context = self._context(operation, session.principal)
            begun = await schema.begin(
                operation.query, operation.variables, operation.operation_name, context
            )
            if isinstance(begun, PreExecutionError):
                return begun.errors or []
            if isinstance(begun, ExecutionResult):
                await send(payload_of(begun))
                return []
        return await follow(begun, context, push)

    def _context(self, operation: Operation[Any, None], asking: Principal) -> Context:
        size = SIZE.get() - len(operation.query)
        site, min_position = self._peer.state.site, extended_position(EXTENSIONS.get())
        return Context(site, asking, uuid4().hex, self._channel, size, min_position=min_position)

    async def _close(self, code: int, reason: str) -> None:
        """Sends the close if the client takes it in time; ends the connection in any case."""
        try:
            async with asyncio.timeout(CLOSE_TIMEOUT_S):
                await self.websocket.close(code, reason)
        except TimeoutError:
            return


def _token_in(said: object) -> str | None:
    """Returns the bearer token of a connection_init's payload, which is written like the HTTP
    header: at its top level, or in `headers`, where some clients put all of theirs.
    """
    if not isinstance(said, dict):
        return None
    value = next((v for k, v in said.items() if str(k).lower() == "authorization"), None)
    if value is None:
        return _token_in(said.get("headers"))
    scheme, _, token = str(value).partition(" ")
    return token.strip() or None if scheme.lower() == "bearer" else None


def _token_of_upgrade(peer: WebSocket) -> str | None:
    """Returns the bearer token of the request that opened the connection: no browser can send one
    there, other clients can.
    """
    try:
        return token_of(peer)
    except NotSignedIn:
        return None


def _is_well_formed(message: object) -> bool:
    if not isinstance(message, dict) or not isinstance(message.get("type"), str):
        return False
    if message["type"] in ("subscribe", "complete") and not isinstance(message.get("id"), str):
        return False
    return message["type"] != "subscribe" or _is_operation(message.get("payload"))


def _is_operation(payload: object) -> bool:
    return (
        isinstance(payload, dict)
        and isinstance(payload.get("query"), str)
        and isinstance(payload.get("variables"), dict | None)
        and isinstance(payload.get("operationName"), str | None)
        and isinstance(payload.get("extensions"), dict | None)
    )
