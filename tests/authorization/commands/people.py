"""Commands on people: for site admins."""

from __future__ import annotations

from tests.authorization.commands.segments import ERRORS, to_admins
from tests.authorization.rows import ANSWERED, FORBIDDEN, Cells, Row, cells, shown

DONE = f"user {{ username }} commandId position replayed {ERRORS}"
TAKEN = "errors { code ... on CodeTaken { heldBy { id } } }"
NAMES = 'firstName: "A", lastName: "B"'
UNKNOWN = to_admins("NOT_FOUND")
ONESELF = cells(FORBIDDEN, admin=ANSWERED, token_admin="NOT_FOUND")
"""Whom the directory does not know has no entry there."""


def _row(command: str, what: str, said: str, told: Cells, fields: str = DONE) -> Row:
    return Row(f"{command}: {what}", f"{command}(input: {{{said}}}) {{ {fields} }}", told)


ROWS = [
    _row(
        "createUser",
        "an admin",
        f'username: "by-CALLER", email: "CALLER@example.org", {NAMES}, code: "by-CALLER",'
        ' commandId: "comes-CALLER", reason: "Hired.",'
        " roles: [SITE_ADMIN, TRAINING_MANAGER, AUDITOR, LEARNER]",
        to_admins(),
    ),
    _row(
        "createUser",
        "who is there",
        f'username: "ina", email: "other@example.org", {NAMES}',
        to_admins(shown("USERNAME_TAKEN", "$ina")),
        TAKEN,
    ),
    _row(
        "createUser",
        "whose address is there",
        f'username: "other", email: "ina@example.org", {NAMES}',
        to_admins(shown("EMAIL_TAKEN", "$ina")),
        TAKEN,
    ),
    _row(
        "updateUser",
        "Ina",
        'user: {id: $ina}, firstName: "Ina", lastName: "Smith", username: "ina",'
        ' email: "ina@example.org", code: "no-ina", status: ACTIVE, expectedVersion: 1,'
        ' commandId: "ina-CALLER", reason: "As it is."',
        to_admins(),
    ),
    _row("updateUser", "oneself", 'user: {id: $me}, firstName: "I"', ONESELF),
    _row("updateUser", "nobody", "user: {id: $noUser}, code: null", UNKNOWN),
    _row(
        "assignRoles",
        "Ina",
        "user: {id: $ina}, roles: [LEARNER], expectedVersion: 1,"
        ' commandId: "ina-learns-CALLER", reason: "As it is."',
        to_admins(),
    ),
    _row("assignRoles", "to oneself", "user: {id: $me}, roles: [SITE_ADMIN]", ONESELF),
    _row("assignRoles", "nobody", "user: {id: $noUser}, roles: []", UNKNOWN),
    _row(
        "eraseUser",
        "one for each",
        'user: {username: "spare-CALLER"}, commandId: "leaves-CALLER", reason: "Left."',
        to_admins(),
    ),
    _row("eraseUser", "nobody", 'user: {id: $noUser}, reason: "Left."', UNKNOWN),
]
