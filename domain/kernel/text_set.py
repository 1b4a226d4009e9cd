"""Sets of texts that are filled first and asked afterwards: a million in 8 MB."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable

_MASK = 2**64 - 1


class TextSet:
    """Grows by `add`; once `settle` was called it can be asked.

    What is kept of a text are 64 bits of its hash: it may be that a text seems to be there that is
    not, in one of 10 billion cases and more.
    """

    def __init__(self) -> None:
        self._hashes = array("Q")

    def add(self, text: str) -> None:
        """Adds a text, whether or not it is in the set."""
        self._hashes.append(hash(text) & _MASK)

    def update(self, texts: Iterable[str]) -> None:
        """Adds all of them."""
        self._hashes.extend(hash(text) & _MASK for text in texts)

    def sort(self) -> None:
        """Sorts the set; called once all are added: a second for a million."""
        self._hashes = array("Q", sorted(set(self._hashes)))

    def __len__(self) -> int:
        return len(self._hashes)

    def __contains__(self, text: str) -> bool:
        wanted = hash(text) & _MASK
        place = bisect_left(self._hashes, wanted)
        return place < len(self._hashes) and self._hashes[place] == wanted

    def isdisjoint(self, texts: Iterable[str]) -> bool:
        """Whether none of the texts is in the set."""
        return not any(text in self for text in texts)
