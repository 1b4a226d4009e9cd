"""Memberships and counts, folded: exact at every position, in batches of any size."""

from __future__ import annotations

import random

import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projections.engine.projector import Projector
from tests.projections.memberships.lives import Site, live
from tests.projections.rebuilt import differences, projector, rebuild
from tests.projections.story import Story

MEMBERSHIPS = """
    SELECT s.id::text, u.username, m.from_position, m.to_position FROM read_model.memberships m
    JOIN read_model.segment_numbers s ON s.number = m.segment
    JOIN read_model.users u ON u.number = m.member ORDER BY m.from_position, u.username
"""
ALWAYS = 2**63 - 1


def rows(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query.encode()).fetchall()


def spans(url: str) -> list[tuple[object, ...]]:
    """Every membership: username, from, to."""
    return [row[1:] for row in rows(url, MEMBERSHIPS)]


def counts(url: str) -> list[tuple[object, ...]]:
    """Every count of every roster: count, from, to."""
    query = "SELECT member_count, from_position, to_position FROM read_model.roster_counts"
    return rows(url, f"{query} ORDER BY from_position")


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(seed=st.integers(0, 2**32), batch=st.integers(1, 40))
def test_rebuilt_equals_incremental_in_batches_of_any_size(
    database_url: str, story: Story, site_projector: Projector, seed: int, batch: int
) -> None:
    """People come, go and are erased; rosters change; segments are deleted, full or empty."""
    chance, site = random.Random(seed), Site()
    for _ in range(4):
        live(story, site, chance, 12)
        site_projector.catch_up()
    rebuild(database_url, batch)
    assert differences(database_url) == []


def test_ranges_of_a_membership_and_of_a_count_never_overlap(
    database_url: str, story: Story, site_projector: Projector
) -> None:
    """The fold keeps them apart, counts without a gap but where a segment was not on the site; no
    constraint of the database does.
    """
    chance, site = random.Random(3), Site()
    live(story, site, chance, 300)
    site_projector.catch_up()
    begins_next = "lead(from_position) OVER (PARTITION BY {} ORDER BY from_position)"
    query = "SELECT from_position, to_position, {} FROM read_model.{}"
    memberships = rows(
        database_url, query.format(begins_next.format("segment, member"), "memberships")
    )
    counted = rows(database_url, query.format(begins_next.format("number"), "roster_counts"))
    assert len(memberships) > 100
    assert len(counted) > 100
    assert all(begins < ends for begins, ends, _ in (*memberships, *counted))  # type: ignore[operator]
    assert all(again is None or ends <= again for _, ends, again in memberships)  # type: ignore[operator]
    deletions = rows(database_url, "SELECT to_position FROM read_model.roster_ends")
    gaps = [(ends,) for _, ends, again in counted if again not in (None, ends)]
    assert set(gaps) <= set(deletions)


@pytest.mark.parametrize("batch", [1, 2, 3, 100])
def test_who_comes_goes_and_comes_again_has_two_memberships(
    database_url: str, story: Story, batch: int
) -> None:
    """In one batch with the creation of both, and in batches of their own."""
    ann, segment = story.user("Ann", "Smith"), story.segment("Sales")
    story.add(segment, ann)
    story.remove(segment, ann)
    story.add(segment, ann)
    with projector(database_url, batch=batch) as live:
        live.catch_up()
    assert spans(database_url) == [("user-1", 3, 4), ("user-1", 5, ALWAYS)]
    assert counts(database_url) == [(0, 2, 3), (1, 3, 4), (0, 4, 5), (1, 5, ALWAYS)]


@pytest.mark.parametrize("batch", [1, 2, 3, 4, 100])
def test_deleting_a_segment_ends_its_memberships_and_its_roster(
    database_url: str, story: Story, batch: int
) -> None:
    """Those that began in the same batch, those that ended in it, and those from before."""
    ann, bo = story.user("Ann", "Smith"), story.user("Bo", "Berg")
    segment = story.segment("Sales")
    story.add(segment, ann, bo)
    story.remove(segment, bo)
    story.delete(segment)
    with projector(database_url, batch=batch) as live:
        live.catch_up()
    assert spans(database_url) == [("user-1", 4, 6), ("user-2", 4, 5)]
    assert counts(database_url) == [(0, 3, 4), (2, 4, 5), (1, 5, 6)]
    assert rows(database_url, "SELECT * FROM read_model.rosters") == []


def test_every_event_about_a_roster_stands_in_the_segments_history(
    database_url: str, story: Story, site_projector: Projector
) -> None:
    """Also in a batch that says nothing else of the segment."""
    ann, segment = story.user("Ann", "Smith"), story.segment("Sales")
    site_projector.catch_up()
    story.add(segment, ann)
    site_projector.catch_up()
    story.remove(segment, ann)
    site_projector.catch_up()
    query = "SELECT position FROM read_model.recorded_events WHERE segment = 1 ORDER BY 1"
    assert rows(database_url, query) == [(2,), (3,), (4,)]
