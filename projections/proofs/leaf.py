"""The bytes of an event whose hash is its leaf in the log's tree.

They are one line of readable JSON,

    {"data":…,"position":17,"tags":["segment:…","command:…"],"type":"segment.created"}

in which `data` is what is stored, byte for byte, and tags stand in the order in which they are
stored. Of an event that nobody tampered with that is the canonical JSON (RFC 8785) of the whole
event; of another it is at least other bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import msgspec

_json = msgspec.json.Encoder().encode


def leaf_bytes(position: int, topic: str, data: bytes | None, tags: Sequence[str]) -> bytes:
    """Returns the leaf's bytes (above); UTF-8. A row without data, which only tampering leaves, is
    treated as `null`.
    """
    return b'{"data":%b,"position":%d,"tags":%b,"type":%b}' % (
        b"null" if data is None else data,
        position,
        _json(tags),
        _json(topic),
    )


def leaf_hash(leaf: bytes) -> bytes:
    """Returns 32 bytes: SHA-256 of a zero byte and the leaf (RFC 6962, section 2.1)."""
    return hashlib.sha256(b"\x00" + leaf).digest()
