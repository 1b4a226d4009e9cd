"""A site with a segment and people, and a hand that takes commands back."""

from __future__ import annotations

import pytest

from tests.graph.client import GraphClient
from tests.graph.undo.undo_client import UndoClient


@pytest.fixture
async def hand(ask: GraphClient, database_url: str) -> UndoClient:
    """On a site with the segment `sales`, and ann, bo and cy, of whom ann is in it."""
    await ask.create("Sales", code="sales", description="Who sells.")
    for username in ("ann", "bo", "cy"):
        await ask.create_user(username, code=f"c-{username}")
    await ask.add("sales", "ann")
    return UndoClient(ask, database_url)
