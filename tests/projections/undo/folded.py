"""What an undo asks of the read model about people and codes, answered by folding the whole log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass

from domain.kernel.principal import Role
from domain.kernel.values import CodeKey
from domain.log import EventLog, EventMapper, Recorded
from domain.memberships.events import MembersAdded, MembersRemoved
from domain.people.changed_fields import changed_fields
from domain.people.events import PEOPLE_EVENTS
from domain.people.identifier_register import IdentifierRegister
from domain.people.lookup import UserKey
from domain.people.state import User, evolve, user_of
from domain.people.values import UserStatus
from domain.segments.code_register import CodeRegister
from domain.segments.events import SegmentDeleted
from domain.snapshot import Snapshot
from domain.undo.people_history import Since
from projections.engine.snapshot import Pool, snapshot
from projections.snapshot.site import SiteSnapshot
from tests.projections.memberships.lives import rosters_at


class FoldedSnapshot(SiteSnapshot):
    """Knows the whole log up to its position."""

    facts: Sequence[Recorded]

    def user(self, user_id: str) -> User | None:
        return self.users_now([user_id]).get(user_id)

    def identifier_holder(self, by: UserKey, hashed: str) -> str | None:
        raise AssertionError("an undo asks for the fact, too")

    def site_admins(self) -> AbstractSet[str]:
        return self._those(lambda user: user.is_on_the_site and Role.SITE_ADMIN in user.roles)

    def suspended(self, user_ids: AbstractSet[str]) -> AbstractSet[str]:
        return user_ids & self._those(lambda user: user.status is UserStatus.SUSPENDED)

    def _those(self, are: Callable[[User], bool]) -> set[str]:
        about = [fact for fact in self.facts if isinstance(fact.event, PEOPLE_EVENTS)]
        people = self.users_now({user_of(fact.event) for fact in about})
        return {user.id for user in people.values() if are(user)}

    def users_now(self, user_ids: Collection[str]) -> Mapping[str, User]:
        people: dict[str, User] = {}
        for fact in self.facts:
            user_id = user_of(fact.event)
            after = evolve(people.get(user_id), fact.event) if user_id in user_ids else None
            if after is not None:
                people[user_id] = after
        return people

    def user_changes(self, asked: Collection[Since], but: str) -> Mapping[Since, Sequence[int]]:
        return {
            since: [
                fact.position
                for fact in self._others(since.after, but)
                if user_of(fact.event) == since.user_id
                and (since.field is None or since.field in changed_fields(fact.event))
            ]
            for since in asked
        }

    def membership_changes(
        self, user_ids: Collection[str], after: int, but: str = ""
    ) -> Mapping[str, Sequence[int]]:
        turns: defaultdict[str, list[int]] = defaultdict(list)
        for fact in self._others(after, but):
            for user in self._named(fact):
                turns[user].append(fact.position)
        return {user: turns[user] for user in user_ids}

    def identifier_takers(self, by: UserKey, hashes: Collection[str]) -> Mapping[str, Recorded]:
        registers = [IdentifierRegister(by, hashed) for hashed in hashes]
        taken = {register.hashed: self._taken(register.tag, register) for register in registers}
        return {hashed: fact for hashed, fact in taken.items() if fact is not None}

    def code_taker(self, key: CodeKey) -> Recorded | None:
        return self._taken(f"code:{key}", CodeRegister(key))

    def _others(self, after: int, but: str) -> Iterator[Recorded]:
        for fact in self.facts:
            if fact.position > after and fact.envelope.command_id != but:
                yield fact

    def _taken(self, tag: str, register: IdentifierRegister | CodeRegister) -> Recorded | None:
        """The last fact after which a value had another holder, if it has one."""
        taken: Recorded | None = None
        for fact in self.facts:
            before = register.holder
            if tag in fact.tags:
                register.apply(fact.event)
            taken = fact if register.holder != before else taken
        return None if register.holder is None else taken

    def _named(self, fact: Recorded) -> Collection[str]:
        """Whose membership of a segment began with a fact, or ended."""
        if isinstance(fact.event, SegmentDeleted):
            return rosters_at(list(self.facts), fact.position - 1)[fact.event.segment_id]
        return fact.event.user_ids if isinstance(fact.event, MembersAdded | MembersRemoved) else ()


@dataclass
class FoldedSnapshots:
    """Of segments and rosters it knows what the read model does."""

    pool: Pool
    log: EventLog
    mapper: EventMapper
    facts: Sequence[Recorded] = ()

    @contextmanager
    def open(self, at_least: int = 0) -> Iterator[Snapshot]:
        """See domain.snapshot.Snapshots."""
        with snapshot(self.pool, at_least) as (position, cursor):
            folded = FoldedSnapshot(position, cursor, self.mapper)
            if not self.facts or self.facts[-1].position != position:
                facts = self.log.follow(0, 2**31, 2**31).facts
                self.facts = [fact for fact in facts if fact.position <= position]
            folded.facts = self.facts
            yield folded
