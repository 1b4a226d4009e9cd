"""What undos ask about people and codes, answered by folding the events naively."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from domain.kernel.values import CodeKey
from domain.log import RecordedEvent
from domain.memberships.events import MembersAdded, MembersRemoved
from domain.people.changed_fields import changed_fields
from domain.people.identifiers.lookup import UserKey
from domain.people.identifiers.ownership import IdentifierOwnership
from domain.people.state import User, evolve, user_of
from domain.segments.code_ownership import CodeOwnership
from domain.segments.events import SegmentDeleted
from domain.segments.state import segment_of
from domain.undo.people_history import ChangeQuery


class HistoryAnswers:
    """See PeopleHistory. `events` are all events up to the position."""

    events: Sequence[RecordedEvent] = ()

    def current_users(self, user_ids: Collection[str]) -> Mapping[str, User]:
        """See PeopleHistory."""
        people: dict[str, User] = {}
        for recorded in self.events:
            user_id = user_of(recorded.event)
            after = evolve(people.get(user_id), recorded.event) if user_id in user_ids else None
            if after is not None:
                people[user_id] = after
        return people

    def user_changes(
        self, asked: Collection[ChangeQuery], but: str
    ) -> Mapping[ChangeQuery, Sequence[int]]:
        """See PeopleHistory."""
        return {
            query: [
                recorded.position
                for recorded in self.others(query.after, but)
                if user_of(recorded.event) == query.user_id
                and (query.field is None or query.field in changed_fields(recorded.event))
            ]
            for query in asked
        }

    def membership_changes(
        self, user_ids: Collection[str], after: int, but: str = ""
    ) -> Mapping[str, Sequence[int]]:
        """See PeopleHistory."""
        changes: defaultdict[str, list[int]] = defaultdict(list)
        for recorded in self.others(after, but):
            for user in self._moved_by(recorded):
                changes[user].append(recorded.position)
        return {user: changes[user] for user in user_ids}

    def identifier_claims(
        self, by: UserKey, hashes: Collection[str]
    ) -> Mapping[str, RecordedEvent]:
        """See PeopleHistory."""
        registers = [IdentifierOwnership(by, hashed) for hashed in hashes]
        claims = {register.hashed: self._claim(register.tag, register) for register in registers}
        return {hashed: event for hashed, event in claims.items() if event is not None}

    def code_claim(self, key: CodeKey) -> RecordedEvent | None:
        """See SegmentHistory."""
        return self._claim(f"code:{key}", CodeOwnership(key))

    def others(self, after: int, but: str) -> Iterator[RecordedEvent]:
        """The events of other commands after a position."""
        for recorded in self.events:
            if recorded.position > after and recorded.envelope.command_id != but:
                yield recorded

    def roster_before(self, segment_id: str, position: int) -> set[str]:
        """Who was in a segment just before an event."""
        users: set[str] = set()
        for recorded in self.events:
            if recorded.position < position and segment_of(recorded.event) == segment_id:
                match recorded.event:
                    case MembersAdded(user_ids=some):
                        users.update(some)
                    case MembersRemoved(user_ids=some):
                        users.difference_update(some)
                    case SegmentDeleted():
                        users.clear()
        return users

    def _claim(
        self, tag: str, register: IdentifierOwnership | CodeOwnership
    ) -> RecordedEvent | None:
        """The last event after which a value had another owner, if it has one."""
        claim: RecordedEvent | None = None
        for recorded in self.events:
            before = register.owner
            if tag in recorded.tags:
                register.apply(recorded.event)
            claim = recorded if register.owner != before else claim
        return None if register.owner is None else claim

    def _moved_by(self, recorded: RecordedEvent) -> Collection[str]:
        """Whose membership of a segment began with an event, or ended."""
        if isinstance(recorded.event, SegmentDeleted):
            return self.roster_before(recorded.event.segment_id, recorded.position)
        return (
            recorded.event.user_ids
            if isinstance(recorded.event, MembersAdded | MembersRemoved)
            else ()
        )
