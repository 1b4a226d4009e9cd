"""Sets of whole numbers that lie close together: a bit each, where there are many."""

from __future__ import annotations

_BITS = 16
_IN_A_PAGE = 1 << _BITS
_FEW = 256
"""Numbers in a page that are stored one by one; beyond that the page's 8 kB take up less."""


class IntSet:
    """A million neighbours in 125 kB, where a set takes 90 MB."""

    def __init__(self) -> None:
        self._pages: dict[int, set[int] | bytearray] = {}

    def add(self, number: int) -> None:
        """Adds a number, whether or not it is in the set."""
        page, place = number >> _BITS, number & (_IN_A_PAGE - 1)
        kept = self._pages.get(page)
        if kept is None:
            self._pages[page] = {place}
        elif isinstance(kept, bytearray):
            kept[place >> 3] |= 1 << (place & 7)
        else:
            kept.add(place)
            if len(kept) > _FEW:
                self._pages[page] = _in_bits(kept)

    def __contains__(self, number: int) -> bool:
        kept = self._pages.get(number >> _BITS)
        place = number & (_IN_A_PAGE - 1)
        if isinstance(kept, bytearray):
            return bool(kept[place >> 3] >> (place & 7) & 1)
        return kept is not None and place in kept


def _in_bits(places: set[int]) -> bytearray:
    bits = bytearray(_IN_A_PAGE >> 3)
    for place in places:
        bits[place >> 3] |= 1 << (place & 7)
    return bits
