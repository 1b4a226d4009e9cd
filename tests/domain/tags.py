"""The tags that an event must carry, whichever slice it is of."""

from __future__ import annotations

from domain.kernel.event import Event
from domain.memberships.events import MembersAdded, MembersRemoved
from tests.domain.people.events import tags_of_person
from tests.domain.segments.events import tags_of as tags_of_segment


def tags_of(event: Event) -> set[str]:
    """Those that commands look for it by."""
    if isinstance(event, MembersAdded | MembersRemoved):
        return {f"roster:{event.segment_id}", "rosters"}
    if event.TOPIC.startswith("user."):
        return tags_of_person(event)
    return tags_of_segment(event)
