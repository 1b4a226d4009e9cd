"""Reduces an event about a roster to what it changes, given the read model's members."""

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
    """Returns the event about those users alone who are added and were no members, or removed and
    were: removed users are out, and added ones are in, whatever the rest of an event says. Other
    events are returned as they are.
    """
    event = recorded.event
    if not isinstance(event, MembersAdded | MembersRemoved):
        return recorded
    is_in = _who_is_in(cursor, event.segment_id, event.user_ids)
    before = isinstance(event, MembersRemoved)
    users = tuple(user for user in dict.fromkeys(event.user_ids) if is_in.get(user) is before)
    return replace(recorded, event=msgspec.structs.replace(event, user_ids=users))


def _who_is_in(cursor: Cursor[Any], segment: str, users: Sequence[str]) -> dict[str, bool]:
    """Maps the ids of those who ever were on the site to whether they are members."""
    digits = [user.partition("_")[2] for user in users]
    return dict(cursor.execute(_KNOWN, [segment.partition("_")[2], digits]).fetchall())
