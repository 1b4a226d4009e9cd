"""The reasons for which a command is rejected. A rejection is an answer, not an accident: nothing
was recorded.

CommandRejected             what is raised; holds one rejection or several
Rejection                   code, message, path into the input
├── InvalidValue            INVALID
├── NotFound                NOT_FOUND
├── Taken                   CODE_TAKEN, USERNAME_TAKEN, EMAIL_TAKEN; held_by
├── VersionConflict         VERSION_CONFLICT, entity_id, expected, current
├── Archived                ARCHIVED, entity_id
└── GenericRejection        COMMAND_REUSED, PLAN_STALE, FORBIDDEN …
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Path = tuple[str, ...]


class RejectionCode(StrEnum):
    """The codes that a client can act on."""

    INVALID = "INVALID"
    NOT_FOUND = "NOT_FOUND"
    CODE_TAKEN = "CODE_TAKEN"
    USERNAME_TAKEN = "USERNAME_TAKEN"
    EMAIL_TAKEN = "EMAIL_TAKEN"
    VERSION_CONFLICT = "VERSION_CONFLICT"
    ARCHIVED = "ARCHIVED"
    COMMAND_REUSED = "COMMAND_REUSED"
    PLAN_STALE = "PLAN_STALE"
    FORBIDDEN = "FORBIDDEN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """One reason for a rejection. `path` leads into the input, list places counted from 0."""

    code: RejectionCode
    message: str
    path: Path = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InvalidValue(Rejection):
    """A value breaks a rule that its description states."""

    code: RejectionCode = RejectionCode.INVALID


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFound(Rejection):
    """The input names a thing that is not there."""

    code: RejectionCode = RejectionCode.NOT_FOUND


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken(Rejection):
    """Another thing holds the code, username or address: `held_by` is its id."""

    code: RejectionCode = RejectionCode.CODE_TAKEN
    held_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionConflict(Rejection):
    """The thing has moved on: the client last saw it at `expected`, it is now at `current`."""

    code: RejectionCode = RejectionCode.VERSION_CONFLICT
    entity_id: str
    expected: int
    current: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived(Rejection):
    """The thing is archived and takes no such change: `entity_id` is its id."""

    code: RejectionCode = RejectionCode.ARCHIVED
    entity_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GenericRejection(Rejection):
    """Any other rejection, told by its code."""


class CommandRejected(Exception):
    """A command was rejected for one reason or several; nothing was recorded.

    `position` is the log's position when that was decided, when the log was asked at all.
    """

    def __init__(self, *rejections: Rejection, position: int | None = None) -> None:
        super().__init__("; ".join(f"{r.code}: {r.message}" for r in rejections))
        self.rejections = rejections
        self.position = position


def reason_required() -> Rejection:
    """Returns the rejection of a command without a reason (Command.REASON_REQUIRED)."""
    return InvalidValue(message="A reason is required.", path=("reason",))
