"""A tree that grows piece by piece has the tiles of one that was made at once."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from projections.proofs.growth import Growth, edge_of
from projections.proofs.merkle import Span, Subtree, span_hash
from projections.proofs.tile import HASH, WIDTH, TileId, hash_in, tile_of
from tests.projections.proofs.trees import leaf, mth

LEAVES = [leaf(str(number).encode()) for number in range(1_000)]


def grown(leaves: Sequence[bytes], pieces: Sequence[int]) -> dict[TileId, bytes]:
    """All tiles, when leaves came in pieces of those sizes."""
    tiles: dict[TileId, bytes] = {}
    size = 0
    for piece in pieces:
        growth = Growth(size, {tile: tiles[tile] for tile in edge_of(size) if tile in tiles})
        for hashed in leaves[size : size + piece]:
            growth.add(hashed)
        growth.close()
        tiles |= growth.changed
        size = growth.size
    return tiles


def root(tiles: dict[TileId, bytes], size: int) -> bytes:
    def hash_of(subtree: Subtree) -> bytes:
        return hash_in(tiles[tile_of(subtree)], subtree)

    return span_hash(Span(0, size), hash_of)


@settings(max_examples=30)
@given(st.lists(st.integers(1, 300), min_size=1, max_size=6))
def test_how_leaves_come_does_not_matter(pieces: list[int]) -> None:
    """One by one, in hundreds, over the edges of tiles."""
    size = min(sum(pieces), len(LEAVES))
    assert grown(LEAVES, pieces) == grown(LEAVES, [size])


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 511, 512, 513, 1_000])
def test_every_tree_before_can_be_told_from_the_tiles(size: int) -> None:
    """Of each size up to theirs."""
    tiles = grown(LEAVES, [size])
    for older in {1, size // 3 or 1, size // 2 or 1, size - 1 or 1, size}:
        assert root(tiles, older) == mth(LEAVES[:older])


def test_tiles_above_hold_the_roots_of_those_below() -> None:
    """65,536 leaves fill 256 tiles, whose roots fill one, whose root is the next one's first."""
    leaves = [LEAVES[number % 1_000] for number in range(WIDTH * WIDTH)]
    tiles = grown(leaves, [40_000, 25_536])
    assert len(tiles) == WIDTH + 1 + 1
    assert all(len(hashes) == WIDTH * HASH for tile, hashes in tiles.items() if tile.height < 2)
    assert tiles[TileId(2, 0)] == mth(leaves) == root(tiles, WIDTH * WIDTH)


def test_what_is_not_complete_has_no_hash() -> None:
    """IndexError says so, instead of a hash of too little."""
    with pytest.raises(IndexError, match="not complete"):
        hash_in(b"x" * HASH * 3, Subtree(2, 0))
