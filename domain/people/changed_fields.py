"""The fields that an event changed of an existing user: by them the read model finds it again."""

from __future__ import annotations

from domain.kernel.event import Event
from domain.people.events import RolesAssigned, UserEdited

STATUS = "status"
ROLES = "roles"


def changed_fields(event: Event) -> set[str]:
    """Returns the names of the personal fields, STATUS, ROLES; none of an event of another kind."""
    if isinstance(event, RolesAssigned):
        return {ROLES}
    if not isinstance(event, UserEdited):
        return set()
    return {*event.fields, STATUS} if event.status is not None else set(event.fields)
