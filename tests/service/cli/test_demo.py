"""`segments demo`: deterministic demo content."""

from __future__ import annotations

import psycopg

from service.demo import SAMPLES
from tests.service.cli.conftest import Segments


def _recorded(url: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT * FROM log.events_tt_main ORDER BY id").fetchall()


def test_it_fills_the_site_once(on_site: Segments, database_url: str) -> None:
    """A second time it changes nothing."""
    first = on_site("demo")
    assert first.exit_code == 0
    assert str(len(SAMPLES)) in first.stdout
    recorded = _recorded(database_url)
    assert len(recorded) > len(SAMPLES)
    assert on_site("demo").exit_code == 0
    assert _recorded(database_url) == recorded


def test_it_is_the_systems_doing(on_site: Segments) -> None:
    """And says so in the history."""
    on_site("demo")
    lines = on_site("history", "sales").stdout.splitlines()
    assert len(lines) == 3
    assert all("User Segments " in line and "Reason: Demo content." in line for line in lines)


def test_it_needs_no_migrated_database(on_empty: Segments) -> None:
    """It brings it up to date first."""
    assert on_empty("demo").exit_code == 0
