"""Cells that a spreadsheet would take for a formula (docs/reference/rules.md, "Files").

Quotes around a cell protect it from who opens the file with the comma between cells. With another
sign there, as spreadsheets have it where the comma is in numbers, they protect the first of a line
alone: the second cell of `"a","b;=1+1;c"` is `=1+1`. So an apostrophe stands wherever a spreadsheet
may begin a cell: also behind such signs, and behind line breaks, within one of ours. It is of no
help against who has other quotes, or blanks between cells.
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
"""What begins a formula, or is what we put before it."""
_ENDS = ";:|\t\r\n"
"""What a cell may end at: all that our own reader takes, beside the comma, and some more."""

_PLAIN = re.compile(f"(?:[0-9A-Za-z][^{_ENDS}]*)?")
"""Most cells."""
_GUARDS = re.compile(f"(\\A|[{_ENDS}])'")

_UNSEEN = frozenset(("Cc", "Cf", "Cn", "Co", "Cs", "Me", "Mn", "Zl", "Zp", "Zs"))
"""Categories of what takes no place of its own, or shows nothing in it. Nearly all that Unicode
calls Default_Ignorable is in them: what is not assigned, too."""
_BLANK = "\u115f\u1160\u3164\uffa0\u2800\U0001d159"
"""Letters and symbols that show nothing: fillers of Hangul, Braille without a dot, a note without
a head."""
_PASSED = frozenset(_ENDS + ',"' + _BLANK)
"""What a formula may stand behind: quotes, too, are gone where a cell begins with them."""


def escape_formula(cell: str) -> str:
    """The cell with an apostrophe before whatever could be taken for a formula, or for guarded
    already: signs in any width, also behind what cannot be seen.

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
    """What was guarded, as it was."""
    return _GUARDS.sub(r"\1", cell)


@lru_cache(maxsize=4096)
def _begins_formula(sign: str) -> bool | None:
    """Whether it does at the beginning of a cell; None when what comes after it does or does not:
    it is not seen, or a cell may end with it.
    """
    for part in unicodedata.normalize("NFKC", sign):
        if part in _SIGNS:
            return True
        if part not in _PASSED and unicodedata.category(part) not in _UNSEEN:
            return False
    return None


def header_of(names: Iterable[str]) -> str:
    """The names of known columns as a line of CSV."""
    return _written([names], csv.QUOTE_MINIMAL)


def lines_of(rows: Iterable[Iterable[str]]) -> str:
    """Rows as CSV, each cell in quotes."""
    return _written(rows, csv.QUOTE_ALL)


def _written(rows: Iterable[Iterable[str]], quoting: Literal[0, 1]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=quoting).writerows(rows)
    return text.getvalue()
