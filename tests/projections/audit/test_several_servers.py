"""Events that one server names and another one tells."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Callable

import pytest

from domain.catalogue import CATALOGUE
from domain.log import EventMapper
from projections.audit.query import LogQuery
from projections.audit.reads import AuditReads
from projections.engine.projector import Projector
from projections.engine.promise import operation
from projections.sql.paging import PageRequest
from service.database.connections import service_conninfo
from service.database.following_pool import FollowingPool
from service.database.pools import READ_SEARCH_PATH
from tests.projections.commands import creation
from tests.projections.conftest import Do
from tests.service.database.test_following_pool import Balanced


@pytest.fixture
async def audit(
    database_url: str, make_database: Callable[[str], str], template: str
) -> AsyncIterator[AuditReads]:
    """Asks the log's server and one that has nothing yet, in turn."""
    urls = (database_url, make_database(template))
    Balanced.urls = itertools.cycle(service_conninfo(url, READ_SEARCH_PATH) for url in urls)
    pool = FollowingPool(
        connection_class=Balanced, kwargs={"autocommit": True}, min_size=2, open=False
    )
    async with pool:
        await pool.wait()
        yield AuditReads(pool, pool, EventMapper(CATALOGUE))


async def test_what_one_has_named_is_asked_of_none_that_lacks_it(
    do: Do, site_projector: Projector, audit: AuditReads
) -> None:
    """Whichever is asked first; who asks again may be answered by the other."""
    do(creation("Sales"))
    site_projector.catch_up()
    found = []
    for _ in range(4):
        with operation():
            page = await audit.page(LogQuery(), PageRequest(10))
            found.append([recorded.position for recorded in page.rows])
    assert [1] in found
    assert all(positions in ([], [1]) for positions in found)
