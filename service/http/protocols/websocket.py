"""WebSocket with bounds on the messages of a client before it is signed in."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from logging import getLogger
from typing import Any, cast

import structlog
from starlette.datastructures import Headers
from starlette.websockets import WebSocket
from uvicorn._types import ASGIReceiveEvent
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.datastructures import Headers as OpeningHeaders
from websockets.frames import CloseCode, Frame
from websockets.http11 import Request, Response
from websockets.server import ServerProtocol

from service.http.middleware.request_ids import id_of
from service.http.middleware.security_headers import protected
from service.http.responses import error_response, failure

MAX_BYTES_BEFORE_SIGN_IN = 64 * 1024
"""Bytes of a message from a client that is not signed in."""
MAX_WAITING = 8
"""Messages of such a client that wait to be handled."""
MAX_FRAMES = 1_024
"""Frames of one message, of any client: they may be empty, and so cost nothing to send."""
MAX_UNREAD_BYTES = 64 * 1024
"""Bytes of answers to pings that the client has not taken."""

_SIGNED_IN = "segments.signed_in"
"""The extension of the ASGI scope by which the application lifts the bounds."""


_CODES = {403: "FORBIDDEN"}
"""Codes of refusals to open a WebSocket; all others are INVALID."""
_NOT_HERE = "WebSockets are opened at /graphql, by graphql-transport-ws."

_logger = structlog.get_logger("http")


class _Opening(ServerProtocol):
    """Refuses to open a WebSocket as `refuse` words it, given the status and the reason."""

    def __init__(self, refuse: Callable[[int, str], Response]) -> None:
        super().__init__(max_size=MAX_BYTES_BEFORE_SIGN_IN, logger=getLogger("uvicorn.error"))
        self._refuse = refuse
        self.asked_with: list[tuple[bytes, bytes]] = []

    def accept(self, request: Request) -> Response:
        self.asked_with = [
            (name.lower().encode(), value.encode("latin-1", errors="replace"))
            for name, value in request.headers.raw_items()
        ]
        return super().accept(request)

    def reject(self, status: int, text: str) -> Response:
        return self._refuse(int(status), text.strip())


class BoundedWebSocket(WebSocketsSansIOProtocol):
    """A connection. 1009 for a message too large, 1008 for too many at once."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.conn: _Opening = _Opening(self._refused)
        self._is_signed_in = False

    @property
    def takes_much(self) -> bool:
        """Whether large pieces are read: of a client that is signed in."""
        return self._is_signed_in

    async def receive(self) -> ASGIReceiveEvent:
        """Returns the next message. Of a client that is not signed in no more is read while the
        application handles one: signing in may take seconds.
        """
        if self.read_paused and self.queue.empty():
            self._go_on_reading()
        message = await super().receive()
        if message["type"] == "websocket.receive" and not self._is_signed_in:
            self._stop_reading()
        return message

    def _stop_reading(self) -> None:
        if not self.read_paused:
            self.read_paused = True
            self.transport.pause_reading()

    def _go_on_reading(self) -> None:
        self.read_paused = False
        self.transport.resume_reading()

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        if self.response.status_code == 101:
            cast("dict[str, Any]", self.scope["extensions"])[_SIGNED_IN] = self._lift

    def _refused(self, status: int, reason: str) -> Response:
        """Returns an answer like any other; its status is logged, by its id."""
        scheme = "https" if self.scheme == "wss" else "http"
        scope = {"type": "http", "scheme": scheme, "headers": self.conn.asked_with}
        request_id = id_of(Headers(scope=scope))
        _logger.info("WebSocket refused", request_id=request_id, status=status)
        answer = (
            failure(request_id)
            if status >= 500
            else error_response(status, _CODES.get(status, "INVALID"), reason or _NOT_HERE)
        )
        answer.headers["Connection"] = "close"
        headers = OpeningHeaders(protected(answer, scope, request_id).headers.items())
        return Response(status, HTTPStatus(status).phrase, headers, bytes(answer.body))

    def _lift(self, largest: int) -> None:
        self._is_signed_in = True
        self.conn.max_message_size = largest

    def handle_cont(self, event: Frame) -> None:
        if len(self.frames) < MAX_FRAMES:
            super().handle_cont(event)
        elif not self.close_sent:
            self._fail(CloseCode.MESSAGE_TOO_BIG, f"A message is at most {MAX_FRAMES:,} frames")

    def send_receive_event_to_app(self) -> None:
        """Called with each message."""
        if self._is_signed_in or self.close_sent or self.queue.qsize() < MAX_WAITING:
            super().send_receive_event_to_app()
        else:
            self._fail(CloseCode.POLICY_VIOLATION, "Sign in before you send more")

    def handle_ping(self) -> None:
        if self.transport.get_write_buffer_size() > MAX_UNREAD_BYTES:
            self.transport.abort()
        else:
            super().handle_ping()

    def _fail(self, code: CloseCode, reason: str) -> None:
        self.conn.fail(code, reason)
        self.handle_parser_exception()


def lift_bounds(websocket: WebSocket, largest: int) -> None:
    """Lifts the bounds, once the client is signed in: it may send messages of so many bytes.

    Does nothing on a server that is not ours.
    """
    lift = websocket.scope.get("extensions", {}).get(_SIGNED_IN)
    if lift is not None:
        lift(largest)
