"""Repeated commands: returns their first result again (ADR 3)."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence

import msgspec

from domain.command_result import CommandResult
from domain.kernel.commands.command import Command
from domain.kernel.envelope import CommandRequest
from domain.kernel.rejections import CommandRejected, GenericRejection, RejectionCode
from domain.kernel.values import CommandId
from domain.log import RecordedEvent


def request_hash(command: Command, request: CommandRequest, key: bytes) -> str:
    """Returns a keyed hash of principal, command and reason: equal for each request with the same
    command.
    """
    content = {
        "mutation": command.NAME,
        "actor": request.principal.id,
        "input": command.content(),
        "reason": request.reason,
    }
    canonical = msgspec.json.encode(content, order="sorted")
    return hmac.new(key, canonical, hashlib.sha256).hexdigest()


def first_result(
    recorded: Sequence[RecordedEvent], command_id: CommandId, hashed: str, head: int
) -> CommandResult:
    """Returns the result of the request that recorded these events, of which there is at least one.

    CommandRejected COMMAND_REUSED, at `head`, when it was another command.
    """
    first = recorded[0].envelope
    if first.request_hash != hashed:
        raise CommandRejected(_command_reused(), position=head)
    events = tuple(each.event for each in recorded)
    position, origin = recorded[-1].position, first.upload
    return CommandResult(command_id, position, events, repeated=True, origin=origin)


def _command_reused() -> GenericRejection:
    message = "This commandId was used before with different content."
    return GenericRejection(code=RejectionCode.COMMAND_REUSED, message=message, path=("commandId",))
