"""Compresses large files while they are made, and decompresses them while they are sent."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

_GZIP = 16 + zlib.MAX_WBITS
_MAGIC = b"\x1f\x8b"
PIECE = 256 * 1024
"""Bytes that are decompressed at a time."""


def packed(pieces: Iterable[bytes]) -> bytes:
    """Yields all pieces as gzip. Never holds more than one of them beside that."""
    packing = zlib.compressobj(level=1, wbits=_GZIP)
    return b"".join([*map(packing.compress, pieces), packing.flush()])


def unpacked(content: bytes) -> Iterator[bytes]:
    """Yields the decompressed content, in pieces; content that was not compressed, by earlier
    releases, as it is.
    """
    if not content.startswith(_MAGIC):
        yield content
        return
    unpacking = zlib.decompressobj(wbits=_GZIP)
    rest = content
    while not unpacking.eof:
        yield unpacking.decompress(rest, PIECE)
        rest = unpacking.unconsumed_tail
