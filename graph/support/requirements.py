"""What a field requires, as the last sentence of its description: made from the policy."""

from __future__ import annotations

from domain.kernel.permission import Permission
from domain.kernel.principal import Role
from domain.policy import POLICY


def requires(permission: Permission) -> str:
    """The sentence that names a permission, as `viewerMay` does, and the roles that have it."""
    roles = POLICY[permission]
    held = [role.name for role in Role if role in roles]
    return (
        f" Requires: {permission.name} ({'any role' if roles == set(Role) else ', '.join(held)})."
    )
