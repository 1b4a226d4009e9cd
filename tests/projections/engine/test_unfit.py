"""Events that cannot have happened: the read model goes on, with what of them fits, and tells."""

from __future__ import annotations

import psycopg
import pytest
from structlog.testing import capture_logs

from projections.engine.projector import Projector
from projections.engine.unfit import why_of
from tests.projections.rebuilt import differences, projector, rebuild
from tests.projections.story import Story

NOBODY = "user_019339a1f7c07a5b8d3e2f4c6a8b0d1e"
BATCHES = pytest.mark.parametrize("batch", [1, 2, 3, 100])


def rows(url: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(query.encode()).fetchall()


def unfit(url: str) -> dict[object, object]:
    """Why, by position."""
    return dict(rows(url, "SELECT position, why FROM read_model.unfit_events ORDER BY 1"))  # type: ignore[arg-type]


def members(url: str) -> list[tuple[object, ...]]:
    """Username, and from which position."""
    query = "SELECT username, from_position FROM read_model.members JOIN read_model.users"
    return rows(url, f"{query} ON number = member ORDER BY 1")


def counted(url: str) -> list[tuple[object, ...]]:
    return rows(url, "SELECT member_count FROM read_model.rosters")


@BATCHES
def test_who_is_taken_out_is_out_whoever_else_was_not_in(
    database_url: str, story: Story, batch: int
) -> None:
    """As an undo of an earlier release recorded it: Ann was not in, Bo and Cy go, Di stays."""
    ann, bo, cy, di = (story.user(name, "Smith") for name in ("Ann", "Bo", "Cy", "Di"))
    segment = story.segment("Sales")
    story.add(segment, bo, cy, di)
    story.remove(segment, ann, bo, cy)
    story.remove(segment, bo)
    story.add(segment, cy, di, NOBODY)
    with projector(database_url, batch=batch) as live:
        assert live.catch_up() == 9
    assert members(database_url) == [("user-3", 9), ("user-4", 6)]
    assert counted(database_url) == [(2,)]
    assert list(unfit(database_url)) == [7, 8, 9]
    assert unfit(database_url)[9] == f"there never was a {NOBODY}"
    rebuild(database_url, 100)
    assert differences(database_url) == []


@BATCHES
def test_what_is_about_nothing_changes_nothing(database_url: str, story: Story, batch: int) -> None:
    """That it was recorded is there for auditors, like any other event."""
    ann, segment, other = story.user("Ann", "Smith"), story.segment("Sales"), story.segment("HR")
    story.delete(segment)
    story.add(segment, ann)
    story.delete(segment)
    story.add(other, ann)
    with projector(database_url, batch=batch) as live:
        assert live.catch_up() == 7
    assert unfit(database_url) == {
        5: "at 5 there is no roster: the segment is not on the site",
        6: "segment.deleted at 6 is about no segment on the site",
    }
    assert members(database_url) == [("user-1", 7)]
    recorded = "SELECT position, ordinal FROM read_model.recorded_events ORDER BY 1"
    assert rows(database_url, recorded) == [(n, n) for n in range(1, 8)]
    rebuild(database_url, 100)
    assert differences(database_url) == []


def test_each_is_told_at_once(story: Story, site_projector: Projector) -> None:
    """At ERROR, for whoever looks after the service."""
    ann, segment = story.user("Ann", "Smith"), story.segment("Sales")
    story.remove(segment, ann)
    with capture_logs() as told:
        site_projector.catch_up()
    (error,) = [line for line in told if line["log_level"] == "error"]
    assert (error["position"], error["type"]) == (3, "members.removed")
    assert error["why"] == "somebody leaves a segment who is not there"


def test_what_the_database_says_of_values_is_not_kept(database_url: str) -> None:
    """It may be personal: the constraint is told."""
    twice = (
        "INSERT INTO identity.actors (id, kind, display_name) VALUES ('ann@example.org', '', '')"
    )
    with psycopg.connect(database_url) as owner:
        owner.execute(twice.encode())
        with pytest.raises(psycopg.IntegrityError) as refused:
            owner.execute(twice.encode())
    assert "ann@example.org" in str(refused.value)
    assert why_of(refused.value) == "UniqueViolation actors_pkey"
