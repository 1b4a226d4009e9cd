"""Whoever is let in no more, or as something else, while they are connected.

Nobody watches here what happens to idle connections: what is asked, and what is told, must find out
by itself.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import httpx2
import pytest

from service.settings import Settings
from tests.acceptance.service import create
from tests.service.http.live.talking import (
    EVENTS,
    TIMEOUT_S,
    Talk,
    do,
    leave_unwatched,
    streamed,
    talk,
)
from tests.service.http.serving import token

READ = "{ accessLog { totalCount } }"
WRITE = 'mutation { createUserSegment(input: {name: "By Ada"}) { errors { code } } }'
BEAT = "subscription ($after: LogPosition) { logStatusChanged(after: $after) { readModel } }"
MINE = "subscription ($segment: ID!) { userSegmentChanged(segment: $segment) { name } }"

ADA = {"user": {"username": "ada"}}
UNDONE = {"command": "ada-comes", "reason": "Another Ada."}
ENDS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "the user is suspended": ("updateUser", "UpdateUserInput", {**ADA, "status": "SUSPENDED"}),
    "the user was erased": ("eraseUser", "EraseUserInput", {**ADA, "reason": "Left."}),
    "the user was removed": ("undoCommand", "UndoCommandInput", UNDONE),
    "the roles have changed": ("assignRoles", "AssignRolesInput", {**ADA, "roles": ["LEARNER"]}),
}
each_end = pytest.mark.parametrize("reason", ENDS)


@pytest.fixture(autouse=True)
def unwatched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Idle connections stay open."""
    leave_unwatched(monkeypatch)


@pytest.fixture
async def ada(host: str, settings: Settings, writer: httpx2.AsyncClient) -> str:
    """The token of a site admin by the directory, where there is another one."""
    for username in ("bo", "ada"):
        await _come(writer, username)
    return token(settings, user="ada")


async def _come(writer: httpx2.AsyncClient, username: str) -> None:
    email = f"{username}@example.org"
    given = {"username": username, "email": email, "firstName": "A", "lastName": "L"}
    more = {"roles": ["SITE_ADMIN"], "commandId": f"{username}-comes"}
    await do(writer, "createUser", "CreateUserInput", **given, **more)


async def end(writer: httpx2.AsyncClient, reason: str) -> None:
    """What has that reason happens to Ada, and is in the read model."""
    mutation, kind, given = ENDS[reason]
    await do(writer, mutation, kind, **given)


@each_end
async def test_whatever_is_asked_over_a_socket_closes_it(
    host: str, ada: str, writer: httpx2.AsyncClient, reason: str
) -> None:
    """At once, and is not done."""
    asked = {
        "query": READ,
        "mutation": WRITE,
        "subscription": "subscription { events(after: 0) { id } }",
    }
    async with AsyncExitStack() as stack:
        sockets = {name: await stack.enter_async_context(talk(host, ada)) for name in asked}
        await end(writer, reason)
        for name, talking in sockets.items():
            await talking.subscribe(asked[name])
        heard = {name: await talking.rest() for name, talking in sockets.items()}
    assert heard == dict.fromkeys(asked, ([], (4403, f"Forbidden: {reason}")))
    answer = await writer.post("/graphql", json={"query": "{ siteUserSegments { totalCount } }"})
    assert answer.json()["data"]["siteUserSegments"]["totalCount"] == 0


@each_end
async def test_nothing_more_is_told_over_a_socket(
    host: str, ada: str, writer: httpx2.AsyncClient, reason: str
) -> None:
    """Not even that very thing: it closes instead."""
    segment = (await create(writer, name="Sales"))["segment"]["id"]
    async with AsyncExitStack() as stack:
        sockets = [await stack.enter_async_context(talk(host, ada)) for _ in range(3)]
        events, beat, mine = sockets
        await events.subscribe(EVENTS)
        await beat.subscribe(BEAT)
        await mine.subscribe(MINE, segment=segment)
        await asyncio.gather(*map(_has_begun, sockets))
        await end(writer, reason)
        given = {"segment": {"id": segment}, "name": "Sales Team"}
        await do(writer, "updateUserSegment", "UpdateUserSegmentInput", **given)
        heard = await asyncio.gather(*(talking.rest() for talking in sockets))
    assert heard == [([], (4403, f"Forbidden: {reason}"))] * 3


async def _has_begun(talking: Talk) -> None:
    """What was sent before this is under way: the server takes one message after the other."""
    await talking.subscribe("{ logStatus { head } }", "status")
    assert (await talking.hear())["type"] == "next"
    assert (await talking.hear())["type"] == "complete"


@each_end
async def test_whatever_is_asked_by_a_stream_is_refused(
    host: str, ada: str, writer: httpx2.AsyncClient, reason: str
) -> None:
    """401, as by any request; with other roles what these do not allow."""
    await end(writer, reason)
    headers = {"Authorization": f"Bearer {ada}", "Accept": "text/event-stream"}
    async with httpx2.AsyncClient(base_url=f"http://{host}", headers=headers) as http:
        asked = [("query", READ), ("mutation", WRITE), ("subscription", EVENTS)]
        told = {name: await _answer(http, query) for name, query in asked}
    is_let_in = reason == "the roles have changed"
    assert told == dict.fromkeys(dict(asked), "FORBIDDEN" if is_let_in else "UNAUTHENTICATED")


async def _answer(http: httpx2.AsyncClient, query: str) -> str:
    """The code of the one error in it."""
    text = (await http.post("/graphql/stream", json={"query": query}, timeout=TIMEOUT_S)).text
    assert text.count('"code":') == 1, text
    return text.partition('"code":"')[2].partition('"')[0]


@each_end
async def test_nothing_more_is_told_by_a_stream(
    host: str, ada: str, writer: httpx2.AsyncClient, reason: str
) -> None:
    """Not even that very thing: it ends instead, and says why."""
    segment = (await create(writer, name="Sales"))["segment"]["id"]
    async with (
        streamed(host, ada, EVENTS) as events,
        streamed(host, ada, BEAT) as beat,
        streamed(host, ada, MINE, segment=segment) as mine,
    ):
        await end(writer, reason)
        given = {"segment": {"id": segment}, "name": "Sales Team"}
        await do(writer, "updateUserSegment", "UpdateUserSegmentInput", **given)
        told = [await _rest(stream) for stream in (events, beat, mine)]
    error = {"message": f"Sign in again: {reason}.", "extensions": {"code": "UNAUTHENTICATED"}}
    assert told == [[("next", {"errors": [error]}), ("complete", None)]] * 3


async def _rest(events: AsyncIterator[tuple[str, Any]]) -> list[tuple[str, Any]]:
    async with asyncio.timeout(TIMEOUT_S):
        return [event async for event in events]


async def test_whoever_may_still_do_it_goes_on(
    host: str, ada: str, writer: httpx2.AsyncClient
) -> None:
    """Though the directory has changed; by then under a new name, too."""
    async with talk(host, ada) as talking:
        await talking.subscribe(EVENTS, after=2)
        await do(writer, "updateUser", "UpdateUserInput", **ADA, firstName="Augusta")
        assert (await talking.next())["events"]["type"] == "user.edited"
        await talking.subscribe("{ viewer { displayName } }", "2")
        assert await talking.next("2") == {"viewer": {"displayName": "Augusta L"}}
