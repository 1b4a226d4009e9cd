"""The metadata of every event: actor, reason, time, channel and command."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import msgspec

from domain.kernel.clock import parse_instant
from domain.kernel.principal import ActorKind, Principal, Role
from domain.kernel.values import CommandId, Reason


class Channel(StrEnum):
    """The channel through which a command came."""

    API = "API"
    CONSOLE = "CONSOLE"
    CLI = "CLI"
    UPLOAD = "UPLOAD"
    RULE = "RULE"
    SYSTEM = "SYSTEM"


class ActorStamp(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The actor as recorded: an opaque id, never a name, with the roles held then (sorted)."""

    id: str
    kind: ActorKind
    roles: tuple[Role, ...]


class UploadSummary(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A committed upload and its results: recorded with the first event of its command.

    Nothing tells what was in the file: its digest would, to anybody who can guess a row (ADR 35).
    """

    name: str
    rows_read: int
    rows_rejected: int
    created: int
    updated: int
    unchanged: int


class UploadNote(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """The place in an uploaded file that an event comes from; `row` is the line where it starts."""

    row: int | None = None
    file: UploadSummary | None = None


class Envelope(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """Recorded with every event. Its field names are a public API, like the event's own.

    `upload` is left out of the bytes of an event that did not come from a file.
    """

    actor: ActorStamp
    on_behalf_of: str | None
    channel: Channel
    reason: str | None
    command_id: str
    correlation_id: str
    causation_id: str | None
    recorded_at: str
    schema_version: int
    request_hash: str
    upload: UploadNote | None = None

    @property
    def instant(self) -> datetime:
        """`recorded_at` as a time in UTC."""
        return parse_instant(self.recorded_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandRequest:
    """The context of a command: principal, reason, channel and ids."""

    principal: Principal
    channel: Channel
    correlation_id: str
    command_id: CommandId | None = None
    reason: Reason | None = None
    causation_id: str | None = None


def stamp(principal: Principal) -> ActorStamp:
    """Returns the part of a principal that may be recorded."""
    return ActorStamp(id=principal.id, kind=principal.kind, roles=tuple(sorted(principal.roles)))


def command_tag(command_id: str) -> str:
    """Returns the tag of every event that the command with that id recorded."""
    return f"command:{command_id}"
