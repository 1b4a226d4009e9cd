"""Compares, row by row, a read model that was built anew with the one that is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import Connection, IsolationLevel, sql

from projections.engine.names import NEXT, READ_MODEL
from projections.rebuild.build import catch_up
from projections.rebuild.context import RebuildContext, position_of

EXAMPLES = 5
"""Rows of a table that differ and are reported one by one."""

BUILD_COLUMNS = {"progress": ("version", "indexed")}
"""Columns that do not depend on the log, and may differ."""

_TABLES = """
    SELECT relname FROM pg_class
    WHERE relnamespace = ANY(ARRAY(SELECT oid FROM pg_namespace WHERE nspname = ANY(%s)))
    AND relkind IN ('r', 'p') GROUP BY relname ORDER BY relname
"""
_COLUMNS = """
    SELECT a.attname, coalesce(a.attnum = ANY(i.indkey), false)
    FROM pg_attribute a LEFT JOIN pg_index i ON i.indrelid = a.attrelid AND i.indisprimary
    WHERE a.attrelid = to_regclass(%s) AND a.attnum > 0 AND NOT a.attisdropped
"""
_COMPARE = """
    SELECT count(*), count(*) FILTER (WHERE differs),
        (array_agg(told) FILTER (WHERE differs))[:{examples}]
    FROM (
        SELECT {differs} AS differs, CASE WHEN {differs} THEN {told} END AS told
        FROM (SELECT true AS there, * FROM {old}) AS old
        FULL JOIN (SELECT true AS there, * FROM {new}) AS new USING ({keys})
    ) AS pairs
"""


@dataclass(frozen=True, slots=True)
class TableComparison:
    """The comparison of one table: its rows, the number of those that differ, and of a few of those
    which, and in what columns.

    Values are not reported: they may be personal.
    """

    table: str
    rows: int
    differing: int
    examples: Sequence[str] = ()


def compare(place: RebuildContext) -> tuple[int, list[TableComparison]]:
    """Compares every table of either, at one position of both, which it returns.

    Both stand still only until the snapshot is taken, in which the rest is done.
    """
    catch_up(place, NEXT)
    with place.connect() as connection:
        connection.isolation_level = IsolationLevel.REPEATABLE_READ
        with place.held() as position:
            place.projector(NEXT).catch_up(position)
            reached = position_of(connection, NEXT)
        if reached != position:
            raise LookupError(f"{NEXT} is at {reached}, and the read model at {position}")
        connection.execute("SET LOCAL work_mem = '256MB'")
        return position, list(_compared(connection))


def _compared(connection: Connection[Any]) -> Iterator[TableComparison]:
    for (table,) in connection.execute(_TABLES, [[READ_MODEL, NEXT]]).fetchall():
        old, new = (_columns(connection, schema, table) for schema in (READ_MODEL, NEXT))
        yield _compared_rows(connection, table, old, new)


def _columns(connection: Connection[Any], schema: str, table: str) -> dict[str, bool]:
    """Returns the columns of a table, and whether each is of its key; none when there is no such
    table.
    """
    return dict(connection.execute(_COLUMNS, [f"{schema}.{table}"]).fetchall())


def _compared_rows(
    connection: Connection[Any], table: str, old: dict[str, bool], new: dict[str, bool]
) -> TableComparison:
    keys = [name for name, is_key in old.items() if is_key]
    if old.keys() != new.keys() or keys != [name for name, is_key in new.items() if is_key]:
        return _of_other_shape(connection, table, old, new)
    built = BUILD_COLUMNS.get(table, ())
    names = [name for name in old if name not in keys and name not in built]
    query = _query(table, keys, names)
    ((rows, differing, examples),) = connection.execute(query).fetchall()
    return TableComparison(table, rows, differing, examples or ())


def _query(table: str, keys: Sequence[str], names: Sequence[str]) -> sql.Composed:
    pairs = [(sql.Identifier("old", name), sql.Identifier("new", name)) for name in names]
    unlike = [sql.SQL("{} IS DISTINCT FROM {}").format(*pair) for pair in pairs]
    alone = sql.SQL("old.there IS NULL OR new.there IS NULL").format()
    which = [
        sql.SQL("CASE WHEN {} THEN {} END").format(test, sql.Literal(name))
        for test, name in zip(unlike, names, strict=True)
    ]
    place = sql.SQL(", ").join(
        sql.SQL("{} || {}::text").format(sql.Literal(f"{key} "), sql.Identifier(key))
        for key in keys
    )
    told = sql.SQL(
        "concat_ws(', ', {place}) || CASE WHEN old.there IS NULL THEN ': only in the new one'"
        " WHEN new.there IS NULL THEN ': only in the old one'"
        " ELSE ': other ' || concat_ws(', ', {which}) END"
    ).format(place=place, which=sql.SQL(", ").join([sql.Literal(None), *which]))
    return sql.SQL(_COMPARE).format(
        examples=sql.Literal(EXAMPLES),
        differs=sql.SQL("({})").format(sql.SQL(" OR ").join([alone, *unlike])),
        told=told,
        old=sql.Identifier(READ_MODEL, table),
        new=sql.Identifier(NEXT, table),
        keys=sql.SQL(", ").join(map(sql.Identifier, keys)),
    )


def _of_other_shape(
    connection: Connection[Any], table: str, old: dict[str, bool], new: dict[str, bool]
) -> TableComparison:
    """Compares tables that only one of them has, or with other columns: every row differs, and the
    table does, if it has none.
    """
    rows = max(_count(connection, READ_MODEL, table, old), _count(connection, NEXT, table, new))
    gone, come = ", ".join(old.keys() - new.keys()), ", ".join(new.keys() - old.keys())
    if not old or not new:
        example = f"only in the {'new' if new else 'old'} one"
    else:
        example = f"other columns: without {gone or 'none'}, with {come or 'none'}"
    return TableComparison(table, rows, max(rows, 1), [example])


def _count(connection: Connection[Any], schema: str, table: str, columns: dict[str, bool]) -> int:
    if not columns:
        return 0
    query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, table))
    row = connection.execute(query).fetchone()
    return 0 if row is None else int(row[0])
