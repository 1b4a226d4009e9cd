"""Pages of a search: the same whichever of its questions answers, in every order and direction."""

from __future__ import annotations

import asyncio
import random
from itertools import product

import psycopg
import pytest

from projections.engine.projector import Projector
from projections.segments.query import SegmentOrder, SegmentQuery
from projections.segments.reads import SegmentReads
from projections.segments.views import SegmentView
from projections.sql import listing
from projections.sql.paging import PageRequest
from projections.text.search_key import search_key, sought_key
from projections.text.sort_key import sort_key
from tests.projections.commands import archiving, creation, segment_in
from tests.projections.conftest import Do

TERMS = ("warehouse", "Team 1", "é", "a", "team nobody", "qx")


@pytest.fixture
async def everything(
    do: Do, site_projector: Projector, segments: SegmentReads
) -> list[SegmentView]:
    """Sixty segments, some archived, of which those that are called Warehouse come last."""
    chance = random.Random(1)
    for number in range(60):
        words = chance.choice([("Sales", "Team"), ("École", "Gruppe"), ("Warehouse", "Team")])
        outcome = do(creation(" ".join((*words, str(number)))))
        if number % 9 == 0:
            do(archiving(segment_in(outcome)))
    await asyncio.to_thread(site_projector.catch_up)
    page = await segments.page(SegmentQuery(statuses=None), PageRequest(100))
    assert len(page.rows) == 60
    return [view for view, _ in page.rows]


@pytest.mark.parametrize(("few", "near"), [(1_000, 5_000), (3, 5_000), (3, 7), (0, 1)])
async def test_a_search_pages_through_what_it_finds(
    everything: list[SegmentView],
    segments: SegmentReads,
    monkeypatch: pytest.MonkeyPatch,
    few: int,
    near: int,
) -> None:
    """Forwards and backwards, by name and by time, rising and falling."""
    monkeypatch.setattr(listing, "FEW", few)
    monkeypatch.setattr(listing, "NEAR", near)
    orders = (SegmentOrder.NAME, SegmentOrder.CREATED_AT)
    for term, order, falling, backward in product(TERMS, orders, (False, True), (False, True)):
        query = SegmentQuery(search=term, order=order, descending=falling)
        found = await walked_through(segments, query, backward)
        assert found == expected(everything, term, order, falling)
        assert await segments.count(query) == len(found)


def expected(
    views: list[SegmentView], term: str, order: SegmentOrder, falling: bool
) -> list[SegmentView]:
    def place(view: SegmentView) -> tuple[object, ...]:
        first = sort_key(view.name) if order is SegmentOrder.NAME else view.created_at
        return first, view.uuid

    hits = [
        view
        for view in views
        if view.status == "active" and sought_key(term) in search_key(view.name)
    ]
    return sorted(hits, key=place, reverse=falling)


async def walked_through(
    segments: SegmentReads, query: SegmentQuery, backward: bool
) -> list[SegmentView]:
    found: list[SegmentView] = []
    page_request = PageRequest(4, backward=backward)
    while True:
        page = await segments.page(query, page_request)
        views = [view for view, _ in page.rows]
        found = views + found if backward else found + views
        if not (page.has_previous if backward else page.has_next):
            return found
        edge = page.rows[0 if backward else -1][1]
        page_request = (
            PageRequest(4, before=edge, backward=True) if backward else PageRequest(4, after=edge)
        )


def test_new_texts_are_sorted_into_the_index_when_the_projector_has_caught_up(
    do: Do, site_projector: Projector, database_url: str
) -> None:
    """Else every search would read through them one by one."""
    for _ in range(2):  # the first time the index itself is made
        do(creation("Sales"))
        site_projector.catch_up()
    with psycopg.connect(database_url) as owner:
        query = "SELECT gin_clean_pending_list('read_model.segments_by_search')"
        assert owner.execute(query).fetchone() == (0,)
