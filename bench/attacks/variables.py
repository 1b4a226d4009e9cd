"""Variables that are long, or many."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from bench.attacks.attack import Attack
from bench.attacks.http_client import JSON, asking, client, told_of
from bench.support.site import Bench
from domain.kernel.principal import Role

MARKS = "\u0301" * 50_000 + "\u0316" * 50_000
"""Combining marks in the order that takes Python's normalisation longest."""
ADD = """mutation ($users: UserSet!) { addUsersToSegment(
    input: {segment: {code: "none"}, users: $users}) { errors { code } } }"""
CREATE = "mutation ($name: String!) { createUserSegment(input: {name: $name}) { errors { code } } }"
CODES = "query ($all: [String!]) { siteUserSegments(filter: {codes: $all}) { totalCount } }"
NODES = "query ($all: [ID!]!) { nodes(ids: $all) { id } }"
TYPES = "query ($all: [String!]) { events(filter: {types: $all}) { totalCount } }"
BY_EMAIL = "query ($email: String!) { user(user: {email: $email}) { id } }"
FOLLOWED = "query ($at: LogPosition) { siteUserSegments(minPosition: $at) { totalCount } }"
BY_CODE = "query ($code: String!) { userSegment(segment: {code: $code}) { id } }"
SEARCH = "query ($text: String) { siteUserSegments(search: $text) { totalCount } }"
MANAGER = Role.TRAINING_MANAGER


def _deep(levels: int) -> Callable[[Bench], Awaitable[str]]:
    async def mount(bench: Bench) -> str:
        content = b'{"query": "{ viewer { kind } }", "variables": {"x": %s}}' % (
            b"[" * levels + b"]" * levels
        )
        async with client(bench, Role.LEARNER) as http:
            return told_of(await http.post("/graphql", content=content, headers=JSON))

    return mount


async def _marked(bench: Bench) -> str:
    """Recorded, and followed by the read model."""
    recorded = CREATE.replace("errors {", "position errors {").replace(
        "($name: String!)", "($name: String!, $text: String)"
    )
    recorded = recorded.replace("name: $name", "name: $name, description: $text")
    async with client(bench, MANAGER) as http:
        variables: dict[str, Any] = {"name": "Marked", "text": "a" + MARKS[45_001:55_000]}
        answer = await http.post("/graphql", json={"query": recorded, "variables": variables})
        payload = answer.json()["data"]["createUserSegment"]
        position = {"query": FOLLOWED, "variables": {"at": payload["position"]}}
        followed = await http.post("/graphql", json=position)
    return f"{told_of(answer)} {payload['errors']}, followed {told_of(followed)}"


def _many(name: str, query: str, count: int, value: str, role: Role) -> Attack:
    return Attack(f"{name}, of a {role}", asking(query, role=role, all=[value] * count))


def _users(count: int, name: str, role: Role) -> Callable[[Bench], Awaitable[str]]:
    users: dict[str, Any] = {"usernames": [name] * count}
    return asking(ADD, role=role, users=users)


VARIABLES = (
    Attack("a code with 100,000 marks", asking(BY_CODE, code="a" + MARKS)),
    Attack(
        "a name with 1,300,000 marks, a manager's",
        asking(CREATE, role=MANAGER, name="a" + MARKS * 13),
    ),
    Attack("a code of 100 that grow 18 times", asking(BY_CODE, code="\ufdfa" * 100)),
    Attack("a name of 254 that grow 18 times", asking(CREATE, role=MANAGER, name="\ufdfa" * 254)),
    Attack("a description of 9,999 marks", _marked),
    Attack("an address of 254 that is none", asking(BY_EMAIL, email="a." * 126 + "a!")),
    Attack(
        "an address of 8 MB, a manager's", asking(BY_EMAIL, role=MANAGER, email="a." * 4_000_000)
    ),
    Attack("a search for 254 marks", asking(SEARCH, text="\u0301" * 254)),
    Attack("1,600,000 users, of a learner", _users(1_600_000, "", Role.LEARNER)),
    Attack("1,600,000 users, of a manager", _users(1_600_000, "", MANAGER)),
    Attack(
        "100,000 unknown users, of a manager", _users(100_000, "some.longer.username.", MANAGER)
    ),
    *(
        attack
        for role in (Role.LEARNER, MANAGER)
        for attack in (
            _many("1,500,000 codes", CODES, 1_500_000, "a", role),
            _many("600,000 ids of nodes", NODES, 600_000, "segment_1", role),
            _many("700,000 types", TYPES, 700_000, "a.b", role),
        )
    ),
    Attack("a name of 8 MB, a manager's", asking(CREATE, role=MANAGER, name="a" * 8_000_000)),
    Attack("JSON of 900 levels", _deep(900)),
    Attack("JSON of 100,000 levels", _deep(100_000)),
)
