"""Loaders: many look-ups of one operation become one query each."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import psycopg
import pytest
from strawberry.dataloader import DataLoader

from graph.support.loaders import Loaders
from tests.graph.client import GraphClient
from tests.graph.principals import ADMIN, TRAINER

FIFTY = 50


class Counting:
    """A reader of the site, and what it was asked."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self.asked: list[tuple[str, int]] = []

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._reader, name)

        async def counted(things: Any, *more: Any) -> Any:
            size = len(things) if isinstance(things, Collection) else 1
            self.asked.append((name, size))
            return await method(things, *more)

        return counted


@pytest.fixture
async def filled(ask: GraphClient) -> GraphClient:
    """Fifty segments of two people, from three mutations' worth of text."""
    for start, principal in ((0, ADMIN), (25, TRAINER)):
        fields = ", ".join(
            f'a{n}: createUserSegment(input: {{name: "S {n}"}}) {{ position }}'
            for n in range(start, start + 25)
        )
        await ask(f"mutation {{ {fields} }}", principal)
    return ask


async def test_the_creators_of_fifty_segments_are_one_query(filled: GraphClient) -> None:
    """Each person is looked up once."""
    actors = Counting(filled.site.reads.actors)
    query = """query ($position: LogPosition) {
        siteUserSegments(first: 50, minPosition: $position) {
            nodes { createdBy { displayName } updatedBy { displayName } }
        }
    }"""
    data = await filled.on(actors=actors)(query, position=FIFTY)
    assert len(data["siteUserSegments"]["nodes"]) == FIFTY
    assert actors.asked == [("by_id", 2)]


async def test_nodes_are_one_query_for_each_type(filled: GraphClient) -> None:
    """And one for each moment."""
    query = """query ($position: LogPosition) {
        siteUserSegments(first: 50, minPosition: $position) { nodes { id } }
    }"""
    page = (await filled(query, position=FIFTY))["siteUserSegments"]["nodes"]
    ids = [node["id"] for node in page] + [f"event_{n}" for n in range(1, 51)]
    segments, audit = Counting(filled.site.reads.segments), Counting(filled.site.reads.audit)
    query = (
        "query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on RecordedEvent { segment { id } } } }"
    )
    found = (await filled.on(segments=segments, audit=audit)(query, ids=ids))["nodes"]
    assert [node["id"] for node in found] == ids
    assert audit.asked == [("by_position", FIFTY)]
    assert [name for name, _ in segments.asked] == ["by_uuid"] * len(segments.asked)
    assert len(segments.asked) <= 2


async def test_nothing_is_remembered_from_one_operation_to_the_next(
    ask: GraphClient, database_url: str
) -> None:
    """A name that changed meanwhile is shown."""
    await ask.create("Sales", code="sales")
    query = '{ userSegment(segment: {code: "sales"}) { createdBy { displayName } } }'
    assert (await ask(query))["userSegment"]["createdBy"]["displayName"] == "Site Admin"
    with psycopg.connect(database_url) as connection:
        connection.execute("UPDATE identity.actors SET display_name = 'Ada'")
    assert (await ask(query))["userSegment"]["createdBy"]["displayName"] == "Ada"


def test_what_loads_nothing_is_not_made() -> None:
    """Loaders are garbage that has to be looked for."""
    reader: Any = None
    loaders = Loaders(reader, reader)
    assert not any(isinstance(made, DataLoader) for made in vars(loaders).values())
    assert loaders.actor is loaders.actor
