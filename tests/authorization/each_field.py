"""One row for each field of the schema's roots."""

from __future__ import annotations

from graphql import GraphQLObjectType

from graph.schema import schema
from tests.authorization import commands, queries
from tests.authorization.rows import Row
from tests.authorization.subscriptions import rows


def one_of_each(kind: GraphQLObjectType | None, rows: dict[str, Row]) -> dict[str, Row]:
    """A row for each field of a root."""
    assert kind is not None
    found: dict[str, Row] = {}
    for row in rows.values():
        field = row.text.partition("(")[0].partition(" ")[0]
        if field in kind.fields and row.file is None:
            found.setdefault(field, row)
    return found


GRAPH = schema._schema
QUERIES = one_of_each(GRAPH.query_type, queries.ROWS)
COMMANDS = one_of_each(GRAPH.mutation_type, commands.ROWS)
SUBSCRIPTIONS = one_of_each(GRAPH.subscription_type, rows.SUBSCRIPTIONS)
ASKED = [
    *(("query", row) for row in QUERIES.values()),
    *(("mutation", row) for row in COMMANDS.values()),
    *(("subscription", row) for row in SUBSCRIPTIONS.values()),
]
