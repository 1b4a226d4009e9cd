"""An undo on what has been through a lot reads no more facts than it tells: counted, not timed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from eventsourcing.dcb.domain import Selector

from domain.catalogue import CATALOGUE
from domain.dispatch import Dispatcher
from domain.kernel.change import Change
from domain.kernel.command import Command
from domain.kernel.envelope import Channel, Request
from domain.kernel.event import Event
from domain.kernel.ids import new_segment_id, new_user_id
from domain.kernel.principal import SYSTEM
from domain.kernel.values import Reason
from domain.log import EventLog, EventMapper, Recorded
from domain.memberships.add_users_to_segment import AddUsersToSegment
from domain.memberships.events import ROSTERS, MembersAdded, MembersRemoved, roster_tag
from domain.memberships.user_set import UserSet
from domain.people.create_user import CreateUser, UserDraft
from domain.people.hashes import Hashes
from domain.people.lookup import UserKey
from domain.segments.archive_segment import ArchiveSegment
from domain.segments.create_segment import CreateSegment, SegmentDraft
from domain.segments.events import SegmentEdited
from domain.segments.segment_command import SegmentRef
from domain.segments.state import segment_tag
from domain.segments.update_segment import SegmentEdit, UpdateSegment
from domain.segments.values import SegmentSource
from domain.undo.plan import MOST_CONFLICTS, UndoPlan
from domain.undo.undo_command import UndoCommand
from projections.engine.projector import Projector
from projections.memberships.priming import PrimedDirectory
from projections.undo.aftermath import UndoReadModel
from service.database.log_recorder import LogRecorder
from service.database.pools import PrimingPool, priming_pool, vault_pool
from service.database.vault import PersonVault
from tests.domain.given import HISTORY, NOW
from tests.projections.conftest import START

MANY = 3_000
FEW = 20

HASHES = Hashes(b"key")
SEGMENT, ANN, BO = new_segment_id(START), new_user_id(START), new_user_id(START)
REF = SegmentRef(SEGMENT)


class Counting(EventMapper):
    """Counts the facts that are decoded."""

    read = 0

    def to_recorded(self, *args: Any) -> Recorded:
        self.read += 1
        return super().to_recorded(*args)


class Site:
    """A segment, and two people of whom Bo is in it."""

    def __init__(self, recorder: LogRecorder, pool: PrimingPool, vault: PersonVault) -> None:
        self.mapper = Counting(CATALOGUE)
        self.directory = PrimedDirectory(pool)
        self._undo = UndoReadModel(pool, self.mapper)
        self._vault = vault
        self._log = EventLog(recorder, EventMapper(CATALOGUE))
        self._dispatcher = Dispatcher(self._log, lambda: NOW, b"key")
        for user, name in ((ANN, "ann"), (BO, "bo")):
            draft = UserDraft.of(name, f"{name}@example.org", name, "Smith", None, ())
            self.do(CreateUser(user, draft, HASHES, vault))
        self.do(CreateSegment(SEGMENT, SegmentDraft.of("Sales", None, None, True)))

    def do(self, command: Command) -> str:
        """Its id."""
        return self._dispatcher.dispatch(command, _request()).command_id

    def preview(self, command: str) -> UndoPlan:
        """What taking it back would come to."""
        undo = UndoCommand(command, SYSTEM, Reason("Wrong."), self._undo, HASHES, self._vault)
        self._dispatcher.rehearse(undo, _request())
        return undo.plan

    def tell(self, count: int, told: Callable[[int], Event], *tags: str) -> None:
        """Others do so many things in one go."""
        facts = [(told(n), [*tags, "command:history"]) for n in range(count)]
        self._log.append(facts, HISTORY, [Selector(tags=["never:recorded"])], 0)


def _request() -> Request:
    return Request(principal=SYSTEM, channel=Channel.SYSTEM, correlation_id="test")


@pytest.fixture
def site(database_url: str, recorder: LogRecorder) -> Iterator[Site]:
    """With a read model that each test brings up to date."""
    with priming_pool(database_url, 2) as primes, vault_pool(database_url) as vaults:
        yield Site(recorder, primes, PersonVault(vaults))


def _renamed(number: int) -> SegmentEdited:
    name = Change(before=f"{number}", after=f"{number + 1}")
    return SegmentEdited(segment_id=SEGMENT, version=number + 3, name=name)


def _bo_turned(number: int) -> MembersAdded | MembersRemoved:
    if number % 2:
        return MembersRemoved(segment_id=SEGMENT, user_ids=(BO,))
    return MembersAdded(segment_id=SEGMENT, user_ids=(BO,), source=SegmentSource.MANUAL)


def _edit(**fields: Any) -> Command:
    return UpdateSegment(REF, SegmentEdit.of(fields))


def _added(site: Site) -> Command:
    return AddUsersToSegment(REF, UserSet.of(UserKey.ID, [ANN]), site.directory, HASHES)


COMMANDS: dict[str, Callable[[Site], Command]] = {
    "an edit of what nobody edited since": lambda _: _edit(visible=False),
    "an addition of somebody who stayed": _added,
}


@pytest.mark.parametrize("build", COMMANDS.values(), ids=COMMANDS)
def test_an_undo_reads_a_few_facts(
    site: Site, site_projector: Projector, build: Callable[[Site], Command]
) -> None:
    """However many came since of the same segment and roster that are not in its way."""
    site_projector.catch_up()
    command = site.do(build(site))
    site.tell(MANY, _renamed, segment_tag(SEGMENT))
    site.tell(MANY, _bo_turned, roster_tag(SEGMENT), ROSTERS)
    site_projector.catch_up()
    plan = site.preview(command)
    assert (plan.undone, plan.conflicts) == (1, [])
    assert 0 < site.mapper.read < FEW


def test_what_closed_a_segment_is_found_at_once(site: Site, site_projector: Projector) -> None:
    """It is one fact, the last."""
    command = site.do(_edit(visible=False))
    site.tell(MANY, _renamed, segment_tag(SEGMENT))
    site.do(ArchiveSegment(REF))
    site_projector.catch_up()
    plan = site.preview(command)
    assert [conflict.fact.event.TOPIC for conflict in plan.conflicts] == ["segment.archived"]
    assert 0 < site.mapper.read < FEW


@pytest.mark.parametrize("later", [MOST_CONFLICTS - 1, MOST_CONFLICTS, MOST_CONFLICTS + 1])
def test_the_first_thousand_conflicts_are_read_and_told(
    site: Site, site_projector: Projector, later: int
) -> None:
    """In the order of the log."""
    command = site.do(_edit(name="Shops"))
    site.tell(later, _renamed, segment_tag(SEGMENT))
    site_projector.catch_up()
    plan = site.preview(command)
    told = _names(fact.fact for fact in plan.conflicts)
    assert told == [f"{n + 1}" for n in range(min(later, MOST_CONFLICTS))]
    assert {conflict.reason for conflict in plan.conflicts} == {"It changed the name again."}
    assert plan.undone == 0
    assert site.mapper.read < MOST_CONFLICTS + FEW


def test_no_more_conflicts_are_kept_than_told(site: Site, site_projector: Projector) -> None:
    """Whatever part of a command they stand in the way of: the first of all, each once."""
    command = site.do(_edit(name="Shops"))
    site.tell(MOST_CONFLICTS, _renamed, segment_tag(SEGMENT))
    site_projector.catch_up()
    facts = [conflict.fact for conflict in site.preview(command).conflicts]
    plan = UndoPlan()
    for reason in ("Third.", "First.", "Second."):
        assert plan.blame(facts, reason)
    told = [(conflict.fact, conflict.reason) for conflict in plan.conflicts]
    each = [(fact, reason) for fact in facts for reason in ("First.", "Second.", "Third.")]
    assert told == each[:MOST_CONFLICTS]


def _names(facts: Iterator[Recorded]) -> Sequence[str]:
    events = [fact.event for fact in facts]
    return [e.name.after for e in events if isinstance(e, SegmentEdited) and e.name]
