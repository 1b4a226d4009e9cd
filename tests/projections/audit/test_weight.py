"""What events weigh is what they take."""

from __future__ import annotations

import msgspec
import pytest

from domain.catalogue import CATALOGUE
from domain.kernel.change import Change
from domain.kernel.event import Event
from domain.log import EventMapper
from domain.memberships.events import MAX_USERS_PER_EVENT, MembersAdded
from domain.people.events import UserRemoved
from domain.segments.events import SegmentEdited
from domain.segments.values import SegmentSource
from projections.audit.weight import weight_of
from tests.domain.given import HISTORY
from tests.graph.support.memory import traced

SEGMENT = f"segment_{'0' * 32}"
USERS = tuple(f"user_{number:032}" for number in range(MAX_USERS_PER_EVENT))
HASH = "0" * 64
EVENTS = {
    "small": UserRemoved(
        user_id=USERS[0], version=1, username_hash=HASH, email_hash=HASH, code_hash=HASH
    ),
    "long text": SegmentEdited(
        segment_id=SEGMENT,
        version=2,
        description=Change(before="a" * 9_000, after="\N{GRINNING FACE}" * 9_000),
    ),
    "of many": MembersAdded(
        segment_id=SEGMENT, user_ids=USERS, source=SegmentSource.MANUAL, rows=(*range(5_000),)
    ),
}
TAGS = [f"roster:{SEGMENT}", "rosters", f"command:{HASH}"]
ENVELOPE = msgspec.structs.replace(
    HISTORY, command_id=HASH, correlation_id=HASH, causation_id="event_1", request_hash=HASH
)
MANY = 20


@pytest.mark.parametrize("event", EVENTS.values(), ids=EVENTS)
def test_it_is_near_to_what_was_allocated(event: Event) -> None:
    """No less, and at most a third more."""
    mapper = EventMapper(CATALOGUE)
    stored = mapper.to_stored(event, ENVELOPE, TAGS)
    tags = [tag.encode() for tag in stored.tags]
    with traced() as taken:
        before = taken()
        events = [
            mapper.to_recorded(stored.type, stored.data, [tag.decode() for tag in tags], position)
            for position in range(MANY)
        ]
        took = (taken() - before) / MANY
    assert took <= weight_of(events[0]) <= took * 4 / 3
