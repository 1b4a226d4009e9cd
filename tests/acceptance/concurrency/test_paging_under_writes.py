"""A list stays whole while it changes under the reader."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field
from typing import Any

import httpx2

from tests.acceptance.service import Service, ask, client, create
from tests.forms import short_and_long

WRITERS = 4
PAGES = 50
"""In each direction; more when the writers' segments make them."""

PAGE = """
    query ($first: Int, $after: String, $last: Int, $before: String) {
        siteUserSegments(first: $first, after: $after, last: $last, before: $before) {
            nodes { id }
            pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        }
    }
"""
RENAME = """
    mutation ($input: UpdateUserSegmentInput!) {
        updateUserSegment(input: $input) { errors { code } }
    }
"""
MANY = "mutation {%s}"


@dataclass
class Writing:
    """What goes on beside the reader."""

    names: int
    """How many different ones there are."""
    over: bool = False
    more: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def tell(self) -> None:
        """Something was written."""
        async with self.more:
            self.more.notify_all()

    async def some(self) -> None:
        """Returns once more has been written."""
        async with self.more:
            await self.more.wait()


@short_and_long("count", 500, 5_000)
async def test_paging_while_others_write_misses_and_repeats_nothing(
    service: Service, admin: str, chance: random.Random, count: int
) -> None:
    """Forwards and backwards, while others create and rename segments between two pages."""
    async with client(service.url, admin) as http:
        untouched = await _created(http, count)
        writing = Writing(names=count)
        chances = [random.Random(chance.random()) for _ in range(WRITERS)]
        async with asyncio.TaskGroup() as writers:
            for one in chances:
                writers.create_task(_keep_writing(http, writing, one))
            forwards = await _walk(http, writing, count // PAGES, forwards=True)
            backwards = await _walk(http, writing, count // PAGES, forwards=False)
            writing.over = True
    seen = [i for i in forwards if i in untouched]
    assert len(seen) == len(set(seen)) == count
    assert [i for i in backwards if i in untouched] == seen[::-1]


async def _created(http: httpx2.AsyncClient, count: int) -> set[str]:
    """That many segments, by 30 a request."""

    async def batch(numbers: range) -> list[str]:
        fields = " ".join(
            f'a{n}: createUserSegment(input: {{name: "Segment {n * 7919 % count}"}})'
            " { segment { id } }"
            for n in numbers
        )
        data = await ask(http, MANY % fields)
        return [payload["segment"]["id"] for payload in data.values()]

    batches = [range(start, min(start + 30, count)) for start in range(0, count, 30)]
    ids: set[str] = set()
    for place in range(0, len(batches), 16):
        for found in await asyncio.gather(*map(batch, batches[place : place + 16])):
            ids.update(found)
    return ids


async def _keep_writing(http: httpx2.AsyncClient, writing: Writing, chance: random.Random) -> None:
    """Creates and renames segments of its own, all over the alphabet."""
    own: list[str] = []
    while not writing.over:
        name = f"Segment {chance.randrange(writing.names)} {chance.random()}"
        if own and chance.random() < 0.5:
            await ask(http, RENAME, input={"segment": {"id": chance.choice(own)}, "name": name})
        else:
            own.append((await create(http, name=name))["segment"]["id"])
        await writing.tell()


async def _walk(
    http: httpx2.AsyncClient, writing: Writing, page_size: int, *, forwards: bool
) -> list[str]:
    """The ids of all pages, in the order in which they are met."""
    ids: list[str] = []
    place: dict[str, Any] = {}
    while True:
        await writing.some()
        size = {"first" if forwards else "last": page_size}
        data = await ask(http, PAGE, **size, **place)
        connection = data["siteUserSegments"]
        page = [node["id"] for node in connection["nodes"]]
        info = connection["pageInfo"]
        ids += page if forwards else page[::-1]
        if not info["hasNextPage" if forwards else "hasPreviousPage"]:
            return ids
        place = {"after": info["endCursor"]} if forwards else {"before": info["startCursor"]}
