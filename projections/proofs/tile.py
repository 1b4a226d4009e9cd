"""Complete subtrees in tiles: 256 hashes of one level in a row, so that a proof reads few rows.

Tile t of height h holds the hashes of the subtrees of level 8h with the numbers 256t to 256t + 255,
as far as they are complete; the layout is that of C2SP's tlog-tiles. What lies between two heights
is hashed anew from the lower one: 255 hashes at most.
"""

from __future__ import annotations

from typing import NamedTuple

from projections.proofs.merkle import Subtree, node_hash

HEIGHT = 8
WIDTH = 1 << HEIGHT
HASH = 32
"""Bytes of a hash."""


class TileId(NamedTuple):
    """The address of a tile."""

    height: int
    number: int


def tile_of(subtree: Subtree) -> TileId:
    """Returns the tile from which a subtree's hash follows."""
    height, above = divmod(subtree.level, HEIGHT)
    return TileId(height, (subtree.number << above) // WIDTH)


def hash_in(hashes: bytes, subtree: Subtree) -> bytes:
    """Returns a subtree's hash from the hashes of its tile. IndexError when they do not go as
    far.
    """
    above = subtree.level % HEIGHT
    first = (subtree.number << above) % WIDTH
    part = hashes[first * HASH : (first + (1 << above)) * HASH]
    if len(part) != HASH << above:
        raise IndexError(f"{subtree} is not complete")
    return folded([part[at : at + HASH] for at in range(0, len(part), HASH)])


def folded(hashes: list[bytes]) -> bytes:
    """Returns the root of a complete subtree from all hashes of one of its levels."""
    while len(hashes) > 1:
        pairs = iter(hashes)
        hashes = [node_hash(left, right) for left, right in zip(pairs, pairs, strict=True)]
    return hashes[0]
