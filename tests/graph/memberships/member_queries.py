"""Queries for members, and the payloads of changing them."""

from __future__ import annotations

from typing import Any

from domain.kernel.principal import Principal
from tests.graph.client import GraphClient
from tests.graph.principals import ADMIN

ADD, REMOVE = "addUsersToSegment", "removeUsersFromSegment"

UNKNOWN_USER = "user_019ca9450de877e0bc6b8398cda33856"
UNKNOWN_SEGMENT = "segment_019ca9450de877e0bc6b8398cda33856"

ROSTER = """
    query (
        $ref: SegmentRef!, $asOf: AsOf, $at: LogPosition,
        $first: Int, $after: String, $last: Int, $before: String, $search: String
    ) {
        userSegment(segment: $ref, asOf: $asOf, minPosition: $at) {
            memberCount
            members(first: $first, after: $after, last: $last, before: $before, search: $search) {
                nodes { username }
                edges {
                    cursor addedAt addedBy { id displayName kind } source
                    node { username displayName status }
                }
                pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
                totalCount
            }
        }
    }
"""


def change(code: str, **users: list[str]) -> dict[str, Any]:
    """An input: these people, and the segment with that code."""
    return {"segment": {"code": code}, "users": users}


async def roster(
    ask: GraphClient, code: str, by: Principal = ADMIN, **arguments: Any
) -> dict[str, Any]:
    """One page of who is in a segment."""
    data = await ask(ROSTER, by, ref={"code": code}, **arguments)
    found: dict[str, Any] = data["userSegment"]["members"]
    assert found["nodes"] == [{"username": e["node"]["username"]} for e in found["edges"]]
    return found


async def count(ask: GraphClient, code: str, position: int | None = None) -> int:
    """memberCount, now or as of a position; the roster's own total says the same."""
    moment = None if position is None else {"position": position}
    found = (await ask(ROSTER, ref={"code": code}, asOf=moment))["userSegment"]
    assert found["memberCount"] == found["members"]["totalCount"]
    return int(found["memberCount"])


async def names(ask: GraphClient, code: str, position: int | None = None) -> list[str]:
    """The usernames of who is in, or was, in order; erased ones are empty."""
    moment = None if position is None else {"position": position}
    page = await roster(ask, code, asOf=moment, first=100)
    assert page["totalCount"] == len(page["nodes"])
    return [node["username"] for node in page["nodes"]]
