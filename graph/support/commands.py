"""From a mutation's input to a command, and from its outcome to a payload's common part."""

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


class CommandInput(Protocol):
    """What every mutation's input may carry."""

    @property
    def command_id(self) -> str | None: ...

    @property
    def reason(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class MutationResult(Generic[C]):
    """What became of a mutation: an outcome, or a refusal; of a dry run neither."""

    command_id: str | None
    command: C | None = None
    outcome: CommandResult | None = None
    refused: CommandRejected | None = None

    @property
    def position(self) -> int | None:
        """Where the log stood when this was decided, when it was asked."""
        if self.outcome is not None:
            return self.outcome.position
        return None if self.refused is None else self.refused.position


async def execute_command(
    context: Context,
    input: CommandInput,
    kind: type[C],
    build: Callable[[], C],
    *,
    dry_run: bool = False,
    channel: Channel | None = None,
    cause: str | None = None,
) -> MutationResult[C]:
    """Builds a command of a kind, and dispatches it; a dry run only finds out what it would do.

    Everything that is wrong with the input is reported at once. QueryError UNAVAILABLE when the
    log could not be asked, READ_MODEL_BEHIND when what it is decided on is late.
    """
    made = new_command_id()
    try:
        require(context.principal, kind.PERMISSION)
        command, request = _prepared(context, input, kind, build, made)
        request = replace(request, channel=channel or context.channel, causation_id=cause)
        with _told():
            if dry_run:
                await context.site.dry_run(command, replace(request, command_id=made))
                return MutationResult(input.command_id or made, command)
            outcome = await _dispatched(context, command, request)
    except CommandRejected as refused:
        return MutationResult(input.command_id or made, refused=refused)
    return MutationResult(outcome.command_id, command, outcome)


async def _dispatched(context: Context, command: Command, request: CommandRequest) -> CommandResult:
    await context.site.actors.note(context.principal)
    context.commands = True
    outcome = await context.site.dispatch(command, request)
    context.renew_loaders()  # what an earlier mutation of the operation loaded may be past
    return outcome


@contextmanager
def _told() -> Iterator[None]:
    """Tells a client that may try again that it may."""
    try:
        yield
    except Unavailable as unavailable:
        raise QueryError(
            QueryErrorCode.UNAVAILABLE, f"{unavailable}.", commandId=unavailable.command_id
        ) from unavailable
    except ReadModelBehind as late:
        raise QueryError(QueryErrorCode.READ_MODEL_BEHIND, f"{late} Try again.") from late


def _prepared(
    context: Context, input: CommandInput, kind: type[C], build: Callable[[], C], made: CommandId
) -> tuple[C, CommandRequest]:
    """The command and its request. CommandRejected with all that is wrong with the input."""
    validation = InputValidation()
    given = made if input.command_id is None else input.command_id
    command_id = validation.read(("commandId",), parse_command_id, given, made)
    reason = validation.read(("reason",), parse_reason, input.reason or "", None)
    if kind.REASON_REQUIRED and not (input.reason or "").strip():
        validation.refuse(reason_required())
    try:
        command = build()
    except CommandRejected as refused:
        for refusal in refused.rejections:
            validation.refuse(refusal)
    validation.close()
    return command, CommandRequest(
        principal=context.principal,
        channel=context.channel,
        correlation_id=context.request_id,
        command_id=command_id,
        reason=reason,
    )
