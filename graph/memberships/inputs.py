"""Inputs about the members of a segment."""

import strawberry
from strawberry import UNSET

from domain.memberships.user_refs import UserRefs
from domain.people.identifiers.lookup import UserKey
from graph.objects.refs import SEGMENT_REF, SegmentRef
from graph.support.errors import invalid
from graph.support.inputs import COMMAND_ID, REASON


@strawberry.input(
    one_of=True,
    description="Names many users in one way, up to 100,000 entries; repeated entries count once.",
)
class UserSet:
    ids: list[strawberry.ID] | None = strawberry.field(default=UNSET, description="Users by id.")
    usernames: list[str] | None = strawberry.field(
        default=UNSET, description="Users by username, ignoring case."
    )
    emails: list[str] | None = strawberry.field(
        default=UNSET, description="Users by e-mail address, ignoring case."
    )
    codes: list[str] | None = strawberry.field(
        default=UNSET, description="Users by their directory code, in any spelling."
    )


@strawberry.input(
    description="The users to add to a segment or to remove from it: all of them, or none."
)
class SegmentMembersInput:
    segment: SegmentRef = strawberry.field(description=SEGMENT_REF)
    users: UserSet = strawberry.field(
        description="The users. Each unknown one is a NOT_FOUND error with its place in the list,"
        " and nobody is changed."
    )
    command_id: strawberry.ID | None = strawberry.field(default=None, description=COMMAND_ID)
    reason: str | None = strawberry.field(default=None, description=REASON)


def users_of(users: UserSet) -> UserRefs:
    """The domain's form. CommandRejected INVALID when there are too many."""
    for by in UserKey:
        named = getattr(users, by.plural)
        if isinstance(named, list):
            return UserRefs.of(by, named)
    raise invalid("Exactly one of the lists must be given, and not null.", "users")
