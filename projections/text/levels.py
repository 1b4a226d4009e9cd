"""Weights as bytes, on the three levels of the Unicode Collation Algorithm.

    primary     one byte for what ASCII has; two to four for the rest, of which the first tells
                between which ASCII characters, or in which script, it stands
    secondary   one byte a weight (accents)
    tertiary    one byte a weight (case); for a number, how many zeros lead it

No weight begins with the byte 0: it parts the levels.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect
from collections.abc import Hashable, Iterable
from typing import NamedTuple

from projections.text.ascii_weights import PRIMARY_WEIGHTS, TERTIARY_WEIGHTS

COMMON_SECONDARY = 1
COMMON_TERTIARY = 2
"""The least weight of its level. At a level's end it is left out: that moves nothing."""

_BELOW_SECONDARIES = 0x1F
_PAIRS = 0xFB
"""The upper half of weights that come in pairs, for characters without an entry: Han above all."""

_PRIMARY = dict(enumerate(map(int, PRIMARY_WEIGHTS.split()), start=0x20))
_TERTIARY = dict(enumerate(map(int, TERTIARY_WEIGHTS.split()), start=0x20))
_ASCII = sorted(set(_PRIMARY.values()))


class Levels(NamedTuple):
    """The weights of a piece of text."""

    primary: bytes
    secondary: bytes
    tertiary: bytes


def _first_bytes() -> dict[Hashable, int]:
    """Numbers the possible beginnings of a weight, in order: an ASCII weight itself, those between
    it and the one before it, a number, the upper half of a greater weight, a weight of a pair.
    """
    order: list[Hashable] = []
    for weight in _ASCII:
        order.append(("below", weight))
        if weight == _PRIMARY[ord("0")]:
            order.append("number")
        order.append(weight)
    order += [("above", upper) for upper in range(_ASCII[-1] >> 8, 0x80)]
    order += ["pair", ("above", 0xFF)]
    return {what: place for place, what in enumerate(order, start=1)}


_FIRST = _first_bytes()
NUMBER = _FIRST["number"]
"""The first byte of a number: after punctuation and currency, before letters."""


def ascii_primary(code: int) -> int:
    """Returns the primary byte of a printable ASCII character."""
    return _FIRST[_PRIMARY[code]]


def ascii_tertiary(code: int) -> int:
    """Returns the tertiary byte of a printable ASCII character."""
    return _TERTIARY[code]


def levels_of(text: str) -> Levels:
    """Returns the weights of text as pyuca gives them; numbers are nothing special to it."""
    from projections.text.ducet import ducet  # most names do without

    elements = ducet().collation_elements(unicodedata.normalize("NFD", text))
    return Levels(
        _primary_bytes(primary for primary, _, _ in elements if primary),
        bytes(secondary - _BELOW_SECONDARIES for _, secondary, _ in elements if secondary),
        bytes(tertiary for _, _, tertiary in elements if tertiary),
    )


def _primary_bytes(weights: Iterable[int]) -> bytes:
    written = bytearray()
    rest = iter(weights)
    for weight in rest:
        upper, lower = divmod(weight, 0x100)
        if weight in _FIRST:
            written.append(_FIRST[weight])
        elif weight < _ASCII[-1]:
            written += bytes((_FIRST["below", _ASCII[bisect(_ASCII, weight)]], upper, lower))
        elif upper == _PAIRS:
            written += bytes((_FIRST["pair"], lower, *divmod(next(rest), 0x100)))
        else:
            written += bytes((_FIRST["above", upper], lower))
    return bytes(written)
