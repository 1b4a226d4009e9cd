"""RecordedEvent: one event, with who, what, when, why, from where and by which command."""

from __future__ import annotations

from typing import Any

from domain.kernel.envelope import Channel
from graph.schema import schema
from graph.support.context import Context
from tests.graph.client import GraphClient
from tests.graph.principals import ADMIN, TRAINER

EVENTS = """
    query ($ids: [ID!]!) {
        nodes(ids: $ids) {
            ... on RecordedEvent {
                __typename id position type schemaVersion recordedAt
                actor { id displayName kind } reason channel commandId summary data
                segment { name }
            }
        }
    }
"""


async def _events(ask: GraphClient, *positions: int) -> list[dict[str, Any]]:
    ids = [f"event_{position}" for position in positions]
    data = await ask(EVENTS, ids=ids, min_position=max(positions))
    found: list[dict[str, Any]] = data["nodes"]
    return found


async def test_a_event_says_everything(ask: GraphClient) -> None:
    """Who, what, when, why, from where, by which command; and about what, as that is now."""
    fields = {"name": "Sales", "code": "sales", "commandId": "c-1", "reason": " New team. "}
    segment = (await ask.done("createUserSegment", fields, by=TRAINER))["segment"]
    (event,) = await _events(ask, 1)
    assert event == {
        "__typename": "RecordedEvent",
        "id": "event_1",
        "position": 1,
        "type": "segment.created",
        "schemaVersion": 1,
        "recordedAt": segment["createdAt"],
        "actor": {"id": TRAINER.id, "displayName": "Training Manager", "kind": "USER"},
        "reason": "New team.",
        "channel": "API",
        "commandId": "c-1",
        "summary": "Training Manager created the segment “Sales” with the ID “sales”.",
        "data": {
            "segmentId": segment["id"],
            "version": 1,
            "name": "Sales",
            "code": "sales",
            "description": "",
            "visible": True,
            "source": "manual",
        },
        "segment": {"name": "Sales"},
    }


async def test_an_edit_holds_each_changed_field_before_and_after(ask: GraphClient) -> None:
    """What did not change is null."""
    await ask.create("Sales", code="sales")
    edit = {"segment": {"code": "sales"}, "name": "Sales Team", "code": None}
    await ask.done("updateUserSegment", edit)
    (event,) = await _events(ask, 2)
    assert event["data"]["name"] == {"before": "Sales", "after": "Sales Team"}
    assert event["data"]["code"] == {"before": "sales", "after": None}
    assert event["data"]["description"] is event["data"]["visible"] is None
    assert event["data"]["version"] == 2
    assert event["summary"] == (
        "Site Admin renamed the segment from “Sales” to “Sales Team” and cleared its ID “sales”."
    )


async def test_each_event_is_a_sentence(ask: GraphClient) -> None:
    """Told with the actor's name."""
    segment = await ask.create("Sales")
    ref = {"segment": {"id": segment["id"]}}
    await ask.done("archiveUserSegment", ref)
    await ask.done("restoreUserSegment", ref, by=TRAINER)
    await ask.done("deleteUserSegment", {**ref, "reason": "Closed."})
    events = await _events(ask, 2, 3, 4)
    assert [(event["type"], event["summary"]) for event in events] == [
        ("segment.archived", "Site Admin archived the segment."),
        ("segment.restored", "Training Manager restored the segment."),
        ("segment.deleted", "Site Admin deleted the segment “Sales”."),
    ]
    assert [event["segment"] for event in events] == [None, None, None]


async def test_the_channel_is_where_the_command_came_from(ask: GraphClient) -> None:
    """Not where it is read."""
    context = Context(ask.site, ADMIN, "request-1", Channel.CONSOLE)
    create = 'mutation { createUserSegment(input: {name: "Sales"}) { position } }'
    await schema.execute(create, context_value=context)
    (event,) = await _events(ask, 1)
    assert event["channel"] == "CONSOLE"
