"""What a row of the log must be is asked of new rows, whatever somebody left among the old ones."""

from __future__ import annotations

import psycopg
import pytest

from service.database.migrations import migrate

BEFORE = """
    ALTER TABLE log.events_tt_main
        DROP CONSTRAINT events_tt_main_position, DROP CONSTRAINT events_tt_main_has_data;
    ALTER TABLE log.events_tt_tag
        DROP CONSTRAINT events_tt_tag_position, DROP CONSTRAINT events_tt_tag_has_tag,
        DROP CONSTRAINT events_tt_tag_has_event;
    DELETE FROM control.migrations WHERE number = 13;
"""
NOT_ALL_HOLD = """
    SELECT conname FROM pg_constraint
    WHERE connamespace = 'log'::regnamespace AND NOT convalidated ORDER BY 1
"""


@pytest.mark.parametrize(
    ("row", "not_held_by_all"),
    [
        ("(1, 't', '', '{}')", []),
        ("(0, 't', '', '{}')", ["events_tt_main_position"]),
        ("(1, 't', NULL, '{}')", ["events_tt_main_has_data"]),
        ("(-1, 't', NULL, '{}')", ["events_tt_main_has_data", "events_tt_main_position"]),
    ],
    ids=["fine", "at 0", "no data", "both"],
)
def test_a_log_that_was_tampered_with_is_migrated_all_the_same(
    database_url: str, row: str, not_held_by_all: list[str]
) -> None:
    """New rows are held to the constraints; of the others they do not say that all do."""
    with psycopg.connect(database_url, autocommit=True) as owner:
        owner.execute(BEFORE)
        owner.execute(f"INSERT INTO log.events_tt_main VALUES {row}".encode())
        assert migrate(database_url) == ["0013_log_rows"]
        found = [name for (name,) in owner.execute(NOT_ALL_HOLD).fetchall()]
        assert found == not_held_by_all
        with pytest.raises(psycopg.errors.IntegrityError):
            owner.execute("INSERT INTO log.events_tt_main VALUES (-2, 't', NULL, '{}')")
