"""Rosters: all of them for staff; for learners of a segment that they see, themselves."""

from __future__ import annotations

from tests.authorization.queries.segments import NEVER
from tests.authorization.rows import ABSENT, ANSWERED, FORBIDDEN, PAST, Row, cells, shown
from tests.authorization.tables import SOME, Table, asked, told


def _roster(segment: str, arguments: str = "first: 100") -> str:
    members = f"members({arguments}) {{ nodes {{ username }} totalCount }}"
    return f"userSegment(segment: {{id: ${segment}}}) {{ {members} }}"


def _why(segment: str, user: str) -> str:
    refs = f"segment: {{id: ${segment}}}, user: {{id: ${user}}}"
    return f"whyMember({refs}) {{ since source file row because {{ type }} }}"


def _compared(segment: str) -> str:
    moments = "from: {position: 0}, to: {position: $position}"
    told = "before { name } after { name } changes { field before after }"
    people = "{ nodes { username } totalCount }"
    both = f"joined {people} left {people}"
    return f"compareSegment(segment: {{id: ${segment}}}, {moments}) {{ {told} {both} }}"


OF_A_SEEN_ONE = cells(
    ABSENT,
    staff=shown("ada", "audrey", "bob", "ina", "max", 5),
    inside=shown("ina", 1),
    second=shown("bob", 1),
)


def _edges(*ids: str) -> Table:
    how = {"addedAt": SOME, "addedBy": {"displayName": "root"}, "source": "MANUAL"}
    edges = [{"cursor": SOME, "node": {"id": one}, **how} for one in ids]
    return {"edges": edges, "pageInfo": {"endCursor": SOME}}


ONESELF = cells(FORBIDDEN, staff=ABSENT, admin=ANSWERED, manager=ANSWERED, auditor=ANSWERED)
"""Whom the directory does not know is in nothing."""

ROWS = [
    Row("members: of mine", _roster("mine"), OF_A_SEEN_ONE),
    Row("members: of hidden", _roster("hidden"), cells(ABSENT, staff=shown("ina", 1))),
    Row(
        "members: of theirs",
        _roster("theirs"),
        cells(ABSENT, staff=shown("bob", 1), second=shown("bob", 1)),
    ),
    Row(
        "members: searched",
        _roster("mine", 'search: "bob"'),
        cells(ABSENT, staff=shown("bob", 1), second=shown("bob", 1)),
    ),
    Row(
        "members: since when, and by whom",
        f"userSegment(segment: {{id: $mine}}) {{ members {{ {asked(_edges('$ina'))} }} }}",
        cells(
            ABSENT,
            staff=told(_edges("$ada", "$audrey", "$bob", "$ina", "$max")),
            inside=told(_edges("$ina")),
            second=told(_edges("$bob")),
        ),
    ),
    Row("whyMember: Ina, in mine", _why("mine", "ina"), PAST, is_noted=True),
    Row("whyMember: Ina, in theirs", _why("theirs", "ina"), NEVER),
    Row("whyMember: oneself", _why("mine", "me"), ONESELF, is_noted=True),
    Row(
        "whyMember: then",
        "whyMember(segment: {id: $mine}, user: {id: $ina}, asOf: {position: $position}) { source }",
        PAST,
        is_noted=True,
    ),
    Row(
        "compareSegment: mine",
        _compared("mine"),
        cells(FORBIDDEN, staff=shown("Mine", "ada", "audrey", "bob", "ina", "max", 5)),
    ),
    Row("compareSegment: none", _compared("none"), NEVER),
]
