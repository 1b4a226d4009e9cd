"""Later changes of people by other commands, and identifiers that others have by now: loaded for
many events of a command at a time, so that a file of many people costs a few queries.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from domain.log import RecordedEvent
from domain.people.identifiers.lookup import UserKey
from domain.people.state import user_of
from domain.undo.people_history import ChangeQuery
from domain.undo.snapshot import UndoSnapshot

Identifier = tuple[UserKey, str]
"""A kind of identifier, and the hash of one."""


class UserChanges:
    """Events after those of a command. Those that were not loaded are queried one by one."""

    def __init__(self, site: UndoSnapshot, command_id: str) -> None:
        self._site = site
        self._command_id = command_id
        self._changes: dict[ChangeQuery, Sequence[int]] = {}
        self._membership_changes: Mapping[str, Sequence[int]] = {}
        self._events: dict[int, RecordedEvent] = {}

    def load(self, asked: Collection[ChangeQuery], joined: Collection[str], after: int) -> None:
        """Loads the answers to these questions, and the memberships of `joined` that began or ended
        after a position; drops those loaded before.
        """
        self._events, self._changes = {}, {}
        self._membership_changes = (
            self._site.membership_changes(joined, after, self._command_id) if joined else {}
        )
        self._ask(asked)
        self._read(self._membership_changes.values())

    def of(self, recorded: RecordedEvent, field: str | None = None) -> list[RecordedEvent]:
        """Returns those after an event that changed a field of the same person; all, if none is
        named.
        """
        asked = ChangeQuery(user_of(recorded.event), field, recorded.position)
        if asked not in self._changes:
            self._ask([asked])
        return [self._events[position] for position in self._changes[asked]]

    def of_memberships(self, user_id: str) -> list[RecordedEvent]:
        """Returns those by which a user was added to a segment, or removed."""
        return [self._events[position] for position in self._membership_changes.get(user_id, ())]

    def _ask(self, asked: Collection[ChangeQuery]) -> None:
        found = self._site.user_changes(asked, self._command_id) if asked else {}
        self._changes.update((question, found.get(question, ())) for question in asked)
        self._read(found.values())

    def _read(self, found: Iterable[Sequence[int]]) -> None:
        positions = {position for some in found for position in some} - self._events.keys()
        self._events.update(
            (recorded.position, recorded) for recorded in self._site.events_at(positions)
        )


class IdentifierClaims:
    """The events by which others took identifiers that people had."""

    def __init__(self, site: UndoSnapshot) -> None:
        self._site = site
        self._found: dict[Identifier, RecordedEvent | None] = {}

    def load(self, held: Iterable[Identifier]) -> None:
        """Loads the present owners of these; drops those loaded before."""
        self._found = dict.fromkeys(held)
        for by in {by for by, _ in self._found}:
            hashes = [hashed for of, hashed in self._found if of is by]
            taken = self._site.identifier_claims(by, hashes)
            self._found.update(((by, hashed), event) for hashed, event in taken.items())

    def of(self, by: UserKey, hashed: str) -> RecordedEvent | None:
        """Returns the event by which the present owner took it."""
        if (by, hashed) not in self._found:
            self._found[by, hashed] = self._site.identifier_claims(by, [hashed]).get(hashed)
        return self._found[by, hashed]
