"""The one door to the log: what is stored, byte for byte, and how it is read again."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
import rfc8785
from eventsourcing.dcb.domain import Selector
from eventsourcing.persistence import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from domain.catalogue import CATALOGUE
from domain.kernel.commands.proposed import Proposed
from domain.kernel.envelope import Envelope
from domain.kernel.event import Catalogue, Event
from domain.log import EventLog, EventMapper, Recorder
from domain.segments.events import SegmentArchived
from tests.domain.given import HISTORY
from tests.domain.segments.events import A, B, archived, created, edited
from tests.domain.strategies import envelopes, events, structs

MAPPER = EventMapper(CATALOGUE)
ANYTHING = [Selector(tags=["t"])]
NOTHING = [Selector(tags=["never:recorded"])]


@pytest.fixture
def log(store: Recorder) -> EventLog:
    return EventLog(store, MAPPER)


# ---------------------------------------------------------------- bytes


@given(events(), envelopes())
def test_stored_bytes_are_canonical_json(event: Event, envelope: Envelope) -> None:
    """RFC 8785, to the byte: an auditor's own tools find the same hash."""
    stored = MAPPER.to_stored(event, envelope, ["t"])
    assert stored.data == rfc8785.dumps(json.loads(stored.data))


@pytest.mark.parametrize("event", CATALOGUE.by_topic.values(), ids=CATALOGUE.by_topic.keys())
@given(data=st.data())
def test_an_event_comes_back_as_it_was(event: type[Event], data: st.DataObject) -> None:
    """Event, envelope, tags and position; its type is its TOPIC, never the name of a class."""
    record, envelope = data.draw(structs(event)), data.draw(envelopes())
    stored = MAPPER.to_stored(record, envelope, ["b", "a"])
    recorded = MAPPER.to_recorded(stored.type, stored.data, stored.tags, 7)
    assert (recorded.event, recorded.envelope) == (record, envelope)
    assert (recorded.tags, recorded.position) == (("b", "a"), 7)
    assert stored.type == event.TOPIC


def test_the_bytes_can_be_read_with_psql() -> None:
    """Names as in the API, text unescaped, every field there even when null."""
    stored = MAPPER.to_stored(created(A, name="Café “x”"), HISTORY, [])
    assert stored.data.decode() == (
        '{"envelope":{"actor":{"id":"system","kind":"system",'
        '"roles":["auditor","learner","site-admin","training-manager"]},'
        '"causationId":null,"channel":"SYSTEM","commandId":"history","correlationId":"history",'
        '"onBehalfOf":null,"reason":null,"recordedAt":"2026-03-01T12:30:00.000250Z",'
        '"requestHash":"","schemaVersion":1},'
        '"fact":{"code":null,"description":"","name":"Café “x”",'
        '"segmentId":"segment_0192f0c17a9b7c3d8e4f5061728394aa","source":"manual","version":1,'
        '"visible":true}}'
    )


def test_an_unknown_topic_is_a_key_error() -> None:
    """Nothing is guessed about events of which this code knows nothing."""
    stored = MAPPER.to_stored(archived(A, 2), HISTORY, [])
    with pytest.raises(KeyError, match=r"segment\.dissolved"):
        MAPPER.to_recorded("segment.dissolved", stored.data, [], 1)


# ---------------------------------------------------------------- old versions
#
# The worked example. Once upon a time a room had a `title`, of unknown language. Then the field
# became `name`, and got its language beside it: SCHEMA_VERSION rose to 2, and the upcaster for 1
# says what an old title means today. The old bytes stay as they are.


class RoomNamed(Event, frozen=True, kw_only=True):
    TOPIC = "room.named"
    SCHEMA_VERSION = 2
    room_id: str
    name: str
    language: str | None

    def tags(self) -> list[str]:
        return []


def _title_became_name(fields: dict[str, Any]) -> dict[str, Any]:
    return {"roomId": fields["roomId"], "name": fields["title"], "language": None}


ROOMS = EventMapper(Catalogue([RoomNamed], {("room.named", 1): _title_became_name}))

VERSION_1 = (
    b'{"envelope":{"actor":{"id":"u-1","kind":"user","roles":["site-admin"]},"causationId":null,'
    b'"channel":"API","commandId":"c-1","correlationId":"r-1","onBehalfOf":null,"reason":null,'
    b'"recordedAt":"2024-05-06T07:08:09.000010Z","requestHash":"","schemaVersion":1},'
    b'"fact":{"roomId":"room-1","title":"Aula"}}'
)


def test_an_old_event_is_read_in_todays_shape() -> None:
    """The event is upcast; the envelope still says at which version it was recorded."""
    recorded = ROOMS.to_recorded("room.named", VERSION_1, [], 1)
    assert recorded.event == RoomNamed(room_id="room-1", name="Aula", language=None)
    assert recorded.envelope.schema_version == 1


def test_a_new_event_is_stored_at_todays_version(store: Recorder) -> None:
    """The log puts each event's own version into its envelope."""
    log = EventLog(store, ROOMS)
    named = RoomNamed(room_id="room-1", name="Aula", language="la")
    log.append([Proposed(named, ("t",))], HISTORY, NOTHING, after=0)
    [recorded] = log.follow(after=0, limit=10)
    assert (recorded.event, recorded.envelope.schema_version) == (named, 2)
    [row] = store.read()
    assert json.loads(row.event.data)["fact"].keys() == {"roomId", "name", "language"}


def test_upcasters_run_one_after_another() -> None:
    """From any version to today's; each needs to know only the next."""
    steps = {
        ("room.named", 1): lambda fields: {**fields, "steps": "1"},
        ("room.named", 2): lambda fields: {**fields, "steps": fields["steps"] + "2"},
    }
    catalogue = Catalogue([type("Room3", (RoomNamed,), {"SCHEMA_VERSION": 3})], steps)
    assert catalogue.upcast("room.named", 1, {}) == {"steps": "12"}
    assert catalogue.upcast("room.named", 2, {"steps": "0"}) == {"steps": "02"}
    assert catalogue.upcast("room.named", 3, {}) == {}


def test_a_missing_upcaster_is_a_key_error() -> None:
    """An old event is not read as if it were a new one."""
    mapper = EventMapper(Catalogue([RoomNamed]))
    with pytest.raises(KeyError):
        mapper.to_recorded("room.named", VERSION_1, [], 1)


def test_a_version_from_the_future_is_a_key_error() -> None:
    """A process of the old release does not misread what one of the new release wrote."""
    envelope = msgspec.structs.replace(HISTORY, schema_version=2)
    stored = MAPPER.to_stored(archived(A, 2), envelope, [])
    with pytest.raises(KeyError, match=r"segment\.archived of version 2"):
        MAPPER.to_recorded(SegmentArchived.TOPIC, stored.data, [], 1)


# ---------------------------------------------------------------- reading, appending


def test_events_are_read_in_the_order_in_which_they_were_appended(log: EventLog) -> None:
    """By boundary and as a whole, with positions that grow; also those of one append."""
    events: list[Event] = [created(A), created(B), archived(A, 2), edited(B, 2)]
    first = log.append(
        [Proposed(recorded, ("t",)) for recorded in events[:3]], HISTORY, NOTHING, after=0
    )
    last = log.append([Proposed(events[3], ("t", "u"))], HISTORY, NOTHING, after=0)
    assert [recorded.event for recorded in log.follow(after=0, limit=10)] == events
    assert [recorded.event for recorded in log.read(ANYTHING).events] == events
    positions = [recorded.position for recorded in log.read(ANYTHING).events]
    assert positions == sorted(set(positions))
    assert (positions[2], positions[3]) == (first, last)


def test_a_boundary_is_any_of_its_selectors(log: EventLog) -> None:
    """An event matches a selector that has all its tags; none is read twice."""
    log.append(
        [Proposed(created(A), ("a", "x")), Proposed(created(B), ("b",))], HISTORY, NOTHING, after=0
    )

    def found(*selectors: list[str]) -> list[Event]:
        return [
            recorded.event
            for recorded in log.read([Selector(tags=tags) for tags in selectors]).events
        ]

    assert found(["a"], ["x"], ["b"]) == [created(A), created(B)]
    assert found(["a", "x"]) == [created(A)]
    assert found(["a", "b"]) == []
    assert found() == []


def test_a_reading_says_where_the_log_stands(log: EventLog) -> None:
    """The head of the whole log, whatever matched; 0 when it is empty."""
    assert (log.read([]).head, log.read(ANYTHING).head) == (0, 0)
    head = log.append(
        [Proposed(created(A), ("t",)), Proposed(created(B), ("u",))], HISTORY, NOTHING, after=0
    )
    assert (log.read([]).head, log.read(ANYTHING).head, log.read(NOTHING).head) == (head,) * 3


def test_reading_begins_after_a_position(log: EventLog) -> None:
    """For a boundary and for whoever follows, who takes no more than the limit at a time."""
    first = log.append([Proposed(created(A), ("t",))], HISTORY, NOTHING, after=0)
    log.append(
        [Proposed(created(B), ("t",)), Proposed(archived(B, 2), ("t",))], HISTORY, NOTHING, after=0
    )
    assert [recorded.event for recorded in log.read(ANYTHING, after=first).events] == [
        created(B),
        archived(B, 2),
    ]
    assert [recorded.event for recorded in log.follow(after=first, limit=1)] == [created(B)]


def test_a_batch_says_whether_a_bound_ended_it(log: EventLog) -> None:
    """By number, or by the weight of what is stored; then there may be more."""
    log.append(
        [Proposed(created(A), ("t",)), Proposed(created(B), ("t",))], HISTORY, NOTHING, after=0
    )
    batches = [log.follow(0, 2), log.follow(0, 3), log.follow(0, 3, 1), log.follow(2, 3, 1)]
    found = [(len(batch.events), batch.is_full) for batch in batches]
    assert found == [(2, True), (2, False), (1, True), (0, False)]


def test_an_append_fails_when_something_happened_that_matters(log: EventLog) -> None:
    """Only what matches, and only after the position: then nothing at all is appended."""
    first = log.append([Proposed(created(A), ("t",))], HISTORY, NOTHING, after=0)
    with pytest.raises(IntegrityError):
        log.append(
            [Proposed(archived(A, 2), ("t",)), Proposed(created(B))], HISTORY, ANYTHING, after=0
        )
    assert log.read([]).head == first
    log.append([Proposed(archived(A, 2), ("t",))], HISTORY, ANYTHING, after=first)
    assert [recorded.event for recorded in log.follow(after=0, limit=10)] == [
        created(A),
        archived(A, 2),
    ]
