"""Inputs about users."""

import strawberry
from strawberry import UNSET

from domain.kernel.ids import SEGMENT
from domain.kernel.principal import Role as Held
from domain.people.values import UserStatus as Status
from graph.objects.enums import Role, UserStatus
from graph.objects.refs import USER_REF, UserRef
from graph.support.context import Context
from graph.support.enums import to_domain, to_domain_set
from graph.support.inputs import COMMAND_ID, REASON, parse_id, parse_search
from graph.support.visibility import NO_SUCH_NUMBER, can_see_segment
from projections.people.query import UserQuery

USERNAME = (
    "The username: 1 to 100 letters, digits and the characters - _ . @ + after trimming; unique,"
    " case-folded."
)
EMAIL = "An e-mail address of at most 254 characters; unique in any case of letters."
PERSON_NAME = (
    "The name: 1 to 100 characters after trimming, on one line, no control or bidi characters."
)
CODE = (
    "The directory's own ID: at most 100 characters after trimming, on one line; blank means none."
    " No other user may have it, in any spelling."
)
ROLES = "The roles on the site. The last active site admin keeps that role."
EXPECTED_VERSION = "Refuses with VERSION_CONFLICT unless the user is at this version."


@strawberry.input(
    description="Narrows the list of users. Without `status`: active and suspended ones."
)
class UserFilter:
    status: list[UserStatus] | None = strawberry.field(
        default=None,
        description="Only users with one of these statuses. Erased and removed users are in no"
        " list.",
    )
    role: Role | None = strawberry.field(
        default=None, description="Only users to whom the directory gives this role."
    )
    in_segment: strawberry.ID | None = strawberry.field(
        default=None, description="Only members of this segment, by its present id."
    )
    not_in_segment: strawberry.ID | None = strawberry.field(
        default=None,
        description="Only users who are not members of this segment, by its present id.",
    )


@strawberry.input(description="The new user's entry in the directory.")
class CreateUserInput:
    username: str = strawberry.field(description=USERNAME)
    email: str = strawberry.field(description=EMAIL)
    first_name: str = strawberry.field(description=PERSON_NAME)
    last_name: str = strawberry.field(description=PERSON_NAME)
    code: str | None = strawberry.field(default=None, description=CODE)
    roles: list[Role] | None = strawberry.field(
        default=None, description=f"{ROLES} None if omitted."
    )
    command_id: strawberry.ID | None = strawberry.field(default=None, description=COMMAND_ID)
    reason: str | None = strawberry.field(default=None, description=REASON)


@strawberry.input(
    description="The user and their new values. Fields that are not given stay; `code: null`"
    " clears the code."
)
class UpdateUserInput:
    user: UserRef = strawberry.field(description=USER_REF)
    username: str | None = strawberry.field(
        default=UNSET, description=f"{USERNAME} Must not be null."
    )
    email: str | None = strawberry.field(default=UNSET, description=f"{EMAIL} Must not be null.")
    first_name: str | None = strawberry.field(
        default=UNSET, description=f"{PERSON_NAME} Must not be null."
    )
    last_name: str | None = strawberry.field(
        default=UNSET, description=f"{PERSON_NAME} Must not be null."
    )
    code: str | None = strawberry.field(default=UNSET, description=f"{CODE} Null clears it.")
    status: UserStatus | None = strawberry.field(
        default=UNSET,
        description="ACTIVE or SUSPENDED. The last active site admin cannot be suspended.",
    )
    expected_version: int | None = strawberry.field(default=None, description=EXPECTED_VERSION)
    command_id: strawberry.ID | None = strawberry.field(default=None, description=COMMAND_ID)
    reason: str | None = strawberry.field(default=None, description=REASON)


@strawberry.input(description="The user, and all roles that they are to have.")
class AssignRolesInput:
    user: UserRef = strawberry.field(description=USER_REF)
    roles: list[Role] = strawberry.field(description=ROLES)
    expected_version: int | None = strawberry.field(default=None, description=EXPECTED_VERSION)
    command_id: strawberry.ID | None = strawberry.field(default=None, description=COMMAND_ID)
    reason: str | None = strawberry.field(default=None, description=REASON)


@strawberry.input(
    description="The user to erase, and why. The last active site admin cannot be erased."
)
class EraseUserInput:
    user: UserRef = strawberry.field(description=USER_REF)
    command_id: strawberry.ID | None = strawberry.field(default=None, description=COMMAND_ID)
    reason: str = strawberry.field(description=f"{REASON} Required.")


def domain_roles(roles: list[Role] | None) -> list[Held] | None:
    """The domain's roles."""
    return None if roles is None else [to_domain(role, Held) for role in roles]


async def question_of(search: str | None, filter: UserFilter | None, context: Context) -> UserQuery:
    """The question behind the list's arguments. QueryError INVALID for what cannot be asked."""
    chosen = filter or UserFilter()
    return UserQuery(
        search=parse_search(search),
        statuses=to_domain_set(chosen.status, Status),
        role=None if chosen.role is None else to_domain(chosen.role, Held),
        in_segment=await _segment_number(chosen.in_segment, context),
        not_in_segment=await _segment_number(chosen.not_in_segment, context),
    )


async def _segment_number(identifier: str | None, context: Context) -> int | None:
    """NOBODY for a segment that there is not, or that may not be seen: nobody is in either."""
    if identifier is None:
        return None
    uuid = parse_id(identifier, SEGMENT, "filter")
    view = await context.loaders.segment.load((uuid, None))
    return (
        view.number if view is not None and await can_see_segment(view, context) else NO_SUCH_NUMBER
    )
