"""Who read the log, and who was refused: for auditors and site admins."""

from __future__ import annotations

from tests.authorization.rows import ABSENT, FORBIDDEN, LOG, Row, cells, shown

ENTRY = "at roles operation about outcome channel requestId actor { displayName }"


def _kept(filter: str) -> str:
    return f"accessLog(filter: {{{filter}}}) {{ nodes {{ outcome }} totalCount }}"


_OUTCOMES = (
    "ALLOWED FORBIDDEN INVALID NOT_FOUND CODE_TAKEN USERNAME_TAKEN EMAIL_TAKEN"
    " VERSION_CONFLICT ARCHIVED MANAGED HAS_DEPENDENTS COMMAND_REUSED PLAN_STALE"
)
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
    Row(
        "accessLog: where from",
        "accessLog(first: 1) { nodes { channel } }",
        cells(FORBIDDEN, admins=shown("API"), auditors=shown("API")),
        is_noted=True,
    ),
    Row("accessLog: of an actor", _kept("actor: $noUser"), NOTHING),
    Row("accessLog: of an operation", _kept('operation: "nothing"'), NOTHING),
    Row("accessLog: of an outcome", _kept("outcome: PLAN_STALE"), NOTHING),
    Row("accessLog: of any outcome", _kept(f"outcome: [{_OUTCOMES}]"), LOG, is_noted=True),
    Row("accessLog: after", _kept(f"after: {FUTURE}"), NOTHING),
    Row("accessLog: before", _kept(f"upTo: {PAST}"), NOTHING),
]
