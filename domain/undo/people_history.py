"""What became of people after an event: no more than an undo tells of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, Protocol

from domain.log import RecordedEvent
from domain.people.identifiers.lookup import UserKey
from domain.people.snapshot import PeopleSnapshot
from domain.people.state import User


class ChangeQuery(NamedTuple):
    """A question: which events of other commands changed something of somebody after a position."""

    user_id: str
    field: str | None
    """One of domain.people.changed_fields; None for all that is told of them."""
    after: int


class PeopleHistory(PeopleSnapshot, Protocol):
    """Answers as of one position. What is asked of events leaves out those of the command that is
    taken back (`but`). Of many events no more are found than are told: those at the first
    MAX_CONFLICTS positions, and of each question the first one.
    """

    def current_users(self, user_ids: Collection[str]) -> Mapping[str, User]:
        """Those of them who are or ever were on the site; what is sealed of them is opened."""
        ...

    def user_changes(
        self, asked: Collection[ChangeQuery], but: str
    ) -> Mapping[ChangeQuery, Sequence[int]]:
        """Where the events are that each question asks for, the first one first; the keys are those
        for which there are any.
        """
        ...

    def membership_changes(
        self, user_ids: Collection[str], after: int, but: str = ""
    ) -> Mapping[str, Sequence[int]]:
        """For each of them the positions after `after` at which memberships began or ended."""
        ...

    def identifier_claims(
        self, by: UserKey, hashes: Collection[str]
    ) -> Mapping[str, RecordedEvent]:
        """By the hashes of what somebody on the site has now: the event by which they took it."""
        ...
