"""Which character stands between the cells of a file: found from its header."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from domain.uploads.csv.records import LONGEST_RECORD
from domain.uploads.options import DELIMITERS


def find_delimiter(beginning: str, is_known: Callable[[str], bool]) -> str:
    """The one that makes the most known columns of the header; else the most columns."""

    def columns(delimiter: str) -> tuple[int, int]:
        cells = _header(beginning, delimiter)
        return sum(map(is_known, cells)), len(cells)

    return max(DELIMITERS, key=columns)


def _header(beginning: str, delimiter: str) -> list[str]:
    lines = io.StringIO(beginning.lstrip("\r\n")[:LONGEST_RECORD], newline="")
    return next(csv.reader(lines, delimiter=delimiter), [])
