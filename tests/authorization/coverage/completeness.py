"""What has no row."""

from __future__ import annotations

from functools import cache

from graphql import GraphQLInterfaceType, GraphQLSchema, is_introspection_type
from starlette.applications import Starlette

from graph.schema import schema
from tests.authorization import commands, paths, queries
from tests.authorization.coverage.schema import Composite, wanted
from tests.authorization.coverage.used import used
from tests.authorization.rows import Row
from tests.authorization.subscriptions import rows

GRAPH: GraphQLSchema = schema._schema
ROWS: list[tuple[str, Row]] = [
    *(("query", row) for row in queries.ROWS.values()),
    *(("mutation", row) for row in commands.ROWS.values()),
    *(("subscription", row) for row in rows.SUBSCRIPTIONS.values()),
]
UNTOLD = {
    "ActorKind.SERVICE": "No program does anything here; what it is shown is by its roles.",
    "ErrorCode.HAS_DEPENDENTS": "Nothing can use a segment yet.",
    "ErrorCode.MANAGED": "No rule and no sync can own a roster yet.",
}
"""Words that nobody can be told, and why: once that is no longer so, they are in a row."""


def missing(graph: GraphQLSchema) -> list[str]:
    """What no row asks for."""
    return sorted(wanted(graph) - with_cases(graph, _asked()))


@cache
def _asked() -> set[str]:
    """In the rows, which are the same for each schema."""
    return set[str]().union(*(used(GRAPH, kind, row) for kind, row in ROWS))


def with_cases(graph: GraphQLSchema, asked: set[str]) -> set[str]:
    """What is asked of an interface is asked of all that implement it. Which those are must be
    asked for as well, each in a fragment.
    """
    return asked | {
        f"{one.name}.{field}"
        for kind in graph.type_map.values()
        if isinstance(kind, GraphQLInterfaceType)
        for field in kind.fields
        if f"{kind.name}.{field}" in asked
        for one in graph.get_possible_types(kind)
    }


def fields_of(graph: GraphQLSchema) -> set[str]:
    """`Type.field`, of all but introspection."""
    return {
        f"{kind.name}.{name}"
        for kind in graph.type_map.values()
        if isinstance(kind, Composite) and not is_introspection_type(kind)
        for name in kind.fields
    }


def unserved(app: Starlette) -> tuple[list[str], list[str]]:
    """Routes without a row, and rows without a route."""
    served = paths.routes_of(app.routes)
    rows = {row.route for row in paths.ROWS} | paths.SERVED
    return sorted(served - rows), sorted(rows - served)
