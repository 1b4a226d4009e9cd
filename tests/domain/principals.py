"""One person of every role, and one of none."""

from __future__ import annotations

from domain.kernel.principal import ActorKind, Principal, Role


def person(name: str, *roles: Role) -> Principal:
    """Somebody with those roles; the name is the opaque id, too."""
    return Principal(
        id=name, kind=ActorKind.USER, roles=frozenset(roles), display_name=name.title()
    )


ADMIN = person("admin", Role.SITE_ADMIN)
TRAINER = person("trainer", Role.TRAINING_MANAGER)
AUDITOR = person("auditor", Role.AUDITOR)
LEARNER = person("learner", Role.LEARNER)
ANONYMOUS = person("anonymous")
"""Signed in or not, without any role; over HTTP nobody gets as far as this without a token."""
