"""A site on which things go through a lot, and that counts the events that its undos read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from eventsourcing.dcb.domain import Selector

from domain.catalogue import CATALOGUE
from domain.dispatch import Dispatcher
from domain.kernel.commands.command import Command
from domain.kernel.commands.proposed import Proposed
from domain.kernel.event import Event
from domain.kernel.ids import new_segment_id, new_user_id
from domain.kernel.principal import SYSTEM
from domain.log import EventLog, EventMapper, RecordedEvent
from domain.people.create_user import CreateUser, NewUser
from domain.people.identifiers.hashes import IdentifierHasher
from domain.segments.create_segment import CreateSegment, NewSegment
from domain.segments.segment_command import SegmentRef
from domain.undo.plan import UndoPlan
from domain.undo.undo_command import UndoCommand
from projections.snapshot.site import SiteSnapshots
from service.database.log_store.recorder import LogRecorder
from service.database.pools import PrimingPool
from service.database.vault import PersonVault
from tests.domain.given import HISTORY, NOW
from tests.projections.conftest import REQUEST, START

MANY = 3_000
FEW = 20

HASHES = IdentifierHasher(b"key")
SEGMENT, ANN, BO = new_segment_id(START), new_user_id(START), new_user_id(START)
REF = SegmentRef(SEGMENT)


class Counting(EventMapper):
    """Counts the events that are decoded."""

    read = 0

    def to_recorded(self, *args: Any) -> RecordedEvent:
        self.read += 1
        return super().to_recorded(*args)


class Site:
    """A segment, and two people of whom Bo is in it."""

    def __init__(self, recorder: LogRecorder, pool: PrimingPool, vault: PersonVault) -> None:
        self.mapper = Counting(CATALOGUE)
        self.snapshots = SiteSnapshots(pool, self.mapper)
        self.vault = vault
        self._log = EventLog(recorder, EventMapper(CATALOGUE))
        self._dispatcher = Dispatcher(self._log, lambda: NOW, b"key", self.snapshots)
        for user, name in ((ANN, "ann"), (BO, "bo")):
            draft = NewUser.of(name, f"{name}@example.org", name, "Smith", None, ())
            self.do(CreateUser(user, draft, HASHES, vault))
        self.do(CreateSegment(SEGMENT, NewSegment.of({"name": "Sales"})))

    def do(self, command: Command) -> str:
        """Its id."""
        return self._dispatcher.dispatch(command, REQUEST).command_id

    def undo(self, command: str) -> UndoCommand:
        """What takes it back."""
        return UndoCommand(command, SYSTEM, HASHES, self.vault)

    def preview(self, command: str) -> UndoPlan:
        """What taking it back would come to."""
        undo = self.undo(command)
        self._dispatcher.dry_run(undo, REQUEST)
        return undo.plan

    def position_of(self, command: str) -> int:
        """Where its last event is, once the read model is there."""
        with self.snapshots.open() as snapshot:
            return snapshot.positions_of(command)[0]

    def events_of(self, command: str) -> Sequence[RecordedEvent]:
        """What it recorded, once the read model is there."""
        with self.snapshots.open() as snapshot:
            return snapshot.events_at(snapshot.positions_of(command))

    def tell(self, count: int, told: Callable[[int], Event], *extra_tags: str) -> None:
        """Others do so many things in one go."""
        proposed = [Proposed(told(number), extra_tags) for number in range(count)]
        self._log.append(proposed, HISTORY, [Selector(tags=["never:recorded"])], 0)
