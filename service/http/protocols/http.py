"""HTTP with bounds on a request before the application gets it: on its head, and on the time it
takes.

A client that keeps to the protocol notices nothing. One that sends half a head, a head without an
end, or a body that is discarded holds a connection for seconds, and no memory to speak of.
"""

from __future__ import annotations

from asyncio import TimerHandle, Transport
from contextlib import suppress
from socket import AF_INET, AF_INET6, IPPROTO_TCP, TCP_NOTSENT_LOWAT
from typing import Any, NamedTuple, NoReturn, cast

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from service.http.middleware.request_ids import id_of
from service.http.middleware.security_headers import protected
from service.http.protocols.draining import drain_of
from service.http.protocols.flow import Flow
from service.http.protocols.small_reads import InPieces
from service.http.protocols.transfer_rate import Taking
from service.http.protocols.websocket import BoundedWebSocket
from service.http.responses import error_response

MAX_HEAD_BYTES = 64 * 1024
"""Bytes of a request's first line and headers."""
MAX_HEADERS = 100
HEAD_SECONDS = 10.0
"""Seconds in which a head must arrive; the first one, from the opening of the connection."""
LINGER_SECONDS = 10.0
"""Seconds for which the rest of a request is read and discarded after the answer, so that its
sender reads that: closing at once would reset the connection.
"""
MAX_DROPPED_BYTES = 1024 * 1024
"""Bytes of the rest of a refused request that are discarded so."""
GRACE = 0.2
"""Seconds that are added when a time is over: in a loop that was held up, timers come before data
that has arrived in time.
"""
UNREAD_AT_THE_END = 5.0
"""Seconds by which a client may be late with taking an answer once the process is to stop. Not
less: the system buffers some of it, and takes more only when a good part has got through.
"""
MAX_UNREAD_BYTES = 8 * 1024
"""Bytes of an answer that the client does not take, before nothing is added to them."""
MAX_UNSENT_BYTES = 128 * 1024
"""Bytes of an answer that the system buffers and has not sent. It may buffer megabytes otherwise,
of which it asks for more only when a third is gone: with a slow client that takes minutes.
"""
MAX_UNASKED_BYTES = 8 * 1024
"""Bytes of a body that the application has not asked for, before no more is read."""
MAX_PIPELINED = 8
"""Requests of a connection that came in one piece with a body, and wait for its answer."""
END_OF_HEAD = b"\r\n\r\n"
MAX_CONNECTIONS = 4_000
"""Open at a time, of all peers, in one process."""


class EarlyError(NamedTuple):
    """An answer to a request that cannot be parsed or is refused early."""

    status: int
    code: str
    message: str


_NO_HTTP = EarlyError(400, "INVALID", "This is no HTTP request.")
_HEAD_TOO_LARGE = EarlyError(
    431,
    "LIMIT",
    f"A request's first line and headers are at most {MAX_HEAD_BYTES:,} bytes in all, and"
    f" {MAX_HEADERS} headers.",
)
_HEAD_TOO_LATE = EarlyError(
    408, "LIMIT", f"A request's first line and headers take at most {HEAD_SECONDS:g} seconds."
)
_TOO_MANY_CONNECTED = EarlyError(503, "UNAVAILABLE", "Too many connections; try again later.")


def _hold_little(transport: Transport) -> None:
    """Limits the system's buffer, so that it asks for more often enough to see how fast a client
    takes it.
    """
    peer = transport.get_extra_info("socket")
    if peer is not None and peer.family in (AF_INET, AF_INET6):
        with suppress(OSError):
            peer.setsockopt(IPPROTO_TCP, TCP_NOTSENT_LOWAT, MAX_UNSENT_BYTES)


class BoundedHttp(HttpToolsProtocol):
    """A connection. 431 for a head too large, 408 for one that does not come to its end."""

    _heads = 0
    """Heads that were read to their end."""
    _head_size = 0
    """Bytes of a head that were read, but for those that came together with the request before
    it.
    """
    _has_head_begun = False
    _is_reading_head = True
    _refusal = _NO_HTTP
    _dropped: int | None = None
    """Bytes since the request was refused."""
    _timer: TimerHandle | None = None
    _unread: TimerHandle | None = None
    _is_to_stop = False
    _held = b""
    """Bytes behind a request that is not answered yet."""
    _is_upgraded = False
    _reading: Flow
    _application: ASGIApp
    _said = 0
    """Bytes of answers that were written."""

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """Refuses one connection too many without reading from it."""
        super().connection_made(transport)
        self._taking = Taking()
        self._application, self.app = cast("ASGIApp", self.app), cast("Any", self._counted)
        _hold_little(transport)
        self.flow = self._reading = Flow(transport)
        transport.set_write_buffer_limits(high=MAX_UNREAD_BYTES)
        if len(self.connections) > MAX_CONNECTIONS:
            self._refuse(_TOO_MANY_CONNECTED)
            self.transport.close()  # one too many is not waited for
            return
        self._close_after(HEAD_SECONDS)

    def pause_writing(self) -> None:
        """Called when more is buffered than the client takes."""
        super().pause_writing()
        self._look_in(self._taking.waits(self._taken(), self.loop.time()))

    def resume_writing(self) -> None:
        """Called when the client has taken most of it."""
        super().resume_writing()
        self._taking.looks(self._taken(), self.loop.time())
        if not self._is_to_stop:  # then the rest is waited for, too
            self._stop_looking()

    def shutdown(self) -> None:
        """Called when the process is to stop."""
        super().shutdown()
        self._is_to_stop = True
        self._taking.hurries(UNREAD_AT_THE_END)
        self._look_in(self._taking.waits(self._taken(), self.loop.time()))

    def _taken(self) -> int:
        """Returns the bytes of answers that the client's side of the connection took."""
        return self._said - self.transport.get_write_buffer_size()

    async def _counted(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Runs the application, and counts the bytes of its answer at the moment in which they are
        written.
        """

        async def count(message: Message) -> None:
            if self.flow.write_paused:
                await self.flow.drain()
            self._said += len(message.get("body", b""))
            await send(message)

        await self._application(scope, receive, count)

    def _look_in(self, seconds: float) -> None:
        self._stop_looking()
        self._unread = self.loop.call_later(seconds, self._look)

    def _look(self) -> None:
        is_waited_for = self.transport.get_write_buffer_size() > 0
        look = self._taking.looks if is_waited_for else self._taking.waits
        seconds = look(self._taken(), self.loop.time())
        if seconds is None:
            self.transport.abort()
        else:
            self._look_in(seconds)

    def _stop_looking(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
            self._unread = None

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_timer()
        self._stop_looking()
        super().connection_lost(exc)

    @property
    def takes_much(self) -> bool:
        """Whether large pieces are read: of a body that the application waits for, and of discarded
        data, which is so dropped sooner.
        """
        return self._is_unwanted() or (self._reading.is_asked and not self._is_reading_head)

    def data_received(self, data: bytes) -> None:
        """Handles one request after the other: data behind one that is not answered yet is kept as
        it came, and nothing is read meanwhile.
        """
        begin = 0
        while begin < len(data) and not self._is_upgraded and not self.transport.is_closing():
            if self._dropped is not None:
                self._drop(len(data) - begin)
                break
            if self._is_answering():
                self._hold(data[begin:])
                break
            end = self._end_of_next(data, begin)
            self._parse(data[begin:end])
            begin = end
        if self._is_unwanted() and not self.transport.is_closing():
            drain_of(self.loop).wait(self)

    def _end_of_next(self, data: bytes, begin: int) -> int:
        found = data.find(END_OF_HEAD, begin) if self._is_reading_head else -1
        return len(data) if found < 0 else found + len(END_OF_HEAD)

    def _is_answering(self) -> bool:
        return self._heads > 0 and self._is_reading_head and not self.cycle.response_complete

    def _hold(self, data: bytes) -> None:
        self._held = data
        self._reading.is_full = True
        self._reading.pause_reading()

    def _go_on(self) -> None:
        """Goes on with the data that was kept."""
        held, self._held = self._held, b""
        self._reading.is_full = False
        self.data_received(held)
        if not self._reading.is_full and not self._is_unwanted():  # which is read in turns
            self._reading.resume_reading()

    def handle_websocket_upgrade(self) -> None:
        """Hands the connection over to another protocol, which reads in pieces as this one did."""
        self._is_upgraded = True
        super().handle_websocket_upgrade()
        self.transport.set_protocol(
            InPieces(cast("BoundedWebSocket", self.transport.get_protocol()))
        )

    def _is_unwanted(self) -> bool:
        """Whether the data is the rest of a request that was refused or answered."""
        if self._dropped is not None:
            return True
        return not self._is_reading_head and not self._is_upgraded and self.cycle.response_complete

    def pause_reading(self) -> None:
        """Stops reading until `go_on_reading`."""
        self.flow.pause_reading()

    def go_on_reading(self) -> None:
        """Called by the drain, also when the connection is closed meanwhile."""
        if not self.transport.is_closing():
            self.flow.resume_reading()

    def _parse(self, data: bytes) -> None:
        heads, was_reading_head = self._heads, self._is_reading_head
        super().data_received(data)
        if not self._is_reading_head or self._dropped is not None:
            return
        if was_reading_head and self._heads == heads:
            self._head_size += len(data)
        elif not self._has_head_begun:
            return
        if self._head_size > MAX_HEAD_BYTES:
            self._refuse(_HEAD_TOO_LARGE)
        elif self._timer is None:  # of a later request on the same connection
            self._close_after(HEAD_SECONDS)

    def on_message_begin(self) -> None:
        self._has_head_begun = True
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Called for each header."""
        if len(self.headers) >= MAX_HEADERS:
            self._stop_parsing(_HEAD_TOO_LARGE)
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Called once for each request. Checks a head that came in one piece."""
        size = len(self.url) + sum(len(name) + len(value) for name, value in self.headers)
        if size > MAX_HEAD_BYTES:
            self._stop_parsing(_HEAD_TOO_LARGE)
        self._heads += 1
        self._reading.is_asked = False
        self._head_size = 0
        self._has_head_begun = False
        self._is_reading_head = False
        self._stop_timer()
        if len(self.pipeline) >= MAX_PIPELINED:
            raise ValueError("Too many requests wait")
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Reads little of a body that the application does not ask for."""
        super().on_body(body)
        self._reading.is_asked = False
        if not self.cycle.response_complete and len(self.cycle.body) > MAX_UNASKED_BYTES:
            self._reading.pause_reading()

    def on_message_complete(self) -> None:
        self._is_reading_head = True
        self._stop_timer()
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """Called when a request is answered, though the answer may still be on its way, and another
        request may wait already.
        """
        is_last = self.cycle.response_complete
        super().on_response_complete()
        if is_last:
            self.cycle.body.clear()  # nothing of it is read any more
            if not self._is_reading_head:
                self._close_after(LINGER_SECONDS)
            if self._held and not self.transport.is_closing():
                self._go_on()

    def _stop_parsing(self, why: EarlyError) -> NoReturn:
        self._refusal = why
        raise ValueError(why.message)

    def send_400_response(self, msg: str) -> None:
        """Called when the parser has stopped, also by a callback of its own."""
        self._refuse(self._refusal)

    def _close_after(self, seconds: float) -> None:
        self._stop_timer()
        self._timer = self.loop.call_later(seconds, self._is_late)

    def _is_late(self) -> None:
        self._timer = self.loop.call_later(GRACE, self._is_too_late)

    def _stop_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _is_too_late(self) -> None:
        has_said_something = self._has_head_begun or self._head_size
        if has_said_something and self._dropped is None:
            self._refuse(_HEAD_TOO_LATE)
        else:
            self.transport.close()

    def _refuse(self, why: EarlyError) -> None:
        """Answers in the shape of GraphQL; closes when the client has, or after a while.

        While an earlier request is being answered no answer can be sent: then it closes at once.
        """
        if self._heads and not self.cycle.response_complete:
            self.transport.close()
            return
        answer = error_response(why.status, why.code, why.message, {"Connection": "close"})
        scope = self._scope_of_refused()
        protected(answer, scope, id_of(Headers(scope=scope)))
        head = [b"HTTP/1.1 %d \r\n" % why.status]
        head += [b"%s: %s\r\n" % header for header in answer.raw_headers]
        self.transport.write(b"".join([*head, b"\r\n", bytes(answer.body)]))
        self.transport.write_eof()
        self._dropped = 0
        self._close_after(LINGER_SECONDS)

    def _scope_of_refused(self) -> dict[str, Any]:
        """Returns the scope of a refused request, as far as it was read."""
        headers = self.headers if self._has_head_begun else []
        return {"type": "http", "scheme": self.scheme, "headers": headers}

    def _drop(self, size: int) -> None:
        self._dropped = (self._dropped or 0) + size
        if self._dropped > MAX_DROPPED_BYTES:
            self.transport.abort()
