"""One principal of every role, as the graph knows them."""

from __future__ import annotations

from typing import Any

from domain.kernel.principal import ActorKind, Principal, Role

ROLES = tuple(Role)


def person(*roles: Role, name: str = "") -> Principal:
    """Somebody with those roles."""
    called = name or "-".join(roles) or "nobody"
    return Principal(
        id=f"person_{called}",
        kind=ActorKind.USER,
        roles=frozenset(roles),
        display_name=called.replace("-", " ").title(),
    )


ADMIN = person(Role.SITE_ADMIN)
TRAINER = person(Role.TRAINING_MANAGER)
AUDITOR = person(Role.AUDITOR)
LEARNER = person(Role.LEARNER)
NOBODY = person()
"""Signed in, and of no role."""

EVERYBODY = (ADMIN, TRAINER, AUDITOR, LEARNER, NOBODY)


def all_but(*allowed: Principal) -> list[Principal]:
    """Everybody who is not among those."""
    others = [principal for principal in EVERYBODY if principal not in allowed]
    assert others
    return others


def name_of(principal: Principal) -> str:
    """For pytest: what a case about somebody is called."""
    return principal.display_name


def acting_as(user: dict[str, Any], *roles: Role) -> Principal:
    """Somebody of the directory, with those roles."""
    return Principal(
        id=user["id"],
        kind=ActorKind.USER,
        roles=frozenset(roles),
        display_name=user["displayName"],
    )
