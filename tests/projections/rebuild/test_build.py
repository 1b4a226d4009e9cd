"""Building beside the read model that is read."""

from __future__ import annotations

import pytest

import projections.rebuild.build
from projections.engine.names import NEXT
from projections.engine.projector import Projector
from projections.rebuild.build import build, catch_up
from tests.projections.commands import creation
from tests.projections.conftest import Do
from tests.projections.rebuilt import differences, rebuild_context


def test_it_is_told_how_far_it_is(database_url: str, do: Do, site_projector: Projector) -> None:
    """After each batch: how many events, and the position."""
    for number in range(5):
        do(creation(f"Segment {number}"))
    site_projector.catch_up()
    told: list[tuple[int, int]] = []
    with rebuild_context(database_url, batch=2) as there:
        assert build(there, lambda events, position: told.append((events, position))) == 5
    assert told == [(2, 2), (2, 4), (1, 5)]


def test_the_planner_knows_what_was_built(
    database_url: str, do: Do, site_projector: Projector
) -> None:
    """Before anybody reads it."""
    for number in range(5):
        do(creation(f"Segment {number}"))
    site_projector.catch_up()
    with rebuild_context(database_url) as there:
        build(there)
        query = "SELECT reltuples FROM pg_class WHERE oid = 'read_model_next.segments'::regclass"
        assert there.owner.execute(query).fetchone() == (5,)


def test_it_is_never_further_than_the_read_model(
    database_url: str, do: Do, site_projector: Projector
) -> None:
    """In the middle of a batch, too; what one shows, the other does not take back."""
    for number in range(3):
        do(creation(f"Segment {number}"))
    site_projector.catch_up()
    for number in range(3):
        do(creation(f"Later segment {number}"))
    for batch in (2, 100):
        with rebuild_context(database_url, batch) as there:
            assert build(there) == 3
            assert there.position(NEXT) == 3
    assert differences(database_url) == []
    site_projector.catch_up()
    with rebuild_context(database_url) as there:
        assert catch_up(there, NEXT) == 6
    assert differences(database_url) == []


def test_what_was_left_of_another_one_is_dropped(
    database_url: str, do: Do, site_projector: Projector
) -> None:
    """It begins at the first event, whatever there is."""
    do(creation("First"))
    site_projector.catch_up()
    with rebuild_context(database_url) as there:
        assert build(there) == 1
        there.owner.execute("CREATE TABLE read_model_next.left_over (number integer)")
        assert build(there) == 1
    assert differences(database_url) == []


def test_it_follows_until_it_is_near(
    database_url: str, do: Do, site_projector: Projector, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes while it catches up is caught up with, too."""
    monkeypatch.setattr(projections.rebuild.build, "NEARLY", 1)
    do(creation("First"))
    site_projector.catch_up()
    later = ["Second", "Third"]

    def write_more(events: int, position: int) -> None:
        if later:
            do(creation(later.pop()))
            site_projector.catch_up()

    with rebuild_context(database_url) as there:
        assert build(there, write_more) == 3
