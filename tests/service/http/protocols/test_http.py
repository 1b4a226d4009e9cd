"""What somebody may send before the application is asked."""

from __future__ import annotations

import asyncio
from asyncio import Transport
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from service.http.protocols import http
from service.http.protocols.draining import Drain
from service.http.protocols.small_reads import PIECE
from tests.service.http.protocols.raw import TIMEOUT_S, Peer, peer
from tests.service.http.serving import on_a_socket

GET = b"GET / HTTP/1.1\r\nHost: x\r\n"
SLOW = b"GET /slow HTTP/1.1\r\nHost: x\r\n\r\n"
SLOW_BODY = b"POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na"
MUCH = 1024 * 1024
"""Bytes: more than come in one piece."""
PIECES = 3
"""Of that, after each of which it is another's turn: no more than 256 KiB are read at once."""
SOON = 0.05
"""Seconds, in place of ten."""


class Site:
    """Answers at once, or when it is told to; reads no body."""

    def __init__(self) -> None:
        self.go_on = asyncio.Event()
        self.asked = asyncio.Event()
        self.port = 0

    async def at_once(self, _: Request) -> Response:
        """Whatever the body."""
        return PlainTextResponse("here")

    async def slow(self, _: Request) -> Response:
        """When it is told to."""
        self.asked.set()
        await self.go_on.wait()
        return PlainTextResponse("at last")

    async def echo(self, request: Request) -> Response:
        """With the body."""
        return PlainTextResponse(await request.body())


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """Behind the server as `segments serve` runs it."""
    site = Site()
    methods = ["GET", "POST"]
    routes = [Route("/", site.at_once, methods=methods), Route("/slow", site.slow, methods=methods)]
    routes += [Route("/echo", site.echo, methods=methods)]
    async with on_a_socket(Starlette(routes=routes)) as site.port:
        yield site


def _head(size: int) -> bytes:
    """A request whose path, names and values have so many bytes."""
    fixed = len("/") + len("hostx") + len("x-long")
    return GET + b"X-Long: " + b"a" * (size - fixed) + b"\r\n\r\n"


async def test_a_head_has_a_size(site: Site) -> None:
    """One of 64 KiB is read, one byte more is not."""
    async with peer(site.port) as one:
        one.send(_head(http.MAX_HEAD_BYTES))
        assert await one.answer() == (200, b"here")
        one.send(_head(http.MAX_HEAD_BYTES + 1))
        assert await one.refusal() == (431, "LIMIT")


async def test_a_path_counts(site: Site) -> None:
    async with peer(site.port) as one:
        one.send(b"GET /" + b"a" * http.MAX_HEAD_BYTES + b" HTTP/1.1\r\nHost: x\r\n\r\n")
        assert await one.refusal() == (431, "LIMIT")


async def test_a_hundred_headers(site: Site) -> None:
    """And not one more: each costs more than its bytes."""
    async with peer(site.port) as one:
        one.send(GET, b"a: b\r\n" * (http.MAX_HEADERS - 1), b"\r\n")
        assert await one.answer() == (200, b"here")
        one.send(GET, b"a: b\r\n" * http.MAX_HEADERS, b"\r\n")
        assert await one.refusal() == (431, "LIMIT")


async def test_a_head_without_an_end(site: Site) -> None:
    """It is refused when it has become too long, whatever there is to come."""
    async with peer(site.port) as one:
        one.send(GET, b"X-Long: ", b"a" * http.MAX_HEAD_BYTES)
        assert await one.refusal() == (431, "LIMIT")


async def test_who_goes_on_after_a_refusal(site: Site) -> None:
    """They read it, though they have sent more; but there is an end to it."""
    async with peer(site.port) as one, peer(site.port) as other:
        for each, more in ((one, http.MAX_DROPPED_BYTES), (other, 4 * http.MAX_DROPPED_BYTES)):
            each.send(GET, b"X-Long: ", b"a" * http.MAX_HEAD_BYTES, b"a" * (more // 2))
        await one.writer.drain()
        assert await one.refusal() == (431, "LIMIT")
        with pytest.raises(ConnectionError):
            await asyncio.wait_for(_go_on(other), TIMEOUT_S)


async def _go_on(one: Peer) -> None:
    while True:
        one.send(b"a" * 1024)
        await one.writer.drain()


async def test_a_head_that_does_not_come(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """408 to half a head, and nothing to who says nothing."""
    monkeypatch.setattr(http, "HEAD_SECONDS", SOON)
    async with peer(site.port) as one, peer(site.port) as silent:
        one.send(GET)
        assert await one.refusal() == (408, "LIMIT")
        assert await silent.rest() == b""


@pytest.mark.parametrize("piece", [GET, b"\r\n"], ids=["half-a-head", "empty-line"])
async def test_the_second_head_that_does_not_come(
    site: Site, monkeypatch: pytest.MonkeyPatch, piece: bytes
) -> None:
    """Nor does a connection stay open for bytes that begin nothing."""
    monkeypatch.setattr(http, "HEAD_SECONDS", SOON)
    async with peer(site.port) as one:
        one.send(GET, b"\r\n")
        assert await one.answer() == (200, b"here")
        one.send(piece)
        assert await one.refusal() == (408, "LIMIT")


async def test_an_answer_may_take_longer(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bound is on the question."""
    monkeypatch.setattr(http, "HEAD_SECONDS", SOON)
    async with peer(site.port) as one:
        one.send(SLOW)
        await site.asked.wait()
        async with peer(site.port) as silent:
            assert await silent.rest() == b""  # so the time of the first has passed, too
        site.go_on.set()
        assert await one.answer() == (200, b"at last")


async def test_no_refusal_is_said_into_an_answer(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes behind a request that is being answered is looked at when that is over."""
    monkeypatch.setattr(http, "HEAD_SECONDS", SOON)
    said = {
        (408, "LIMIT"): GET,
        (431, "LIMIT"): GET + b"X-Long: " + b"a" * MUCH,
        (400, "INVALID"): b"\x16\x03\x01 hello\r\n\r\n",
    }
    async with AsyncExitStack() as stack:
        peers = [await stack.enter_async_context(peer(site.port)) for _ in said]
        for one, piece in zip(peers, said.values(), strict=True):
            one.send(SLOW, piece)
        await site.asked.wait()
        site.go_on.set()
        answers = [await one.answer() for one in peers]
        refusals = [await one.refusal() for one in peers]
    assert answers == [(200, b"at last")] * len(said)
    assert refusals == [*said]


async def test_nothing_behind_a_body_is_looked_at_any_more_once_it_is_no_request(
    site: Site,
) -> None:
    """It came together with the body: the connection ends, without a word."""
    async with peer(site.port) as one:
        one.send(SLOW_BODY + b"\x16\x03\x01 hello\r\n\r\n")
        assert await one.rest() == b""
        site.go_on.set()


async def test_the_rest_of_a_body_is_waited_for(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """For ten seconds after the answer; a body that comes leaves the connection as it was."""
    head = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n"
    async with peer(site.port) as one:
        one.send(head)
        assert await one.answer() == (200, b"here")
        one.send(b"a" * 1000, GET, b"\r\n")
        assert await one.answer() == (200, b"here")
        monkeypatch.setattr(http, "LINGER_SECONDS", SOON)
        one.send(head, b"a" * 999)
        assert await one.answer() == (200, b"here")
        assert await one.rest() == b""


async def test_the_rest_of_a_body_is_read_in_turns(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What nobody wants comes as fast as it can be copied: others have their time in between."""
    request_slots: list[http.BoundedHttp] = []
    wait = Drain.wait

    def noted(drain: Drain, connection: http.BoundedHttp) -> None:
        wait(drain, connection)
        request_slots.append(connection)

    monkeypatch.setattr(Drain, "wait", noted)
    async with peer(site.port) as one:
        one.send(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % MUCH)
        assert await one.answer() == (200, b"here")
        one.send(b"x" * MUCH, GET + b"\r\n")
        assert await one.answer() == (200, b"here")
    assert len(request_slots) >= PIECES


async def test_requests_that_wait_for_another(site: Site) -> None:
    """Any number, as they came: they are read when it is their turn."""
    waiting = 1000
    async with peer(site.port) as one:
        one.send(SLOW + (GET + b"\r\n") * waiting)
        await site.asked.wait()
        site.go_on.set()
        assert await one.answer() == (200, b"at last")
        answers = [await one.answer() for _ in range(waiting)]
    assert answers == [(200, b"here")] * waiting


async def test_requests_that_came_with_a_body(site: Site) -> None:
    """Eight may wait for its answer; with one more the connection ends."""
    async with peer(site.port) as one, peer(site.port) as other:
        for each, waiting in ((one, http.MAX_PIPELINED), (other, http.MAX_PIPELINED + 1)):
            each.send(SLOW_BODY + (GET + b"\r\n") * waiting)
        assert await other.rest() == b""
        site.go_on.set()
        assert await one.answer() == (200, b"at last")
        answers = [await one.answer() for _ in range(http.MAX_PIPELINED)]
        assert answers == [(200, b"here")] * http.MAX_PIPELINED


HEADS = (GET + b"X-Long: " + b"a" * 60_000 + b"\r\n\r\n") * 8
BODY = b"GET /slow HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % MUCH + b"a" * MUCH


@pytest.mark.parametrize(
    ("said", "most"),
    [(SLOW + HEADS, PIECE), (BODY, PIECE + http.MAX_UNASKED_BYTES)],
    ids=["requests behind it", "a body that is not asked for"],
)
async def test_what_is_kept_while_an_answer_waits(
    site: Site, monkeypatch: pytest.MonkeyPatch, said: bytes, most: int
) -> None:
    """No more than a piece of what has come: the rest is not read."""
    connections = _connections(monkeypatch)
    async with peer(site.port) as one:
        one.send(said)
        await site.asked.wait()
        (connection,) = connections
        for _ in range(100):  # passes in which more would be read
            async with peer(site.port) as other:
                other.send(GET + b"\r\n")
                assert await other.answer() == (200, b"here")
        assert 0 < _kept(connection) <= most
        assert not connection.transport.is_reading()
        site.go_on.set()
        assert await one.answer() == (200, b"at last")


def _connections(monkeypatch: pytest.MonkeyPatch) -> list[http.BoundedHttp]:
    """Those that are opened from now on; the first alone."""
    found: list[http.BoundedHttp] = []
    made = http.BoundedHttp.connection_made

    def noted(self: http.BoundedHttp, transport: Transport) -> None:
        made(self, transport)
        if not found:
            found.append(self)

    monkeypatch.setattr(http.BoundedHttp, "connection_made", noted)
    return found


def _kept(connection: http.BoundedHttp) -> int:
    """Bytes of what came behind the request that is being answered."""
    heads = [cycle.scope["headers"] for cycle, _ in connection.pipeline]
    sizes = [len(name) + len(value) for headers in heads for name, value in headers]
    return len(connection.cycle.body) + sum(sizes) + len(connection._held)


async def test_a_body_that_waits_for_another_answer(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is kept, and its time has not begun, while the request before it is answered."""
    monkeypatch.setattr(http, "LINGER_SECONDS", SOON)
    async with peer(site.port) as one:
        one.send(SLOW, b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nabc")
        await site.asked.wait()
        site.go_on.set()
        assert await one.answer() == (200, b"at last")
        async with peer(site.port) as other:
            other.send(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nabc")
            assert await other.answer() == (200, b"here")
            assert await other.rest() == b""  # so the time of the first has passed, too
        one.send(b"def")
        assert await one.answer() == (200, b"abcdef")


async def test_one_connection_too_many(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told so, and the others are served."""
    monkeypatch.setattr(http, "MAX_CONNECTIONS", 2)
    async with peer(site.port) as one, peer(site.port) as two:
        for each in (one, two):
            each.send(GET, b"\r\n")
            assert await each.answer() == (200, b"here")
        async with peer(site.port) as three:
            assert await three.refusal() == (503, "UNAVAILABLE")
        one.send(GET, b"\r\n")
        assert await one.answer() == (200, b"here")


async def test_refusals_are_answers_as_any_other(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Kept by nobody, taken for what they are, and with an id: the client's, if it was read."""
    monkeypatch.setattr(http, "HEAD_SECONDS", SOON)
    asked = GET + b"X-Request-ID: mine\r\nOrigin: https://segments.example\r\nAccept: *\r\n"
    said = {
        400: asked + b"no header\r\n\r\n",
        408: asked,
        431: asked + b"a: b\r\n" * http.MAX_HEADERS + b"\r\n",
    }
    for status, piece in said.items():
        async with peer(site.port) as one:
            one.send(piece)
            _check(await one.told(), status)
    monkeypatch.setattr(http, "MAX_CONNECTIONS", 0)
    async with peer(site.port) as one:
        status, headers, _ = await one.told()
    assert (status, len(headers["x-request-id"])) == (503, 32)
    assert "strict-transport-security" not in headers


def _check(told: tuple[int, dict[str, str], bytes], status: int) -> None:
    found, headers, _ = told
    assert (found, headers["x-request-id"]) == (status, "mine")
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-type"] == "application/json"
    assert headers["strict-transport-security"] == "max-age=31536000"


async def test_what_is_no_http(site: Site) -> None:
    async with peer(site.port) as one:
        one.send(b"\x16\x03\x01 hello\r\n\r\n")
        assert await one.refusal() == (400, "INVALID")
