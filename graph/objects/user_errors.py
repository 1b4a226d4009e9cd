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


@strawberry.enum(description="Why something was refused.")
class ErrorCode(Enum):
    INVALID = strawberry.enum_value(
        "INVALID", description="A value breaks a rule that the field's description states."
    )
    NOT_FOUND = strawberry.enum_value(
        "NOT_FOUND", description="There is no such thing, or none that may be seen."
    )
    CODE_TAKEN = strawberry.enum_value(
        "CODE_TAKEN", description="Another segment (or user) holds this code."
    )
    USERNAME_TAKEN = strawberry.enum_value(
        "USERNAME_TAKEN", description="Another user has this username."
    )
    EMAIL_TAKEN = strawberry.enum_value(
        "EMAIL_TAKEN", description="Another user has this e-mail address."
    )
    VERSION_CONFLICT = strawberry.enum_value(
        "VERSION_CONFLICT", description="expectedVersion is not the current version."
    )
    ARCHIVED = strawberry.enum_value(
        "ARCHIVED", description="An archived segment takes no change but restore and delete."
    )
    MANAGED = strawberry.enum_value(
        "MANAGED", description="A rule or a sync owns this segment's members."
    )
    HAS_DEPENDENTS = strawberry.enum_value(
        "HAS_DEPENDENTS", description="Something still uses it; the message says what."
    )
    COMMAND_REUSED = strawberry.enum_value(
        "COMMAND_REUSED", description="This commandId was used with different content."
    )
    PLAN_STALE = strawberry.enum_value(
        "PLAN_STALE", description="Something that the dry run relied on has changed since."
    )
    FORBIDDEN = strawberry.enum_value("FORBIDDEN", description="Signed in, but not allowed.")


@strawberry.interface(description="A refusal that a client can act on.")
class UserError:
    code: ErrorCode = strawberry.field(description="What sort of refusal it is.")
    message: str = strawberry.field(description="A sentence for a person.")
    path: list[str] = strawberry.field(
        description='Path into the input, such as ["code"] or ["users", "usernames", "3"].'
    )


@strawberry.type(description="A value breaks a rule that its description states.")
class InvalidValue(UserError):
    pass


@strawberry.type(description="The input names a thing that is not there.")
class NotFound(UserError):
    pass


@strawberry.type(description="Another thing holds this code, username or e-mail address.")
class CodeTaken(UserError):
    holder: strawberry.Private[str]

    @strawberry.field(description="What holds it, as the read model knows it now.")
    async def held_by(self, info: Info) -> Node | None:
        return await node_by_id(self.holder, info.context)


@strawberry.type(description="expectedVersion is not the current version.")
class VersionConflict(UserError):
    entity_id: strawberry.Private[str]
    expected: strawberry.Private[int]
    position: strawberry.Private[int]
    current_version: int = strawberry.field(description="Where the thing is now.")

    @strawberry.field(description="What happened since the expected version, at most 100 events.")
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


@strawberry.type(description="Any other refusal; its code says which.")
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


_TYPES: dict[type, Callable[[dict[str, Any], Any, int], UserError]] = {
    rejections.InvalidValue: lambda common, _, __: InvalidValue(**common),
    rejections.NotFound: lambda common, _, __: NotFound(**common),
    rejections.GenericRejection: lambda common, _, __: CommandRefused(**common),
    rejections.Taken: _taken,
    rejections.VersionConflict: _version_conflict,
}
