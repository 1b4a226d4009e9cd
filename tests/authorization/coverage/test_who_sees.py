"""The table of who is shown which field is that of the schema, and of the rows."""

from __future__ import annotations

import pytest
from graphql import GraphQLSchema, extend_schema, parse

from tests.authorization.callers import GROUPS, Caller
from tests.authorization.coverage.completeness import GRAPH, ROWS, fields_of, with_cases
from tests.authorization.coverage.used import used
from tests.authorization.coverage.who_sees import WHO_SEES
from tests.authorization.rows import ANSWERED, NOT_LET_IN, CommandResult, Row, cells
from tests.authorization.seen import too_much

ROOTS = ("Query", "Mutation", "Subscription")
REFUSAL = {"code", "message", "path", "errors", "commandId", "mode"}
BY_ROLE = {
    role: GROUPS[role] for role in ("roleless", "learners", "auditors", "managers", "admins")
}


def undecided(graph: GraphQLSchema) -> list[str]:
    """Fields of things of which nobody says who sees them; the rows do of the roots'."""
    return sorted(
        name
        for name in fields_of(graph)
        if name not in WHO_SEES and name.partition(".")[0] not in ROOTS
    )


def test_every_field_is_in_the_table() -> None:
    """And no other."""
    assert undecided(GRAPH) == []
    assert WHO_SEES.keys() - fields_of(GRAPH) == set()


@pytest.mark.parametrize(
    ("new", "names"),
    [
        pytest.param("extend type UserSegment { notes: ID }", ["UserSegment.notes"], id="field"),
        pytest.param("type Told { by: ID }", ["Told.by"], id="thing"),
        pytest.param("extend interface Node { of: ID }", ["Node.of"], id="field of all"),
    ],
)
def test_what_is_new_is_decided_on(new: str, names: list[str]) -> None:
    """Though a row may ask for it already."""
    assert undecided(extend_schema(GRAPH, parse(new))) == names


def test_each_is_shown_to_all_who_see_it() -> None:
    """In some row: no role is in the table for nothing."""
    shown = {
        (name, role)
        for kind, row in ROWS
        for names in [with_cases(GRAPH, used(GRAPH, kind, row))]
        for role, callers in BY_ROLE.items()
        for caller in callers
        for name in _told(kind, names, row.cells[caller])
    }
    said = {
        (name, role)
        for name, seeing in WHO_SEES.items()
        for role, callers in BY_ROLE.items()
        if {*callers} & {*seeing}
    }
    assert len(said) > len(WHO_SEES)
    assert sorted(said - shown) == []


def _told(kind: str, names: set[str], outcome: CommandResult) -> set[str]:
    """Whose command is refused is told of the refusal."""
    if outcome == ANSWERED or isinstance(outcome, tuple):
        return names
    is_refused = kind == "mutation" and outcome != NOT_LET_IN
    return {name for name in names if is_refused and name.partition(".")[2] in REFUSAL}


MINE = Row(
    "mine",
    "userSegment(segment: {id: $mine}) { name history { totalCount } }",
    cells(ANSWERED),
)


@pytest.mark.parametrize(
    ("caller", "names"),
    [
        pytest.param(
            Caller.INSIDE,
            ["RecordedEventConnection.totalCount", "UserSegment.history"],
            id="learner",
        ),
        pytest.param(Caller.AUDITOR, [], id="auditor"),
    ],
)
def test_who_sees_more_is_noticed(caller: Caller, names: list[str]) -> None:
    """Though any answer would do for the row."""
    whole = {"data": {"userSegment": {"name": "Mine", "history": {"totalCount": 1}}}}
    assert too_much("query", MINE, caller, whole) == names
    without = {"data": {"userSegment": {"name": "Mine", "history": {"totalCount": 0}}}}
    assert too_much("query", MINE, caller, without) == []
