"""Uploads: of segments and members for training managers, of users for site admins."""

from __future__ import annotations

from collections.abc import Callable

from tests.authorization.commands.segments import ERRORS, to_admins, to_managers
from tests.authorization.rows import Cells, Row

COUNTS = (
    "mode rowsRead rowsAccepted rowsRejected created updated unchanged newSiteAdmins"
    " ignoredColumns rowErrors { row column code message value } preview rejectedRows planHash"
    f" commandId position replayed {ERRORS}"
)
SEGMENTS = "name,code\nFrom CALLER,MODE-CALLER\n"
MEMBERS = "segment,username\nmine,ina\n"
USERS = "username,email,firstname,lastname\nMODE-CALLER,MODE-CALLER@example.org,A,B\n"


LOOKED = 'mode: DRY_RUN, badRows: REJECT_FILE, existing: REJECT, delimiter: "AUTO"'
DONE = (
    'mode: COMMIT, badRows: SKIP_ROWS, existing: UPDATE, encoding: "utf-8",'
    ' commandId: "COMMAND-CALLER", reason: "A file."'
)
STALE = 'mode: COMMIT, existing: SKIP, planHash: "0"'


def _rows(command: str, file: str, to: Callable[..., Cells]) -> list[Row]:
    return [
        Row(
            f"{command}: {what}",
            f"{command}(input: {{file: $file, {said.replace('COMMAND', command)}}}) {{ {COUNTS} }}",
            told,
            file=file.replace("MODE", what),
        )
        for what, said, told in [
            ("looked-at", LOOKED, to()),
            ("done", DONE, to()),
            ("stale", STALE, to("PLAN_STALE")),
        ]
    ]


ROWS = [
    *_rows("uploadUserSegments", SEGMENTS, to_managers),
    *_rows("uploadSegmentMembers", MEMBERS, to_managers),
    *_rows("uploadUsers", USERS, to_admins),
]
