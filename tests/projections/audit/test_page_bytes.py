"""Pages of events that end where their data comes to so many bytes."""

from __future__ import annotations

import psycopg
import pytest

from domain.catalogue import CATALOGUE
from domain.log import EventMapper
from projections.audit.query import LogQuery
from projections.audit.reads import AuditReads
from projections.engine.projector import Projector
from projections.sql.paging import PageRequest
from service.database.pools import ReadPool
from tests.projections.commands import creation
from tests.projections.conftest import Do

SIZES = "SELECT octet_length(data) FROM log.events_tt_main ORDER BY id"


@pytest.mark.parametrize(("more", "kept"), [(-1, 2), (0, 2), (1, 3)])
async def test_a_page_ends_with_the_event_that_fills_it(
    do: Do, site_projector: Projector, pool: ReadPool, database_url: str, more: int, kept: int
) -> None:
    """At the bound it is full; and the next page begins where it ends."""
    for number in range(4):
        do(creation(f"Segment {number}"))
    site_projector.catch_up()
    with psycopg.connect(database_url) as owner:
        first, second, *_ = [int(row[0]) for row in owner.execute(SIZES)]
    audit = AuditReads(pool, pool, EventMapper(CATALOGUE))
    page = await audit.page(LogQuery(), PageRequest(3), first + second + more)
    assert [recorded.position for recorded in page.rows] == [1, 2, 3][:kept]
    assert page.has_next
    after = (page.rows[-1].position,)
    rest = await audit.page(LogQuery(), PageRequest(3, after=after), 10 * first)
    assert [recorded.position for recorded in rest.rows] == [3, 4][kept - 2 :]
    assert not rest.has_next


async def test_one_event_is_on_it_however_large(
    do: Do, site_projector: Projector, pool: ReadPool
) -> None:
    """Else nobody would come past it."""
    do(creation("Sales"))
    site_projector.catch_up()
    audit = AuditReads(pool, pool, EventMapper(CATALOGUE))
    page = await audit.page(LogQuery(), PageRequest(3), 1)
    assert ([recorded.position for recorded in page.rows], page.has_next) == ([1], False)
