"""User errors: rejections of a mutation as data of its payload."""

from collections.abc import Callable
from enum import Enum
from typing import Any

import strawberry

from domain import log
from domain.kernel import rejections
from domain.kernel.ids import USER, uuid_in
from domain.people.tags import user_tag
from domain.segments.tags import segment_tag
from graph.objects.event import RecordedEvent
from graph.objects.lookup.node import node_by_id
from graph.support.context import Info
from graph.support.node import Node
from graph.support.site import Site

MAX_ERRORS = 1_000
MAX_EVENTS_SINCE = 100
"""A conflicting client is shown at most this many of the events that it has missed."""


@strawberry.enum(description="Why a command was refused. Expect new values.")
class ErrorCode(Enum):
    INVALID = strawberry.enum_value(
        "INVALID", description="A value breaks a rule that the field's description states."
    )
    NOT_FOUND = strawberry.enum_value(
        "NOT_FOUND", description="The thing does not exist, or you may not see it."
    )
    CODE_TAKEN = strawberry.enum_value(
        "CODE_TAKEN", description="Another segment (or user) has this code."
    )
    USERNAME_TAKEN = strawberry.enum_value(
        "USERNAME_TAKEN", description="Another user has this username."
    )
    EMAIL_TAKEN = strawberry.enum_value(
        "EMAIL_TAKEN", description="Another user has this e-mail address."
    )
    VERSION_CONFLICT = strawberry.enum_value(
        "VERSION_CONFLICT", description="The thing has changed since the version that you expected."
    )
    ARCHIVED = strawberry.enum_value(
        "ARCHIVED", description="An archived segment can only be restored or deleted."
    )
    MANAGED = strawberry.enum_value(
        "MANAGED",
        description="A rule or a sync owns this segment's members. Reserved: not sent yet.",
    )
    HAS_DEPENDENTS = strawberry.enum_value(
        "HAS_DEPENDENTS",
        description="Something still uses it; the message says what. Reserved: not sent yet.",
    )
    COMMAND_REUSED = strawberry.enum_value(
        "COMMAND_REUSED", description="This commandId was used with different content."
    )
    PLAN_STALE = strawberry.enum_value(
        "PLAN_STALE", description="Something that the dry run relied on has changed since."
    )
    FORBIDDEN = strawberry.enum_value(
        "FORBIDDEN", description="You are signed in, but your roles do not allow it."
    )


@strawberry.interface(
    description="A reason for which a command was refused; its type adds what a client needs to"
    " act on it."
)
class UserError:
    code: ErrorCode = strawberry.field(description="The kind of error.")
    message: str = strawberry.field(description="A sentence for people, which says what would do.")
    path: list[str] = strawberry.field(
        description='Path into the input, such as ["code"] or ["users", "usernames", "3"].'
    )


@strawberry.type(description="A value of the input breaks a rule that its description states.")
class InvalidValue(UserError):
    pass


@strawberry.type(description="The input names a thing that is not there.")
class NotFound(UserError):
    pass


@strawberry.type(description="Another segment or user has this code, username or e-mail address.")
class CodeTaken(UserError):
    holder: strawberry.Private[str]

    @strawberry.field(
        description="The segment or user that has this value; null if you may not see it."
    )
    async def held_by(self, info: Info) -> Node | None:
        return await node_by_id(self.holder, info.context)


@strawberry.type(description="The thing has changed since the version that you expected.")
class VersionConflict(UserError):
    entity_id: strawberry.Private[str]
    expected: strawberry.Private[int]
    position: strawberry.Private[int]
    current_version: int = strawberry.field(description="The version that the thing has now.")

    @strawberry.field(
        description="The thing as it is now, to settle the conflict with; null when it is gone."
    )
    async def current(self, info: Info) -> Node | None:
        return await node_by_id(self.entity_id, info.context)

    @strawberry.field(
        description="Events that made the versions since the expected one, oldest first, at most"
        " 100."
    )
    async def since(self, info: Info) -> list[RecordedEvent]:
        events = await self._since(info.context.site)
        return [RecordedEvent.of(recorded) for recorded in events]

    async def _since(self, site: Site) -> list[log.RecordedEvent]:
        tag = user_tag if uuid_in(self.entity_id, USER) is not None else segment_tag
        return await site.reads.audit.changes_since(
            tag(self.entity_id),
            self.expected,
            self.current_version,
            self.position,
            MAX_EVENTS_SINCE,
        )


@strawberry.type(description="The thing is archived and takes no such change until restored.")
class Archived(UserError):
    entity_id: strawberry.Private[str]

    @strawberry.field(description="The archived thing as it is now; null if you may not see it.")
    async def current(self, info: Info) -> Node | None:
        return await node_by_id(self.entity_id, info.context)


@strawberry.type(description="Any other reason; its code says which.")
class CommandRefused(UserError):
    pass


def errors_of(rejected: rejections.CommandRejected) -> list[UserError]:
    """The rejections behind an exception, as the schema's types; the first 1,000 of them."""
    position = rejected.position or 0
    return [_error(rejection, position) for rejection in rejected.rejections[:MAX_ERRORS]]


def _error(rejection: rejections.Rejection, position: int) -> UserError:
    common: dict[str, Any] = {
        "code": ErrorCode(rejection.code),
        "message": rejection.message,
        "path": list(rejection.path),
    }
    return _TYPES[type(rejection)](common, rejection, position)


def _taken(common: dict[str, Any], rejection: Any, _: int) -> UserError:
    return CodeTaken(**common, holder=rejection.held_by)


def _version_conflict(common: dict[str, Any], rejection: Any, position: int) -> UserError:
    return VersionConflict(
        **common,
        entity_id=rejection.entity_id,
        expected=rejection.expected,
        position=position,
        current_version=rejection.current,
    )


def _archived(common: dict[str, Any], rejection: Any, _: int) -> UserError:
    return Archived(**common, entity_id=rejection.entity_id)


_TYPES: dict[type, Callable[[dict[str, Any], Any, int], UserError]] = {
    rejections.InvalidValue: lambda common, _, __: InvalidValue(**common),
    rejections.NotFound: lambda common, _, __: NotFound(**common),
    rejections.GenericRejection: lambda common, _, __: CommandRefused(**common),
    rejections.Taken: _taken,
    rejections.VersionConflict: _version_conflict,
    rejections.Archived: _archived,
}
