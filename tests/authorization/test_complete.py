"""What has no row fails here, by its name: what is new says first who may see it."""

from __future__ import annotations

from pathlib import Path as File

from graphql import GraphQLSchema, extend_schema, parse, validate
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute

from graph.schema import schema
from service.http.app import application
from service.settings import Settings
from tests.authorization import commands, live, paths, queries
from tests.authorization.callers import Caller
from tests.authorization.each_field import COMMANDS, QUERIES, SUBSCRIPTIONS
from tests.authorization.rows import Row
from tests.authorization.schema import used, wanted

GRAPH: GraphQLSchema = schema._schema
ROWS: list[tuple[str, Row]] = [
    *(("query", row) for row in queries.ROWS.values()),
    *(("mutation", row) for row in commands.ROWS.values()),
    *(("subscription", row) for row in live.SUBSCRIPTIONS.values()),
]


def missing(graph: GraphQLSchema) -> list[str]:
    """What no row asks for."""
    documents = [row.document(kind) for kind, row in ROWS]
    return sorted(wanted(graph).difference(*(used(GRAPH, document) for document in documents)))


def unserved(app: Starlette) -> tuple[list[str], list[str]]:
    """Routes without a row, and rows without a route."""
    served = paths.routes_of(app.routes)
    rows = {row.route for row in paths.ROWS} | paths.SERVED
    return sorted(served - rows), sorted(rows - served)


def test_every_field_has_a_row() -> None:
    """Of queries, commands, subscriptions and all that they answer with; arguments, too."""
    assert missing(GRAPH) == []


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


def test_every_route_has_a_row(tmp_path: File) -> None:
    """Each method of it, and each row has a route."""
    assert unserved(application(Settings(data_dir=tmp_path))) == ([], [])


def test_what_is_new_is_named() -> None:
    """A field of each root, a thing with an id, an argument, an entry of a filter."""
    new = """
        extend type Query { secret(of: ID, filter: Kept): Secret }
        extend type Mutation { tell: String }
        extend type Subscription { told: String }
        extend type UserSegment { notes: String }
        type Secret implements Node { id: ID! }
        input Kept { by: ID }
    """
    assert missing(extend_schema(GRAPH, parse(new))) == [
        "Kept.by",
        "Mutation.tell",
        "Query.secret",
        "Query.secret(filter:)",
        "Query.secret(of:)",
        "Secret.id",
        "Subscription.told",
        "UserSegment.notes",
    ]


def test_a_new_route_is_named(tmp_path: File) -> None:
    """Each method of it."""
    app = application(Settings(data_dir=tmp_path))

    async def endpoint(_: object) -> Response:
        return Response()

    app.routes.append(Route("/files/new.csv", endpoint, methods=["GET", "POST"]))
    app.routes.append(WebSocketRoute("/new", endpoint))
    assert unserved(app)[0] == ["GET /files/new.csv", "POST /files/new.csv", "WS /new"]
