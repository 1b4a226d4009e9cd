"""The table of the Unicode Collation Algorithm, read when the first text needs it.

pyuca brings the table (DUCET of Unicode 10) and the algorithm that matches text against it. Its own
way of loading parses every entry into a tree: 0.4 s. Most names need none of them, the others few:
here the file is only cut into lines (0.05 s), and an entry is parsed when it is met.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from pyuca.collator import Collator_10_0_0

Element = list[int]
"""A collation element: its primary, secondary and tertiary weight."""

_ENTRY = re.compile(r"^([0-9A-F ]+?) *; (\[\S+)", re.MULTILINE)
_WEIGHTS = re.compile(r"([0-9A-F]{4})\.([0-9A-F]{4})\.([0-9A-F]{4})")
_IMPLICIT = re.compile(r"^@implicitweights ([0-9A-F]+)\.\.([0-9A-F]+); ([0-9A-F]+)", re.MULTILINE)


class Entries:
    """The lines of the table, by the code points that they are for. Stands in for pyuca's Trie."""

    def __init__(self, lines: dict[str, str]) -> None:
        self._lines = lines
        contractions = [key.split() for key in lines if " " in key]
        self._heads = {int(codes[0], 16) for codes in contractions}
        self._longest = max(map(len, contractions))
        self.contractions = [[int(code, 16) for code in codes] for codes in contractions]

    def find_prefix(self, codes: list[int]) -> tuple[list[int], list[Element] | None, list[int]]:
        """Returns the longest beginning that has an entry, its elements, and the rest."""
        longest = self._longest if codes and codes[0] in self._heads else 1
        for length in range(min(longest, len(codes)), 0, -1):
            line = self._lines.get(" ".join(f"{code:04X}" for code in codes[:length]))
            if line is not None:
                return codes[:length], _elements(line), codes[length:]
        return [], None, codes[:]

    def codes(self) -> list[int]:
        """Returns the code points that have an entry of their own."""
        return [int(key, 16) for key in self._lines if " " not in key]


class Ducet(Collator_10_0_0):  # type: ignore[misc]  # pyuca has no types
    """pyuca's collator with the lazy table."""

    def load(self, filename: str) -> None:
        """Cuts the file into lines. Called by pyuca."""
        text = Path(filename).read_text(encoding="utf-8")
        self.table = Entries(dict(_ENTRY.findall(text)))
        self.implicit_weights = [
            [int(number, 16) for number in found] for found in _IMPLICIT.findall(text)
        ]


@cache
def ducet() -> Ducet:
    """Returns the one collator of the process."""
    return Ducet()


def _elements(line: str) -> list[Element]:
    return [[int(weight, 16) for weight in weights] for weights in _WEIGHTS.findall(line)]
