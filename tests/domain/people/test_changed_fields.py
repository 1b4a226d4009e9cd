"""What an event changed of somebody who was there."""

from __future__ import annotations

from typing import Any

import pytest

from domain.kernel.change import Change
from domain.kernel.event import Event
from domain.people.changed_fields import changed_fields
from domain.people.events import RolesAssigned, UserCreated, UserEdited, UserErased, UserRemoved
from domain.people.values import UserStatus

_STATUS = Change(before=UserStatus.ACTIVE, after=UserStatus.SUSPENDED)
_ROLES: Change[tuple[Any, ...]] = Change(before=(), after=())
_HASHES: dict[str, Any] = {"username_hash": "", "email_hash": "", "code_hash": None}


def _edit(*fields: str, status: Change[UserStatus] | None = None) -> Event:
    return UserEdited(user_id="a", version=2, fields=fields, sealed=None, status=status)


EVENTS: dict[str, tuple[Event, set[str]]] = {
    "fields": (_edit("code", "email"), {"code", "email"}),
    "a status": (_edit(status=_STATUS), {"status"}),
    "both": (_edit("code", status=_STATUS), {"code", "status"}),
    "roles": (RolesAssigned(user_id="a", version=2, roles=_ROLES), {"roles"}),
    "somebody came": (
        UserCreated(user_id="a", version=1, sealed="", roles=(), **_HASHES),
        set(),
    ),
    "somebody went": (UserRemoved(user_id="a", version=2, **_HASHES), set()),
    "somebody was erased": (UserErased(user_id="a", version=2, **_HASHES), set()),
}


@pytest.mark.parametrize(("event", "changed"), EVENTS.values(), ids=EVENTS)
def test_edits_change_fields_and_status_assignments_roles(event: Event, changed: set[str]) -> None:
    """By their names; who comes or goes does so as a whole."""
    assert changed_fields(event) == changed
