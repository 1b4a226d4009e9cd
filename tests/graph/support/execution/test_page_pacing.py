"""Pages are done a hundred things in a pass of the event loop, and few large operations at once."""

from __future__ import annotations

import asyncio

import pytest
from graphql import GraphQLField, is_object_type

from graph.schema import schema
from graph.support.execution import page_pacing
from graph.support.execution.page_pacing import NODES_A_PASS
from graph.support.limits.cost import LARGE
from graph.support.scheduling.concurrency_limit import ConcurrencyLimit
from graph.support.scheduling.loop_quota import LoopQuota
from tests.graph.client import GraphClient
from tests.graph.principals import ADMIN, TRAINER

PAGE = "siteUserSegments(first: 100) { nodes { id } }"


class Noted(LoopQuota):
    """Remembers what was begun."""

    def __init__(self) -> None:
        super().__init__(NODES_A_PASS)
        self.begun: list[tuple[str, int]] = []

    async def begin(self, principal: str, size: int = 1) -> None:
        """See LoopQuota."""
        self.begun.append((principal, size))
        await super().begin(principal, size)


def _asking_for(pages: int) -> str:
    """Of two points each."""
    return "{" + " ".join(f"a{number}: {PAGE}" for number in range(pages)) + "}"


def _pages() -> dict[str, GraphQLField]:
    """The fields that take a size, or fetch nodes."""
    return {
        f"{kind.name}.{name}": field
        for kind in schema._schema.type_map.values()
        if is_object_type(kind)
        for name, field in kind.fields.items()
        if "first" in field.args or (name in ("node", "nodes") and kind.name == "Query")
    }


def test_each_page_has_its_pace() -> None:
    assert {"Query.siteUserSegments", "UserSegment.members", "Query.nodes"} <= _pages().keys()
    resolvers = {page: getattr(field.resolve, "__module__", "") for page, field in _pages().items()}
    assert resolvers == dict.fromkeys(_pages(), page_pacing.__name__)


async def test_a_page_counts_by_what_it_holds(ask: GraphClient) -> None:
    for name in ("Sales", "Support", "Design"):
        await ask.create(name)
    noted = Noted()
    asking = ask.on(page_quota=noted)
    query = (
        f"{{ {PAGE} few: siteUserSegments(first: 1) {{ nodes {{ members {{ totalCount }} }} }} }}"
    )
    assert await asking(query, by=TRAINER)
    assert sorted(noted.begun) == [(TRAINER.id, 0), (TRAINER.id, 1), (TRAINER.id, 3)]


@pytest.mark.parametrize(
    ("query", "waits"),
    [
        ("{ viewer { kind } }", False),
        (_asking_for(LARGE // 2), False),
        (_asking_for(LARGE // 2 + 1), True),
    ],
    ids=["one thing", "just below", "large"],
)
async def test_of_large_ones_a_principal_has_few_at_once(
    ask: GraphClient, query: str, waits: bool
) -> None:
    """Another's does not wait."""
    large = ConcurrencyLimit(1)
    asking = ask.on(large_operations=large)
    async with large.slot(ADMIN.id):
        waiting = asyncio.create_task(asking.run(query, by=ADMIN))
        assert (await asking.run(query, by=TRAINER)).errors is None
        if not waits:
            assert (await waiting).errors is None
        assert waiting.done() is not waits
    assert (await waiting).errors is None
    assert len(large) == 0
