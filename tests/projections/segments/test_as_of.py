"""The past, asked of tables, is the past that a naive fold of the log finds."""

from __future__ import annotations

import asyncio
import random

from domain.catalogue import CATALOGUE
from domain.log import EventLog, EventMapper, RecordedEvent
from domain.segments.state import Segment, evolve, segment_of
from domain.segments.values import SegmentStatus
from projections.audit.reads import AuditReads
from projections.engine.projector import Projector
from projections.segments.query import SegmentQuery
from projections.segments.reads import SegmentReads
from projections.sql.paging import PageRequest
from projections.text.sort_key import sort_key
from service.database.log_store.recorder import LogRecorder
from tests.projections.conftest import Do, Ticking
from tests.projections.engine.test_projector import live_a_little

POSITIONS = 60


def naive(events: list[RecordedEvent], position: int) -> list[Segment]:
    """Every segment on the site at a position, in the list's order, by folding from the start."""
    found: dict[str, Segment] = {}
    for recorded in events:
        if recorded.position <= position:
            key = segment_of(recorded.event)
            after = evolve(found.get(key), recorded.event)
            assert after is not None
            found[key] = after
    on_site = [segment for segment in found.values() if not segment.deleted]
    return sorted(on_site, key=lambda segment: (sort_key(segment.name), segment.id))


async def test_the_list_at_any_position_is_the_fold_up_to_there(
    do: Do,
    clock: Ticking,
    recorder: LogRecorder,
    site_projector: Projector,
    segments: SegmentReads,
    audit: AuditReads,
) -> None:
    """Names, codes, states, versions and order, at positions and times, the clock stepping back."""
    chance = random.Random(11)
    for _ in range(6):
        live_a_little(do, chance, 40)
        clock.now = clock.now.replace(minute=chance.randrange(60))
    await asyncio.to_thread(site_projector.catch_up)
    events = list(EventLog(recorder, EventMapper(CATALOGUE)).follow(after=0, limit=10_000))
    for position in [0, *chance.sample([f.position for f in events], POSITIONS)]:
        query = SegmentQuery(statuses=None, as_of=position)
        page = await segments.page(query, PageRequest(10_000))
        seen = [
            (view.id, view.version, view.name, view.code, view.status, view.visible)
            for view, _ in page.rows
        ]
        expected = [
            (s.id, s.version, s.name, s.code, s.status, s.visible) for s in naive(events, position)
        ]
        assert seen == expected
        assert await segments.count(query) == len(expected)
    for recorded in chance.sample(events, POSITIONS):
        moment = recorded.envelope.instant
        until = [f.position for f in events if f.envelope.instant > moment]
        before_any_later = [f.position for f in events if not until or f.position < until[0]]
        expected_position = before_any_later[-1] if before_any_later else 0
        assert await audit.position_at(moment) == expected_position


async def test_now_is_the_last_of_all_moments(
    do: Do, site_projector: Projector, segments: SegmentReads
) -> None:
    """The small table of now says what the states of the head say."""
    live_a_little(do, random.Random(5), 80)
    head = await asyncio.to_thread(site_projector.catch_up)
    now = await segments.page(SegmentQuery(statuses=None), PageRequest(1000))
    then = await segments.page(SegmentQuery(statuses=None, as_of=head), PageRequest(1000))
    assert [view.id for view, _ in now.rows] == [view.id for view, _ in then.rows]
    assert [place for _, place in now.rows] == [place for _, place in then.rows]
    assert any(view.status is SegmentStatus.ARCHIVED for view, _ in now.rows)
