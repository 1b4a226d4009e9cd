"""Command: one command with its events, what it undid, and what undid it."""

from __future__ import annotations

from tests.graph.client import GraphClient
from tests.graph.principals import ADMIN, AUDITOR, TRAINER
from tests.graph.undo.undo_client import UNDO

NODE = """
    query ($id: ID!) {
        node(id: $id) { ... on Command {
            id commandId actor { id displayName } recordedAt reason channel summary undoable
            undoneBy { commandId undoable } undoes { commandId }
            events(last: 2) { nodes { position command { commandId } } totalCount }
        } }
    }
"""
OF_EVENT = """
    query ($id: ID!) { node(id: $id) { ... on RecordedEvent { command {
        id summary actor { id } undoneBy { id } events { nodes { type } totalCount }
    } } } }
"""


async def test_a_command_and_its_undo_are_linked(ask: GraphClient) -> None:
    """Both ways; what was undone is not undoable, the undo is."""
    await ask.create("Sales", code="sales")
    await ask.create_users("ann", "bob")
    archive = {"segment": {"code": "sales"}, "commandId": "c-1", "reason": "Closed."}
    await ask.done("archiveUserSegment", archive, TRAINER)
    undo = {"command": "c-1", "reason": "Too early.", "commandId": "c-2"}
    payload = (await ask(UNDO, TRAINER, input=undo))["undoCommand"]
    assert payload["errors"] == []
    await ask.settle()
    done = (await ask(NODE, TRAINER, id="command_c-1"))["node"]
    assert done.pop("recordedAt")
    assert done == {
        "id": "command_c-1",
        "commandId": "c-1",
        "actor": {"id": TRAINER.id, "displayName": "Training Manager"},
        "reason": "Closed.",
        "channel": "API",
        "summary": "Training Manager archived the segment.",
        "undoable": False,
        "undoneBy": {"commandId": "c-2", "undoable": True},
        "undoes": None,
        "events": {"nodes": [{"position": 4, "command": {"commandId": "c-1"}}], "totalCount": 1},
    }
    undone = (await ask(NODE, TRAINER, id="command_c-2"))["node"]
    assert undone["undoes"] == {"commandId": "c-1"}


async def test_an_erasure_is_told_as_far_as_it_may_be_seen(ask: GraphClient) -> None:
    """A training manager sees that members left, by the segment's history, but not why."""
    await ask.create("Sales", code="sales")
    (ann,) = await ask.create_users("ann")
    await ask.add("sales", "ann")
    await ask.done("eraseUser", {"user": {"id": ann}, "reason": "Asked.", "commandId": "c-1"})
    await ask.settle()
    by_auditor = (await ask(NODE, AUDITOR, id="command_c-1"))["node"]
    assert by_auditor["undoable"] is False
    assert by_auditor["events"]["totalCount"] == 2
    assert by_auditor["summary"] == (
        "Site Admin erased 1 user and ended 1 membership in 1 segment."
    )
    by_trainer = (await ask(OF_EVENT, TRAINER, id="event_4"))["node"]["command"]
    assert by_trainer["events"] == {"nodes": [{"type": "members.removed"}], "totalCount": 1}
    assert by_trainer["summary"] == "Site Admin ended 1 membership in 1 segment."


async def test_a_node_that_is_no_command_is_absent(ask: GraphClient) -> None:
    """Whether none has that id, or it recorded nothing."""
    await ask.create("Sales", by=ADMIN, commandId="c-1")
    await ask.settle()
    assert await ask(NODE, AUDITOR, id="command_unheard-of") == {"node": None}
