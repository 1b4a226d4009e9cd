"""Checks all that protects the logs from changes: triggers, their functions, constraints.

An attacker who removes one of them can restore everything but the proofs; whatever is not in its
place is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from psycopg import Connection

from service.database.migrations.steps import all_steps

_TABLES = ["log.events_tt_main", "log.events_tt_tag", "access.entries", "proofs.tiles"]

_REFUSE = "EXECUTE FUNCTION {}.refuse_change()"
_NEVER = "CREATE TRIGGER append_only BEFORE {} ON {} FOR EACH STATEMENT " + _REFUSE
TRIGGERS = {
    _NEVER.format("DELETE OR UPDATE OR TRUNCATE", "log.events_tt_main", "log"),
    _NEVER.format("DELETE OR UPDATE OR TRUNCATE", "log.events_tt_tag", "log"),
    _NEVER.format("UPDATE OR TRUNCATE", "access.entries", "access"),
    "CREATE TRIGGER kept_for_a_month BEFORE DELETE ON access.entries FOR EACH ROW"
    " WHEN ((old.at > (now() - '30 days'::interval))) " + _REFUSE.format("access"),
    "CREATE TRIGGER only_filled BEFORE UPDATE ON proofs.tiles FOR EACH ROW WHEN"
    " (((old.height IS DISTINCT FROM new.height) OR (old.index IS DISTINCT FROM new.index)"
    " OR (old.first_position IS DISTINCT FROM new.first_position)"
    " OR (old.hashes IS DISTINCT FROM substr(new.hashes, 1, octet_length(old.hashes)))"
    " OR (old.positions IS DISTINCT FROM substr(new.positions, 1, octet_length(old.positions)))))"
    " " + _REFUSE.format("proofs"),
}
"""The triggers as PostgreSQL writes them; there are no others."""

CONSTRAINTS = {
    ("log.events_tt_main", "CHECK ((id > 0))"),
    ("log.events_tt_main", "NOT NULL data"),
    ("log.events_tt_main", "NOT NULL id"),
    ("log.events_tt_main", "NOT NULL tags"),
    ("log.events_tt_main", "NOT NULL type"),
    ("log.events_tt_tag", "CHECK ((main_id > 0))"),
    ("log.events_tt_tag", "NOT NULL main_id"),
    ("log.events_tt_tag", "NOT NULL tag"),
}

_TRIGGERS = """
    SELECT pg_get_triggerdef(oid), tgenabled FROM pg_trigger
    WHERE tgrelid = ANY(%s::regclass[]) AND NOT tgisinternal ORDER BY 1
"""
_CONSTRAINTS = """
    SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid = ANY(%s::regclass[])
"""
_BODIES = """
    SELECT pronamespace::regnamespace::text || '.' || proname, prosrc FROM pg_proc
    WHERE proname = 'refuse_change'
"""
_ALWAYS = "A"


def fallen_guards(connection: Connection[Any]) -> Iterator[str]:
    """Yields, in words, whatever is not as the migrations made it. The search path is
    `pg_catalog`.
    """
    found = dict(connection.execute(_TRIGGERS, [_TABLES]).fetchall())
    for trigger in sorted(TRIGGERS - found.keys()):
        yield f"a trigger is missing, or was changed: {trigger}"
    for trigger in sorted(found.keys() - TRIGGERS):
        yield f"there is a trigger that is none of ours: {trigger}"
    for trigger, enabled in found.items():
        if trigger in TRIGGERS and enabled != _ALWAYS:
            yield f"a trigger does not always run (tgenabled is {enabled}): {trigger}"
    bodies = dict(connection.execute(_BODIES).fetchall())
    for function, body in _bodies().items():
        if bodies.get(function) != body:
            yield f"the function {function} was changed"
    rows = connection.execute(_CONSTRAINTS, [_TABLES]).fetchall()
    there = {(table, definition.removesuffix(" NOT VALID")) for table, definition in rows}
    for table, definition in sorted(CONSTRAINTS - there):
        yield f"{table} has lost the constraint {definition}"


@cache
def _bodies() -> dict[str, str]:
    """Returns the bodies of the triggers' functions, as the migrations have them."""
    made = re.compile(r"CREATE FUNCTION (\w+\.refuse_change)\(\).*?AS \$\$(.*?)\$\$", re.DOTALL)
    steps = (step.sql.decode() for step in all_steps())
    return {found[1]: found[2] for text in steps for found in made.finditer(text)}
