"""Payloads: the fields that the payloads of all mutations share, and the segment of some."""

from collections.abc import Awaitable, Callable
from typing import Any, Self, TypeVar, dataclass_transform

import strawberry
from strawberry.types.field import StrawberryField

from domain.kernel.commands.command import Command
from domain.kernel.event import Event
from domain.kernel.ids import SEGMENT, uuid_in
from domain.kernel.read_model_behind import ReadModelBehind
from domain.segments.create_segment import CreateSegment
from domain.segments.segment_command import SegmentCommand
from domain.segments.state import segment_of
from graph.objects.segment import UserSegment
from graph.objects.user_errors import UserError, errors_of
from graph.support.commands import MutationResult
from graph.support.context import Context, Info
from graph.support.scalars import LogPosition

T = TypeVar("T")
C = TypeVar("C", bound=Command)


@strawberry.type
class Payload:
    """The base of all payloads."""

    command_id: strawberry.ID | None = strawberry.field(
        description="The `commandId` you sent, or one made for you. Undo takes it."
    )
    position: LogPosition | None = strawberry.field(
        description="Log position after this command; null when the log was not asked. Give it as"
        " minPosition to see what was done."
    )
    replayed: bool = strawberry.field(
        description="Whether an earlier sending of this commandId had done it: nothing was recorded"
        " this time."
    )
    errors: list[UserError] = strawberry.field(
        description="Why the command was refused, empty if it was done. If not empty, nothing was"
        " recorded."
    )

    @classmethod
    def build(cls, mutation: MutationResult[Command], **own: Any) -> Self:
        """The payload of a mutation, with the fields that are a subclass's own."""
        common = {
            "command_id": mutation.command_id,
            "position": mutation.position,
            "replayed": mutation.result is not None and mutation.result.repeated,
            "errors": errors_of(mutation.rejected) if mutation.rejected else [],
        }
        return cls(**(common | own))


COMMON = ("command_id", "position", "replayed", "errors")


@dataclass_transform(kw_only_default=True, field_specifiers=(strawberry.field, StrawberryField))
def payload(*, description: str) -> Callable[[type[T]], type[T]]:
    """Makes a subclass of Payload a type of the schema: its own fields come first there, then the
    common ones, and last those that a resolver answers.
    """

    def place(field: StrawberryField) -> int:
        if field.python_name in COMMON:
            return 1
        return 0 if field.base_resolver is None else 2

    def typed(cls: type[T]) -> type[T]:
        made: Any = strawberry.type(cls, description=description)
        made.__strawberry_definition__.fields.sort(key=place)
        return cls

    return typed


@strawberry.type
class SegmentPayload(Payload):
    """The base of payloads with the segment that a command was about."""

    subject: strawberry.Private[str]

    @strawberry.field(
        description="The segment as it is now, at that position or later. Null when refused, or"
        " when it could not be read in time: the command is then done, read it with minPosition."
    )
    async def segment(self, info: Info) -> UserSegment | None:
        uuid = uuid_in(self.subject, SEGMENT)
        if uuid is None:
            return None
        load = info.context.loaders.segment.load
        view = await load_after(self.position, info.context, lambda: load((uuid, None)))
        return None if view is None else UserSegment.of(view)


def segment_id_of(mutation: MutationResult[CreateSegment | SegmentCommand]) -> str:
    """The id of the segment that a command was about; empty when it was rejected."""
    return subject_of(mutation, segment_of, lambda command: command.segment_id)


def subject_of(
    mutation: MutationResult[C], in_event: Callable[[Event], str], of: Callable[[C], str | None]
) -> str:
    """The id of what a command was about; empty when it was rejected.

    A repeated command has not looked it up: its events tell. One that changed nothing has none.
    """
    if mutation.result is None or mutation.command is None:
        return ""
    told = next(filter(None, map(in_event, mutation.result.events)), None)
    return told or of(mutation.command) or ""


async def load_after(
    position: int | None, context: Context, load: Callable[[], Awaitable[T | None]]
) -> T | None:
    """Loads something as it is now, at the position of a command or later; None when the read
    model, or the server that answers, is not there in time.
    """
    if position is None:
        return None
    try:
        return await load() if await context.snapshot.begin() >= position else None
    except ReadModelBehind:
        return None
