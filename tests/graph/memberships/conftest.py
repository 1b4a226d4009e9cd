"""A segment, and people to be in it."""

from __future__ import annotations

import pytest

from tests.graph.client import GraphClient


@pytest.fixture
async def sales(ask: GraphClient) -> GraphClient:
    """A site with the empty segment `sales` and ann, bo and cy, whose codes are c-ann and so on."""
    await ask.create("Sales", code="sales")
    for username in ("ann", "bo", "cy"):
        await ask.create_user(username, code=f"c-{username}")
    return ask
