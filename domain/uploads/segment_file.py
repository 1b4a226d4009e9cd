"""Files of segments: a segment each row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

import msgspec

from domain.kernel.rejections import RejectionCode
from domain.kernel.text import InvalidText
from domain.kernel.values import Code, code_key, parse_code
from domain.segments.values import Description, Name, parse_description, parse_name
from domain.uploads.csv.cells import Cell, RowParser, Unique, optional
from domain.uploads.csv.columns import Columns, Fields
from domain.uploads.csv.row_errors import BadRow
from domain.uploads.csv.row_file import RowFile
from domain.uploads.options import UploadOptions

_VISIBLE = {
    **dict.fromkeys(("yes", "true", "on", "1", "y"), True),
    **dict.fromkeys(("no", "false", "off", "0", "n"), False),
}


class SegmentFileRow(msgspec.Struct, frozen=True, gc=False):
    """A row that can be parsed. None: the cell is blank, or the file has no such column."""

    row: int
    name: Name
    code: Code | None = None
    description: Description | None = None
    visible: bool | None = None


class SegmentFile(RowFile[SegmentFileRow]):
    """A file of segments. Each code stands once in it: a later row with the same is bad."""

    FIELDS = Fields(
        {
            "name": "name",
            "code": "code",
            "idnumber": "code",
            "usersegmentid": "code",
            "segmentid": "code",
            "description": "description",
            "visible": "visible",
        }
    )
    MAX_ROWS = 100_000

    def __init__(self, file: BinaryIO, options: UploadOptions) -> None:
        super().__init__(file, options)
        code = Unique("user segment ID", RejectionCode.CODE_TAKEN, code_key)
        kinds = (
            Cell("name", parse_name),
            Cell("code", parse_code, code),
            Cell("description", optional(parse_description)),
            Cell("visible", optional(parse_visible)),
        )
        self._parser = RowParser(kinds, self.columns)

    def columns_of(self, header: Sequence[str]) -> Columns:
        return Columns(header, self.FIELDS, {"name": "“name”"})

    def read(self, row: int, cells: Sequence[str]) -> SegmentFileRow | BadRow[SegmentFileRow]:
        values, errors = self._parser.read(row, cells)
        found = SegmentFileRow(row, **{"name": Name(""), **values})
        return BadRow(row, tuple(errors), found) if errors else found


def parse_visible(text: str) -> bool:
    """Parses yes or no, in any of the words that files use."""
    visible = _VISIBLE.get(text)
    if visible is None:
        visible = _VISIBLE.get(text.strip().casefold())
    if visible is None:
        raise InvalidText("Must be yes or no (or true, false, on, off, 1, 0, y, n).")
    return visible
