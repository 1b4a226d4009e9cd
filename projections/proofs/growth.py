"""The tree's right edge in memory: leaves are added, tiles fill up."""

from __future__ import annotations

from collections.abc import Mapping

from projections.proofs.tile import HASH, WIDTH, TileId, folded


class Growth:
    """Adds leaves, and collects the tiles that change.

    It begins with the last tile of each height, if that is not full, of a tree of `size` leaves.
    """

    def __init__(self, size: int, edge: Mapping[TileId, bytes]) -> None:
        self.size = size
        self.changed: dict[TileId, bytes] = {}
        """All hashes of each tile that changed."""
        self._edge: list[list[bytes]] = []
        for height in range(len(edge_of(size))):
            hashes = edge.get(TileId(height, (size >> 8 * height) // WIDTH), b"")
            self._edge.append([hashes[at : at + HASH] for at in range(0, len(hashes), HASH)])

    def add(self, leaf: bytes) -> None:
        """Adds the hash of one leaf."""
        self._add(0, self.size, leaf)
        self.size += 1

    def close(self) -> None:
        """Collects the tiles that are not full yet, if anything was added to them."""
        for height, hashes in enumerate(self._edge):
            index = (self.size >> 8 * height) // WIDTH
            if hashes:
                self.changed[TileId(height, index)] = b"".join(hashes)

    def _add(self, height: int, index: int, hashed: bytes) -> None:
        if height == len(self._edge):
            self._edge.append([])
        hashes = self._edge[height]
        hashes.append(hashed)
        if len(hashes) == WIDTH:
            self.changed[TileId(height, index // WIDTH)] = b"".join(hashes)
            self._add(height + 1, index // WIDTH, folded(hashes))
            self._edge[height] = []


def edge_of(size: int) -> list[TileId]:
    """Returns the last tile of each height of a tree of that size, full or not, that has a hash."""
    tiles = []
    height = 0
    while (count := size >> 8 * height) > 0:
        tiles.append(TileId(height, count // WIDTH))
        height += 1
    return tiles
