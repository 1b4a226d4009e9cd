"""Uploads: of segments and members for training managers, of users for site admins."""

from __future__ import annotations

from tests.authorization.commands.segments import ERRORS, to_admins, to_managers
from tests.authorization.rows import Cells, Row

COUNTS = (
    "mode rowsRead rowsAccepted rowsRejected created updated unchanged newSiteAdmins"
    " ignoredColumns rowErrors { row column code message value } preview rejectedRows planHash"
    f" commandId position {ERRORS}"
)
SEGMENTS = "name,code\nFrom CALLER,MODE-CALLER\n"
MEMBERS = "segment,username\nmine,ina\n"
USERS = "username,email,firstname,lastname\nMODE-CALLER,MODE-CALLER@example.org,A,B\n"


def _rows(command: str, file: str, told: Cells) -> list[Row]:
    return [
        Row(
            f"{command}: {mode}",
            f"{command}(input: {{file: $file, mode: {mode}}}) {{ {COUNTS} }}",
            told,
            file=file.replace("MODE", mode),
        )
        for mode in ("DRY_RUN", "COMMIT")
    ]


ROWS = [
    *_rows("uploadUserSegments", SEGMENTS, to_managers()),
    *_rows("uploadSegmentMembers", MEMBERS, to_managers()),
    *_rows("uploadUsers", USERS, to_admins()),
]
