"""The log as lines that anybody can verify: the tree's hashes, beside the stored events.

Line 1 is a manifest, each other line an event and the hash that the tree has for it. An event that
the tree knows and the log does not have any more is `{"data":null,"position":…}`, one that the tree
does not know has a hash of nothing but zeros: neither hash can be that of the line's bytes, so that
verify names the position. docs/reference/export.md has the format.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from psycopg import Connection, Cursor, IsolationLevel

from projections.proofs.leaf import leaf_bytes
from projections.proofs.merkle import Span, Subtree, span_hash, subtrees
from projections.proofs.reads import TILES, StoredCheckpoint
from projections.proofs.tables import unpacked
from projections.proofs.tile import HASH, WIDTH, TileId, hash_in, tile_of

FORMAT = "user-segments-log/1"
UNKNOWN = bytes(HASH)
"""Replaces a hash that the tree does not have."""

_EVENTS = """
    SELECT id, type, data, tags FROM log.events_tt_main WHERE id > %s AND id <= %s ORDER BY id
"""
_LEAVES = """
    SELECT index, hashes, positions FROM proofs.tiles
    WHERE height = 0 AND index >= %s ORDER BY index
"""
_BEFORE = """
    SELECT index, positions FROM proofs.tiles
    WHERE height = 0 AND first_position <= %s ORDER BY first_position DESC LIMIT 1
"""
_BATCH_SIZE = 1_000


@dataclass(frozen=True, slots=True)
class Signed:
    """The end of an export: its checkpoint, with the keys that signed it."""

    checkpoint: StoredCheckpoint
    origin: str
    vkeys: Sequence[str]


class LogExport:
    """Writes the log as lines, after a position, up to a checkpoint, with bounded memory."""

    def __init__(self, connection: Connection[Any], signed: Signed, after: int = 0) -> None:
        self._connection = connection
        self._signed = signed
        self._after = after
        self.events = 0
        """The number of lines to come; known once the manifest was read."""

    def lines(self) -> Iterator[bytes]:
        """Yields the lines without line breaks, all as of one moment."""
        self._connection.isolation_level = IsolationLevel.REPEATABLE_READ
        with self._connection.transaction():
            with self._connection.cursor() as cursor:
                first = _leaves_up_to(cursor, self._after)
                self.events = max(0, self._signed.checkpoint.size - first)
                yield self._manifest(cursor, first)
            yield from self._events(first)

    def _manifest(self, cursor: Cursor[Any], first: int) -> bytes:
        signed = self._signed
        manifest = {
            "after": self._after,
            "algorithm": "RFC 6962 SHA-256",
            "checkpoint": signed.checkpoint.note,
            "events": self.events,
            "firstIndex": first,
            "format": FORMAT,
            "left": [b64encode(hashed).decode() for hashed in _left_of(cursor, first)],
            "origin": signed.origin,
            "vkeys": list(signed.vkeys),
        }
        return msgspec.json.encode({"manifest": manifest})

    def _events(self, first: int) -> Iterator[bytes]:
        """Yields leaves and rows side by side, by position."""
        last = self._signed.checkpoint.position
        leaves = self._leaves(first)
        leaf = next(leaves, None)
        for position, event in self._rows(last):
            while leaf is not None and leaf[0] < position:
                yield _line(_missing(leaf[0]), leaf[1])
                leaf = next(leaves, None)
            if leaf is not None and leaf[0] == position:
                yield _line(event, leaf[1])
                leaf = next(leaves, None)
            else:
                yield _line(event, UNKNOWN)
        while leaf is not None and leaf[0] <= last:
            yield _line(_missing(leaf[0]), leaf[1])
            leaf = next(leaves, None)

    def _rows(self, last: int) -> Iterator[tuple[int, bytes]]:
        with self._connection.cursor("exported_events", binary=True) as cursor:
            cursor.itersize = _BATCH_SIZE
            for row in cursor.execute(_EVENTS, [self._after, last]):
                yield row[0], leaf_bytes(row[0], row[1], row[2], row[3])

    def _leaves(self, first: int) -> Iterator[tuple[int, bytes]]:
        with self._connection.cursor("exported_leaves", binary=True) as cursor:
            cursor.itersize = _BATCH_SIZE
            for tile, hashes, places in cursor.execute(_LEAVES, [first // WIDTH]):
                skipped = max(0, first - tile * WIDTH)
                for place, position in enumerate(unpacked(places)):
                    if place >= skipped:
                        yield position, hashes[place * HASH : (place + 1) * HASH]


def _line(event: bytes, hashed: bytes) -> bytes:
    return b'{"event":%b,"leaf":"%b"}' % (event, b64encode(hashed))


def _missing(position: int) -> bytes:
    return b'{"data":null,"position":%d}' % position


def _leaves_up_to(cursor: Cursor[Any], position: int) -> int:
    """Counts the leaves of events up to a position."""
    row = cursor.execute(_BEFORE, [position], binary=True).fetchone()
    if row is None:
        return 0
    tile, places = row
    return int(tile) * WIDTH + sum(place <= position for place in unpacked(places))


def _left_of(cursor: Cursor[Any], first: int) -> list[bytes]:
    """Returns the roots of the complete subtrees over the leaves before one, the largest first."""
    parts = {subtree: tile_of(subtree) for subtree in subtrees(Span(0, first))}
    wanted = set(parts.values())
    columns = [[tile.height for tile in wanted], [tile.number for tile in wanted]]
    found = cursor.execute(TILES, columns, binary=True).fetchall()
    tiles = {TileId(height, number): hashes for height, number, hashes in found}

    def hash_of(subtree: Subtree) -> bytes:
        return hash_in(tiles[parts[subtree]], subtree)

    return [span_hash(_span(subtree), hash_of) for subtree in parts]


def _span(subtree: Subtree) -> Span:
    start = subtree.number << subtree.level
    return Span(start, start + (1 << subtree.level))
