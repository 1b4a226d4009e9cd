"""Proofs from the stored tiles: a handful of rows each, however large the log."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import AsyncConnection
from psycopg_pool import AsyncConnectionPool

from projections.proofs.leaf import leaf_bytes
from projections.proofs.merkle import Span, Subtree, consistency, inclusion, span_hash, subtrees
from projections.proofs.tables import Progress, unpacked
from projections.proofs.tile import HASH, WIDTH, TileId, hash_in, tile_of

Pool = AsyncConnectionPool[AsyncConnection[Any]]

TILES = """
    SELECT height, index, hashes FROM proofs.tiles
    JOIN unnest(%s::smallint[], %s::bigint[]) AS wanted (height, index) USING (height, index)
"""
_LEAF = """
    SELECT index, hashes, positions FROM proofs.tiles
    WHERE height = 0 AND first_position <= %s ORDER BY first_position DESC LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class StoredCheckpoint:
    """A checkpoint that was signed."""

    size: int
    position: int
    root: bytes
    note: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """An event's place in the tree."""

    index: int
    hashed: bytes


class ProofReads:
    """Reads the tree, on the primary."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def progress(self) -> Progress:
        """Returns the tree's size and position."""
        ((size, position),) = await self._rows("SELECT size, position FROM proofs.progress", [])
        return Progress(int(size), int(position))

    async def leaf(self, position: int) -> Leaf | None:
        """Returns the leaf of the event at a position; None when there is none, or not yet."""
        rows = await self._rows(_LEAF, [position])
        if not rows:
            return None
        ((tile, hashes, places),) = rows
        positions = unpacked(places)
        if position not in positions:
            return None
        place = positions.index(position)
        return Leaf(tile * WIDTH + place, hashes[place * HASH : (place + 1) * HASH])

    async def inclusion(self, index: int, size: int) -> list[bytes]:
        """Returns the audit path of a leaf. ValueError when it is not in the tree of that size."""
        return await self._hashes(inclusion(index, size))

    async def consistency(self, older: int, newer: int) -> list[bytes]:
        """Returns the proof that one tree begins the other. ValueError when the first is larger."""
        return await self._hashes(consistency(older, newer))

    async def kept(self, size: int) -> StoredCheckpoint | None:
        """Returns the checkpoint of exactly that size, if one was signed."""
        rows = await self._rows(
            "SELECT size, position, root, note FROM proofs.checkpoints WHERE size = %s", [size]
        )
        return StoredCheckpoint(*rows[0]) if rows else None

    async def leaf_bytes(self, positions: Collection[int]) -> dict[int, bytes]:
        """Returns the bytes of the leaves of the events at those positions."""
        rows = await self._rows(
            "SELECT id, type, data, tags FROM log.events_tt_main WHERE id = ANY(%s)",
            [list(positions)],
        )
        return {row[0]: leaf_bytes(row[0], row[1], row[2], row[3]) for row in rows}

    async def _hashes(self, spans: Sequence[Span]) -> list[bytes]:
        parts = {subtree: tile_of(subtree) for span in spans for subtree in subtrees(span)}
        tiles = await self._tiles(set(parts.values()))

        def hash_of(subtree: Subtree) -> bytes:
            return hash_in(tiles[parts[subtree]], subtree)

        return [span_hash(span, hash_of) for span in spans]

    async def _tiles(self, wanted: Collection[TileId]) -> dict[TileId, bytes]:
        columns = [[tile.height for tile in wanted], [tile.number for tile in wanted]]
        rows = await self._rows(TILES, columns)
        return {TileId(height, index): hashes for height, index, hashes in rows}

    async def _rows(self, query: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
        async with self._pool.connection() as connection:
            cursor = await connection.execute(query.encode(), values, binary=True)
            return await cursor.fetchall()


def base64_text(hashed: bytes) -> str:
    """Returns a hash in base64."""
    return b64encode(hashed).decode()
