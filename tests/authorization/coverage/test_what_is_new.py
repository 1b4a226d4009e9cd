"""The check that nothing is left out would notice whatever can be new."""

from __future__ import annotations

from pathlib import Path as File

import pytest
from graphql import extend_schema, parse
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute

from service.http.app import application
from service.http.downloads.templates import HEADERS
from service.settings import Settings
from tests.authorization.coverage.completeness import GRAPH, UNTOLD, missing, unserved

NEW: dict[str, tuple[str, list[str]]] = {
    "query": ("extend type Query { secret: ID }", ["Query.secret"]),
    "mutation": ("extend type Mutation { tell: ID }", ["Mutation.tell"]),
    "subscription": ("extend type Subscription { told: ID }", ["Subscription.told"]),
    "field": ("extend type UserSegment { notes: ID }", ["UserSegment.notes"]),
    "argument of a query": (
        "extend type Query { secret(of: ID, filter: Kept): ID } input Kept { by: ID }",
        ["Kept.by", "Query.secret", "Query.secret(filter:)", "Query.secret(of:)"],
    ),
    "argument of a field": (
        "extend type User { notes(of: ID): ID }",
        ["User.notes", "User.notes(of:)"],
    ),
    "argument of a command": (
        "extend type Mutation { tell(whom: ID): ID }",
        ["Mutation.tell", "Mutation.tell(whom:)"],
    ),
    "argument called as a page's": (
        "extend type Query { secret(first: Int, after: DateTime, minPosition: Int): [ID!] }",
        [
            "Query.secret",
            "Query.secret(after:)",
            "Query.secret(first:)",
            "Query.secret(minPosition:)",
        ],
    ),
    "page's argument of another type": (
        "extend type User { all(first: Int, after: DateTime, before: ID): UserConnection }",
        ["User.all", "User.all(after:)", "User.all(before:)"],
    ),
    "pages and waiting": (
        "extend type Query { all(last: Int, minPosition: LogPosition): UserConnection }",
        ["Query.all"],
    ),
    "input of a command": (
        "extend input CreateUserInput { secret: String }",
        ["CreateUserInput.secret"],
    ),
    "entry of a filter": ("extend input SegmentFilter { by: ID }", ["SegmentFilter.by"]),
    "filter within a filter": (
        "extend input UserFilter { of: Kept } input Kept { in: Deep } input Deep { by: ID }",
        ["Deep.by", "Kept.in", "UserFilter.of"],
    ),
    "filter within itself": (
        "extend input UserFilter { or: [UserFilter!], by: ID }",
        ["UserFilter.by", "UserFilter.or"],
    ),
    "way to name a thing": ("extend input UserRef { phone: String }", ["UserRef.phone"]),
    "word that is given": ("extend enum SegmentOrderField { SIZE }", ["SegmentOrderField.SIZE"]),
    "word that is told": ("extend enum ErrorCode { LATE }", ["ErrorCode.LATE"]),
    "role": ("extend enum Role { TEACHER }", ["Role.TEACHER"]),
    "enum": ("enum Mood { GOOD }", ["Mood.GOOD"]),
    "directive": ("directive @secretly on FIELD", ["@secretly"]),
    "thing with an id": ("type Secret implements Node { id: ID! }", ["Node: Secret"]),
    "thing that gets an id": ("extend type MemberCount implements Node", ["Node: MemberCount"]),
    "refusal": (
        "type Late implements UserError { code: ErrorCode! message: String! path: [String!]! }",
        ["UserError: Late"],
    ),
    "union": ("union Told = User | Principal", ["Told: Principal", "Told: User"]),
}
"""What a schema can get, and what of it is missing then."""


@pytest.mark.parametrize(("new", "names"), NEW.values(), ids=NEW)
def test_what_is_new_is_named(new: str, names: list[str]) -> None:
    """Exactly that, and nothing else."""
    assert sorted({*missing(extend_schema(GRAPH, parse(new)))} - {*UNTOLD}) == names


def test_a_new_template_is_named(tmp_path: File, monkeypatch: pytest.MonkeyPatch) -> None:
    """Though it is served by the route that is there."""
    monkeypatch.setitem(HEADERS, "courses", "name")
    served, rows = unserved(application(Settings(data_dir=tmp_path)))
    assert (served, rows) == (["GET /files/templates/courses.csv"], [])


def test_a_new_route_is_named(tmp_path: File) -> None:
    """Each method of it."""
    app = application(Settings(data_dir=tmp_path))

    async def endpoint(_: object) -> Response:
        return Response()

    app.routes.append(Route("/files/new.csv", endpoint, methods=["GET", "POST"]))
    app.routes.append(WebSocketRoute("/new", endpoint))
    assert unserved(app)[0] == ["GET /files/new.csv", "POST /files/new.csv", "WS /new"]
