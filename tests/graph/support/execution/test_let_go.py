"""What was sent is let go of when it is answered, without the collector: that comes late for what
was there when it came last, and large lists add up meanwhile.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from graph.schema import schema
from graph.support.context import Context
from graph.support.execution.size_limits import MAX_VARIABLES_BYTES
from tests.graph.client import COMMANDS, GraphClient
from tests.graph.principals import ADMIN
from tests.until import until

MANY = 1_357
"""Of a list that no other has as many items as."""
CODES = "query ($all: [String!]) { siteUserSegments(filter: {codes: $all}) { totalCount } }"
SALES = {"segment": {"code": "sales"}}


@contextmanager
def _without_collector() -> Iterator[None]:
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _left() -> list[str]:
    """What has as many items, by its kind."""
    return [
        type(thing).__name__
        for thing in gc.get_objects()
        if isinstance(thing, list | tuple | set | frozenset | dict) and len(thing) == MANY
    ]


def _of_users(names: list[str]) -> dict[str, Any]:
    return {"input": {**SALES, "users": {"usernames": names}}}


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        (COMMANDS["addUsersToSegment"], lambda: _of_users(["nobody"] * MANY)),
        (COMMANDS["addUsersToSegment"], lambda: _of_users(["ann"] * MANY)),
        (COMMANDS["removeUsersFromSegment"], lambda: _of_users(["ann"] * MANY)),
        (CODES, lambda: {"all": ["sales"] * MANY}),
        (CODES, lambda: {"all": [*(["sales"] * (MANY - 1)), 1]}),
    ],
    ids=["refused", "added", "removed", "too many codes", "no codes"],
)
async def test_nothing_is_left(ask: GraphClient, query: str, variables: Any) -> None:
    await ask.create("Sales", code="sales")
    await ask.create_user("ann")
    with _without_collector():
        for _ in range(3):
            context = Context(ask.site, ADMIN, "request-1", size=MAX_VARIABLES_BYTES)
            await schema.execute(query, variables(), context)
            del context
        assert await until(lambda: not _left()), _left()  # the thread that did it has gone on
