"""Files of segments: a segment each row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

import msgspec

from domain.kernel.rejections import RejectionCode
from domain.kernel.values import code_key
from domain.segments.fields import EDITABLE, FIELDS
from domain.uploads.csv.cells import Cell, RowParser, Unique, optional
from domain.uploads.csv.columns import Columns, Fields, column_key
from domain.uploads.csv.row_errors import BadRow
from domain.uploads.csv.row_file import RowFile
from domain.uploads.options import UploadOptions

_REQUIRED = {name: f"“{name}”" for name, field in FIELDS.items() if field.required}


class SegmentFileRow(msgspec.Struct, frozen=True, gc=False):
    """A row that can be parsed. None: the cell is blank, or the file has no such column."""

    row: int
    name: str
    code: str | None = None
    description: str | None = None
    visible: bool | None = None


class SegmentFile(RowFile[SegmentFileRow]):
    """A file of segments. Each code stands once in it: a later row with the same is bad."""

    FIELDS = Fields(
        {
            **{column_key(field): field for field in EDITABLE},
            "idnumber": "code",
            "usersegmentid": "code",
            "segmentid": "code",
        }
    )
    MAX_ROWS = 100_000

    def __init__(self, file: BinaryIO, options: UploadOptions) -> None:
        super().__init__(file, options)
        once = {"code": Unique("user segment ID", RejectionCode.CODE_TAKEN, code_key)}
        cells = [
            Cell(name, field.parse if field.required else optional(field.parse), once.get(name))
            for name, field in FIELDS.items()
        ]
        self._parser = RowParser(cells, self.columns)

    def columns_of(self, header: Sequence[str]) -> Columns:
        return Columns(header, self.FIELDS, _REQUIRED)

    def read(self, row: int, cells: Sequence[str]) -> SegmentFileRow | BadRow[SegmentFileRow]:
        values, errors = self._parser.read(row, cells)
        found = SegmentFileRow(row, **{"name": "", **values})
        return BadRow(row, tuple(errors), found) if errors else found
