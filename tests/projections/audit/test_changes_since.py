"""What happened to a thing since a version of it: its own events, counted from either end."""

from __future__ import annotations

import pytest
from eventsourcing.dcb.domain import Selector

from domain.catalogue import CATALOGUE
from domain.kernel.commands.proposed import Proposed
from domain.log import EventLog, EventMapper
from domain.segments.tags import segment_tag
from projections.audit.reads import AuditReads
from service.database.log_store.recorder import LogRecorder
from service.database.pools import ReadPool
from tests.domain.given import HISTORY
from tests.domain.segments.events import A, B, created, edited

VERSIONS = 20
LAST = 2 * VERSIONS
NEVER = [Selector(tags=["never:recorded"])]


@pytest.mark.parametrize("limit", [1, 3, 100])
@pytest.mark.parametrize("later", [0, 2])
async def test_the_events_since_a_version(
    recorder: LogRecorder, pool: ReadPool, later: int, limit: int
) -> None:
    """Whichever it was; others' events, and later ones, are not among them."""
    mapper = EventMapper(CATALOGUE)
    log, audit = EventLog(recorder, mapper), AuditReads(pool, pool, mapper)
    tag = segment_tag(A)
    for version in range(1, VERSIONS + later + 1):
        for segment in (A, B):
            recorded = edited(segment, version) if version > 1 else created(segment)
            log.append([Proposed(recorded)], HISTORY, NEVER, 0)
    found = {
        since: await audit.changes_since(tag, since, VERSIONS, LAST, limit)
        for since in range(-1, VERSIONS + 3)
    }
    assert {since: [recorded.event for recorded in events] for since, events in found.items()} == {
        since: [
            edited(A, version) if version > 1 else created(A)
            for version in range(max(since, 0) + 1, VERSIONS + 1)
        ][:limit]
        for since in found
    }
