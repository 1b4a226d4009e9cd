"""events, where the read model is behind."""

from __future__ import annotations

from tests.graph.audit.log_fixture import EVENTS, events, positions
from tests.graph.client import GraphClient
from tests.graph.principals import AUDITOR


async def test_it_waits_for_its_min_position(ask: GraphClient, ask_late: GraphClient) -> None:
    """And says when that takes too long."""
    await ask.create("Sales")
    assert positions(await events(ask, minPosition=1)) == [1]
    assert await ask_late.codes(EVENTS, AUDITOR, minPosition=1) == ["READ_MODEL_BEHIND"]
