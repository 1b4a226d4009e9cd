"""Whoever is let in no more, or as something else, while what they ask is on its way: it is not
done, and nothing is told. A body may take minutes, and the slot of an operation seconds.

Generated from the schema: each query, command, upload and subscription, whichever way it comes.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from typing import Any

import httpx2
import pytest
import pytest_asyncio

from projections.engine.position import ReadModelPosition
from projections.memberships.reads import MemberReads
from service.downloads import members_csv
from service.http.app import application
from service.http.request_slots import RequestSlots
from service.settings import Settings
from service.sign_in import factory
from tests.authorization import commands
from tests.authorization.callers import Caller
from tests.authorization.each_field import COMMANDS, QUERIES, SUBSCRIPTIONS
from tests.authorization.outcomes import told
from tests.authorization.rows import FORBIDDEN, Row
from tests.authorization.seeded import seeded
from tests.authorization.site import Seeded
from tests.authorization.subscriptions import rows
from tests.service.http.live.talking import TIMEOUT_S, leave_unwatched, talk
from tests.service.http.serving import on_a_socket, token

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

EXPIRED = "the token has expired"
DEMOTED = "the roles have changed"
ENDS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "the user is suspended": ("updateUser", "UpdateUserInput", {"status": "SUSPENDED"}),
    "the user was erased": ("eraseUser", "EraseUserInput", {"reason": "Left."}),
    DEMOTED: ("assignRoles", "AssignRolesInput", {"roles": ["LEARNER"]}),
}
REASONS = [*ENDS, EXPIRED]
each_end = pytest.mark.parametrize("reason", REASONS)
each_out = pytest.mark.parametrize("reason", [reason for reason in REASONS if reason != DEMOTED])

BATCH_SIZE = 12
"""Operations of one person: all of them run at the same time."""
UPLOADS = {row.name: row for row in commands.ROWS.values() if row.file is not None}
MUTATIONS = [("mutation", row) for row in COMMANDS.values()]
ASKED = [
    *(("query", row) for row in QUERIES.values()),
    *MUTATIONS,
    *(("mutation", row) for row in UPLOADS.values()),
]
FORBIDDEN_TO_LEARNERS = [
    (kind, row) for kind, row in ASKED if row.cells[Caller.OUTSIDE] == FORBIDDEN
]
STREAMED = [
    *(("query", row) for row in QUERIES.values()),
    *MUTATIONS,
    *(("subscription", row) for row in SUBSCRIPTIONS.values()),
]
SPOKEN = [
    ("query", rows.QUERY),
    ("mutation", rows.COMMAND),
    ("subscription", rows.SUBSCRIPTIONS["events: all"]),
]
Asked = list[tuple[str, Row]]


@dataclass
class Clock:
    """The one by which tokens are checked."""

    ahead: timedelta = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


CLOCK = Clock()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def served(settings: Settings) -> AsyncIterator[Seeded]:
    """Behind a server, where time goes as the tests say."""
    with pytest.MonkeyPatch.context() as patch:
        for name in ("DevelopmentSignIn", "TokenCache"):
            patch.setattr(factory, name, partial(getattr(factory, name), clock=CLOCK))
        async with on_a_socket(application(settings)) as port:
            url = f"http://127.0.0.1:{port}"
            async with httpx2.AsyncClient(base_url=url, timeout=TIMEOUT_S) as http:
                yield await seeded(http, settings)


@dataclass
class Gate:
    """Where those of the directory wait; root, who is not, goes through."""

    arrived: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))
    opened: asyncio.Event = field(default_factory=asyncio.Event)

    async def wait(self) -> None:
        """Called by each of them."""
        self.arrived.release()
        async with asyncio.timeout(TIMEOUT_S):
            await self.opened.wait()

    async def holds(self, many: int) -> None:
        """Returns once so many have come."""
        async with asyncio.timeout(TIMEOUT_S):
            for _ in range(many):
                await self.arrived.acquire()


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture(autouse=True)
def unwatched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Idle connections stay open."""
    leave_unwatched(monkeypatch)


def _at_turns(monkeypatch: pytest.MonkeyPatch, passing: Callable[[], Awaitable[None]]) -> None:
    """Who has got their slot passes there."""
    slot = RequestSlots.slot

    @asynccontextmanager
    async def held(turns: RequestSlots, principal: str) -> AsyncIterator[None]:
        async with slot(turns, principal):
            if principal.startswith("user_"):
                await passing()
            yield

    monkeypatch.setattr(RequestSlots, "slot", held)


@each_out
@pytest.mark.parametrize("path", ["/graphql", "/graphql/stream"])
async def test_nothing_is_done_for_who_is_out_when_the_body_is_there(
    served: Seeded,
    gate: Gate,
    monkeypatch: pytest.MonkeyPatch,
    reason: str,
    path: str,
) -> None:
    """By JSON, by a form, and as events: 401."""
    asked = ASKED if path == "/graphql" else STREAMED
    answers = await _while_it_comes(served, gate, monkeypatch, reason, path, asked)
    told_each = [_refusal(answer) for answer in answers]
    assert told_each == [(401, f"Sign in first: {reason}.")] * len(asked)


async def test_who_was_demoted_by_then_is_asked_as_what_they_are(
    served: Seeded, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over HTTP each request is for itself: what learners may not is FORBIDDEN."""
    asked = FORBIDDEN_TO_LEARNERS
    answers = await _while_it_comes(served, gate, monkeypatch, DEMOTED, "/graphql", asked)
    assert [told(answer, {}) for answer in answers] == [FORBIDDEN] * len(asked)


async def test_no_stream_begins_for_who_was_demoted(
    served: Seeded, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is begun with the roles of who asked."""
    answers = await _while_it_comes(served, gate, monkeypatch, DEMOTED, "/graphql/stream", STREAMED)
    assert {_refusal(answer) for answer in answers} == {(401, f"Sign in first: {DEMOTED}.")}


async def _while_it_comes(
    site: Seeded,
    gate: Gate,
    monkeypatch: pytest.MonkeyPatch,
    reason: str,
    path: str,
    asked: Asked,
) -> list[httpx2.Response]:
    """What is answered when it happens between the two halves of each body."""

    async def begins() -> None:
        gate.arrived.release()

    _at_turns(monkeypatch, begins)
    who = [_name(reason, f"{path}-{number}") for number in range(0, len(asked), BATCH_SIZE)]
    bearers = [await _comes(site, username) for username in who]
    tasks = [
        asyncio.create_task(_sent(site, gate, path, kind, row, bearers[number // BATCH_SIZE]))
        for number, (kind, row) in enumerate(asked)
    ]
    await gate.holds(len(asked))
    async with _ended(site, reason, who):
        gate.opened.set()
        return await asyncio.gather(*tasks)


async def _sent(
    site: Seeded, gate: Gate, path: str, kind: str, row: Row, bearer: str
) -> httpx2.Response:
    headers = {"Authorization": bearer, "Accept": "application/json, text/event-stream"}
    request = site.request(row, kind, Caller.ADMIN, headers, path)
    body = await request.aread()

    async def halves() -> AsyncIterator[bytes]:
        yield body[: len(body) // 2]
        await gate.opened.wait()
        yield body[len(body) // 2 :]

    return await site.http.post(path, content=halves(), headers=request.headers)


@each_end
async def test_nothing_is_done_for_who_is_out_when_their_turn_comes(
    served: Seeded, gate: Gate, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    """Over sockets, which close, and by GET."""
    username = _name(reason, "slot")
    bearer = await _comes(served, username)
    _at_turns(monkeypatch, gate.wait)
    headers, query = {"Authorization": bearer}, rows.QUERY.document("query")
    asking = served.http.get("/graphql", params={"query": query}, headers=headers)
    tasks = [asyncio.create_task(_heard(served, bearer, kind, row)) for kind, row in SPOKEN]
    got = asyncio.create_task(asking)
    await gate.holds(len(SPOKEN) + 1)
    async with _ended(served, reason, [username]):
        gate.opened.set()
        heard, answer = await asyncio.gather(*tasks), await got
    assert heard == [([], (4403, f"Forbidden: {reason}"))] * len(SPOKEN)
    if reason == DEMOTED:
        assert told(answer, {}) == FORBIDDEN
    else:
        assert _refusal(answer) == (401, f"Sign in first: {reason}.")


async def _heard(site: Seeded, bearer: str, kind: str, row: Row) -> Any:
    async with talk(site.host, bearer.removeprefix("Bearer ")) as talking:
        given = site.given(row, Caller.ADMIN)
        await talking.subscribe(row.document(kind, Caller.ADMIN), **given)
        return await talking.rest()


@each_end
async def test_no_roster_for_who_is_out_when_the_read_model_is_there(
    served: Seeded, gate: Gate, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    """404 for who may not see it any more."""

    calls, reached = count(), ReadModelPosition.wait_for

    async def first_held(position: ReadModelPosition, *given: Any) -> None:
        """Those of whoever ends it are not."""
        if next(calls) == 0:
            await gate.wait()
        await reached(position, *given)

    username = _name(reason, "roster")
    bearer = await _comes(served, username)
    monkeypatch.setattr(ReadModelPosition, "wait_for", first_held)
    getting = asyncio.create_task(_roster(served, bearer))
    await gate.holds(1)
    async with _ended(served, reason, [username]):
        gate.opened.set()
        answer = await getting
    assert answer.status_code == (404 if reason == DEMOTED else 401)


@each_end
async def test_a_roster_ends_where_who_asked_is_out(
    served: Seeded, gate: Gate, monkeypatch: pytest.MonkeyPatch, reason: str
) -> None:
    """It is cut off before the next part."""
    export = MemberReads.export

    async def held(reads: MemberReads, segment: int, after: Any, limit: int) -> Any:
        if after is not None:
            await gate.wait()
        return await export(reads, segment, after, limit)

    username = _name(reason, "parts")
    bearer = await _comes(served, username)
    monkeypatch.setattr(members_csv, "BATCH_SIZE", 1)
    monkeypatch.setattr(MemberReads, "export", held)
    getting = asyncio.create_task(_roster(served, bearer))
    await gate.holds(1)
    async with _ended(served, reason, [username]):
        gate.opened.set()
        with pytest.raises(httpx2.RemoteProtocolError, match="without sending complete"):
            await getting


async def _roster(site: Seeded, bearer: str) -> httpx2.Response:
    path = f"/files/segments/{site.ids['mine']}/members.csv"
    return await site.http.get(path, headers={"Authorization": bearer})


async def _comes(site: Seeded, username: str) -> str:
    """The bearer of a site admin by the directory."""
    given = {"username": username, "email": f"{username}@example.org", "roles": ["SITE_ADMIN"]}
    await site.do("createUser", "CreateUserInput", **given, firstName="A", lastName="B")
    await site.settle()
    return f"Bearer {token(site.settings, user=username)}"


@asynccontextmanager
async def _ended(site: Seeded, reason: str, who: list[str]) -> AsyncIterator[None]:
    """It has happened to them, and reads see it. Nothing is recorded from then on."""
    if reason != EXPIRED:
        command, kind, given = ENDS[reason]
        for username in who:
            await site.do(command, kind, user={"username": username}, **given)
        await site.settle()
    before = await site.head()
    with _later() if reason == EXPIRED else nullcontext():
        yield
    assert await site.head() == before


@contextmanager
def _later() -> Iterator[None]:
    """Two hours: no token is good for so long."""
    CLOCK.ahead = timedelta(hours=2)
    try:
        yield
    finally:
        CLOCK.ahead = timedelta(0)


def _name(reason: str, what: str) -> str:
    return f"{what}-until-{reason}".replace(" ", "-").replace("/", "-").removeprefix("-")


def _refusal(answer: httpx2.Response) -> tuple[int, str]:
    (error,) = answer.json()["errors"]
    return answer.status_code, error["message"]
