"""A list stays whole while it changes under the reader."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import httpx2

from tests.acceptance.service import Service, ask, client, create

UNTOUCHED = 5_000
WRITERS = 4

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


async def test_paging_through_5000_while_others_write_misses_and_repeats_nothing(
    service: Service, admin: str
) -> None:
    """Forwards and backwards, by pages of 100, while segments around are created and renamed."""
    async with client(service.url, admin) as http:
        untouched = await _created(http, UNTOUCHED)
        stop = asyncio.Event()
        writers = [asyncio.create_task(_keep_writing(http, stop, n)) for n in range(WRITERS)]
        forwards = await _walk(http, forwards=True)
        backwards = await _walk(http, forwards=False)
        stop.set()
        written = sum(await asyncio.gather(*writers))
    assert written > 50
    seen = [i for i in forwards if i in untouched]
    assert len(seen) == len(set(seen)) == UNTOUCHED
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


async def _keep_writing(http: httpx2.AsyncClient, stop: asyncio.Event, seed: int) -> int:
    """Creates and renames segments of its own, all over the alphabet; how often."""
    chance = random.Random(seed)
    own: list[str] = []
    written = 0
    while not stop.is_set():
        name = f"Segment {chance.randrange(UNTOUCHED)} {chance.random()}"
        if own and chance.random() < 0.5:
            await ask(http, RENAME, input={"segment": {"id": chance.choice(own)}, "name": name})
        else:
            own.append((await create(http, name=name))["segment"]["id"])
        written += 1
    return written


async def _walk(http: httpx2.AsyncClient, *, forwards: bool) -> list[str]:
    """The ids of all pages, in the order in which they are met."""
    ids: list[str] = []
    place: dict[str, Any] = {}
    while True:
        size = {"first": 100} if forwards else {"last": 100}
        data = await ask(http, PAGE, **size, **place)
        connection = data["siteUserSegments"]
        page = [node["id"] for node in connection["nodes"]]
        info = connection["pageInfo"]
        ids += page if forwards else page[::-1]
        if not info["hasNextPage" if forwards else "hasPreviousPage"]:
            return ids
        place = {"after": info["endCursor"]} if forwards else {"before": info["startCursor"]}
