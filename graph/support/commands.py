"""Executing commands: from a mutation's input to a command, and to its result."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeVar

from domain.command_result import CommandResult, Unavailable
from domain.kernel.commands.command import Command
from domain.kernel.envelope import Channel, CommandRequest
from domain.kernel.input_validation import InputValidation
from domain.kernel.read_model_behind import ReadModelBehind
from domain.kernel.rejections import CommandRejected, reason_required
from domain.kernel.values import (
    CommandId,
    new_command_id,
    parse_command_id,
    parse_reason,
)
from domain.policy import require
from graph.support.context import Context
from graph.support.errors import QueryError, QueryErrorCode

C = TypeVar("C", bound=Command)
C_co = TypeVar("C_co", bound=Command, covariant=True)


class CommandInput(Protocol):
    """The fields that the input of every mutation has."""

    @property
    def command_id(self) -> str | None: ...

    @property
    def reason(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class MutationResult(Generic[C_co]):
    """A command with its result, or a rejection; a dry run has neither."""

    command_id: str | None
    command: C_co | None = None
    result: CommandResult | None = None
    rejected: CommandRejected | None = None

    @property
    def position(self) -> int | None:
        """The log's position at which the command was decided, when the log was asked."""
        if self.result is not None:
            return self.result.position
        return None if self.rejected is None else self.rejected.position


async def execute_command(
    context: Context,
    input: CommandInput,
    kind: type[C],
    make: Callable[[], C],
    *,
    dry_run: bool = False,
    channel: Channel | None = None,
    cause: str | None = None,
) -> MutationResult[C]:
    """Makes a command of a kind and dispatches it; a dry run only finds out what it would do.

    Everything that is wrong with the input is reported at once. QueryError UNAVAILABLE when the
    log could not be asked, READ_MODEL_BEHIND when what it is decided on is late.
    """
    new_id = new_command_id()
    try:
        require(context.principal, kind.PERMISSION)
        command, request = _build_request(context, input, kind, make, new_id)
        request = replace(request, channel=channel or context.channel, causation_id=cause)
        await context.read_anew()  # no connection is held while the command waits for others
        with _as_query_errors():
            if dry_run:
                await context.site.commands.dry_run(command, replace(request, command_id=new_id))
                return MutationResult(input.command_id or new_id, command)
            result = await _dispatch(context, command, request)
    except CommandRejected as rejected:
        await context.read_anew(rejected.position)
        return MutationResult(input.command_id or new_id, rejected=rejected)
    return MutationResult(result.command_id, command, result)


async def _dispatch(context: Context, command: Command, request: CommandRequest) -> CommandResult:
    await context.site.reads.actors.note(context.principal)
    context.has_dispatched = True
    result = await context.site.commands.dispatch(command, request)
    context.commanded_at = result.position
    await context.read_anew(result.position)
    return result


@contextmanager
def _as_query_errors() -> Iterator[None]:
    """Turns failures after which a client may try again into QueryErrors."""
    try:
        yield
    except Unavailable as unavailable:
        raise QueryError(
            QueryErrorCode.UNAVAILABLE, f"{unavailable}.", commandId=unavailable.command_id
        ) from unavailable
    except ReadModelBehind as late:
        raise QueryError(QueryErrorCode.READ_MODEL_BEHIND, f"Try again: {late}.") from late


def _build_request(
    context: Context, input: CommandInput, kind: type[C], make: Callable[[], C], new_id: CommandId
) -> tuple[C, CommandRequest]:
    """The command and its request. CommandRejected with all that is wrong with the input."""
    validation = InputValidation()
    given = new_id if input.command_id is None else input.command_id
    command_id = validation.read(("commandId",), parse_command_id, given, new_id)
    reason = validation.read(("reason",), parse_reason, input.reason or "", None)
    if kind.REASON_REQUIRED and not (input.reason or "").strip():
        validation.refuse(reason_required())
    try:
        command = make()
    except CommandRejected as rejected:
        for rejection in rejected.rejections:
            validation.refuse(rejection)
    validation.close()
    return command, CommandRequest(
        principal=context.principal,
        channel=context.channel,
        correlation_id=context.request_id,
        command_id=command_id,
        reason=reason,
    )
