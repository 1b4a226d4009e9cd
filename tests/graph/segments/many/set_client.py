"""A client of the commands on many segments."""

from __future__ import annotations

from typing import Any

from domain.kernel.principal import Principal
from tests.graph.client import GraphClient
from tests.graph.principals import ADMIN

ARCHIVE, RESTORE = "archiveUserSegments", "restoreUserSegments"
DELETE, UPDATE = "deleteUserSegments", "updateUserSegments"
REASON: dict[str, Any] = {"reason": "Closed."}


async def looked_at(
    ask: GraphClient, command: str, by: Principal = ADMIN, **input: Any
) -> dict[str, Any]:
    """The payload of a dry run, which records nothing."""
    head = await ask.head()
    payload = await ask.command(command, {**input, "mode": "DRY_RUN"}, by)
    assert await ask.head() == head
    assert payload["commandId"] is None
    return payload


async def committed(
    ask: GraphClient, command: str, by: Principal = ADMIN, **input: Any
) -> dict[str, Any]:
    """The payload of a commit after its dry run, which told the same."""
    dry = await looked_at(ask, command, by, **input)
    done = await ask.done(command, {**input, "planHash": dry["planHash"]}, by)
    counts = ("changed", "unchanged", "planHash")
    assert [done[name] for name in counts] == [dry[name] for name in counts]
    return done


def names(payload: dict[str, Any]) -> list[str]:
    """The names in the sample, sorted."""
    return sorted(segment["name"] for segment in payload["sample"])


async def listed(ask: GraphClient, **arguments: Any) -> list[str]:
    """The names on the list of now."""
    await ask.settle()
    query = """query ($search: String, $filter: SegmentFilter) {
        siteUserSegments(search: $search, filter: $filter, first: 100) { nodes { name } } }"""
    page = (await ask(query, **arguments))["siteUserSegments"]
    return [node["name"] for node in page["nodes"]]
