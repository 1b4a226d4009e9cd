"""What a proxy before the service might read in another way is no request: nothing within or behind
it is one.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

import pytest
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from tests.service.http.protocols.raw import peer
from tests.service.http.serving import on_a_socket

POST = b"POST / HTTP/1.1\r\nHost: x\r\n"
HIDDEN = b"GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n"
CHUNK = b"%x\r\n%s\r\n0\r\n\r\n" % (len(HIDDEN), HIDDEN)
LENGTH = b"Content-Length: %d\r\n" % len(HIDDEN)
CHUNKED = b"Transfer-Encoding: chunked\r\n"

REQUESTS = {
    "length and chunks": POST + LENGTH + CHUNKED + b"\r\n" + CHUNK,
    "chunks and length": POST + CHUNKED + LENGTH + b"\r\n" + CHUNK,
    "two lengths": POST + b"Content-Length: 0\r\n" + LENGTH + b"\r\n" + HIDDEN,
    "two lengths that agree": POST + LENGTH * 2 + b"\r\n" + HIDDEN,
    "two lengths in one": POST + b"Content-Length: 0, 39\r\n\r\n" + HIDDEN,
    "a length with a sign": POST + b"Content-Length: +0\r\n\r\n" + HIDDEN,
    "a length below 0": POST + b"Content-Length: -1\r\n\r\n" + HIDDEN,
    "a length in hexadecimal": POST + b"Content-Length: 0x27\r\n\r\n" + HIDDEN,
    "a length past 64 bits": POST + b"Content-Length: 18446744073709551616\r\n\r\n" + HIDDEN,
    "chunks that are not last": POST + b"Transfer-Encoding: chunked, identity\r\n\r\n" + CHUNK,
    "a blank before the colon": POST + b"Content-Length : 0\r\n\r\n" + HIDDEN,
    "a folded line": POST + b"X-A: b\r\n Content-Length: 0\r\n\r\n" + HIDDEN,
    "LF alone": b"POST / HTTP/1.1\nHost: x\n\n" + HIDDEN,
    "LF in a head": POST + b"X-A: b\nContent-Length: 0\r\n\r\n" + HIDDEN,
    "LF at its end": POST + b"Content-Length: 0\r\n\n" + HIDDEN,
    "CR alone": POST + b"X-A: b\rContent-Length: 0\r\n\r\n" + HIDDEN,
    "NUL in a value": POST + b"X-A: b\0c\r\n\r\n" + HIDDEN,
    "NUL in a name": POST + b"X-A\0: b\r\n\r\n" + HIDDEN,
    "NUL in the path": b"GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n" + HIDDEN,
}
CHUNKS = {
    "a sign": b"+0\r\n\r\n",
    "hexadecimal as in C": b"0x0\r\n\r\n",
    "a blank": b"0 0\r\n\r\n",
    "LF alone": b"1\na\n0\n\n",
    "more than its length": b"1\r\nab\r\n0\r\n\r\n",
    "a length past 64 bits": b"10000000000000001\r\na\r\n0\r\n\r\n",
}


class Site:
    """Notes which paths were asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.port = 0

    async def answer(self, request: Request) -> Response:
        """After the body was read."""
        self.asked.append(request.url.path)
        with suppress(ClientDisconnect):
            await request.body()
        return PlainTextResponse("here")


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    """Behind the server as `segments serve` runs it."""
    site = Site()
    route = Route("/{path:path}", site.answer, methods=["GET", "POST"])
    async with on_a_socket(Starlette(routes=[route])) as site.port:
        yield site


@pytest.mark.parametrize("request_", REQUESTS.values(), ids=REQUESTS)
async def test_what_has_two_meanings_is_refused(site: Site, request_: bytes) -> None:
    """With 400, and the connection is closed: nobody else's request is behind it."""
    async with peer(site.port) as one:
        one.send(request_)
        assert await one.refusal() == (400, "INVALID")
    assert "/hidden" not in site.asked


@pytest.mark.parametrize("chunk", CHUNKS.values(), ids=CHUNKS)
async def test_a_body_that_has_two_is_its_connections_end(site: Site, chunk: bytes) -> None:
    """Whoever reads it already is told that nobody is there."""
    async with peer(site.port) as one:
        one.send(POST, CHUNKED, b"\r\n", chunk, HIDDEN)
        assert await one.rest() == b""
    assert "/hidden" not in site.asked


async def test_what_has_one_is_read(site: Site) -> None:
    """The same by the rules: the second request is one."""
    async with peer(site.port) as one:
        for length in (LENGTH + b"\r\n" + HIDDEN, CHUNKED + b"\r\n" + CHUNK):
            one.send(POST + length + HIDDEN)
            assert [await one.answer(), await one.answer()] == [(200, b"here")] * 2
        one.writer.write_eof()
        assert await asyncio.wait_for(one.rest(), 20) == b""
    assert site.asked == ["/", "/hidden"] * 2
