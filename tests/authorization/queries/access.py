"""Who read the log, and who was refused: for auditors and site admins."""

from __future__ import annotations

from tests.authorization.rows import ABSENT, FORBIDDEN, LOG, Row, cells

ENTRY = "at roles operation about outcome channel requestId actor { displayName }"


def _kept(filter: str) -> str:
    return f"accessLog(filter: {{{filter}}}) {{ nodes {{ outcome }} totalCount }}"


NOTHING = cells(FORBIDDEN, admins=ABSENT, auditors=ABSENT)
FUTURE, PAST = '"2200-01-01T00:00:00Z"', '"2000-01-01T00:00:00Z"'

ROWS = [
    Row(
        "accessLog: all",
        f"accessLog {{ nodes {{ {ENTRY} }} edges {{ cursor node {{ at }} }}"
        " pageInfo { endCursor } totalCount }",
        LOG,
        is_noted=True,
    ),
    Row("accessLog: of an actor", _kept("actor: $noUser"), NOTHING),
    Row("accessLog: of an operation", _kept('operation: "nothing"'), NOTHING),
    Row("accessLog: of an outcome", _kept('outcome: "NOT_FOUND"'), NOTHING),
    Row("accessLog: after", _kept(f"after: {FUTURE}"), NOTHING),
    Row("accessLog: before", _kept(f"upTo: {PAST}"), NOTHING),
]
