"""The interface to the log: events to stored bytes and back, reading, conditional appending.

The store is the eventsourcing library's DCB recorder (ADR 2). What is stored of an
event is its TOPIC, its tags, and as data the canonical JSON (RFC 8785) of

    {"envelope": {"actor": …, "commandId": …, "recordedAt": …, "schemaVersion": …, …}, "fact": {…}}

msgspec writes it: with sorted keys, field names in ASCII and whole numbers only, which events keep
to, its output is RFC 8785's to the byte (tests/domain/test_log.py proves it against `rfc8785`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar, overload

import msgspec
from eventsourcing.dcb.api import (
    DCBAppendCondition,
    DCBEvent,
    DCBQuery,
    DCBQueryItem,
    DCBReadResponse,
    DCBSequencedEvent,
)
from eventsourcing.dcb.domain import Selector
from eventsourcing.utils import get_topic

from domain.kernel.commands.proposed import Proposed
from domain.kernel.envelope import Envelope, command_tag
from domain.kernel.event import Catalogue, Event

E = TypeVar("E", bound=Event)


class RawEventData(msgspec.Struct, frozen=True):
    """The data of a stored event; the event still as bytes."""

    envelope: Envelope
    event: msgspec.Raw = msgspec.field(name="fact")


class EventData(msgspec.Struct, Generic[E], frozen=True):
    """The data of a stored event whose shape is known."""

    envelope: Envelope
    event: E = msgspec.field(name="fact")


class NewEventData(msgspec.Struct, frozen=True):
    """The data of an event to be stored."""

    envelope: Envelope
    event: Event = msgspec.field(name="fact")


@dataclass(frozen=True, slots=True)
class RecordedEvent:
    """An event with its envelope, its tags and its place in the log."""

    position: int
    event: Event
    envelope: Envelope
    tags: tuple[str, ...]


StoredRow = tuple[int, str, bytes, Sequence[str]]
"""An event as it is stored: its position, its type, its data, its tags."""

Counts = Callable[[StoredRow], bool]
"""Whether an event that meets a condition's query indeed matters."""

UNBOUNDED = 2**63 - 1
"""More bytes than any log holds."""


@dataclass(frozen=True, slots=True)
class EventBatch:
    """The next events of the log, in order; `is_full` when a bound ended it: there may be more."""

    events: list[RecordedEvent]
    is_full: bool

    def __iter__(self) -> Iterator[RecordedEvent]:
        return iter(self.events)


class Recorder(Protocol):
    """The store behind the log, as the log uses it. service/database/ has the PostgreSQL one."""

    def read(
        self, query: DCBQuery | None = None, *, after: int | None = None, limit: int | None = None
    ) -> DCBReadResponse: ...

    def append(
        self,
        events: Sequence[DCBEvent],
        condition: DCBAppendCondition | None = None,
        counts: Counts | None = None,
    ) -> int:
        """Returns the position of the last event. IntegrityError when the condition is not met:
        when an event is there that its query is for and that `counts`, if that is given.
        """
        ...

    def follow(self, after: int, limit: int, max_bytes: int) -> Sequence[StoredRow]:
        """Returns the next events of the whole log, in order: at most `limit`, and none after the
        one with which their data comes to `max_bytes` or more.
        """
        ...

    def tagged(
        self, tags: Sequence[str], own: str, after: int, limit: int
    ) -> tuple[Sequence[StoredRow], int]:
        """Returns the next events with any of `tags`, in order, at most `most` of them, and all
        that have the tag `own`, wherever they stand; and the head of the log at that time.
        """
        ...

    def head(self) -> int:
        """Returns the greatest position, 0 for an empty log."""
        ...

    def lock(self, key: str) -> AbstractContextManager[None]:
        """Lets nobody else, in any process, hold the same key while the block runs."""
        ...


@dataclass(frozen=True, slots=True)
class ReadResult:
    """Events that matched, oldest first, and the log's head at that time (0 when empty)."""

    events: list[RecordedEvent]
    head: int


class EventMapper:
    """Turns events into stored bytes and back, old versions upcast on the way."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._encoder = msgspec.json.Encoder(order="sorted")
        self._stored = msgspec.json.Decoder(RawEventData)
        self._whole: dict[str, msgspec.json.Decoder[Any]] = {
            topic: msgspec.json.Decoder(EventData[event])  # type: ignore[valid-type]
            for topic, event in catalogue.by_topic.items()
        }

    def to_stored(self, event: Event, envelope: Envelope, tags: Sequence[str]) -> DCBEvent:
        """Returns one event in the library's form."""
        data = self._encoder.encode(NewEventData(envelope, event))
        return DCBEvent(type=type(event).TOPIC, data=data, tags=list(tags))

    def to_recorded(
        self, topic: str, data: bytes, tags: Sequence[str], position: int
    ) -> RecordedEvent:
        """Returns the event behind one row of the log. KeyError for a TOPIC that is not known
        here.
        """
        event_class = self._catalogue.by_topic[topic]
        try:  # nearly always of today's shape: envelope and event in one go
            whole = self._whole[topic].decode(data)
            if whole.envelope.schema_version == event_class.SCHEMA_VERSION:
                return RecordedEvent(position, whole.event, whole.envelope, tuple(tags))
        except msgspec.ValidationError:
            pass
        stored = self._stored.decode(data)
        event = self._upcast(topic, event_class, stored)
        return RecordedEvent(position, event, stored.envelope, tuple(tags))

    def _upcast(self, topic: str, event_class: type[Event], stored: RawEventData) -> Event:
        fields: dict[str, Any] = msgspec.json.decode(stored.event)
        fields = self._catalogue.upcast(topic, stored.envelope.schema_version, fields)
        return msgspec.convert(fields, event_class)


class EventLog:
    """Reads events, and appends new ones when the append condition is met."""

    def __init__(self, recorder: Recorder, mapper: EventMapper) -> None:
        self._recorder = recorder
        self._mapper = mapper

    def read(self, boundary: Sequence[Selector], after: int = 0) -> ReadResult:
        """Returns the events after a position that match any of the selectors, and the log's head.

        An empty boundary matches nothing.
        """
        if not boundary:
            return ReadResult([], self._recorder.head())
        response = self._recorder.read(_query(boundary), after=after)
        return ReadResult([self._recorded(row) for row in response], response.head or 0)

    def next_of(self, boundary: Sequence[Selector], after: int, limit: int) -> EventBatch:
        """Returns the next events after a position that match any of the selectors, at most
        `limit`.
        """
        if not boundary:
            return EventBatch([], is_full=False)
        response = self._recorder.read(_query(boundary), after=after, limit=limit)
        events = [self._recorded(row) for row in response]
        return EventBatch(events, is_full=len(events) == limit)

    def page(self, boundary: Sequence[Selector], own: str, after: int, limit: int) -> ReadResult:
        """Returns the next events that match any of the selectors, which are of one tag each: at
        most `most` of them. With them all that have the tag `own`, wherever they stand.
        """
        tags = [_only_tag(selector) for selector in boundary]
        rows, head = self._recorder.tagged(tags, own, after, limit)
        return ReadResult([self._of_row(row) for row in rows], head)

    def follow(self, after: int, limit: int, max_bytes: int = UNBOUNDED) -> EventBatch:
        """Returns the next events of the whole log, at most `limit` of them, at least one if there
        is one.

        They end with that with which their data comes to `max_bytes`: one event holds up to
        thousands of names, 200 kB, another a few hundred bytes.
        """
        rows = self._recorder.follow(after, limit, max_bytes)
        events = [self._of_row(row) for row in rows]
        weight = sum(len(data) for _, _, data, _ in rows)
        return EventBatch(events, is_full=len(rows) == limit or weight >= max_bytes)

    def append(
        self,
        proposed: Sequence[Proposed],
        envelope: Envelope,
        fail_if: Sequence[Selector],
        after: int,
        matches: Callable[[RecordedEvent], bool] | None = None,
    ) -> int:
        """Appends the events of one command; the position of the last one.

        Beside their own tags they get that of the command, which the envelope names. The library's
        IntegrityError when a selector of `fail_if` finds an event after `after`; with `matches`,
        one for which that is true, too. Found are also events that this very append has recorded,
        when its reply was lost and it is made again.

        There is always a condition: without one the library takes no lock, and positions could
        become visible out of order.
        """
        stored = _NewEvents(self._mapper, proposed, envelope)
        condition = DCBAppendCondition(_query(fail_if), after=after)
        if matches is None:
            return self._recorder.append(stored, condition)
        return self._recorder.append(stored, condition, lambda row: matches(self._of_row(row)))

    def lock(self, key: str) -> AbstractContextManager[None]:
        """See Recorder."""
        return self._recorder.lock(key)

    def _recorded(self, row: DCBSequencedEvent) -> RecordedEvent:
        event = row.event
        return self._mapper.to_recorded(event.type, event.data, event.tags, row.position)

    def _of_row(self, row: StoredRow) -> RecordedEvent:
        position, topic, data, tags = row
        return self._mapper.to_recorded(topic, data, tags, position)


class _NewEvents(Sequence[DCBEvent]):
    """Events in the library's form, each made when it is asked for: a file of a million members is
    45 MB of them.
    """

    def __init__(
        self,
        mapper: EventMapper,
        proposed: Sequence[Proposed],
        envelope: Envelope,
    ) -> None:
        self._mapper = mapper
        self._proposed = proposed
        self._envelope = envelope

    def __len__(self) -> int:
        return len(self._proposed)

    @overload
    def __getitem__(self, index: int) -> DCBEvent: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[DCBEvent]: ...

    def __getitem__(self, index: int | slice) -> DCBEvent | Sequence[DCBEvent]:
        if isinstance(index, slice):
            return _NewEvents(self._mapper, self._proposed[index], self._envelope)
        proposed = self._proposed[index]
        envelope = _completed(self._envelope, proposed)
        tags = [*proposed.tags, command_tag(envelope.command_id)]
        return self._mapper.to_stored(proposed.event, envelope, tags)


def _completed(envelope: Envelope, proposed: Proposed) -> Envelope:
    version, origin = proposed.event.SCHEMA_VERSION, proposed.origin
    if envelope.schema_version == version and origin is None:
        return envelope
    return msgspec.structs.replace(envelope, schema_version=version, upload=origin)


def _only_tag(selector: Selector) -> str:
    (tag,) = selector.tags
    if selector.types:
        raise ValueError(f"pages are read by one tag alone, not by {selector}")
    return tag


def _query(selectors: Sequence[Selector]) -> DCBQuery:
    return DCBQuery(
        items=[
            DCBQueryItem(types=[get_topic(t) for t in s.types], tags=list(s.tags))
            for s in selectors
        ]
    )
