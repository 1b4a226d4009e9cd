"""Entries of the access log: one for each request to see something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from domain.kernel.envelope import Channel
from domain.kernel.principal import SYSTEM, Principal, Role

ALLOWED = "ALLOWED"
"""The outcome of a request that was not refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """A request to see something: `operation` is the schema's field, `about` the ids, numbers and
    times among its arguments, `outcome` ALLOWED or the code of the refusal.
    """

    principal: Principal
    operation: str
    about: Mapping[str, Any]
    outcome: str
    channel: Channel
    request_id: str


def from_the_command_line(operation: str, **about: Any) -> Access:
    """Returns the entry of a read by somebody with a shell on the machine: nobody signed in, so it
    is the system's.
    """
    return Access(
        principal=SYSTEM,
        operation=operation,
        about=about,
        outcome=ALLOWED,
        channel=Channel.CLI,
        request_id=str(uuid4()),
    )


@dataclass(frozen=True, slots=True)
class AccessEntry:
    """An entry as it is read again: the actor by their id alone."""

    id: int
    at: datetime
    actor: str
    roles: Sequence[Role]
    operation: str
    about: Mapping[str, Any]
    outcome: str
    channel: str
    request_id: str
