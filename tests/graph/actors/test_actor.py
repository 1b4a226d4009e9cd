"""Actors: an opaque id in the log, a name beside it."""

from __future__ import annotations

from dataclasses import replace

import psycopg

from domain.kernel.principal import SYSTEM, Principal
from tests.graph.client import GraphClient
from tests.graph.principals import ADMIN, AUDITOR, LEARNER, TRAINER

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


TYPED = """
    { userSegment(segment: {code: "sales"}) {
        createdBy { __typename id displayName kind ... on User { email } }
    } }
"""


async def _ann(ask: GraphClient) -> Principal:
    """A training manager of the directory, who created a segment that Bo is in."""
    ann = await ask.create_user("ann", roles=["TRAINING_MANAGER"])
    await ask.create_user("bo")
    by = replace(TRAINER, id=ann["id"], display_name="Ann Smith")
    await ask.create("Sales", by=by, code="sales")
    await ask.add("sales", "bo")
    await ask.settle()
    return by


async def test_a_user_of_the_directory_is_that_user(ask: GraphClient) -> None:
    """One id, one type: fields of users can be asked for."""
    ann = await _ann(ask)
    for principal in (ADMIN, TRAINER, AUDITOR, ann):
        created_by = (await ask(TYPED, principal))["userSegment"]["createdBy"]
        assert created_by == {
            "__typename": "User",
            "id": ann.id,
            "displayName": "Ann Smith",
            "kind": "USER",
            "email": "ann@example.org",
        }


async def test_whoever_may_not_see_them_there_sees_a_name(ask: GraphClient) -> None:
    """No field of the directory's, in any answer."""
    ann = await _ann(ask)
    (bo,) = (await ask('{ users(search: "bo") { nodes { id } } }'))["users"]["nodes"]
    learner = replace(LEARNER, id=bo["id"])
    created_by = (await ask(TYPED, learner))["userSegment"]["createdBy"]
    named = {"id": ann.id, "displayName": "Ann Smith", "kind": "USER"}
    assert created_by == {"__typename": "Principal", **named}


async def test_the_viewer_is_their_entry_in_the_directory(ask: GraphClient) -> None:
    """Or who signed in, for somebody outside of it."""
    ann = await _ann(ask)
    query = "{ viewer { __typename id displayName } }"
    viewer = (await ask(query, ann))["viewer"]
    assert viewer == {"__typename": "User", "id": ann.id, "displayName": "Ann Smith"}
    viewer = (await ask(query, LEARNER))["viewer"]
    assert viewer == {"__typename": "Principal", "id": LEARNER.id, "displayName": "Learner"}
