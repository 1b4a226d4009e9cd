"""Search: a literal substring, whatever its case and accents."""

from __future__ import annotations

import asyncio

import pytest

from projections.engine.projector import Projector
from projections.segments.query import SegmentQuery
from projections.segments.reads import SegmentReads
from projections.sql.paging import PageRequest
from tests.projections.commands import archiving, creation, edit, segment_in
from tests.projections.conftest import Do

NAMES = (
    "École supérieure",
    "Straße 12",
    "Łódź Warehouse",
    "ﬁnance",
    "100 % remote",
    "snake_case",
    "back\\slash",
    "İstanbul",
    "Ångström",
    "Ελλάδα",
    "Москва",
    "日本支社",
)


@pytest.mark.parametrize(
    ("term", "found"),
    [
        ("ecole", "École supérieure"),
        ("  SUPERIEURE ", "École supérieure"),
        ("STRASSE", "Straße 12"),
        ("strasse", "Straße 12"),
        ("lodz", "Łódź Warehouse"),
        ("finance", "ﬁnance"),
        ("0 %", "100 % remote"),
        ("%", "100 % remote"),
        ("_", "snake_case"),
        ("e_c", "snake_case"),
        ("\\", "back\\slash"),
        ("istanbul", "İstanbul"),
        ("angstrom", "Ångström"),
        ("ελλαδα", "Ελλάδα"),
        ("МОСКВА", "Москва"),
        ("日本", "日本支社"),
        ("本", "日本支社"),
    ],
)
async def test_a_term_finds_what_people_mean(
    do: Do, site_projector: Projector, segments: SegmentReads, term: str, found: str
) -> None:
    """By the index as of now, and without one as of then."""
    for name in NAMES:
        outcome = do(creation(name))
    await asyncio.to_thread(site_projector.catch_up)
    for as_of in (None, outcome.position):
        page = await segments.page(SegmentQuery(search=term, as_of=as_of), PageRequest(100))
        assert [view.name for view, _ in page.rows] == [found]
        assert await segments.count(SegmentQuery(search=term, as_of=as_of)) == 1


async def test_names_codes_and_descriptions_are_searched_each_for_itself(
    do: Do, site_projector: Projector, segments: SegmentReads
) -> None:
    """A term is found in any of the three, but never across two of them."""
    do(creation("Alpha", "beta", "gamma"))
    await asyncio.to_thread(site_projector.catch_up)
    for term, count in (("alpha", 1), ("BETA", 1), ("gamma", 1), ("alphabeta", 0), ("ab", 0)):
        assert await segments.count(SegmentQuery(search=term)) == count


async def test_an_edit_is_found_by_its_new_words_only(
    do: Do, site_projector: Projector, segments: SegmentReads
) -> None:
    """And an archived one only where archived ones are asked for."""
    segment = segment_in(do(creation("Sales")))
    do(edit(segment, name="Marketing"))
    do(archiving(segment))
    await asyncio.to_thread(site_projector.catch_up)
    assert await segments.count(SegmentQuery(search="sales", statuses=None)) == 0
    assert await segments.count(SegmentQuery(search="market", statuses=None)) == 1
    assert await segments.count(SegmentQuery(search="market")) == 0
