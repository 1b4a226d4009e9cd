"""Who joins one segment, by which rows: a million of them in some bytes each."""

from __future__ import annotations

from array import array
from collections.abc import Iterator

from domain.kernel.ids import USER
from domain.kernel.int_set import Numbers
from domain.memberships.events import MOST_IN_A_FACT

_DIGITS = len(USER) + 1
_BYTES = 16
"""Of a UUID."""


class Joiners:
    """In the order in which rows name them. A `key` is a number of theirs that nobody else has."""

    def __init__(self) -> None:
        self._seen = Numbers()
        self._ids = bytearray()
        self._rows = array("I")

    def knows(self, key: int) -> bool:
        """Whether they were named already, whatever came of it."""
        return key in self._seen

    def pass_over(self, key: int) -> None:
        """Notes somebody who is in already."""
        self._seen.add(key)

    def add(self, key: int, user_id: str, row: int) -> None:
        """Notes somebody who is to join."""
        self._seen.add(key)
        self._ids += bytes.fromhex(user_id[_DIGITS:])
        self._rows.append(row)

    def in_facts(self) -> Iterator[tuple[tuple[str, ...], tuple[int, ...]]]:
        """Ids and rows, as many at a time as one event speaks of."""
        for start in range(0, len(self._rows), MOST_IN_A_FACT):
            rows = self._rows[start : start + MOST_IN_A_FACT]
            ids = self._ids[start * _BYTES : (start + len(rows)) * _BYTES].hex()
            width = 2 * _BYTES
            users = (f"{USER}_{ids[at : at + width]}" for at in range(0, len(ids), width))
            yield tuple(users), tuple(rows)
