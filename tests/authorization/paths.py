"""The rows of paths: what is answered to each who comes by HTTP."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from starlette.routing import BaseRoute, Route, WebSocketRoute

from service.http.downloads.templates import HEADERS
from tests.authorization.rows import Cells, cells

OK, NO_CONTENT, REFUSED, ABSENT = "200", "204", "403", "404"
UNAUTHENTICATED = "401"
METHODS = ("GET", "POST")
"""Of routes that say nothing of methods."""


@dataclass(frozen=True, slots=True)
class Path:
    """One question. `route` is the application's, `path` one that it serves: in that, ids of what
    was seeded stand in braces.
    """

    route: str
    path: str
    cells: Cells
    note: str = ""
    accept: str = "*/*"
    body: dict[str, object] | None = None
    caller: tuple[str, int] = ("127.0.0.1", 50_000)
    host: str = "segments.example"

    @property
    def name(self) -> str:
        """For pytest."""
        return f"{self.route}{self.note and f': {self.note}'}"


def routes_of(routes: Iterable[BaseRoute]) -> set[str]:
    """Those of an application, by method: "GET /graphql", "WS /graphql"; with each word that takes
    the place of `{kind}`.
    """
    found: set[str] = set()
    for route in routes:
        if isinstance(route, WebSocketRoute):
            found.add(f"WS {route.path}")
            continue
        assert isinstance(route, Route), f"{route} is of a kind that the matrix does not know"
        found |= {
            f"{method} {path}"
            for method in (route.methods or METHODS)
            for path in (route.path, *_choices(route.path))
        }
    return {name for name in found if not name.startswith("HEAD ")}


def _choices(path: str) -> list[str]:
    """What a path is for each of the words that it takes; ids are any word."""
    return [path.replace("{kind}", kind) for kind in HEADERS] if "{kind}" in path else []


def everybody(status: str) -> Cells:
    """Also those who are not signed in."""
    return cells(status, strangers=status)


def signed_in(otherwise: str, **told: str) -> Cells:
    """Strangers are not let in."""
    return cells(otherwise, strangers=UNAUTHENTICATED, **told)


LET_IN = signed_in(OK)
MEMBERS = "GET /files/segments/{id}/members.csv"
TEMPLATE = "GET /files/templates/{kind}.csv"
REJECTED = "GET /files/uploads/{id}/rejected.csv"
ELSEWHERE = ("203.0.113.9", 50_000)
ROSTER = signed_in(ABSENT, staff=OK)
DEVELOPMENT = "POST /sign-in/development"
AS_LEARNER: dict[str, object] = {"role": "LEARNER"}
LOGGED: dict[str, object] = {"query": "{ events { totalCount } }"}
ROWS = [
    Path("GET /", "/", everybody(OK)),
    Path("GET /assets/{path:path}", "/assets/none.js", everybody(ABSENT)),
    Path("GET /graphql", "/graphql?query={__typename}", LET_IN),
    Path("GET /graphql", "/graphql", everybody(OK), "for who comes to look", accept="text/html"),
    Path("POST /graphql", "/graphql", LET_IN, body=LOGGED),
    Path("GET /sign-in/ways", "/sign-in/ways", everybody(OK)),
    Path(DEVELOPMENT, "/sign-in/development", everybody(OK), body=AS_LEARNER, host="localhost"),
    Path(DEVELOPMENT, "/sign-in/development", everybody(REFUSED), "elsewhere", body=AS_LEARNER),
    Path("POST /sign-in/code", "/sign-in/code", everybody(ABSENT), body={}),
    Path("POST /sign-in/refresh", "/sign-in/refresh", everybody(ABSENT), body={}),
    Path("POST /sign-in/out", "/sign-in/out", everybody(NO_CONTENT), body={}),
    *(
        Path(f"GET {path}", path, LET_IN)
        for path in (
            "/files/templates/segments.csv",
            "/files/templates/members.csv",
            "/files/templates/users.csv",
        )
    ),
    Path(TEMPLATE, "/files/templates/none.csv", signed_in(ABSENT), "none"),
    Path(MEMBERS, "/files/segments/{mine}/members.csv", ROSTER, "mine"),
    Path(MEMBERS, "/files/segments/{hidden}/members.csv", ROSTER, "hidden"),
    Path(MEMBERS, "/files/segments/{away}/members.csv", ROSTER, "archived"),
    Path(MEMBERS, "/files/segments/{gone}/members.csv", signed_in(ABSENT), "deleted"),
    Path(MEMBERS, "/files/segments/{none}/members.csv", signed_in(ABSENT), "none"),
    Path(MEMBERS, "/files/segments/{ina}/members.csv", signed_in(ABSENT), "a user"),
    Path(REJECTED, "{rejected}", signed_in(ABSENT, manager=OK), "the manager's"),
    Path(REJECTED, f"/files/uploads/{'0' * 32}/rejected.csv", signed_in(ABSENT), "none"),
    Path("GET /health/live", "/health/live", everybody(OK)),
    Path("GET /health/ready", "/health/ready", everybody(OK)),
    Path("GET /metrics", "/metrics", everybody(OK)),
    Path("GET /metrics", "/metrics", everybody(UNAUTHENTICATED), "elsewhere", caller=ELSEWHERE),
]
SERVED = {"WS /graphql", "POST /graphql/stream"}
"""What needs a server: test_live.py."""
