"""Events about rosters, short enough to be read as a story."""

from __future__ import annotations

from domain.memberships.events import MembersAdded, MembersRemoved
from domain.segments.values import SegmentSource


def joined(segment: str, *users: str) -> MembersAdded:
    return MembersAdded(segment_id=segment, user_ids=users, source=SegmentSource.MANUAL)


def left(segment: str, *users: str) -> MembersRemoved:
    return MembersRemoved(segment_id=segment, user_ids=users)
