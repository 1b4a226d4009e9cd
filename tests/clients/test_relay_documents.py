"""relay-compiler takes the schema as Relay's specification of a server has it."""

from __future__ import annotations

from pathlib import Path

import pytest

PAGINATION = ["PeopleSegmentsPaginationQuery", "PeopleMembersPaginationQuery"]


@pytest.mark.parametrize("query", [*PAGINATION, "SegmentsRowRefetchQuery"])
def test_a_refetchable_fragment_asks_by_node(query: str, examples: Path, compiled: None) -> None:
    """On a user, on a segment's roster, and on a row of the list."""
    artifact = examples / "relay" / "__generated__" / f"{query}.graphql.js"
    assert "node(id: $id)" in artifact.read_text()
