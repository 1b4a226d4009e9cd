"""The dialect of a file: its encoding, and the delimiter of its cells."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable
from typing import Protocol

from domain.kernel.text import InvalidText
from domain.uploads.csv.records import MAX_RECORD_LENGTH

AUTO = "AUTO"
DELIMITERS = (",", ";", ":", "\t")
"""Possible delimiters, the likeliest first."""

_SPELLINGS = {"auto": AUTO, "tab": "\t", "\\t": "\t"}
_MAX_ENCODING_LENGTH = 40
# Python calls these text encodings, too; but they hide text within text, or let half of a
# surrogate pair through.
_NOT_FOR_FILES = frozenset(
    {"charmap", "idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7"}
)


class Dialect(Protocol):
    """The parameters for reading a file: both as the functions below return them."""

    @property
    def delimiter(self) -> str: ...

    @property
    def encoding(self) -> str: ...


def parse_delimiter(text: str) -> str:
    """Parses AUTO, a comma, a semicolon, a colon, or TAB: returns the character, or the word."""
    delimiter = _SPELLINGS.get(text.casefold(), text)
    if delimiter != AUTO and delimiter not in DELIMITERS:
        raise InvalidText("Must be AUTO, or one of , ; : and TAB.")
    return delimiter


def parse_encoding(text: str) -> str:
    """Returns Python's own name of a text encoding, whichever of its names was typed."""
    unknown = InvalidText("Must be the name of a text encoding, such as utf-8 or windows-1252.")
    if len(text) > _MAX_ENCODING_LENGTH:  # Python remembers every name that it was asked for
        raise unknown
    try:
        name = codecs.lookup(text).name
        "a".encode(name)  # refuses what is no text encoding: rot13, base64, zip …
    except (LookupError, ValueError):
        raise unknown from None
    if name.replace("_", "-") in _NOT_FOR_FILES:
        raise unknown
    return "utf-8" if name == "utf-8-sig" else name


def find_delimiter(beginning: str, is_known: Callable[[str], bool]) -> str:
    """Returns the one that makes the most known columns of the header; else the most columns."""

    def columns(delimiter: str) -> tuple[int, int]:
        cells = _header(beginning, delimiter)
        return sum(map(is_known, cells)), len(cells)

    return max(DELIMITERS, key=columns)


def _header(beginning: str, delimiter: str) -> list[str]:
    lines = io.StringIO(beginning.lstrip("\r\n")[:MAX_RECORD_LENGTH], newline="")
    return next(csv.reader(lines, delimiter=delimiter), [])
