"""How a process stops: nobody keeps it, and nothing that it has taken is lost."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

import psycopg
import pytest

from domain.kernel.principal import Role
from service.settings import Settings
from tests.acceptance.service import (
    Service,
    client,
    until_nobody_listens,
    until_somebody_waits,
)
from tests.service.http.live.talking import EVENTS, streamed, talk
from tests.service.http.protocols.raw import Peer, peer
from tests.service.http.serving import token

COUNT = "{ siteUserSegments { totalCount } }"


def _complaints(service: Service) -> list[str]:
    """Of failures, and of requests that were cut off."""
    words = ("Traceback", "Exception", "not answered", '"level": "error"')
    return [line for line in service.lines if any(word in line for word in words)]


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
async def test_followers_are_told_and_not_waited_for(
    service: Service, data_dir: Path, how: signal.Signals
) -> None:
    """On a stream in words, on a socket by 1012: both then begin again elsewhere."""
    bearer = token(Settings(data_dir=data_dir), Role.AUDITOR)
    host = service.url.removeprefix("http://")
    async with talk(host, bearer) as talking, streamed(host, bearer, EVENTS) as told:
        await talking.subscribe(EVENTS)
        service.send(how)
        name, data = await anext(told)
        (error,) = data["errors"]
        assert (name, error["extensions"]) == ("next", {"code": "UNAVAILABLE"})
        assert "subscribe again" in error["message"]
        assert await anext(told) == ("complete", None)
        assert (await talking.closed())[0] == 1012
    assert await asyncio.to_thread(service.ended) == 0
    assert _complaints(service) == []


async def test_a_second_sigint_cuts_off_who_is_still_answered(
    service: Service, database_url: str, data_dir: Path
) -> None:
    """At once, and quietly: it is said how many, and the process ends well."""
    bearer = token(Settings(data_dir=data_dir), Role.SITE_ADMIN)
    with psycopg.connect(database_url) as holder:
        holder.execute("LOCK TABLE read_model.segments IN ACCESS EXCLUSIVE MODE")
        async with client(service.url, bearer) as http:
            asking = asyncio.create_task(http.post("/graphql", json={"query": COUNT}))
            await until_somebody_waits(database_url)
            service.send(signal.SIGINT)
            await until_nobody_listens(service.port)
            assert not asking.done()
            service.send(signal.SIGINT)
            assert await asyncio.to_thread(service.ended) == 0
            assert isinstance((await asyncio.gather(asking, return_exceptions=True))[0], Exception)
    (said,) = _complaints(service)
    assert "requests not answered to their end: 1" in said


async def _stalling(one: Peer, bearer: str, kind: str, begin: bytes) -> None:
    """A request whose body is awaited: it has begun, and no more of it comes."""
    head = (
        f"POST /graphql HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {bearer}\r\n"
        f"Content-Type: {kind}\r\nGraphQL-Require-Preflight: 1\r\n"
        "Content-Length: 5000\r\nExpect: 100-continue\r\n\r\n"
    )
    one.send(head.encode(), begin)
    assert (await one.answer())[0] == 100  # said when the service begins to read the body


async def test_a_body_of_which_nothing_comes_is_not_waited_for(
    service: Service, data_dir: Path
) -> None:
    """Of an operation as of a form: who sends it is told to ask again, and cut off from."""
    bearer = token(Settings(data_dir=data_dir), Role.SITE_ADMIN)
    async with peer(service.port) as one, peer(service.port) as other:
        await _stalling(one, bearer, "application/json", b"{")
        await _stalling(other, bearer, "multipart/form-data; boundary=b", b"--b\r\n")
        service.send(signal.SIGTERM)
        assert await one.refusal() == (503, "UNAVAILABLE")
        assert await other.refusal() == (503, "UNAVAILABLE")
    assert await asyncio.to_thread(service.ended) == 0
    assert _complaints(service) == []
