"""Escapes cells that a spreadsheet would take for a formula (docs/reference/rules.md, "Files").

Quotes around a cell protect it from a spreadsheet that reads the comma as the delimiter. With
another delimiter, where the comma is in numbers, they protect the first cell of a line alone: the
second cell of `"a","b;=1+1;c"` is `=1+1`. So an apostrophe stands wherever a spreadsheet may begin
a cell: also behind such delimiters, and behind line breaks, within one of ours. It is of no help
against other quotes, or blanks between cells.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

_SIGNS = "=+-@'\N{MINUS SIGN}"
"""Characters that begin a formula, or that we put before it."""
_ENDS = ";:|\t\r\n"
"""Characters that may end a cell: all that our own reader takes, beside the comma, and some
more.
"""

_PLAIN = re.compile(f"(?:[0-9A-Za-z][^{_ENDS}]*)?")
"""Matches most cells, which need nothing."""
_GUARDS = re.compile(f"(\\A|[{_ENDS}])'")

_UNSEEN = frozenset(("Cc", "Cf", "Cn", "Co", "Cs", "Me", "Mn", "Zl", "Zp", "Zs"))
"""Categories of characters that take no place of their own, or show nothing in it. Nearly all that
Unicode calls Default_Ignorable is in them: unassigned characters, too.
"""
_BLANK = "\u115f\u1160\u3164\uffa0\u2800\U0001d159"
"""Letters and symbols that show nothing: fillers of Hangul, Braille without a dot, a note without
a head."""
_PASSED = frozenset(_ENDS + ',"' + _BLANK)
"""Characters behind which a formula may stand: quotes, too, are gone where a cell begins with
them.
"""


def escape_formula(cell: str) -> str:
    """Returns the cell with an apostrophe before whatever could be taken for a formula, or for
    escaped already: signs in any width, also behind invisible characters.

    A file of such cells carries the column GUARD_COLUMN, by which an upload takes them off again.
    """
    if _PLAIN.fullmatch(cell):
        return cell
    pieces: list[str] = []
    is_formula = False
    for sign in reversed(cell):
        begins = _begins_formula(sign)
        if begins is not None:
            is_formula = begins
        elif is_formula and sign in _ENDS:
            pieces.append("'")
        pieces.append(sign)
    if is_formula or cell[0] in "\t\r\n":
        pieces.append("'")
    return "".join(reversed(pieces))


def unescape_formula(cell: str) -> str:
    """Returns the original of an escaped cell."""
    return _GUARDS.sub(r"\1", cell)


@lru_cache(maxsize=4096)
def _begins_formula(sign: str) -> bool | None:
    """Whether it does at the beginning of a cell; None when that depends on the next character:
    this one is invisible, or may end a cell.
    """
    for part in unicodedata.normalize("NFKC", sign):
        if part in _SIGNS:
            return True
        if part not in _PASSED and unicodedata.category(part) not in _UNSEEN:
            return False
    return None


def header_of(names: Iterable[str]) -> str:
    """Returns the names of known columns as a line of CSV."""
    return _written([names], csv.QUOTE_MINIMAL)


def lines_of(rows: Iterable[Iterable[str]]) -> str:
    """Yields rows as CSV, each cell in quotes."""
    return _written(rows, csv.QUOTE_ALL)


def _written(rows: Iterable[Iterable[str]], quoting: Literal[0, 1]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=quoting).writerows(rows)
    return text.getvalue()
