"""Encodes events for PostgreSQL's binary COPY: before anything is locked.

The format is the manual's ("COPY", Binary Format): a header; for each row the number of its fields,
each field its length and its bytes, whole numbers with the high byte first; a trailer. An array is
its dimensions, whether it holds nulls, its elements' type, and for each dimension length and first
index; then its elements like fields.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence

from eventsourcing.dcb.api import DCBEvent

HEADER = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
TRAILER = b"\xff\xff"

BYTES_A_WRITE = 2**18
"""Bytes that are handed over at a time, and a row more: the server works on them while the next are
encoded. A row is 300 bytes, or 200 kB for an event about thousands of members.
"""

Position = bytes
"""A position as a field: its length, and a bigint."""

_THREE_FIELDS, _TWO_FIELDS = b"\x00\x03", b"\x00\x02"
_TEXT_OID = 25
_NO_ELEMENTS = struct.pack(">iii", 0, 0, _TEXT_OID)

_length = struct.Struct(">i").pack
_array_head = struct.Struct(">iiiii").pack


def positions_from(joined: bytes) -> list[Position]:
    """Returns fields from bigints in a row, as int8send() makes them."""
    length = _length(8)
    return [length + joined[start : start + 8] for start in range(0, len(joined), 8)]


def number_of(position: Position) -> int:
    """Returns the position as a number."""
    return int.from_bytes(position[4:])


class PackedEvents:
    """Rows for both tables, complete but for the positions of tags, which are known once the
    events are stored.

    The rows of tags are in the order of the tags: their index grows a fifth faster so.
    UnicodeEncodeError for text that `encoding` has no bytes for.
    """

    def __init__(self, events: Iterable[DCBEvent], encoding: str) -> None:
        self._rows: list[bytes] = []
        tags: list[tuple[bytes, int]] = []
        for index, event in enumerate(events):
            elements = [_field(tag.encode(encoding)) for tag in event.tags]
            self._rows.append(
                _field(event.type.encode(encoding)) + _field(event.data) + _field(_array(elements))
            )
            tags += [(_TWO_FIELDS + element, index) for element in elements]
        self._tags = sorted(tags)
        self.count = len(self._rows)

    def main_rows(self) -> Iterator[bytes]:
        """Yields pieces of a COPY of (type, data, tags)."""
        return _in_pieces(_THREE_FIELDS + row for row in self._rows)

    def tag_rows(self, positions: Sequence[Position]) -> Iterator[bytes]:
        """Yields pieces of a COPY of (tag, main_id)."""
        return _in_pieces(tag + positions[index] for tag, index in self._tags)


def _in_pieces(rows: Iterable[bytes]) -> Iterator[bytes]:
    piece = bytearray(HEADER)
    for row in rows:
        piece += row
        if len(piece) >= BYTES_A_WRITE:
            yield bytes(piece)
            piece.clear()
    yield bytes(piece + TRAILER)


def _field(content: bytes) -> bytes:
    return _length(len(content)) + content


def _array(elements: Sequence[bytes]) -> bytes:
    if not elements:
        return _NO_ELEMENTS
    return _array_head(1, 0, _TEXT_OID, len(elements), 1) + b"".join(elements)
