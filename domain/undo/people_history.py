"""Later events about people: no more than an undo reports of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, Protocol

from domain.log import RecordedEvent
from domain.people.identifiers.lookup import UserKey
from domain.people.snapshot import PeopleSnapshot
from domain.people.state import User


class ChangeQuery(NamedTuple):
    """A question: the events of other commands that changed a user's data after a position."""

    user_id: str
    field: str | None
    """One of domain.people.changed_fields; None for all that is reported of them."""
    after: int


class PeopleHistory(PeopleSnapshot, Protocol):
    """Answers as of one position. Events of the command that is undone (`but`) are left out. Of
    many events no more are found than are reported: those at the first MAX_CONFLICTS positions, and
    of each question the first one.
    """

    def current_users(self, user_ids: Collection[str]) -> Mapping[str, User]:
        """Returns those of them who are or ever were on the site; their sealed data is
        decrypted.
        """
        ...

    def user_changes(
        self, asked: Collection[ChangeQuery], but: str
    ) -> Mapping[ChangeQuery, Sequence[int]]:
        """Maps each question to the positions of its events, the first one first; the keys are
        those for which there are any.
        """
        ...

    def membership_changes(
        self, user_ids: Collection[str], after: int, but: str = ""
    ) -> Mapping[str, Sequence[int]]:
        """Maps each of them to the positions after `after` at which memberships began or ended."""
        ...

    def identifier_claims(
        self, by: UserKey, hashes: Collection[str]
    ) -> Mapping[str, RecordedEvent]:
        """Maps the hashes that users on the site have now to the event by which they took them."""
        ...
