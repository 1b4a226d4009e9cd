"""node and nodes: finding anything again by its id."""

from __future__ import annotations

import pytest

from domain.kernel.principal import SYSTEM
from tests.graph.client import GraphClient
from tests.graph.principals import ADMIN, AUDITOR, LEARNER, NOBODY, TRAINER

NODE = "query ($id: ID!) { node(id: $id) { __typename id } }"
NODES = "query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }"
NO_SUCH = ("segment_019ca9450de877e0bc6b8398cda33856", "event_99", "event_0")


async def test_what_one_may_not_see_is_not_there(ask: GraphClient) -> None:
    """Neither a segment nor an event about it, for a learner."""
    segment = await ask.create("Sales")
    ids = [segment["id"], "event_1"]
    for principal in (LEARNER, NOBODY):
        assert await ask(NODES, principal, ids=ids) == {"nodes": [None, None]}
        assert await ask(NODE, principal, id=ids[0]) == {"node": None}
    for principal in (ADMIN, TRAINER, AUDITOR):
        found = (await ask(NODES, principal, ids=ids))["nodes"]
        assert [node["id"] for node in found] == ids


async def test_each_id_finds_its_own_type(ask: GraphClient) -> None:
    """By node, and by nodes in the ids' order, twice when asked twice."""
    first, second = await ask.create("First"), await ask.create("Second")
    ids = [second["id"], "event_2", first["id"], second["id"]]
    types = ["UserSegment", "RecordedEvent", "UserSegment", "UserSegment"]
    expected = [{"__typename": t, "id": i} for t, i in zip(types, ids, strict=True)]
    assert (await ask(NODES, ids=ids))["nodes"] == expected
    assert [(await ask(NODE, id=i))["node"] for i in ids] == expected


async def test_what_is_not_there_is_null(ask: GraphClient) -> None:
    """Among others that are."""
    segment = await ask.create("Sales")
    found = (await ask(NODES, ids=[*NO_SUCH, segment["id"]]))["nodes"]
    assert [node and node["id"] for node in found] == [None, None, None, segment["id"]]
    assert (await ask(NODES, ids=[]))["nodes"] == []


@pytest.mark.parametrize(
    "identifier",
    [
        "",
        "nonsense",
        "segment_1",
        "event_01",
        "event_-1",
        "7",
        "user_@1",
        "event_1@1",
        pytest.param("a\0b", id="NUL"),
    ],
)
async def test_what_can_be_no_id_is_null_in_its_place(ask: GraphClient, identifier: str) -> None:
    """For whoever asks; the others are found nonetheless."""
    segment = await ask.create("Sales")
    for principal in (ADMIN, LEARNER):
        assert await ask(NODE, principal, id=identifier) == {"node": None}
    found = await ask(NODES, ids=[identifier, segment["id"], identifier])
    assert [node and node["id"] for node in found["nodes"]] == [None, segment["id"], None]


async def test_actors_are_found_by_their_ids(ask: GraphClient) -> None:
    """Whoever sees all users finds them; a learner finds the service and themselves."""
    await ask.create("Sales", by=TRAINER)
    ids = [TRAINER.id, LEARNER.id, SYSTEM.id, "person_0123456789abcdef0123456789abcdef"]
    for principal in (ADMIN, TRAINER, AUDITOR):
        found = (await ask(NODES, principal, ids=ids))["nodes"]
        assert [node and node["__typename"] for node in found] == [
            "Principal",
            None,
            "SystemActor",
            None,
        ]
    found = (await ask(NODES, LEARNER, ids=ids))["nodes"]
    assert [node and node["id"] for node in found] == [None, LEARNER.id, SYSTEM.id, None]


async def test_at_most_a_hundred_ids(ask: GraphClient) -> None:
    """More are refused by the argument's name."""
    assert len((await ask(NODES, ids=["event_1"] * 100))["nodes"]) == 100
    error = await ask.only_error(NODES, ids=["event_1"] * 101)
    assert error["extensions"] == {
        "code": "LIMIT",
        "argument": "ids",
        "limit": 100,
        "actual": 101,
    }
