"""Queries for the access log."""

from __future__ import annotations

from typing import Any

from domain.kernel.principal import Principal
from tests.graph.client import GraphClient
from tests.graph.principals import AUDITOR

ACCESS_LOG = """
    query ($first: Int, $after: String, $last: Int, $before: String, $filter: AccessFilter) {
        accessLog(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
            nodes {
                at actor { id displayName } roles operation about outcome channel requestId
            }
            edges { cursor node { operation } }
            pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
            totalCount
        }
    }
"""


async def accesses(ask: GraphClient, by: Principal = AUDITOR, **arguments: Any) -> dict[str, Any]:
    """One page of it."""
    data = await ask(ACCESS_LOG, by, **arguments)
    found: dict[str, Any] = data["accessLog"]
    return found


async def entries(ask: GraphClient, **filter: Any) -> list[dict[str, Any]]:
    """The entries up to now, without the readings of the access log itself."""
    page = await accesses(ask, filter=filter or None, first=100)
    return [entry for entry in page["nodes"] if entry["operation"] != "accessLog"]


async def outcomes(ask: GraphClient) -> list[tuple[str, str, str]]:
    """Who asked for what, and how it ended."""
    return [(e["actor"]["id"], e["operation"], e["outcome"]) for e in await entries(ask)]
