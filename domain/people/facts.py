"""Facts about people with their tags, whether a command of one or a file brings them about."""

from __future__ import annotations

from typing import Any

from domain.kernel.change import Change
from domain.kernel.event import Event
from domain.kernel.principal import Role
from domain.people.events import RolesAssigned, UserCreated, UserEdited, UserReinstated, UserRemoved
from domain.people.hashes import Hashed, Hashes
from domain.people.held import HeldChange
from domain.people.person import Person, PersonEdit, after, fields_of
from domain.people.tags import PEOPLE, SITE_ADMINS, user_tag
from domain.people.values import UserStatus

Fact = tuple[type[Event], list[str], dict[str, Any]]
"""The event's class, its tags, its fields."""


def creation(user_id: str, hashed: Hashed, roles: tuple[Role, ...], sealed: str) -> Fact:
    """Somebody new, with sorted roles."""
    fields = {"user_id": user_id, "version": 1, "sealed": sealed, **_held(hashed), "roles": roles}
    return UserCreated, _tags_of_all(user_id, hashed, roles), fields


def removal(user_id: str, version: int, hashed: Hashed, roles: tuple[Role, ...]) -> Fact:
    """Somebody whose creation is taken back."""
    fields = {"user_id": user_id, "version": version, **_held(hashed)}
    return UserRemoved, _tags_of_all(user_id, hashed, roles), fields


def reinstatement(user_id: str, version: int, hashed: Hashed, roles: tuple[Role, ...]) -> Fact:
    """Somebody whose removal is taken back, with sorted roles."""
    fields = {"user_id": user_id, "version": version, **_held(hashed), "roles": roles}
    return UserReinstated, _tags_of_all(user_id, hashed, roles), fields


def alteration(
    user_id: str,
    version: int,
    before: Person,
    edit: PersonEdit,
    sealed: str | None,
    hashes: Hashes,
    status: Change[UserStatus] | None = None,
) -> Fact:
    """Fields of somebody who is `before` until then, or their status, or both."""
    held = HeldChange(hashes.of(before), hashes.of(after(before, edit)))
    fields = {
        "user_id": user_id,
        "version": version,
        "fields": fields_of(edit),
        "sealed": sealed,
        "status": status,
        **held.fields(),
    }
    return UserEdited, [user_tag(user_id), *held.tags(), *([SITE_ADMINS] if status else [])], fields


def assignment(user_id: str, version: int, before: tuple[Role, ...], now: tuple[Role, ...]) -> Fact:
    """Other roles; both are sorted."""
    admins = [SITE_ADMINS] if Role.SITE_ADMIN in {*before, *now} else []
    fields = {"user_id": user_id, "version": version, "roles": Change(before=before, after=now)}
    return RolesAssigned, [user_tag(user_id), *admins], fields


def _held(hashed: Hashed) -> dict[str, Any]:
    return {
        "username_hash": hashed.username,
        "email_hash": hashed.email,
        "code_hash": hashed.code,
    }


def _tags_of_all(user_id: str, hashed: Hashed, roles: tuple[Role, ...]) -> list[str]:
    """Of a fact that takes or frees all that somebody holds."""
    admins = [SITE_ADMINS] if Role.SITE_ADMIN in roles else []
    return [user_tag(user_id), *hashed.tags(), PEOPLE, *admins]
