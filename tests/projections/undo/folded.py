"""What an undo asks of the read model about people and codes, answered by folding the whole log."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import dataclass

from domain.kernel.principal import Role
from domain.log import EventLog, EventMapper, RecordedEvent
from domain.people.events import PEOPLE_EVENTS
from domain.people.identifiers.lookup import UserKey
from domain.people.state import User, user_of
from domain.people.values import UserStatus
from domain.snapshot import Snapshot
from projections.engine.snapshot import Pool, snapshot
from projections.snapshot.site import SiteSnapshot
from tests.domain.undo.answers import HistoryAnswers


class FoldedSnapshot(HistoryAnswers, SiteSnapshot):
    """Knows the whole log up to its position."""

    def user(self, user_id: str) -> User | None:
        return self.current_users([user_id]).get(user_id)

    def identifier_owner(self, by: UserKey, hashed: str) -> str | None:
        raise AssertionError("an undo asks for the fact, too")

    def site_admins(self) -> AbstractSet[str]:
        return self._those(lambda user: user.is_on_the_site and Role.SITE_ADMIN in user.roles)

    def suspended(self, user_ids: AbstractSet[str]) -> AbstractSet[str]:
        return user_ids & self._those(lambda user: user.status is UserStatus.SUSPENDED)

    def _those(self, are: Callable[[User], bool]) -> set[str]:
        about = [recorded for recorded in self.events if isinstance(recorded.event, PEOPLE_EVENTS)]
        people = self.current_users({user_of(recorded.event) for recorded in about})
        return {user.id for user in people.values() if are(user)}


@dataclass
class FoldedSnapshots:
    """Of segments and rosters it knows what the read model does."""

    pool: Pool
    log: EventLog
    mapper: EventMapper
    events: Sequence[RecordedEvent] = ()

    @contextmanager
    def open(self, at_least: int = 0) -> Iterator[Snapshot]:
        """See domain.snapshot.Snapshots."""
        with snapshot(self.pool, at_least) as (position, cursor):
            folded = FoldedSnapshot(position, cursor, self.mapper)
            if not self.events or self.events[-1].position != position:
                events = self.log.follow(0, 2**31, 2**31).events
                self.events = [recorded for recorded in events if recorded.position <= position]
            folded.events = self.events
            yield folded
