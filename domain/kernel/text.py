"""The characters and lengths that any text may have (docs/reference/rules.md, "Text")."""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

# C0, DEL and C1 controls; U+2028 and U+2029 are line breaks that some programs honour.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_CONTROLS_BUT_LAYOUT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_MADE_OF_MARKS = frozenset("\u0f73\u0f75\u0f81")
"""Characters that are no marks themselves, but made of nothing else."""

MAX_DECOMPOSITION = 4
"""Code points that one in NFC is decomposed into, at most: a text of more than as many for each is
too long in NFC, too."""

MANY_MARKS = 30
"""In a row: no writing needs more (UAX #15, "Stream-Safe Text Format")."""


class InvalidText(ValueError):
    """A text breaks a rule; `str()` of it is a sentence for the person who typed it."""


def normalised(text: str, longest: int) -> str:
    """Returns `text` in Unicode NFC, which has at most `longest` code points.

    InvalidText when it has more, or holds a lone surrogate, which is no character. Its length is
    looked at first, and many marks are put in order here: Python takes the square of their number
    for that, while the whole process waits (python/cpython#149079).
    """
    if text.isascii():
        return within(text, longest)
    if len(text) > longest * MAX_DECOMPOSITION:
        raise _too_long(text, longest)
    if _SURROGATES.search(text):
        raise InvalidText("Must not contain half of a surrogate pair.")
    return within(unicodedata.normalize("NFC", _in_order(text)), longest)


def single_line(text: str, longest: int) -> str:
    """Returns `text` trimmed, in NFC, of at most `longest` code points.

    InvalidText when it has more, or holds line breaks, control or bidi characters.
    """
    line = normalised(text.strip(), longest)
    if line.isascii() and line.isprintable():
        return line
    if _CONTROLS.search(line):
        raise InvalidText("Must not contain line breaks or control characters.")
    if _BIDI_CONTROLS.search(line):
        raise InvalidText("Must not contain bidirectional control characters.")
    return line


def multi_line(text: str, longest: int) -> str:
    """Returns `text` in NFC, of at most `longest` code points.

    InvalidText when it has more, or holds control characters other than TAB, CR and LF.
    """
    prose = normalised(text, longest)
    if _CONTROLS_BUT_LAYOUT.search(prose):
        raise InvalidText("Must not contain control characters.")
    return prose


def within(text: str, longest: int) -> str:
    """Returns `text`, when it has at most `longest` code points; else InvalidText."""
    if len(text) > longest:
        raise _too_long(text, longest)
    return text


def _too_long(text: str, longest: int) -> InvalidText:
    return InvalidText(f"Must be at most {longest:,} characters; this has {len(text):,}.")


def _in_order(text: str) -> str:
    """Returns the same text, of which long rows of marks are in the order that Unicode gives
    them.
    """
    if len(text) <= MANY_MARKS:
        return text
    pieces = ("".join(piece) for _, piece in groupby(text, _is_mark))
    return "".join(map(_sorted, pieces))


def _sorted(piece: str) -> str:
    if len(piece) <= MANY_MARKS or not _is_mark(piece[0]):
        return piece
    marks = "".join(unicodedata.normalize("NFD", character) for character in piece)
    return "".join(sorted(marks, key=unicodedata.combining))


def _is_mark(character: str) -> bool:
    return character in _MADE_OF_MARKS or unicodedata.combining(character) > 0
