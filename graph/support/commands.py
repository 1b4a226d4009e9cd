"""From a mutation's input to a command, and from its outcome to a payload's common part."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from domain.dispatch import Outcome, Unavailable
from domain.kernel.command import Command
from domain.kernel.envelope import Channel, Request
from domain.kernel.inspection import Inspection
from domain.kernel.read_model_late import ReadModelLate
from domain.kernel.refusals import Refused
from domain.kernel.values import (
    CommandId,
    Reason,
    new_command_id,
    parse_command_id,
    parse_reason,
)
from domain.policy import Permission, require
from graph.support.context import Context
from graph.support.errors import QueryError, QueryErrorCode

Build = Callable[[Reason | None], Command]
"""Makes the command out of an input; Refused when the input will not do."""


class CommandInput(Protocol):
    """What every mutation's input may carry."""

    @property
    def command_id(self) -> str | None: ...

    @property
    def reason(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a mutation: an outcome, or a refusal."""

    command_id: str | None
    command: Command | None = None
    outcome: Outcome | None = None
    refused: Refused | None = None

    @property
    def position(self) -> int | None:
        """Where the log stood when this was decided, when it was asked."""
        if self.outcome is not None:
            return self.outcome.position
        return None if self.refused is None else self.refused.position


async def carry_out(
    context: Context,
    input: CommandInput,
    permission: Permission,
    build: Build,
    channel: Channel | None = None,
    cause: str | None = None,
) -> Answer:
    """Builds the command and dispatches it.

    Everything that is wrong with the input is reported at once. QueryError UNAVAILABLE when the
    log could not be asked, READ_MODEL_BEHIND when what it is decided on is late.
    """
    command_id = new_command_id()
    try:
        require(context.principal, permission)
        command, request = _prepared(context, input, build, command_id, channel, cause)
        await context.site.actors.note(context.principal)
        context.commands = True
        with _told():
            outcome = await context.site.dispatch(command, request)
        context.renew_loaders()  # what an earlier mutation of the operation loaded may be past
    except Refused as refused:
        return Answer(input.command_id or command_id, refused=refused)
    return Answer(outcome.command_id, command, outcome)


async def rehearsed(
    context: Context,
    input: CommandInput,
    permission: Permission,
    build: Build,
    channel: Channel | None = None,
    cause: str | None = None,
) -> Answer:
    """The same without recording anything: the command then knows what it would do."""
    command_id = input.command_id or new_command_id()
    try:
        require(context.principal, permission)
        command, request = _prepared(context, input, build, new_command_id(), channel, cause)
        with _told():
            await context.site.rehearse(command, request)
    except Refused as refused:
        return Answer(command_id, refused=refused)
    return Answer(command_id, command)


@contextmanager
def _told() -> Iterator[None]:
    """Tells a client that may try again that it may."""
    try:
        yield
    except Unavailable as unavailable:
        raise QueryError(
            QueryErrorCode.UNAVAILABLE, f"{unavailable}.", commandId=unavailable.command_id
        ) from unavailable
    except ReadModelLate as late:
        raise QueryError(QueryErrorCode.READ_MODEL_BEHIND, f"Try again: {late}.") from late


def _prepared(
    context: Context,
    input: CommandInput,
    build: Build,
    made: CommandId,
    channel: Channel | None,
    cause: str | None,
) -> tuple[Command, Request]:
    inspection = Inspection()
    given = made if input.command_id is None else input.command_id
    command_id = inspection.read(("commandId",), parse_command_id, given, made)
    reason = inspection.read(("reason",), parse_reason, input.reason or "", None)
    try:
        command = build(reason)
    except Refused as refused:
        for refusal in refused.refusals:
            inspection.refuse(refusal)
    inspection.close()
    return command, Request(
        principal=context.principal,
        channel=channel or context.channel,
        correlation_id=context.request_id,
        causation_id=cause,
        command_id=command_id,
        reason=reason,
    )
