"""Small numbers for texts that recur in events: types, and the ids of actors."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from psycopg import Cursor

from projections.engine.copying import copy_rows


class SurrogateKeys:
    """One table of numbers and texts. The first in the log has the smallest number."""

    def __init__(self, table: str, column: str) -> None:
        self._table = table
        self._column = column
        self._known: dict[str, int] = {}
        self._next = 1
        self._new: list[tuple[int, str]] = []

    def load(self, cursor: Cursor[Any], texts: Collection[str]) -> None:
        """Loads those that have a number."""
        known = f"SELECT {self._column}, number FROM {self._table} WHERE {self._column} = ANY(%s)"
        self._known = dict(cursor.execute(known.encode(), [list(texts)]))
        last = f"SELECT coalesce(max(number), 0) FROM {self._table}"
        row = cursor.execute(last.encode()).fetchone()
        self._next = 1 if row is None else row[0] + 1

    def of(self, text: str) -> int:
        """Returns the number of a text, which has one from now on."""
        if text not in self._known:
            self._known[text] = self._next
            self._new.append((self._next, text))
            self._next += 1
        return self._known[text]

    def write(self, cursor: Cursor[Any]) -> None:
        """Adds the new ones."""
        copy_rows(cursor, f"COPY {self._table} (number, {self._column}) FROM STDIN", self._new)
