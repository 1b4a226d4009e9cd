"""Commands on segments: for training managers; deleting for site admins only."""

from __future__ import annotations

from tests.authorization.rows import ANSWERED, FORBIDDEN, Cells, CommandResult, Row, cells, shown

ERRORS = "errors { code message path }"
DONE = f"segment {{ name }} commandId position replayed {ERRORS}"


def to_managers(outcome: CommandResult = ANSWERED) -> Cells:
    """For those who keep segments."""
    return cells(FORBIDDEN, managers=outcome, admins=outcome)


def to_admins(outcome: CommandResult = ANSWERED) -> Cells:
    """For those who keep the site."""
    return cells(FORBIDDEN, admins=outcome)


def _row(command: str, what: str, said: str, told: Cells, fields: str = DONE) -> Row:
    return Row(f"{command}: {what}", f"{command}(input: {{{said}}}) {{ {fields} }}", told)


ROWS = [
    _row(
        "createUserSegment",
        "new",
        'name: "By CALLER", description: "New.", visible: true, commandId: "new-CALLER",'
        ' reason: "Needed."',
        to_managers(),
    ),
    _row(
        "createUserSegment",
        "a hidden one's code",
        'name: "New", code: "hidden"',
        to_managers(shown("CODE_TAKEN", "$hidden")),
        "errors { code ... on CodeTaken { heldBy { id } } }",
    ),
    _row(
        "createUserSegment",
        "another's commandId",
        'name: "New", commandId: "ina-comes"',
        to_managers("COMMAND_REUSED"),
        "errors { code ... on CommandRefused { path } }",
    ),
    _row(
        "createUserSegment",
        "what cannot be",
        'name: " "',
        to_managers("INVALID"),
        "errors { code ... on InvalidValue { path } }",
    ),
    _row(
        "updateUserSegment",
        "mine",
        'segment: {id: $mine}, name: "Mine", code: "mine", description: "mine", visible: true,'
        ' commandId: "mine-CALLER", reason: "As it is."',
        to_managers(),
    ),
    _row("updateUserSegment", "hidden", 'segment: {id: $hidden}, name: "Hidden"', to_managers()),
    _row(
        "updateUserSegment",
        "none",
        'segment: {id: $none}, name: "None"',
        to_managers("NOT_FOUND"),
        "errors { code ... on NotFound { path } }",
    ),
    _row(
        "updateUserSegment",
        "archived",
        'segment: {id: $away}, name: "Here"',
        to_managers(shown("ARCHIVED", "$away")),
        "errors { code message path ... on Archived { current { id } } }",
    ),
    _row(
        "updateUserSegment",
        "as it was",
        'segment: {id: $mine}, name: "Ours", expectedVersion: 7',
        to_managers(shown("VERSION_CONFLICT", 1, "$mine")),
        "errors { code ... on VersionConflict { currentVersion current { id } since { type } } }",
    ),
    _row(
        "archiveUserSegment",
        "archived",
        'segment: {id: $away}, expectedVersion: 2, commandId: "away-CALLER", reason: "Over."',
        to_managers(),
    ),
    _row("restoreUserSegment", "mine", "segment: {id: $mine}", to_managers()),
    _row(
        "deleteUserSegment",
        "one for each",
        'segment: {code: "spare-CALLER"}, reason: "Over."',
        to_admins(),
        f"deletedId commandId position replayed {ERRORS}",
    ),
    _row(
        "deleteUserSegment",
        "mine, without a reason",
        'segment: {id: $mine}, expectedVersion: 1, commandId: "mine-CALLER", reason: " "',
        to_admins("INVALID"),
        ERRORS,
    ),
]
