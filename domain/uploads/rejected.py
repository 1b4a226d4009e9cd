"""The rejected rows of an upload as a file: to be mended, and uploaded again as it is."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from domain.uploads.columns import GUARD_COLUMN
from domain.uploads.guard import guarded, header_of, lines_of
from domain.uploads.upload_command import UploadCommand

REASON_COLUMN = "reason"
"""Beside the columns that were used; an upload passes over it. Cells are guarded: people open the
file in a spreadsheet."""

AT_ONCE = 1_000
"""Rows of a piece: of 100 kB, mostly."""


def rejected_rows(command: UploadCommand[Any]) -> Iterator[bytes]:
    """Header, the used cells of each rejected row as they were, and why: in pieces, as all of it
    may be as long as the file. Reads the file again.
    """
    file = command.open_file()
    yield header_of([*file.used_columns, REASON_COLUMN, GUARD_COLUMN]).encode()
    reasons = command.plan.rejected
    rows = (
        [*map(guarded, cells), guarded(reasons[line]), ""]
        for line, cells in file.used_cells()
        if line in reasons
    )
    while piece := list(islice(rows, AT_ONCE)):
        yield lines_of(piece).encode()
