"""`segments status`: the positions of the log and the read model, and the active projector."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import psycopg
import typer

from projections.engine.projector import LOCK_QUERY
from projections.engine.schema import READ_MODEL
from service.cli.output.terminal import table
from service.database.connections import on_primary, service_conninfo
from service.database.migrations import pending
from service.database.open_database import database, settings_with
from service.database.pools import READ_SEARCH_PATH

_POSITIONS = """
    SELECT coalesce((SELECT max(id) FROM log.events_tt_main), 0), position, version, indexed
    FROM progress
"""
_UNFIT = """
    SELECT position, why, count(*) OVER () FROM unfit_events ORDER BY position LIMIT 1
"""


_SESSIONS = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name = 'segments'
    AND pid <> pg_backend_pid()
"""


def status(
    data: Annotated[Path | None, typer.Option(help="The data directory.")] = None,
) -> None:
    """Shows log head, read-model position, lag, pending migrations, and who projects."""
    with database(settings_with(data)) as url:
        steps = pending(url)
        rows = [("migrations", "pending: " + ", ".join(steps) if steps else "up to date")]
        if not steps:
            rows += _positions(url)
        table(("what", "value"), rows)


def _positions(url: str) -> list[tuple[str, str]]:
    with psycopg.connect(on_primary(service_conninfo(url, READ_SEARCH_PATH))) as connection:
        ((head, position, version, indexed),) = connection.execute(_POSITIONS).fetchall()
        unfit = connection.execute(_UNFIT).fetchone()
        ((active,),) = connection.execute(LOCK_QUERY, [READ_MODEL]).fetchall()
        ((sessions,),) = connection.execute(_SESSIONS).fetchall()
    return [
        ("log head", str(head)),
        ("read model", str(position)),
        ("lag", f"{head - position} events"),
        ("projection", f"version {version}" + ("" if indexed else ", indexes not built yet")),
        ("projector", f"active in session {active}" if active else "none is active"),
        ("events that do not fit", _told(unfit)),
        ("sessions", str(sessions)),
    ]


def _told(unfit: tuple[int, str, int] | None) -> str:
    if unfit is None:
        return "none"
    position, why, many = unfit
    return f"{many}, the first at {position}: {why}"
