"""Commands on rosters, as tests give them, on a read model that stands where the test wants it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from domain.kernel.command import Command
from domain.memberships.add_users_to_segment import AddUsersToSegment
from domain.memberships.erase_user import EraseUser
from domain.memberships.remove_users_from_segment import RemoveUsersFromSegment
from domain.memberships.snapshot import Directory
from domain.memberships.user_set import UserSet
from domain.people.lookup import UserKey
from domain.people.user_command import UserRef
from domain.segments.segment_command import SegmentRef
from tests.domain.given import Answer, Story
from tests.domain.memberships.directory import StoodStill
from tests.domain.people.commands import ref
from tests.domain.people.facts import ANN, HASHES
from tests.domain.segments.commands import by_id
from tests.domain.segments.facts import A

Build = Callable[[Directory], Command]


def add(
    *names: str, by: UserKey = UserKey.ID, segment: SegmentRef | None = None
) -> Callable[[Directory], AddUsersToSegment]:
    users = UserSet.of(by, names)
    return lambda known: AddUsersToSegment(segment or by_id(A), users, known, HASHES)


def remove(
    *names: str, by: UserKey = UserKey.ID, segment: SegmentRef | None = None
) -> Callable[[Directory], RemoveUsersFromSegment]:
    users = UserSet.of(by, names)
    return lambda known: RemoveUsersFromSegment(segment or by_id(A), users, known, HASHES)


def erase(who: UserRef | None = None) -> Build:
    return lambda known: EraseUser(who or ref(ANN), known)


def every_lag(story: Story) -> Sequence[StoodStill]:
    """The read model at each position that it may be at, from the empty one to the log's head."""
    return [StoodStill(story.log, position) for position in range(story.head + 1)]


def when(story: Story, build: Build, known: Directory | None = None, **how: str) -> Answer:
    """What comes of it on a read model that is not late, unless another one is given."""
    directory = known or StoodStill(story.log, story.head)
    return story.when(build(directory), **how)  # type: ignore[arg-type]
