"""One roster at two moments."""

from __future__ import annotations

import asyncio
import random

import psycopg
import pytest

from domain.kernel.ids import SEGMENT, uuid_in
from projections.engine.projector import Projector
from projections.memberships.difference import Difference
from projections.memberships.reads import MemberReads
from projections.people.views import UserView
from projections.segments.reads import SegmentReads
from projections.sql import listing
from projections.sql.paging import CursorKey, Page, PageRequest
from service.database.log_store.recorder import LogRecorder
from tests.projections.memberships.lives import Site, live, rosters_at
from tests.projections.memberships.test_reads import everything
from tests.projections.paging import walked_through
from tests.projections.people.test_reads import FORMS
from tests.projections.story import Story

PAIRS = 100


class Differences:
    """Pages of them."""

    def __init__(self, members: MemberReads) -> None:
        self._members = members

    async def page(
        self, query: Difference, page_request: PageRequest
    ) -> Page[tuple[UserView, CursorKey]]:
        return await self._members.difference(query, page_request)


@pytest.mark.parametrize(("few", "near"), FORMS)
async def test_who_differs_was_in_at_the_one_moment_and_not_at_the_other(
    story: Story,
    recorder: LogRecorder,
    site_projector: Projector,
    segments: SegmentReads,
    members: MemberReads,
    monkeypatch: pytest.MonkeyPatch,
    few: int,
    near: int,
) -> None:
    """Any two, the earlier one first or last: all of them by name, whichever question answers."""
    chance = random.Random(few + near)
    live(story, Site(), chance, 80)
    head = await asyncio.to_thread(site_projector.catch_up)
    events = everything(recorder)
    monkeypatch.setattr(listing, "FEW", few)
    monkeypatch.setattr(listing, "NEAR", near)
    total = 0
    for _ in range(PAIRS):
        there, absent = chance.choices(range(head + 1), k=2)
        rosters, others = rosters_at(events, there), rosters_at(events, absent)
        if not rosters:
            continue
        segment = chance.choice(sorted(rosters))
        uuid = uuid_in(segment, SEGMENT)
        assert uuid is not None
        number = await segments.number_of(uuid)
        assert number is not None
        difference = Difference(segment=number, there=there, absent=absent)
        found = await walked_through(Differences(members), difference, 3)
        expected = rosters[segment].keys() - others.get(segment, {}).keys()
        assert sorted(view.id for view in found) == sorted(expected)
        assert await members.difference_count(difference) == len(expected)
        page = await members.difference(difference, PageRequest(1_000))
        places = [place for _, place in page.rows]
        assert places == sorted(places)
        assert [view.id for view, _ in page.rows] == [view.id for view in found]
        total += len(expected)
    assert total > PAIRS // 2


def test_a_walk_looks_each_person_up(database_url: str) -> None:
    """Whatever PostgreSQL takes a roster to be like: of one that was just filled it knows nothing,
    and a join would read all of it for the first page.
    """
    wanted = Difference(segment=1, there=4, absent=2).listing(is_small=False).where
    query = f"EXPLAIN SELECT FROM (SELECT * FROM users LIMIT 5000) AS near {wanted.sql()}"
    with psycopg.connect(database_url) as connection:
        connection.execute("SET search_path TO read_model")
        plan = "\n".join(line for (line,) in connection.execute(query.encode(), wanted.values))
    assert "SubPlan 2" in plan
    assert "Join" not in plan
