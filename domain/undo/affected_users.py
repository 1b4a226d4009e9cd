"""The users whom some of a command's events are about: their present state, planned events
included, and later events about them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.log import RecordedEvent
from domain.people.changed_fields import changed_fields
from domain.people.events import RolesAssigned, UserCreated, UserEdited, UserReinstated, UserRemoved
from domain.people.identifiers.hashes import IdentifierHashes
from domain.people.identifiers.lookup import UserKey
from domain.people.identifiers.ownership import hash_change
from domain.people.state import User, user_of
from domain.people.tags import user_tag
from domain.undo.people_history import ChangeQuery
from domain.undo.prefetch import Identifier, IdentifierClaims, UserChanges
from domain.undo.snapshot import UndoSnapshot

_CREATIONS = (UserCreated, UserReinstated)
_EXISTENCE_EVENTS = (*_CREATIONS, UserRemoved)
_ALTERATIONS = (UserEdited, RolesAssigned)


class AffectedUsers:
    """The users of a batch of events about people."""

    def __init__(self, site: UndoSnapshot, command_id: str) -> None:
        self.changes = UserChanges(site, command_id)
        self.claims = IdentifierClaims(site)
        self._site = site
        self._states: dict[str, User] = {}
        self._last: dict[str, RecordedEvent] = {}

    def load(self, about: Sequence[RecordedEvent]) -> None:
        """Loads all that reverting these events depends on."""
        ids = {user_of(recorded.event) for recorded in about}
        # The others may have planned changes already.
        self._states.update(self._site.current_users(ids - self._states.keys()))
        joined = [
            user_of(recorded.event) for recorded in about if isinstance(recorded.event, _CREATIONS)
        ]
        self.changes.load(set(self._questions(about)), joined, about[0].position)
        self.claims.load(self._had(about))
        gone = [user_tag(user) for user in ids if not self._is_on_the_site(user)]
        self._last = {
            user_of(recorded.event): recorded for recorded in self._site.last_events(gone)
        }

    def find(self, user_id: str) -> User | None:
        """Returns the present state of a user; None when no event about them could be applied."""
        return self._states.get(user_id)

    def replace(self, user: User) -> None:
        """Replaces the state of a user."""
        self._states[user.id] = user

    def last_events(self, user: User) -> Sequence[RecordedEvent]:
        """Returns the last event about a user."""
        last = self._last.get(user.id)
        return self._site.last_events([user_tag(user.id)]) if last is None else [last]

    def edited(self, about: Sequence[RecordedEvent]) -> list[tuple[RecordedEvent, User]]:
        """Yields those of the events that edited a user who is on the site, with the user."""
        return [
            (recorded, self._states[recorded.event.user_id])
            for recorded in about
            if isinstance(recorded.event, UserEdited)
            and self._is_on_the_site(recorded.event.user_id)
        ]

    def _is_on_the_site(self, user_id: str) -> bool:
        user = self.find(user_id)
        return user is not None and user.is_on_the_site

    def _questions(self, about: Sequence[RecordedEvent]) -> Iterator[ChangeQuery]:
        for recorded in about:
            user = user_of(recorded.event)
            if isinstance(recorded.event, _EXISTENCE_EVENTS):
                yield ChangeQuery(user, None, recorded.position)
            elif isinstance(recorded.event, _ALTERATIONS) and self._is_on_the_site(user):
                for field in changed_fields(recorded.event):
                    yield ChangeQuery(user, field, recorded.position)

    def _had(self, about: Sequence[RecordedEvent]) -> Iterator[Identifier]:
        """Yields the identifiers that users have again once the events are reverted."""
        for recorded in about:
            user = self.find(user_of(recorded.event))
            if user is not None and isinstance(recorded.event, UserRemoved):
                yield from identifiers_of(user.hashed)
            elif user is not None and isinstance(recorded.event, UserEdited):
                yield from _freed(recorded.event)


def identifiers_of(hashed: IdentifierHashes) -> list[Identifier]:
    """Returns all identifiers of a user."""
    both = [(UserKey.USERNAME, hashed.username), (UserKey.EMAIL, hashed.email)]
    return both if hashed.code is None else [*both, (UserKey.CODE, hashed.code)]


def _freed(event: UserEdited) -> Iterator[Identifier]:
    """Yields the identifiers that an edit freed."""
    for by in (UserKey.USERNAME, UserKey.EMAIL, UserKey.CODE):
        change = hash_change(event, by)
        if change is not None and change.before is not None:
            yield by, change.before
