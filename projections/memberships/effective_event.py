"""What of an event about a roster changes anything, as the read model knows its members."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import msgspec
from psycopg import Cursor

from domain.log import RecordedEvent
from domain.memberships.events import MembersAdded, MembersRemoved

_KNOWN = """
    SELECT 'user_' || replace(u.id::text, '-', ''), EXISTS (
        SELECT FROM members m JOIN segment_numbers s ON s.number = m.segment
        WHERE s.id = %s::uuid AND m.member = u.number
    ) FROM users u WHERE u.id = ANY(%s::uuid[])
"""


def effective(cursor: Cursor[Any], recorded: RecordedEvent) -> RecordedEvent:
    """The event about those alone who come and were not in, or go and were: who goes is out, and
    who comes is in, whatever the rest of an event says. Other events are as they are.
    """
    event = recorded.event
    if not isinstance(event, MembersAdded | MembersRemoved):
        return recorded
    is_in = _who_is_in(cursor, event.segment_id, event.user_ids)
    before = isinstance(event, MembersRemoved)
    users = tuple(user for user in dict.fromkeys(event.user_ids) if is_in.get(user) is before)
    return replace(recorded, event=msgspec.structs.replace(event, user_ids=users))


def _who_is_in(cursor: Cursor[Any], segment: str, users: Sequence[str]) -> dict[str, bool]:
    """Of those who ever were, whether they are members."""
    digits = [user.partition("_")[2] for user in users]
    return dict(cursor.execute(_KNOWN, [segment.partition("_")[2], digits]).fetchall())
