"""JSON that holds a lot in few bytes, or says what takes long to look at."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

import orjson

from bench.attacks.attack import Attack
from bench.attacks.http_client import JSON, client, counted
from bench.attacks.variables import ADD
from bench.support.site import Bench
from domain.kernel.principal import Role

LEARNER, MANAGER = Role.LEARNER, Role.TRAINING_MANAGER
DEEP = 900
"""Levels: with some more it is refused as JSON."""
VIEWER = b'{"query": "{ viewer { kind } }", "variables": {"x": [%s]}}'
ALIASES = " ".join(
    f"a{n}: siteUserSegments(filter: {{codes: $all}}) {{ totalCount }}" for n in range(30)
)
CODES = f"query ($all: [String!]) {{ {ALIASES} }}"


def _sending(
    content: bytes, role: Role, times: int = 1, at_once: int = 1
) -> Callable[[Bench], Awaitable[str]]:
    async def mount(bench: Bench) -> str:
        async with client(bench, role) as http:
            post = partial(http.post, "/graphql", content=content, headers=JSON)
            return await counted([post] * times, at_once)

    return mount


def _nested(opened: bytes, closed: bytes, size: int) -> bytes:
    one = opened * DEEP + b"1" + closed * DEEP
    return VIEWER % b",".join([one] * (size // (len(one) + 1)))


def _operation(query: str, **variables: Any) -> bytes:
    return orjson.dumps({"query": query, "variables": variables})


LISTS = partial(_nested, b"[", b"]")
OBJECTS = partial(_nested, b'{"a":', b"}")
SPELLED = ["\ufdfa" * 94 + f"{number:06}" for number in range(825)]
"""Codes of a hundred characters, which become 1,700 when they are compared."""
NAMES = _operation(ADD, users={"usernames": ["a"] * 63_000})

VALUES = (
    Attack("8 MB of lists within lists, a manager's", _sending(LISTS(8_300_000), MANAGER)),
    Attack("8 MB of objects within objects, a manager's", _sending(OBJECTS(8_300_000), MANAGER)),
    Attack("250 KB of lists within lists, of a learner", _sending(LISTS(255_000), LEARNER)),
    Attack(
        "825 codes that grow 18 times, under 30 aliases, 40 times, 8 at once",
        _sending(_operation(CODES, all=SPELLED), LEARNER, 40, 8),
    ),
    *(
        Attack(f"63,000 users in 250 KB, of a {role}, 100 times, 16 at once", mount)
        for role, mount in ((r, _sending(NAMES, r, 100, 16)) for r in (LEARNER, MANAGER))
    ),
)
