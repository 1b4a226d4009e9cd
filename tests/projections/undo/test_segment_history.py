"""What the read model tells of segments since an event is what folding the log would tell."""

from __future__ import annotations

import random

from eventsourcing.dcb.domain import Selector
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.catalogue import CATALOGUE
from domain.log import EventLog, EventMapper, RecordedEvent
from domain.people.vault import Vault
from domain.segments.events import SEGMENT_EVENTS, SegmentArchived, SegmentDeleted, SegmentEdited
from domain.segments.fields import EDITABLE
from domain.segments.state import Segment, evolve, segment_of
from domain.segments.tags import segment_tag
from domain.undo.snapshot import UndoSnapshot
from projections.engine.projector import Projector
from projections.snapshot.site import SiteSnapshots
from service.database.log_store.recorder import LogRecorder
from tests.forms import short_and_long
from tests.projections.histories import Histories


@short_and_long("lives", 5, 100)
def test_a_segment_is_known_as_its_events_leave_it(
    recorder: LogRecorder,
    vault: Vault,
    snapshots: SiteSnapshots,
    site_projector: Projector,
    lives: int,
) -> None:
    """Its state, what closed it, what came since each of its events, and which fields that changed:
    whatever happened, deletions that were taken back included.
    """
    log = EventLog(recorder, EventMapper(CATALOGUE))
    compared = 0

    @settings(
        max_examples=lives,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    @given(seed=st.integers(0, 2**32))
    def check(seed: int) -> None:
        nonlocal compared
        begun = log.read([]).head
        Histories(log, vault, random.Random(seed)).live(40)
        site_projector.catch_up()
        events = log.follow(begun, 1_000, 2**24).events
        ids = {
            segment_of(recorded.event)
            for recorded in events
            if isinstance(recorded.event, SEGMENT_EVENTS)
        }
        with snapshots.open() as snapshot:
            for segment in sorted(ids):
                story = log.read([Selector(tags=[segment_tag(segment)])]).events
                compared += _compared(snapshot, segment, story)

    check()
    assert compared > lives


def _compared(snapshot: UndoSnapshot, segment: str, story: list[RecordedEvent]) -> int:
    now = snapshot.current_segments([segment])[segment]
    assert (now.segment, now.last_event) == (_folded(story), story[-1].position)
    for kind in (SegmentArchived, SegmentDeleted):
        expected = [recorded for recorded in story if isinstance(recorded.event, kind)]
        assert snapshot.last_event_of(segment, kind) == (expected[-1] if expected else None)
    for number, recorded in enumerate(story):
        but = recorded.envelope.command_id
        later = [f for f in story[number + 1 :] if f.envelope.command_id != but]
        since = snapshot.events_since(segment, recorded.position, but, SEGMENT_EVENTS)
        assert list(since) == later
        for field in EDITABLE if isinstance(recorded.event, SegmentEdited) else ():
            edits = [f for f in later if isinstance(f.event, SegmentEdited)]
            again = [f for f in edits if getattr(f.event, field) is not None]
            assert list(snapshot.edits_since(segment, recorded.position, but, field)) == again
    return len(story)


def _folded(story: list[RecordedEvent]) -> Segment | None:
    segment: Segment | None = None
    for recorded in story:
        segment = evolve(segment, recorded.event)
    return segment
