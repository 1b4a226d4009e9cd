"""A read model that was built beside takes the place of the one that is read, and gives it back."""

from __future__ import annotations

import psycopg
import pytest

from projections.engine.names import NEXT, PREVIOUS
from projections.engine.projector import Projector
from projections.rebuild.switch import CannotSwitch, switch, switch_back
from service.database.connections import service_conninfo
from tests.projections.commands import creation
from tests.projections.conftest import Do
from tests.projections.rebuilt import rebuild, rebuild_context


def names(url: str) -> list[str]:
    """What is listed."""
    with psycopg.connect(service_conninfo(url, "read_model")) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM segments ORDER BY name")]


def schemas(url: str) -> dict[str, int]:
    """The read models that there are, by what their tables are to PostgreSQL."""
    query = (
        "SELECT nspname, (nspname || '.progress')::regclass::oid::int FROM pg_namespace"
        " WHERE nspname LIKE 'read_model%'"
    )
    with psycopg.connect(url) as connection:
        return dict(connection.execute(query).fetchall())


def test_it_switches_there_and_back(database_url: str, do: Do, site_projector: Projector) -> None:
    """What was written meanwhile is there at once, and the projector goes on where it is."""
    do(creation("First"))
    site_projector.catch_up()
    rebuild(database_url)
    before = schemas(database_url)
    do(creation("Second"))
    site_projector.catch_up()
    with rebuild_context(database_url) as there:
        assert switch(there) == 2
        assert names(database_url) == ["First", "Second"]
        assert schemas(database_url) == {
            "read_model": before[NEXT],
            PREVIOUS: before["read_model"],
        }
        do(creation("Third"))
        site_projector.catch_up()
        assert names(database_url) == ["First", "Second", "Third"]
        assert switch_back(there) == 3
        assert names(database_url) == ["First", "Second", "Third"]
        assert schemas(database_url) == {
            "read_model": before["read_model"],
            PREVIOUS: before[NEXT],
        }


def test_there_must_be_something_to_switch_to(database_url: str) -> None:
    """It says what there is not."""
    with rebuild_context(database_url) as there:
        with pytest.raises(CannotSwitch, match="no read_model_next"):
            switch(there)
        with pytest.raises(CannotSwitch, match="no read_model_previous"):
            switch_back(there)
