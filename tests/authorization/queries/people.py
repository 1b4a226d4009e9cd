"""People: all of them for staff; for learners themselves."""

from __future__ import annotations

from tests.authorization.rows import ABSENT, Cells, CommandResult, Row, cells, shown
from tests.authorization.tables import SOME, Table, asked, page, told

WHOLE: Table = {
    "id": "$bob",
    "username": "bob",
    "email": "bob@example.org",
    "firstName": "Bob",
    "lastName": "Smith",
    "displayName": "Bob Smith",
    "code": "no-bob",
    "status": "ACTIVE",
    "roles": ["LEARNER"],
    "createdAt": SOME,
    "updatedAt": SOME,
    "version": 1,
}
"""What goes with a user: whoever sees them sees this."""


def _list(arguments: str) -> str:
    return f"users({arguments}) {{ nodes {{ username }} totalCount }}"


def _filtered(filter: str) -> str:
    return _list(f"filter: {{{filter}}}")


def _one(ref: str) -> str:
    return f"user(user: {{{ref}}}) {{ username }}"


def _only(username: str, **whose: CommandResult) -> Cells:
    """Who is so called is shown to staff, and to themselves."""
    return cells(ABSENT, staff=shown(username), **whose)


OWN: dict[str, CommandResult] = {
    "inside": shown("ina", 1),
    "second": shown("bob", 1),
    "outside": shown("otto", 1),
}
SITE = ("ada", "audrey", "bob", "ina", "max", "nora", "otto", "sue")
ALL = shown(*SITE, 8)
INA = _only("ina", inside=shown("ina"))
BOB = _only("bob", second=shown("bob"))
NOBODY = cells(ABSENT)
IN_MINE = shown("ada", "audrey", "bob", "ina", "max", 5)
NOT_IN_MINE = shown("nora", "otto", "sue", 3)

ROWS = [
    Row("users: all", _list("first: 100"), cells(ABSENT, staff=ALL, **OWN)),
    Row(
        "users: as pages",
        f"users {{ {asked(page('$ina'))} }}",
        cells(
            ABSENT,
            staff=told(page(*(f"${name}" for name in SITE))),
            inside=told(page("$ina")),
            second=told(page("$bob")),
            outside=told(page("$otto")),
        ),
    ),
    Row(
        "users: searched",
        _list('search: "bob"'),
        cells(ABSENT, staff=shown("bob", 1), second=shown("bob", 1)),
    ),
    Row(
        "users: of a role",
        _filtered("role: AUDITOR, status: [ACTIVE, SUSPENDED]"),
        cells(ABSENT, staff=shown("audrey", "sue", 2)),
    ),
    Row(
        "users: suspended",
        _filtered("status: [SUSPENDED]"),
        cells(ABSENT, staff=shown("sue", 1)),
    ),
    Row("users: erased or removed", _filtered("status: [ERASED, REMOVED]"), NOBODY),
    Row(
        "users: in mine",
        _filtered("inSegment: $mine"),
        cells(ABSENT, staff=IN_MINE, inside=OWN["inside"], second=OWN["second"]),
    ),
    Row("users: in hidden", _filtered("inSegment: $hidden"), cells(ABSENT, staff=shown("ina", 1))),
    Row("users: in none", _filtered("inSegment: $none"), NOBODY),
    Row(
        "users: not in mine",
        _filtered("notInSegment: $mine"),
        cells(ABSENT, staff=NOT_IN_MINE, outside=OWN["outside"]),
    ),
    Row(
        "users: not in hidden",
        _filtered("notInSegment: $hidden"),
        cells(
            ABSENT,
            staff=shown("ada", "audrey", "bob", "max", "nora", "otto", "sue", 7),
            **OWN,
        ),
    ),
    Row("users: not in none", _filtered("notInSegment: $none"), cells(ABSENT, staff=ALL, **OWN)),
    Row("user: Ina", _one("id: $ina"), INA),
    Row("user: Bob", _one("id: $bob"), BOB),
    Row("user: Bob, by username", _one('username: "bob"'), BOB),
    Row("user: Bob, by address", _one('email: "bob@example.org"'), BOB),
    Row("user: Bob, by code", _one('code: "no-bob"'), BOB),
    Row("user: suspended", _one("id: $sue"), _only("sue")),
    Row(
        "user: erased",
        "user(user: {id: $eve}) { displayName }",
        cells(ABSENT, staff=shown("Erased user")),
    ),
    Row("user: none", _one("id: $noUser"), NOBODY),
    Row("user: none, by username", _one('username: "nobody"'), NOBODY),
    Row(
        "user: what goes with Bob",
        f"user(user: {{id: $bob}}) {{ {asked(WHOLE)} }}",
        cells(ABSENT, staff=told(WHOLE), second=told(WHOLE)),
    ),
    Row(
        "user: Ina's segments",
        "user(user: {id: $ina}) { segments { nodes { name } totalCount } }",
        cells(ABSENT, staff=shown("Away", "Hidden", "Mine", 3), inside=shown("Away", "Mine", 2)),
    ),
    Row(
        "user: Bob's segments",
        "user(user: {id: $bob}) { segments { nodes { name } totalCount } }",
        cells(ABSENT, staff=shown("Mine", "Theirs", 2), second=shown("Mine", "Theirs", 2)),
    ),
]
