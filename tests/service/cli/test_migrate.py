"""`segments migrate`: brings the database up to date, or says what is pending."""

from __future__ import annotations

from collections.abc import Callable

import psycopg

from service.database.migrations.steps import all_steps
from tests.service.cli.conftest import Segments

LABELS = [step.label for step in all_steps()]


def test_an_empty_database_is_brought_up_to_date(on_empty: Segments) -> None:
    """It names each step that it takes; a second time there is none."""
    first = on_empty("migrate")
    done = "The database is up to date."
    assert first.stdout.splitlines() == [*(f"took {label}" for label in LABELS), done]
    assert first.exit_code == 0
    assert on_empty("migrate").stdout.splitlines() == [done]


def test_it_says_for_how_long_the_access_log_is_kept(
    on_site: Segments, setting: Callable[[str, str], None], database_url: str
) -> None:
    """The service itself may not."""
    setting("ACCESS_LOG_DAYS", "31")
    assert on_site("migrate").exit_code == 0
    with psycopg.connect(database_url) as owner:
        assert owner.execute("SELECT days FROM access.retention").fetchall() == [(31,)]


def test_a_check_only_says_what_is_pending(on_empty: Segments) -> None:
    """It changes nothing, and ends with one."""
    for _ in range(2):
        result = on_empty("migrate", "--check")
        assert result.exit_code == 1
        assert all(label in result.stderr for label in LABELS)
        assert result.stdout == ""
    assert on_empty("migrate").exit_code == 0
    assert on_empty("migrate", "--check").exit_code == 0


def test_a_read_model_of_another_release_is_pending(on_site: Segments, database_url: str) -> None:
    """It is made anew by migrating."""
    with psycopg.connect(database_url) as owner:
        owner.execute("UPDATE read_model.progress SET version = version - 1")
    result = on_site("migrate", "--check")
    assert result.exit_code == 1
    assert "read model" in result.stderr
    assert on_site("migrate").exit_code == 0
    assert on_site("migrate", "--check").exit_code == 0


def test_a_newer_releases_database_is_left_alone(on_site: Segments, database_url: str) -> None:
    """Whatever is asked of it."""
    with psycopg.connect(database_url) as owner:
        owner.execute("INSERT INTO control.migrations (number, name) VALUES (9999, 'later')")
    for words in (["migrate"], ["migrate", "--check"], ["status"], ["history", "x"]):
        result = on_site(*words)
        assert result.exit_code == 1
        assert "newer release" in result.stderr
