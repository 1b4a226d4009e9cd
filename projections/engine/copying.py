"""Writes many rows at once, by COPY."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from psycopg import Cursor


def copy_rows(cursor: Cursor[Any], statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Feeds a COPY … FROM STDIN; sends nothing to the server when there are no rows."""
    first = next(iterator := iter(rows), None)
    if first is None:
        return
    with cursor.copy(statement.encode()) as copy:
        copy.write_row(first)
        for row in iterator:
            copy.write_row(row)


def copy_numbers(
    cursor: Cursor[Any], statement: str, rows: Iterable[tuple[int, ...]], columns: int
) -> None:
    """Copies rows of so many whole numbers: five times as fast."""
    copy_lines(cursor, statement, rows, "\t".join(["%d"] * columns))


def copy_lines(
    cursor: Cursor[Any], statement: str, rows: Iterable[tuple[Any, ...]], line: str
) -> None:
    """Copies rows that `line` formats as a row of COPY's text: no value may hold what that would
    escape.
    """
    lines = "".join(map(f"{line}\n".__mod__, rows))
    if lines:
        with cursor.copy(statement.encode()) as copy:
            copy.write(lines)


def array(numbers: Iterable[int]) -> str:
    """Returns whole numbers as a parameter for an array of them; much quicker than a list."""
    return "{" + ",".join(map(str, numbers)) + "}"
