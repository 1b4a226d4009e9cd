"""The memory that events take: one about 5,000 users as much as two hundred others."""

from __future__ import annotations

from sys import getsizeof
from typing import Any

from msgspec import Struct
from msgspec.structs import astuple

from domain.log import RecordedEvent

BYTES_PER_FACT = 1_500
"""Bytes of its envelope, its tags, and the objects of both. Measured: 900 to 1,500."""


def weight_of(recorded: RecordedEvent) -> int:
    """Returns the bytes of memory that an event takes, approximately."""
    return BYTES_PER_FACT + _size(recorded.event) + getsizeof(recorded.envelope.reason)


def _size(value: Any) -> int:
    if isinstance(value, Struct):
        return getsizeof(value) + sum(map(_size, astuple(value)))
    if isinstance(value, tuple):
        return getsizeof(value) + sum(map(getsizeof, value))  # texts and numbers, all of them
    return getsizeof(value)
