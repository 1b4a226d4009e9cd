"""One operation is one position: all that it reads of the read model is of one snapshot."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from service.settings import Settings
from service.site import open_site
from tests.graph.client import GraphClient
from tests.graph.principals import TRAINER

CREATE = 'createUserSegment(input: {{name: "{}"}}) {{ position segment {{ name }} }}'
TIMEOUT_S = 20.0


class ConcurrentReads:
    """A reader of the site; after its first read something happens."""

    def __init__(self, reader: Any, happening: Callable[[], Awaitable[object]]) -> None:
        self._reader = reader
        self._happening: Callable[[], Awaitable[object]] | None = happening

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._reader, name)

        async def read(*given: Any, **named: Any) -> Any:
            found = await method(*given, **named)
            if self._happening is not None:
                happening, self._happening = self._happening, None
                await happening()
            return found

        return read


def _told(result: Any) -> int:
    return int(result.extensions["position"])


async def _another(ask: GraphClient) -> None:
    await ask.create("Another")
    await ask.settle()


async def test_a_commit_between_two_reads_is_not_seen_by_the_second(ask: GraphClient) -> None:
    """Both agree, and agree with the position that is told."""
    await ask.create("Sales", code="sales")
    await ask.settle()
    slow = ask.on(segments=ConcurrentReads(ask.site.reads.segments, lambda: _another(ask)))
    query = "{ siteUserSegments { nodes { name } totalCount } logStatus { readModel } }"
    result = await slow.run(query)
    assert result.data == {
        "siteUserSegments": {"nodes": [{"name": "Sales"}], "totalCount": 1},
        "logStatus": {"readModel": 1},
    }
    assert _told(result) == 1
    assert _told(await ask.run(query)) == 2


async def test_two_operations_at_once_have_a_snapshot_each(ask: GraphClient) -> None:
    """Also when one is run within the other: neither reads from the other's."""
    await ask.create("Sales")
    await ask.settle()
    counted: list[Any] = []

    async def run_another() -> None:
        await _another(ask)
        counted.append((await ask.run("{ siteUserSegments { totalCount } }")).data)

    slow = ask.on(segments=ConcurrentReads(ask.site.reads.segments, run_another))
    result = await slow.run("{ siteUserSegments { nodes { name } totalCount } }")
    assert counted == [{"siteUserSegments": {"totalCount": 2}}]
    assert (result.data or {})["siteUserSegments"]["totalCount"] == 1


async def test_what_reads_nothing_tells_where_it_would_have_read(ask: GraphClient) -> None:
    """Without a connection."""
    await ask.create("Sales")
    await ask.settle()
    assert _told(await ask.run("{ viewer { id } }")) == 1
    assert (
        _told(await ask.run('mutation { createUserSegment(input: {name: "A"}) { position } }')) == 2
    )


async def test_each_mutation_of_a_document_is_read_after_its_command(ask: GraphClient) -> None:
    """And the last position is told."""
    many = " ".join(f"a{n}: {CREATE.format(n)}" for n in range(1, 4))
    result = await ask.run(f"mutation {{ {many} }}")
    assert result.data == {
        f"a{n}": {"position": n, "segment": {"name": str(n)}} for n in range(1, 4)
    }
    assert _told(result) == 3


async def test_the_greatest_position_is_waited_for_once(
    ask: GraphClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the request's, and of all arguments, by literal, variable and default, in fragments too;
    not of those that are skipped.
    """
    waited: list[int] = []
    wait = ask.site.live.position.wait_for

    async def noted(position: int, *within: float) -> None:
        waited.append(position)
        await wait(min(position, 0), *within)

    monkeypatch.setattr(ask.site.live.position, "wait_for", noted)
    query = """
        query ($p: LogPosition, $d: LogPosition = 4, $no: Boolean = false) {
            a: siteUserSegments(minPosition: 2) { totalCount }
            b: siteUserSegments(minPosition: $p) { totalCount }
            ... on Query { c: users(minPosition: $d) { totalCount } }
            d: siteUserSegments(minPosition: 9) @include(if: $no) { totalCount }
        }"""
    for min_position, p in ((0, 3), (0, 7), (8, 3)):
        await ask.run(query, min_position=min_position, p=p)
    assert [position for position in waited if position] == [4, 4, 7, 7, 8, 8]


async def test_a_late_read_model_fails_the_operation_as_a_whole(ask_late: GraphClient) -> None:
    """Nothing was read; the answer says where the read model is."""
    query = "{ viewer { id } siteUserSegments { totalCount } }"
    result = await ask_late.run(query, min_position=7)
    assert result.data is None
    assert [error.extensions for error in result.errors or ()] == [{"code": "READ_MODEL_BEHIND"}]
    assert _told(result) == 0


async def test_a_mutation_does_not_wait_for_what_its_request_asks_for(
    ask_late: GraphClient,
) -> None:
    """The command is done; its segment is null as the read model is late."""
    result = await ask_late.run(f"mutation {{ {CREATE.format('Sales')} }}", min_position=7)
    assert (result.data, result.errors) == (
        {"createUserSegment": {"position": 1, "segment": None}},
        None,
    )


@pytest.fixture
async def ask_alone(settings: Settings, database_url: str) -> AsyncIterator[GraphClient]:
    """Asks a site that has one connection for reads."""
    settings = settings.model_copy(update={"read_pool": 1})
    async with open_site(settings, database_url) as site:
        yield GraphClient(site)


async def test_one_connection_answers_many_fields_and_operations(ask_alone: GraphClient) -> None:
    """Thirty aliases, and mutations meanwhile, of several principals."""
    await ask_alone.create("Sales", code="sales")
    fields = " ".join(
        f'a{n}: userSegment(segment: {{code: "sales"}}) {{ createdBy {{ displayName }} }}'
        for n in range(30)
    )
    async with asyncio.timeout(TIMEOUT_S):
        results = await asyncio.gather(
            ask_alone.run(f"{{ {fields} }}"),
            ask_alone.run(f"mutation {{ {CREATE.format('Other')} }}"),
            ask_alone.run(f"{{ {fields} }}", TRAINER),
            ask_alone.run(f"mutation {{ {CREATE.format('Third')} }}", TRAINER),
        )
    assert [result.errors for result in results] == [None] * 4


async def test_a_cancelled_operation_gives_its_connection_back(ask_alone: GraphClient) -> None:
    """Between two reads."""
    await ask_alone.create("Sales")
    reached = asyncio.Event()

    async def for_ever() -> None:
        reached.set()
        await asyncio.Event().wait()

    slow = ask_alone.on(segments=ConcurrentReads(ask_alone.site.reads.segments, for_ever))
    running = asyncio.create_task(slow.run("{ siteUserSegments { totalCount } }"))
    async with asyncio.timeout(TIMEOUT_S):
        await reached.wait()
        running.cancel()
        await asyncio.wait([running])
        assert (await ask_alone.run("{ siteUserSegments { totalCount } }")).errors is None


async def test_a_refused_field_leaves_the_snapshot_to_the_others(ask: GraphClient) -> None:
    """Though its neighbours' queries are cancelled with it."""
    await ask.create("Sales", code="sales")
    query = """{
        good: userSegment(segment: {code: "sales"}) { name history { totalCount } }
        bad: userSegment(segment: {code: "sales"}) {
            name memberCount members(first: -1) { totalCount } history { totalCount }
        }
    }"""
    result = await ask.run(query)
    assert result.data == {"good": {"name": "Sales", "history": {"totalCount": 1}}, "bad": None}
    assert [error.path for error in result.errors or ()] == [["bad", "members"]]


async def test_a_moment_beyond_the_snapshot_is_late(ask: GraphClient) -> None:
    """It is in the log, but was not when the operation began to read."""
    await ask.create("Sales", code="sales")
    await ask.settle()
    slow = ask.on(segments=ConcurrentReads(ask.site.reads.segments, lambda: _another(ask)))
    query = """{ userSegment(segment: {code: "sales"}) {
        memberCounts(from: {position: 2}) { position }
    } }"""
    assert await slow.codes(query) == ["READ_MODEL_BEHIND"]
    assert await ask.codes(query) == []
