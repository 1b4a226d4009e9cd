"""Summaries of events about people."""

from __future__ import annotations

from collections.abc import Collection

from domain.kernel.event import Event
from domain.kernel.principal import Role
from domain.people.events import (
    PEOPLE_EVENTS,
    RolesAssigned,
    UserCreated,
    UserEdited,
    UserErased,
    UserReinstated,
    UserRemoved,
)
from domain.people.values import UserStatus
from projections.audit.summary_text import Names, Summarize, join_words, name_of

FIELDS = {
    "first_name": "first name",
    "last_name": "last name",
    "username": "username",
    "email": "e-mail address",
    "code": "code",
}
"""The personal fields in the order in which they are listed."""


def named_in(event: Event) -> list[str]:
    """Returns the id of the user whom the sentence names, if any."""
    if isinstance(event, UserErased) or not isinstance(event, PEOPLE_EVENTS):
        return []
    return [event.user_id]  # type: ignore[attr-defined]  # every event about a person has one


def _created(actor: str, event: UserCreated, names: Names) -> str:
    return f"{actor} added the user {name_of(event.user_id, names)}."


def _edited(actor: str, event: UserEdited, names: Names) -> str:
    name = name_of(event.user_id, names)
    changed = [words for field, words in FIELDS.items() if field in event.fields]
    deeds = []
    if changed:
        deeds.append(f"changed the {join_words(changed)} of {name}")
    if event.status is not None:
        suspended = event.status.after is UserStatus.SUSPENDED
        whom = "them" if changed else name
        deeds.append(f"{'suspended' if suspended else 'reactivated'} {whom}")
    return f"{actor} {join_words(deeds)}."


def _roles_assigned(actor: str, event: RolesAssigned, names: Names) -> str:
    name = name_of(event.user_id, names)
    before, now = set(event.roles.before), set(event.roles.after)
    given, taken = now - before, before - now
    deeds = []
    if given:
        deeds.append(f"gave {name} the {_roles(given)}")
    if taken:
        whom = "them" if given else name
        deeds.append(f"took the {_roles(taken)} away from {whom}")
    return f"{actor} {join_words(deeds)}."


def _erased(actor: str, _: UserErased, __: Names) -> str:
    return f"{actor} erased a user: nothing personal is left of them."


def _removed(actor: str, event: UserRemoved, names: Names) -> str:
    return f"{actor} took back that {name_of(event.user_id, names)} was added."


def _reinstated(actor: str, event: UserReinstated, names: Names) -> str:
    return f"{actor} brought the user {name_of(event.user_id, names)} back."


def _roles(roles: Collection[Role]) -> str:
    words = [role.value.replace("-", " ") for role in Role if role in roles]
    return f"role{'s' if len(words) > 1 else ''} {join_words(words)}"


SUMMARIES: dict[type[Event], Summarize] = {
    UserCreated: _created,
    UserEdited: _edited,
    RolesAssigned: _roles_assigned,
    UserErased: _erased,
    UserRemoved: _removed,
    UserReinstated: _reinstated,
}
