"""What is kept of somebody's having asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain.kernel.envelope import Channel
from domain.kernel.principal import Principal, Role

ALLOWED = "ALLOWED"
"""The outcome of what was not refused."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """Somebody asked for something: `operation` is the schema's field, `about` the ids, numbers and
    times among its arguments, `outcome` ALLOWED or the code of the refusal.
    """

    principal: Principal
    operation: str
    about: Mapping[str, Any]
    outcome: str
    channel: Channel
    request_id: str


@dataclass(frozen=True, slots=True)
class AccessEntry:
    """The same as it is read again: the actor by their id alone."""

    id: int
    at: datetime
    actor: str
    roles: Sequence[Role]
    operation: str
    about: Mapping[str, Any]
    outcome: str
    channel: str
    request_id: str
