"""Other moments than now: the list as of one, and one segment at two."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from functools import partial

import psycopg

from bench.support.history import creations, life, write
from bench.support.people import fill_directory
from bench.support.report import Measurement
from bench.support.site import database
from domain.catalogue import CATALOGUE
from domain.log import EventLog, EventMapper
from projections.engine.projector import Projector
from projections.memberships.difference import Difference
from projections.memberships.reads import MemberReads
from projections.segments.query import SegmentQuery
from projections.segments.reads import SegmentReads
from projections.site import SITE
from projections.sql.paging import PageRequest
from service.database.connections import service_conninfo
from service.database.log_store.recorder import LogRecorder
from service.database.pools import read_pool
from service.settings import Settings

EVENTS = 200_000
ROUNDS = 30
PAGE = 50

MEMBERS = 100_000
PAGE_TARGET = 50.0
SEGMENT, THEN, NOW = 1, 100, 200

Ask = Callable[[], Awaitable[object]]

MEMBERSHIPS = "read_model.open_memberships, read_model.past_memberships"
STAYED = """
    INSERT INTO read_model.open_memberships (segment, member, from_position)
    SELECT 1, n, 1 FROM generate_series(1, 100000) AS n WHERE NOT ({changed})
"""
LEFT = """
    INSERT INTO read_model.past_memberships (segment, member, from_position, to_position)
    SELECT 1, n, 1, 150 FROM generate_series(1, 100000) AS n WHERE {changed}
"""
CAME = """
    INSERT INTO read_model.open_memberships (segment, member, from_position)
    SELECT 1, 100000 + n, 150 FROM generate_series(1, 100000) AS n WHERE {changed}
"""
CHANGED = {
    "nobody": "false",
    "one in a thousand": "n % 1000 = 0",
    "every other one": "n % 2 = 0",
    "the last third by name": "n > 66666",
    "all of them": "true",
}
"""Who, of the 100,000 members of then, is another one now."""


def run() -> list[Measurement]:
    """50,000 segments with 150,000 changes: page of 50 and total count, now and as of a position.
    A segment of 100,000 members: the first page of who joined and who left. Medians of 30.
    """
    with database() as (url, _):
        write(url, life(EVENTS, random.Random(1)))
        _projected(url)
        lists = asyncio.run(_lists(url))
    with database() as (url, _):
        write(url, creations(1, random.Random(1)))
        _projected(url)
        fill_directory(url, 2 * MEMBERS)
        comparisons = [f for name, which in CHANGED.items() for f in _compared(url, name, which)]
    return [*lists, *comparisons]


def _projected(url: str) -> None:
    with LogRecorder(url, 2) as recorder:
        log = EventLog(recorder, EventMapper(CATALOGUE))
        Projector(
            partial(psycopg.connect, service_conninfo(url, "read_model")), log, SITE
        ).catch_up()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


async def _lists(url: str) -> list[Measurement]:
    async with read_pool(Settings(), url) as pool:
        reads = SegmentReads(pool)
        now = await _listed(reads, SegmentQuery())
        latest = await _listed(reads, SegmentQuery(as_of=EVENTS))
        earlier = await _listed(reads, SegmentQuery(as_of=EVENTS // 2))
    target = "2 x now", 2 * now, True
    return [
        Measurement("the list of now", now, "ms"),
        Measurement("as of the last position: the same rows", latest, "ms", *target),
        Measurement("as of the position in the middle", earlier, "ms", *target),
    ]


async def _listed(reads: SegmentReads, query: SegmentQuery) -> float:
    async def ask() -> None:
        await reads.page(query, PageRequest(PAGE))
        await reads.count(query)

    return await _median(ask)


def _compared(url: str, name: str, which: str) -> list[Measurement]:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"TRUNCATE {MEMBERSHIPS}")
        for fill in (STAYED, LEFT, CAME):
            connection.execute(fill.format(changed=which).encode())
        connection.execute(f"VACUUM ANALYZE {MEMBERSHIPS}")
    joined, left = asyncio.run(_pages(url))
    target = "target", PAGE_TARGET, True
    return [
        Measurement(f"another one is {name}: who joined", joined, "ms", *target),
        Measurement(f"another one is {name}: who left", left, "ms", *target),
    ]


async def _pages(url: str) -> tuple[float, float]:
    async with read_pool(Settings(), url) as pool:
        reads = MemberReads(pool)
        joined = partial(reads.difference, Difference(SEGMENT, NOW, THEN), PageRequest(PAGE))
        left = partial(reads.difference, Difference(SEGMENT, THEN, NOW), PageRequest(PAGE))
        return await _median(joined), await _median(left)


async def _median(ask: Ask) -> float:
    """Milliseconds."""
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        await ask()
        times.append(1000 * (time.perf_counter() - began))
    return sorted(times)[ROUNDS // 2]
