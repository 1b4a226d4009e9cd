"""Commands on people."""

from typing import Annotated, Self, TypeVar

import strawberry

from domain.kernel.ids import USER, new_user_id, uuid_in
from domain.memberships.erase_user import EraseUser
from domain.people.assign_roles import AssignRoles
from domain.people.create_user import CreateUser, NewUser
from domain.people.state import user_of
from domain.people.update_user import UpdateUser, UserChanges
from domain.people.user_command import UserCommand
from domain.people.values import UserStatus as Status
from graph.objects.enums import UserStatus
from graph.objects.payload import COMMAND_ID, ERRORS, POSITION, as_of_then, common
from graph.objects.refs import user_ref_of
from graph.objects.user import User
from graph.objects.user_errors import UserError
from graph.people.inputs import (
    AssignRolesInput,
    CreateUserInput,
    EraseUserInput,
    UpdateUserInput,
    held_roles,
)
from graph.support.commands import MutationResult, execute_command
from graph.support.context import Context
from graph.support.scalars import LogPosition

INPUT = strawberry.argument(description="What is to be done, and to whom.")
U = TypeVar("U", bound=UserCommand)
EDITABLE = ("username", "email", "first_name", "last_name", "code", "status")


@strawberry.type(description="What became of a command on a user.")
class UserPayload:
    subject: strawberry.Private[str]
    command_id: strawberry.ID | None = strawberry.field(description=COMMAND_ID)
    position: LogPosition | None = strawberry.field(description=POSITION)
    errors: list[UserError] = strawberry.field(description=ERRORS)

    @classmethod
    def of(cls, result: MutationResult[CreateUser] | MutationResult[U]) -> Self:
        """The payload of a result."""
        return cls(subject=_subject(result), **common(result))

    @strawberry.field(
        description="The user as the directory has them now; null, too, when the read model is"
        " late."
    )
    async def user(self, info: strawberry.Info[Context, None]) -> User | None:
        uuid = uuid_in(self.subject, USER)
        if uuid is None:
            return None
        load = info.context.loaders.user.load
        view = await as_of_then(self.position, info.context, lambda _: load(uuid))
        return None if view is None else User.of(view)


@strawberry.type
class PeopleMutations:
    @strawberry.mutation(description="Adds somebody to the directory.")
    async def create_user(
        self, info: strawberry.Info[Context, None], input: Annotated[CreateUserInput, INPUT]
    ) -> UserPayload:
        site = info.context.site

        def create() -> CreateUser:
            draft = NewUser.of(
                input.username,
                input.email,
                input.first_name,
                input.last_name,
                input.code,
                held_roles(input.roles),
            )
            return CreateUser(new_user_id(site.clock()), draft, site.hashes, site.vault)

        return UserPayload.of(await execute_command(info.context, input, CreateUser, create))

    @strawberry.mutation(description="Changes the given fields of a user, suspends or reactivates.")
    async def update_user(
        self, info: strawberry.Info[Context, None], input: Annotated[UpdateUserInput, INPUT]
    ) -> UserPayload:
        site = info.context.site

        def update() -> UpdateUser:
            given = {f: v for f in EDITABLE if (v := getattr(input, f)) is not strawberry.UNSET}
            if isinstance(given.get("status"), UserStatus):
                given["status"] = Status[given["status"].name]
            edit = UserChanges.of(given)
            ref = user_ref_of(input.user, info.context)
            return UpdateUser(ref, edit, site.hashes, site.vault, input.expected_version)

        return UserPayload.of(await execute_command(info.context, input, UpdateUser, update))

    @strawberry.mutation(description="Gives somebody exactly these roles.")
    async def assign_roles(
        self, info: strawberry.Info[Context, None], input: Annotated[AssignRolesInput, INPUT]
    ) -> UserPayload:
        def assign() -> AssignRoles:
            roles = held_roles(input.roles) or []
            return AssignRoles(user_ref_of(input.user, info.context), roles, input.expected_version)

        return UserPayload.of(await execute_command(info.context, input, AssignRoles, assign))

    @strawberry.mutation(
        description="Ends every membership and destroys the person's data for good. The facts stay,"
        " about 'Erased user'."
    )
    async def erase_user(
        self, info: strawberry.Info[Context, None], input: Annotated[EraseUserInput, INPUT]
    ) -> UserPayload:
        def erase() -> EraseUser:
            return EraseUser(user_ref_of(input.user, info.context))

        return UserPayload.of(await execute_command(info.context, input, EraseUser, erase))


def _subject(result: MutationResult[CreateUser] | MutationResult[U]) -> str:
    """The id of the user that a command was about; empty when it was refused.

    A repeated command has looked nobody up: its events tell. One that changed nothing has none.
    """
    if result.outcome is None or result.command is None:
        return ""
    told = next(filter(None, map(user_of, result.outcome.events)), None)
    return told or result.command.user_id or ""
