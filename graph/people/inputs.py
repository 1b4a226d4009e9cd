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
    "1 to 100 letters, digits and the characters - _ . @ + after trimming; unique, case-folded."
)
EMAIL = "An e-mail address of at most 254 characters; unique in any case of letters."
PERSON_NAME = "1 to 100 characters after trimming, on one line, no control or bidi characters."
CODE = (
    "At most 100 characters after trimming, on one line; blank means none. No other user holds it"
    " in any spelling."
)
ROLES = "What they may be on the site. The last active site admin keeps that role."
EXPECTED_VERSION = "Refuse with VERSION_CONFLICT unless the user is at this version."


@strawberry.input(description="Which users to keep. Without a status: the active and suspended.")
class UserFilter:
    status: list[UserStatus] | None = strawberry.field(
        default=None, description="In one of these. Who was erased or removed is on no list."
    )
    role: Role | None = strawberry.field(default=None, description="With this role.")
    in_segment: strawberry.ID | None = strawberry.field(
        default=None, description="Members of this segment."
    )
    not_in_segment: strawberry.ID | None = strawberry.field(
        default=None, description="Who is not in this segment: candidates for it."
    )


@strawberry.input(description="A new user.")
class CreateUserInput:
    username: str = strawberry.field(description=USERNAME)
    email: str = strawberry.field(description=EMAIL)
    first_name: str = strawberry.field(description=PERSON_NAME)
    last_name: str = strawberry.field(description=PERSON_NAME)
    code: str | None = strawberry.field(default=None, description=CODE)
    roles: list[Role] | None = strawberry.field(default=None, description=f"{ROLES} Else none.")
    command_id: strawberry.ID | None = strawberry.field(default=None, description=COMMAND_ID)
    reason: str | None = strawberry.field(default=None, description=REASON)


@strawberry.input(description="Only the fields that are given change; code: null clears the code.")
class UpdateUserInput:
    user: UserRef = strawberry.field(description=USER_REF)
    username: str | None = strawberry.field(default=UNSET, description=f"{USERNAME} Not null.")
    email: str | None = strawberry.field(default=UNSET, description=f"{EMAIL} Not null.")
    first_name: str | None = strawberry.field(default=UNSET, description=f"{PERSON_NAME} Not null.")
    last_name: str | None = strawberry.field(default=UNSET, description=f"{PERSON_NAME} Not null.")
    code: str | None = strawberry.field(default=UNSET, description=f"{CODE} Null clears it.")
    status: UserStatus | None = strawberry.field(
        default=UNSET,
        description="ACTIVE or SUSPENDED. The last active site admin cannot be suspended.",
    )
    expected_version: int | None = strawberry.field(default=None, description=EXPECTED_VERSION)
    command_id: strawberry.ID | None = strawberry.field(default=None, description=COMMAND_ID)
    reason: str | None = strawberry.field(default=None, description=REASON)


@strawberry.input(description="All the roles that somebody is to have; those they had go.")
class AssignRolesInput:
    user: UserRef = strawberry.field(description=USER_REF)
    roles: list[Role] = strawberry.field(description=ROLES)
    expected_version: int | None = strawberry.field(default=None, description=EXPECTED_VERSION)
    command_id: strawberry.ID | None = strawberry.field(default=None, description=COMMAND_ID)
    reason: str | None = strawberry.field(default=None, description=REASON)


@strawberry.input(description="Whom to forget. The last active site admin cannot be erased.")
class EraseUserInput:
    user: UserRef = strawberry.field(description=USER_REF)
    command_id: strawberry.ID | None = strawberry.field(default=None, description=COMMAND_ID)
    reason: str = strawberry.field(description=f"{REASON} Needed.")


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
