"""The rejected rows of an upload as a file: to be mended, and uploaded again as it is."""

from __future__ import annotations

from typing import Any

from domain.uploads.columns import GUARD_COLUMN
from domain.uploads.guard import guarded, header_of, lines_of
from domain.uploads.upload_command import UploadCommand

REASON_COLUMN = "reason"
"""Beside the columns that were used; an upload passes over it. Cells are guarded: people open the
file in a spreadsheet."""


def rejected_rows(command: UploadCommand[Any]) -> bytes:
    """Header, the used cells of each rejected row as they were, and why. Reads the file again."""
    file = command.open_file()
    reasons = command.plan.rejected
    rejected = (
        [*map(guarded, cells), guarded(reasons[line]), ""]
        for line, cells in file.used_cells()
        if line in reasons
    )
    header = header_of([*file.used_columns, REASON_COLUMN, GUARD_COLUMN])
    return (header + lines_of(rejected)).encode()
