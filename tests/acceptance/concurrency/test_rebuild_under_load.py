"""The read model is rebuilt and switched, there and back, while people write and read."""

from __future__ import annotations

import asyncio
import itertools
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import httpx2
import psycopg
import pytest

from tests.acceptance.service import SEGMENTS, Service, ask, client, create, serving
from tests.acceptance.uploads import people, upload
from tests.forms import short_and_long
from tests.projections.rebuilt import differences, rebuild

pytestmark = pytest.mark.slow


class Crowd(NamedTuple):
    """Who is there meanwhile, and how often the read model is rebuilt and switched back twice."""

    writers: int
    readers: int
    rounds: int


SHORT = Crowd(writers=1, readers=1, rounds=1)
LONG = Crowd(writers=4, readers=6, rounds=3)
LEAST = 3
"""Turns of each of them, however slow the machine is."""
PEOPLE = 500
IN_A_CALL = 50

CHANGE = """
    mutation ($input: SegmentMembersInput!) {
        result: addUsersToSegment(input: $input) {
            changed unchanged position errors { code message }
        }
    }
"""
LIST = """
    query ($p: LogPosition!) {
        logStatus { readModel }
        siteUserSegments(first: 5, minPosition: $p, orderBy: {field: CREATED_AT, direction: DESC}) {
            totalCount
            nodes { id name memberCount }
        }
    }
"""


@dataclass
class Load:
    """What the writers were told, and when it is enough."""

    created: dict[str, str] = field(default_factory=dict)
    position: int = 0
    over: asyncio.Event = field(default_factory=asyncio.Event)

    def turns(self) -> Iterator[int]:
        """Of a writer or reader, counted from 1."""
        for turn in itertools.count(1):
            if turn > LEAST and self.over.is_set():
                return
            yield turn


@short_and_long("crowd", SHORT, LONG)
async def test_nothing_fails_and_nothing_goes_back(
    service: Service, database_url: str, data_dir: Path, admin: str, crowd: Crowd
) -> None:
    """Two processes, one of which projects: every read is answered, never with less than before,
    every write is accepted and there in the end, and old and new are equal.
    """
    load = Load()
    with serving(database_url, data_dir) as other:
        async with client(service.url, admin) as http, client(other.url, admin) as there:
            await upload(http, "uploadUsers", people(PEOPLE), mode="COMMIT")
            await create(http, name="Shared", code="shared")
            sides = [http, there]
            tasks = [write(sides[n % 2], load, n) for n in range(crowd.writers)]
            tasks += [read(sides, load) for _ in range(crowd.readers)]
            running = asyncio.gather(*tasks, watch_rows(database_url, load))
            try:
                for _ in range(crowd.rounds):
                    await segments(database_url, "rebuild")
                    await segments(database_url, "rebuild", "--back")
                    await segments(database_url, "rebuild", "--back")
            finally:
                load.over.set()
            await running
            found = await all_names(http, load.position)
    told = [line for line in service.lines + other.lines if "projector failed" in line]
    assert told == []
    assert load.created.items() <= found.items()
    rebuild(database_url)
    assert differences(database_url) == []


async def segments(database_url: str, *words: str) -> None:
    """Runs a command of an operator's."""
    environment = {"SEGMENTS_DATABASE_URL": database_url}
    process = await asyncio.create_subprocess_exec(
        str(SEGMENTS), *words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    out, err = await process.communicate()
    assert process.returncode == 0, (out + err).decode()


async def write(http: httpx2.AsyncClient, load: Load, number: int) -> None:
    """Creates segments, and adds people to one that all writers share."""
    for turn in load.turns():
        payload = await create(http, name=f"Writer {number}, {turn}")
        assert payload["errors"] == []
        assert payload["segment"] is not None, "the read model was late"
        load.created[payload["segment"]["id"]] = payload["segment"]["name"]
        usernames = [f"user-{(turn * IN_A_CALL + n) % PEOPLE}" for n in range(IN_A_CALL)]
        wanted = {"segment": {"code": "shared"}, "users": {"usernames": usernames}}
        result = (await ask(http, CHANGE, input=wanted))["result"]
        assert result["errors"] == []
        assert result["changed"] + result["unchanged"] == IN_A_CALL
        load.position = max(load.position, payload["position"], result["position"] or 0)


async def read(sides: list[httpx2.AsyncClient], load: Load) -> None:
    """Asks the processes in turn, never for less than what was seen: that is there, and more. Each
    process by itself never goes back; one may have heard of the latest a moment before the other.
    """
    heard, count = [0] * len(sides), 0
    for _ in load.turns():
        for number, http in enumerate(sides):
            data = await ask(http, LIST, p=max(heard))
            assert data["logStatus"]["readModel"] >= heard[number]
            assert data["siteUserSegments"]["totalCount"] >= count
            heard[number] = data["logStatus"]["readModel"]
            count = data["siteUserSegments"]["totalCount"]


async def watch_rows(database_url: str, load: Load) -> None:
    """What one statement after another says of the tables themselves never falls, either, and its
    position and its rows belong together.
    """
    query = "SELECT position, (SELECT max(position) FROM recorded_events) FROM progress"
    seen = 0
    connection = await psycopg.AsyncConnection.connect(
        database_url, autocommit=True, options="-c search_path=read_model,extensions"
    )
    async with connection:
        while not load.over.is_set():
            cursor = await connection.execute(query.encode())
            ((position, recorded),) = await cursor.fetchall()
            assert position == recorded >= seen
            seen = position
    assert seen > 0


async def all_names(http: httpx2.AsyncClient, position: int) -> dict[str, str]:
    """Every segment that is listed at a position."""
    query = """
        query ($p: LogPosition!, $after: String) {
            siteUserSegments(first: 100, after: $after, minPosition: $p) {
                nodes { id name } pageInfo { hasNextPage endCursor }
            }
        }
    """
    found: dict[str, str] = {}
    after: Any = None
    while True:
        page = (await ask(http, query, p=position, after=after))["siteUserSegments"]
        found |= {node["id"]: node["name"] for node in page["nodes"]}
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            return found
