"""Sort keys: bytes whose order is the order in which people expect names.

The Unicode Collation Algorithm over its default table (DUCET of Unicode 10, punctuation and spaces
not ignored), with runs of digits compared by their value: "item 2" before "item 10", é by e. Keys
are computed here and stored, so that no server's build or upgrade moves a row, and compared byte by
byte. The table is pyuca's, pinned to one version whatever Python's own Unicode version is.

A key is three levels, parted by two zero bytes:

    primary     two bytes a weight; a run of digits is the weight of 0, its length, its digits
    secondary   two bytes a weight (accents), without trailing commonest weights
    tertiary    one byte a weight (case), likewise; a run of digits gives its leading zeros

Texts of printable ASCII, nearly all of them, take a path of byte translations; the others go
character by character through a cache, and through pyuca itself where characters act on their
neighbours (combining marks, Indic and Thai vowels). Tests hold the three to one order.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

LONGEST_KEY = 900
"""Bytes. Three keys fit a B-tree row; texts alike for some 300 characters are ordered by id."""

Levels = tuple[bytes, bytes, bytes]
"""Primary, secondary and tertiary weights, as bytes."""

_DIGITS = re.compile(r"(\d+)")
_ASCII_RUN = re.compile(rb"[0-9]+")
_NEEDS_CARE = re.compile(rb"(?<![0-9])0[0-9]|[0-9]{100}")
_PART = b"\0\0"
_COMMON_SECONDARY = b"\0\x20"
_COMMON_TERTIARY = 0x02

_RUN = 0x01
_LENGTHS = bytes(range(0x80, 0x100))
_TENS = b"0123456789"
"""In ASCII a run of digits becomes: the byte _RUN, one of _LENGTHS, its digits."""


@dataclass(frozen=True, slots=True)
class _Table:
    """The collator, and what it says of ASCII, for bytes.translate."""

    collator: Any
    zero: int
    high: bytes
    low: bytes
    tertiary: bytes


def sort_key(text: str) -> bytes:
    """The key of a text in NFC; at most LONGEST_KEY bytes. Equal only for texts that sort alike."""
    if text.isascii() and text.isprintable():
        raw = text.encode()
        if raw.isalpha() or not _NEEDS_CARE.search(raw):
            return _ascii_key(raw, _table())[:LONGEST_KEY]
    return _general_key(text, _table())[:LONGEST_KEY]


def _ascii_key(raw: bytes, table: _Table) -> bytes:
    raw = _ASCII_RUN.sub(_marked, raw)
    primary = bytearray(2 * len(raw))
    primary[0::2] = raw.translate(table.high)
    primary[1::2] = raw.translate(table.low)
    tertiary = raw.translate(table.tertiary, _LENGTHS + _TENS)
    return bytes(primary) + _PART + _PART + tertiary.rstrip(b"\x02")


def _marked(run: re.Match[bytes]) -> bytes:
    digits = run[0] if run[0] != b"0" else b""
    return bytes((_RUN, _LENGTHS[0] + len(digits))) + digits


def _general_key(text: str, table: _Table) -> bytes:
    levels: list[Levels] = [(b"", b"", b"")]
    for place, piece in enumerate(_DIGITS.split(text)):
        if place % 2:
            levels.append(_number("".join(str(int(digit)) for digit in piece), table.zero))
        elif any(map(_minds_its_neighbours, piece)):
            levels.append(_collated(piece))
        else:
            levels.extend(map(_of_character, piece))
    primary, secondary, tertiary = (b"".join(level) for level in zip(*levels, strict=True))
    while secondary.endswith(_COMMON_SECONDARY):
        secondary = secondary[:-2]
    return primary + _PART + secondary + _PART + tertiary.rstrip(b"\x02")


@lru_cache(maxsize=4_096)
def _minds_its_neighbours(character: str) -> bool:
    """Whether what stands beside it can change its weights: combining marks, and the scripts
    from Devanagari to Lao and of South-East Asia, whose vowels join the consonant.
    """
    code = ord(character)
    if unicodedata.combining(character) or unicodedata.category(character) == "Mn":
        return True
    return (
        0x0900 <= code < 0x1100
        or 0x1700 <= code < 0x1E00
        or 0xA800 <= code < 0xAC00
        or (0x11000 <= code < 0x12000)
    )


@lru_cache(maxsize=16_384)
def _of_character(character: str) -> Levels:
    return _collated(character)


def _collated(text: str) -> Levels:
    weights = _table().collator.sort_key(text)
    first = weights.index(0)
    second = weights.index(0, first + 1)
    primary, secondary, tertiary = (
        weights[:first],
        weights[first + 1 : second],
        weights[second + 1 :],
    )
    return (
        struct.pack(f">{len(primary)}H", *primary),
        struct.pack(f">{len(secondary)}H", *secondary),
        bytes(min(weight, 0xFF) for weight in tertiary[:-1]),
    )


def _number(digits: str, zero: int) -> Levels:
    """A run of digits: by the length of its value, then by its digits; then by leading zeros."""
    value = digits.lstrip("0")
    weights = (zero, 1 + len(value), *(zero + int(digit) for digit in value))
    zeros = len(digits) - max(len(value), 1)
    tertiary = min(_COMMON_TERTIARY + max(zeros, 0), 0xFF)
    return struct.pack(f">{len(weights)}H", *weights), _COMMON_SECONDARY, bytes([tertiary])


@cache
def _table() -> _Table:
    from pyuca.collator import Collator_10_0_0  # reading its table takes 0.2 s: not at start

    collator = Collator_10_0_0()
    zero = collator.sort_key("0")[0]
    weights = [0] * 256
    tertiary = bytearray(256)
    for code in range(0x20, 0x7F):
        key = collator.sort_key(chr(code))
        weights[code], tertiary[code] = key[0], key[4]
    weights[_RUN], tertiary[_RUN] = zero, _COMMON_TERTIARY
    for length in range(0x80):
        weights[_LENGTHS[length]] = 1 + length
    high = bytes(weight >> 8 for weight in weights)
    return _Table(collator, zero, high, bytes(w & 0xFF for w in weights), bytes(tertiary))
