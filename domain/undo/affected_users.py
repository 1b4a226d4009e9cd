"""The people whom some of a command's facts are about: as they are by now, planned facts included,
and what became of them since.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from domain.log import Recorded
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
    """For facts about people, so many at a time."""

    def __init__(self, site: UndoSnapshot, command_id: str) -> None:
        self.changes = UserChanges(site, command_id)
        self.claims = IdentifierClaims(site)
        self._site = site
        self._states: dict[str, User] = {}
        self._last: dict[str, Recorded] = {}

    def load(self, about: Sequence[Recorded]) -> None:
        """Learns all that taking these facts back depends on."""
        ids = {user_of(fact.event) for fact in about}
        # Of the others some is planned already.
        self._states.update(self._site.current_users(ids - self._states.keys()))
        joined = [user_of(fact.event) for fact in about if isinstance(fact.event, _CREATIONS)]
        self.changes.load(set(self._questions(about)), joined, about[0].position)
        self.claims.load(self._had(about))
        gone = [user_tag(user) for user in ids if not self._is_on_the_site(user)]
        self._last = {user_of(fact.event): fact for fact in self._site.last_events(gone)}

    def find(self, user_id: str) -> User | None:
        """Somebody as they are by now; None when no fact about them could be applied."""
        return self._states.get(user_id)

    def replace(self, user: User) -> None:
        """They are so from now on."""
        self._states[user.id] = user

    def last_events(self, user: User) -> Sequence[Recorded]:
        """The last fact about somebody."""
        last = self._last.get(user.id)
        return self._site.last_events([user_tag(user.id)]) if last is None else [last]

    def edited(self, about: Sequence[Recorded]) -> list[tuple[Recorded, User]]:
        """Those of the facts that changed the entry of somebody who is on the site, and whose."""
        return [
            (fact, self._states[fact.event.user_id])
            for fact in about
            if isinstance(fact.event, UserEdited) and self._is_on_the_site(fact.event.user_id)
        ]

    def _is_on_the_site(self, user_id: str) -> bool:
        user = self.find(user_id)
        return user is not None and user.is_on_the_site

    def _questions(self, about: Sequence[Recorded]) -> Iterator[ChangeQuery]:
        for fact in about:
            user = user_of(fact.event)
            if isinstance(fact.event, _EXISTENCE_EVENTS):
                yield ChangeQuery(user, None, fact.position)
            elif isinstance(fact.event, _ALTERATIONS) and self._is_on_the_site(user):
                for field in changed_fields(fact.event):
                    yield ChangeQuery(user, field, fact.position)

    def _had(self, about: Sequence[Recorded]) -> Iterator[Identifier]:
        """What they are called by once more when the facts are taken back."""
        for fact in about:
            user = self.find(user_of(fact.event))
            if user is not None and isinstance(fact.event, UserRemoved):
                yield from identifiers_of(user.hashed)
            elif user is not None and isinstance(fact.event, UserEdited):
                yield from _freed(fact.event)


def identifiers_of(hashed: IdentifierHashes) -> list[Identifier]:
    """All that somebody is found by."""
    both = [(UserKey.USERNAME, hashed.username), (UserKey.EMAIL, hashed.email)]
    return both if hashed.code is None else [*both, (UserKey.CODE, hashed.code)]


def _freed(event: UserEdited) -> Iterator[Identifier]:
    """What somebody was found by until an edit."""
    for by in (UserKey.USERNAME, UserKey.EMAIL, UserKey.CODE):
        change = hash_change(event, by)
        if change is not None and change.before is not None:
            yield by, change.before
