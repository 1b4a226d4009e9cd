"""Attacks of who is signed in, with the fewest rights."""

from __future__ import annotations

from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import httpx2

from bench.attacks.attack import Attack
from bench.site import Bench
from domain.kernel.principal import Role
from service.settings import Settings
from service.sign_in import issue_development_token

MARKS = "\u0301" * 50_000 + "\u0316" * 50_000
"""Combining marks in the order that takes Python's normalisation longest."""
ALL = """
fragment All on __Schema { types { name description
  fields(includeDeprecated: true) { name description args { name type { name } } type { name } }
  inputFields { name type { name } } enumValues(includeDeprecated: true) { name description } } }
"""


def _asking(query: str, times: int = 1, **variables: Any) -> Callable[[Bench], Awaitable[str]]:
    async def mount(bench: Bench) -> str:
        headers = {"Authorization": f"Bearer {_token(bench)}"}
        told: Counter[str] = Counter()
        async with httpx2.AsyncClient(base_url=bench.url, headers=headers, timeout=60) as http:
            for _ in range(times):
                body = {"query": query, "variables": variables}
                told[_told(await http.post("/graphql", json=body))] += 1
        return ", ".join(f"{count} x {one}" for one, count in told.items())

    return mount


def _token(bench: Bench) -> str:
    settings = Settings(data_dir=bench.data_dir)
    return issue_development_token(settings, [Role.LEARNER], None, timedelta(hours=1))


def _told(answer: httpx2.Response) -> str:
    """The status, and the code of the first error, or the size of an answer without one."""
    errors = answer.json().get("errors")
    if not errors:
        return f"{answer.status_code} with {len(answer.content):,} bytes"
    return f"{answer.status_code} {errors[0]['extensions']['code']}"


def _aliased(count: int) -> str:
    return "{" + " ".join(f"a{n}: __schema {{ ...All }}" for n in range(count)) + "}" + ALL


LEARNERS = (
    Attack(
        "a code with 100,000 marks",
        _asking(
            "query ($code: String!) { userSegment(segment: {code: $code}) { id } }",
            code="a" + MARKS,
        ),
    ),
    Attack("introspection with 100 aliases", _asking(_aliased(100))),
    Attack("introspection with 500 aliases", _asking(_aliased(500))),
    Attack("introspection with 2 aliases, 20 times", _asking(_aliased(2), 20)),
    Attack(
        "1,200 equal fields below __schema",
        _asking("{ __schema { types { " + "name " * 1200 + "} } }"),
    ),
    Attack(
        "a fragment of 300 fields that is not used",
        _asking("{ viewer { kind } } fragment F on __Type { " + "fields { name } " * 300 + "}"),
    ),
)
