"""Folds events about people into rows of the directory, as it is now.

Sealed data is decrypted with the keys in the vault. A user whose key is destroyed is erased,
whatever later events of the log say of them: so a read model that is built anew shows them as the
old one does.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from cryptography.exceptions import InvalidTag
from psycopg import Cursor

from domain.kernel.event import Event
from domain.log import RecordedEvent
from domain.memberships.events import MembersAdded, MembersRemoved
from domain.people.changed_fields import changed_fields
from domain.people.events import (
    PEOPLE_EVENTS,
    RolesAssigned,
    UserCreated,
    UserEdited,
    UserErased,
    UserReinstated,
    UserRemoved,
)
from domain.people.person import apply_edit, edit_in, person_in
from domain.people.values import UserStatus
from projections.people.encryption import decrypt
from projections.people.erasure import erase
from projections.people.row import UserRow
from projections.people.tables import UserTables, digits_of

T = TypeVar("T")


class PeopleFold:
    """Folds a batch of events about people; `numbers_of` tells other folds the users' numbers."""

    def __init__(self) -> None:
        self._rows: dict[str, UserRow] = {}
        self._known: list[str] = []
        self._numbers: dict[str, int] = {}
        self._keys: dict[str, bytes] = {}
        self._next_number = 0
        self._erased: list[UserRow] = []
        self._changes: list[tuple[int, str, int]] = []

    def load(self, cursor: Cursor[Any], events: Sequence[RecordedEvent]) -> None:
        tables = UserTables(cursor)
        about = {
            _user_of(event) for recorded in events if is_about_a_person(event := recorded.event)
        }
        self._rows = {f"user_{digits}": r for digits, r in tables.rows(digits_of(about)).items()}
        self._known = [row.id for row in self._rows.values()]
        self._keys = tables.keys(digits_of(about))
        self._numbers = tables.numbers(_mentioned(events).difference(about))
        self._numbers |= {user: row.number for user, row in self._rows.items()}
        self._next_number = tables.next_number()

    def number_of(self, user_id: str) -> int:
        """Returns a user's number. LookupError for an id that was never given."""
        return self.numbers_of([user_id])[0]

    def numbers_of(self, user_ids: Sequence[str]) -> list[int]:
        """Returns the number of each, in the same order. LookupError for an id that was never
        given.
        """
        numbers = list(map(self._numbers.get, user_ids))
        if None in numbers:
            raise LookupError(f"there never was a {user_ids[numbers.index(None)]}")
        return numbers  # type: ignore[return-value]

    def fold(self, recorded: RecordedEvent) -> None:
        event = recorded.event
        if isinstance(event, UserCreated):
            self._create(event, recorded)
        elif is_about_a_person(event):
            row = self._rows.get(_user_of(event))
            if row is None:
                raise ValueError(f"{event.TOPIC} at {recorded.position} is about nobody")
            row.version = event.version  # type: ignore[attr-defined]  # each of them has it
            row.updated_at = recorded.envelope.recorded_at
            self._change(row, event)
            fields = sorted(changed_fields(event))
            self._changes += [(row.number, field, recorded.position) for field in fields]

    def write(self, cursor: Cursor[Any]) -> None:
        tables = UserTables(cursor)
        tables.replace(self._known, self._rows.values())
        tables.add_changes(self._changes)
        erase(cursor, self._erased)

    def _create(self, event: UserCreated, recorded: RecordedEvent) -> None:
        at = recorded.envelope.recorded_at
        row = _blank(self._next_number, event, at)
        self._next_number += 1
        self._rows[event.user_id] = row
        self._numbers[event.user_id] = row.number
        person = self._opened(row, event.user_id, event.sealed, person_in)
        if person is None:
            row.empty()
        else:
            row.take(person)

    def _change(self, row: UserRow, event: Event) -> None:
        if isinstance(event, UserEdited):
            self._edit(row, event)
        elif isinstance(event, RolesAssigned) and not row.is_empty:
            row.roles = [role.value for role in event.roles.after]
        elif isinstance(event, UserErased):
            row.empty()
            self._erased.append(row)
        elif isinstance(event, UserRemoved) and not row.is_empty:
            row.status = UserStatus.REMOVED.value
        elif isinstance(event, UserReinstated) and not row.is_empty:
            row.status = UserStatus.ACTIVE.value

    def _edit(self, row: UserRow, event: UserEdited) -> None:
        if event.username_hash is not None:
            row.username_hash = event.username_hash.after
        if event.email_hash is not None:
            row.email_hash = event.email_hash.after
        if event.code_hash is not None:
            row.code_hash = event.code_hash.after
        if row.is_empty:
            return
        if event.status is not None:
            row.status = event.status.after.value
        if event.sealed is not None:
            edit = self._opened(row, event.user_id, event.sealed, edit_in)
            if edit is None:
                row.empty()
            else:
                row.take(apply_edit(row.person, edit))

    def _opened(self, row: UserRow, user: str, sealed: str, read: Callable[[bytes], T]) -> T | None:
        """Decrypts sealed data; None when the key, or the one that it was sealed with, is
        destroyed.
        """
        key = self._keys.get(row.id)
        try:
            return None if key is None else read(decrypt(key, user, sealed))
        except InvalidTag:
            return None


def is_about_a_person(event: Event) -> bool:
    """Whether an event is one of a user's own."""
    return isinstance(event, PEOPLE_EVENTS)


def _user_of(event: Event) -> str:
    user: str = event.user_id  # type: ignore[attr-defined]  # every event about a person has one
    return user


def _mentioned(events: Sequence[RecordedEvent]) -> set[str]:
    """Returns the ids of the users whose memberships the events change."""
    users: set[str] = set()
    for recorded in events:
        if isinstance(recorded.event, MembersAdded | MembersRemoved):
            users.update(recorded.event.user_ids)
    return users


def _blank(number: int, event: UserCreated, at: str) -> UserRow:
    return UserRow(
        number=number,
        id=event.user_id.partition("_")[2],
        username="",
        email="",
        email_key="",
        first_name="",
        last_name="",
        code=None,
        code_key=None,
        name_key=b"",
        status=UserStatus.ACTIVE.value,
        roles=[role.value for role in event.roles],
        version=event.version,
        created_at=at,
        updated_at=at,
        search="",
        username_hash=event.username_hash,
        email_hash=event.email_hash,
        code_hash=event.code_hash,
    )
