"""Queries for the event log, and a small log to ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from domain.kernel.principal import Principal
from tests.graph.client import GraphClient
from tests.graph.principals import AUDITOR, TRAINER

EVENTS = """
    query (
        $first: Int, $after: String, $last: Int, $before: String,
        $filter: EventFilter, $minPosition: LogPosition
    ) {
        events(
            first: $first, after: $after, last: $last, before: $before,
            filter: $filter, minPosition: $minPosition
        ) {
            nodes { position type }
            edges { cursor node { position } }
            pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
            totalCount
        }
    }
"""


@dataclass(frozen=True)
class LoggedIds:
    """Ids of the segments and users that the log is about."""

    sales: str
    support: str
    ann: str
    bob: str


@dataclass(frozen=True)
class History:
    """A site with that log, to be queried and not to be changed."""

    ask: GraphClient
    ids: LoggedIds


async def record(ask: GraphClient) -> LoggedIds:
    """Records eleven events, at positions 1 to 11, each a second or more after the one before:

    1 sales created · 2 support created (trainer) · 3 ann created · 4 bob created
    5 ann, bob into sales · 6 ann into support (trainer) · 7 bob out of sales
    8 sales edited (trainer) · 9 bob edited · 10 support deleted · 11 sales archived
    """
    sales = await ask.create("Sales", code="sales", commandId="found-sales")
    support = await ask.create("Support", by=TRAINER, code="support")
    ann = await ask.create_user("ann")
    bob = await ask.create_user("bob")
    await ask.add("sales", "ann", "bob")
    await ask.add("support", "ann", by=TRAINER)
    await ask.remove("sales", "bob")
    rename = {"segment": {"code": "sales"}, "name": "Sales Team"}
    await ask.done("updateUserSegment", rename, TRAINER)
    await ask.done("updateUser", {"user": {"username": "bob"}, "lastName": "Berg"})
    await ask.done("deleteUserSegment", {"segment": {"code": "support"}, "reason": "Closed."})
    await ask.done("archiveUserSegment", {"segment": {"code": "sales"}})
    await ask.settle()
    return LoggedIds(sales["id"], support["id"], ann["id"], bob["id"])


async def events(ask: GraphClient, by: Principal = AUDITOR, **arguments: Any) -> dict[str, Any]:
    """One page of the log."""
    data = await ask(EVENTS, by, **arguments)
    found: dict[str, Any] = data["events"]
    assert [edge["node"]["position"] for edge in found["edges"]] == positions(found)
    return found


def positions(page: dict[str, Any]) -> list[int]:
    """Where the events of a page are."""
    return [node["position"] for node in page["nodes"]]
