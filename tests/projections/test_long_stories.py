"""A command on what has been through a lot reads a few events: told by the rows, not by time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from eventsourcing.dcb.domain import Selector

from domain.catalogue import CATALOGUE
from domain.command_result import CommandResult
from domain.dispatch import Dispatcher
from domain.kernel.change import Change
from domain.kernel.commands.command import Command
from domain.kernel.commands.proposed import Proposed
from domain.kernel.event import Event
from domain.kernel.ids import new_segment_id, new_user_id
from domain.kernel.principal import Role
from domain.kernel.values import code_key
from domain.log import EventLog, EventMapper, StoredRow
from domain.memberships.add_users_to_segment import AddUsersToSegment
from domain.memberships.erase_user import EraseUser
from domain.memberships.user_refs import UserRefs
from domain.people.assign_roles import AssignRoles
from domain.people.create_user import CreateUser, NewUser
from domain.people.events import UserEdited
from domain.people.identifiers.hashes import IdentifierHasher
from domain.people.identifiers.lookup import UserKey
from domain.people.update_user import UpdateUser, UserChanges
from domain.people.user_command import UserRef
from domain.people.values import UserStatus
from domain.segments.archive_segment import ArchiveSegment
from domain.segments.create_segment import CreateSegment, NewSegment
from domain.segments.delete_segment import DeleteSegment
from domain.segments.events import SegmentEdited
from domain.segments.segment_command import SegmentRef
from domain.segments.update_segment import SegmentChanges, UpdateSegment
from projections.engine.projector import Projector
from projections.snapshot.site import SiteSnapshots
from service.database.log_store.recorder import LogRecorder
from service.database.pools import PrimingPool, priming_pool, vault_pool
from service.database.vault import PersonVault
from tests.domain.given import HISTORY, NOW
from tests.projections.conftest import REQUEST, START

MANY = 3_000
FEW_ROWS = 100
"""More than are read at first; a roster's command reads what came since, too."""

HASHES = IdentifierHasher(b"key")
SEGMENT, ANN = new_segment_id(START), new_user_id(START)
ACTIVE, SUSPENDED = UserStatus.ACTIVE, UserStatus.SUSPENDED


class Counting(LogRecorder):
    """Counts the events that are read."""

    rows = 0

    def tagged(
        self, tags: Sequence[str], own: str, after: int, most: int
    ) -> tuple[Sequence[StoredRow], int]:
        rows, head = super().tagged(tags, own, after, most)
        self.rows += len(rows)
        return rows, head

    def _read(self, *args: Any, **named: Any) -> Any:
        events, head = super()._read(*args, **named)
        self.rows += len(events)
        return events, head

    def follow(self, after: int, limit: int, max_bytes: int) -> Sequence[StoredRow]:
        rows = super().follow(after, limit, max_bytes)
        self.rows += len(rows)
        return rows


class Site:
    """A segment and a user, Ann, who have each been through MANY edits: its code came and went, and
    she was suspended and reactivated.
    """

    def __init__(self, recorder: Counting, primes: PrimingPool, vault: PersonVault) -> None:
        self.recorder = recorder
        self.vault = vault
        self._log = EventLog(recorder, EventMapper(CATALOGUE))
        snapshots = SiteSnapshots(primes, EventMapper(CATALOGUE))
        self._dispatcher = Dispatcher(self._log, lambda: NOW, b"key", snapshots)

    def do(self, command: Command) -> CommandResult:
        return self._dispatcher.dispatch(command, REQUEST)

    def live(self) -> None:
        admin = NewUser.of("ann", "ann@example.org", "Ann", "Smith", None, [Role.SITE_ADMIN])
        other = NewUser.of("bo", "bo@example.org", "Bo", "Smith", None, [Role.SITE_ADMIN])
        self.do(CreateUser(ANN, admin, HASHES, self.vault))
        self.do(CreateUser(new_user_id(START), other, HASHES, self.vault))
        self.do(CreateSegment(SEGMENT, NewSegment.of({"name": "Sales", "code": "s"})))
        self._tell(_code_turned)
        self._tell(_status_turned)

    def _tell(self, told: Callable[[int], Event]) -> None:
        proposed = [Proposed(told(number)) for number in range(MANY)]
        self._log.append(proposed, HISTORY, [Selector(tags=["never:recorded"])], 0)


def _code_turned(number: int) -> SegmentEdited:
    before, after = (None, "s") if number % 2 else ("s", None)
    code = Change(before=before, after=after)
    return SegmentEdited(segment_id=SEGMENT, version=number + 2, code=code)


def _status_turned(number: int) -> UserEdited:
    before, after = (SUSPENDED, ACTIVE) if number % 2 else (ACTIVE, SUSPENDED)
    status = Change(before=before, after=after)
    return UserEdited(user_id=ANN, version=number + 2, fields=(), sealed=None, status=status)


@pytest.fixture
def site(database_url: str, site_projector: Projector) -> Iterator[Site]:
    """The read model has followed all but the last of what they have been through."""
    with (
        Counting(database_url, 2) as recorder,
        priming_pool(database_url, 2) as primes,
        vault_pool(database_url) as vaults,
    ):
        site = Site(recorder, primes, PersonVault(vaults))
        site.live()
        site_projector.catch_up(recorder.head() - 1)
        yield site


def by_code() -> SegmentRef:
    return SegmentRef(code=code_key("s"))


def ann(by: UserKey = UserKey.ID) -> UserRef:
    return UserRef.of(by, ANN if by is UserKey.ID else "ann", HASHES)


COMMANDS: dict[str, Callable[[Site], Command]] = {
    "update": lambda _: UpdateSegment(SegmentRef(SEGMENT), SegmentChanges.of({"name": "New"})),
    "update by code": lambda _: UpdateSegment(by_code(), SegmentChanges.of({"name": "New"})),
    "archive": lambda _: ArchiveSegment(SegmentRef(SEGMENT)),
    "delete": lambda _: DeleteSegment(by_code()),
    "add a member": lambda site: AddUsersToSegment(
        by_code(), UserRefs.of(UserKey.ID, [ANN]), HASHES
    ),
    "update a user": lambda site: UpdateUser(
        ann(), UserChanges.of({"last_name": "Jones"}), HASHES, site.vault
    ),
    "suspend a user": lambda site: UpdateUser(
        ann(UserKey.USERNAME), UserChanges.of({"status": SUSPENDED}), HASHES, site.vault
    ),
    "assign roles": lambda _: AssignRoles(ann(), []),
    "erase a user": lambda _: EraseUser(ann()),
}


@pytest.mark.parametrize("build", COMMANDS.values(), ids=COMMANDS)
def test_a_command_reads_a_few_events(site: Site, build: Callable[[Site], Command]) -> None:
    """However many there are of what it is about."""
    site.recorder.rows = 0
    assert len(site.do(build(site)).events) == 1
    assert 0 < site.recorder.rows < FEW_ROWS
