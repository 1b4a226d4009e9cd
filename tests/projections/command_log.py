"""Random commands of one event and of many, and what a naive look at the log makes of them."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from eventsourcing.dcb.domain import Selector

from domain.catalogue import CATALOGUE
from domain.kernel.change import Change
from domain.kernel.clock import format_instant
from domain.kernel.commands.proposed import Proposed
from domain.kernel.envelope import Channel, Envelope, UploadNote, UploadSummary, stamp
from domain.kernel.event import Event
from domain.kernel.ids import SegmentId, new_segment_id
from domain.kernel.principal import SYSTEM, Principal
from domain.log import EventLog, EventMapper, RecordedEvent
from domain.memberships.events import MembersAdded, MembersRemoved
from domain.segments.events import SegmentArchived, SegmentCreated, SegmentDeleted, SegmentEdited
from domain.segments.values import SegmentSource
from service.database.log_store.recorder import LogRecorder
from tests.domain.principals import ADMIN, TRAINER
from tests.projections.conftest import START
from tests.projections.story import Story

NAMES = ("Sales", "Sales North", "Łódź Warehouse", "100 % remote", "Ab")
REASONS = (None, None, "Nobody sells any more.", "abc")
FILES = (None, "members.csv", "Sales.csv")


@dataclass(frozen=True)
class Told:
    """One command by its events."""

    events: tuple[RecordedEvent, ...]

    @property
    def position(self) -> int:
        """That of its first event."""
        return self.events[0].position


class CommandLog:
    """Writes commands as chance has them."""

    def __init__(self, story: Story, recorder: LogRecorder, chance: random.Random) -> None:
        self.log = EventLog(recorder, EventMapper(CATALOGUE))
        self.users = [story.user(name, "Smith") for name in ("Ann", "Bo", "Cy")]
        self.versions: dict[SegmentId, int] = {}
        self.names: dict[SegmentId, str] = {}
        self.inside: set[tuple[SegmentId, str]] = set()
        self.ids: list[str] = []
        self._chance = chance
        self._deleted: set[SegmentId] = set()

    def live(self, commands: int) -> None:
        """So many commands, of up to six events each."""
        for _ in range(commands):
            size = self._chance.choice((1, 1, 2, 6))
            self.tell([self._event() for _ in range(size)])

    def tell(self, events: Iterable[Event]) -> None:
        """One command, by somebody, through some channel."""
        chance, command = self._chance, f"c-{len(self.ids)}"
        file = chance.choice(FILES)
        note = None if file is None else UploadNote(file=_summary(file))
        undone = chance.choice(self.ids) if self.ids and chance.random() < 0.2 else None
        proposed = [Proposed(e, origin=note if n == 0 else None) for n, e in enumerate(events)]
        by = chance.choice((ADMIN, TRAINER, SYSTEM))
        envelope = _envelope(
            command, by, chance.choice(list(Channel)), chance.choice(REASONS), undone
        )
        self.log.append(proposed, envelope, [Selector(tags=[f"command:{command}"])], after=0)
        self.ids.append(command)

    def told(self) -> list[Told]:
        """All commands, those that gave the people theirs among them, oldest first."""
        grouped = groupby(self.log.follow(0, 10_000), lambda event: event.envelope.command_id)
        return [Told(tuple(events)) for _, events in grouped]

    def _event(self) -> Event:
        there = [segment for segment in self.versions if segment not in self._deleted]
        if not there or self._chance.random() < 0.3:
            return self._created()
        segment = self._chance.choice(there)
        ways = (self._edited, self._archived, self._deleted_one, self._moved, self._moved)
        return self._chance.choice(ways)(segment)

    def _created(self) -> Event:
        segment, name = new_segment_id(START), self._chance.choice(NAMES)
        self.versions[segment], self.names[segment] = 1, name
        return SegmentCreated(
            segment_id=segment,
            version=1,
            name=name,
            code=None,
            description="Described as sales.",
            visible=True,
            source=SegmentSource.MANUAL,
        )

    def _edited(self, segment: SegmentId) -> Event:
        before, after = self.names[segment], self._chance.choice(NAMES)
        self.names[segment] = after
        change = Change(before=before, after=after)
        return SegmentEdited(segment_id=segment, version=self._next(segment), name=change)

    def _archived(self, segment: SegmentId) -> Event:
        return SegmentArchived(segment_id=segment, version=self._next(segment))

    def _deleted_one(self, segment: SegmentId) -> Event:
        self._deleted.add(segment)
        self.inside = {(one, user) for one, user in self.inside if one != segment}
        name = self.names[segment]
        return SegmentDeleted(segment_id=segment, version=self._next(segment), name=name, code=None)

    def _moved(self, segment: SegmentId) -> Event:
        user = self._chance.choice(self.users)
        self.inside ^= {(segment, user)}
        if (segment, user) in self.inside:
            return MembersAdded(segment_id=segment, user_ids=(user,), source=SegmentSource.MANUAL)
        return MembersRemoved(segment_id=segment, user_ids=(user,))

    def _next(self, segment: SegmentId) -> int:
        self.versions[segment] += 1
        return self.versions[segment]


def _summary(name: str) -> UploadSummary:
    return UploadSummary(name=name, rows_read=1, rows_rejected=0, created=1, updated=0, unchanged=0)


def _envelope(
    command: str, by: Principal, channel: Channel, reason: str | None, undone: str | None
) -> Envelope:
    return Envelope(
        actor=stamp(by),
        on_behalf_of=None,
        channel=channel,
        reason=reason,
        command_id=command,
        correlation_id="test",
        causation_id=undone,
        recorded_at=format_instant(START),
        schema_version=1,
        request_hash="",
    )
