"""The principal: the author of a command or a query."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """A principal's role on the site, in the words of tokens, settings and events."""

    SITE_ADMIN = "site-admin"
    TRAINING_MANAGER = "training-manager"
    AUDITOR = "auditor"
    LEARNER = "learner"


class ActorKind(StrEnum):
    """A person, another program, or a part of this system acting by a rule."""

    USER = "user"
    SERVICE = "service"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Principal:
    """The authenticated author of a command or a query.

    `id` is opaque and the only part that is ever recorded (with `kind` and `roles`); `display_name`
    is for answers to people and never enters the log, a tag or a log line. `identifiers` are keyed
    hashes of the token's names for its subject: by them that name is forgotten when the person is
    erased.
    """

    id: str
    kind: ActorKind
    roles: frozenset[Role]
    display_name: str
    on_behalf_of: str | None = None
    identifiers: tuple[str, ...] = ()


SYSTEM = Principal(
    id="system", kind=ActorKind.SYSTEM, roles=frozenset(Role), display_name="User Segments"
)
"""The service itself, as the actor of what it does by its own rules (demo content, for one)."""
