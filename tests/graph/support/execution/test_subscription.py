"""Subscriptions: begun for each subscriber, executed once for all who may see the same."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from graphql import GraphQLError
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError

from domain.kernel.principal import Principal, Role
from graph.schema import schema
from graph.support.context import Context
from graph.support.execution.subscription import Subscription
from graph.support.shared_payloads import Payloads
from projections.audit.log_feed import EventRange
from projections.audit.query import LogQuery
from tests.graph.client import GraphClient
from tests.graph.principals import ADMIN, AUDITOR, TRAINER, person

EVENTS = """
    subscription S($after: LogPosition, $wide: Boolean! = false) {
        events(after: $after) { position summary @include(if: $wide) type }
    }
"""
CHANGED = "subscription ($id: ID!) { userSegmentChanged(segment: $id) { name } }"


async def begin(
    ask: GraphClient, query: str, by: Principal = AUDITOR, **variables: Any
) -> Subscription | ExecutionResult:
    return await schema.begin(query, variables, None, Context(ask.site, by, "request-1"))


async def follow(
    ask: GraphClient, query: str, by: Principal = AUDITOR, **variables: Any
) -> AsyncIterator[Payloads]:
    """The batches of a subscription that could begin."""
    begun = await begin(ask, query, by, **variables)
    assert isinstance(begun, Subscription), begun
    return begun.payloads(ask.site.live.payloads)


async def rejection(ask: GraphClient, query: str, by: Principal = AUDITOR, **variables: Any) -> str:
    begun = await begin(ask, query, by, **variables)
    assert isinstance(begun, PreExecutionError), begun
    (error,) = begun.errors or []
    return str((error.extensions or {})["code"])


async def test_one_execution_serves_all_of_one_sight(ask: GraphClient) -> None:
    """Whoever they are, if their roles are the same; the bytes are the same."""
    await ask.create("Sales")
    await ask.settle()
    ann, bob = person(Role.AUDITOR, name="ann"), person(Role.AUDITOR, name="bob")
    first, second = [await anext(await follow(ask, EVENTS, by, after=0)) for by in (ann, bob)]
    assert first is second
    told = {"data": {"events": {"position": 1, "type": "segment.created"}}}
    assert [json.loads(payload) for payload in first] == [told | {"extensions": {"position": 1}}]


async def test_another_sight_or_another_question_has_its_own(ask: GraphClient) -> None:
    """By roles, by what is asked, and by variables that matter below."""
    await ask.create("Sales")
    await ask.settle()
    plain = await anext(await follow(ask, EVENTS, after=0))
    assert (await anext(await follow(ask, EVENTS, ADMIN, after=0))) is not plain
    wide = await anext(await follow(ask, EVENTS, after=0, wide=True))
    assert "summary" in json.loads(wide[0])["data"]["events"]


async def test_where_somebody_began_does_not_matter_later(ask: GraphClient) -> None:
    """Who came from different places is told the same from where they met."""
    await ask.create("One")
    await ask.create("Two")
    await ask.settle()
    early, late = await follow(ask, EVENTS, after=0), await follow(ask, EVENTS, after=1)
    assert [len(await anext(early)), len(await anext(late))] == [2, 1]
    await ask.create("Three")
    assert await anext(early) is await anext(late)


async def test_a_long_document_takes_no_room_in_the_cache(ask: GraphClient) -> None:
    """Payloads are weighed, and keys are short: neither text nor variables are in them."""
    await ask.create("Sales")
    await ask.settle()
    await anext(await follow(ask, EVENTS + f"# {'x' * 10_000}", after=0))
    (key,) = ask.site.live.payloads._tasks
    assert len(repr(key)) < 1_000


class Broken:
    """In the place of the tail."""

    async def follow(self, query: LogQuery, after: int) -> AsyncIterator[EventRange]:
        if query.is_whole:
            raise RuntimeError("secret")
        yield EventRange(after, after, [], 0, 0)


async def test_a_failure_ends_it_with_a_code(ask: GraphClient) -> None:
    """Nothing of the error itself is told."""
    following = await follow(ask.on(log_feed=Broken()), EVENTS)
    with pytest.raises(GraphQLError) as ended:
        await anext(following)
    assert (ended.value.extensions or {})["code"] == "INTERNAL"
    assert "secret" not in json.dumps(ended.value.formatted)


async def test_who_may_begin(ask: GraphClient) -> None:
    """As for queries: by role, by what is there, and by what may be asked at all."""
    segment = await ask.create("Sales")
    assert await rejection(ask, EVENTS, TRAINER) == "FORBIDDEN"
    assert await rejection(ask, CHANGED, person(Role.LEARNER), id=segment["id"]) == "NOT_FOUND"
    assert await rejection(ask, CHANGED, person(), id=segment["id"]) == "NOT_FOUND"
    assert await rejection(ask, "subscription { events { nonsense } }") == "INVALID"
