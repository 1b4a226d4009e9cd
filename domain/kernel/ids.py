"""Identifiers: a kind and a UUID, one string everywhere (events, tags, API, command line).

`segment_019339a1f7c07a5b8d3e2f4c6a8b0d1e` is a segment. The UUID is of version 7 (RFC 9562), so ids
grow with time and a B-tree over them stays compact. `segment_…@45` is that segment as of position
45: an id stands for one thing at one moment (ADR 45).
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import NewType
from uuid import UUID

from domain.kernel.values import is_command_id

SegmentId = NewType("SegmentId", str)
UserId = NewType("UserId", str)

SEGMENT = "segment"
USER = "user"
EVENT = "event"
COMMAND = "command"

AS_OF = "@"
"""Separates an id from the position as of which the thing is shown."""
MAX_POSITION_DIGITS = 18


def uuid7(now: datetime) -> UUID:
    """Returns a fresh UUID of version 7 whose first 48 bits are `now` in milliseconds."""
    milliseconds = int(now.timestamp() * 1000) & (2**48 - 1)
    value = milliseconds << 80 | 0x7 << 76 | secrets.randbits(12) << 64
    return UUID(int=value | 0b10 << 62 | secrets.randbits(62))


def new_segment_id(now: datetime) -> SegmentId:
    """Returns a fresh segment id."""
    return SegmentId(f"{SEGMENT}_{uuid7(now).hex}")


def segment_id_of(uuid: UUID) -> SegmentId:
    """Returns the public id of the segment that the read model knows by `uuid`."""
    return SegmentId(f"{SEGMENT}_{uuid.hex}")


def new_user_id(now: datetime) -> UserId:
    """Returns a fresh user id."""
    return UserId(f"{USER}_{uuid7(now).hex}")


def user_id_of(uuid: UUID) -> UserId:
    """Returns the public id of the user that the read model knows by `uuid`."""
    return UserId(f"{USER}_{uuid.hex}")


def uuid_in(identifier: str, kind: str) -> UUID | None:
    """Returns the UUID inside an id of that kind; None when it is not one in its only spelling."""
    prefix, _, digits = identifier.partition("_")
    if prefix != kind or len(digits) != 32 or not digits.isascii():
        return None
    try:
        uuid = UUID(hex=digits)
    except ValueError:
        return None
    return uuid if uuid.hex == digits else None


def event_id(position: int) -> str:
    """Returns the public id of the event at a log position."""
    return f"{EVENT}_{position}"


def position_in(identifier: str) -> int | None:
    """Returns the log position inside an event id; None when it is not one in its only spelling."""
    prefix, _, digits = identifier.partition("_")
    return _number(digits) if prefix == EVENT else None


def as_of_id(identifier: str, position: int) -> str:
    """Returns the public id of a thing as it was at a log position."""
    return f"{identifier}{AS_OF}{position}"


def as_of_in(identifier: str, kind: str) -> tuple[str, int] | None:
    """Returns the present id and the position inside an id of that kind as of a position; None for
    any other.
    """
    present, _, digits = identifier.partition(AS_OF)
    position = _number(digits)
    if position is None or uuid_in(present, kind) is None:
        return None
    return present, position


def present_id_wanted(identifier: str, kind: str) -> str | None:
    """Returns why an id is not accepted where a present one is wanted, with that one; None for an
    id that is not as of a position.
    """
    past = as_of_in(identifier, kind)
    if past is None:
        return None
    present, position = past
    return f"This is the {kind} as of position {position}. Give its present id: {present}."


def _number(digits: str) -> int | None:
    """Returns a position in its only spelling."""
    if not (digits.isascii() and digits.isdigit()) or len(digits) > MAX_POSITION_DIGITS:
        return None
    return int(digits) if str(int(digits)) == digits else None


def command_node_id(command_id: str) -> str:
    """Returns the public id of the command with that `commandId`."""
    return f"{COMMAND}_{command_id}"


def command_id_in(identifier: str) -> str | None:
    """Returns the `commandId` inside the public id of a command; None when it is not one."""
    prefix, _, command_id = identifier.partition("_")
    return command_id if prefix == COMMAND and is_command_id(command_id) else None
