"""Commands on rosters: for training managers."""

from __future__ import annotations

from tests.authorization.commands.segments import ERRORS, to_managers
from tests.authorization.rows import ANSWERED, FORBIDDEN, Cells, Row, cells

MORE = 'commandId: "{}-CALLER", reason: "As it is."'
COUNTED = f"changed unchanged segment {{ name }} commandId position replayed {ERRORS}"
DONE, UNKNOWN = to_managers(), to_managers("NOT_FOUND")
ONESELF = cells(
    FORBIDDEN,
    admin=ANSWERED,
    manager=ANSWERED,
    token_admin="NOT_FOUND",
    token_manager="NOT_FOUND",
)
"""Whom the directory does not know, nobody can add."""


def _row(command: str, what: str, segment: str, whom: str, told: Cells) -> Row:
    said = f"segment: {{id: ${segment}}}, users: {whom}, {MORE.format(what.replace(' ', '-'))}"
    return Row(f"{command}: {what}", f"{command}(input: {{{said}}}) {{ {COUNTED} }}", told)


ROWS = [
    _row("addUsersToSegment", "who is in", "mine", "{ids: [$ina]}", DONE),
    _row("addUsersToSegment", "oneself", "theirs", "{ids: [$me]}", ONESELF),
    _row("addUsersToSegment", "nobody", "mine", '{usernames: ["nobody"]}', UNKNOWN),
    _row("addUsersToSegment", "to hidden", "hidden", '{emails: ["ina@example.org"]}', DONE),
    _row("removeUsersFromSegment", "who is not in", "mine", '{codes: ["no-otto"]}', DONE),
    _row("removeUsersFromSegment", "of none", "none", "{ids: [$ina]}", UNKNOWN),
]
