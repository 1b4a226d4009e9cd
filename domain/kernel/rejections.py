"""Why a command is refused. A refusal is an answer, not an accident: nothing was recorded.

Refused                     what is raised; holds one refusal or several
Refusal                     code, message, path into the input
├── InvalidValue            INVALID
├── NotFound                NOT_FOUND
├── Taken                   CODE_TAKEN, USERNAME_TAKEN, EMAIL_TAKEN; held_by
├── VersionConflict         VERSION_CONFLICT, thing, expected, current
└── CommandRefused          ARCHIVED, COMMAND_REUSED, PLAN_STALE, FORBIDDEN …
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Path = tuple[str, ...]


class RefusalCode(StrEnum):
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
class Refusal:
    """One reason why not. `path` leads into the input, list places counted from 0."""

    code: RefusalCode
    message: str
    path: Path = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InvalidValue(Refusal):
    """A value breaks a rule that its description states."""

    code: RefusalCode = RefusalCode.INVALID


@dataclass(frozen=True, slots=True, kw_only=True)
class NotFound(Refusal):
    """The input names a thing that is not there."""

    code: RefusalCode = RefusalCode.NOT_FOUND


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken(Refusal):
    """Another thing holds the code, username or address: `held_by` is its id."""

    code: RefusalCode = RefusalCode.CODE_TAKEN
    held_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionConflict(Refusal):
    """The thing has moved on: the client last saw it at `expected`, it is now at `current`."""

    code: RefusalCode = RefusalCode.VERSION_CONFLICT
    thing: str
    expected: int
    current: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandRefused(Refusal):
    """Any other refusal; the code says which."""


class Refused(Exception):
    """A command was refused for one reason or several; nothing was recorded.

    `position` is where the log stood when that was decided, when the log was asked at all.
    """

    def __init__(self, *refusals: Refusal, position: int | None = None) -> None:
        super().__init__("; ".join(f"{r.code}: {r.message}" for r in refusals))
        self.refusals = refusals
        self.position = position


def reason_required() -> Refusal:
    """The command asks for a reason (Command.REASON_REQUIRED)."""
    return InvalidValue(message="A reason is required.", path=("reason",))
