"""Mutations that change users."""

from typing import Annotated, Self

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
from graph.objects.payload import Payload, load_after, payload, subject_of
from graph.objects.refs import user_ref_of
from graph.objects.user import User
from graph.people.inputs import (
    AssignRolesInput,
    CreateUserInput,
    EraseUserInput,
    UpdateUserInput,
    domain_roles,
)
from graph.support.commands import MutationResult, execute_command
from graph.support.context import Info
from graph.support.enums import to_domain
from graph.support.inputs import given_fields
from graph.support.requirements import requires

EDITABLE = ("username", "email", "first_name", "last_name", "code", "status")


@payload(description="The result of a command on a user.")
class UserPayload(Payload):
    subject: strawberry.Private[str]

    @classmethod
    def of(cls, mutation: MutationResult[CreateUser | UserCommand]) -> Self:
        """The payload of a mutation."""
        subject = subject_of(mutation, user_of, lambda command: command.user_id)
        return cls.build(mutation, subject=subject)

    @strawberry.field(
        description="The user as they are now, at that position or later. Null when refused, or"
        " when they could not be read in time: the command is then done, read them with"
        " minPosition."
    )
    async def user(self, info: Info) -> User | None:
        uuid = uuid_in(self.subject, USER)
        if uuid is None:
            return None
        load = info.context.loaders.user.load
        view = await load_after(self.position, info.context, lambda: load(uuid))
        return None if view is None else User.of(view)


@strawberry.type
class PeopleMutations:
    @strawberry.mutation(
        description="Adds a user to the directory." + requires(CreateUser.PERMISSION)
    )
    async def create_user(
        self,
        info: Info,
        input: Annotated[CreateUserInput, strawberry.argument(description="The new user.")],
    ) -> UserPayload:
        site = info.context.site

        def create() -> CreateUser:
            draft = NewUser.of(
                input.username,
                input.email,
                input.first_name,
                input.last_name,
                input.code,
                domain_roles(input.roles),
            )
            return CreateUser(
                new_user_id(site.services.clock()), draft, site.services.hashes, site.services.vault
            )

        return UserPayload.of(await execute_command(info.context, input, CreateUser, create))

    @strawberry.mutation(
        description="Changes the given fields of a user; suspends or reactivates them by `status`."
        + requires(UpdateUser.PERMISSION)
    )
    async def update_user(
        self,
        info: Info,
        input: Annotated[
            UpdateUserInput, strawberry.argument(description="The user and their new values.")
        ],
    ) -> UserPayload:
        site = info.context.site

        def update() -> UpdateUser:
            given = given_fields(input, EDITABLE)
            if isinstance(given.get("status"), UserStatus):
                given["status"] = to_domain(given["status"], Status)
            changes, ref = UserChanges.of(given), user_ref_of(input.user, info.context)
            return UpdateUser(
                ref, changes, site.services.hashes, site.services.vault, input.expected_version
            )

        return UserPayload.of(await execute_command(info.context, input, UpdateUser, update))

    @strawberry.mutation(
        description="Replaces all roles of a user." + requires(AssignRoles.PERMISSION)
    )
    async def assign_roles(
        self,
        info: Info,
        input: Annotated[
            AssignRolesInput, strawberry.argument(description="The user and all their roles.")
        ],
    ) -> UserPayload:
        def assign() -> AssignRoles:
            roles = domain_roles(input.roles) or []
            return AssignRoles(user_ref_of(input.user, info.context), roles, input.expected_version)

        return UserPayload.of(await execute_command(info.context, input, AssignRoles, assign))

    @strawberry.mutation(
        description="Ends every membership and destroys the person's data for good. The events"
        " stay, about 'Erased user'. It cannot be undone." + requires(EraseUser.PERMISSION)
    )
    async def erase_user(
        self,
        info: Info,
        input: Annotated[
            EraseUserInput, strawberry.argument(description="The user to erase, and why.")
        ],
    ) -> UserPayload:
        context = info.context
        mutation = await execute_command(
            context, input, EraseUser, lambda: EraseUser(user_ref_of(input.user, context))
        )
        return UserPayload.of(mutation)
