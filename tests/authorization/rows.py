"""Rows of the matrix: what is asked, and what each caller is told.

What is expected follows from the contract's table "Who may do what", never from what is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tests.authorization.callers import GROUPS, Caller

CommandResult = str | tuple[Any, ...]
"""One of those below, another error's code, or exactly what is shown."""

NOT_LET_IN = "not let in"
"""401; over a WebSocket it closes with 4403."""
FORBIDDEN = "FORBIDDEN"
ABSENT = "as if absent"
"""Null, an empty list, a count of 0: what there would be if the thing were not there."""
ANSWERED = "answered"
"""With whatever it is."""

Cells = dict[Caller, CommandResult]

TYPES = {
    "file": "Upload!",
    "position": "LogPosition!",
    **dict.fromkeys(("theirsCursor", "hiddenCursor", "noneCursor"), "String!"),
}
"""Of variables; all others are ids."""
_VARIABLE = re.compile(r"\$(\w+)")


def shown(*values: Any) -> CommandResult:
    """Exactly these values of the answer, in its order: without nulls, and with the ids of what was
    seeded by their names, as in "$mine".
    """
    assert values
    return values


def cells(otherwise: CommandResult, **told: CommandResult) -> Cells:
    """What each is told, by the names of callers and groups: the later counts. Who is not named is
    told `otherwise`, and strangers are not let in.
    """
    found: Cells = dict.fromkeys(GROUPS["strangers"], NOT_LET_IN)
    found |= dict.fromkeys(GROUPS["signed_in"], otherwise)
    for name, outcome in told.items():
        found |= dict.fromkeys(GROUPS[name], outcome)
    return found


LOG = cells(FORBIDDEN, admins=ANSWERED, auditors=ANSWERED)
"""The log, proofs, and who read them: auditors and site admins."""
PAST = cells(FORBIDDEN, staff=ANSWERED)
"""What was: whoever sees all segments."""


def everybody(told: CommandResult) -> Cells:
    """Whoever has a role."""
    return cells(told, roleless=FORBIDDEN)


@dataclass(frozen=True, slots=True)
class Row:
    """One question, command or subscription, by each caller. `text` is its root field; its
    variables are ids of what was seeded, `$me` the caller's own. `file` is what `$file` holds; in
    it and in `text`, CALLER stands for who asks.
    """

    name: str
    text: str
    cells: Cells
    is_noted: bool = False
    """Whether the access log tells who was answered. It always tells who was FORBIDDEN."""
    file: str | None = None

    @property
    def variables(self) -> set[str]:
        """The names of those that it uses."""
        return set(_VARIABLE.findall(self.text))

    def document(self, kind: str, caller: Caller = Caller.NOBODY) -> str:
        """The whole operation, of that kind."""
        declared = ", ".join(
            f"${name}: {TYPES.get(name, 'ID!')}" for name in sorted(self.variables)
        )
        opening = f"{kind} ({declared})" if declared else kind
        return f"{opening} {{ {self.text} }}".replace("CALLER", caller.replace("_", "-"))


def named(rows: Iterable[Row]) -> dict[str, Row]:
    """Rows by their names, which are the tests' ids."""
    found: dict[str, Row] = {}
    for row in rows:
        assert row.name not in found, row.name
        found[row.name] = row
    return found
