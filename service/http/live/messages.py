"""Messages over a WebSocket: JSON in text messages."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import suppress
from contextvars import ContextVar
from typing import Any

import orjson
from starlette.websockets import (
    WebSocket,
    WebSocketDisconnect,
    WebSocketDisconnected,
    WebSocketState,
)
from strawberry.asgi import ASGIWebSocketAdapter, GraphQL
from strawberry.http.exceptions import NonJsonMessageReceived, NonTextMessageReceived
from strawberry.http.exceptions import WebSocketDisconnected as EndOfConversation
from websockets.frames import CloseCode

from graph.schema import schema
from service.http.operations import LIMITS_OF_OTHERS, excess_in

GONE = (WebSocketDisconnect, WebSocketDisconnected)
"""Exceptions after the end of a connection, by the client or by ourselves."""

SIZE: ContextVar[int] = ContextVar("size of the last message", default=0)
"""Bytes of the message that is being handled: tasks begun for it inherit the number."""

EXTENSIONS: ContextVar[Mapping[str, Any] | None] = ContextVar("extensions", default=None)
"""The extensions of the operation that is being begun, inherited likewise."""


class _InText(GraphQL[Any, None]):
    """Requires text messages: clients refuse binary ones."""

    def decode_json(self, data: str | bytes) -> object:
        return orjson.loads(data)

    def encode_json(self, data: object) -> str:
        return orjson.dumps(data).decode()


VIEW = _InText(schema, graphql_ide=None)


class Adapter(ASGIWebSocketAdapter):
    """A WebSocket on which sending after the end has no effect, and is no failure: the server may
    close at any moment, while something else is being answered.
    """

    def __init__(self, websocket: WebSocket) -> None:
        super().__init__(VIEW, websocket, websocket)
        self.most = LIMITS_OF_OTHERS
        """The bounds of a message of this client."""

    async def iter_json(
        self, *, ignore_parsing_errors: bool = False
    ) -> AsyncGenerator[object, None]:
        """See ASGIWebSocketAdapter. A message with too many values is the last one: 1009."""
        while self.ws.application_state != WebSocketState.DISCONNECTED:
            try:
                text = (await self.ws.receive_text()).encode()
            except KeyError as binary:
                raise NonTextMessageReceived from binary
            except WebSocketDisconnect:
                return
            excess = excess_in(text, self.most)
            if excess is not None:
                await self.close(CloseCode.MESSAGE_TOO_BIG, f"A message holds {excess}")
                return
            await asyncio.sleep(0)  # else many messages at once would hold up all others
            SIZE.set(len(text))
            try:
                yield self.view.decode_json(text)
            except orjson.JSONDecodeError as no_json:
                raise NonJsonMessageReceived from no_json

    async def send_json(self, message: Mapping[str, object]) -> None:
        """See ASGIWebSocketAdapter."""
        try:
            await super().send_json(message)
        except WebSocketDisconnected as closed:
            raise EndOfConversation from closed

    async def close(self, code: int, reason: str) -> None:
        """See ASGIWebSocketAdapter. A second close does nothing."""
        with suppress(*GONE):
            await super().close(code, reason)
