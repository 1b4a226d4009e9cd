"""Events about people and rosters as sentences."""

from __future__ import annotations

import pytest

from domain.kernel.change import Change
from domain.kernel.event import Event
from domain.kernel.principal import Role
from domain.memberships.events import MembersAdded, MembersRemoved
from domain.people.events import RolesAssigned, UserCreated, UserEdited, UserErased
from domain.people.values import UserStatus
from domain.segments.values import SegmentSource
from projections.audit.event_summaries import people_in, summary_of

SEGMENT = "segment_019339a1f7c07a5b8d3e2f4c6a8b0d1e"
NAMES = {"ann": "Ann Smith", "bo": "Bo Berg", "cy": "Cy Chen"}
MANY = tuple(f"user-{number}" for number in range(1_250))
CREATED = UserCreated(
    user_id="ann",
    version=1,
    sealed="",
    username_hash="",
    email_hash="",
    code_hash=None,
    roles=(),
)


def added(*users: str, rows: tuple[int, ...] | None = None) -> MembersAdded:
    """They are put into the segment."""
    return MembersAdded(segment_id=SEGMENT, user_ids=users, source=SegmentSource.MANUAL, rows=rows)


def removed(*users: str) -> MembersRemoved:
    """They are taken out of it."""
    return MembersRemoved(segment_id=SEGMENT, user_ids=users)


def edited(*fields: str, status: Change[UserStatus] | None = None) -> UserEdited:
    """Ann's entry changes."""
    return UserEdited(user_id="ann", version=2, fields=fields, sealed=None, status=status)


def assigned(before: tuple[Role, ...], after: tuple[Role, ...]) -> RolesAssigned:
    """Ann's roles change."""
    return RolesAssigned(user_id="ann", version=2, roles=Change(before=before, after=after))


SUSPENDED = Change(before=UserStatus.ACTIVE, after=UserStatus.SUSPENDED)
REACTIVATED = Change(before=UserStatus.SUSPENDED, after=UserStatus.ACTIVE)
ERASED = UserErased(user_id="ann", version=3, username_hash="", email_hash="", code_hash=None)


@pytest.mark.parametrize(
    ("event", "words"),
    [
        pytest.param(CREATED, "added the user Ann Smith.", id="created"),
        pytest.param(edited("code"), "changed the code of Ann Smith.", id="code"),
        pytest.param(
            edited("email", "last_name"),
            "changed the last name and e-mail address of Ann Smith.",
            id="two fields",
        ),
        pytest.param(
            edited("first_name", "last_name", "username"),
            "changed the first name, last name and username of Ann Smith.",
            id="three fields",
        ),
        pytest.param(edited(status=SUSPENDED), "suspended Ann Smith.", id="suspended"),
        pytest.param(edited(status=REACTIVATED), "reactivated Ann Smith.", id="reactivated"),
        pytest.param(
            edited("code", status=SUSPENDED),
            "changed the code of Ann Smith and suspended them.",
            id="code and suspended",
        ),
        pytest.param(
            assigned((), (Role.AUDITOR,)), "gave Ann Smith the role auditor.", id="a role given"
        ),
        pytest.param(
            assigned((), (Role.LEARNER, Role.AUDITOR)),
            "gave Ann Smith the roles auditor and learner.",
            id="two roles given",
        ),
        pytest.param(
            assigned((Role.SITE_ADMIN,), ()),
            "took the role site admin away from Ann Smith.",
            id="a role taken",
        ),
        pytest.param(
            assigned((Role.LEARNER,), (Role.TRAINING_MANAGER,)),
            "gave Ann Smith the role training manager and took the role learner away from them.",
            id="a role for another",
        ),
        pytest.param(ERASED, "erased a user: nothing personal is left of them.", id="erased"),
        pytest.param(added("ann"), "added Ann Smith to the segment.", id="one added"),
        pytest.param(
            added("ann", "bo"), "added Ann Smith and Bo Berg to the segment.", id="two added"
        ),
        pytest.param(
            added("ann", "bo", "cy"),
            "added Ann Smith, Bo Berg and Cy Chen to the segment.",
            id="three added",
        ),
        pytest.param(
            added("ann", rows=(2,)),
            "added Ann Smith to the segment from a file.",
            id="one added from a file",
        ),
        pytest.param(added(*MANY), "added 1,250 users to the segment.", id="many added"),
        pytest.param(
            added(*MANY, rows=(2,)),
            "added 1,250 users to the segment from a file.",
            id="many added from a file",
        ),
        pytest.param(
            added("ann", "dee"),
            "added Ann Smith and Erased user to the segment.",
            id="one added who is erased",
        ),
        pytest.param(removed("bo"), "removed Bo Berg from the segment.", id="one removed"),
        pytest.param(removed(*MANY[:4]), "removed 4 users from the segment.", id="four removed"),
    ],
)
def test_a_sentence_names_few_and_counts_many(event: Event, words: str) -> None:
    """As people are called now; of many only how many they are."""
    assert summary_of("Site Admin", event, NAMES) == f"Site Admin {words}"


@pytest.mark.parametrize(
    ("event", "people"),
    [
        pytest.param(CREATED, ["ann"], id="created"),
        pytest.param(edited("code"), ["ann"], id="code"),
        pytest.param(assigned((), (Role.AUDITOR,)), ["ann"], id="role"),
        pytest.param(ERASED, [], id="erased"),
        pytest.param(added("ann", "bo", "cy"), ["ann", "bo", "cy"], id="three added"),
        pytest.param(removed("ann", "bo", "cy", "dee"), [], id="four removed"),
    ],
)
def test_only_the_names_that_a_sentence_holds_are_asked_for(
    event: Event, people: list[str]
) -> None:
    """At most three of one event, however many it is about."""
    assert people_in(event) == people
