"""What an operation costs, and what becomes of it when that is too much."""

from __future__ import annotations

from uuid import uuid4

import pytest
from graphql import get_introspection_query

from graph.schema import schema
from graph.support.context import Context
from graph.support.limits.cost import (
    CHARACTERS_A_POINT,
    INTROSPECTED_A_POINT,
    MAX_DOCUMENT_BYTES,
    SENT_A_POINT,
    cost_of_text,
)
from graph.support.limits.rate_limit import LeakyBuckets
from tests.graph.client import GraphClient
from tests.graph.principals import ADMIN, LEARNER

VIEWER = "{ viewer { kind } }"

PAGE = "siteUserSegments(first: 100) { totalCount }"
COSTS = {
    "one thing": (VIEWER, 1),
    "two things": ("{ viewer { kind } logStatus { head } }", 2),
    "a page": ("{ siteUserSegments { totalCount } }", 1 + 1),
    "the largest page": (f"{{ {PAGE} }}", 1 + 1),
    "two pages": (f"{{ a: {PAGE} b: {PAGE} }}", 2 + 2),
    "pages of a page": (
        "{ siteUserSegments(first: 10) { nodes { history(first: 40) { totalCount } } } }",
        1 + 5,
    ),
    "fragments": ("{ ...F ... { logStatus { head } } } fragment F on Query { viewer { kind } }", 2),
    "renderings": ("{ siteUserSegments(first: 100) { nodes { descriptionHtml } } }", 1 + 1 + 10),
    "a mutation": (
        'mutation { archiveUserSegment(input: {segment: {code: "none"}}) { position } }',
        1,
    ),
    "a name": ("{ __typename }", 1),
}


@pytest.mark.parametrize(("query", "cost"), COSTS.values(), ids=COSTS)
async def test_it_follows_from_the_text(ask: GraphClient, query: str, cost: int) -> None:
    """Also when the text is known."""
    for _ in range(2):
        result = await ask.run(query)
        assert (result.extensions or {})["cost"] == cost


async def test_what_is_sent_costs_by_its_length(ask: GraphClient) -> None:
    """Text and variables together."""
    for size, more in ((SENT_A_POINT - len(VIEWER) - 1, 0), (SENT_A_POINT - len(VIEWER), 1)):
        result = await schema.execute(VIEWER, {}, Context(ask.site, LEARNER, "request", size=size))
        assert (result.extensions or {})["cost"] == 1 + more
    result = await ask.run(VIEWER + " " * (10 * SENT_A_POINT - len(VIEWER)))
    assert (result.extensions or {})["cost"] == 1 + 10


async def test_each_operation_of_a_document_has_its_own(ask: GraphClient) -> None:
    query = "query A { viewer { kind } } query B { siteUserSegments(first: 100) { totalCount } }"
    for name, cost in (("A", 1), ("B", 2), ("A", 1)):
        result = await ask.run(query, operation=name)
        assert (result.extensions or {})["cost"] == cost


async def test_the_schema_costs_by_what_is_asked_of_it(ask: GraphClient) -> None:
    """What tools ask for: more than 5,000 values."""
    result = await ask.run(get_introspection_query())
    assert (result.extensions or {})["cost"] > 5_000 // INTROSPECTED_A_POINT


async def test_the_answer_says_what_is_left(ask: GraphClient) -> None:
    """A text that is new costs more, once."""
    asking = ask.on(buckets=LeakyBuckets(1_000, 100, lambda: 0))
    query = f"query Q{uuid4().hex} {VIEWER}"
    new = -(-len(query) // CHARACTERS_A_POINT)
    for remaining in (1_000 - new - 1, 1_000 - new - 2):
        result = await asking.run(query)
        told = {"limit": 1_000, "remaining": remaining, "perSecond": 100}
        assert result.extensions == {"position": 0, "cost": 1, "rateLimit": told}


async def test_too_much_is_refused(ask: GraphClient) -> None:
    """With the seconds to wait; nothing is run, and others are answered."""
    await ask(VIEWER)
    asking = ask.on(buckets=LeakyBuckets(3, 2, lambda: 0))
    for _ in range(3):
        await asking(VIEWER, by=LEARNER)
    create = 'mutation { createUserSegment(input: {name: "Sales"}) { position } }'
    await ask.run(create)
    before = await ask.head()
    error = await asking.only_error(create, by=LEARNER)
    assert error["extensions"] == {"code": "LIMIT", "retryAfter": 1}
    assert "at most 3 points, and 2 a second" in error["message"]
    assert await ask.head() == before
    assert await asking(VIEWER, by=ADMIN)


def test_a_text_that_is_too_long_costs_no_more_than_the_longest() -> None:
    """It is not parsed: nobody is shut out for minutes for having sent one."""
    longest = cost_of_text("a" * MAX_DOCUMENT_BYTES)
    assert cost_of_text("a" * 100 * MAX_DOCUMENT_BYTES) == longest
    assert longest == MAX_DOCUMENT_BYTES // CHARACTERS_A_POINT


async def test_what_is_refused_for_its_text_is_not_parsed(
    ask: GraphClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """That is what costs most of a text that is wrong."""
    asking = ask.on(buckets=LeakyBuckets(10, 1, lambda: 0))
    wrong = "{ nope }" + " " * 10 * CHARACTERS_A_POINT
    assert await asking.codes(wrong) == ["INVALID"]
    monkeypatch.setattr("strawberry.schema.schema.parse", None)
    assert await asking.codes(wrong) == ["LIMIT"]


async def test_without_a_rate_the_cost_is_told(ask: GraphClient) -> None:
    asking = ask.on(buckets=LeakyBuckets(1, 0))
    for _ in range(3):
        assert (await asking.run(VIEWER)).extensions == {"position": 0, "cost": 1}
