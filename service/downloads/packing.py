"""Large files, packed while they are made and unpacked while they are sent."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

_GZIP = 16 + zlib.MAX_WBITS
_MAGIC = b"\x1f\x8b"
PIECE = 256 * 1024
"""Bytes of what is unpacked at a time."""


def packed(pieces: Iterable[bytes]) -> bytes:
    """All of them as gzip. Never holds more than one of them beside that."""
    packing = zlib.compressobj(level=1, wbits=_GZIP)
    return b"".join([*map(packing.compress, pieces), packing.flush()])


def unpacked(content: bytes) -> Iterator[bytes]:
    """What was packed, in pieces; what was not, as earlier releases kept it, as it is."""
    if not content.startswith(_MAGIC):
        yield content
        return
    unpacking = zlib.decompressobj(wbits=_GZIP)
    rest = content
    while not unpacking.eof:
        yield unpacking.decompress(rest, PIECE)
        rest = unpacking.unconsumed_tail
