"""The log's tree: growing it, and proving from it when it is large."""

from __future__ import annotations

import asyncio
import random
import time

import psycopg

from bench.support.report import Measurement
from bench.support.site import database
from projections.proofs.follower import TreeFollower
from projections.proofs.growth import Growth, edge_of
from projections.proofs.leaf import leaf_hash
from projections.proofs.reads import ProofReads
from projections.proofs.tables import Progress, ProofTables
from projections.proofs.tile import WIDTH, TileId
from service.database.connections import service_conninfo
from service.database.pools import note_pool

EVENTS = 200_000
LEAVES = 10_000_000
CONCURRENCY = 1_000_000
PROOFS = 200
GROW_TARGET = 100_000.0
PROOF_TARGET = 5.0
FILL = """
    INSERT INTO log.events_tt_main (id, type, data, tags)
    SELECT n, 'segment.created', convert_to('{"fact":"' || repeat('x', 600) || n || '"}', 'UTF8'),
        ARRAY['segment:' || n, 'code:' || n, 'codes', 'command:' || n]
    FROM generate_series(1, %s) AS n
"""


def run() -> list[Measurement]:
    """200,000 events into the tree; proofs from a tree of 10,000,000 leaves."""
    with database() as (url, _):
        with psycopg.connect(url) as connection:
            connection.execute(FILL, [EVENTS])
        conninfo = service_conninfo(url, "pg_catalog")
        began = time.perf_counter()
        TreeFollower(lambda: psycopg.connect(conninfo)).catch_up()
        rate = EVENTS / (time.perf_counter() - began)
    with database() as (url, _):
        built = _large_tree(url)
        inclusion, consistency = asyncio.run(_proofs(url))
    return [
        Measurement(f"{EVENTS:,} events read, hashed, stored", rate, "/s", "target", GROW_TARGET),
        Measurement("leaves hashed into tiles, in memory", built, "/s", "target", GROW_TARGET),
        Measurement("inclusion proof, median", inclusion[0], "ms", "target", PROOF_TARGET, True),
        Measurement(
            "inclusion proof, slowest of 200", inclusion[1], "ms", "target", PROOF_TARGET, True
        ),
        Measurement(
            "consistency proof, median", consistency[0], "ms", "target", PROOF_TARGET, True
        ),
    ]


def _large_tree(url: str) -> float:
    """Leaves a second, storing them aside."""
    seconds = 0.0
    edge: dict[TileId, bytes] = {}
    with psycopg.connect(url) as connection, connection.cursor() as cursor:
        tables = ProofTables(cursor)
        for start in range(0, LEAVES, CONCURRENCY):
            began = time.perf_counter()
            growth = Growth(start, edge)
            for number in range(start, start + CONCURRENCY):
                growth.add(leaf_hash(b"%d" % number))
            growth.close()
            seconds += time.perf_counter() - began
            tables.keep(growth.changed, _positions(start))
            edge = {
                tile: growth.changed[tile]
                for tile in edge_of(growth.size)
                if tile in growth.changed
            }
        tables.move(Progress(LEAVES, LEAVES))
    return LEAVES / seconds


def _positions(start: int) -> dict[int, list[int]]:
    """Of the tiles of a million leaves: each leaf's number, from 1."""
    first, last = start // WIDTH, (start + CONCURRENCY - 1) // WIDTH
    end = start + CONCURRENCY
    return {
        tile: list(range(tile * WIDTH + 1, min((tile + 1) * WIDTH, end) + 1))
        for tile in range(first, last + 1)
    }


async def _proofs(url: str) -> tuple[tuple[float, float], tuple[float, float]]:
    """Median and most, in ms."""
    chance = random.Random(1)
    async with note_pool(url) as pool:
        reads = ProofReads(pool)
        inclusion, consistency = [], []
        for _ in range(PROOFS):
            began = time.perf_counter()
            leaf = await reads.leaf(chance.randrange(LEAVES) + 1)
            if leaf is None:
                raise RuntimeError("a leaf is missing")
            await reads.inclusion(leaf.index, LEAVES)
            inclusion.append((time.perf_counter() - began) * 1_000)
            began = time.perf_counter()
            await reads.consistency(chance.randrange(1, LEAVES), LEAVES)
            consistency.append((time.perf_counter() - began) * 1_000)
    return _middle(inclusion), _middle(consistency)


def _middle(times: list[float]) -> tuple[float, float]:
    return sorted(times)[len(times) // 2], max(times)
