"""Payloads when the read model is too late for them: null, and no error."""

from __future__ import annotations

from tests.graph.client import NOT_REPLAYED, GraphClient, error_codes

CREATE, UPDATE = "createUserSegment", "updateUserSegment"


async def test_what_was_done_is_done(ask_late: GraphClient) -> None:
    """The segment is null; position and commandId are there to ask again with."""
    payload = await ask_late.command(CREATE, {"name": "Sales", "commandId": "c-1"})
    assert payload == {"segment": None, "commandId": "c-1", "position": 1, **NOT_REPLAYED}


async def test_refusals_tell_what_the_log_knows(ask_late: GraphClient) -> None:
    """The holder of a code and the events since a version are of the read model."""
    await ask_late.command(CREATE, {"name": "Sales", "code": "sales"})
    taken = await ask_late.command(CREATE, {"name": "Other", "code": "sales"})
    assert error_codes(taken) == [("CODE_TAKEN", ["code"])]
    assert taken["errors"][0]["heldBy"] is None
    stale = {"segment": {"code": "sales"}, "name": "Other", "expectedVersion": 7}
    conflict = await ask_late.command(UPDATE, stale)
    assert conflict["errors"][0]["currentVersion"] == 1
    assert conflict["errors"][0]["since"] == []


async def test_a_deletion_needs_no_read_model(ask_late: GraphClient) -> None:
    """It answers with the id."""
    await ask_late.command(CREATE, {"name": "Sales", "code": "sales"})
    deletion = {"segment": {"code": "sales"}, "reason": "Closed."}
    payload = await ask_late.command("deleteUserSegment", deletion)
    assert payload["deletedId"].startswith("segment_")
    assert payload["position"] == 2
