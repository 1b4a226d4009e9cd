"""Actors: an opaque id in the log, a name beside it."""

from __future__ import annotations

from dataclasses import replace

import psycopg

from domain.kernel.principal import SYSTEM
from tests.graph.client import GraphClient
from tests.graph.principals import ADMIN

CREATOR = '{ userSegment(segment: {code: "sales"}) { createdBy { id displayName kind } } }'


async def _creator(ask: GraphClient) -> dict[str, str]:
    creator: dict[str, str] = (await ask(CREATOR))["userSegment"]["createdBy"]
    return creator


async def test_an_actor_is_shown_by_the_name_that_is_known_now(ask: GraphClient) -> None:
    """A new name is noted when they act again; the id stays."""
    await ask.create("Sales", code="sales")
    assert await _creator(ask) == {"id": ADMIN.id, "displayName": "Site Admin", "kind": "USER"}
    await ask.create("Other", by=replace(ADMIN, display_name="Ada L."))
    assert await _creator(ask) == {"id": ADMIN.id, "displayName": "Ada L.", "kind": "USER"}


async def test_a_forgotten_name_leaves_an_unknown_actor(
    ask: GraphClient, database_url: str
) -> None:
    """What they did stays."""
    await ask.create("Sales", code="sales")
    with psycopg.connect(database_url) as connection:
        connection.execute("DELETE FROM identity.actors")
    assert await _creator(ask) == {"id": ADMIN.id, "displayName": "Unknown actor", "kind": "USER"}


async def test_the_system_is_an_actor_of_its_own_kind(ask: GraphClient) -> None:
    """It needs no note of its name."""
    await ask.create("Sales", by=SYSTEM, code="sales")
    assert await _creator(ask) == {"id": "system", "displayName": "User Segments", "kind": "SYSTEM"}
