"""`segments status`: how far the log and the read model are, and who is at work."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from projections.engine.schema import READ_MODEL
from tests.service.cli.conftest import Segments


def _rows(output: str) -> dict[str, str]:
    rows = [line.split("\t") for line in output.splitlines()]
    return {name: value for name, value in rows}  # noqa: C416 - each row has just two cells


@contextmanager
def _projector_elsewhere(url: str) -> Iterator[int]:
    with psycopg.connect(url, autocommit=True) as holder:
        lock = "SELECT pg_advisory_lock(hashtext('user segments'), hashtext(%s))"
        holder.execute(lock, [READ_MODEL])
        yield holder.info.backend_pid


def test_a_new_site(on_site: Segments) -> None:
    """Everything is at its beginning, and nobody is at work."""
    result = on_site("status")
    assert result.exit_code == 0
    rows = _rows(result.stdout)
    assert rows["migrations"] == "up to date"
    assert (rows["log head"], rows["read model"], rows["lag"]) == ("0", "0", "0 events")
    assert rows["projector"] == "none is active"
    assert rows["sessions"].isdecimal()


def test_a_site_that_nobody_projects(on_site: Segments) -> None:
    """The lag is what was recorded since."""
    on_site("demo")
    rows = _rows(on_site("status").stdout)
    assert int(rows["log head"]) > 10
    assert rows["lag"] == f"{int(rows['log head']) - int(rows['read model'])} events"


def test_who_projects_is_told(on_site: Segments, database_url: str) -> None:
    """By its session on the server."""
    with _projector_elsewhere(database_url) as session:
        rows = _rows(on_site("status").stdout)
    assert rows["projector"] == f"active in session {session}"


def test_an_empty_database_has_only_pending_steps(on_empty: Segments) -> None:
    """It is no failure to look."""
    result = on_empty("status")
    assert result.exit_code == 0
    rows = _rows(result.stdout)
    assert list(rows) == ["migrations"]
    assert rows["migrations"].startswith("pending: ")
