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
    description="Names many users in one way: at most 100,000 entries. Plain lists, because they"
    " are read many times faster than lists of input objects.",
)
class UserSet:
    ids: list[strawberry.ID] | None = strawberry.field(default=UNSET, description="By ids.")
    usernames: list[str] | None = strawberry.field(
        default=UNSET, description="By usernames, in any case of letters."
    )
    emails: list[str] | None = strawberry.field(
        default=UNSET, description="By e-mail addresses, in any case of letters."
    )
    codes: list[str] | None = strawberry.field(
        default=UNSET, description="By codes, in any spelling."
    )


@strawberry.input(description="Users to add to, or to remove from, a segment: all or none.")
class SegmentMembersInput:
    segment: SegmentRef = strawberry.field(description=SEGMENT_REF)
    users: UserSet = strawberry.field(
        description="Whom. One that is not there is a NOT_FOUND with its place."
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
