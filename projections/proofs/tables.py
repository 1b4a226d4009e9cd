"""Reads and writes the tables of the tree, for the follower."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from psycopg import Cursor

from projections.proofs.growth import edge_of
from projections.proofs.tile import WIDTH, TileId

_EVENTS = """
    SELECT id, type, data, tags FROM log.events_tt_main WHERE id > %s ORDER BY id LIMIT %s
"""
_EDGE = """
    SELECT height, index, hashes, positions FROM proofs.tiles
    JOIN unnest(%s::smallint[], %s::bigint[]) AS wanted (height, index) USING (height, index)
"""
_KEEP = """
    INSERT INTO proofs.tiles (height, index, hashes, first_position, positions)
    VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (height, index) DO UPDATE
    SET hashes = excluded.hashes, positions = excluded.positions
"""
_MOVE = "UPDATE proofs.progress SET size = %s, position = %s"


class Progress(NamedTuple):
    """The number of leaves in the tree, and the log position of the last one."""

    size: int
    position: int


class ProofTables:
    """Reads and writes rows, within the follower's transaction."""

    def __init__(self, cursor: Cursor[Any]) -> None:
        self._cursor = cursor

    def progress(self) -> Progress:
        """Returns the tree's progress, as of this transaction."""
        self._cursor.execute("SELECT size, position FROM proofs.progress")
        ((size, position),) = self._cursor.fetchall()
        return Progress(int(size), int(position))

    def held(self) -> Progress:
        """Returns the tree's progress, and locks it: nobody else adds to the tree until this
        transaction ends.
        """
        self._cursor.execute("SELECT size, position FROM proofs.progress FOR UPDATE")
        ((size, position),) = self._cursor.fetchall()
        return Progress(int(size), int(position))

    def events(self, after: int, limit: int) -> list[tuple[int, str, bytes, Sequence[str]]]:
        """Returns the next rows of the log as they are stored: position, type, data, tags."""
        self._cursor.execute(_EVENTS, [after, limit], binary=True)
        return [(int(row[0]), row[1], row[2], row[3]) for row in self._cursor]

    def edge(self, size: int) -> tuple[dict[TileId, bytes], list[int]]:
        """Returns the tiles that are not full in a tree of that size, and the lowest one's
        positions.
        """
        wanted = edge_of(size)
        columns = [[tile.height for tile in wanted], [tile.number for tile in wanted]]
        hashes: dict[TileId, bytes] = {}
        positions: list[int] = []
        for height, index, found, places in self._cursor.execute(_EDGE, columns, binary=True):
            hashes[TileId(height, index)] = found
            if height == 0:
                positions = unpacked(places)
        return hashes, positions

    def keep(self, tiles: Mapping[TileId, bytes], positions: Mapping[int, list[int]]) -> None:
        """Replaces tiles; `positions` are those of the lowest ones."""
        rows = []
        for tile, hashes in tiles.items():
            places = positions[tile.number] if tile.height == 0 else None
            first = places[0] if places else None
            rows.append((tile.height, tile.number, hashes, first, places and packed(places)))
        self._cursor.executemany(_KEEP, rows)

    def move(self, progress: Progress) -> None:
        """Sets the tree's progress."""
        self._cursor.execute(_MOVE, progress)


def packed(positions: Sequence[int]) -> bytes:
    """Packs positions: eight bytes each, high byte first."""
    return struct.pack(f">{len(positions)}q", *positions)


def unpacked(places: bytes) -> list[int]:
    """Unpacks positions; at most one tile's."""
    return list(struct.unpack(f">{len(places) // 8}q", places))[:WIDTH]
