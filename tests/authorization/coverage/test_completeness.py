"""What has no row fails here, by its name: what is new says first who may see it."""

from __future__ import annotations

from pathlib import Path as File

from graphql import parse, validate

from domain.kernel.principal import Role
from service.http.app import application
from service.settings import Settings
from tests.authorization import paths
from tests.authorization.callers import BY_TOKEN, GROUPS, ROLES, Caller
from tests.authorization.coverage.completeness import GRAPH, ROWS, UNTOLD, missing, unserved
from tests.authorization.each_field import COMMANDS, QUERIES, SUBSCRIPTIONS
from tests.authorization.rows import ANSWERED


def test_every_field_has_a_row() -> None:
    """Of queries, commands, subscriptions and all that they answer with; what they are given, and
    each word that can be given or told, too.
    """
    assert missing(GRAPH) == sorted(UNTOLD)


def test_each_field_is_asked_over_open_sockets() -> None:
    """But uploads, for which a socket has no files."""
    roots = (GRAPH.query_type, GRAPH.mutation_type, GRAPH.subscription_type)
    fields = [name for root in roots if root is not None for name in root.fields]
    asked = {*QUERIES, *COMMANDS, *SUBSCRIPTIONS}
    assert sorted(name for name in fields if name not in asked) == [
        "uploadSegmentMembers",
        "uploadUserSegments",
        "uploadUsers",
    ]


def test_no_row_asks_for_what_is_not_there() -> None:
    """Each is valid."""
    found = {row.name: validate(GRAPH, parse(row.document(kind))) for kind, row in ROWS}
    assert {name: errors for name, errors in found.items() if errors} == {}


def test_every_row_speaks_of_every_caller() -> None:
    """And of nobody else."""
    told = [row.cells for _, row in ROWS] + [row.cells for row in paths.ROWS]
    assert {frozenset(cells) for cells in told} == {frozenset(Caller)}


def test_what_learners_are_shown_is_said_exactly() -> None:
    """Value by value: in no row would just any answer do."""
    vague = [
        (row.name, caller)
        for _, row in ROWS
        for caller in (*GROUPS["learners"], Caller.ROLELESS)
        if row.cells[caller] == ANSWERED
    ]
    assert vague == []


def test_every_route_has_a_row(tmp_path: File) -> None:
    """Each method of it, and each row has a route."""
    assert unserved(application(Settings(data_dir=tmp_path))) == ([], [])


def test_each_role_asks() -> None:
    """As the directory gives it, and as a token does."""
    assert {roles for roles in ROLES.values() if len(roles) == 1} == {(role,) for role in Role}
    assert sorted(BY_TOKEN.values()) == sorted(Role)
