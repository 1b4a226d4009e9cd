"""The policy: each role's permissions, as one table (docs/reference/http.md has it, too)."""

from __future__ import annotations

from domain.kernel.permission import Permission
from domain.kernel.principal import Principal, Role
from domain.kernel.rejections import CommandRejected, GenericRejection, RejectionCode

ADMIN, TRAINER, AUDITOR, LEARNER = (
    Role.SITE_ADMIN,
    Role.TRAINING_MANAGER,
    Role.AUDITOR,
    Role.LEARNER,
)

POLICY: dict[Permission, frozenset[Role]] = {
    Permission.SEE_ALL_SEGMENTS: frozenset({ADMIN, TRAINER, AUDITOR}),
    Permission.SEE_OWN_SEGMENTS: frozenset({ADMIN, TRAINER, AUDITOR, LEARNER}),
    Permission.SEE_THE_PAST: frozenset({ADMIN, TRAINER, AUDITOR}),
    Permission.CHANGE_SEGMENTS: frozenset({ADMIN, TRAINER}),
    Permission.DELETE_SEGMENTS: frozenset({ADMIN}),
    Permission.SEE_THE_LOG: frozenset({ADMIN, AUDITOR}),
    Permission.SEE_ALL_USERS: frozenset({ADMIN, TRAINER, AUDITOR}),
    Permission.SEE_ONESELF: frozenset({ADMIN, TRAINER, AUDITOR, LEARNER}),
    Permission.CHANGE_MEMBERS: frozenset({ADMIN, TRAINER}),
    Permission.UNDO_OWN: frozenset({ADMIN, TRAINER}),
    Permission.UNDO_ANY: frozenset({ADMIN}),
    Permission.CHANGE_USERS: frozenset({ADMIN}),
    Permission.SEE_LOG_STATUS: frozenset({ADMIN, TRAINER, AUDITOR, LEARNER}),
}


def may(principal: Principal, permission: Permission) -> bool:
    """Whether one of the principal's roles grants it."""
    return not principal.roles.isdisjoint(POLICY[permission])


def require(principal: Principal, permission: Permission) -> None:
    """CommandRejected with FORBIDDEN when no role of the principal grants it."""
    if not may(principal, permission):
        message = f"Your roles do not let you {permission}."
        raise CommandRejected(GenericRejection(code=RejectionCode.FORBIDDEN, message=message))
