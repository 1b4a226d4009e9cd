"""`segments status`: how far the log and the read model are, and who is at work."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import psycopg
import typer

from projections.engine.projector import LOCK_QUERY
from projections.engine.schema import READ_MODEL
from service.cli.terminal import plainly, table
from service.database.connections import service_conninfo
from service.database.migrations import pending
from service.database.opened import database, settings_with
from service.database.pools import READ_SEARCH_PATH

_POSITIONS = """
    SELECT coalesce((SELECT max(id) FROM log.events_tt_main), 0), position, version, indexed
    FROM progress
"""


def status(
    data: Annotated[Path | None, typer.Option(help="The data directory.")] = None,
) -> None:
    """Shows head, read-model position, lag, pending migrations and whether a projector is active."""
    with plainly(), database(settings_with(data)) as url:
        steps = pending(url)
        rows = [("migrations", "pending: " + ", ".join(steps) if steps else "up to date")]
        if not steps:
            rows += _positions(url)
        table(("what", "value"), rows)


def _positions(url: str) -> list[tuple[str, str]]:
    with psycopg.connect(service_conninfo(url, READ_SEARCH_PATH)) as connection:
        row = connection.execute(_POSITIONS).fetchone()
        active = connection.execute(LOCK_QUERY, [READ_MODEL]).fetchone()
        sessions = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND application_name = 'segments' AND pid <> pg_backend_pid()"
        ).fetchone()
    assert row is not None and active is not None and sessions is not None  # one row each
    return [
        ("log head", str(row[0])),
        ("read model", str(row[1])),
        ("lag", f"{row[0] - row[1]} events"),
        ("projection", f"version {row[2]}" + ("" if row[3] else ", indexes not built yet")),
        ("projector", f"active in session {active[0]}" if active[0] else "none is active"),
        ("sessions", str(sessions[0])),
    ]
