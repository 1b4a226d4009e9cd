"""The stored tree over a real log, and proofs from it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import psycopg
import pytest
from psycopg.errors import InsufficientPrivilege

from projections.proofs.follower import TreeFollower
from projections.proofs.merkle import included
from projections.proofs.reads import ProofReads
from service.database.connections import service_conninfo
from service.database.pools import read_pool
from service.settings import Settings
from tests.projections.proofs.logged import TILES, Logged
from tests.projections.proofs.trees import mth, path, proof

Followers = Callable[[int], TreeFollower]
GAPPED = [n for n in range(1, 900) if n % 7]


@pytest.fixture
async def reads(database_url: str, tmp_path: Path) -> AsyncIterator[ProofReads]:
    """Asks the tree."""
    async with read_pool(Settings(data_dir=tmp_path), database_url) as pool:
        yield ProofReads(pool)


@pytest.mark.parametrize("batch", [7, 100, 256, 10_000])
def test_the_size_of_batches_does_not_matter(
    logged: Logged, follower: Followers, batch: int
) -> None:
    """Nor does it how the log came to be as long as it is."""
    logged.add(*GAPPED[:300])
    follower(batch).catch_up()
    logged.add(*GAPPED[300:])
    reached = follower(batch).catch_up()
    assert reached == (len(GAPPED), GAPPED[-1])
    grown = logged.rows(TILES)
    logged.forget_the_tree()
    follower(10_000).catch_up()
    assert logged.rows(TILES) == grown


async def test_proofs_are_those_of_the_rfc(
    logged: Logged, follower: Followers, reads: ProofReads
) -> None:
    """Of the leaf behind each position; leaves are counted without the gaps."""
    logged.add(*GAPPED)
    follower(5_000).catch_up()
    leaves = logged.leaves()
    size = len(leaves)
    for index in (0, 1, 255, 256, 400, size - 1):
        found = await reads.leaf(GAPPED[index])
        assert found is not None
        assert (found.index, found.hashed) == (index, leaves[index])
        for tree in {index + 1, 513 if index < 513 else size, size}:
            proven = await reads.inclusion(index, tree)
            assert proven == path(index, leaves[:tree])
            assert included(leaves[index], index, tree, proven, mth(leaves[:tree]))
    for older in (1, 2, 255, 256, 257, 512, size - 1, size):
        assert await reads.consistency(older, size) == proof(older, leaves)


async def test_no_leaf_where_there_is_no_event(
    logged: Logged, follower: Followers, reads: ProofReads
) -> None:
    """In an empty log, before the first, in a gap, after the last."""
    follower(10).catch_up()
    assert await reads.leaf(1) is None
    assert await reads.progress() == (0, 0)
    logged.add(5, 8)
    follower(10).catch_up()
    assert [await reads.leaf(position) for position in (0, 4, 6, 7, 9, 2**40)] == [None] * 6
    assert await reads.progress() == (2, 8)


async def test_the_bytes_of_leaves(logged: Logged, reads: ProofReads) -> None:
    """As they are stored; without the tree."""
    logged.add(5)
    assert await reads.leaf_bytes([4, 5]) == {
        5: b'{"data":{"n":5},"position":5,"tags":["a:5","b"],"type":"t.2"}'
    }


def test_a_tree_without_anything_new_stays_as_it_is(logged: Logged, follower: Followers) -> None:
    """Nothing is written, whoever looks again."""
    logged.add(1, 2, 3)
    follower(2).catch_up()
    before = logged.rows("SELECT xmin::text, * FROM proofs.tiles")
    follower(2).catch_up()
    assert logged.rows("SELECT xmin::text, * FROM proofs.tiles") == before


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM proofs.tiles",
        "TRUNCATE proofs.tiles",
        "DELETE FROM proofs.checkpoints",
        "UPDATE proofs.checkpoints SET note = ''",
        "DELETE FROM proofs.progress",
    ],
)
def test_the_service_cannot_take_anything_away(database_url: str, statement: str) -> None:
    """Tiles fill up, checkpoints are added: that is all that it may do."""
    conninfo = service_conninfo(database_url, "pg_catalog")
    with psycopg.connect(conninfo) as connection, pytest.raises(InsufficientPrivilege):
        connection.execute(statement.encode())
