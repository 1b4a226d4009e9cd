"""The events of a roster: users join and leave a segment.

An event lists thousands of users at once: only those for whom it changed something. Deleting a
segment ends its memberships by that event itself; erasing a user records a removal for each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

from domain.kernel.event import Event
from domain.memberships.tags import ROSTERS, roster_tag
from domain.segments.values import SegmentSource

T = TypeVar("T")

MAX_USERS_PER_EVENT = 5_000
"""Users in one event: 200 kB. More than that are told by several events of one command."""


class MembersAdded(Event, frozen=True, kw_only=True):
    """These users, who were not in the segment, are in it. `rows` says for each the line of the
    uploaded file that put them there; null when it was no file.
    """

    TOPIC = "members.added"
    segment_id: str
    user_ids: tuple[str, ...]
    source: SegmentSource
    rows: tuple[int, ...] | None = None

    def tags(self) -> list[str]:
        return [roster_tag(self.segment_id), ROSTERS]


class MembersRemoved(Event, frozen=True, kw_only=True):
    """These users, who were in the segment, are not in it any more."""

    TOPIC = "members.removed"
    segment_id: str
    user_ids: tuple[str, ...]

    def tags(self) -> list[str]:
        return [roster_tag(self.segment_id), ROSTERS]


MEMBERSHIP_EVENTS: tuple[type[Event], ...] = (MembersAdded, MembersRemoved)


def batched_users(users: Sequence[T]) -> Iterator[tuple[T, ...]]:
    """Yields users in batches of the size of one event."""
    for start in range(0, len(users), MAX_USERS_PER_EVENT):
        yield tuple(users[start : start + MAX_USERS_PER_EVENT])
