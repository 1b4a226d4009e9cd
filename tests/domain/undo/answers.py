"""What undos ask about people and codes, answered by folding the events naively."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from domain.kernel.values import CodeKey
from domain.log import Recorded
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
    """See PeopleHistory. `facts` are all events up to the position."""

    facts: Sequence[Recorded] = ()

    def current_users(self, user_ids: Collection[str]) -> Mapping[str, User]:
        """See PeopleHistory."""
        people: dict[str, User] = {}
        for fact in self.facts:
            user_id = user_of(fact.event)
            after = evolve(people.get(user_id), fact.event) if user_id in user_ids else None
            if after is not None:
                people[user_id] = after
        return people

    def user_changes(
        self, asked: Collection[ChangeQuery], but: str
    ) -> Mapping[ChangeQuery, Sequence[int]]:
        """See PeopleHistory."""
        return {
            query: [
                fact.position
                for fact in self.others(query.after, but)
                if user_of(fact.event) == query.user_id
                and (query.field is None or query.field in changed_fields(fact.event))
            ]
            for query in asked
        }

    def membership_changes(
        self, user_ids: Collection[str], after: int, but: str = ""
    ) -> Mapping[str, Sequence[int]]:
        """See PeopleHistory."""
        changes: defaultdict[str, list[int]] = defaultdict(list)
        for fact in self.others(after, but):
            for user in self._moved_by(fact):
                changes[user].append(fact.position)
        return {user: changes[user] for user in user_ids}

    def identifier_claims(self, by: UserKey, hashes: Collection[str]) -> Mapping[str, Recorded]:
        """See PeopleHistory."""
        registers = [IdentifierOwnership(by, hashed) for hashed in hashes]
        claims = {register.hashed: self._claim(register.tag, register) for register in registers}
        return {hashed: fact for hashed, fact in claims.items() if fact is not None}

    def code_claim(self, key: CodeKey) -> Recorded | None:
        """See SegmentHistory."""
        return self._claim(f"code:{key}", CodeOwnership(key))

    def others(self, after: int, but: str) -> Iterator[Recorded]:
        """The events of other commands after a position."""
        for fact in self.facts:
            if fact.position > after and fact.envelope.command_id != but:
                yield fact

    def roster_before(self, segment_id: str, position: int) -> set[str]:
        """Who was in a segment just before an event."""
        users: set[str] = set()
        for fact in self.facts:
            if fact.position < position and segment_of(fact.event) == segment_id:
                match fact.event:
                    case MembersAdded(user_ids=some):
                        users.update(some)
                    case MembersRemoved(user_ids=some):
                        users.difference_update(some)
                    case SegmentDeleted():
                        users.clear()
        return users

    def _claim(self, tag: str, register: IdentifierOwnership | CodeOwnership) -> Recorded | None:
        """The last event after which a value had another owner, if it has one."""
        claim: Recorded | None = None
        for fact in self.facts:
            before = register.owner
            if tag in fact.tags:
                register.apply(fact.event)
            claim = fact if register.owner != before else claim
        return None if register.owner is None else claim

    def _moved_by(self, fact: Recorded) -> Collection[str]:
        """Whose membership of a segment began with an event, or ended."""
        if isinstance(fact.event, SegmentDeleted):
            return self.roster_before(fact.event.segment_id, fact.position)
        return fact.event.user_ids if isinstance(fact.event, MembersAdded | MembersRemoved) else ()
