"""Users to list: a site whose directory no test changes."""

from __future__ import annotations

from typing import Any, NamedTuple

from tests.graph.client import GraphClient


class Somebody(NamedTuple):
    """One of them, and where they are."""

    username: str
    first: str
    last: str
    code: str | None = None
    roles: tuple[str, ...] = ()
    suspended: bool = False
    segments: tuple[str, ...] = ()


PEOPLE = [
    Somebody("p-10", "Pat", "Team 10", segments=("sales",)),
    Somebody("p-2", "Pat", "Team 2", segments=("sales", "staff")),
    Somebody("zoe", "Zoë", "Ångström", "Staff_7", ("AUDITOR",), segments=("sales",)),
    Somebody("abe", "Abe", "Angstrom", "100%"),
    Somebody("bo", "Bo", "berg", roles=("TRAINING_MANAGER", "AUDITOR"), segments=("staff",)),
    Somebody("emile", "Émile", "Berg", suspended=True, segments=("sales",)),
    Somebody("eve", "Eve", "Berg", roles=("LEARNER",), suspended=True),
    Somebody("root", "Ada", "Zimmer", roles=("SITE_ADMIN",)),
    *(Somebody(f"n-{n}", "Nick", f"Number {n}") for n in (7 * k % 31 for k in range(1, 31))),
]
GONE = Somebody("gone", "Gone", "Girl", "G-1", segments=("sales",))
"""Erased before anybody looks."""

BY_NAME = [
    *("abe", "zoe", "bo", "emile", "eve"),
    *(f"n-{n}" for n in range(1, 31)),
    *("p-2", "p-10", "root"),
]
"""All usernames in the list's order: accents stand by their letters, numbers by their value."""

LIST = """
    query (
        $first: Int, $after: String, $last: Int, $before: String,
        $search: String, $filter: UserFilter
    ) {
        users(
            first: $first, after: $after, last: $last, before: $before,
            search: $search, filter: $filter
        ) {
            nodes { username }
            edges { cursor node { username } }
            pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
            totalCount
        }
    }
"""


async def fill(ask: GraphClient) -> None:
    """Adds them, in their order."""
    for code in ("sales", "staff", "empty"):
        await ask.create(code.title(), code=code)
    for person in (*PEOPLE, GONE):
        await ask.create_user(
            person.username,
            firstName=person.first,
            lastName=person.last,
            code=person.code,
            roles=list(person.roles),
        )
    for code in ("sales", "staff"):
        await ask.add(code, *(p.username for p in (*PEOPLE, GONE) if code in p.segments))
    for person in filter(lambda person: person.suspended, PEOPLE):
        edit = {"user": {"username": person.username}, "status": "SUSPENDED"}
        await ask.done("updateUser", edit)
    await ask.done("eraseUser", {"user": {"username": GONE.username}, "reason": "Left."})


async def listed(ask: GraphClient, **arguments: Any) -> dict[str, Any]:
    """One page of the list."""
    page: dict[str, Any] = (await ask(LIST, **arguments))["users"]
    return page


def usernames(page: dict[str, Any]) -> list[str]:
    """Who is on a page, in its order."""
    found = [node["username"] for node in page["nodes"]]
    assert found == [edge["node"]["username"] for edge in page["edges"]]
    return found


async def segment_id(ask: GraphClient, code: str) -> str:
    """The id of the segment with that code."""
    query = "query ($code: String!) { userSegment(segment: {code: $code}) { id } }"
    identifier: str = (await ask(query, code=code))["userSegment"]["id"]
    return identifier
