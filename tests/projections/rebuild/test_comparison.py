"""Two read models row by row."""

from __future__ import annotations

import psycopg
import pytest

from projections.engine.projector import Projector
from projections.rebuild.comparison import EXAMPLES, TableComparison, compare
from tests.projections.rebuilt import rebuild, rebuild_context
from tests.projections.story import Story


def compared(url: str) -> dict[str, TableComparison]:
    """By the table."""
    with rebuild_context(url) as there:
        _, tables = compare(there)
    return {one.table: one for one in tables}


@pytest.fixture
def built(database_url: str, story: Story, site_projector: Projector) -> str:
    """The URL of a database with two equal read models."""
    for number in range(10):
        story.user("Ann", f"Smith {number}")
    site_projector.catch_up()
    rebuild(database_url)
    return database_url


def test_every_table_is_compared_by_its_key(built: str) -> None:
    """Each of the read model's has one; a table without one would not be compared row by row."""
    query = (
        "SELECT relname::text, EXISTS (SELECT FROM pg_index"
        " WHERE indrelid = pg_class.oid AND indisprimary) FROM pg_class"
        " WHERE relnamespace = 'read_model'::regnamespace AND relkind = 'r'"
    )
    with psycopg.connect(built) as owner:
        keyed: dict[str, bool] = dict(owner.execute(query.encode()).fetchall())
    assert all(keyed.values())
    tables = compared(built)
    assert tables.keys() == keyed.keys()
    assert [one for one in tables.values() if one.differing] == []
    assert tables["users"].rows == 10


@pytest.mark.parametrize(
    ("statement", "table", "differing", "example"),
    [
        pytest.param(
            "UPDATE read_model_next.users SET email = 'x', code = 'y' WHERE number = 3",
            "users",
            1,
            "number 3: other email, code",
            id="another row",
        ),
        pytest.param(
            "DELETE FROM read_model.users WHERE number = 4",
            "users",
            1,
            "number 4: only in the new",
            id="row only in the new one",
        ),
        pytest.param(
            "DELETE FROM read_model_next.users",
            "users",
            10,
            "number 1: only in the old one",
            id="rows only in the old one",
        ),
        pytest.param(
            "UPDATE read_model.progress SET high_water = now()",
            "progress",
            1,
            "other high_water",
            id="table of one row",
        ),
        pytest.param(
            "SET ROLE segments_service; CREATE TABLE read_model_next.more (n int)",
            "more",
            1,
            "only in the new one",
            id="table only in the new one",
        ),
        pytest.param(
            "DROP TABLE read_model_next.roster_changes",
            "roster_changes",
            1,
            "only in the old one",
            id="table only in the old one",
        ),
        pytest.param(
            "ALTER TABLE read_model_next.users DROP COLUMN code, ADD COLUMN title text",
            "users",
            10,
            "other columns: without code, with title",
            id="other columns",
        ),
    ],
)
def test_what_differs_is_told(
    built: str, statement: str, table: str, differing: int, example: str
) -> None:
    """Whichever of the two it is in, and of how many rows only the first few."""
    with psycopg.connect(built) as owner:
        owner.execute(statement.encode())
    tables = compared(built)
    found = tables[table]
    assert found.differing == differing
    assert example in found.examples[0]
    assert len(found.examples) <= EXAMPLES
    others = [one for one in tables.values() if one.differing and one.table != table]
    assert others == []


def test_how_a_read_model_was_built_makes_no_difference(built: str) -> None:
    """Version, and whether there are indexes yet."""
    with psycopg.connect(built) as owner:
        owner.execute("UPDATE read_model.progress SET version = 1, indexed = false")
    assert compared(built)["progress"].differing == 0


def test_two_at_other_positions_cannot_be_compared(built: str) -> None:
    """The one that was built is ahead of the other, which was emptied."""
    with psycopg.connect(built) as owner:
        owner.execute("UPDATE read_model.progress SET position = 1")
    with rebuild_context(built) as there, pytest.raises(LookupError, match="is at 10"):
        compare(there)
