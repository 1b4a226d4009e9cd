"""Builds a read model from the first event of the log on, beside the one that is read."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from psycopg import sql

from projections.engine.names import NEXT, READ_MODEL
from projections.engine.schema import create
from projections.rebuild.context import RebuildContext

NEARLY = 1_000
"""Positions that may be missing: a tenth of a second, for which the read model may be held
still.
"""

OnProgress = Callable[[int, int], None]
"""Called with the number of events just folded, and the position of the last of them."""


def build(context: RebuildContext, told: OnProgress = lambda *_: None) -> int:
    """Makes the schema anew and fills it up to the read model's position, which it returns.

    Its indexes are built, too, and its tables known to the planner. Never further than the read
    model: what one shows first, the other could take back.
    """
    with context.owner.transaction():
        create(context.owner, context.role, context.projection, NEXT)
    with _garbage_left():
        catch_up(context, NEXT, told)
    _vacuum(context)
    return catch_up(context, NEXT, told)


def catch_up(context: RebuildContext, schema: str, told: OnProgress = lambda *_: None) -> int:
    """Follows the read model until both are at one position, or nearly; the position reached."""
    projector = context.projector(schema)
    while True:
        goal = context.position(READ_MODEL)
        reached = projector.catch_up(goal, told)
        if context.position(READ_MODEL) - goal < NEARLY:
            return reached


def _vacuum(context: RebuildContext) -> None:
    """Vacuums the tables: else plans are guesses until autovacuum comes by, and index-only scans
    read tables.
    """
    tables = "SELECT relname FROM pg_class WHERE relnamespace = %s::regnamespace AND relkind = 'r'"
    with context.connect() as connection:
        connection.autocommit = True
        for (table,) in connection.execute(tables, [NEXT]).fetchall():
            name = sql.Identifier(NEXT, table)
            connection.execute(sql.SQL("VACUUM (ANALYZE) {}").format(name))


@contextmanager
def _garbage_left() -> Iterator[None]:
    """Turns the garbage collector off meanwhile: a batch has a hundred thousand objects and no
    cycles, and looking for these takes a quarter of the time.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
