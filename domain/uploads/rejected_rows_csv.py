"""Writes the rejected rows of an upload as a file: to be corrected, and uploaded again as it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from domain.uploads.csv.columns import GUARD_COLUMN
from domain.uploads.csv.csv_injection import escape_formula, header_of, lines_of
from domain.uploads.upload_command import UploadCommand

REASON_COLUMN = "reason"
"""The column beside those that were used; an upload ignores it. Cells are escaped: people open the
file in a spreadsheet.
"""

PIECE_LENGTH = 100_000
"""Characters after which a piece ends: a row has as many at most, and a reason. Python writes a
piece without a pause, in which no other request is answered.
"""


def rejected_rows(command: UploadCommand[Any]) -> Iterator[bytes]:
    """Yields the header, the used cells of each rejected row as they were, and the reasons: in
    pieces, as all of it may be as long as the file. Reads the file again.
    """
    file = command.open_file()
    yield header_of([*file.used_columns, REASON_COLUMN, GUARD_COLUMN]).encode()
    reasons = command.plan.rejected
    rows = (
        [*map(escape_formula, cells), escape_formula(reasons[line]), ""]
        for line, cells in file.used_cells()
        if line in reasons
    )
    for piece in _pieces(rows):
        yield lines_of(piece).encode()


def _pieces(rows: Iterable[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    piece: list[Sequence[str]] = []
    size = 0
    for row in rows:
        piece.append(row)
        size += sum(map(len, row))
        if size >= PIECE_LENGTH:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece
