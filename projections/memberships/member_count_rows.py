"""The member counts of the segments that a batch touches, present and past."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from psycopg import Cursor

from projections.engine.copying import array, copy_numbers

CountSince = tuple[int, int]
"""A count, and the position from which it holds."""

_FETCH = "SELECT number, member_count, from_position FROM rosters WHERE number = ANY(%s::integer[])"
_REMOVE = "DELETE FROM rosters WHERE number = ANY(%s::integer[])"
_COPY = "COPY rosters (number, member_count, from_position) FROM STDIN"
_COPY_PAST = "COPY past_roster_counts (number, member_count, from_position, to_position) FROM STDIN"


class MemberCountRows:
    """Rows of `rosters`, by the number of the segment."""

    def __init__(self) -> None:
        self._rows: dict[int, CountSince] = {}
        self._known: list[int] = []
        self._past: list[tuple[int, int, int, int]] = []

    def load(self, cursor: Cursor[Any], segments: Collection[int]) -> None:
        """Loads the rows that exist."""
        if segments:
            cursor.execute(_FETCH, [array(segments)])
            self._rows = {number: (count, begun) for number, count, begun in cursor}
            self._known = list(self._rows)

    def begin(self, segment: int, position: int) -> None:
        """Adds a segment, without members."""
        self._rows[segment] = (0, position)

    def change(self, segment: int, by: int, position: int) -> None:
        """Changes the count from a position on. LookupError for a segment that does not exist."""
        count = self._close(segment, position)
        self._rows[segment] = (count + by, position)

    def end(self, segment: int, position: int) -> None:
        """Ends the count: the segment is deleted."""
        self._close(segment, position)

    def write(self, cursor: Cursor[Any]) -> None:
        """Deletes the rows that changed and inserts them again, like the new ones."""
        if self._known:
            cursor.execute(_REMOVE, [array(self._known)])
        copy_numbers(cursor, _COPY, self._now(), 3)
        copy_numbers(cursor, _COPY_PAST, self._past, 4)

    def _now(self) -> Iterable[tuple[int, int, int]]:
        return [(number, count, begun) for number, (count, begun) in self._rows.items()]

    def _close(self, segment: int, position: int) -> int:
        if segment not in self._rows:
            raise LookupError(f"at {position} there is no roster: the segment is not on the site")
        count, begun = self._rows.pop(segment)
        self._past.append((segment, count, begun, position))
        return count
