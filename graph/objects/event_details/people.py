"""What the events of a user say, as types.

What is sealed is shown to those who may see all users, until the user is erased.
"""

from typing import Any, Self

import strawberry

from domain.kernel.change import Change
from domain.people import events
from domain.people.person import Person, edit_in, fields_of, person_in
from graph.objects.enums import Role
from graph.objects.event_details.field_change import FieldChange, changes_of
from graph.objects.lookup.user import user_by_id
from graph.objects.user import User
from graph.support.context import Context, Info
from graph.support.sealed import opened


@strawberry.type
class _OfUser:
    """What each of them says."""

    user_id: strawberry.Private[str]
    version: int = strawberry.field(description="The user's own version after this event.")

    @strawberry.field(description="The user as they are now; null if you may not see them.")
    async def user(self, info: Info) -> User | None:
        return await user_by_id(self.user_id, info.context)


@strawberry.type(description="A user's personal data as recorded by one event.")
class PersonDetails:
    username: str = strawberry.field(description="The username at this event, case-folded.")
    email: str = strawberry.field(description="The e-mail address at this event, as typed.")
    first_name: str = strawberry.field(description="The first name at this event.")
    last_name: str = strawberry.field(description="The last name at this event.")
    code: str | None = strawberry.field(description="The ID number then; null if there was none.")

    @classmethod
    def of(cls, person: Person) -> Self:
        """The object of a person."""
        return cls(**{name: getattr(person, name) for name in Person.__struct_fields__})


@strawberry.type(description="Details of user.created: the new user's data and roles.")
class UserCreatedDetails(_OfUser):
    sealed: strawberry.Private[str]
    roles: list[Role] = strawberry.field(description="The roles that the user was given.")

    @classmethod
    def of(cls, event: events.UserCreated) -> Self:
        """The details of that event."""
        roles = _roles(event.roles)
        return cls(user_id=event.user_id, version=event.version, sealed=event.sealed, roles=roles)

    @strawberry.field(
        description="The user's personal data at creation. Null after the user is erased, and if"
        " you may not see all users."
    )
    async def person(self, info: Info) -> PersonDetails | None:
        content = await opened(self.user_id, self.sealed, info.context)
        return None if content is None else PersonDetails.of(person_in(content))


@strawberry.type(description="Details of user.edited: the fields that changed.")
class UserEditedDetails(_OfUser):
    event: strawberry.Private[events.UserEdited]

    @classmethod
    def of(cls, event: events.UserEdited) -> Self:
        """The details of that event."""
        return cls(user_id=event.user_id, version=event.version, event=event)

    @strawberry.field(
        description="The status and the personal fields that the edit changed, each with its value"
        " before and after. Null if personal fields changed whose values are erased, or if you"
        " may not see all users."
    )
    async def changes(self, info: Info) -> list[FieldChange] | None:
        personal = await _personal_changes(self.event, info.context)
        if personal is None:
            return None
        status = self.event.status
        return changes_of(personal | ({} if status is None else {"status": status}))


async def _personal_changes(
    event: events.UserEdited, context: Context
) -> dict[str, Change[Any]] | None:
    if event.sealed is None:
        return {}
    content = await opened(event.user_id, event.sealed, context)
    if content is None:
        return None
    edit = edit_in(content)
    return {name: getattr(edit, name) for name in fields_of(edit)}


@strawberry.type(description="Details of user.roles_assigned: the roles before and after.")
class RolesAssignedDetails(_OfUser):
    before: list[Role] = strawberry.field(description="The roles that the user had before.")
    after: list[Role] = strawberry.field(description="The roles that the user has had since.")

    @classmethod
    def of(cls, event: events.RolesAssigned) -> Self:
        """The details of that event."""
        before, after = _roles(event.roles.before), _roles(event.roles.after)
        return cls(user_id=event.user_id, version=event.version, before=before, after=after)


@strawberry.type(description="Details of user.erased: the personal data was destroyed.")
class UserErasedDetails(_OfUser):
    @classmethod
    def of(cls, event: events.UserErased) -> Self:
        """The details of that event."""
        return cls(user_id=event.user_id, version=event.version)


@strawberry.type(description="Details of user.removed: the user's creation was undone.")
class UserRemovedDetails(_OfUser):
    @classmethod
    def of(cls, event: events.UserRemoved) -> Self:
        """The details of that event."""
        return cls(user_id=event.user_id, version=event.version)


@strawberry.type(description="Details of user.reinstated: the user's removal was undone.")
class UserReinstatedDetails(_OfUser):
    roles: list[Role] = strawberry.field(description="The roles that the user has again.")

    @classmethod
    def of(cls, event: events.UserReinstated) -> Self:
        """The details of that event."""
        roles = _roles(event.roles)
        return cls(user_id=event.user_id, version=event.version, roles=roles)


def _roles(roles: tuple[Any, ...]) -> list[Role]:
    return [Role(role) for role in roles]
