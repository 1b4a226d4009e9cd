"""What nobody expected, and who is not there any more to hear of it."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import psycopg
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from domain.kernel.read_model_behind import ReadModelBehind
from service.http.live.session import LiveSession
from service.http.middleware.request_log import RequestLogMiddleware
from service.settings import Settings
from service.sign_in import SignedIn
from tests.service.http.live.talking import talk
from tests.service.http.protocols.raw import peer
from tests.service.http.serving import client, on_a_socket, running

UNEXPECTED = "what nobody expected"


class Broken:
    """Something of the application's."""

    async def reason_not_to_be(self) -> str | None:
        raise RuntimeError(UNEXPECTED)


async def test_it_is_answered_as_everything_is(settings: Settings) -> None:
    """As INTERNAL, with the id by which it is in the log."""
    async with running(settings, readiness=Broken()) as app, client(app) as http:
        with capture_logs([merge_contextvars]) as lines:
            answer = await http.get("/health/ready", headers={"X-Request-ID": "mine"})
    (error,) = answer.json()["errors"]
    assert answer.status_code == 500
    assert error["extensions"] == {"code": "INTERNAL", "requestId": "mine"}
    assert answer.headers["X-Request-ID"] == "mine"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    told = [(line["event"], line["request_id"]) for line in lines]
    assert told == [("unexpected failure", "mine"), ("answered", "mine")]
    assert (str(lines[0]["exc_info"]), lines[1]["status"]) == (UNEXPECTED, 500)


async def _fails_later(_: Request) -> Response:
    async def parts() -> AsyncIterator[bytes]:
        yield b"some"
        raise RuntimeError(UNEXPECTED)

    return StreamingResponse(parts())


async def _echo(request: Request) -> Response:
    return PlainTextResponse(await request.body())


@asynccontextmanager
async def _served() -> AsyncIterator[int]:
    """A few paths, with what stands around every request."""
    routes = [Route("/later", _fails_later), Route("/echo", _echo, methods=["POST"])]
    app = Starlette(routes=routes, middleware=[Middleware(RequestLogMiddleware)])
    async with on_a_socket(app) as port:
        yield port


async def test_an_answer_that_has_begun_is_cut_off(caplog: pytest.LogCaptureFixture) -> None:
    """No second one is said into it. The server's line tells what it was."""
    with capture_logs() as lines:
        async with _served() as port, peer(port) as one:
            one.send(b"GET /later HTTP/1.1\r\nHost: x\r\n\r\n")
            said = await one.rest()
    assert said.startswith(b"HTTP/1.1 200")
    assert said.endswith(b"\r\n\r\n4\r\nsome\r\n")
    assert [line["event"] for line in lines] == ["answer cut off", "answered"]
    (failed,) = (line for line in caplog.records if line.levelno == logging.ERROR)
    assert UNEXPECTED in str(failed.exc_text)


async def test_who_goes_away_in_the_middle_of_a_body_is_no_failure(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Only 499 is counted."""
    with capture_logs() as lines:
        async with _served() as port, peer(port) as one:
            one.send(b"POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n")
            one.send(b"Content-Length: 9\r\n\r\n")
            assert (await one.told())[0] == 100
            one.writer.transport.abort()
    assert [(line["event"], line["status"]) for line in lines] == [("answered", 499)]
    assert [line for line in caplog.records if line.levelno == logging.ERROR] == []


LOST = {"away": psycopg.OperationalError("away"), "a replica behind": ReadModelBehind(7, 6)}


def _without_a_database(lost: Exception) -> Callable[..., Awaitable[SignedIn]]:
    async def sign_in(*_: object) -> SignedIn:
        raise lost

    return sign_in


@pytest.mark.parametrize("lost", LOST.values(), ids=LOST)
@pytest.mark.parametrize("path", ["/graphql", "/files/templates/users.csv"])
async def test_a_database_that_is_away_at_sign_in_is_told(
    settings: Settings, path: str, lost: Exception
) -> None:
    """As it is anywhere else: whoever asks again may be answered."""
    async with (
        running(settings, sign_in=_without_a_database(lost)) as app,
        client(app, "a token") as http,
    ):
        answer = await http.get(path)
    assert answer.status_code == 503
    assert answer.json()["errors"][0]["extensions"] == {"code": "UNAVAILABLE"}


@pytest.mark.parametrize("lost", LOST.values(), ids=LOST)
async def test_a_socket_may_try_again_when_the_database_is_back(
    host: str, monkeypatch: pytest.MonkeyPatch, lost: Exception
) -> None:
    """It is closed with 1013."""
    monkeypatch.setattr(LiveSession, "begin", _without_a_database(lost))
    async with talk(host) as talking:
        await talking.say("connection_init", payload={"Authorization": "Bearer token"})
        assert await talking.closed() == (1013, "The database does not answer")
