"""A row whose every cell is a value of its own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from domain.kernel.refusals import RefusalCode
from domain.kernel.text import InvalidText
from domain.uploads.csv.cells import Cell, Repeated
from domain.uploads.csv.columns import Columns
from domain.uploads.csv.row_errors import RowError


class Reading:
    """Reads those cells that the file has columns for."""

    def __init__(self, kinds: Sequence[Cell[Any]], columns: Columns) -> None:
        self._columns = columns
        places = columns.places
        self._cells = [
            (places[kind.field], kind.field, kind.parse, kind.once)
            for kind in kinds
            if kind.field in places
        ]

    def read(self, row: int, cells: Sequence[str]) -> tuple[dict[str, Any], list[RowError]]:
        """The values by field, and all that is wrong with the others."""
        values: dict[str, Any] = {}
        errors: list[RowError] = []
        for at, field, parse, once in self._cells:
            try:
                values[field] = value = parse(cells[at])
                if once is not None and value is not None:
                    once.check(value, row)
            except InvalidText as invalid:
                code = invalid.code if isinstance(invalid, Repeated) else RefusalCode.INVALID
                errors.append(self._columns.error(row, at, str(invalid), cells[at], code))
        return values, errors
