"""People: all of them for staff; for learners themselves."""

from __future__ import annotations

from tests.authorization.rows import ABSENT, ANSWERED, Cells, Outcome, Row, cells, shown

WHOLE = (
    "id username email firstName lastName displayName code status roles createdAt updatedAt version"
)
"""What goes with a user: whoever sees them sees this."""


def _list(arguments: str) -> str:
    return f"users({arguments}) {{ nodes {{ username }} totalCount }}"


def _filtered(filter: str) -> str:
    return _list(f"filter: {{{filter}}}")


def _one(ref: str) -> str:
    return f"user(user: {{{ref}}}) {{ username }}"


def _only(username: str, **whose: Outcome) -> Cells:
    """Who is so called is shown to staff, and to themselves."""
    return cells(ABSENT, staff=shown(username), **whose)


OWN: dict[str, Outcome] = {
    "inside": shown("ina", 1),
    "second": shown("bob", 1),
    "outside": shown("otto", 1),
}
ALL = shown("ada", "audrey", "bob", "ina", "max", "nora", "otto", "sue", 8)
INA = _only("ina", inside=shown("ina"))
BOB = _only("bob", second=shown("bob"))
NOBODY = cells(ABSENT)
NOT_IN_MINE = shown("ada", "audrey", "max", "nora", "otto", "sue", 6)

ROWS = [
    Row("users: all", _list("first: 100"), cells(ABSENT, staff=ALL, **OWN)),
    Row(
        "users: as pages",
        "users { edges { cursor node { id } } pageInfo { endCursor } }",
        cells(ABSENT, staff=ANSWERED, inside=ANSWERED, second=ANSWERED, outside=ANSWERED),
    ),
    Row(
        "users: searched",
        _list('search: "bob"'),
        cells(ABSENT, staff=shown("bob", 1), second=shown("bob", 1)),
    ),
    Row(
        "users: of a role",
        _filtered("role: AUDITOR"),
        cells(ABSENT, staff=shown("audrey", "sue", 2)),
    ),
    Row(
        "users: suspended",
        _filtered("status: [SUSPENDED]"),
        cells(ABSENT, staff=shown("sue", 1)),
    ),
    Row("users: erased", _filtered("status: [ERASED]"), NOBODY),
    Row(
        "users: in mine",
        _filtered("inSegment: $mine"),
        cells(ABSENT, staff=shown("bob", "ina", 2), inside=shown("ina", 1), second=shown("bob", 1)),
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
        f"user(user: {{id: $bob}}) {{ {WHOLE} }}",
        cells(ABSENT, staff=ANSWERED, second=ANSWERED),
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
