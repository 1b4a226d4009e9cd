"""An index of the rejected rows and their reasons: a million of them in a few bytes each."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping


class RejectionIndex(Mapping[int, str]):
    """Reasons by the line at which a row begins. Lines are added in the file's order.

    Many rows are bad for the same reason: it is kept once.
    """

    def __init__(self) -> None:
        self._rows = array("I")
        self._reasons_of_rows = array("I")
        self._reasons: list[str] = []
        self._places: dict[str, int] = {}

    def add(self, row: int, reason: str) -> None:
        """Adds a row, which comes after those that are in it."""
        place = self._places.setdefault(reason, len(self._reasons))
        if place == len(self._reasons):
            self._reasons.append(reason)
        self._rows.append(row)
        self._reasons_of_rows.append(place)

    def __getitem__(self, row: int) -> str:
        place = bisect_left(self._rows, row)
        if place == len(self._rows) or self._rows[place] != row:
            raise KeyError(row)
        return self._reasons[self._reasons_of_rows[place]]

    def __iter__(self) -> Iterator[int]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)
