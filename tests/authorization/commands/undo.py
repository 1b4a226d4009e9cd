"""Undo: of what they did themselves for training managers, of anything for site admins."""

from __future__ import annotations

from tests.authorization.commands.segments import ERRORS, to_admins, to_managers
from tests.authorization.rows import ANSWERED, FORBIDDEN, Cells, Row, cells

DONE = f"mode undone conflicts {{ event {{ type }} reason }} commandId position replayed {ERRORS}"


def _row(what: str, command: str, told: Cells, mode: str, fields: str = DONE) -> Row:
    command_id = f"{command}-undone-CALLER"
    said = f'command: "{command}", mode: {mode}, reason: "Mistaken.", commandId: "{command_id}"'
    return Row(f"undoCommand: {what}", f"undoCommand(input: {{{said}}}) {{ {fields} }}", told)


OF_THE_MANAGER = cells(FORBIDDEN, admins=ANSWERED, manager=ANSWERED)

ROWS = [
    _row("an admin's, to see", "admin-does", to_admins(), "DRY_RUN"),
    _row("the manager's, to see", "manager-does", OF_THE_MANAGER, "DRY_RUN"),
    _row("one's own", "CALLER-did", to_managers(), "COMMIT"),
    _row("what made a user", "ina-comes", to_admins(), "DRY_RUN"),
    _row("none", "nothing", to_managers("NOT_FOUND"), "COMMIT", ERRORS),
]
