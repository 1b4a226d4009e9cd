"""Cells that a spreadsheet would take for a formula (service.md, "Files")."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import Literal

_UNSEEN = r"\s;|,\u00ad\u200b-\u200f\u2060-\u2064\ufeff"
_FORMULA = re.compile(rf"[{_UNSEEN}]*[=+\-@'\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
"""A sign that begins one, as wide as it may be; also behind what cannot be seen, and behind what a
spreadsheet that splits lines elsewhere takes for the end of a cell."""


def guarded(cell: str) -> str:
    """The cell behind an apostrophe when it could be taken for a formula, or for guarded already.

    A file of such cells carries the column GUARD_COLUMN, by which an upload takes them off again.
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def header_of(names: Iterable[str]) -> str:
    """The names of known columns as a line of CSV."""
    return _written([names], csv.QUOTE_MINIMAL)


def lines_of(rows: Iterable[Iterable[str]]) -> str:
    """Rows as CSV, each cell in quotes: also what holds another sign that spreadsheets split at."""
    return _written(rows, csv.QUOTE_ALL)


def _written(rows: Iterable[Iterable[str]], quoting: Literal[0, 1]) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, quoting=quoting).writerows(rows)
    return text.getvalue()
