"""Puts one schema in the place of another, while both are at the same position.

Names of tables are looked up by every statement anew, so that renaming two schemas in one
transaction is all there is to it. What must hold besides:

- Whoever has seen position P never sees less. Both schemas are at exactly one position when names
  change, and nothing is written before all sessions have heard of it: the lock on `progress` is
  let go after that.
- Whoever reads several times in one snapshot sees one schema: such a transaction locks `progress`
  first (projections/engine/snapshot.py), and the switch waits for it.
- A projector goes on in the schema that has the name now: its transactions lock `progress` first,
  too, and the name is looked up again when the wait is over.
"""

from __future__ import annotations

import time

from psycopg import errors, sql

from projections.engine.names import DISCARDED, NEXT, PREVIOUS, READ_MODEL
from projections.engine.projector import READ_MODEL_CHANNEL
from projections.rebuild.build import catch_up
from projections.rebuild.context import RebuildContext, position_of

_ENTERING = "read_model_entering"

LOCK_TIMEOUT = "200ms"
"""Time for which new statements wait behind a switch that waits for running ones."""

WAIT_TIMEOUT_S = 60.0
"""Seconds in which there must be a moment for the switch."""

BETWEEN_TRIES = 0.1


class CannotSwitch(Exception):
    """Raised when there is nothing to switch to, or no moment for it; the message says which."""


def switch(context: RebuildContext) -> int:
    """Puts the built schema in the place of the read model, which is kept; returns the position of
    both.
    """
    return _switch(context, NEXT)


def switch_back(context: RebuildContext) -> int:
    """Catches up the read model before the last switch and puts it in its place again."""
    return _switch(context, PREVIOUS)


def _switch(context: RebuildContext, to: str) -> int:
    _require_one_of_ours(context, to)
    _drop_discarded(context)
    catch_up(context, to)
    end = time.monotonic() + WAIT_TIMEOUT_S
    while True:
        try:
            position = _at_once(context, to)
            break
        except errors.LockNotAvailable:
            if time.monotonic() > end:
                raise CannotSwitch("The read model is in use without a pause.") from None
            time.sleep(BETWEEN_TRIES)
            catch_up(context, to)
    _drop_discarded(context)
    return position


def _require_one_of_ours(context: RebuildContext, schema: str) -> None:
    version = context.version(schema)
    if version is None:
        raise CannotSwitch(f"There is no {schema} to switch to.")
    ours = context.projection.version
    if version != ours:
        raise CannotSwitch(
            f"{schema} is of version {version}, and this release reads version {ours}."
        )


def _at_once(context: RebuildContext, to: str) -> int:
    owner = context.owner
    with owner.transaction():
        owner.execute(sql.SQL("SET LOCAL lock_timeout = {}").format(LOCK_TIMEOUT))
        owner.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(context.role)))
        position = _locked(context, READ_MODEL)
        context.projector(to).catch_up(position)
        if _locked(context, to) != position:
            raise CannotSwitch(f"{to} is ahead of the read model.")
        owner.execute("RESET ROLE")
        _rename(context, to)
        owner.execute("SELECT pg_notify(%s, %s)", [READ_MODEL_CHANNEL, str(position)])
    return position


def _locked(context: RebuildContext, schema: str) -> int:
    """Locks the schema's progress for reads and writes, until the transaction ends; returns its
    position.
    """
    table = sql.Identifier(schema, "progress")
    context.owner.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(table))
    return position_of(context.owner, schema)


def _rename(context: RebuildContext, to: str) -> None:
    steps = [(to, _ENTERING), (READ_MODEL, PREVIOUS), (_ENTERING, READ_MODEL)]
    if to != PREVIOUS and _is_there(context, PREVIOUS):
        steps.insert(0, (PREVIOUS, DISCARDED))
    for old, new in steps:
        rename = sql.SQL("ALTER SCHEMA {} RENAME TO {}")
        context.owner.execute(rename.format(sql.Identifier(old), sql.Identifier(new)))


def _is_there(context: RebuildContext, schema: str) -> bool:
    query = "SELECT to_regnamespace(%s) IS NOT NULL"
    return context.owner.execute(query, [schema]).fetchone() == (True,)


def _drop_discarded(context: RebuildContext) -> None:
    """Waits for those who still read there, which began before the switch, and drops it."""
    drop = sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE")
    context.owner.execute(drop.format(sql.Identifier(DISCARDED)))
