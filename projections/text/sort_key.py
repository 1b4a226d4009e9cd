"""Sort keys: bytes whose order is the order in which people expect names.

The Unicode Collation Algorithm over its default table (Unicode 10, as pyuca has it; punctuation and
spaces count, "non-ignorable"), with numbers compared by value: "item 2" before "item 10", é by e,
case last. Keys are computed here and stored, so that no server's build or upgrade moves a row.

A key is the primary, secondary and tertiary levels (levels.py), parted by 0. A number, any run of
Unicode's decimal digits, is the primary weight

    NUMBER, its length without leading zeros (_LENGTHS; or 0xff and four bytes), its digits

Printable ASCII, nearly every name, is a few translations of bytes. Of other texts only the pieces
that are not ASCII are looked up, and remembered.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from projections.text.ascii_weights import JOINERS, LEADERS
from projections.text.levels import (
    COMMON_SECONDARY,
    COMMON_TERTIARY,
    NUMBER,
    Levels,
    ascii_primary,
    ascii_tertiary,
    levels_of,
)

MAX_KEY_BYTES = 900
"""Bytes. A B-tree's row holds three; texts alike for at least 225 characters are ordered by id."""

_PART = b"\0"
_COMMON_SECONDARIES = bytes([COMMON_SECONDARY])
_COMMON_TERTIARIES = bytes([COMMON_TERTIARY])

_DIGITS = range(0x30, 0x3A)
_LETTERLIKE = [code for code in range(0x20, 0x7F) if code not in _DIGITS]
_ZEROS = range(0x80, 0x90)
"""Bytes in marked ASCII: each begins a number, and tells how many zeros lead it."""
_LENGTHS = range(0x90, 0xFF)
"""Bytes that tell a number's length."""
_LONG = 0xFF


def _table(values: dict[int, int]) -> bytes:
    return bytes(values.get(code, 0) for code in range(0x100))


_PRIMARY = {code: ascii_primary(code) for code in _LETTERLIKE}
_TERTIARY = {code: ascii_tertiary(code) for code in _LETTERLIKE}
_PLAIN_PRIMARY = _table(_PRIMARY)
_MARKED_PRIMARY = _table(
    _PRIMARY | dict.fromkeys(_ZEROS, NUMBER) | {code: code for code in (*_LENGTHS, *_DIGITS)}
)
_ANY_TERTIARY = _table(
    _TERTIARY | {code: COMMON_TERTIARY + zeros for zeros, code in enumerate(_ZEROS)}
)
_NO_TERTIARY = bytes((*_LENGTHS, *_DIGITS))

_NUMBERS = re.compile(rb"[0-9]+")
_PIECES = re.compile(rf"\d+|[ -/:-~]+(?![{JOINERS}])|[{LEADERS}]*\D[{JOINERS}]*")
"""Numbers, ASCII, and single characters together with those that they cannot be told apart from."""


def sort_key(text: str) -> bytes:
    """Returns the key of a text, at most MAX_KEY_BYTES long; the same for canonically equivalent
    texts.

    Other texts have the same key only if nobody would mind their order (or beyond the bound).
    """
    return _whole_key(text)[:MAX_KEY_BYTES]


def joined_sort_key(first: str, then: str) -> bytes:
    """Returns the key of two texts, at most twice as long: by the first, and only if it is the same
    by the other. No weight begins with 0, so that the shorter of two first texts still comes first.
    """
    return sort_key(first) + _PART + sort_key(then)


def _whole_key(text: str) -> bytes:
    if not text.isascii():
        return _general_key(text)
    raw = text.encode()
    primary = raw.translate(_PLAIN_PRIMARY)
    if 0 not in primary:
        tertiary = raw.translate(_ANY_TERTIARY)
        return primary + b"\0\0" + tertiary.rstrip(_COMMON_TERTIARIES)
    raw = _NUMBERS.sub(_marked, raw)
    primary = raw.translate(_MARKED_PRIMARY)
    if 0 in primary:
        return _general_key(text)  # a control character, or a number beyond the tables
    tertiary = raw.translate(_ANY_TERTIARY, _NO_TERTIARY)
    return primary + b"\0\0" + tertiary.rstrip(_COMMON_TERTIARIES)


def _marked(number: re.Match[bytes]) -> bytes:
    digits = number[0]
    value = digits.lstrip(b"0")
    zeros = len(digits) - len(value) - (not value)
    if zeros >= len(_ZEROS) or len(value) >= len(_LENGTHS):
        return b"\0"
    return bytes((_ZEROS[zeros], _LENGTHS[len(value)])) + value


def _general_key(text: str) -> bytes:
    levels = [_of_piece(piece) for piece in _PIECES.findall(text)]
    primary, secondary, tertiary = map(b"".join, zip(*levels, strict=True))
    return _PART.join(
        (primary, secondary.rstrip(_COMMON_SECONDARIES), tertiary.rstrip(_COMMON_TERTIARIES))
    )


@lru_cache(maxsize=8_192)
def _of_piece(piece: str) -> Levels:
    if piece.isdecimal():
        return _of_number("".join(str(unicodedata.decimal(digit)) for digit in piece))
    if piece.isascii() and piece.isprintable():
        raw = piece.encode()
        tertiary = raw.translate(_ANY_TERTIARY)
        return Levels(raw.translate(_PLAIN_PRIMARY), _COMMON_SECONDARIES * len(raw), tertiary)
    return levels_of(piece)


def _of_number(digits: str) -> Levels:
    value = digits.lstrip("0").encode()
    zeros = len(digits) - len(value) - (not value)
    if len(value) < len(_LENGTHS):
        length = bytes([_LENGTHS[len(value)]])
    else:
        length = bytes([_LONG]) + len(value).to_bytes(4)
    tertiary = min(COMMON_TERTIARY + zeros, 0xFF)
    return Levels(bytes([NUMBER]) + length + value, _COMMON_SECONDARIES, bytes([tertiary]))
