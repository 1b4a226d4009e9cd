"""Reverts edits of users: decrypted, reversed, and encrypted again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from domain.kernel.change import Change
from domain.log import RecordedEvent
from domain.people.event_factories import user_edited
from domain.people.events import UserEdited
from domain.people.identifiers.hashes import IdentifierHasher, IdentifierHashes
from domain.people.identifiers.lookup import UserKey
from domain.people.person import (
    Person,
    PersonEdit,
    apply_edit,
    changed,
    content_of,
    edit_in,
    fields_of,
)
from domain.people.state import User
from domain.people.values import UserStatus
from domain.people.vault import Vault
from domain.undo.plan import UndoPlan
from domain.undo.prefetch import UserChanges
from domain.undo.reasons import USER_FIELD_LABELS, field_changed

IsClaimed = Callable[[User, UserKey, str], bool]


@dataclass(frozen=True, slots=True)
class _DecryptedEdit:
    person: Person
    edit: PersonEdit


class UserEdits:
    """Reverts the edits of a batch of a command's events."""

    def __init__(
        self, plan: UndoPlan, changes: UserChanges, hashes: IdentifierHasher, vault: Vault
    ) -> None:
        self._plan = plan
        self._changes = changes
        self._hashes = hashes
        self._vault = vault
        self._decrypted: dict[int, _DecryptedEdit] = {}

    def load(self, edited: Sequence[tuple[RecordedEvent, User]]) -> None:
        """Decrypts the content of these events, all in one call."""
        self._decrypted = {}
        sealed = [
            (recorded.position, user, recorded.event.sealed)
            for recorded, user in edited
            if isinstance(recorded.event, UserEdited) and recorded.event.sealed is not None
        ]
        ciphertexts = [
            ciphertext
            for _, user, edit in sealed
            for ciphertext in (*user.encrypted, (user.id, edit))
        ]
        contents = iter(self._vault.decrypt(ciphertexts) if ciphertexts else ())
        for position, user, _ in sealed:
            person = user.person_in(list(islice(contents, len(user.encrypted))))
            edit = next(contents)
            if person is not None and edit is not None:
                self._decrypted[position] = _DecryptedEdit(person, edit_in(edit))

    def opposite(
        self,
        recorded: RecordedEvent,
        user: User,
        status: Change[UserStatus] | None,
        is_claimed: IsClaimed,
    ) -> UserEdited | None:
        """Returns the fields as they were before, without those that have conflicts."""
        opened = self._decrypted.get(recorded.position)
        if opened is None:
            person, edit = None, PersonEdit()
        else:
            person = opened.person
            edit = self._wanted(recorded, user, opened, is_claimed)
        fields = fields_of(edit)
        ciphertext = (
            self._vault.encrypt({user.id: content_of(edit)}).get(user.id) if fields else None
        )
        if (fields and ciphertext is None) or not (fields or status):
            return None
        if person is None:
            return _status_alone(user, status)
        version = user.version + 1
        return user_edited(user.id, version, person, edit, ciphertext, self._hashes, status)

    def _wanted(
        self, event: RecordedEvent, user: User, opened: _DecryptedEdit, is_claimed: IsClaimed
    ) -> PersonEdit:
        wanted: dict[str, Any] = {}
        for field in fields_of(opened.edit):
            again = self._changes.of(event, field)
            if not self._plan.add_conflict(again, field_changed(USER_FIELD_LABELS[field])):
                wanted[field] = getattr(opened.edit, field).before
        edit = changed(opened.person, wanted)
        held, now = self._hashes.of(opened.person), self._hashes.of(apply_edit(opened.person, edit))
        taken = {by.value for by, h in _differing(held, now) if is_claimed(user, by, h)}
        kept = {field: value for field, value in wanted.items() if field not in taken}
        return changed(opened.person, kept)


def _differing(before: IdentifierHashes, now: IdentifierHashes) -> Iterator[tuple[UserKey, str]]:
    if now.username != before.username:
        yield UserKey.USERNAME, now.username
    if now.email != before.email:
        yield UserKey.EMAIL, now.email
    if now.code is not None and now.code != before.code:
        yield UserKey.CODE, now.code


def _status_alone(user: User, status: Change[UserStatus] | None) -> UserEdited:
    return UserEdited(
        user_id=user.id, version=user.version + 1, fields=(), sealed=None, status=status
    )
