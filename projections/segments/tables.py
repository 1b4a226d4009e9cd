"""Writes the tables of segments: fetch by id, delete, insert by COPY."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import msgspec
from psycopg import Cursor

from projections.engine.copying import copy_rows
from projections.segments.row import COLUMNS, SegmentRow, row_from

_AS_TEXT = {
    "id": "replace(id::text, '-', '')",
    "created_at": "created_at::text",
    "updated_at": "updated_at::text",
}
_FETCH = f"SELECT {', '.join(_AS_TEXT.get(c, c) for c in COLUMNS)} FROM segments WHERE id = ANY(%s)"
_NUMBERS = "SELECT replace(id::text, '-', ''), number FROM segment_numbers WHERE id = ANY(%s)"
_FETCH_LAST = (
    f"SELECT DISTINCT ON (number) {', '.join(_AS_TEXT.get(c, c) for c in COLUMNS)}"
    " FROM past_segment_states"
    " WHERE number = ANY(SELECT number FROM segment_numbers WHERE id = ANY(%s))"
    " ORDER BY number, from_position DESC"
)
_COPY_SEGMENTS = f"COPY segments ({', '.join(COLUMNS)}) FROM STDIN"
_COPY_PAST = f"COPY past_segment_states ({', '.join(COLUMNS)}, to_position) FROM STDIN"


class SegmentTables:
    """Reads and writes rows, within the projector's transaction."""

    def __init__(self, cursor: Cursor[Any]) -> None:
        self._cursor = cursor

    def rows(self, ids: Collection[str]) -> dict[str, SegmentRow]:
        """Returns the rows of those ids (hexadecimal) that are on the site."""
        if not ids:
            return {}
        self._cursor.execute(_FETCH, [list(ids)])
        return {row.id: row for row in map(row_from, self._cursor)}

    def last_states(self, ids: Collection[str]) -> dict[str, SegmentRow]:
        """Returns the last states of those that were deleted."""
        if not ids:
            return {}
        self._cursor.execute(_FETCH_LAST, [list(ids)])
        return {row.id: row for row in map(row_from, self._cursor)}

    def numbers(self, ids: Collection[str]) -> dict[str, int]:
        """Returns the numbers of those ids that are or ever were on the site."""
        if not ids:
            return {}
        self._cursor.execute(_NUMBERS, [list(ids)])
        return {digits: int(number) for digits, number in self._cursor}

    def next_number(self) -> int:
        """Returns the number of the next segment: numbers follow the log, so a rebuild gives the
        same.
        """
        self._cursor.execute("SELECT coalesce(max(number), 0) + 1 FROM segment_numbers")
        ((number,),) = self._cursor.fetchall()
        return int(number)

    def add_numbers(self, numbers: Mapping[str, int]) -> None:
        """Adds the numbers of new segments."""
        copy_rows(self._cursor, "COPY segment_numbers (id, number) FROM STDIN", numbers.items())

    def add(self, rows: Iterable[SegmentRow]) -> None:
        """Adds segments to the present list."""
        copy_rows(self._cursor, _COPY_SEGMENTS, map(msgspec.structs.astuple, rows))

    def add_past(self, ended: Iterable[tuple[SegmentRow, int]]) -> None:
        """Adds states with the positions at which they ended."""
        copy_rows(
            self._cursor, _COPY_PAST, ((*msgspec.structs.astuple(row), end) for row, end in ended)
        )

    def remove(self, ids: Collection[str]) -> None:
        """Removes segments from the present list."""
        if ids:
            self._cursor.execute("DELETE FROM segments WHERE id = ANY(%s)", [list(ids)])
