"""Commands on rosters, as tests give them, on a read model that stands where the test wants it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from domain.kernel.commands.command import Command
from domain.memberships.add_users_to_segment import AddUsersToSegment
from domain.memberships.erase_user import EraseUser
from domain.memberships.remove_users_from_segment import RemoveUsersFromSegment
from domain.memberships.user_refs import UserRefs
from domain.people.identifiers.lookup import UserKey
from domain.people.user_command import UserRef
from domain.segments.segment_command import SegmentRef
from domain.snapshot import Snapshots
from tests.domain.given import Answer, Story
from tests.domain.people.commands import ref
from tests.domain.people.events import ANN, HASHES
from tests.domain.segments.commands import by_id
from tests.domain.segments.events import A
from tests.domain.snapshots import StoodStill

Build = Callable[[], Command]


def add(
    *names: str, by: UserKey = UserKey.ID, segment: SegmentRef | None = None
) -> Callable[[], AddUsersToSegment]:
    users = UserRefs.of(by, names)
    return lambda: AddUsersToSegment(segment or by_id(A), users, HASHES)


def remove(
    *names: str, by: UserKey = UserKey.ID, segment: SegmentRef | None = None
) -> Callable[[], RemoveUsersFromSegment]:
    users = UserRefs.of(by, names)
    return lambda: RemoveUsersFromSegment(segment or by_id(A), users, HASHES)


def erase(who: UserRef | None = None) -> Build:
    return lambda: EraseUser(who or ref(ANN))


def every_lag(story: Story) -> Sequence[StoodStill]:
    """The read model at each position that it may be at, from the empty one to the log's head."""
    return [StoodStill(story.log, position) for position in range(story.head + 1)]


def when(story: Story, build: Build, known: Snapshots | None = None, **how: str) -> Answer:
    """What comes of it on a read model that is not late, unless another one is given."""
    return story.when(build(), snapshots=known, **how)  # type: ignore[arg-type]
