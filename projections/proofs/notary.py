"""Signs checkpoints of the tree, and nothing that contradicts what was published before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from psycopg import Connection, Cursor

from projections.proofs.merkle import Span, Subtree, span_hash, subtrees
from projections.proofs.note import BadNote, Checkpoint, Verifier, opened, signed
from projections.proofs.reads import TILES, StoredCheckpoint
from projections.proofs.tables import ProofTables
from projections.proofs.tile import TileId, hash_in, tile_of

_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('user segments'), hashtext('notary'))"
_LATEST = """
    SELECT size, position, root, note FROM proofs.checkpoints ORDER BY size DESC LIMIT 1
"""
_KEEP = "INSERT INTO proofs.checkpoints (size, position, root, note) VALUES (%s, %s, %s, %s)"


class Published(Protocol):
    """A store of checkpoints that must not be lost with the database."""

    def last(self) -> str | None:
        """Returns the note that was published last."""
        ...

    def publish(self, note: str) -> None:
        """Adds one. Raises OSError, or whatever the store raises, when that cannot be done."""
        ...


class Inconsistent(Exception):
    """The log has changed since a checkpoint of it was published, or that checkpoint cannot be
    read.

    Nothing is signed then: the message tells operators why.
    """


class Notary:
    """Signs checkpoints. Safe to share between threads, and between processes: one signs at a
    time.
    """

    def __init__(
        self,
        connect: Callable[[], Connection[Any]],
        origin: str,
        keys: Sequence[Ed25519PrivateKey],
        published: Published,
        retired: Sequence[Verifier] = (),
    ) -> None:
        self._connect = connect
        self._origin = origin
        self._keys = keys
        self._published = published
        self._verifiers = [*(Verifier(origin, key.public_key()) for key in keys), *retired]

    def sign(self) -> StoredCheckpoint:
        """Returns a checkpoint of the tree as it is: the latest one, if nothing was added since.

        It is published before it is stored. Raises Inconsistent.
        """
        with self._connect() as connection, connection.transaction(), connection.cursor() as cursor:
            cursor.execute(_ONE_AT_A_TIME)
            size, position = ProofTables(cursor).progress()
            kept = latest(cursor)
            if kept is not None and kept.size == size:
                return kept
            self._require_consistency(cursor, size)
            root = _root(cursor, size)
            note = signed(Checkpoint(self._origin, size, root, position), self._keys)
            self._published.publish(note)
            cursor.execute(_KEEP, [size, position, root, note])
            return StoredCheckpoint(size, position, root, note)

    def _require_consistency(self, cursor: Cursor[Any], size: int) -> None:
        note = self._published.last()
        if note is None:
            return
        try:
            last = opened(note, self._verifiers)
        except BadNote as bad:
            raise Inconsistent(f"the checkpoint published last cannot be trusted: {bad}") from bad
        if last.origin != self._origin:
            raise Inconsistent(f"the checkpoint published last is of another log, {last.origin}")
        if last.size > size:
            raise Inconsistent(f"{last.size} events were published, and there are {size} now")
        if _root(cursor, last.size) != last.root:
            raise Inconsistent(f"the first {last.size} events are not those that were published")


def latest(cursor: Cursor[Any]) -> StoredCheckpoint | None:
    """Returns the largest checkpoint that was stored; None when there is none."""
    row = cursor.execute(_LATEST, binary=True).fetchone()
    return None if row is None else StoredCheckpoint(*row)


def _root(cursor: Cursor[Any], size: int) -> bytes:
    """Returns the root over the first `size` leaves, from the stored tiles."""
    parts = {subtree: tile_of(subtree) for subtree in subtrees(Span(0, size))}
    wanted = set(parts.values())
    columns = [[tile.height for tile in wanted], [tile.number for tile in wanted]]
    cursor.execute(TILES, columns, binary=True)
    tiles = {TileId(height, number): hashes for height, number, hashes in cursor}

    def hash_of(subtree: Subtree) -> bytes:
        return hash_in(tiles[parts[subtree]], subtree)

    return span_hash(Span(0, size), hash_of)
